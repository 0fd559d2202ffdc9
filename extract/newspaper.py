"""Text set in two columns as newspapers and newsletters set it: read down the left one, then down the right one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median

from extract.lines import lines_of
from extract.shapes import Line, Word

_LEAST_LINES = 12  # with words on both sides of the gutter
_MIDDLE = (0.38, 0.62)  # of the text's width: where the gutter runs
_GUTTER = 8.0  # points
_STEP = 2.0  # points
_LEAST_WORDS = 5  # of the middle line of each column
_FULL = 0.7  # of its column's width: a line of running text
_MOSTLY = 0.4  # of a column's lines run so far


def columns_of_text(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a page in groups in reading order: what stands across, the left column, the right one, what is below.

    One group where the page is not set so. The texts of both columns must run like prose: a column of labels or of
    short cells beside another is none.
    """
    whole = [list(words)]
    lines = [line for line in lines_of(words) if not line.words[0].turned]
    if len(lines) < _LEAST_LINES or not _may_be(lines):
        return whole
    first, last, gutter = _run(lines)
    run = lines[first:last]
    sides = _sides(run, gutter)
    if not all(map(_is_prose, sides)) or _are_rows(run, gutter):
        return whole
    above = [word for line in lines[:first] for word in line.words]
    below = [word for line in lines[last:] for word in line.words]
    turned = [word for word in words if word.turned]
    left, right = ([word for line in side for word in line] for side in sides)
    return [group for group in ([*turned, *above], left, right, below) if group]


def _bounds(lines: Iterable[Line]) -> tuple[float, float]:
    boxes = [line.box for line in lines]
    return min(box.x0 for box in boxes), max(box.x1 for box in boxes)


def _may_be(lines: Sequence[Line]) -> bool:
    """Whether many lines have a gap about the middle of the text: asked first, as hardly any page has."""
    x0, x1 = _bounds(lines)
    low, high = (x0 + share * (x1 - x0) for share in _MIDDLE)
    gaps = sum(
        any(
            b.box.x0 - a.box.x1 >= _GUTTER and a.box.x1 < high and b.box.x0 > low
            for a, b in pairwise(line.words)
        )
        for line in lines
    )
    return gaps >= _LEAST_LINES


def _run(lines: Sequence[Line]) -> tuple[int, int, float]:
    """The longest run of lines that leave a gutter about the middle free, from and to, and where the gutter is."""
    x0, x1 = _bounds(lines)
    best = (0, 0, x0)
    place = x0 + _MIDDLE[0] * (x1 - x0)
    while place <= x0 + _MIDDLE[1] * (x1 - x0):
        start = 0
        for crosses, group in groupby(lines, key=lambda line: _crosses(line, place)):
            count = sum(1 for _ in group)
            if not crosses and count > best[1] - best[0]:
                best = (start, start + count, place)
            start += count
        place += _STEP
    return best


def _crosses(line: Line, gutter: float) -> bool:
    half = _GUTTER / 2
    return any(word.box.x0 < gutter + half and word.box.x1 > gutter - half for word in line.words)


def _sides(lines: Sequence[Line], gutter: float) -> tuple[list[tuple[Word, ...]], list[tuple[Word, ...]]]:
    """The words of each line to the left and to the right of the gutter."""
    left = [tuple(word for word in line.words if word.box.x1 < gutter) for line in lines]
    right = [tuple(word for word in line.words if word.box.x1 >= gutter) for line in lines]
    return [words for words in left if words], [words for words in right if words]


def _is_prose(side: Sequence[tuple[Word, ...]]) -> bool:
    """Whether lines run like text over the width of their column."""
    if len(side) < _LEAST_LINES or median(map(len, side)) < _LEAST_WORDS:
        return False
    x0, x1 = min(words[0].box.x0 for words in side), max(words[-1].box.x1 for words in side)
    full = sum(words[-1].box.x1 - x0 > _FULL * (x1 - x0) for words in side)
    return full >= _MOSTLY * len(side)


def _are_rows(lines: Sequence[Line], gutter: float) -> bool:
    """Whether the texts of both columns begin and end together, as those of a table do."""
    sides = [
        [word.box.bottom for line in lines if (word := _first(line, gutter, right=right))]
        for right in (False, True)
    ]
    starts = [_starts(bottoms) for bottoms in sides]
    fewer, more = sorted(starts, key=len)
    shared = sum(any(abs(a - b) < 2 for b in more) for a in fewer)
    return len(fewer) > 2 and shared > _FULL * len(fewer) and len(fewer) > _FULL * len(more)


def _first(line: Line, gutter: float, *, right: bool) -> Word | None:
    return next((word for word in line.words if (word.box.x1 >= gutter) == right), None)


def _starts(bottoms: Sequence[float]) -> list[float]:
    """Where a paragraph begins behind a wider gap."""
    steps = [b - a for a, b in pairwise(bottoms)]
    usual = median(steps) if steps else 0.0
    return [b for a, b in pairwise(bottoms) if b - a > 1.3 * usual]
