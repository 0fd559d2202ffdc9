"""Cells that hold more than one cell's text: figures side by side or line by line, without a rule between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.flavours.grid import table_of
from extract.flavours.layout import column_at, cuts, figure_rows, placed, row_boxes
from extract.flavours.pieces import Interval, Piece, columns_of, edges_of, is_figures, pieces
from extract.lines import lines_of
from extract.shapes import Box, Cell, Line, Page, Row, Table

_FEWEST = 3  # lines of figures that are rows and no list in a cell
_MOST = 0.6  # share of the lines that must hold figures
_NEARLY_ALL = 0.8  # share of the lines that must fill the first column, and another
_MANY = 5  # columns that the words of a running text do not keep to by chance
_SPACE = 0.45  # type sizes: no text begins so near behind another
_INSIDE = 2.0  # points: an edge so near to a cell's border is the border


def parted(table: Table, page: Page) -> Table:
    """The table with cells parted where figures in them stand in columns, or line by line in rows, of their own."""
    if not table.rows or not _may_hold_more(table):
        return table
    drawn = _edges(table)
    edges = _finer(table, drawn)
    spanned = {
        r for row in table.rows for c in row.cells for r in range(c.row, c.row + c.row_span) if c.row_span > 1
    }
    before = [cell.places[0].box for row in table.rows for cell in row.cells]
    boxes = list[Box]()
    for i, row in enumerate(table.rows):
        boxes += _cell_boxes(row, edges, drawn) if i in spanned else _row_boxes(row, edges, drawn)
    if len(boxes) == len(before):
        return table
    return table_of(page, boxes, table.flavour) or table


def _may_hold_more(table: Table) -> bool:
    """Whether any cell holds several texts on a line, or several lines of figures: a closer look costs time."""
    return any(
        cell.column_span > 1 or any(c.isdigit() for c in cell.lines[0].words[-1].text)
        for row in table.rows
        for cell in row.cells
        if cell.lines and (len(cell.lines) >= _FEWEST or len(cell.lines[0].words) > 1)
    )


def _edges(table: Table) -> list[float]:
    """Where the table's columns begin and end."""
    sides: dict[int, float] = {}
    for row in table.rows:
        for cell in row.cells:
            box = cell.places[0].box
            sides.setdefault(cell.column, box.x0)
            sides.setdefault(cell.column + cell.column_span, box.x1)
    return sorted(sides.values())


def _finer(table: Table, edges: list[float]) -> list[float]:
    """The edges, and those between columns of figures that stand in one drawn column."""
    out = list(edges)
    for x0, x1 in pairwise(edges):
        lines = [
            line
            for row in table.rows
            for cell in row.cells
            if abs(cell.places[0].box.x0 - x0) < _INSIDE and abs(cell.places[0].box.x1 - x1) < _INSIDE
            for line in cell.lines
        ]
        out += _inner_edges(lines, x0, x1)
    return sorted(out)


def _inner_edges(lines: Sequence[Line], x0: float, x1: float) -> list[float]:
    found = [pieces(line) for line in lines]
    figures = [p for p in found if len(p) > 1 and all(piece.kind != "text" for piece in p)]
    if len(figures) < _FEWEST or len(figures) < _MOST * len(found):
        return []
    columns = columns_of([_spans(line) for line in figures])
    if len(columns) < 2:
        return []
    headings = [span for line in found if line not in figures for span in _spans(line)]
    return edges_of(columns, headings, x0, x1)[1:-1]


def _spans(line: Iterable[Piece]) -> list[Interval]:
    return [(piece.x0, piece.x1) for piece in line]


def _row_boxes(row: Row, edges: Sequence[float], drawn: Sequence[float]) -> list[Box]:
    """The row's cells as boxes: as drawn, or one row for each line where each is a row of figures."""
    lines = lines_of(word for cell in row.cells for word in cell.words)
    if not _are_rows(lines, edges):
        return _cell_boxes(row, edges, drawn)
    whole = Box.around([cell.places[0].box for cell in row.cells])
    rows = figure_rows(lines, edges)
    return [
        box
        for group, (upper, lower) in zip(rows, pairwise(cuts(rows, whole.top, whole.bottom)), strict=True)
        for box in row_boxes(group, edges, upper, lower)
    ]


def _are_rows(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether nearly every line has a text in the first column and figures beside it."""
    if len(lines) < _FEWEST:
        return False
    laid = [placed(line, edges) for line in lines]
    full = sum(found[0][0] == 0 and len({first for first, _, _ in found}) > 1 for found in laid)
    figures = sum(is_figures([piece for _, _, piece in found]) for found in laid)
    return full >= _NEARLY_ALL * len(lines) and figures >= _MOST * len(lines)


def _cell_boxes(row: Row, edges: Sequence[float], drawn: Sequence[float]) -> list[Box]:
    return [box for cell in row.cells for box in _parts(cell, edges, drawn)]


def _parts(cell: Cell, edges: Sequence[float], drawn: Sequence[float]) -> list[Box]:
    """The cell's box, or one for each figure where several stand side by side across the table's columns."""
    box = cell.places[0].box
    inner = [x for x in edges if box.x0 + _INSIDE < x < box.x1 - _INSIDE]
    sides = [box.x0, *inner, box.x1]
    if not inner:
        return [box]
    # A heading across has rules beside it that part its row; where none does, its texts tell the columns.
    right_across = len(sides) == len(edges) or not any(x in drawn for x in inner)
    figures = any(is_figures(pieces(line)) for line in cell.lines)
    if right_across and _has_words_in_columns(cell, sides):
        return [Box(x0, box.top, x1, box.bottom) for x0, x1 in pairwise(sides)]
    if not figures and not (right_across and _are_headings(cell, sides)):
        return [box]
    return row_boxes(cell.lines, sides, box.top, box.bottom)


def _has_words_in_columns(cell: Cell, edges: Sequence[float]) -> bool:
    """Whether words stand in most of many columns, and every edge runs between words: no running text does that."""
    words = list(cell.words)
    filled = {column_at(edges, word.box.middle[0]) for word in words}
    return (
        len(edges) > _MANY
        and len(filled) >= _MOST * (len(edges) - 1)
        and not any(word.box.x0 + 0.5 < x < word.box.x1 - 0.5 for word in words for x in edges)
    )


def _are_headings(cell: Cell, edges: Sequence[float]) -> bool:
    """Whether texts stand side by side over most of the columns that a cell spans, none over two of them."""
    laid = [found for line in cell.lines for found in placed(line, edges)]
    filled = {first for first, _, _ in laid}
    if any(_only_spaced(line, x) for line in cell.lines for x in edges[1:-1]):
        return False
    return len(filled) >= max(2, _MOST * (len(edges) - 1)) and all(
        first == last and not _crosses(piece, edges) for first, last, piece in laid
    )


def _only_spaced(line: Line, x: float) -> bool:
    """Whether no more than the space between two words of a text lies over an edge."""
    return any(
        a.box.x1 <= x <= b.box.x0 and b.box.x0 - a.box.x1 < _SPACE * line.box.height
        for a, b in pairwise(line.words)
    )


def _crosses(piece: Piece, edges: Sequence[float]) -> bool:
    return any(piece.x0 + _INSIDE < x < piece.x1 - _INSIDE for x in edges)
