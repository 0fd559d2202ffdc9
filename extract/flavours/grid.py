"""Cell boxes and words → a table: the step that all flavours share once they know where the cells are."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extract.lines import Leading, in_paragraphs, leading, lines_of
from extract.shapes import Box, Cell, Fill, Line, Page, Place, Row, Table, Word

_SAME_EDGE = 2.5  # points: cell edges nearer than this are one
_INTO = 0.3  # a word belongs to the cell under the first third of its width: overflowing text runs on to the right


class Grid:
    """Cell boxes as rows and columns: edges in order, and which cell covers which position."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.box = Box.around(boxes)
        self.xs = _edges([v for b in boxes for v in (b.x0, b.x1)])
        self.ys = _edges([v for b in boxes for v in (b.top, b.bottom)])
        self.spans: list[tuple[int, int, int, int]] = []  # row, column, row span, column span
        self.boxes: list[Box] = []
        self._cover: dict[tuple[int, int], int] = {}
        for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
            self._add(box)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def _add(self, box: Box) -> None:
        row, column = _nearest(self.ys, box.top), _nearest(self.xs, box.x0)
        height, width = _nearest(self.ys, box.bottom) - row, _nearest(self.xs, box.x1) - column
        positions = [(r, c) for r in range(row, row + height) for c in range(column, column + width)]
        if not positions or any(position in self._cover for position in positions):
            return
        for position in positions:
            self._cover[position] = len(self.boxes)
        self.boxes.append(box)
        self.spans.append((row, column, height, width))

    def cell_of(self, word: Word) -> int:
        """The cell that a word inside the grid's box belongs to: there is always exactly one."""
        box = word.box
        x = box.x0 + (_INTO if word.turned == 0 else 0.5) * (box.x1 - box.x0)
        rows, columns = self.shape
        row = min(max(bisect_right(self.ys, (box.top + box.bottom) / 2) - 1, 0), rows - 1)
        column = min(max(bisect_right(self.xs, x) - 1, 0), columns - 1)
        found = self._cover.get((row, column))
        return self._closest(row, column) if found is None else found

    def _closest(self, row: int, column: int) -> int:
        """A position that no cell covers (an open corner): its words go to the nearest cell, in its row if any."""
        return min(
            range(len(self.spans)),
            key=lambda i: (
                not self.spans[i][0] <= row < self.spans[i][0] + self.spans[i][2],
                abs(self.spans[i][1] - column) + abs(self.spans[i][0] - row),
            ),
        )


def _edges(values: Iterable[float]) -> list[float]:
    """Values in order, those that nearly agree as one."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= _SAME_EDGE:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _nearest(edges: list[float], value: float) -> int:
    i = bisect_right(edges, value)
    return i if i < len(edges) and (i == 0 or edges[i] - value < value - edges[i - 1]) else i - 1


def words_inside(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box."""
    left, right, top, bottom = 2 * box.x0, 2 * box.x1, 2 * box.top, 2 * box.bottom
    return [
        word
        for word in words
        if left <= (at := word.box).x0 + at.x1 <= right and top <= at.top + at.bottom <= bottom
    ]


def table_of(page: Page, boxes: Sequence[Box], flavour: str) -> Table | None:
    """A table of cells at `boxes` (page points) with the page's words in them; None for less than two cells.

    Rows and columns that hold nothing and are no wider than a double border are left out.
    """
    grid = Grid(boxes)
    if len(grid.boxes) < 2:
        return None
    groups = defaultdict[int, list[Word]](list)
    for word in words_inside(page.words, grid.box):
        groups[grid.cell_of(word)].append(word)
    rows_kept, columns_kept = _kept(grid, groups)
    usual = leading([line for group in groups.values() for line in lines_of(group)])
    rights = _rights(grid, groups)
    tints = [fill for fill in page.fills if fill.shape == "box" and fill.box.meets(grid.box)]
    cells = defaultdict[int, list[Cell]](list)
    for i, (row, column, height, width) in enumerate(grid.spans):
        new_row, new_column = rows_kept.get(row), columns_kept.get(column)
        if new_row is None or new_column is None:
            new_row = next((rows_kept[r] for r in range(row, row + height) if r in rows_kept), None)
            new_column = next(
                (columns_kept[c] for c in range(column, column + width) if c in columns_kept), None
            )
            if new_row is None or new_column is None:
                continue
        cells[new_row].append(
            Cell(
                row=new_row,
                column=new_column,
                lines=_cell_lines(groups[i], usual, rights.get(column + width)),
                places=(Place(page.number, grid.boxes[i]),),
                row_span=sum(r in rows_kept for r in range(row, row + height)),
                column_span=sum(c in columns_kept for c in range(column, column + width)),
                fill=_background(tints, grid.boxes[i]) if tints else None,
            )
        )
    rows = tuple(
        Row(tuple(sorted(cells[r], key=lambda c: c.column)), (page.number,)) for r in range(len(rows_kept))
    )
    return Table(rows, len(columns_kept), (Place(page.number, grid.box),), flavour)


def _cell_lines(words: list[Word], usual: Leading, right: float | None) -> tuple[Line, ...]:
    return in_paragraphs(lines_of(words), usual, right)


def _kept(grid: Grid, groups: dict[int, list[Word]]) -> tuple[dict[int, int], dict[int, int]]:
    """Old → new numbers of the rows and columns that are more than the gap of a double border."""
    used_rows = {grid.spans[i][0] for i, words in groups.items() if words}
    used_columns = {grid.spans[i][1] for i, words in groups.items() if words}
    height, width = grid.shape
    rows = [r for r in range(height) if r in used_rows or grid.ys[r + 1] - grid.ys[r] > 2 * _SAME_EDGE]
    columns = [c for c in range(width) if c in used_columns or grid.xs[c + 1] - grid.xs[c] > 2 * _SAME_EDGE]
    return {old: new for new, old in enumerate(rows)}, {old: new for new, old in enumerate(columns)}


def _rights(grid: Grid, groups: dict[int, list[Word]]) -> dict[int, float]:
    """How far text runs to the right in the cells that end at a column edge (number of the edge → points)."""
    out: dict[int, float] = {}
    for i, words in groups.items():
        edge = grid.spans[i][1] + grid.spans[i][3]
        if len(words) > 1:
            out[edge] = max(out.get(edge, 0.0), min(max(w.box.x1 for w in words), grid.xs[edge]))
    return out


def _background(tints: Sequence[Fill], box: Box) -> str | None:
    """The colour of the last tint that covers most of the box."""
    most = 0.6 * max(box.width * box.height, 1.0)
    return next((tint.colour for tint in reversed(tints) if _shared(tint.box, box) > most), None)


def _shared(a: Box, b: Box) -> float:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(width, 0.0) * max(height, 0.0)
