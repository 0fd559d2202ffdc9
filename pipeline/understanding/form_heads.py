"""Heads inside a form: rows of nothing but labels, with their values in the rows below."""

from __future__ import annotations

from collections.abc import Sequence

from extract.shapes import Cell
from pipeline.headings import read_heading, read_headings
from pipeline.headings.columns import is_certain
from pipeline.headings.words import could_be_cell
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.form_bands import are_labelled, is_band, label_pairs
from pipeline.understanding.form_cells import (
    LONGEST_LABEL,
    bold,
    has_own_label,
    is_label,
    is_named_number,
    is_reference,
    is_title,
)
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.labels import label_of
from pipeline.understanding.pieces import names_reference
from pipeline.understanding.stated_values import stated_field

LEAST_ROWS = 4  # of a form by itself
SUBJECTS: frozenset[Field] = frozenset({"recommendation"})
_NAMED_ROWS = 3  # of one: its name, heads, values
_MANY_HEADS = 4  # of which one may be unknown
_ANSWERS: frozenset[Field] = frozenset({"response", "response_action", "update"})


def heads_beside(rows: Sequence[Sequence[Cell]]) -> dict[int, Cell]:
    """The heads of columns beside the labels and values of a form, which have none: "| | Lead officer and date"."""
    if len(rows) < LEAST_ROWS or not rows[0] or len(rows[1]) <= 2 or not is_label(rows[1][0]):
        return {}
    heads = {cell.column: cell for cell in rows[0]}
    beside = min(heads) >= 2 and all(label_cell(cell.text) is not None for cell in rows[0])
    return heads if beside else {}


