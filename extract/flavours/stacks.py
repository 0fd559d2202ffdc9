"""Stacks of horizontal rules of one width, and what stands between the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from extract.flavours.pieces import pieces
from extract.lines import lines_of
from extract.shapes import Box, Line, Page, Word

SAME = 6.0  # points: rules that begin and end so near to each other are of one width
DOUBLE = 4.0  # points: rules so near to each other are one double rule
JOINT = 2.0  # points: pieces of a rule with no more between them join there
_NARROW = 100.0  # points: shorter rules underline a heading or part a footnote
_FRAME = 0.93  # of the page's width: longer rules frame the page
_LOWEST = 6.0  # points: lower tints are highlights
_LEAST_COLUMNS = 3
_LEAST_TEXT = 2  # lines of a text between two tables
_MOST_WORDS = 20  # of heads
_HEADS_ALIKE = 2  # words
_PROSE = 0.6  # of the width: a text that begins at the left and runs so far is prose


class Level(msgspec.Struct, frozen=True):
    """A horizontal rule right across, at height `y`, with the places where pieces of it join."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...] = ()


class Band(msgspec.Struct, frozen=True):
    """What stands between two rules of a stack."""

    top: float
    bottom: float
    lines: tuple[Line, ...]


def levels_of(page: Page) -> list[Level]:
    """The rules that run across, their pieces joined, double rules as one, from the top."""
    rules = [(rule.box, True) for rule in page.rules if rule.across]
    flat = sorted([*rules, *_edges_of_tints(page)], key=lambda one: (round(one[0].middle[1]), one[0].x0))
    levels: list[Level] = []
    for box, is_rule in flat:
        last = levels[-1] if levels else None
        y = box.middle[1]
        if last is None or abs(y - last.y) > 1.5 or box.x0 - last.x1 > JOINT:
            levels.append(Level(y, box.x0, box.x1))
        elif box.x1 > last.x1 or box.x0 < last.x0:
            # a tint ends where another colour begins (a rating's cell): that parts no columns
            joins = is_rule and box.x0 >= last.x1 - JOINT
            joint = (*last.joints, max(last.x1, box.x0)) if joins else last.joints
            levels[-1] = msgspec.structs.replace(
                last, x0=min(last.x0, box.x0), x1=max(last.x1, box.x1), joints=joint
            )
    kept = (level for level in levels if _NARROW <= level.x1 - level.x0 <= _FRAME * page.width)
    return sorted(kept, key=lambda level: level.y)


def _edges_of_tints(page: Page) -> Iterable[tuple[Box, bool]]:
    for fill in page.fills:
        box = fill.box
        if fill.shape == "box" and box.height >= _LOWEST:
            yield Box(box.x0, box.top, box.x1, box.top), False
            yield Box(box.x0, box.bottom, box.x1, box.bottom), False


def stacks_of(page: Page) -> list[list[Level]]:
    """Rules of one width, one above the other, two or more."""
    stacks: list[list[Level]] = []
    for level in levels_of(page):
        stack = next((s for s in stacks if _same_width(s[-1], level)), None)
        if stack is None:
            stacks.append([level])
        elif level.y - stack[-1].y > DOUBLE:
            stack.append(level)
        else:
            joints = (*stack[-1].joints, *level.joints)
            stack[-1] = msgspec.structs.replace(stack[-1], joints=joints)
    return [stack for stack in stacks if len(stack) > 1]


def _same_width(a: Level, b: Level) -> bool:
    return abs(a.x0 - b.x0) <= SAME and abs(a.x1 - b.x1) <= SAME


