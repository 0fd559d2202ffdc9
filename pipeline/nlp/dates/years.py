"""Which days a printed date means: the year printed, or told from the paper's own date and the words around.

A year is taken from the paper only where the text says which way to look ("will", "by", "agreed at", "next").
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Literal

import msgspec

from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates import calendar
from pipeline.nlp.dates.calendar import Days
from pipeline.nlp.dates.forms import PARAGRAPH, any_of
from pipeline.nlp.dates.mentions import Mention, Part
from pipeline.nlp.dates.printed import Printed

Direction = Literal["future", "past", ""]
Fault = Literal["", "impossible-date", "reversed-dates", "year-not-known"]
SENTENCE = 180  # letters on either side in which words of time are looked for


PAPER = "paper date"


class Anchor(msgspec.Struct, frozen=True):
    """The date that years are told from, with its words; `day` is None where it is not known.

    `source` says what it is the date of, for `inferred_from`: the paper unless said otherwise ("reply date"). `slack` is
    how many days before it what is to come may have come already: a report keeps a deadline that has just gone by.
    """

    day: dt.date | None = None
    words: str = ""
    source: str = PAPER
    slack: int = 0


class Settled(msgspec.Struct, frozen=True):
    """The days that a mention means and what its year was taken from, or why it means none."""

    days: Days | None
    inferred_from: str = ""
    fault: Fault = ""


def settle(mention: Mention, anchor: Anchor, direction: Direction) -> Settled:
    """The days of `mention`; `direction` says where a year that is not printed lies from the anchor."""
    last = _dated(mention.final, mention.said, anchor, direction)
    if last.days is None:
        return last
    if mention.last is None:
        return msgspec.structs.replace(last, days=_part_of(last.days, mention.part))
    first = _first_of_range(mention, last.days, anchor, direction)
    if first.days is None:
        return first
    if mention.last.year is None and mention.first.year:
        last = _last_of_range(mention.last, first.days)
    both = last.days and calendar.between(
        _part_of(first.days, mention.part if mention.part != "end" else ""),
        _part_of(last.days, mention.last_part),
    )
    return Settled(both or None, last.inferred_from, "" if both else "reversed-dates")


def inferred_from(anchor: Anchor) -> str:
    """How `inferred_from` names the anchor: "paper date 2015-11-03"."""
    return f"{anchor.source} {anchor.day.isoformat()}" if anchor.day else ""


def days_in(printed: Printed, year: int) -> Days | None:
    """The days of `printed` in `year`; None where the calendar has no such day or the year is far off."""
    words = date_words()
    if not calendar.FIRST_YEAR <= year < calendar.LAST_YEAR:
        return None
    if printed.form == "day":
        return calendar.a_day(year, printed.month or 0, printed.day or 0)
    if printed.form == "month":
        return calendar.months(year, printed.month or 1)
    if printed.form in ("season", "term"):
        known = words.terms if printed.form == "term" else words.seasons
        return calendar.stretch(known[printed.number], year)
    first_month = next((k.first_month for k in words.years if k.name == printed.kind), 1)
    if printed.form == "quarter":
        return calendar.quarter(year, printed.number, first_month)
    if printed.kind:
        return calendar.year_from(year, first_month, printed.last_year)
    return calendar.years(year, printed.last_year or year)


def _dated(printed: Printed, said: str, anchor: Anchor, direction: Direction) -> Settled:
    if printed.year:
        days = days_in(printed, printed.year)
        return Settled(days, "", "" if days else "impossible-date")
    if not _possible(printed):
        return Settled(None, fault="impossible-date")
    if anchor.day is None:
        return Settled(None, fault="year-not-known")
    year_said = {"next": 1, "this": 0, "last": -1}.get(printed.said)
    if year_said is not None:
        days = days_in(printed, _year_of(anchor.day, printed.kind) + year_said)
    else:
        days = _nearest(printed, anchor, said, direction)
    return Settled(days, inferred_from(anchor), "") if days else Settled(None, fault="year-not-known")


def _year_of(day: dt.date, kind: str) -> int:
    """The year, of a kind that may begin in April, May or September, in which a day lies."""
    first_month = next((k.first_month for k in date_words().years if k.name == kind), 1)
    return day.year - (day.month < first_month)


def _possible(printed: Printed) -> bool:
    """Whether there is such a day in any year (29 February is one)."""
    return printed.form != "day" or days_in(printed, 2024) is not None


def _nearest(printed: Printed, anchor: Anchor, said: str, direction: Direction) -> Days | None:
    """The days of the year that the words point to, seen from the paper's date."""
    wanted = _WANTED.get(said, direction)
    paper = anchor.day or dt.date.min
    if wanted == "future":
        paper -= dt.timedelta(days=anchor.slack)
    years = range(paper.year - 2, paper.year + 3)
    for year in reversed(years) if wanted in ("past", "before") else years:
        days = days_in(printed, year)
        if days and _fits(days, paper, wanted):
            return days
    return None


