"""Rows from evidence: rules, tints, gaps that all columns share, and new texts that begin side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from extract.lines import leading, lines_of, shape
from extract.shapes import Line, Word

Interval = tuple[float, float]

_EXTRA = 0.16  # type sizes beyond the usual leading: less is the flow of one paragraph
_FAR = 2.5  # times the usual gap of rows and paragraphs
_SAME_HEIGHT = 0.6  # type sizes: texts that begin within so much begin side by side


# "Recommendation 3", "Recommendation Three", "4.", "(b)", "OSC23-023", "18/04-1": what numbers a row.
_NUMBERED = re.compile(
    r"(?:[A-Z][A-Za-z]*\.?\s+(?:\d+[a-z]?|[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b"
    r"|\d{1,3}(?:\.\d{1,2})*[.):]?\s|\(?[a-z]\)\s?|[A-Z]{1,6}[ /-]?\d|\d{1,4}(?:[/-]\d{1,4}){1,3}[a-z]?(?:\s|$))"
)

_COUNT = re.compile(r"(\d{1,3})[.):]?\s+\S")
_LEAST_COUNT = 3
_MOSTLY = 0.6
_YEAR = re.compile(r"(?:19|20)\d\d")


class Gap(msgspec.Struct, frozen=True):
    """White space right across a table on one page: from `top` to `bottom`, points.

    `extra` is how much more than the usual leading it is in the column where it is least, in type sizes; `begins`
    are the columns whose next text begins right below it, after more than the usual leading; `first` is the first
    column's line right below it.
    """

    top: float
    bottom: float
    extra: float
    begins: tuple[int, ...]
    first: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Spacing(msgspec.Struct, frozen=True):
    """What a table's gaps look like, over all of its pages: the usual leading, and how its first column opens."""

    usual: float
    row_gap: float | None
    paragraph_gap: float | None
    opening: str | None


def in_sequence(all_gaps: Sequence[Gap]) -> list[Gap]:
    """The gaps; where the first column counts its rows, a number out of turn opens none ("Footpath / 11 to be made ...")."""
    counted = [(gap, int(found[1])) for gap in all_gaps if (found := _COUNT.match(gap.first))]
    kept, last = set[int](), 0
    for gap, number in counted:
        if number == last + 1:
            kept.add(id(gap))
            last = number
    if len(kept) < _LEAST_COUNT or len(kept) < _MOSTLY * len(counted):
        return list(all_gaps)
    stray = {id(gap) for gap, _ in counted} - kept
    return [msgspec.structs.replace(gap, first="") if id(gap) in stray else gap for gap in all_gaps]


def by_columns(words: Iterable[Word], columns: Sequence[Interval]) -> list[tuple[Line, ...]]:
    """The lines of each column on one page."""
    edges = [x0 for x0, _ in columns[1:]]
    groups: list[list[Word]] = [[] for _ in columns]
    for word in words:
        groups[bisect_right(edges, word.box.x0 + 0.3 * (word.box.x1 - word.box.x0))].append(word)
    return [lines_of(group) for group in groups]


def gaps(by_column: Sequence[Sequence[Line]], usual: float) -> list[Gap]:
    """The gaps of a table on one page, given as the lines of its columns, from the top."""
    spans = sorted(
        (line.box.top + 0.15 * line.box.height, line.box.bottom) for lines in by_column for line in lines
    )
    out = []
    reach = spans[0][1] if spans else 0.0
    for top, bottom in spans[1:]:
        if top > reach:
            out.append(_gap(reach, top, by_column, usual))
        reach = max(reach, bottom)
    return out


def _gap(top: float, bottom: float, by_column: Sequence[Sequence[Line]], usual: float) -> Gap:
    extras, begins, first = [], [], ""
    for i, lines in enumerate(by_column):
        above = [line for line in lines if line.box.bottom <= top + 0.5]
        below = [line for line in lines if line.box.bottom > top + 0.5]
        if not below:
            continue
        size = below[0].box.height
        if above:
            extras.append((below[0].box.bottom - above[-1].box.bottom) / size - usual)
        if below[0].box.top - bottom >= _SAME_HEIGHT * size:
            continue
        first = below[0].text if i == 0 else first
        if not above or extras[-1] > _EXTRA:
            begins.append(i)
    return Gap(top, bottom, min(extras, default=9.0), tuple(begins), first)


def leading_of(columns: Iterable[Sequence[Line]]) -> float:
    """The usual leading of text in type sizes; `columns` are the lines of each column on each page."""
    distances = [leading(lines).usual for lines in columns if len(lines) > 3]
    return median(distances) if distances else 1.15


def spacing(all_gaps: Sequence[Gap], usual: float) -> Spacing:
    """What tells a row's end from a paragraph's in this table."""
    open_gaps = [gap for gap in all_gaps if gap.extra > _EXTRA]
    openings = Counter(shape(gap.first) for gap in open_gaps if 0 in gap.begins)
    common = openings.most_common(1)
    opening = (
        common[0][0] if common and common[0][1] >= 2 and common[0][1] >= 0.4 * openings.total() else None
    )
    numbers = Counter(shape(gap.first) for gap in all_gaps if _NUMBERED.match(gap.first)).most_common(1)
    spaced = sum(0 in gap.begins and len(gap.begins) > 1 for gap in open_gaps)
    if opening is None and numbers and numbers[0][1] >= 2 and spaced < 2:
        opening = numbers[0][0]
    sure = [
        g.extra for g in open_gaps if len(g.begins) > 1 and (opening is None or shape(g.first) == opening)
    ]
    single = [g.extra for g in open_gaps if len(g.begins) == 1 and 0 not in g.begins]
    return Spacing(usual, median(sure) if sure else None, median(single) if single else None, opening)


def ends_row(gap: Gap, known: Spacing) -> bool:
    """Whether a gap parts two rows, and not two paragraphs of one."""
    if known.opening is not None and shape(gap.first) == known.opening and _opens_row(gap):
        return True
    if gap.extra <= _EXTRA:
        return False
    if 0 in gap.begins and known.opening is None:
        return True
    if len(gap.begins) > 1:
        return known.row_gap is None or gap.extra > 0.5 * known.row_gap
    return _is_row_gap(gap, known) or _is_far_gap(gap, known)


def _opens_row(gap: Gap) -> bool:
    """Whether the first column's line, which opens as rows of the table do, is a row's first.

    In a tight table rows follow like lines; a number is then all that tells where one begins, or the word before it
    where the column is too narrow for both. A year is the rest of a date.
    """
    first = gap.first.strip()
    alone = " " not in first and not _YEAR.fullmatch(first)
    return 0 in gap.begins or bool(_NUMBERED.match(gap.first)) or alone


def _is_row_gap(gap: Gap, known: Spacing) -> bool:
    """Whether a gap above a single text is as high as those that surely part rows, and paragraphs' are not."""
    if known.row_gap is None or known.paragraph_gap is None:
        return False
    if abs(known.row_gap - known.paragraph_gap) < 0.1:
        return False
    return abs(gap.extra - known.row_gap) < abs(gap.extra - known.paragraph_gap)


def _is_far_gap(gap: Gap, known: Spacing) -> bool:
    """Whether the gap is far higher than any that parts the paragraphs of one cell."""
    heights = [height for height in (known.row_gap, known.paragraph_gap) if height is not None]
    return bool(heights) and gap.extra > _FAR * max(heights)
