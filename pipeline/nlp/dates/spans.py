"""From a settled mention to the record of it, or to the problem that it is."""

from __future__ import annotations

from extract.shapes import Problem
from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates import calendar
from pipeline.nlp.dates.calendar import Days
from pipeline.nlp.dates.mentions import Mention
from pipeline.nlp.dates.years import Fault
from pipeline.passages import Passage
from pipeline.records import DateSpan

MESSAGES: dict[Fault, str] = {
    "impossible-date": "the calendar has no such day or the year is out of reach",
    "reversed-dates": "the range ends before it begins",
    "year-not-known": "no year is printed and the text does not say which is meant",
}


def days_meant(days: Days, mention: Mention) -> Days:
    """`days` with the open start of "by June" and "before June", or the open end of "2027 onwards"."""
    if mention.preposition in date_words().before.exclusive:
        return calendar.up_to(days)
    if mention.before == "deadline":
        return calendar.until(days)
    return calendar.onwards(days) if mention.preposition == "onwards" else days


def date_span(text: str, mention: Mention, days: Days, inferred_from: str) -> DateSpan:
    """The record of a date that `mention` prints in `text`."""
    meant = days_meant(days, mention)
    words, by = text[mention.start : mention.end], mention.before == "deadline"
    return DateSpan(words, meant.edtf, iso(meant)[0], iso(meant)[1], inferred_from, by)


def iso(days: Days) -> tuple[str | None, str | None]:
    """The earliest and the latest day as ISO dates; None is open."""
    first, last = days.earliest, days.latest
    return (first.isoformat() if first else None, last.isoformat() if last else None)


def fault_problem(fault: Fault, passage: Passage, mention: Mention) -> Problem:
    """What is wrong with a mention that means no days."""
    return located(fault, MESSAGES[fault], passage, (mention.start, mention.end))


def weekday_problems(days: Days, passage: Passage, mention: Mention) -> tuple[Problem, ...]:
    """A problem where the printed weekday is not that of the date."""
    if mention.weekday is None or days.earliest is None or days.earliest.weekday() == mention.weekday:
        return ()
    message = f"{days.earliest} is no {date_words().weekdays[mention.weekday][0]}"
    return (located("weekday-disagrees", message, passage, (mention.start, mention.end)),)


def located(code: str, message: str, passage: Passage, at: tuple[int, int]) -> Problem:
    """A problem about the letters `at` (start, end), with page and box where they are printed words."""
    evidence = passage.evidence(*at)
    place = evidence.places[0] if evidence else None
    words = passage.text[at[0] : at[1]]
    return Problem(code, message, place.page if place else None, words, place.box if place else None)
