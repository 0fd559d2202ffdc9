"""Page furniture: page numbers, stamps, running headers and footers, which never become text of the paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extract.lines import lines_of
from extract.shapes import Box, Line, Page

_NUMBER = re.compile(
    r"(?:page|pg\.?|p\.)?\s*[-–|]?\s*(\d{1,4}|[ivxl]{1,6})\s*[-–|]?\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–|]?",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"(?:agenda\s+)?(?:page|pg\.?)\s*[-–|]?\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLANK = re.compile(
    r"(?:this\s+)?page\s+(?:is\s+)?(?:has\s+been\s+)?(?:intentionally|left)\s+(?:left\s+)?blank\.?",
    re.IGNORECASE,
)
# A heading that names one recommendation after another stands at the top of many a page.
_NAMED = re.compile(r"(?:recommendation|rec|proposal)(?: no\.?| number| sheet| form| card)? #")
_NEARLY_BLANK = 12  # words; on such a page furniture may stand anywhere
_MARGIN = 0.12  # share of the page's height at its top and bottom where furniture stands
_WORDS_BEYOND = 25  # between a repeated line and the page's edge
_NUMBERS_BEYOND = 8  # between a page number and the page's edge: a stamp, another number
_BELOW = 90.0  # points under a heading row within which its columns' text stands
_REPEATS = 3  # pages on which a line must stand at the same height to be furniture
_ELSEWHERE = 2  # further places of a line that make it a heading of the text
_FRAME = 0.85  # of the page's height: a longer upright is a frame around the page
_SHORT = 6  # pages; in a shorter paper twice is enough


class Furnished(msgspec.Struct, frozen=True):
    """A page without its furniture, the furniture's lines, and the printed page number ("45") if any."""

    page: Page
    furniture: tuple[Line, ...] = ()
    label: str | None = None


def without_furniture(pages: Sequence[Page]) -> list[Furnished]:
    """Take page numbers, stamps and repeated headers and footers off every page."""
    margins = [_margin_lines(page) for page in pages]
    headings = {
        _key(line)
        for page, lines in zip(pages, margins, strict=True)
        for heading in [[line for line in lines if _heads_columns(line, page)]]
        for line in lines
        if line in heading or (line.box.middle[1] < page.height / 2 and _near_any(line, heading))
    }
    repeated = _repeated(margins) - headings
    repeated -= _of_text(repeated, pages)
    return [_split(page, lines, repeated) for page, lines in zip(pages, margins, strict=True)]


def _margin_lines(page: Page) -> list[Line]:
    """The lines in the page's top and bottom margin, each cut where a gap parts its left from its right end."""
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    words = [w for w in page.words if w.box.bottom < top or w.box.top > bottom]
    if len(page.words) <= _NEARLY_BLANK:
        words = list(page.words)
    return [piece for line in lines_of(words) for piece in _pieces(line)]


def _pieces(line: Line) -> Iterable[Line]:
    start = 0
    for i, (a, b) in enumerate(pairwise(line.words), start=1):
        if b.box.x0 - a.box.x1 > 2.5 * a.box.height:
            yield Line(line.words[start:i])
            start = i
    yield Line(line.words[start:])


def _key(line: Line) -> tuple[str, int]:
    """A line's words with its numbers blanked, and its height in steps of six points."""
    return _blanked(line.text), round(line.box.top / 6)


