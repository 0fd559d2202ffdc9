"""Tables held together by tinted boxes: shaded cells, and the white cells between and beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.flavours.grid import table_of
from extract.flavours.quality import scored
from extract.shapes import Box, Page, Table, Word

_SAME = 2.5  # points: edges nearer than this are one
_SMALLEST = 6.0  # points: lower boxes are highlights or rules
_HEADING_WORDS = 8
_WHITE_GAP = 3.0  # points: a lower gap between bands is the drawing's, not a white row
_REACH = 2.2  # line heights: a wider gap ends the white rows above the first and below the last band

Block = list[Box]  # tinted boxes that touch: one or more rows, boxes that span rows included


def shaded(page: Page) -> list[Table]:
    """The tables of a page whose cells are told by tinted boxes standing side by side."""
    tables = []
    for stack in _stacks(page):
        if len(stack) == 1 and _is_heading(stack[0], page.words):
            continue
        columns = _columns(stack)
        boxes = [cell for block in stack for box in block for cell in _cells(box, columns, page.words)]
        for white in _white_rows(stack, columns, page.words):
            for top, bottom in pairwise(_parted(white, columns, page)):
                boxes += [Box(x0, top, x1, bottom) for x0, x1 in pairwise(columns)]
        table = table_of(page, boxes, "shaded")
        if table is not None and len(table.rows) > 1 and table.columns > 1:
            tables.append(table)
    return scored(tables, page)


def _blocks(page: Page) -> list[Block]:
    """Groups of tinted boxes that touch, from the top."""
    seen = {
        (round(f.box.x0), round(f.box.top), round(f.box.x1), round(f.box.bottom)): f.box
        for f in page.fills
        if f.shape == "box" and min(f.box.height, f.box.width) >= _SMALLEST
    }
    boxes = [b for b in seen.values() if not any(_within(b, other) for other in seen.values())]
    blocks: list[Block] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        touching = [block for block in blocks if any(_touch(box, other) for other in block)]
        blocks = [block for block in blocks if block not in touching]
        blocks.append([*(b for block in touching for b in block), box])
    return sorted(blocks, key=lambda block: min(b.top for b in block))


def _is_heading(block: Block, words: Sequence[Word]) -> bool:
    """Whether the block is a single row of bold words or short titles: a heading with tint, over a table without."""
    inside = [[w for w in words if box.holds(w.box.middle)] for box in block]
    one_row = max(b.top for b in block) < min(b.bottom for b in block)
    titles = all(len(cell) <= _HEADING_WORDS and not cell[0].text[0].islower() for cell in inside if cell)
    return one_row and (titles or all(w.bold for cell in inside for w in cell))


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner is not outer
        and outer.x0 - 0.5 <= inner.x0
        and inner.x1 <= outer.x1 + 0.5
        and outer.top - 0.5 <= inner.top
        and inner.bottom <= outer.bottom + 0.5
    )


def _touch(a: Box, b: Box) -> bool:
    return (
        a.x0 <= b.x1 + _SAME
        and b.x0 <= a.x1 + _SAME
        and a.top <= b.bottom + _SAME
        and b.top <= a.bottom + _SAME
    )


def _stacks(page: Page) -> list[list[Block]]:
    """Blocks one above the other that share their columns, with nothing between them that crosses a column.

    A block of a single column begins none; where it is as wide as the blocks above it, with nothing but white rows
    between, it is the band of a section.
    """
    stacks: list[list[Block]] = []
    for block in _blocks(page):
        above = stacks[-1] if stacks else None
        single = len({round(b.x0) for b in block}) < 2
        fits = above and (_is_band(above, block, page) if single else _same_columns(above[-1], block))
        if above and fits and _fits_between(above[-1], block, page.words):
            above.append(block)
        elif not single:
            stacks.append([block])
    return stacks


def _is_band(stack: Sequence[Block], block: Block, page: Page) -> bool:
    """Whether a block of a single column runs over all columns of a stack, and no upright rule stands between them."""
    left, right = _columns(stack), _columns([block])
    top, bottom = max(b.bottom for b in stack[-1]), min(b.top for b in block)
    ruled = any(
        not rule.across
        and left[0] - _SAME < rule.box.x0 < left[-1] + _SAME
        and top < rule.box.middle[1] < bottom
        for rule in page.rules
    )
    return not ruled and abs(left[0] - right[0]) <= _SAME and abs(left[-1] - right[-1]) <= _SAME


def _same_columns(a: Block, b: Block) -> bool:
    left, right = _columns([a]), _columns([b])
    near = sum(any(abs(x - y) <= _SAME for y in right) for x in left)
    return near >= 0.6 * max(len(left), len(right))


def _fits_between(above: Block, below: Block, words: Sequence[Word]) -> bool:
    top, bottom = max(b.bottom for b in above), min(b.top for b in below)
    columns = _columns([above, below])
    return not any(_crossing(w, columns) for w in words if top < w.box.middle[1] < bottom)


def _columns(stack: Sequence[Block]) -> list[float]:
    """The edges of the columns from left to right: gaps between boxes belong to the column on their left."""
    starts = _clustered([box.x0 for block in stack for box in block])
    return [*starts, max(box.x1 for block in stack for box in block)]


def _clustered(values: Sequence[float]) -> list[float]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][0] <= _SAME:
            out[-1].append(value)
        else:
            out.append([value])
    return [min(group) for group in out]


def _cells(box: Box, columns: Sequence[float], words: Sequence[Word]) -> list[Box]:
    """A tinted box as it is, or, where it lies behind a whole row, the cells that the row's words stand in."""
    edges = [x for x in columns if box.x0 + _SAME < x < box.x1 - _SAME]
    inside = [word for word in words if box.holds(word.box.middle)] if edges else []
    if len({sum(word.box.x0 + 1.5 > x for x in edges) for word in inside}) < 2:
        return [box]
    if any(_crossing(word, columns) or not _near_start(word, columns, inside) for word in inside):
        return [box]
    return [Box(x0, box.top, x1, box.bottom) for x0, x1 in pairwise([box.x0, *edges, box.x1])]


