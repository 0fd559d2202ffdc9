"""Forms: tables in which one recommendation takes many rows, a label and its value in each, read as pieces."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from extract.shapes import Cell, Row, Table
from pipeline.headings import find_header, heads_apart, is_tracker, read_heading
from pipeline.headings.words import plain
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.form_bands import are_labelled, is_band, with_verdict
from pipeline.understanding.form_cells import LONGEST_LABEL, is_reference, is_title
from pipeline.understanding.form_heads import (
    LEAST_ROWS,
    are_heads,
    heads_beside,
    holds_rows_of_heads,
)
from pipeline.understanding.form_pairs import number_alone
from pipeline.understanding.form_rows import pieces_of_rows
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.labels import label_of
from pipeline.understanding.pieces import Piece, names_reference
from pipeline.understanding.stacked_labels import told_apart
from pipeline.understanding.ticked_options import with_options_chosen

_NUMBER = re.compile(r"\(?[A-Z]{0,4}\d{1,3}[a-z]?[.)]?")
_COUNT = re.compile(r"\(?\d{1,2}[.)]")
_NOTE = re.compile(r"\((?:[ivx]{1,5}|[a-z]|\d{1,2})\)")
_LEAST_COUNTED = 3  # labels
_MOST_CELLS = 6  # filled cells in a row of a form
_LABEL_AND_VALUE = 2  # columns
_MOST = 0.6  # of the rows of a form in a series
_LEAST_HEADED = 3  # rows: what is recommended, heads, values
_LEAST_AGAIN = 3  # times that a label stands in one form of several recommendations
_LEAST_SERIES = 3  # forms with the same labels
_LEAST_ALIKE = 2  # forms that open alike
_LEAST_HEADS = 3  # of the actions of one recommendation
_MOST_COLUMNS = 9  # of one whose rows stand below heads
_NEARLY_ALL = 0.8  # of the cells of a column of labels
_LONGEST_GROUP = 45  # letters of what parts labels: "Cabinet", "Delivery"
_LEAST_SHARE = 0.5  # of the rows that carry a label
_MOST_AT_TOP = 2  # pieces of a form that stand alone at a page's end
_TOLD_IN_STRIPS: frozenset[Field] = frozenset({"decision", "owner", "deadline", "status"})


def pieces_of_table(
    table: Table, source: int, before: Collection[str] = (), announced: bool = False, of_series: bool = False
) -> tuple[Piece, ...]:
    """The rows of a form as pieces; () where the table is no form.

    `before` are the labels of a form right before it, which the table may go on with; `announced` says that a
    recommendation stands in the text above it, of which the table holds the actions; `of_series` that other tables of
    the document have the same labels.
    """
    rows = with_options_chosen(_filled(table))
    if columns := _columns_of_each(rows):
        return tuple(piece for column in columns for piece in _pieces_of_column(column, source))
    rows = _with_codes_over(_without_groups(_with_numbers_over(rows)))
    most = max(map(len, rows), default=0)
    banded = most <= _MOST_COLUMNS and (
        sum(is_band(cells) for cells in rows) > 1
        or _is_card(rows)
        or _heads_one(rows)
        or holds_rows_of_heads(rows)
        or bool(heads_beside(rows))
        or _has_strip(rows)
        or _repeats_labels(rows)
    )
    named = of_series and bool(rows) and _names_one_first(rows[0])
    if most > _MOST_CELLS and not (banded or announced or named):
        return ()
    if not (banded or announced or before or of_series) and _is_tracker(table, rows, source):
        return ()
    pieces = tuple(pieces_of_rows(rows, source))
    goes_on = bool(pieces) and all(piece.name in before for piece in pieces)
    if goes_on or announced or of_series or _is_top(pieces):
        return pieces
    return pieces if _is_labelled(pieces, rows) and (banded or not _has_header(table)) else ()


def _repeats_labels(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether most rows are a known label and its value, and the same labels stand again and again."""
    labels = [
        plain(cells[0].text)
        for cells in rows
        if 0 < len(cells) <= _LABEL_AND_VALUE and label_cell(cells[0].text) is not None
    ]
    again = [label for label, times in Counter(labels).items() if times >= _LEAST_AGAIN]
    return len(again) >= _LEAST_HEADS and len(labels) >= _MOST * len(rows)


