"""What minutes decide, and which of it others are to answer: recommendations to the executive, the council or a body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import AgendaItem, Decision, Meeting, Paper, Part, Recommendation

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def decisions_of(item: AgendaItem) -> tuple[Decision, ...]:
    """What was decided under an item; a record that has the bare texts alone gives decisions without a place."""
    return item.decisions or (
        *(Decision("resolution", text) for text in item.resolutions),
        *(Decision("recommendation", text) for text in item.recommendations),
    )


def advice_of(paper: Paper) -> tuple[Recommendation, ...]:
    """The recommendations that the minutes of a file make to others, in printed order, each under its item."""
    return tuple(
        _recommendation(item, decision)
        for item in paper.items
        for decision in decisions_of(item)
        if decision.kind == "recommendation"
    )


def minutes_among(parts: Sequence[Part]) -> int:
    """The index of the part that a file's minutes are: the first of that kind, else the first of all."""
    return next((i for i, part in enumerate(parts) if part.kind == "minutes"), 0)


def day_of(meeting: Meeting) -> str | None:
    """The day of a meeting where it is a whole one (ISO)."""
    return meeting.date if meeting.date and _DAY.fullmatch(meeting.date) else None


def _recommendation(item: AgendaItem, decision: Decision) -> Recommendation:
    places = decision.evidence.places if decision.evidence else ()
    heading = (item.minute_number or item.number, item.title)
    return Recommendation(
        decision.text,
        ref=decision.ref,
        addressed_to=(decision.to,) if decision.to else (),
        section=" ".join(part for part in heading if part) or None,
        pages=tuple(dict.fromkeys(place.page for place in places)) or item.pages,
        evidence=decision.evidence,
    )
