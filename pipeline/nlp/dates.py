"""Dates said in running text, and the one date of a label-value line, as days with what their year was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from extract.shapes import Problem
from pipeline.knowledge.dates import date_words
from pipeline.nlp import calendar
from pipeline.nlp.calendar import Days
from pipeline.nlp.date_forms import any_of, cell_forms, running_forms
from pipeline.nlp.date_mentions import Mention, mentions
from pipeline.nlp.date_years import Anchor, Settled, direction_of, settle
from pipeline.passages import Passage
from pipeline.records import DateSpan

__all__ = ["Anchor", "DatesRead", "FoundDate", "find_dates", "read_dates", "read_single_date"]

YEARS_AROUND = 10  # how far from the paper's year a bare "25" may be a year


class FoundDate(msgspec.Struct, frozen=True):
    """A date and the letters `start` to `end` of the passage that print it."""

    start: int
    end: int
    date: DateSpan


class DatesRead(msgspec.Struct, frozen=True):
    """The dates of a passage in printed order, and what looked like one but gives no value."""

    dates: tuple[FoundDate, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_dates(passage: Passage, anchor: Anchor) -> tuple[FoundDate, ...]:
    """The dates that running text says, in printed order; years that are not printed are taken from `anchor`."""
    return read_dates(passage, anchor).dates


def read_dates(passage: Passage, anchor: Anchor) -> DatesRead:
    """As `find_dates`, with a problem for every date that cannot be or whose year is not known."""
    found: list[FoundDate] = []
    problems: list[Problem] = []
    for mention in mentions(passage.text, running_forms()):
        if not _is_date(passage.text, mention, anchor):
            continue
        settled = settle(mention, anchor, direction_of(passage.text, mention))
        if settled.days is None:
            problems.append(problem_of(settled, passage, mention))
            continue
        found.append(FoundDate(mention.start, mention.end, _date_span(passage.text, mention, settled)))
        problems += weekday_problems(settled.days, passage, mention)
    return DatesRead(tuple(found), tuple(problems))


def read_single_date(passage: Passage, anchor: Anchor) -> DateSpan | None:
    """The date of a label-value line or a title; None where none is printed, or several that are equally fine."""
    found = list(_settled_in_line(passage.text, anchor))
    if not found:
        return None
    finest = min(_coarseness(days) for days, _ in found)
    spans = {days: span for days, span in found if _coarseness(days) == finest}
    return next(iter(spans.values())) if len(spans) == 1 else None


def problem_of(settled: Settled, passage: Passage, mention: Mention) -> Problem:
    """What is wrong with a mention that has no days."""
    message = {
        "impossible-date": "the calendar has no such day",
        "reversed-dates": "the range ends before it begins",
    }.get(settled.fault, "no year is printed and the text does not say which is meant")
    return located(settled.fault, message, passage, mention.start, mention.end)


def weekday_problems(days: Days, passage: Passage, mention: Mention) -> tuple[Problem, ...]:
    """A problem where the printed weekday is not that of the date."""
    if mention.weekday is None or days.earliest is None or days.earliest.weekday() == mention.weekday:
        return ()
    message = f"{days.earliest} is no {date_words().weekdays[mention.weekday][0]}"
    return (located("weekday-disagrees", message, passage, mention.start, mention.end),)


def located(code: str, message: str, passage: Passage, start: int, end: int) -> Problem:
    """A problem about the letters `start` to `end`, with their page and box where they are printed words."""
    evidence = passage.evidence(start, end)
    place = evidence.places[0] if evidence else None
    return Problem(
        code, message, place.page if place else None, passage.text[start:end], place.box if place else None
    )


def days_meant(days: Days, mention: Mention) -> Days:
    """`days` with the open start of "by June" or the open end of "2027 onwards"."""
    if mention.before == "deadline":
        return calendar.until(days)
    return calendar.onwards(days) if mention.preposition == "onwards" else days


def _date_span(text: str, mention: Mention, settled: Settled) -> DateSpan:
    assert settled.days is not None
    days = days_meant(settled.days, mention)
    return DateSpan(
        text[mention.start : mention.end],
        days.edtf,
        days.earliest.isoformat() if days.earliest else None,
        days.latest.isoformat() if days.latest else None,
        settled.inferred_from,
        mention.before == "deadline",
    )


def _settled_in_line(text: str, anchor: Anchor) -> Iterator[tuple[Days, DateSpan]]:
    for mention in mentions(text, cell_forms()):
        if mention.final.form == "kind" or (not mention.final.year and mention.final.form != "day"):
            continue
        if _after_reference(text, mention) or _doubtful_number(mention, text):
            continue
        settled = settle(mention, anchor, direction_of(text, mention))
        if settled.days:
            yield settled.days, _date_span(text, mention, settled)


def _coarseness(days: Days) -> int:
    """0 for a day, 1 for up to a month, 2 for less than a year, 3 for more."""
    if days.earliest is None or days.latest is None:
        return 3
    length = (days.latest - days.earliest).days
    return next((i for i, most in enumerate((0, 31, 364)) if length <= most), 3)


# ---- what has the form of a date and is one ----


def _is_date(text: str, mention: Mention, anchor: Anchor) -> bool:
    first, final = mention.first, mention.final
    if _after_reference(text, mention) or _doubtful_number(mention, text):
        return False
    if first.style == "bare short year" and not _near(first.year, anchor):
        return False
    if final.form == "day":
        return True
    if final.form == "years":
        return bool(final.last_year or final.kind) or _is_year(text, mention)
    if final.year or final.said:
        return True
    return {
        "month": _is_month,
        "season": _is_season,
        "term": _is_led,
        "quarter": _is_led,
        "kind": _is_kind,
    }[final.form](text, mention)


def _doubtful_number(mention: Mention, text: str) -> bool:
    """ "4.10.16" is a date only after a word that goes before dates; elsewhere it may be a paragraph's number."""
    return mention.first.style == "dotted" and not mention.before and len(text) > mention.end - mention.start