_WANTED = {
    "next": "after",
    "following": "after",
    "coming": "after",
    "last": "before",
    "previous": "before",
    "this": "this",
    "current": "this",
}


def _fits(days: Days, paper: dt.date, wanted: str) -> bool:
    """Whether the days lie where they are looked for: after the paper, before it, around it, ..."""
    first, last = days.earliest, days.latest
    if first is None or last is None or not wanted:
        return False
    if wanted == "this":  # "this June" is June of the paper's year, "this financial year" the one that runs
        return first <= paper <= last or (first.year == paper.year and (last - first).days < 200)
    return {
        "after": first > paper,
        "before": last < paper,
        "future": last >= paper,
        "past": first <= paper,
    }[wanted]


def _part_of(days: Days, part: Part) -> Days:
    if part == "end":
        return calendar.last_of(days)
    if part == "start":
        return calendar.start_of(days)
    if part in ("first_half", "second_half"):
        return calendar.half_of(days, second=part == "second_half")
    if part in ("early", "late"):
        return calendar.quarter_of(days, last=part == "late")
    return calendar.about(days) if part == "vague" else days


def _first_of_range(mention: Mention, last: Days, anchor: Anchor, direction: Direction) -> Settled:
    """The first date of a range; without a year it is the one that comes before the last."""
    first = mention.first
    if first.year or first.said or last.latest is None:
        return _dated(first, mention.said, anchor, direction)
    for year in (last.latest.year, last.latest.year - 1):
        days = days_in(first, year)
        if days and days.earliest and days.earliest <= last.latest:
            return Settled(days)
    return Settled(None, fault="impossible-date")


def _last_of_range(last: Printed, first: Days) -> Settled:
    """The last date of a range without a year: the first such date after the first."""
    start = first.earliest
    for year in (start.year, start.year + 1) if start else ():
        days = days_in(last, year)
        if days and start and days.latest and days.latest >= start:
            return Settled(days)
    return Settled(None, fault="impossible-date")


# ---- which way the words point ----


def direction_of(text: str, mention: Mention) -> Direction:
    """Whether the sentence around the mention speaks of what comes or of what was; "" where it does not say.

    Where all years are printed nobody asks, and the sentence is not read.
    """
    if mention.first.year and mention.final.year:
        return ""
    before = _sentence_before(text, mention.start)
    if mention.before == "deadline":
        return "past" if _DONE_BY.search(before) else "future"
    if mention.preposition == "since":
        return "past"
    cues = list(_cues().finditer(before))
    cue = cues[-1] if cues else _cues().search(_sentence_after(text, mention.end))
    if cue is None:
        return ""
    return "future" if cue["future"] else "past"


_DONE_BY = re.compile(
    r"\b(?:was|were|had been|has been|have been)\s+(?:(?!to\b|that\b|for\b|be\b|will\b)\w+\s+){1,5}$",
    re.IGNORECASE,
)


@cache
def _cues() -> re.Pattern[str]:
    tense = date_words().tense
    never = "|".join(sorted(tense.not_past))
    return re.compile(
        rf"""\b(?:
        (?P<future> {any_of(tense.future_before_verb)}\s+(?:not\s+|also\s+|then\s+|\w+ly\s+)?
            (?:be\s+|have\s+)?(?:\w+ly\s+)?\w+ | {any_of(tense.future)}\b )
      | (?P<past> {any_of(tense.past)}\b | (?!(?:{never})\b)\w{{2,}}(?:[^e\W]ed)\b )
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _sentence_before(text: str, start: int) -> str:
    piece = text[max(0, start - SENTENCE) : start]
    stops = list(_STOP.finditer(piece))
    return piece[stops[-1].end() :] if stops else piece


def _sentence_after(text: str, end: int) -> str:
    piece = text[end : end + SENTENCE]
    stop = _STOP.search(piece)
    return piece[: stop.start()] if stop else piece


_STOP = re.compile(rf"[.!?;]\s|\n|{PARAGRAPH}")
