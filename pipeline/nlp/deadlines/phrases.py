"""The pieces of a deadline cell: dates, and words for what recurs, goes on, hangs on something else or is not set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates.forms import any_of, cell_forms
from pipeline.nlp.dates.judge import is_counted_or_law, is_reference, is_street
from pipeline.nlp.dates.mentions import Mention, mentions

PieceKind = Literal["dated", "recurring", "ongoing", "relative", "none", "done"]


class Piece(msgspec.Struct, frozen=True):
    """The letters `start` to `end` of a cell and what they are; `mention` where dated, `recurrence` where recurring."""

    kind: PieceKind
    start: int
    end: int
    mention: Mention | None = None
    recurrence: str | None = None
    listed: bool = False  # told only by a list of months

    def meets(self, other: Piece) -> bool:
        """Whether the two share letters."""
        return self.start < other.end and other.start < self.end


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a cell in printed order; where two overlap, dates come first, then recurrence."""
    kept: list[Piece] = []
    for piece in (*_dated(text), *_phrases(text)):
        if not any(piece.meets(other) for other in kept):
            kept.append(piece)
    told = _months_that_recur(text, sorted(kept, key=lambda p: p.start))
    return tuple(sorted(told, key=lambda p: p.start))


def _dated(text: str) -> Iterator[Piece]:
    for mention in mentions(text, cell_forms()):
        if _is_date_in_cell(text, mention):
            yield Piece("dated", mention.start, mention.end, mention)


def _is_date_in_cell(text: str, mention: Mention) -> bool:
    first, final = mention.first, mention.final
    printed = text[first.start : first.end]
    if is_reference(text, mention) or _PROGRAMME.search(text, max(0, first.start - 12), first.start):
        return False
    if final.form == "years" and not final.last_year:
        return not is_counted_or_law(text, mention)
    if not final.year and is_street(text, mention):
        return False
    if final.form == "month" and not final.year and not mention.before:
        verb = printed.islower() and printed in date_words().months_also_words
        return not verb and not _VERB.match(text, first.start)
    return final.form != "season" or bool(final.year) or not _HOLIDAY.match(text, final.end)


_VERB = re.compile(r"May\s+(?:be|need|not|have|require|also)\b", re.IGNORECASE)
_PROGRAMME = re.compile(r"\b(?:Y|Year)\s?\d\s*[-–,]?\s*$", re.IGNORECASE)
_NAMES_MEETING = re.compile(
    r" (?:Council|Meeting|Assembly|General Meeting|Conference)\b"
)  # "Annual Council, 24 May"
_HOLIDAY = re.compile(r"\s+(?:holidays?|break|school|reading|programme)\b", re.IGNORECASE)


def _phrases(text: str) -> Iterator[Piece]:
    recurring = [
        Piece("recurring", *m.span(), recurrence=value)
        for value, pattern in _recurrences()
        for m in pattern.finditer(text)
        if not _NAMES_MEETING.match(text, m.end())
    ]
    yield from sorted(recurring, key=lambda p: p.start - p.end)
    for kind, pattern in _others():
        # a group that matched says "not completed", "to be completed": nothing is done
        yield from (Piece(kind, *m.span()) for m in pattern.finditer(text) if m.lastgroup is None)


def _months_that_recur(text: str, found: list[Piece]) -> Iterator[Piece]:
    """With months and seasons that tell when in every year: beside "Annual", after "each", or "Feb & Oct"."""
    yearless = [p for p in found if p.mention and _without_year(p.mention)]
    dated = [p for p in found if p.kind == "dated"]
    recurring = next((p for p in found if p.kind == "recurring"), None)
    either = any(re.match(r"\s*or\b", text[p.end :]) for p in yearless)
    if yearless and not either and (recurring or _every_year(yearless, dated)):
        count = date_words().months_listed.get(len(yearless))
        value = recurring.recurrence if recurring else count
        absorbed = [*yearless, *([recurring] if recurring else [])]
        start, end = min(p.start for p in absorbed), max(p.end for p in absorbed)
        yield Piece("recurring", start, end, recurrence=value, listed=recurring is None)
        found = [p for p in found if p not in absorbed]
    yield from found


def _every_year(yearless: list[Piece], dated: list[Piece]) -> bool:
    """Whether dates without a year are said of each year, or are a list of months with nothing else dated."""
    found = [p.mention for p in yearless if p.mention]
    if any(m.said in ("each", "every") for m in found):
        return True
    return len(found) > 1 and yearless == dated and all(m.listed and not m.final.day for m in found)


def _without_year(mention: Mention) -> bool:
    final = mention.final
    return not (final.year or final.said) and final.form not in ("kind", "quarter")


@cache
def _recurrences() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = date_words().recurrence
    return tuple((value, _whole(any_of(words))) for value, words in known.items())


@cache
def _others() -> tuple[tuple[PieceKind, re.Pattern[str]], ...]:
    words = date_words()
    never = any_of(words.roles.not_yet)
    done = any_of(words.roles.done)
    return (
        ("relative", _whole(_amount())),
        ("relative", _whole(_project_year())),
        ("relative", _whole(_next())),
        ("relative", _whole(any_of(words.relative.phrases))),
        ("ongoing", _whole(any_of(words.ongoing))),
        ("none", _whole(any_of(words.undated))),
        ("none", re.compile(r"^[\s\-–—.?]+$")),
        (
            "relative",
            re.compile(rf"(?:^|[,;]\s*){any_of(words.relative.openings)}\b[^,;.()]*", re.IGNORECASE),
        ),
        (
            "done",
            re.compile(rf"(?<!\w)(?:{never}\s+(?:\w+ly\s+)?{done}(?P<no>)|{done})(?!\w)", re.IGNORECASE),
        ),
    )


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\w-){pattern}(?!\w)", re.IGNORECASE)


def _amount() -> str:
    """An amount of time: "3 months", "within 6 weeks of publication", "1-2 years"."""
    relative = date_words().relative
    number = rf"(?:\d{{1,2}}|{any_of(relative.numbers)})"
    return (
        rf"(?:(?:within|in|after|over|for|up\s+to|approximately)\s+)?(?:(?:the|a)\s+)?(?:(?:next|first|further)\s+)?"
        rf"{number}(?:\s*(?:[-–]|to|or)\s*{number})?\s*{any_of(relative.units)}s?(?!\w)"
        rf"(?:['’]?\s*(?:time|notice)(?!\w))?(?:\s+(?:after|from|of|following|post|before|prior\s+to)\s+[^,;.()]*)?"
    )


def _project_year() -> str:
    """Years of a programme, not of the calendar: "Y1 Q4", "Year 2", "Years 1-3"."""
    return r"(?:Y\s?[1-9](?:\s*[-–,]?\s*Q\s?[1-4])?|Years?\s+(?:[1-5]|one|two|three|four|five)(?:\s*(?:[-–]|to|and)\s*\d)?)"


def _next() -> str:
    """What comes next: "by the next meeting", "next available Cabinet meeting", "before the meeting", "in future years"."""
    units = any_of((*date_words().relative.units, *date_words().meetings, "review", "update", "report"))
    return (
        rf"(?:(?:(?:by|at|before|for|until|to|in\s+time\s+for)\s+)?(?:(?:the|our|its)\s+)?"
        rf"(?:next|following|subsequent|forthcoming|future)\s+(?:(?!and\b)\w+\s+){{0,3}}{units}s?"
        rf"|(?:by|at|before|for)\s+the\s+meeting)"
    )