def _blanked(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _repeated(margins: Sequence[list[Line]]) -> set[tuple[str, int]]:
    counts = Counter(key for lines in margins for key in {_key(line) for line in lines})
    least = 2 if len(margins) < _SHORT else max(_REPEATS, 0.1 * len(margins))
    printed = Counter(line.text.lower() for lines in margins for line in lines)
    once = {_blanked(text) for text, count in printed.items() if count == 1}
    return {
        key
        for key, count in counts.items()
        if count >= least and not (_NAMED.match(key[0]) and key[0] in once)
    }


def _of_text(repeated: Iterable[tuple[str, int]], pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Those of the repeated lines that stand elsewhere, too: headings of the text that happen to open several pages."""
    said = [_blanked(" ".join(word.text for word in page.words)) for page in pages]
    often = {
        key
        for key in repeated
        if not _is_page_number(key[0].replace("#", "1")) and sum(s.count(key[0]) for s in said) > len(pages)
    }
    if not often:
        return set()
    lines = Counter(_key(line) for page in pages for line in lines_of(page.words))
    places = Counter(text for text, _ in lines)
    stands = Counter[str]()
    for (text, _), count in lines.items():
        stands[text] += count
    return {
        (text, at)
        for text, at in often
        if stands[text] - lines[text, at] >= _ELSEWHERE and places[text] > _ELSEWHERE
    }


def _split(page: Page, lines: Sequence[Line], repeated: set[tuple[str, int]]) -> Furnished:
    """A repeated line is furniture only at the page's very edge: a repeated heading row stands below other words."""
    alone = [line for line in lines if _alone(line, lines, repeated)]
    taken = [
        line
        for line in alone
        if _BLANK.fullmatch(line.text)
        or (_is_page_number(line.text) and _outermost(line, page, _NUMBERS_BEYOND))
        or (_key(line) in repeated and _outermost(line, page, _WORDS_BEYOND))
    ]
    if not taken:
        return Furnished(page)
    gone = {id(word) for line in taken for word in line.words}
    words = tuple(word for word in page.words if id(word) not in gone)
    return Furnished(msgspec.structs.replace(page, words=words), tuple(taken), _label(taken))


def _alone(line: Line, lines: Sequence[Line], repeated: set[tuple[str, int]]) -> bool:
    """Whether all that stands at the line's height is repeated or a number: a table's row holds other words too."""
    beside = [
        o for o in lines if o is not line and abs(o.box.bottom - line.box.bottom) < 0.5 * line.box.height
    ]
    return all(_key(o) in repeated or _NUMBER.fullmatch(o.text) or _STAMPED.fullmatch(o.text) for o in beside)


def _near_any(line: Line, heading: Sequence[Line]) -> bool:
    """Whether the line is one of a heading's lines or stands right above or below one."""
    height = line.box.height
    return any(h.box.top - height < line.box.middle[1] < h.box.bottom + height for h in heading)


def _is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number; a year is the last line of a title as often as not."""
    return bool(_STAMPED.fullmatch(text)) or (bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text))


def _outermost(line: Line, page: Page, most: int) -> bool:
    """Whether at most so many words lie between the line and the page's nearer edge."""
    top, bottom = line.box.top, line.box.bottom
    upper = line.box.middle[1] < page.height / 2
    beyond = sum((w.box.bottom < top) if upper else (w.box.top > bottom) for w in page.words)
    return beyond <= most


def _heads_columns(line: Line, page: Page) -> bool:
    """Whether the line is (part of) a table's heading row: between rules, on a tint, or above text that is set
    under it in columns.
    """
    x, y = line.box.middle
    inside = [r.box for r in page.rules if not r.across and r.box.height < _FRAME * page.height]
    if any(box.top <= y <= box.bottom for box in inside) or any(
        fill.box.holds((x, y)) for fill in page.fills
    ):
        return True
    height, low = line.box.height, line.box.bottom
    row = [w.box for w in page.words if abs(w.box.bottom - low) < 0.5 * height]
    starts = _starts(row, height)
    below = _starts([w.box for w in page.words if 0 < w.box.top - low < _BELOW], height)
    over_text = sum(sum(abs(x0 - b) < 3 for b in below) >= 2 for x0 in starts)
    return over_text >= max(2, 0.5 * len(starts))


def _starts(boxes: Sequence[Box], height: float) -> list[float]:
    """Where the words begin that stand right behind no other on their line."""
    return [
        b.x0
        for b in boxes
        if not any(
            0 <= b.x0 - other.x1 < height and abs(other.bottom - b.bottom) < 0.5 * height
            for other in boxes
            if other is not b
        )
    ]


def _label(lines: Iterable[Line]) -> str | None:
    """The stamped number if there is one, else the plain one."""
    texts = [line.text.strip() for line in lines]
    for pattern in (_STAMPED, _NUMBER):
        for text in texts:
            if match := pattern.fullmatch(text):
                return match.group(1)
    return None
