"""The rows of a form as pieces: labels with their values beside or below them, bands, heads, ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Cell, Line, Word, running_text
from pipeline.headings import NOTHING, read_heading, read_headings
from pipeline.headings.columns import is_certain
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.decisions import read_decision
from pipeline.nlp.numbering import find_numbered
from pipeline.nlp.progress import read_progress
from pipeline.nlp.rating_keys import BASIC, colour_names
from pipeline.passages import Passage
from pipeline.understanding.labels import label_cell, label_of, unknown_label
from pipeline.understanding.lists import paragraphs
from pipeline.understanding.pieces import Piece, names_reference, opens_numbered, pieces_of

LEAST_ROWS = 4  # of a form by itself
_LONGEST_REFERENCE = 40  # letters of a left cell that is only a reference
_LEAST_LABELS = 3  # in a cell that holds a whole form
_LEAST_LINES = 4  # of a cell with two labels over their values
_MANY_HEADS = 4  # of which one may be unknown
_LONGEST_CODE = 3  # words: "21 BCFU 07"
LONGEST_LABEL = 60
_LONGEST_OVER = 160  # of a small cell that opens with its label
_ANOTHER_SIZE = 0.6  # points
_STATE = "Status"  # of one that has no label
_RATING = "RAG"  # the label of a rating that has none
_SUBJECTS: frozenset[Field] = frozenset({"recommendation"})


def is_band(cells: Sequence[Cell]) -> bool:
    """Whether a row is one cell that names a recommendation, or numbers one right across the table."""
    if len(cells) != 1 or not cells[0].lines:
        return False
    first = cells[0].lines[0]
    return names_reference(first.words) or (cells[0].column_span > 1 and opens_numbered(first))


def are_labelled(cells: Sequence[Cell]) -> bool:
    """Whether each of several cells of a row holds its label and its value: "Accepted? Yes | Lead: Parks Manager"."""
    return len(cells) > 1 and all(cell.lines and _has_own_label(cell) for cell in cells)


def pieces_of_rows(rows: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    """The rows of a form as pieces, given as their filled cells; `source` is the number of its table."""
    heads: tuple[Cell, ...] = ()
    fresh = False
    labels = _labels_of_pairs(rows)
    beside = heads_beside(rows)
    for i, cells in enumerate(rows):
        if beside and i == 0:
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
            and are_heads(cells, rows[i + 1] if i + 1 < len(rows) else ())
        ):
            heads, fresh = tuple(cells), True
        else:
            yield from _of_row(cells, source)


def _labels_of_pairs(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """The left cells of rows of two cells that stand again beside another value: labels, and no heads."""
    beside: dict[str, set[str]] = {}
    for cells in rows:
        if len(cells) == 2:
            beside.setdefault(cells[0].text, set()).add(cells[1].text)
    return frozenset(label for label, values in beside.items() if len(values) > 1)


def heads_beside(rows: Sequence[Sequence[Cell]]) -> dict[int, Cell]:
    """The heads of columns beside the labels and values of a form, which have none: "| | Lead officer and date"."""
    if len(rows) < LEAST_ROWS or not rows[0] or len(rows[1]) <= 2 or not _is_label(rows[1][0]):
        return {}
    heads = {cell.column: cell for cell in rows[0]}
    beside = min(heads) >= 2 and all(label_cell(cell.text) is not None for cell in rows[0])
    return heads if beside else {}


def _under(head: Cell, value: Cell, source: int, first: bool) -> Piece:
    """A value under the head of its column, which counts to the first of them."""
    piece = _pair(head, value, source)
    return piece if first else msgspec.structs.replace(piece, label=())


def are_heads(cells: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a row inside a form is nothing but labels, with their values in the rows below."""
    if any(len(cell.text) > LONGEST_LABEL or (cell.lines and _has_own_label(cell)) for cell in cells):
        return False
    labels = [label_cell(cell.text) or _numbers(cell.text) for cell in cells]
    unknown = labels.count(None)
    over_band = is_band(following) and unknown == 1 and len(cells) > 2
    among_many = unknown == 1 and len(cells) >= _MANY_HEADS and _are_below_heads(following)
    if not _SUBJECTS.isdisjoint(labels) or (unknown and not over_band and not among_many):
        return False
    fields = [column.field for column in read_headings([cell.text for cell in cells]).columns]
    alike = len(fields) - len(set(fields))
    if alike > (len(cells) >= _MANY_HEADS and _are_below_heads(following)):
        return False
    if any(map(_is_verdict, cells[1:])):
        return False  # "Cabinet's answer | Agreed"
    if is_band(following):
        return True
    if len(cells) == len(following) == 2 and _is_label(following[0]):
        return False  # "Responsible | Cabinet Member": a value may be a label elsewhere
    columns = {cell.column for cell in cells}
    return len(following) > 1 and {cell.column for cell in following} <= columns


