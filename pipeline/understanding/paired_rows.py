"""Tables that give a recommendation two rows, each below heads of its own, with both rows as one.

"Ref | Recommendation | Lead | Due" over "Response | Latest position", whose cells span the columns of the first.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from extract.shapes import Cell, Document, Row, Table
from pipeline.headings.columns import is_certain

_HEADS_AMONG = 3  # rows from the top
_LEAST_PAIRS = 2
_NEARLY_ALL = 0.8  # of the rows must be paired
_LONGEST_HEAD = 60  # letters

Layout = tuple[tuple[int, int], ...]  # the first column of each cell of a row, and how many it spans


def with_pairs_abreast(document: Document) -> Document:
    """The document, its tables of paired rows with a row a recommendation."""
    return msgspec.structs.replace(document, tables=tuple(map(_abreast, document.tables)))


def _abreast(table: Table) -> Table:
    at = next((i for i in range(min(_HEADS_AMONG, len(table.rows) - 1)) if _heads_pairs(table, i)), None)
    if at is None:
        return table
    below = _layout(table.rows[at + 1])
    rows = list[Row]()
    for i, row in enumerate(table.rows):
        if i > at and _layout(row) == below:
            rows[-1] = _joined(rows[-1], row, table.columns)
        else:
            rows.append(row)
    columns = table.columns + len(below)
    return msgspec.structs.replace(
        table,
        rows=tuple(_widened(row, i, table.columns, columns) for i, row in enumerate(rows)),
        columns=columns,
        header_rows=max(table.header_rows - 1, 0),
    )


def _heads_pairs(table: Table, at: int) -> bool:
    """Whether two rows are heads of different columns, and (nearly) all rows below are drawn as one or the other in turn."""
    first, second = table.rows[at], table.rows[at + 1]
    above, below = _layout(first), _layout(second)
    spans = any(span > 1 for _, span in below)
    if not (spans and below[0][0] > 0 and len(above) > len(below)):
        return False
    if not all(map(_is_head, (*first.cells, *second.cells))) or not any(
        is_certain(c.text) for c in second.cells
    ):
        return False
    layouts = [_layout(row) for row in table.rows[at + 2 :] if len(row.cells) > 1]
    pairs = sum(a == above and b == below for a, b in itertools.pairwise(layouts))
    return pairs >= _LEAST_PAIRS and 2 * pairs >= _NEARLY_ALL * len(layouts)


def _is_head(cell: Cell) -> bool:
    return 0 < len(cell.text) <= _LONGEST_HEAD


def _layout(row: Row) -> Layout:
    return tuple((cell.column, cell.column_span) for cell in row.cells)


def _joined(above: Row, below: Row, columns: int) -> Row:
    """Two rows as one, the cells of the second behind all columns of the table."""
    moved = (
        msgspec.structs.replace(cell, column=columns + i, column_span=1) for i, cell in enumerate(below.cells)
    )
    own = (msgspec.structs.replace(cell, row_span=1) for cell in above.cells)
    return Row((*own, *moved), tuple(dict.fromkeys((*above.pages, *below.pages))))


def _widened(row: Row, at: int, before: int, columns: int) -> Row:
    """A row at its new place; one cell over all columns is over the new ones too."""
    cells: Sequence[Cell] = row.cells
    if len(cells) == 1 and cells[0].column_span == before:
        cells = (msgspec.structs.replace(cells[0], column_span=columns),)
    return msgspec.structs.replace(row, cells=tuple(msgspec.structs.replace(cell, row=at) for cell in cells))
