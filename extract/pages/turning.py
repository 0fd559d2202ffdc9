"""Turning coordinates so that a page reads upright: the /Rotate key undone, and text drawn sideways without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec

from extract.shapes import Box, Page, Word

Point = tuple[float, float]


def upright(bounds: tuple[float, float, float, float], quarter_turns: int) -> Callable[..., Box]:
    """A function (left, bottom, right, top in PDF space) -> Box in points from the top left as seen.

    `bounds` is the visible part of the page (left, bottom, right, top), `quarter_turns` its clockwise /Rotate in 90°.
    """
    left, bottom, right, top = bounds
    if quarter_turns == 1:
        return lambda x0, y0, x1, y1: Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if quarter_turns == 2:
        return lambda x0, y0, x1, y1: Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
    if quarter_turns == 3:
        return lambda x0, y0, x1, y1: Box(top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: Box(x0 - left, top - y1, x1 - left, top - y0)


def reading_direction(words: tuple[Word, ...]) -> int:
    """The direction most letters run in, in degrees clockwise from left-to-right (0, 90, 180 or 270)."""
    letters = Counter[int]()
    for word in words:
        letters[word.turned] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 0


def made_upright(page: Page) -> Page:
    """The page turned so that most of its text reads from left to right; the same page where it does already."""
    direction = reading_direction(page.words)
    if direction == 0:
        return page
    turn = _turner(direction, page.width, page.height)
    sideways = direction in (90, 270)
    return Page(
        number=page.number,
        width=page.height if sideways else page.width,
        height=page.width if sideways else page.height,
        words=tuple(
            msgspec.structs.replace(w, box=turn(w.box), turned=(w.turned - direction) % 360)
            for w in page.words
        ),
        rules=tuple(
            msgspec.structs.replace(r, box=turn(r.box), across=r.across != sideways) for r in page.rules
        ),
        fills=tuple(msgspec.structs.replace(f, box=turn(f.box)) for f in page.fills),
        pictures=tuple(msgspec.structs.replace(p, box=turn(p.box)) for p in page.pictures),
        problems=page.problems,
    )


def _turner(direction: int, width: float, height: float) -> Callable[[Box], Box]:
    """Box -> Box, taking text that runs in `direction` to text that runs from left to right."""
    if direction == 90:
        return lambda b: Box(b.top, width - b.x1, b.bottom, width - b.x0)
    if direction == 270:
        return lambda b: Box(height - b.bottom, b.x0, height - b.top, b.x1)
    return lambda b: Box(width - b.x1, height - b.bottom, width - b.x0, height - b.top)
