"""The one date of a label-value line or a title: "Date of this update: 3rd November 2015"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.dates.calendar import Days
from pipeline.nlp.dates.forms import cell_forms
from pipeline.nlp.dates.judge import is_number
from pipeline.nlp.dates.mentions import Mention, mentions
from pipeline.nlp.dates.spans import date_span
from pipeline.nlp.dates.years import Anchor, direction_of, settle
from pipeline.passages import Passage
from pipeline.records import DateSpan


def read_single_date(passage: Passage, anchor: Anchor) -> DateSpan | None:
    """The date of a label-value line; None where it prints none, or several that are equally fine.

    A day counts more than a month, a month more than a season or quarter, these more than a year.
    """
    found = list(_dates(passage.text, anchor))
    if not found:
        return None
    finest = min(_coarseness(days) for days, _ in found)
    spans = {days: span for days, span in found if _coarseness(days) == finest}
    return next(iter(spans.values())) if len(spans) == 1 else None


def _dates(text: str, anchor: Anchor) -> Iterator[tuple[Days, DateSpan]]:
    for mention in mentions(text, cell_forms()):
        if not _has_year_or_day(mention) or is_number(text, mention):
            continue
        settled = settle(mention, anchor, direction_of(text, mention))
        if settled.days:
            yield settled.days, date_span(text, mention, settled.days, settled.inferred_from)


def _has_year_or_day(mention: Mention) -> bool:
    return bool(mention.final.year) or mention.final.form == "day"


def _coarseness(days: Days) -> int:
    """0 for a day, 1 for up to a month, 2 for less than a year, 3 for more."""
    if days.earliest is None or days.latest is None:
        return 3
    length = (days.latest - days.earliest).days
    return next((i for i, most in enumerate((0, 31, 364)) if length <= most), 3)