def in_series(tables: Sequence[Table]) -> frozenset[int]:
    """The places of the tables that are one form each: several open with the name of a recommendation, or have labels in most of their rows in common."""
    filled = [_filled(table) for table in tables]
    labels = [[_labels_in(cells) for cells in rows] for rows in filled]
    counted = Counter(label for rows in labels for label in frozenset().union(*rows))
    banded = [i for i, rows in enumerate(filled) if len(rows) >= LEAST_ROWS and _is_named_at_top(rows)]
    return frozenset(banded if len(banded) >= _LEAST_SERIES else ()) | frozenset(
        i
        for i, rows in enumerate(labels)
        if len({label for row in rows for label in row if counted[label] >= _LEAST_SERIES}) >= _LEAST_HEADS
        and sum(any(counted[label] >= _LEAST_SERIES for label in row) for row in rows) >= _MOST * len(rows)
    )


def opening_alike(tables: Sequence[Table], forms: Collection[int]) -> frozenset[int]:
    """The places of the tables that are no forms by themselves and open as several of the `forms` do, as a page's end may cut one off."""
    known = Counter(shape for i in forms if (shape := _opening_of(tables[i])))
    return frozenset(
        i
        for i, table in enumerate(tables)
        if i not in forms and (shape := _opening_of(table)) and known[shape] >= _LEAST_ALIKE
    )


def _opening_of(table: Table) -> tuple[int, str] | None:
    """How many cells the first row of a table has, and how the number that it opens with is written; None where it has none."""
    first = next((cells for cells in _filled(table) if cells), [])
    shape = re.sub(r"\d+", "#", " ".join(first[0].text.split()[:2])) if first else ""
    return (len(first), shape) if "#" in shape else None


def _names_one_first(cells: Sequence[Cell]) -> bool:
    return bool(cells and cells[0].lines) and names_reference(cells[0].lines[0].words)


