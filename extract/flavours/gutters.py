"""Columns from white space: gutters that no line crosses, followed down the page and over pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.lines import BULLET
from extract.shapes import Line, Word

NARROWEST = 2.5  # points: a gutter that has become narrower is none
_CHUNK_GAP = 0.45  # type sizes: words nearer to each other belong to one piece of text
_WIDER_SPACE = 1.4  # times the usual space of a text set in a wide face
_HANGING = 3.0  # type sizes: a bullet's text begins no farther behind it
_SEED_GAP = 1.2  # type sizes: a gap that makes a line the first of a table
_NEXT_GAP = 0.8  # type sizes: a gap that is one more of several in such a line
_LOOK_AHEAD = 3  # lines that must keep to the columns behind one that crosses them (a banner)
_HEADING_LINES = 6
_LABEL_LINES = 10  # lines over a table that keep to one of its gutters
_MORE = 2  # columns
_SAME_EDGE = 4.0  # points: a text that a usual space parts from another column's begins where its own does
_FAR = 4.0  # line heights of white space that end a region

_NUMBER = re.compile(r"\(?(?:[a-z]|[ivxIVX]{1,5}|\d{1,2})[.)]")  # of a list

Interval = tuple[float, float]


@dataclass
class Region:
    """Lines, of one page or several, that keep to common gutters, while it grows.

    `seeds` are the gaps of its first line: of each at least one gutter is left. Texts under one heading may leave several,
    some of them only the wide spaces of justified lines, which a later line closes.
    """

    lines: list[Line] = field(default_factory=list)
    banners: list[Line] = field(default_factory=list)
    gutters: list[Interval] = field(default_factory=list)
    seeds: tuple[Interval, ...] = ()
    space: float = _CHUNK_GAP  # type sizes: a wider space parts two pieces of text

    @property
    def pages(self) -> list[int]:
        return sorted({line.page for line in (*self.lines, *self.banners)})

    @property
    def columns(self) -> list[Interval]:
        """Left and right of each column: from the middle of a gutter to the middle of the next."""
        x0 = min(word.box.x0 for line in self.lines for word in line.words) - 1.0
        x1 = max(word.box.x1 for line in self.lines for word in line.words) + 1.0
        edges = [x0, *((a + b) / 2 for a, b in self.gutters), x1]
        return list(pairwise(edges))


def regions(lines: Sequence[Line]) -> list[Region]:
    """Runs of lines, in page order, that keep to common gutters."""
    out: list[Region] = []
    space = _widest_space(lines)
    i = 0
    while i < len(lines):
        seed = _seed(lines[i])
        if seed is None:
            i += 1
            continue
        region, end = _region(lines, i, seed, space)
        inner = _denser(region, lines, range(i + 1, min(i + _LABEL_LINES, end)))
        if inner is not None:  # lines of labels and values stood over a table
            region, end = inner
        out.append(region)
        i = end
    return out


def _region(lines: Sequence[Line], i: int, seed: list[Interval], space: float) -> tuple[Region, int]:
    """The region that a line begins, and where the next may begin."""
    region = Region([lines[i]], [], seed, tuple(seed), space)
    end = _grown(region, lines, i + 1)
    region.gutters = sorted([*region.gutters, *_narrow(region)])
    return region, end


def _denser(region: Region, lines: Sequence[Line], starts: Iterable[int]) -> tuple[Region, int] | None:
    """The region that a later line begins, where it has at least two columns more than the one above it leaves."""
    for i in starts:
        seed = _seed(lines[i])
        if seed is None or len(seed) < len(region.gutters) + _MORE:
            continue
        inner, end = _region(lines, i, seed, region.space)
        if len(inner.gutters) >= len(region.gutters) + _MORE and len(inner.lines) > _LABEL_LINES:
            return inner, end
    return None


def _widest_space(lines: Sequence[Line]) -> float:
    """The widest space, in type sizes, between two words of one piece of text: wide faces set their words wide apart."""
    spaces = sorted(
        (b.box.x0 - a.box.x1) / line.box.height for line in lines for a, b in pairwise(line.words)
    )
    usual = spaces[len(spaces) // 2] if spaces else 0.0
    return max(_CHUNK_GAP, _WIDER_SPACE * usual)


def _seed(line: Line) -> list[Interval] | None:
    """The wide gaps of a line that may be the first of a table."""
    size = line.box.height
    gaps = [(a.box.x1, b.box.x0) for a, b in pairwise(line.words)]
    wide = [gap for gap in gaps if gap[1] - gap[0] > _SEED_GAP * size]
    if len(wide) > 1:
        wide = [gap for gap in gaps if gap[1] - gap[0] > _NEXT_GAP * size]
    return wide or None


def _grown(region: Region, lines: Sequence[Line], i: int) -> int:
    """Add lines from `i` on while they keep to the gutters; where the next region may begin."""
    while i < len(lines):
        line = lines[i]
        if _far_below(region.lines[-1], line):
            break
        kept = _with(region.gutters, line, region)
        if kept is not None:
            region.gutters = kept
            region.lines.append(line)
        elif _is_banner(region, lines, i):
            region.banners.append(line)
        else:
            _drop_start_of_prose(region, line)
            return i - _given_back(region, line)
        i += 1
    return i


def _narrow(region: Region) -> Iterable[Interval]:
    """Gutters that the first line's headings leave too narrow to be seen, but that every line below keeps to."""
    top = region.lines[0]
    for x0, x1 in region.columns:
        headings = [word for word in top.words if x0 <= word.box.middle[0] < x1]
        for left, right in pairwise(headings):
            gap = (left.box.x1, right.box.x0)
            if right.text[0].isupper() and gap[1] - gap[0] >= NARROWEST and _kept(region, gap, (x0, x1)):
                yield gap