def _crossing(word: Word, columns: Sequence[float]) -> bool:
    """Whether a word runs over a column's edge, or stands outside of all columns."""
    box = word.box
    return (
        any(box.x0 < x - 1.5 and box.x1 > x + 1.5 for x in columns)
        or box.x1 < columns[0] - 1
        or box.x0 > columns[-1] + 1
    )


def _white_rows(
    stack: Sequence[Block], columns: Sequence[float], words: Sequence[Word]
) -> list[tuple[float, float]]:
    """Top and bottom of the white rows: between blocks, above the first and below the last."""
    heights = [(min(b.top for b in block), max(b.bottom for b in block)) for block in stack]
    rows = [(above[1], below[0]) for above, below in pairwise(heights) if below[0] - above[1] > _WHITE_GAP]
    first, last = heights[0][0], heights[-1][1]
    top = _reach([w for w in words if w.box.bottom <= first + 1], columns, first, up=True)
    bottom = _reach([w for w in words if w.box.top >= last - 1], columns, last, up=False)
    if top < first and _beyond_first_column((top, first), columns, words):
        rows.append((top, first))
    if last < bottom:
        rows.append((last, bottom))
    return rows


def _parted(white: tuple[float, float], columns: Sequence[float], page: Page) -> list[float]:
    """Top and bottom of a white stretch, and where rules over most of its width part it into rows."""
    across: dict[int, float] = {}
    for rule in page.rules:
        shared = min(rule.box.x1, columns[-1]) - max(rule.box.x0, columns[0])
        if rule.across and shared > 0:
            height = round(rule.box.middle[1])
            across[height] = across.get(height, 0.0) + shared
    inside = (
        y
        for y, width in across.items()
        if white[0] + _SMALLEST < y < white[1] - _SMALLEST and width > 0.6 * (columns[-1] - columns[0])
    )
    return [white[0], *sorted(inside), white[1]]


def _beyond_first_column(span: tuple[float, float], columns: Sequence[float], words: Sequence[Word]) -> bool:
    """Whether the rows hold words in another column than the first: a title above the table does not."""
    return any(span[0] < w.box.middle[1] < span[1] and w.box.x0 > columns[1] - 1 for w in words)


def _reach(words: Sequence[Word], columns: Sequence[float], edge: float, up: bool) -> float:
    """How far a white row goes on beyond the first or last band: while its lines keep to the columns."""
    far = edge
    for word in sorted(words, key=lambda w: -w.box.bottom if up else w.box.top):
        gap = far - word.box.bottom if up else word.box.top - far
        if gap > _REACH * word.box.height:
            break
        if _crossing(word, columns) or not _near_start(word, columns, words):
            return _before_line(word, far, up)
        far = min(far, word.box.top - 1) if up else max(far, word.box.bottom + 1)
    return far


def _near_start(word: Word, columns: Sequence[float], words: Sequence[Word]) -> bool:
    """Whether the word's line does not run through the space between two columns."""
    return not any(
        other is not word
        and abs(other.box.bottom - word.box.bottom) < 2
        and 0 <= other.box.x0 - word.box.x1 < 0.5 * word.box.height
        and any(word.box.x1 <= x + 1.5 <= other.box.x0 + 3 for x in columns[1:-1])
        for other in words
    )


def _before_line(word: Word, far: float, up: bool) -> float:
    """The reach without the line that a word which does not fit stands on."""
    if up:
        return max(far, word.box.bottom + 0.5) if far < word.box.bottom else far
    return min(far, word.box.top - 0.5) if far > word.box.top else far