def _near(year: int | None, anchor: Anchor) -> bool:
    return bool(year and anchor.day and abs(year - anchor.day.year) <= YEARS_AROUND)


def _after_reference(text: str, mention: Mention) -> bool:
    """Whether the word before makes a number of it ("section 4.10.16", "case 2016/17")."""
    if mention.before or not text[mention.start].isdigit():
        return False
    return bool(_reference().search(text, max(0, mention.start - 20), mention.start))


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(date_words().references)}\.?\s*[:#]?\s*$", re.IGNORECASE)


@cache
def _law() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(date_words().laws)}\)?,?\s*\(?$", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:\w+\s+)?{any_of(date_words().counted)}\b", re.IGNORECASE)


_TITLE_WORD = re.compile(r"[A-Z]\w+[\s,–-]+$")
_PARAGRAPH_END = re.compile(r"[\s).:]*(?:\n|$)")


def _is_year(text: str, mention: Mention) -> bool:
    """A lone year: after a preposition, in brackets, or at the end of a title; never a law's or a count."""
    start, end = mention.first.start, mention.final.end
    if _law().search(text, max(0, start - 20), start) or _counted().match(text, end):
        return False
    if mention.before in ("deadline", "onward") or mention.part or mention.last:
        return True
    if mention.preposition and mention.preposition not in ("of", "to", "or", "over", "on", "at", "and"):
        return True
    if mention.preposition in ("and", "or") or mention.listed:
        return mention.listed
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    title = _PARAGRAPH_END.match(text, end) and _TITLE_WORD.search(text, max(0, start - 30), start)
    return bracketed or bool(title)


def _is_month(text: str, mention: Mention) -> bool:
    """A month without a year: after a preposition or before "meeting", and not a verb or a person's name."""
    name = text[mention.final.start : mention.final.end].lower().rstrip(".")
    meeting = _meeting().match(text, mention.final.end)
    if not (mention.before or mention.part or mention.said or mention.last or meeting):
        return False
    if not mention.said and not meeting and mention.preposition in ("of", "to", "and", "or", "over", "dated"):
        return mention.listed or bool(mention.last)
    person = re.compile(r"\s+[A-Z][a-z]+").match(text, mention.final.end)
    named = name in date_words().months_also_names and person and not meeting
    return not (named and mention.preposition not in ("in", "during", "since"))


@cache
def _meeting() -> re.Pattern[str]:
    adjective = r"(?:(?!and\b|to\b)\w+\s+){0,2}"
    return re.compile(rf"(?:'s|’s)?\s+{adjective}{any_of(date_words().meetings)}\b", re.IGNORECASE)


def _is_season(text: str, mention: Mention) -> bool:
    """A season without a year: after a preposition or "next", and the end of its phrase."""
    if not (mention.before or mention.part or mention.said):
        return False
    if mention.preposition in ("of", "to", "and", "or", "for", "over") and not (mention.said or mention.part):
        return mention.listed
    return bool(_may_follow().match(text, mention.final.end))


@cache
def _may_follow() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:$|[^\w\s-]|\n|{any_of(date_words().may_follow)}\b)", re.IGNORECASE)


def _is_led(text: str, mention: Mention) -> bool:
    """A term or quarter without a year: after a preposition, "next" or "end of"."""
    return bool(mention.before or mention.part or mention.said)


def _is_kind(text: str, mention: Mention) -> bool:
    """A financial year without numbers: "this", "next", "last", or the end of the one that runs."""
    return bool(mention.said or mention.part == "end")