def _is_named_at_top(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row of a table, and it only, names a recommendation: "Recommendation 3", with or without its text."""
    names = [_names_one_first(cells) for cells in rows]
    return len(rows[0]) <= _MOST_AT_TOP and names[0] and not any(names[1:])


def _labels_in(cells: Sequence[Cell]) -> frozenset[str]:
    """What may be labels in a row: short texts beside another cell, short first lines of a longer one."""
    texts = (
        cell.text if len(cells) > 1 and len(cell.text) <= LONGEST_LABEL else cell.lines[0].text
        for cell in cells
        if len(cell.lines) > 1 or (cell.lines and cell is not cells[-1])
    )
    return frozenset(plain(text) for text in texts if len(text) <= LONGEST_LABEL)


def is_headed(table: Table) -> bool:
    """Whether the first row heads columns of actions, owners and so on, and none of recommendations."""
    rows = _filled(table)
    return len(rows) > 1 and len(rows[0]) > 1 and are_heads(rows[0], rows[1])


def _filled(table: Table) -> list[list[Cell]]:
    rows = _without_counts([[cell for cell in row.cells if cell.lines or cell.marks] for row in table.rows])
    if table.flavour != "aligned" or table.columns != _LABEL_AND_VALUE:
        return rows
    return [part for cells in rows for part in told_apart(cells)]


def _without_counts(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The cells of a table, without the numbers or note marks of its labels: "4. Who will be responsible?", "Timetable (v)"."""
    bare = {id(cell): short for cells in rows for cell in cells if (short := _without_count(cell))}
    if len(bare) < _LEAST_COUNTED:
        return rows
    return [[bare.get(id(cell), cell) for cell in cells] for cells in rows]


def _without_count(cell: Cell) -> Cell | None:
    """A cell without the number before its label, or the note's mark behind it; None of any other."""
    first, *more = cell.lines or (None,)
    if first is None or len(first.words) < 2:
        return None
    over = bool(more) or cell.text.endswith("?")
    if over and _COUNT.fullmatch(first.words[0].text):
        label, words = first.text.partition(" ")[2], first.words[1:]
        whole = [msgspec.structs.replace(first, words=words), *more]
    elif not more and _NOTE.fullmatch(first.words[-1].text):
        label, words = first.text.rpartition(" ")[0], first.words[:-1]
        whole = [msgspec.structs.replace(first, words=words)]
    else:
        return None
    field = label_cell(label)
    counts_labels = field is not None and (not over or field not in ("recommendation", "reference"))
    return msgspec.structs.replace(cell, lines=tuple(whole)) if counts_labels else None


def _columns_of_each(rows: Sequence[Sequence[Cell]]) -> list[list[list[Cell]]]:
    """The columns of a table that gives each recommendation a column, with the labels at the left, as forms; [] of no such table.

    Each form opens with the cell over its column that names it; where the table goes on with further recommendations
    below, they are named again in a row.
    """
    blocks: list[list[Sequence[Cell]]] = []
    for cells in rows:
        if _names_columns(cells):
            blocks.append([])
        if not blocks:
            return []
        blocks[-1].append(cells)
    labels = [cells[0] for block in blocks for cells in block[1:] if cells]
    known = sum(cell.column == 0 and label_cell(cell.text) is not None for cell in labels)
    if not labels or known <= _LEAST_SHARE * len(labels):
        return []
    return [_column_as_form(block, head) for block in blocks for head in block[0] if head.column > 0]


def _names_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row names a recommendation over each column: "| Rec. 1 | Rec. 2", "Number | 1 | 2"."""
    heads = [cell for cell in cells if cell.column > 0]
    if not heads or len(cells) < 2:
        return False
    if all(map(_is_only_name, heads)):
        return True
    over = read_heading(cells[0].text) if cells[0].column == 0 else None
    counted = over is not None and over.field in ("reference", "recommendation")
    return counted and len(heads) > 1 and all(_NUMBER.fullmatch(cell.text) for cell in heads)


def _is_only_name(cell: Cell) -> bool:
    """Whether a cell does nothing but name a recommendation: "Rec. 1"."""
    number = find_numbered(folded(cell.text)) if cell.lines and names_reference(cell.lines[0].words) else None
    return number is not None and number.after >= len(folded(cell.text))


def _column_as_form(block: Sequence[Sequence[Cell]], head: Cell) -> list[list[Cell]]:
    """One column of a block of rows as the rows of a form: its name, then each label with its value."""
    pairs = (
        (cells[0], next((cell for cell in cells if cell.column == head.column), None))
        for cells in block[1:]
        if cells
    )
    return [[head], *([label, value] for label, value in pairs if value is not None)]


def _pieces_of_column(column: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    """A column as a form: the cell over it is the number of the recommendation."""
    (head,), *rows = column
    yield number_alone(head, source)
    yield from pieces_of_rows(rows, source)


def _heads_one(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table opens with one recommendation over all its columns, and has heads of its actions below."""
    whole = rows and (len(rows[0]) == 1 or with_verdict(rows[0]))
    if len(rows) < _LEAST_HEADED or not whole or rows[0][0].column_span < _LEAST_HEADS:
        return False
    if not is_band(rows[0]) and not is_title(rows[0][0]):
        return False
    return any(
        len(cells) >= _LEAST_HEADS and are_heads(cells, following)
        for cells, following in itertools.pairwise(rows[1:])
    )


def _with_numbers_over(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of a form whose labels stand in the second column, each number of the first column in a row of its own.

    The heads over the columns ("Ref | Item | Detail") go. Other tables come back as they are.
    """
    labels = [cells[-2].text for cells in rows if 2 <= len(cells) <= 3 and cells[-2].column == 1]
    often = {label for label in labels if labels.count(label) > 1}
    repeated = {label for label in often if label_cell(label) is not None}
    known = sum(label in often for label in labels)
    if len(repeated) < _LEAST_HEADS or known < _NEARLY_ALL * len(labels):
        return rows
    out: list[list[Cell]] = []
    for cells in rows:
        if len(cells) == 3 and cells[0].column == 0 and cells[1].text in often:
            out += [cells[:1], cells[1:]]
        elif len(cells) < 2 or cells[-2].text in often or is_reference(cells[0]):
            out.append(cells)
    return out


def _with_codes_over(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows, each code that stands beside several rows, the first of heads or labels, in a row of its own over them."""
    out: list[list[Cell]] = []
    for cells in rows:
        beside = len(cells) > 2 and cells[0].column == 0 and cells[0].row_span > 1 and is_reference(cells[0])
        beside = beside and label_cell(cells[1].text) is not None
        out += [cells[:1], cells[1:]] if beside else [cells]
    return out


def _without_groups(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of a form whose labels stand in the second column, without the cells left of them that part it: "Cabinet | Answer | Agreed".

    Other tables come back as they are.
    """
    if len(rows) >= LEAST_ROWS and _are_counted_by_letters(rows):
        return [cells[1:] for cells in rows]
    body = [cells for cells in rows if not _is_over_form(cells)]
    labels = [cell for cells in body for cell in cells if cell.column == 1 and cell.column_span == 1]
    groups = [cells[0] for cells in body if cells and cells[0].column == 0]
    beyond = any(cell.column > 2 for cells in body for cell in cells)
    beyond = beyond or any(len(cell.text) > _LONGEST_GROUP or cell.text.endswith(".") for cell in groups)
    if beyond or not len(labels) == len(body) > len(groups) > 1:
        return rows
    known = sum(
        label_cell(cell.text) is not None or (bool(cell.lines) and names_reference(cell.lines[0].words))
        for cell in labels
    )
    if known <= _LEAST_SHARE * len(labels) or any(find_numbered(folded(cell.text)) for cell in groups):
        return rows
    return [cells if _is_over_form(cells) else [cell for cell in cells if cell.column > 0] for cells in rows]


def _is_over_form(cells: Sequence[Cell]) -> bool:
    return len(cells) == 1 and cells[0].column_span > 1


def _are_counted_by_letters(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the rows of each form are counted by letters from A on: "A | Recommendation | …", "(b) | Decision | …"."""
    letters = [
        cells[0].text.strip(" .()").upper() for cells in rows if len(cells) in (2, 3) and cells[0].column == 0
    ]
    if len(letters) < len(rows) or letters[0] != "A" or not all(len(letter) == 1 for letter in letters):
        return False
    return all(b in ("A", chr(ord(a) + 1)) for a, b in itertools.pairwise(letters))


def _has_strip(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a text over all columns stands above a strip of small cells that say what became of it."""
    over = next(
        (i for i, cells in enumerate(rows) if len(cells) == 1 and cells[0].column_span > 1), len(rows)
    )
    return any(_is_strip(cells) for cells in rows[over + 1 :])


def _is_strip(cells: Sequence[Cell]) -> bool:
    """Whether small cells of a row, each with its label, say what was decided, who acts or when."""
    if not are_labelled(cells) or any(len(cell.text) > LONGEST_LABEL for cell in cells):
        return False
    labels = (label_of(cell.lines[0].words) for cell in cells)
    return not {label.field for label in labels if label}.isdisjoint(_TOLD_IN_STRIPS)


def _is_card(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table is one form: a band that names a recommendation, then nothing but short labels with their values."""
    if len(rows) < LEAST_ROWS or not is_band(rows[0]):
        return False
    return all(len(cells) in (1, 2) and len(cells[0].text) <= LONGEST_LABEL for cells in rows[1:] if cells)


def _is_top(pieces: Sequence[Piece]) -> bool:
    """Whether a table is no more than the top of a form, cut off by the end of a page."""
    if not 0 < len(pieces) <= _MOST_AT_TOP or pieces[0].field:
        return False
    found = pieces[0].number()
    return found is not None and found.labelled and all(piece.field is None for piece in pieces[1:])


def _is_labelled(pieces: Sequence[Piece], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether most rows carry a known label, and the labels differ."""
    named = [piece for piece in pieces if piece.field not in (None, "other")]
    return len({piece.field for piece in named}) > 1 and len(named) >= _LEAST_SHARE * sum(map(bool, rows))


def _is_tracker(table: Table, rows: Sequence[Sequence[Cell]], source: int) -> bool:
    """Whether a table is more than the top of a form and has heads, which is told before all its rows are read."""
    first = tuple(itertools.islice(pieces_of_rows(rows, source), _MOST_AT_TOP + 1))
    return len(first) > _MOST_AT_TOP and _has_header(table)


def _has_header(table: Table) -> bool:
    """Whether the first row heads the columns of a tracker or of a table of another sort, so that its rows are no labels and values."""
    header = find_header([_texts(row, table.columns) for row in table.rows[:3]])
    if header is None or len(header.headings.fields - {"other"}) < 2:
        return False
    below = [_texts(row, table.columns) for row in table.rows[header.index + header.count :]]
    other = table.columns > 2 and heads_apart(header.headings)
    return bool(below) and (other or is_tracker(header.headings, below).tracker)


def _texts(row: Row, columns: int) -> list[str]:
    out = [""] * columns
    for cell in row.cells:
        out[cell.column] = cell.text
    return out
