"""Rows of a drawn table that no rule parts: numbers one below the other in the first column, white space right across above each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.flavours.grid import table_of
from extract.flavours.row_evidence import Gap, gaps, leading_of
from extract.lines import shape
from extract.shapes import Box, Line, Page, Row, Table

_LEAST = 2  # rows that begin inside of a drawn one
_LEAST_ALONE = 3  # texts that begin side by side with the number where only one row does
_EXTRA = 0.2  # type sizes of white space beyond the usual leading
_LEAST_COLUMNS = 3
_LONGEST = 12  # letters of a number


def with_open_rows(table: Table, page: Page) -> Table:
    """The table, its rows that hold several numbered rows cut between them."""
    if table.columns < _LEAST_COLUMNS:
        return table
    found = [_ends(row) for row in table.rows]
    if not any(found):
        return table
    boxes = [box for row, ends in zip(table.rows, found, strict=True) for box in _boxes(row, ends)]
    return table_of(page, boxes, table.flavour) or table


def _ends(row: Row) -> list[float]:
    """The heights at which the rows inside of a drawn one end; [] where it is one row."""
    first = row.cells[0] if row.cells else None
    if first is None or first.column or any(cell.row_span > 1 or cell.column_span > 1 for cell in row.cells):
        return []
    numbers = [line for line in first.lines if _is_number(line)]
    alike = {shape(line.text) for line in numbers}
    if not numbers or len(numbers) < len(first.lines) or len(alike) > 1:
        return []
    by_column = [cell.lines for cell in row.cells]
    opened = [gap for gap in gaps(by_column, leading_of(by_column)) if _opens_row(gap)]
    texts = any(
        line.box.top < numbers[0].box.top - numbers[0].box.height for cell in row.cells for line in cell.lines
    )
    whole = len(opened) == len(numbers) - (not texts)  # every number but one at the very top opens a row
    sure = len(opened) >= _LEAST or all(len(gap.begins) >= _LEAST_ALONE for gap in opened)
    return [gap.middle for gap in opened] if whole and sure else []


def _is_number(line: Line) -> bool:
    text = line.text
    return len(text) <= _LONGEST and any(letter.isdigit() for letter in text) and " " not in text


def _opens_row(gap: Gap) -> bool:
    """Whether a number begins right below a gap, and another text beside it."""
    return 0 in gap.begins and len(gap.begins) > 1 and gap.extra > _EXTRA


def _boxes(row: Row, ends: Sequence[float]) -> list[Box]:
    """The boxes of a row's cells, cut at the given heights."""
    return [
        Box(box.x0, top, box.x1, bottom)
        for cell in row.cells
        for box in [cell.places[0].box]
        for top, bottom in pairwise([box.top, *ends, box.bottom])
    ]