def _kept(region: Region, gap: Interval, column: Interval) -> bool:
    """Whether no word below stands in a gap, and wherever words stand on both of its sides they are well apart."""
    g0, g1 = gap
    both = 0
    for line in region.lines[1:]:
        words = [word for word in line.words if column[0] <= word.box.middle[0] < column[1]]
        if any(word.box.x0 < g1 - 0.5 and word.box.x1 > g0 + 0.5 for word in words):
            return False
        before = [word for word in words if word.box.x1 <= g0 + 0.5]
        behind = [word for word in words if word.box.x0 >= g1 - 0.5]
        if before and behind:
            if behind[0].box.x0 - before[-1].box.x1 <= region.space * line.box.height:
                return False
            both += 1
    return both >= _LOOK_AHEAD


def _far_below(last: Line, line: Line) -> bool:
    return last.page == line.page and line.box.top - last.box.bottom > _FAR * line.box.height


def _with(gutters: Sequence[Interval], line: Line, region: Region) -> list[Interval] | None:
    """The gutters once the line is added: narrower or split; None where the line crosses all that a seed has left."""
    out = list(gutters)
    for chunk in _chunks(line, () if _heads_text(line, region) else gutters, region.space):
        out = [piece for gutter in out for piece in _minus(gutter, chunk)]
    left = all(any(s0 <= g0 and g1 <= s1 for g0, g1 in out) for s0, s1 in region.seeds)
    return out if left else None


def _heads_text(line: Line, region: Region) -> bool:
    """Whether a bold line below plain ones, without a gap wider than its spaces, is one text: it keeps to no gutter."""
    above = region.lines[-1].words
    if not all(word.bold for word in line.words) or all(word.bold for word in above):
        return False
    return all(b.box.x0 - a.box.x1 <= region.space * line.box.height for a, b in pairwise(line.words))


def _minus(gutter: Interval, chunk: Interval) -> list[Interval]:
    """What a piece of text leaves of a gutter: one interval, two, or none."""
    g0, g1 = gutter
    a, b = chunk
    if b <= g0 or a >= g1:
        return [gutter]
    pieces = [(g0, min(a, g1)), (max(b, g0), g1)]
    return [(x0, x1) for x0, x1 in pieces if x1 - x0 >= NARROWEST]


