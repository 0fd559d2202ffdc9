"""Finds title and subtitle among the lines of a title block by their look: size, weight, and whether one goes on."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from statistics import median

import msgspec

from extract.shapes import Line
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import metadata_words
from pipeline.metadata.bodies import find_committees, find_councils, find_executive, is_only, is_organisation
from pipeline.nlp.dates import Anchor, read_single_date
from pipeline.passages import Passage

SAME_SIZE = 0.6  # points between letters of one style
NEAR = 1.3  # heights of a line between lines of one headline
LONGEST = 40  # words of a title
LONGEST_SUBTITLE = 20
LARGER = 0.8  # points by which a headline is larger than the text
OPEN_END = re.compile(r"(?:\b(?:of|on|at|for|to|the|and|in|by|from|with)|&|,)$", re.IGNORECASE)
TO_WHOM = re.compile(
    r"^(?:(?:a )?(?:report|paper|update|response) )?(?:to|for|from|by|of|meeting of)(?: the)?\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\b(?:agenda item|item|appendix|annex|enclosure)\s+[A-Z0-9]{1,3}\b", re.IGNORECASE)
ALMOST = 0.97
MOSTLY = 0.85  # of a line's words or letters


class Headline(msgspec.Struct, frozen=True):
    """Lines of one look that stand together, as one passage."""

    lines: tuple[Line, ...]
    size: float
    bold: bool

    @property
    def passage(self) -> Passage:
        """The headline's words as running text on one line."""
        return Passage.joined([Passage.of_lines([line]) for line in self.lines], gap=" ")


class Titles(msgspec.Struct, frozen=True):
    """The headlines that are the title and the subtitle, and all headlines of the block, the most prominent first."""

    title: Headline | None
    subtitle: Headline | None
    prominent: tuple[Headline, ...]


def find_titles(
    lines: Sequence[Line], width: float, body_size: float, printed: Sequence[Line] = ()
) -> Titles:
    """Title and subtitle of a block. `width` is that of the text in points, `body_size` the size of most letters.

    `printed` are all lines of the block, of which one that is a label ends the title and what goes with it.

    A line that only names a council, a committee or a date is no title while another can be.
    """
    whole = headlines(lines, width)
    all_ = [h for h in whole if not _never(h.passage.text)]
    headed = [h for h in all_ if h.bold or h.size > body_size + LARGER or h.passage.text.isupper()]
    able = [h for h in headed if may_be_title(h.passage.text)]
    ranked = sorted(able, key=lambda h: (h.lines[0].page, -round(h.size), not h.bold, all_.index(h)))
    committees = [h for h in headed if find_committees(h.passage.text)]
    title = next(iter([*ranked, *committees]), None)
    prominent = tuple(sorted(headed, key=lambda h: (h is not title, -h.size, whole.index(h))))
    labels = [line for line in printed if line not in lines]
    return Titles(title, _subtitle(all_, title, body_size, labels), prominent)


def headlines(lines: Sequence[Line], width: float) -> list[Headline]:
    """The lines gathered into headlines: of one look, near one another, and none of them a name or a date of its own.

    A date that merely wrapped (its first word did not fit on the line before) stays in its headline.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Headline(tuple(g), _size(g[0]), all(_bold(x) for x in g)) for g in groups]


def may_be_title(text: str) -> bool:
    """Whether a text may be a title: no mere name or date, no heading of a paragraph, no sentence."""
    bare = " ".join(text.split())
    if not bare or bare.endswith((":", ";")) or _never(bare) or is_plain_name(bare):
        return False
    sentence = bare.endswith(".") and len(bare.split()) > LONGEST_SUBTITLE
    return not sentence and len(bare.split()) <= LONGEST


# Lines are asked for it beside the line before and beside the one behind, and again as headlines.
@functools.lru_cache(maxsize=1024)
def is_plain_name(text: str) -> bool:
    """Whether a text is nothing but the name of a council, a committee or another body, or a date, or names and a date."""
    bare = " ".join(text.split())
    names = (*find_councils(bare), *find_committees(bare))
    if is_only(bare, names) or find_executive(bare) is not None or is_date(bare) or is_organisation(bare):
        return True
    rest = bare
    for named in names:
        rest = rest.replace(named.name, " ")
    rest = NUMBERED.sub(" ", TO_WHOM.sub("", rest.strip(" ,–-|:"))).strip(" ,–-|:")
    return bool(names) and (not re.search(r"\w", rest) or is_date(rest))


@functools.lru_cache(maxsize=1024)
def is_date(text: str) -> bool:
    """Whether a text is hardly more than a date: '3 May 2026', 'Updated: May 2026'."""
    bare = " ".join(text.split())
    for pattern in _before_dates():
        bare = pattern.sub("", bare)
    span = read_single_date(Passage.plain(bare), Anchor())
    return span is not None and len(span.words) >= MOSTLY * len(bare.strip(" .,()"))


def _goes_on(group: Sequence[Line], line: Line, width: float) -> bool:
    before = group[-1]
    if before.page != line.page or not same_look(before, line):
        return False
    if line.box.top - before.box.bottom > NEAR * before.box.height:
        return False
    if wraps(before, line, width) or OPEN_END.search(before.text):
        return True
    return not any(is_plain_name(x.text) or _never(x.text) for x in (before, line))


def same_look(a: Line, b: Line) -> bool:
    """Whether two lines are set in letters of one size and weight."""
    return abs(_size(a) - _size(b)) <= SAME_SIZE and _bold(a) == _bold(b)


def wraps(before: Line, line: Line, width: float) -> bool:
    """Whether the first word of `line` would not have fitted behind `before`."""
    first = line.words[0]
    space = 0.25 * max(first.size, first.box.height)
    # A table reaches a little beyond the paragraphs above it, and `width` is that of the widest text.
    return before.box.width + space + first.box.width > ALMOST * width > 0


def _subtitle(
    all_: Sequence[Headline], title: Headline | None, body_size: float, labels: Sequence[Line]
) -> Headline | None:
    if title is None:
        return None
    at = all_.index(title)
    following = next((h for h in all_[at + 1 :] if not is_plain_name(h.passage.text)), None)
    if following is None or _far(title, following) or len(following.passage.text.split()) > LONGEST_SUBTITLE:
        return None
    if any(
        title.lines[-1].box.top < line.box.top < following.lines[0].box.top
        for line in labels
        if line.page == title.lines[0].page
    ):
        return None
    italic = all(w.italic for line in following.lines for w in line.words)
    set_off = following.bold or italic or following.size > body_size + LARGER
    return following if set_off and not following.passage.text.endswith((".", ";", ":")) else None


def _far(title: Headline, following: Headline) -> bool:
    last, first = title.lines[-1], following.lines[0]
    return last.page != first.page or first.box.top - last.box.bottom > 6 * last.box.height


def _size(line: Line) -> float:
    return median(word.size or word.box.height for word in line.words)


def _bold(line: Line) -> bool:
    return sum(word.bold for word in line.words) >= MOSTLY * len(line.words)


def _never(text: str) -> bool:
    bare = " ".join(text.lower().split())
    return not re.search(r"[^\W\d_]", bare) or _not_titles().search(bare) is not None


@functools.cache
def _not_titles() -> re.Pattern[str]:
    return together(metadata_words().not_title)


@functools.cache
def _before_dates() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in metadata_words().date_line)
