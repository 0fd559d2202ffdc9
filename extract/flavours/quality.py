"""How well a table's cells fit the words in and around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extract.lines import BULLET
from extract.shapes import Box, Cell, Line, Page, Table, Word

DOUBTFUL = 0.97  # below this score another reading is asked for
POOR = 0.95  # white space that makes cells no better than this is no table's
_ACROSS = 2.0  # points by which a word may reach over its cell's border
_NEAR = 24.0  # points: a lost column's words begin no farther from the table
_FIGURES = 5  # times as doubtful as texts in one cell are figures
_GUTTER = 1.5  # type sizes: texts so far apart in one line of a cell are two cells' texts


def scored(tables: Sequence[Table], page: Page) -> list[Table]:
    """The tables that one flavour found on a page, each with its quality as its score."""
    boxes = [table.places[0].box for table in tables]
    return [msgspec.structs.replace(table, score=round(quality(table, page, boxes), 4)) for table in tables]


def quality(table: Table, page: Page, boxes: Sequence[Box] = ()) -> float:
    """0 to 1: how well a table's cells fit the words around them.

    It falls with words that reach over a border of their cell, with words beside the table, at the height of its
    rows, that neither it nor another table holds (`boxes`; a column that was lost), and with gutters inside of cells
    (columns not told apart) and figures one below the other in a cell (rows not told apart).
    """
    box = table.places[0].box
    count = sum(1 for _ in table.words)
    if not count or table.columns < 2:
        return 0.0
    beside = _beside(box, page.words, [other for other in boxes if other is not box])
    cells = [cell for row in table.rows for cell in row.cells if cell.lines]
    own = cells
    doubts = beside + sum(_across(cell) for cell in cells) + _gutters(own) + _stacked(cells)
    return max(0.0, 1 - doubts / (count + beside))


def _beside(box: Box, words: Sequence[Word], others: Sequence[Box]) -> int:
    """Words at the height of a table's rows that stand on a side of it where some come near."""
    x0, x1, top, bottom = box.x0, box.x1, box.top, box.bottom
    left = right = 0
    near_left = near_right = False
    for word in words:
        at = word.box
        if not top < (at.top + at.bottom) / 2 < bottom or any(o.holds(at.middle) for o in others):
            continue
        x = (at.x0 + at.x1) / 2
        if x < x0:
            left += 1
            near_left = near_left or at.x1 > x0 - _NEAR
        elif x > x1:
            right += 1
            near_right = near_right or at.x0 < x1 + _NEAR
    return left * near_left + right * near_right


def _across(cell: Cell) -> int:
    """Words that reach over the cell's borders."""
    box = cell.places[0].box
    left, right = box.x0 - _ACROSS, box.x1 + _ACROSS
    return sum(1 for word in cell.words if word.box.x1 > right or word.box.x0 < left)


def _gutters(cells: Iterable[Cell]) -> int:
    """Words that stand far from the word before them on their line, a hanging text behind its marker left out."""
    return sum(_wide_gaps(line) for cell in cells for line in cell.lines if len(line.words) > 1)


def _stacked(cells: Iterable[Cell]) -> int:
    """Lines with nothing but a figure that stand below another such line of their cell."""
    found = 0
    for cell in cells:
        if len(cell.lines) > 1:
            lone = sum(len(line.words) == 1 and line.words[0].text[-1:].isdigit() for line in cell.lines)
            found += max(lone - 1, 0)
    return found


def _wide_gaps(line: Line) -> int:
    words = line.words
    if words[0].turned:
        return 0
    space = _GUTTER * words[0].box.height
    wide = [(a, b) for a, b in pairwise(words) if b.box.x0 - a.box.x1 > space]
    if wide and wide[0][0] is words[0] and _is_marker(words[0].text):
        wide = wide[1:]
    return sum(_FIGURES if a.text[-1:].isdigit() and b.text[-1:].isdigit() else 1 for a, b in wide)


def _is_marker(text: str) -> bool:
    """Whether a word may stand before a text that hangs: a bullet, a number, a letter."""
    return bool(BULLET.match(text)) or len(text) <= 5