def _chunks(line: Line, gutters: Sequence[Interval], widest: float) -> Iterable[Interval]:
    """The line's text as intervals: words with a usual space between them are one, unless that would close a gutter
    in which a space between two of them lies.
    """
    size = line.box.height
    words = [line.words[0]]
    for word in line.words[1:]:
        space = word.box.x0 - words[-1].box.x1
        if space > widest * size and not (_is_marker(words) and space < _HANGING * size):
            yield from _cut(words, gutters)
            words = []
        words.append(word)
    yield from _cut(words, gutters)


def _is_marker(words: Sequence[Word]) -> bool:
    """Whether a piece of text is only a bullet or the number of a list, behind which a text hangs."""
    return len(words) == 1 and bool(BULLET.match(words[0].text) or _NUMBER.fullmatch(words[0].text))


def _cut(words: Sequence[Word], gutters: Sequence[Interval]) -> Iterable[Interval]:
    """A piece of text, parted at the gutters that it would close although one of its gaps lies in them."""
    start, end = words[0].box.x0, words[-1].box.x1
    for g0, g1 in gutters:
        if start > g0 + NARROWEST or end < g1 - NARROWEST:
            continue
        for a, b in pairwise(words):
            if min(b.box.x0, g1) - max(a.box.x1, g0) >= NARROWEST and b.box.x0 > g1 - _SAME_EDGE:
                yield start, a.box.x1
                start = b.box.x0
                break
    yield start, end


def _is_banner(region: Region, lines: Sequence[Line], i: int) -> bool:
    """Whether a line that crosses the gutters stands alone among lines that keep to them."""
    following = lines[i + 1 : i + 1 + _LOOK_AHEAD]
    if len(region.lines) < 3 or len(following) < _LOOK_AHEAD:
        return False
    gutters: list[Interval] | None = region.gutters
    for line in following:
        gutters = _with(gutters, line, region) if gutters is not None else None
    return gutters is not None and any(_stands_apart(line, region) for line in following)


def _drop_start_of_prose(region: Region, crossing: Line) -> None:
    """Take back the lines right above a crossing line that are the beginning of its paragraph or page."""
    while len(region.lines) > 1:
        last = region.lines[-1]
        if _stands_apart(last, region) or last.page != crossing.page:
            return
        near = crossing.box.top - last.box.bottom < 0.8 * crossing.box.height
        if not near and not _lonely(region, last) and not _is_heading(region.lines, crossing):
            return
        region.lines.pop()
        crossing = last


def _is_heading(lines: Sequence[Line], crossing: Line) -> bool:
    """Whether the last of the lines is bold below plain ones, close above the line that crosses: the heading of what begins there."""
    *_, above, line = lines
    bold = all(word.bold for word in line.words) and not any(word.bold for word in above.words)
    return bold and crossing.box.top - line.box.bottom < _FAR * crossing.box.height


def _stands_apart(line: Line, region: Region) -> bool:
    """Whether a line holds texts on both sides of a gutter with more than a usual space between them."""
    wide = region.space * line.box.height
    gaps = [(a.box.x1, b.box.x0) for a, b in pairwise(line.words) if b.box.x0 - a.box.x1 > wide]
    return any(min(end, g1) - max(start, g0) >= NARROWEST for start, end in gaps for g0, g1 in region.gutters)


def _given_back(region: Region, crossing: Line) -> int:
    """How many lines at the top of the crossing line's page open a new table; they are taken out of the region."""
    here = [line for line in region.lines if line.page == crossing.page]
    first = region.lines[0]
    if not here or len(here) > _HEADING_LINES or first.page == crossing.page:
        return 0
    if _seed(here[0]) is None or here[0].text == first.text:
        return 0
    region.lines = [line for line in region.lines if line.page != crossing.page]
    return len(here)


def _lonely(region: Region, line: Line) -> bool:
    """Whether the page of a line holds nothing of the table but lines in the first column."""
    first = region.gutters[0][0] + NARROWEST
    return all(
        word.box.x0 < first for other in region.lines if other.page == line.page for word in other.words
    )


def words_of(region: Region, page: int) -> list[Word]:
    """The words of the region on a page, banners left out."""
    return [word for line in region.lines if line.page == page for word in line.words]
