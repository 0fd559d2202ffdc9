"""The dates that running text says: a reply, an action, an update, a title."""

from __future__ import annotations

import msgspec

from extract.shapes import Problem
from pipeline.nlp.dates.forms import PARAGRAPH, running_forms
from pipeline.nlp.dates.judge import is_date
from pipeline.nlp.dates.mentions import mentions
from pipeline.nlp.dates.spans import date_span, fault_problem, weekday_problems
from pipeline.nlp.dates.years import Anchor, direction_of, settle
from pipeline.passages import Passage
from pipeline.records import DateSpan


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
    text = passage.text.replace("\n", PARAGRAPH)
    for mention in mentions(text, running_forms()):
        if not is_date(text, mention, anchor):
            continue
        settled = settle(mention, anchor, direction_of(text, mention))
        if settled.days is None:
            problems.append(fault_problem(settled.fault, passage, mention))
            continue
        span = date_span(passage.text, mention, settled.days, settled.inferred_from)
        found.append(FoundDate(mention.start, mention.end, span))
        problems += weekday_problems(settled.days, passage, mention)
    return DatesRead(tuple(found), tuple(problems))
