"""The rows of a form as pieces: labels with their values beside or below them, bands, heads, ratings."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Cell, Line
from pipeline.headings import NO_ACTION, NOTHING, read_heading, read_headings
from pipeline.headings.columns import is_certain
from pipeline.headings.words import could_be_cell
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.nlp.rating_keys import colour_names
from pipeline.understanding.form_cells import (
    LONGEST_LABEL,
    bold,
    coded_title,
    has_labels,
    has_own_label,
    has_prompt,
    holds_labels_over_values,
    is_drawn_as_label,
    is_initial,
    is_label,
    is_label_over,
    is_lettered,
    is_named_number,
    is_panel,
    is_reference,
    is_title,
    is_title_beside_label,
    label_lines,
    more_labels_over,
    names_one,
    rating_below,
    stands_over,
)
from pipeline.understanding.labels import label_cell
from pipeline.understanding.lists import paragraphs
from pipeline.understanding.pieces import NAMES, ORDER, Piece, names_reference, opens_numbered, pieces_of
from pipeline.understanding.stated_values import stated_field, stated_progress

LEAST_ROWS = 4  # of a form by itself
_LONGEST_REFERENCE = 40  # letters of a left cell that is only a reference
_MANY_HEADS = 4  # of which one may be unknown
_STATE = "Status"  # of one that has no label
_ACTION = "Action"
_ANSWER = "Response"
_RATING = "RAG"  # the label of a rating that has none
_SUBJECTS: frozenset[Field] = frozenset({"recommendation"})
_ACTIONS: frozenset[Field] = frozenset({"action", "response_action", "delivery"})
_ANSWERS: frozenset[Field] = frozenset({"response", "response_action", "update"})


def is_band(cells: Sequence[Cell]) -> bool:
    """Whether a row is one cell that names a recommendation, or numbers one right across the table; its verdict may stand beside."""
    if with_verdict(cells) or _with_rating(cells):
        return cells[0].column_span > 1 and names_one(cells[0])
    if len(cells) != 1 or not cells[0].lines:
        return False
    first = cells[0].lines[0]
    return names_reference(first.words) or (cells[0].column_span > 1 and opens_numbered(first))


def with_verdict(cells: Sequence[Cell]) -> bool:
    """Whether a row is two cells of which the right one is a verdict and nothing else: "EE1 The Council should … | Agreed"."""
    return len(cells) == 2 and stated_field(cells[1].text) == "decision"


def _with_rating(cells: Sequence[Cell]) -> bool:
    """Whether a row is a text over several columns and the rating or state beside it: "Recommendation 1: … | AMBER"."""
    if len(cells) != 2 or cells[0].column_span <= 1 or len(cells[0].text) <= LONGEST_LABEL:
        return False
    return stated_field(cells[1].text) in ("rag", "status") or bool(NOTHING.fullmatch(cells[1].text.strip()))


def are_labelled(cells: Sequence[Cell]) -> bool:
    """Whether each of several cells of a row holds its label and its value, or a label not filled in: "Accepted? Yes | Lead: Clerk | Due:"."""
    if len(cells) < 2 or not all(cell.lines for cell in cells):
        return False
    labelled = [has_own_label(cell) for cell in cells]
    blank = (cell.text.endswith(":") for cell, own in zip(cells, labelled, strict=True) if not own)
    return any(labelled) and all(blank)


def pieces_of_rows(rows: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    """The rows of a form as pieces, given as their filled cells; `source` is the number of its table."""
    rows = _with_panels_whole(rows)
    heads: tuple[Cell, ...] = ()
    fresh = False
    twice = heads_twice(rows)
    labels = _labels_of_pairs(rows)
    beside = heads_beside(rows)
    for i, cells in enumerate(rows):
        if beside and i == 0:
            continue
        if i and _heads_answer(rows[i - 1], cells):
            yield _whole(cells[0], source)
            own = has_own_label(rows[i - 1][1])
            answer = Piece(cells[1].lines, source, name=_ANSWER, field="response", cells=(cells[1],))
            yield answer if own else _pair(rows[i - 1][1], cells[1], source)
            continue
        if i + 1 < len(rows) and _heads_answer(cells, rows[i + 1]):
            if is_named_number(cells[0]):
                yield Piece((), source, cells[0].lines, cells=(cells[0],))
            else:
                yield from _named(cells[0], source)
            yield from _of_cell(cells[1], source) if has_own_label(cells[1]) else ()
            continue
        if beside and (extra := [cell for cell in cells if cell.column in beside]):
            yield from _of_row([cell for cell in cells if cell.column not in beside], source)
            for cell in extra:
                yield _under(beside[cell.column], cell, source, first=i == 1)
        elif heads and _are_values(heads, cells, fresh):
            yield from _below(heads, cells, source, fresh)
            fresh = False
        elif (
            len(cells) > 1
            and cells[0].text not in labels
            and are_heads(cells, rows[i + 1] if i + 1 < len(rows) else (), twice=twice)
        ):
            heads, fresh = tuple(cells), True
        else:
            yield from _of_row(cells, source)


def _with_panels_whole(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows, those of panels that the end of a page has cut as one."""
    out: list[Sequence[Cell]] = []
    for cells in rows:
        above = out[-1] if out else ()
        if not (len(above) == 2 and 0 < len(cells) <= 2 and is_panel(*above) and _are_rest(cells, above)):
            out.append(cells)
            continue
        rest = {cell.column: cell for cell in cells}
        out[-1] = [_joined(cell, rest.get(cell.column)) for cell in above]
    return out