def _is_verdict(cell: Cell) -> bool:
    """Whether a cell says what was decided and nothing else."""
    stated = read_decision(Passage.of_lines(cell.lines), column=True) if cell.lines else None
    return stated is not None and len(stated.words) >= len(cell.text.strip(" ."))


def _are_below_heads(cells: Sequence[Cell]) -> bool:
    """Whether a row has several cells of which none is surely a label; a post may read as one."""
    return len(cells) > 2 and not any(
        cell.lines and (is_certain(cell.text) or names_reference(cell.lines[0].words)) for cell in cells
    )


def _numbers(text: str) -> Field | None:
    """The field of a head over numbers ("No."), which is a label nowhere else."""
    column = read_heading(text)
    return column.field if column and column.field == "reference" and column.certainty == "certain" else None


def _is_label(cell: Cell) -> bool:
    return bool(cell.lines) and (label_cell(cell.text) is not None or names_reference(cell.lines[0].words))


def _are_values(heads: Sequence[Cell], cells: Sequence[Cell], fresh: bool) -> bool:
    """Whether a row stands below heads: right below them, or in their columns and with no label of its own."""
    if not cells or not {cell.column for cell in cells} <= {head.column for head in heads}:
        return False
    if [cell.text for cell in cells] == [head.text for head in heads]:
        return False  # the same heads again, over the next recommendation's values
    if len(cells) == 1:
        return cells[0].column_span < len(heads) and not is_band(cells)
    labelled = len(cells) == 2 and (label_cell(cells[0].text) or (_bold(cells[0]) and not _bold(cells[1])))
    return fresh or not labelled


def _bold(cell: Cell) -> bool:
    return all(word.bold for word in cell.words)


def _below(heads: Sequence[Cell], cells: Sequence[Cell], source: int, fresh: bool) -> Iterator[Piece]:
    """The values of a row under their heads, which are printed once and count to the first row."""
    values = {cell.column: cell for cell in cells}
    for head in heads:
        value = values.get(head.column)
        if fresh:
            yield _pair(head, value, source)
        elif value:
            yield msgspec.structs.replace(_pair(head, value, source), label=())


