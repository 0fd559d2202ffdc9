"""A form or a list as a table of one row a recommendation, so that one mechanism reads them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Box, Cell, Line, Place, Row, Table
from pipeline.headings import Headings, is_tracker, read_headings, settle
from pipeline.headings.columns import as_headings
from pipeline.headings.words import plain
from pipeline.knowledge.forms import form_words
from pipeline.records import less_sure
from pipeline.understanding.entry import Block, Entry
from pipeline.understanding.openings import BARE, CODED, NAMED
from pipeline.understanding.pieces import ORDER, PROSE, Piece

REFERENCE, SUBJECT = "\x01", "\x02"  # keys of the two columns that have no label
TRANSPOSED = "transposed"  # the flavour of such a table
_LABEL = "a label"
_LEAST_COLUMNS = 3  # of a table whose rows may name sections


class Transposed(msgspec.Struct, frozen=True):
    """A table made of forms or of a list: what its columns hold, and the words that stand in no row.

    The labels as printed are the table's `repeated` rows; `reasons` say of each of these rows what it is. `unlabelled`
    says that some answers have no label and were told by what they say.
    """

    table: Table
    headings: Headings
    reason: str
    reasons: tuple[str, ...]
    unlabelled: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """The texts that its rows are about."""
        at = self.headings.subject
        return tuple(cell.text for row in self.table.rows for cell in row.cells if cell.column == at)


def transposed(block: Block, outside: Sequence[Cell] = ()) -> Transposed | None:
    """A block as a table; None where its columns make no tracker. `outside` are cells that belong to no entry."""
    keys = _keys(block.entries)
    parted = _has_sections(block.entries) and len(keys) >= _LEAST_COLUMNS
    rows = tuple(
        row
        for entry in block.entries
        if entry.opening
        for row in (*(_section(entry, len(keys)) if parted else ()), *_rows(entry, keys))
    )
    rows = tuple(_renumbered(row, at) for at, row in enumerate(rows))
    grid = [_texts(row, len(keys)) for row in rows]
    headings = _headings(keys, block, grid)
    judged = is_tracker(headings, grid)
    if not judged.tracker:
        return None
    labels = tuple(_label_row(entry, keys) for entry in block.entries)
    labels = tuple(row for row in labels if row.cells)
    apart = tuple(Row((cell,), tuple(place.page for place in cell.places)) for cell in outside)
    table = Table(
        rows,
        len(keys),
        _places([cell for row in (*rows, *labels, *apart) for cell in row.cells]),
        TRANSPOSED,
        "forms or a list: one recommendation in many rows",
        repeated=(*labels, *apart),
    )
    reasons = (_LABEL,) * len(labels) + ("outside the forms of a table of forms",) * len(apart)
    unlabelled = any(
        piece.source == PROSE and not piece.label for entry in block.entries for piece in entry.beside
    )
    return Transposed(table, headings, f"a form or list: {judged.reason}", reasons, unlabelled)


def _headings(keys: Sequence[str], block: Block, grid: Sequence[Sequence[str]]) -> Headings:
    """The labels read as headings; the columns without a label are what the opening says that they are."""
    read = read_headings([_printed(key, block) for key in keys])
    known = settle(read, grid).columns
    own = (
        column
        if key in (REFERENCE, SUBJECT, plain(ORDER))
        or (key in form_words().labels_of_times and column.field != "owner")
        else None
        for key, column in zip(keys, read.columns, strict=True)
    )
    columns = [column or told for column, told in zip(own, known, strict=True)]
    if block.style[0] == NAMED:  # "Paragraph: 4.3" beside "Recommendation 1" is no reference of its own
        columns = [
            msgspec.structs.replace(c, field="other") if c.field == "reference" and key != REFERENCE else c
            for key, c in zip(keys, columns, strict=True)
        ]
    doubted = _without_labels(block.entries)
    if block.style[0] not in (NAMED, CODED, BARE):  # no number says where each recommendation begins and ends
        doubted = frozenset(keys)
    return as_headings(
        [
            msgspec.structs.replace(c, certainty=less_sure(c.certainty, "likely")) if key in doubted else c
            for key, c in zip(keys, columns, strict=True)
        ]
    )


def _without_labels(entries: Sequence[Entry]) -> frozenset[str]:
    """The columns of prose that no label names: what they say was all that told them."""
    pieces = [piece for entry in entries for piece in entry.beside if piece.source == PROSE]
    labelled = {_key(piece) for piece in pieces if piece.label}
    return frozenset(_key(piece) for piece in pieces) - labelled


def _key(piece: Piece) -> str:
    return plain(piece.name)


def _keys(entries: Iterable[Entry]) -> list[str]:
    """The columns in printed order: reference and text, then the labels, each where it first stands."""
    entries = list(entries)
    keys = [REFERENCE] if any(_own_reference(entry) for entry in entries) else []
    keys.append(SUBJECT)
    for entry in entries:
        at = len(keys) - 1 if not keys[2:] else keys.index(SUBJECT)
        for piece in entry.beside:
            key = _key(piece)
            if key in keys:
                at = keys.index(key)
            else:
                at += 1
                keys.insert(at, key)
    return keys


def _own_reference(entry: Entry) -> bool:
    return bool(entry.opening) and bool(entry.opening[0].label) and entry.opening[0].field is None


def _printed(key: str, block: Block) -> str:
    """The words over a column: the label as first printed."""
    if key == REFERENCE:
        return "Reference"
    if key == SUBJECT:
        return "Action" if block.style.startswith(f"{NAMED} action") else "Recommendation"
    return next(piece.name for entry in block.entries for piece in entry.beside if _key(piece) == key)


def _rows(entry: Entry, keys: Sequence[str]) -> Iterator[Row]:
    """The values of an entry: one row, and one more each time that a label stands again, which the next values go to."""
    rows: list[dict[str, Cell]] = [{}]
    for key, pieces in _values(entry):
        if key in rows[-1]:
            rows.append({})
        cell = _cell(pieces, keys.index(key))
        if cell:
            rows[-1][key] = cell
    for row in rows:
        cells = tuple(sorted(row.values(), key=lambda cell: cell.column))
        if cells:
            yield Row(cells, tuple(sorted({place.page for cell in cells for place in cell.places})))


def _has_sections(entries: Sequence[Entry]) -> bool:
    """Whether the headings over some entries part them; one heading over the first is only that of the list."""
    return any(entry.heading for entry in entries[1:])


def _section(entry: Entry, columns: int) -> Iterator[Row]:
    if entry.heading:
        lines = entry.heading.own_lines
        cell = Cell(0, 0, lines, _line_places(lines), column_span=columns)
        yield Row((cell,), tuple(place.page for place in cell.places))


def _values(entry: Entry) -> Iterator[tuple[str, Sequence[Piece]]]:
    opening = entry.opening
    if _own_reference(entry):
        yield REFERENCE, (Piece(opening[0].label),)
    yield SUBJECT, opening
    for piece in entry.beside:
        yield _key(piece), (piece,)


def _cell(pieces: Sequence[Piece], column: int) -> Cell | None:
    lines = tuple(line for i, piece in enumerate(pieces) for line in _as_paragraph(piece.lines, i > 0))
    sources = [cell for piece in pieces for cell in piece.cells]
    marks = tuple(mark for cell in sources for mark in cell.marks)
    if not lines and not marks:
        return None
    fill = next((cell.fill for cell in sources if cell.fill), None)
    return Cell(0, column, lines, _line_places(lines) or sources[0].places, fill=fill, marks=marks)


def _as_paragraph(lines: Sequence[Line], opens: bool) -> Sequence[Line]:
    """Lines of a further piece, which begins a paragraph wherever its cell began."""
    if not opens or not lines or lines[0].opens:
        return lines
    return (msgspec.structs.replace(lines[0], opens=True), *lines[1:])


def _label_row(entry: Entry, keys: Sequence[str]) -> Row:
    opening = [piece for piece in entry.opening if piece.field and piece.label]
    labelled = [(keys.index(SUBJECT), piece) for piece in opening]
    labelled += [(keys.index(_key(piece)), piece) for piece in entry.beside if piece.label]
    printed = [(keys.index(SUBJECT), piece.mark) for piece in entry.opening if piece.mark]
    printed += [(column, piece.label) for column, piece in labelled]
    cells = tuple(Cell(0, column, lines, _line_places(lines)) for column, lines in printed)
    return Row(cells, tuple(sorted({place.page for cell in cells for place in cell.places})))


def _line_places(lines: Sequence[Line]) -> tuple[Place, ...]:
    pages = dict.fromkeys(line.page for line in lines)
    return tuple(Place(page, Box.around(line.box for line in lines if line.page == page)) for page in pages)


def _places(cells: Sequence[Cell]) -> tuple[Place, ...]:
    found = [place for cell in cells for place in cell.places]
    pages = sorted({place.page for place in found})
    return tuple(Place(page, Box.around(p.box for p in found if p.page == page)) for page in pages)


def _renumbered(row: Row, at: int) -> Row:
    return msgspec.structs.replace(row, cells=tuple(msgspec.structs.replace(c, row=at) for c in row.cells))


def _texts(row: Row, columns: int) -> list[str]:
    out = [""] * columns
    for cell in row.cells:
        out[cell.column] = cell.text
    return out
