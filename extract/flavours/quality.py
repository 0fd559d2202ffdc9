"""How well a table's cells fit the words in and around them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from extract.lines import BULLET
from extract.shapes import Cell, Line, Page, Table

DOUBTFUL = 0.97  # below this score another reading is asked for
_ACROSS = 2.0  # points by which a word may reach over its cell's border
_GUTTER = 1.5  # type sizes: texts so far apart in one line of a cell are two cells' texts


def scored(table: Table, page: Page) -> Table:
    """The table with its quality among the page's words as its score."""
    return msgspec.structs.replace(table, score=round(quality(table, page), 4))


def quality(table: Table, page: Page) -> float:
    """0 to 1: how well a table's cells fit the words around them.

    It falls with words that reach over a border of their cell, with words beside the table, at the height of its
    rows, that it does not hold (a column that was lost), and with gutters inside of cells (columns not told apart).
    """
    box = table.places[0].box
    count = sum(1 for _ in table.words)
    if not count or table.columns < 2:
        return 0.0
    x0, x1, top, bottom = box.x0, box.x1, box.top, box.bottom
    beside = 0
    for word in page.words:
        at = word.box
        if top < (at.top + at.bottom) / 2 < bottom and not x0 <= (at.x0 + at.x1) / 2 <= x1:
            beside += 1
    cells = [cell for row in table.rows for cell in row.cells if cell.lines]
    doubts = beside + sum(_across(cell) for cell in cells) + _gutters(cells)
    return max(0.0, 1 - doubts / (count + beside))


def _across(cell: Cell) -> int:
    """Words that reach over the cell's borders."""
    box = cell.places[0].box
    left, right = box.x0 - _ACROSS, box.x1 + _ACROSS
    return sum(1 for word in cell.words if word.box.x1 > right or word.box.x0 < left)


def _gutters(cells: Iterable[Cell]) -> int:
    """Words that stand far from the word before them on their line, a hanging text behind its marker left out."""
    return sum(_wide_gaps(line) for cell in cells for line in cell.lines if len(line.words) > 1)


def _wide_gaps(line: Line) -> int:
    words = line.words
    if words[0].turned:
        return 0
    space = _GUTTER * words[0].box.height
    wide = [i for i, (a, b) in enumerate(pairwise(words)) if b.box.x0 - a.box.x1 > space]
    return len(wide) - (1 if wide and wide[0] == 0 and _is_marker(words[0].text) else 0)


def _is_marker(text: str) -> bool:
    """Whether a word may stand before a text that hangs: a bullet, a number, a letter."""
    return bool(BULLET.match(text)) or len(text) <= 5
