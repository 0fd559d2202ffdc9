"""Strips: a row of small labels over their values, side by side in one cell across a card, without a rule between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.flavours.grid import table_of
from extract.flavours.pieces import Piece, pieces
from extract.lines import lines_of
from extract.shapes import Box, Cell, Page, Table

_MOST_COLUMNS = 2  # of a card: what has more is told apart by its own columns
_LONGEST_LABEL = 5  # words
_WIDE = 1.5  # type sizes between two labels
_LEAST_LINES = 2
_MOST_LINES = 6
_LEFT = 1.0  # points that a value may begin before its label


def with_strips(table: Table, page: Page) -> Table:
    """The table with the cells that hold a strip parted between its labels; as it is where none does."""
    if table.columns > _MOST_COLUMNS:
        return table
    cells = [cell for row in table.rows for cell in row.cells]
    if not any(_columns(cell) for cell in cells if cell.column_span == table.columns):
        return table
    boxes = [box for cell in cells for box in _boxes(cell, cell.column_span == table.columns)]
    return table_of(page, boxes, table.flavour) or table


def _boxes(cell: Cell, across: bool) -> Iterator[Box]:
    box = cell.places[0].box
    inner = _columns(cell)[1:] if across else []
    for x0, x1 in pairwise([box.x0, *(x - _LEFT for x in inner), box.x1]):
        yield Box(x0, box.top, x1, box.bottom)


def _columns(cell: Cell) -> list[float]:
    """Where the labels of a strip begin; [] where a cell holds none."""
    lines = [pieces(line) for line in lines_of(cell.words)]
    if not _LEAST_LINES <= len(lines) <= _MOST_LINES or not _are_labels(lines[0]):
        return []
    lefts = [piece.x0 for piece in lines[0]]
    below = [piece for line in lines[1:] for piece in line]
    starts = all(min(abs(piece.x0 - left) for left in lefts) <= _WIDE for piece in below)
    return lefts if starts and not any(_crosses(piece, lefts) for piece in below) and len(below) > 1 else []


def _are_labels(line: Sequence[Piece]) -> bool:
    """Whether a line is nothing but short texts far from one another."""
    apart = all(
        b.x0 - a.x1 >= _WIDE * max(a.words[-1].box.height, b.words[0].box.height) for a, b in pairwise(line)
    )
    return len(line) > 1 and apart and all(len(piece.words) <= _LONGEST_LABEL for piece in line)


def _crosses(piece: Piece, lefts: Sequence[float]) -> bool:
    return any(piece.x0 + _WIDE < left < piece.x1 for left in lefts)