def _are_rest(cells: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a row is the rest of the panel above it, at the top of the next page and in its columns."""
    anew = any(cell.lines and (names_one(cell) or has_own_label(cell)) for cell in cells)
    last = max(cell.places[-1].page for cell in above)
    columns = {cell.column for cell in above}
    return not anew and all(cell.places[0].page == last + 1 and cell.column in columns for cell in cells)


def _joined(cell: Cell, rest: Cell | None) -> Cell:
    if rest is None:
        return cell
    replace = msgspec.structs.replace
    return replace(cell, lines=(*cell.lines, *rest.lines), places=(*cell.places, *rest.places))


def _labels_of_pairs(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """The left cells of rows of two cells that stand again beside another value: labels, and no heads."""
    beside: dict[str, set[str]] = {}
    for cells in rows:
        if len(cells) == 2:
            beside.setdefault(cells[0].text, set()).add(cells[1].text)
    return frozenset(label for label, values in beside.items() if len(values) > 1)


def heads_beside(rows: Sequence[Sequence[Cell]]) -> dict[int, Cell]:
    """The heads of columns beside the labels and values of a form, which have none: "| | Lead officer and date"."""
    if len(rows) < LEAST_ROWS or not rows[0] or len(rows[1]) <= 2 or not is_label(rows[1][0]):
        return {}
    heads = {cell.column: cell for cell in rows[0]}
    beside = min(heads) >= 2 and all(label_cell(cell.text) is not None for cell in rows[0])
    return heads if beside else {}


def _heads_answer(heads: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a number and a label head the recommendation's text and the answer beside it: "Rec 1 | Our response"."""
    if len(heads) != 2 or len(below) != 2 or [c.column for c in heads] != [c.column for c in below]:
        return False
    number, label = heads
    if not number.lines or not label.lines or not all(len(cell.text) > LONGEST_LABEL for cell in below):
        return False
    if is_named_number(number):
        return label_cell(label.text) in _ANSWERS
    # "Recommendation 1: Hearing from families | Trust position: Supported"
    return names_reference(number.lines[0].words) and has_own_label(label) and len(label.text) <= LONGEST_LABEL


def _under(head: Cell, value: Cell, source: int, first: bool) -> Piece:
    """A value under the head of its column, which counts to the first of them."""
    piece = _pair(head, value, source)
    return piece if first else msgspec.structs.replace(piece, label=())


def heads_twice(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a recommendation and its answer each have a row of heads over a row of values."""
    if len(rows) < LEAST_ROWS or min(len(cells) for cells in rows[:3]) < 2:
        return False
    subject = any(label_cell(cell.text) in _SUBJECTS for cell in rows[0])
    return subject and are_heads(rows[0], rows[1], twice=True) and are_heads(rows[2], rows[3], twice=True)


def are_heads(cells: Sequence[Cell], following: Sequence[Cell], twice: bool = False) -> bool:
    """Whether a row inside a form is nothing but labels, with their values in the rows below.

    `twice` says that each recommendation has two rows of heads: one heads its text, and a single value may stand below.
    """
    if any(len(cell.text) > LONGEST_LABEL or (cell.lines and has_own_label(cell)) for cell in cells):
        return False
    labels = [label_cell(cell.text) or _numbers(cell.text) for cell in cells]
    told = sum(label is not None for label in labels)
    if (len(cells) > 2 and told > 1) or (told and _is_tinted_over(cells, following)):
        labels = [label or _sure_heading(cell.text) for label, cell in zip(labels, cells, strict=True)]
    unknown = labels.count(None)
    over_band = is_band(following) and unknown == 1 and len(cells) > 2
    many = len(cells) >= _MANY_HEADS
    among_many = unknown == 1 and many and _are_below_heads(following)
    if (not twice and not _SUBJECTS.isdisjoint(labels)) or (unknown and not over_band and not among_many):
        return False
    fields = [(column.field, column.stage) for column in read_headings([cell.text for cell in cells]).columns]
    alike = len(fields) - len(set(fields))  # "Position at June" and "Position at December" differ
    if alike > (many and _are_below_heads(following, posts=0 if unknown else 1)):
        return False
    if any(stated_field(cell.text) == "decision" for cell in cells[1:]):
        return False  # "Cabinet's answer | Agreed"
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


def _numbers(text: str) -> Field | None:
    """The field of a head over numbers ("No."), which is a label nowhere else."""
    column = read_heading(text)
    return column.field if column and column.field == "reference" and column.certainty == "certain" else None


def _are_values(heads: Sequence[Cell], cells: Sequence[Cell], fresh: bool) -> bool:
    """Whether a row stands below heads: right below them, or in their columns and with no label of its own."""
    if _is_counted(heads, cells):
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
        labelled = known and bool(_label_pairs(cells))  # "Status | Complete | Rating | Green"
    else:
        labelled = known or (bold(cells[0]) and not bold(cells[1]))
    return fresh or not labelled


def _is_counted(heads: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a row below heads opens with its number, over which no head stands: "1.1 | Hire ... | Parks Manager"."""
    columns = {head.column for head in heads}
    counted = len(cells) > 2 and cells[0].column < min(columns) and is_reference(cells[0])
    return counted and {cell.column for cell in cells[1:]} <= columns


def _opens_another(head: Cell, first: Cell) -> bool:
    """Whether the first cell of a row below heads is the code of a further recommendation, over which no head of numbers stands."""
    found = find_numbered(folded(first.text)) if first.lines and is_reference(first) else None
    coded = found is not None and (found.labelled or bool(found.code))
    return coded and first.column == head.column and _numbers(head.text) is None


def _below(heads: Sequence[Cell], cells: Sequence[Cell], source: int, fresh: bool) -> Iterator[Piece]:
    """The values of a row under their heads, which are printed once and count to the first row."""
    values = {cell.column: cell for cell in cells}
    if _is_counted(heads, cells):
        yield Piece(cells[0].lines, source, name=ORDER, field="other", cells=(cells[0],))
    fields = [label_cell(head.text) for head in heads]
    of_texts = not _SUBJECTS.isdisjoint(fields)
    of_actions = not _ACTIONS.isdisjoint(fields)
    for head in heads:
        value = values.get(head.column)
        if of_texts and value and _numbers(head.text) and is_reference(value):
            yield Piece((), source, value.lines, cells=(value,))  # "Ref" over "a)"
        elif of_actions and value and _numbers(head.text) and is_reference(value):  # "Task no." over "1a"
            label = head.lines if fresh else ()
            yield Piece(value.lines, source, label, ORDER, "other", cells=(value,))
        elif fresh:
            yield _pair(head, value, source)
        elif value:
            yield msgspec.structs.replace(_pair(head, value, source), label=())


def _of_row(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    if len(cells) == 3 and is_initial(*cells[:2]):
        cells = cells[1:]
    if len(cells) == 1:
        yield from _of_cell(cells[0], source)
    elif are_labelled(cells):
        yield from _of_labelled(cells, source)
    elif (
        len(cells) > 2
        and (
            (numbered := is_named_number(cells[0]) or (is_reference(cells[0]) and cells[0].column == 0))
            or names_one(cells[0])
        )
        and (are_labelled(cells[1:]) or label_cell(cells[1].text) is not None)
    ):
        number = Piece((), source, cells[0].lines, cells=tuple(cells[:1])) if numbered else None
        yield number or coded_title(cells[0], source) or _whole(cells[0], source)
        yield from _of_row(cells[1:], source)
    elif len(cells) == 2 and _label_pairs(cells)[0][1] is not None:
        yield from _of_two(cells[0], cells[1], source)
    elif pairs := _label_pairs(cells):
        for label, value in pairs:
            own = value is None and label.lines and has_own_label(label)
            yield from _of_cell(label, source) if own else (_pair(label, value, source),)
    elif cells:
        yield _pair(cells[0], cells[1], source)
        for cell in cells[2:]:
            tinted = cell.fill is not None and cell.fill == cells[0].fill
            if tinted and names_one(cells[0]) and (stated := stated_field(cell.text)):  # "R1 | Markets | AGREED"
                yield Piece(cell.lines, source, name=NAMES[stated], field=stated, cells=(cell,))
                continue
            rated = cell.text.strip().lower() in colour_names() or is_lettered(cell)
            piece = Piece(cell.lines, source, cells=(cell,))
            yield msgspec.structs.replace(piece, name=_RATING, field="rag") if rated else piece


def _of_labelled(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    for cell in cells:
        yield from (_over_value(cell, source) if stands_over(cell) else _of_cell(cell, source))


def _of_two(left: Cell, right: Cell, source: int) -> Iterator[Piece]:
    """A row of two cells: a state or a title beside a label with its value, or a label beside its value."""
    if is_panel(left, right):
        yield from (*_of_panel(left, source), *_of_panel(right, source))
    elif holds_labels_over_values(left) and holds_labels_over_values(right):
        for cell in (left, right):
            yield from pieces_of(paragraphs(cell.lines), source, (cell,))
    elif stated_progress(left.text) == "status" and right.lines and has_own_label(right):
        yield Piece(left.lines, source, name=_STATE, field="status", cells=(left,))
        yield from _of_cell(right, source)
    elif is_named_number(left) and label_cell(right.text) in _SUBJECTS:  # "Rec 1 | The recommendation" over its text
        yield Piece((), source, left.lines, cells=(left,))
    elif is_reference(left) and has_labels(right):
        yield Piece((), source, left.lines)
        yield from pieces_of(paragraphs(right.lines), source, (right,))
    elif is_title_beside_label(left, right):
        yield coded_title(left, source) or _whole(left, source)
        yield from _of_cell(right, source)
    elif with_verdict((left, right)) and names_one(left) and label_cell(left.text) is None:
        yield from _named(left, source)
        yield Piece(right.lines, source, name=NAMES["decision"], field="decision", cells=(right,))
    elif _with_rating((left, right)) and names_one(left):
        yield from pieces_of(paragraphs(left.lines), source, (left,))
        told = stated_field(right.text) or "rag"
        yield Piece(right.lines, source, name=NAMES[told], field=told, cells=(right,))
    elif is_title(left) and stated_progress(right.text) == "status":
        yield coded_title(left, source) or _whole(left, source)
        yield Piece(right.lines, source, name=_STATE, field="status", cells=(right,))
    elif rating := rating_below(left):
        label = msgspec.structs.replace(left, lines=left.lines[:1])
        yield _pair(label, right, source)
        yield Piece(rating, source, name=_RATING, field="rag", cells=(left,))
    else:
        yield _pair(left, right, source)


def _of_panel(cell: Cell, source: int) -> Iterator[Piece]:
    """What opens a cell of a card, and its labels with the values below them."""
    starts = [*label_lines(cell), len(cell.lines)]
    if opening := cell.lines[: starts[0]]:
        yield Piece(opening, source, cells=(cell,))
    for start, end in itertools.pairwise(starts):
        label = msgspec.structs.replace(cell, lines=cell.lines[start : start + 1])
        yield _pair(label, msgspec.structs.replace(cell, lines=cell.lines[start + 1 : end]), source)


def _named(cell: Cell, source: int) -> Iterator[Piece]:
    """A cell that names a recommendation, with or without its code, title or text."""
    title = coded_title(cell, source)
    yield from (title,) if title else pieces_of(paragraphs(cell.lines), source, (cell,))


def _whole(cell: Cell, source: int) -> Piece:
    return Piece(cell.lines, source, cells=(cell,))


def _label_pairs(cells: Sequence[Cell]) -> list[tuple[Cell, Cell | None]]:
    """Labels with their values beside them, all but the first known labels; [] where a row is none of such pairs.

    A value left empty is no cell of the row, and a gap in the columns is what is seen of it.
    """
    if len(cells) == 2:
        left, right = cells
        apart = left.column + left.column_span < right.column and is_certain(right.text)
        empty = apart and not could_be_cell(right.text)  # "Responsible | | Due | ", not filled in
        return [(left, None), (right, None)] if empty else [(left, right)]
    pairs: list[tuple[Cell, Cell | None]] = []
    at = 0
    while at < len(cells):
        label, following = cells[at], cells[at + 1] if at + 1 < len(cells) else None
        drawn = following is not None and is_drawn_as_label(label, cells[0], cells[1])
        if pairs and not drawn and label.lines and has_own_label(label):  # "Target: April 2016" behind pairs
            pairs.append((label, None))
            at += 1
            continue
        if pairs and label_cell(label.text) is None and not drawn:
            return []
        beside = following is not None and following.column == label.column + label.column_span
        pairs.append((label, following if beside else None))
        at += 2 if beside else 1
    return pairs if len(pairs) > 1 else []


def _over_value(cell: Cell, source: int) -> Iterator[Piece]:
    """The labels of a cell that each stand over their value, in the letters of the first."""
    starts = [0, *more_labels_over(cell), len(cell.lines)]
    for start, end in itertools.pairwise(starts):
        label = msgspec.structs.replace(cell, lines=cell.lines[start : start + 1])
        yield _pair(label, msgspec.structs.replace(cell, lines=cell.lines[start + 1 : end]), source)


def _of_cell(cell: Cell, source: int) -> Iterator[Piece]:
    """A cell of its own: a band, a label with its value behind it, or more of the value above."""
    if number := _numbered_by_label(cell):
        yield Piece((), source, number, cells=(cell,))
        return
    whole = cell.lines and not cell.text.endswith(".") and not has_own_label(cell)
    field = label_cell(cell.text) if whole else None
    number = find_numbered(folded(cell.text)) if field else None
    if field and (number is None or (not number.labelled and is_certain(cell.text[number.after :]))):
        yield Piece((), source, cell.lines, _name(cell), field)
    elif is_label_over(cell):
        yield from _over_value(cell, source)
    elif cell.lines and NO_ACTION.fullmatch(cell.text.strip(" .")) and not NOTHING.fullmatch(cell.text):
        yield Piece(cell.lines, source, name=_ACTION, field="action", cells=(cell,))
    elif cell.lines and cell.column_span > 1 and bold(cell) and (title := coded_title(cell, source)):
        yield title
    elif cell.lines:
        yield from pieces_of(paragraphs(cell.lines), source, (cell,))
    else:
        yield Piece((), source, cells=(cell,))


def _numbered_by_label(cell: Cell) -> tuple[Line, ...]:
    """The number behind its label in a cell that says nothing else: "Number: 3"."""
    words = cell.lines[0].words if len(cell.lines) == 1 else ()
    at = next((i for i, word in enumerate(words, start=1) if word.text.endswith(":")), 0)
    if not 0 < at < len(words) or _numbers(" ".join(word.text for word in words[:at]).rstrip(":")) is None:
        return ()
    number = msgspec.structs.replace(cell.lines[0], words=words[at:])
    found = find_numbered(folded(number.text))
    return (number,) if found and found.after >= len(number.text) else ()


def _pair(label: Cell, value: Cell | None, source: int) -> Piece:
    lines: tuple[Line, ...] = value.lines if value else ()
    cells = (value,) if value else ()
    text = folded(label.text)
    number = find_numbered(text) if text else None
    if (
        number
        and (number.after >= len(text) or len(text) <= _LONGEST_REFERENCE)
        and (number.labelled or number.code or text[0] in "(0123456789")
    ):
        return Piece(lines, source, label.lines, cells=cells)
    if value and label_cell(label.text) == "recommendation" and is_reference(value):
        return Piece((), source, value.lines, cells=cells)  # "Request to close | LIB/01"
    field = label_cell(label.text) or (label_cell(label.lines[0].text) if has_prompt(label) else None)
    if field is None and len(label.text) > LONGEST_LABEL:
        return Piece((*label.lines, *lines), source, cells=(label, *cells))
    if field in _ACTIONS and value and is_reference(value):  # "Step" over "a": the action's number
        return Piece(lines, source, label.lines, ORDER, "other", cells=cells)
    return Piece(lines, source, label.lines, _name(label), field or "other", cells=cells)


def _name(cell: Cell) -> str:
    return " ".join(cell.text.split()).rstrip(" :")