def _of_row(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    if len(cells) == 3 and _is_initial(*cells[:2]):
        cells = cells[1:]
    if len(cells) == 1:
        yield from _of_cell(cells[0], source)
    elif are_labelled(cells):
        yield from _of_labelled(cells, source)
    elif (
        len(cells) > 2
        and _names_one(cells[0])
        and (are_labelled(cells[1:]) or label_cell(cells[1].text) is not None)
    ):
        yield _coded_title(cells[0], source) or _whole(cells[0], source)
        yield from _of_row(cells[1:], source)
    elif len(cells) == 2:
        yield from _of_two(cells[0], cells[1], source)
    elif pairs := _label_pairs(cells):
        for label, value in pairs:
            yield _pair(label, value, source)
    elif cells:
        yield _pair(cells[0], cells[1], source)
        for cell in cells[2:]:
            rated = cell.text.strip().lower() in colour_names() or _is_lettered(cell)
            piece = Piece(cell.lines, source, cells=(cell,))
            yield msgspec.structs.replace(piece, name=_RATING, field="rag") if rated else piece


def _of_labelled(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    for cell in cells:
        yield from (_over_value(cell, source) if _stands_over(cell) else _of_cell(cell, source))


def _names_one(cell: Cell) -> bool:
    """Whether a cell names a recommendation, by a number or a code with or without its title."""
    return bool(cell.lines) and (names_reference(cell.lines[0].words) or is_title(cell))


def _of_two(left: Cell, right: Cell, source: int) -> Iterator[Piece]:
    """A row of two cells: a state or a title beside a label with its value, or a label beside its value."""
    if _holds_labels_over_values(left) and _holds_labels_over_values(right):
        for cell in (left, right):
            yield from pieces_of(paragraphs(cell.lines), source, (cell,))
    elif _is_state(left) and right.lines and _has_own_label(right):
        yield Piece(left.lines, source, name=_STATE, field="status", cells=(left,))
        yield from _of_cell(right, source)
    elif _is_reference(left) and _has_labels(right):
        yield Piece((), source, left.lines)
        yield from pieces_of(paragraphs(right.lines), source, (right,))
    elif _is_title_beside_label(left, right):
        yield _coded_title(left, source) or _whole(left, source)
        yield from _of_cell(right, source)
    elif is_title(left) and _is_state(right):
        yield _coded_title(left, source) or _whole(left, source)
        yield Piece(right.lines, source, name=_STATE, field="status", cells=(right,))
    elif rating := _rating_below(left):
        label = msgspec.structs.replace(left, lines=left.lines[:1])
        yield _pair(label, right, source)
        yield Piece(rating, source, name=_RATING, field="rag", cells=(left,))
    else:
        yield _pair(left, right, source)


def _is_lettered(cell: Cell) -> bool:
    """Whether a coloured cell holds but the letter of its colour."""
    return cell.fill is not None and cell.text.strip() in {name[0].upper() for name in BASIC}


def _is_initial(letter: Cell, label: Cell) -> bool:
    """Whether a cell only repeats the first letter of the label beside it: "S | Specific"."""
    text = letter.text.strip().lower()
    return len(text) == 1 and text.isalpha() and label.text.strip().lower().startswith(text)


def _is_state(cell: Cell) -> bool:
    """Whether a cell says how far something has come and nothing else."""
    stated = read_progress(Passage.of_lines(cell.lines), column=True) if cell.lines else None
    return stated is not None and len(stated.words) >= len(cell.text.strip(" ."))


def _is_title_beside_label(title: Cell, labelled: Cell) -> bool:
    """Whether a row is a numbered title with a label and its value at its right: "CR1 Bank details | Priority: High"."""
    return is_title(title) and bool(labelled.lines) and _has_own_label(labelled)


def _is_reference(cell: Cell) -> bool:
    """Whether a cell is a number or a code and nothing else."""
    text = folded(cell.text)
    found = find_numbered(text) if text else None
    return found is not None and found.after >= len(text)


def _has_labels(cell: Cell) -> bool:
    """Whether a cell holds a whole form: several labels, each with its value behind it."""
    labels = [label for line in cell.lines if (label := label_of(line.words)) and label.parted]
    return len({label.field for label in labels}) >= _LEAST_LABELS


def _holds_labels_over_values(cell: Cell) -> bool:
    """Whether a cell is a part of a card: labels on lines of their own, each over its value."""
    if len(cell.lines) < _LEAST_LINES:
        return False
    whole = [
        label for line in cell.lines if (label := label_of(line.words)) and label.words == len(line.words)
    ]
    return len({label.field for label in whole}) > 1 and label_of(cell.lines[0].words) is not None


def is_title(cell: Cell) -> bool:
    """Whether a cell is a number or a code with words behind it."""
    if not cell.lines or label_cell(cell.text) is not None:
        return False
    number = find_numbered(folded(cell.text))
    return (number is not None and number.after < len(cell.text)) or _coded_title(cell, 0) is not None


def _whole(cell: Cell, source: int) -> Piece:
    return Piece(cell.lines, source, cells=(cell,))


def _coded_title(cell: Cell, source: int) -> Piece | None:
    """A title that opens with a code ("CR1 Bank details"), the code as its number; None where a cell is no such title."""
    first = cell.lines[0]
    for n in range(1, min(_LONGEST_CODE, len(first.words) - 1) + 1):
        found = find_numbered(folded(" ".join(word.text for word in first.words[:n])))
        counted = found is not None and found.ident.isdigit() and n == 1 and len(cell.lines) == 1
        if found and (found.code or "." in found.ident or counted) and first.words[n].text[:1].isupper():
            code = msgspec.structs.replace(first, words=first.words[:n])
            title = msgspec.structs.replace(first, words=first.words[n:], opens=True)
            return Piece((title, *cell.lines[1:]), source, label=(code,), cells=(cell,))
    return None


def _rating_below(cell: Cell) -> tuple[Line, ...]:
    """The lines below the label of a form's cell that are a rating: "Update" over "GREEN"."""
    rating = running_text(cell.lines[1:]).strip()
    labelled = bool(rating) and label_cell(cell.text) is None and label_cell(cell.lines[0].text) is not None
    return (
        cell.lines[1:] if labelled and (rating.lower() in colour_names() or NOTHING.fullmatch(rating)) else ()
    )


def _label_pairs(cells: Sequence[Cell]) -> list[tuple[Cell, Cell | None]]:
    """Labels with their values beside them, all but the first known labels; [] where a row is none of such pairs.

    A value left empty is no cell of the row, and a gap in the columns is what is seen of it.
    """
    if len(cells) == 2:
        return [(cells[0], cells[1])]
    pairs: list[tuple[Cell, Cell | None]] = []
    at = 0
    while at < len(cells):
        label, following = cells[at], cells[at + 1] if at + 1 < len(cells) else None
        drawn = following is not None and _is_drawn_as_label(label, cells[0], cells[1])
        if pairs and label_cell(label.text) is None and not drawn:
            return []
        beside = following is not None and following.column == label.column + label.column_span
        pairs.append((label, following if beside else None))
        at += 2 if beside else 1
    return pairs if len(pairs) > 1 else []


def _is_drawn_as_label(cell: Cell, label: Cell, value: Cell) -> bool:
    """Whether a cell of unknown words is tinted or set like the label of its row, and the value beside that is not."""
    if label_cell(label.text) is None or len(cell.text) > LONGEST_LABEL or not cell.lines or not value.lines:
        return False
    tinted = cell.fill == label.fill != value.fill
    return tinted or _bold(cell) == _bold(label) != _bold(value)


def _has_own_label(cell: Cell) -> bool:
    """Whether a cell holds a label with its value behind it: "Lead: Parks Manager"."""
    first = cell.lines[0].words
    label = label_of(first)
    if label is None:
        return _is_set_over(cell) or _has_colon(first)
    if label.words == sum(1 for _ in cell.words):
        return False
    return label.parted or (label.words == len(first) and _looks_other(first[-1], cell.lines[1].words[0]))


def _has_colon(words: Sequence[Word]) -> bool:
    """Whether a few words with a colon stand before others, as a label does whose words are not known."""
    label = unknown_label(words)
    return label is not None and label.words < len(words) and words[label.words - 1].text.endswith(":")


def _is_set_over(cell: Cell) -> bool:
    """Whether a short line in other letters stands over the text of a cell, as a label does whose words are not known."""
    if len(cell.lines) < 2 or unknown_label(cell.lines[0].words) is None:
        return False
    first, below = cell.lines[0].words, cell.lines[1].words[0]
    return _looks_other(first[-1], below) and not any(word.bold for word in cell.lines[-1].words)


def _stands_over(cell: Cell) -> bool:
    """Whether the first line of a small cell is nothing but the label of what stands below it."""
    label = label_of(cell.lines[0].words) or unknown_label(cell.lines[0].words)
    if any(label_of(line.words) for line in cell.lines[2:-1]):  # over its own value
        return False
    return label is not None and label.words == len(cell.lines[0].words) and len(cell.text) <= _LONGEST_OVER


def _over_value(cell: Cell, source: int) -> Iterator[Piece]:
    label = msgspec.structs.replace(cell, lines=cell.lines[:1])
    yield _pair(label, msgspec.structs.replace(cell, lines=cell.lines[1:]), source)


def _looks_other(label: Word, value: Word) -> bool:
    """Whether a label over its value is set in another size or weight."""
    return label.bold != value.bold or abs(label.size - value.size) > _ANOTHER_SIZE


def _of_cell(cell: Cell, source: int) -> Iterator[Piece]:
    """A cell of its own: a band, a label with its value behind it, or more of the value above."""
    whole = cell.lines and not cell.text.endswith(".") and not _has_own_label(cell)
    field = label_cell(cell.text) if whole else None
    if field and find_numbered(folded(cell.text)) is None:
        yield Piece((), source, cell.lines, _name(cell), field)
    elif _is_label_over(cell):
        yield from _over_value(cell, source)
    elif cell.lines and cell.column_span > 1 and _bold(cell) and (title := _coded_title(cell, source)):
        yield title
    elif cell.lines:
        yield from pieces_of(paragraphs(cell.lines), source, (cell,))
    else:
        yield Piece((), source, cells=(cell,))


def _is_label_over(cell: Cell) -> bool:
    """Whether a line in other letters that is a known label, but too long for one in a text, stands over its value."""
    if len(cell.lines) < 2 or label_of(cell.lines[0].words) is not None:
        return False
    first, below = cell.lines[0].words[-1], cell.lines[1].words[0]
    return label_cell(cell.lines[0].text) is not None and _looks_other(first, below)


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
    field = label_cell(label.text) or (label_cell(label.lines[0].text) if _has_prompt(label) else None)
    if field is None and len(label.text) > LONGEST_LABEL:
        return Piece((*label.lines, *lines), source, cells=(label, *cells))
    return Piece(lines, source, label.lines, _name(label), field or "other", cells=cells)


def _has_prompt(label: Cell) -> bool:
    """Whether a label is followed by a prompt in other letters: "Specific" over "What exactly will we do?"."""
    return len(label.lines) > 1 and (
        _looks_other(label.lines[0].words[-1], label.lines[1].words[0])
        or label.lines[0].words[-1].italic != label.lines[1].words[0].italic
    )


def _name(cell: Cell) -> str:
    return " ".join(cell.text.split()).rstrip(" :")
