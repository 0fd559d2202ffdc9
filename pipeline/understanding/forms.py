"""Forms: tables in which one recommendation takes many rows, a label and its value in each, read as pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from extract.shapes import Cell, Line, Row, Table
from pipeline.headings import find_header, is_tracker
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.labels import label_cell
from pipeline.understanding.lists import paragraphs
from pipeline.understanding.pieces import Piece, pieces_of

_MOST_CELLS = 4  # filled cells in a row of a form
_LEAST_SHARE = 0.5  # of the rows that carry a label
_LONGEST_REFERENCE = 40  # letters of a left cell that is only a reference
_LONGEST_LABEL = 60
_MOST_AT_TOP = 2  # pieces of a form that stand alone at a page's end
_SUBJECTS: frozenset[Field] = frozenset({"recommendation"})


def pieces_of_table(table: Table, source: int, before: Collection[str] = ()) -> tuple[Piece, ...]:
    """The rows of a form as pieces; () where the table is no form.

    `before` are the labels of a form right before it, which the table may go on with.
    """
    rows = [[cell for cell in row.cells if cell.lines or cell.marks] for row in table.rows]
    if any(len(cells) > _MOST_CELLS for cells in rows):
        return ()
    pieces = tuple(_pieces(rows, source))
    goes_on = bool(pieces) and all(piece.name in before for piece in pieces)
    return pieces if goes_on or _is_top(pieces) or _is_form(table, pieces, rows) else ()


def _is_top(pieces: Sequence[Piece]) -> bool:
    """Whether a table is no more than the top of a form, cut off by the end of a page."""
    if not 0 < len(pieces) <= _MOST_AT_TOP or pieces[0].field:
        return False
    found = pieces[0].number()
    return found is not None and found.labelled and all(piece.field is None for piece in pieces[1:])


def _is_form(table: Table, pieces: Sequence[Piece], rows: Sequence[Sequence[Cell]]) -> bool:
    named = [piece for piece in pieces if piece.field not in (None, "other")]
    if len({piece.field for piece in named}) < 2 or len(named) < _LEAST_SHARE * sum(map(bool, rows)):
        return False
    return not _has_header(table)


def _has_header(table: Table) -> bool:
    """Whether the first row heads the columns of a tracker, so that its rows are no labels and values."""
    grid = [_texts(row, table.columns) for row in table.rows]
    header = find_header(grid[:3])
    if header is None or len(header.headings.fields - {"other"}) < 2:
        return False
    below = grid[header.index + header.count :]
    return bool(below) and is_tracker(header.headings, below).tracker


def _texts(row: Row, columns: int) -> list[str]:
    out = [""] * columns
    for cell in row.cells:
        out[cell.column] = cell.text
    return out


def _pieces(rows: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    heads: tuple[Cell, ...] = ()
    for i, cells in enumerate(rows):
        if heads:
            yield from _below(heads, cells, source)
            heads = ()
        elif len(cells) > 1 and _are_heads(cells, rows[i + 1] if i + 1 < len(rows) else ()):
            heads = tuple(cells)
        else:
            yield from _of_row(cells, source)


def _are_heads(cells: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a row inside a form is nothing but labels, with their values in the row below."""
    fields = [label_cell(cell.text) for cell in cells]
    if None in fields or len(set(fields)) < len(fields) or _SUBJECTS & set(fields):
        return False
    columns = {cell.column for cell in cells}
    return bool(following) and len(following) > 1 and {cell.column for cell in following} <= columns


def _below(heads: Sequence[Cell], cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    values = {cell.column: cell for cell in cells}
    for head in heads:
        yield _pair(head, values.get(head.column), source)


def _of_row(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    if len(cells) == 1:
        yield from _of_cell(cells[0], source)
    elif len(cells) in (2, 4) and (len(cells) == 2 or label_cell(cells[2].text)):
        for label, value in zip(cells[::2], cells[1::2], strict=True):
            yield _pair(label, value, source)
    elif cells:
        yield _pair(cells[0], cells[1], source)
        for cell in cells[2:]:
            yield Piece(cell.lines, source, cells=(cell,))


def _of_cell(cell: Cell, source: int) -> Iterator[Piece]:
    """A cell of its own: a band, a label with its value behind it, or more of the value above."""
    field = label_cell(cell.text) if cell.lines else None
    if field and find_numbered(folded(cell.text)) is None:
        yield Piece((), source, cell.lines, _name(cell), field)
    elif cell.lines:
        yield from pieces_of(paragraphs(cell.lines), source, (cell,))
    else:
        yield Piece((), source, cells=(cell,))


def _pair(label: Cell, value: Cell | None, source: int) -> Piece:
    lines: tuple[Line, ...] = value.lines if value else ()
    cells = (value,) if value else ()
    text = folded(label.text)
    number = find_numbered(text) if text else None
    if (
        number
        and (number.after >= len(text) or len(text) <= _LONGEST_REFERENCE)
        and (number.labelled or text[0] in "(0123456789")
    ):
        return Piece(lines, source, label.lines, cells=cells)
    field = label_cell(label.text)
    if field is None and len(label.text) > _LONGEST_LABEL:
        return Piece((*label.lines, *lines), source, cells=(label, *cells))
    return Piece(lines, source, label.lines, _name(label), field or "other", cells=cells)


def _name(cell: Cell) -> str:
    return " ".join(cell.text.split()).rstrip(" :")