def holds_rows_of_heads(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the rows of a form are heads over values, again for each recommendation."""
    return _heads_twice(rows) or _heads_below_names(rows) or _heads_then_labels(rows)


def _heads_twice(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a recommendation and its answer each have a row of heads over a row of values, its name above them or not."""
    if rows and _is_named_across(rows[0]):
        rows = rows[1:]
    if len(rows) < LEAST_ROWS or min(len(cells) for cells in rows[:3]) < 2:
        return False
    subject = any(label_cell(cell.text) in SUBJECTS for cell in rows[0])
    return subject and are_heads(rows[0], rows[1], twice=True) and are_heads(rows[2], rows[3], twice=True)


def _heads_below_names(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether each recommendation is named above a row of heads, its text among them, with one row of values below."""
    if len(rows) < _NAMED_ROWS or not _is_named_across(rows[0]):
        return False
    if not any(label_cell(cell.text) in SUBJECTS for cell in rows[1]):
        return False
    names = [i for i, cells in enumerate(rows) if _is_named_across(cells)]
    for start, end in zip(names, [*names[1:], len(rows)], strict=True):
        form = rows[start + 1 : end]
        headed = len(form) > 1 and len(form[0]) > 1 and are_heads(form[0], form[1], twice=True)
        more = len(form) > 2 and len(form[2]) > 2 and not are_labelled(form[2])
        if not headed or (more and not are_heads(form[2], form[3] if len(form) > _NAMED_ROWS else ())):
            return False
    return True


def _heads_then_labels(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table is forms of heads with their values, then texts over all columns that each open with a label or stand below one."""
    if len(rows) < LEAST_ROWS or len(rows[0]) <= 2 or not are_heads(rows[0], rows[1], twice=True):
        return False
    heads = [cell.text for cell in rows[0]]
    below = [cells for cells in rows[1:] if cells and [cell.text for cell in cells] != heads]
    wide = [len(cells) == 1 for cells in below]
    labelled = [alone and _is_labelled_across(cells[0]) for alone, cells in zip(wide, below, strict=True)]
    values = [i for i, cells in enumerate(below) if len(cells) > 2]
    if any(len(cells) == 2 for cells in below):
        return False
    told = all(labelled[i] or labelled[i - 1] for i in range(1, len(below)) if wide[i])
    return told and all(labelled[i + 1 : i + 2] == [True] for i in values)


def _is_labelled_across(cell: Cell) -> bool:
    if not cell.lines:
        return False
    return label_of(cell.lines[0].words) is not None or label_cell(cell.text) is not None


def _is_named_across(cells: Sequence[Cell]) -> bool:
    if len(cells) != 1:
        return False
    across = cells[0].column_span > 2 and (is_band(cells) or is_title(cells[0]))
    return across or is_reference(cells[0])


def are_heads(cells: Sequence[Cell], following: Sequence[Cell], twice: bool = False) -> bool:
    """Whether a row inside a form is nothing but labels, with their values in the rows below.

    `twice` says that each recommendation has two rows of heads: one heads its text, and a single value may stand below.
    """
    if any(len(cell.text) > LONGEST_LABEL or (cell.lines and has_own_label(cell)) for cell in cells):
        return False
    labels = _labels_of(cells, following)
    if not twice and not SUBJECTS.isdisjoint(labels):
        return False
    if len(labels) - labels.count(None) > 1 and _look_like_heads(cells, following):
        return True
    return _say_what_heads_say(cells, labels, following) and _stand_over(cells, following, twice)


def _labels_of(cells: Sequence[Cell], following: Sequence[Cell]) -> list[Field | None]:
    """What the cells of a row name, None of unknown words; among known heads such count that may be a value elsewhere."""
    labels = [label_cell(cell.text) or numbers_of(cell.text) for cell in cells]
    told = sum(label is not None for label in labels)
    if (len(cells) > 2 and told > 1) or (told and _is_tinted_over(cells, following)):
        labels = [label or _sure_heading(cell.text) for label, cell in zip(labels, cells, strict=True)]
    return labels


def _say_what_heads_say(
    cells: Sequence[Cell], labels: Sequence[Field | None], following: Sequence[Cell]
) -> bool:
    """Whether the words of a row are those of heads: known, but for one of many, each another, and no decision."""
    unknown = labels.count(None)
    many = len(cells) >= _MANY_HEADS
    over_band = is_band(following) and unknown == 1 and len(cells) > 2
    among_many = unknown == 1 and many and _are_below_heads(following)
    if unknown and not over_band and not among_many:
        return False
    fields = [(column.field, column.stage) for column in read_headings([cell.text for cell in cells]).columns]
    alike = len(fields) - len(set(fields))  # "Position at June" and "Position at December" differ
    if alike > (many and _are_below_heads(following, posts=0 if unknown else 1)):
        return False
    return not any(stated_field(cell.text) == "decision" for cell in cells[1:])  # "Cabinet's answer | Agreed"


def _stand_over(cells: Sequence[Cell], following: Sequence[Cell], twice: bool) -> bool:
    """Whether the row below one is a band, or stands in its columns and is no further row of labels."""
    if is_band(following):
        return True
    if following and _opens_another(cells[0], following[0]):
        return False
    if len(cells) == len(following) == 2 and is_label(following[0]):
        sure = all(is_certain(cell.text) and not could_be_cell(cell.text) for cell in cells)
        if not sure or is_certain(following[0].text):
            return False  # "Responsible | Cabinet Member": a value may be a label elsewhere
    columns = {cell.column for cell in cells}
    first_empty = len(following) == 1 and following[0].column > cells[0].column
    return (len(following) > 1 - twice or first_empty) and {cell.column for cell in following} <= columns


def _look_like_heads(cells: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a row of several small cells is drawn as heads are: all in one tint, over a row in the same columns without it."""
    columns = [(cell.column, cell.column_span) for cell in cells]
    below = [(cell.column, cell.column_span) for cell in following]
    drawn = len(cells) > 2 and columns[:1] != below and below and set(below) <= set(columns)
    labels = sum(is_certain(cell.text) for cell in following if cell.lines)  # a post may read as one
    return bool(drawn) and _is_tinted_over(cells, following) and labels <= 1


def _are_below_heads(cells: Sequence[Cell], posts: int = 0) -> bool:
    """Whether a row has several cells of which none is surely a label; as many `posts` may read as one ("Parks Manager")."""
    if len(cells) <= 2 or any(cell.lines and names_reference(cell.lines[0].words) for cell in cells):
        return False
    return sum(is_certain(cell.text) for cell in cells if cell.lines) <= posts


def _is_tinted_over(cells: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether all cells of a row have one tint, which the row below has not."""
    tints = {cell.fill for cell in cells}
    return len(tints) == 1 and None not in tints and all(cell.fill not in tints for cell in following)


def _sure_heading(text: str) -> Field | None:
    """The field of a head that may be a value elsewhere ("Officer", "Done"), among heads that are known."""
    column = read_heading(text) if is_certain(text) and stated_field(text) != "decision" else None
    return column.field if column else None


def numbers_of(text: str) -> Field | None:
    """The field of a head over numbers ("No."), which is a label nowhere else."""
    column = read_heading(text)
    return column.field if column and column.field == "reference" and column.certainty == "certain" else None


def are_values(heads: Sequence[Cell], cells: Sequence[Cell], fresh: bool) -> bool:
    """Whether a row stands below heads: right below them, or in their columns and with no label of its own."""
    if is_counted(heads, cells):
        return not is_band(cells[1:])
    if not cells or not {cell.column for cell in cells} <= {head.column for head in heads}:
        return False
    if [cell.text for cell in cells] == [head.text for head in heads]:
        return False  # the same heads again, over the next recommendation's values
    if is_band(cells) or (not fresh and (are_labelled(cells) or _opens_another(heads[0], cells[0]))):
        return False
    if len(cells) == 1:
        return cells[0].column_span < len(heads)
    known = label_cell(cells[0].text) is not None
    if len(cells) > 2:
        labelled = known and bool(label_pairs(cells))  # "Status | Complete | Rating | Green"
    else:
        labelled = known or (bold(cells[0]) and not bold(cells[1]))
    return fresh or not labelled


def is_counted(heads: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a row below heads opens with its number, over which no head stands: "1.1 | Hire ... | Parks Manager"."""
    columns = {head.column for head in heads}
    counted = len(cells) > 2 and cells[0].column < min(columns) and is_reference(cells[0])
    return counted and {cell.column for cell in cells[1:]} <= columns


def _opens_another(head: Cell, first: Cell) -> bool:
    """Whether the first cell of a row below heads is the code of a further recommendation, over which no head of numbers stands."""
    found = find_numbered(folded(first.text)) if first.lines and is_reference(first) else None
    coded = found is not None and (found.labelled or bool(found.code))
    return coded and first.column == head.column and numbers_of(head.text) is None


def heads_answer(heads: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a number and a label head the recommendation's text and the answer beside it: "Rec 1 | Our response", "Rec 1: Title | Position: Agreed"."""
    if len(heads) != 2 or len(below) != 2 or [c.column for c in heads] != [c.column for c in below]:
        return False
    number, label = heads
    if not number.lines or not label.lines or not all(len(cell.text) > LONGEST_LABEL for cell in below):
        return False
    if is_named_number(number):
        return label_cell(label.text) in _ANSWERS
    return (
        names_reference(number.lines[0].words) and has_own_label(label) and len(label.text) <= LONGEST_LABEL
    )