def parts_of(stack: Sequence[Level], words: Sequence[Word]) -> list[list[Band]]:
    """The bands between the rules, parted where prose stands between two of them."""
    x0, x1 = stack[0].x0, stack[0].x1
    parts: list[list[Band]] = [[]]
    titled: Band | None = None  # the heads of the table before a title that has just gone by
    bands = [
        Band(above.y, below.y, lines_of([w for w in words if above.y < w.box.middle[1] < below.y]))
        for above, below in pairwise(stack)
    ]
    for band, following in zip(bands, [*bands[1:], None], strict=True):
        inside = [w for line in band.lines for w in line.words]
        first = parts[-1][0] if parts[-1] else titled  # the band of heads
        titled = None
        if first and following and _titles_next(band, following, first, parts[-1][1:]):
            parts.append([])
            titled = first
            continue
        if first and (heads := _heads_again(band, first)):
            # The text over a further table has no rule below it.
            parts.append([Band(heads[0].box.top - 1, band.bottom, heads)])
            continue
        if parts[-1] and (below := _below_prose(band, parts[-1], x0, x1)):
            parts.append([Band(below[0].box.top - 1, band.bottom, below)])
            continue
        outside = any(not x0 - SAME < w.box.middle[0] < x1 + SAME for w in inside)
        if outside or (len(band.lines) > 1 and _is_prose(band.lines, x0, x1)):
            parts.append([])
        else:
            parts[-1].append(band)
    return [
        part
        for part in parts
        if (lines := [line for band in part for line in band.lines]) and not _is_prose(lines, x0, x1)
    ]


def _titles_next(band: Band, following: Band, first: Band, rows: Sequence[Band]) -> bool:
    """Whether a band holds only the title of a further table, whose heads begin below as those of the first do.

    Where some of the first table's `rows` are plain, heads that are as bold as the first are heads, too.
    """
    if not band.lines or not following.lines or not first.lines:
        return False
    if not all(len(pieces(line)) == 1 for line in band.lines):
        return False
    plain = any(row.lines and not _is_bold(row) for row in rows)
    bold = plain and all(map(_is_bold, (band, following, first))) and _may_be_heads(following)
    return bold or _opens_alike(following.lines[0], first) or bool(_heads_again(following, first))


def _may_be_heads(band: Band) -> bool:
    """Whether a band holds several short texts without a figure."""
    words = [word.text for line in band.lines for word in line.words]
    return (
        len(pieces(band.lines[0])) > 1
        and len(words) <= _MOST_WORDS
        and not any(map(str.isdigit, "".join(words)))
    )


def _is_bold(band: Band) -> bool:
    return all(word.bold for line in band.lines for word in line.words)


def _heads_again(band: Band, first: Band) -> tuple[Line, ...]:
    """The lines of a band from the heads of a further table on, below its title or a text; () where they do not stand there."""
    heads = first.lines[0] if first.lines else None
    if heads is None or len(pieces(heads)) < _LEAST_COLUMNS or any(w.text.endswith(":") for w in heads.words):
        return ()  # no heads of columns: "State reached: ☐ Begun ☒ Done"
    at = next((i for i, line in enumerate(band.lines) if i and line.text == heads.text), None)
    return tuple(band.lines[at:]) if at else ()


def _opens_alike(line: Line, first: Band) -> bool:
    """Whether a line opens with the words of the heads of the first table."""
    if not first.lines:
        return False
    heads, words = ([word.text for word in one.words[:_HEADS_ALIKE]] for one in (first.lines[0], line))
    return heads == words


def _below_prose(band: Band, above: Sequence[Band], x0: float, x1: float) -> tuple[Line, ...]:
    """The lines of a band that stand in columns as the bands above do, below a text across all; () where none stands so.

    A single line is the title of a section of one table, however long.
    """
    at = next((i for i, line in enumerate(band.lines) if len(pieces(line)) > 1), 0)
    if at < _LEAST_TEXT or not any(_is_prose([line], x0, x1) for line in band.lines[:at]):
        return ()
    columns = median([0, *(len(pieces(one.lines[0])) for one in above if one.lines)])
    alike = columns >= _LEAST_COLUMNS and len(pieces(band.lines[at])) >= columns - 1
    return tuple(band.lines[at:]) if alike else ()


def _is_prose(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether most lines run from the left over most of the width without a gap."""
    full = [
        line
        for line in lines
        if len(found := pieces(line)) == 1
        and found[0].x0 < x0 + 0.1 * (x1 - x0)
        and found[0].x1 > x0 + _PROSE * (x1 - x0)
    ]
    return len(full) > 0.5 * len(lines)
