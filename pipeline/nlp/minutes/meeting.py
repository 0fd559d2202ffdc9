"""When a meeting began and ended, where it was, and whether its minutes are a draft: from the head and the end of minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.dates import Anchor, find_dates
from pipeline.nlp.minutes.matching import compiled, first_match
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.passages import Passage

_TIME = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s*(am|pm|a\.m\.?|p\.m\.?|noon|hours|hrs)?", re.IGNORECASE)
_HELD = re.compile(r"\b(?:held|meeting|minutes|on)\b", re.IGNORECASE)


class Sitting(msgspec.Struct, frozen=True):
    """Times as HH:MM, the day as ISO, the place as printed; None where not printed."""

    date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    place: str | None = None
    status: str | None = None


def read_sitting(head: Sequence[Paragraph], after: Sequence[Paragraph], furniture: Sequence[str]) -> Sitting:
    """What the head of minutes, the paragraphs behind the last item and headers and footers tell of the sitting."""
    tops = [folded(p.text) for p in head]
    ends = [folded(p.text) for p in after]
    return Sitting(
        date=_day(head),
        start_time=_time(minute_words().start_time, tops),
        end_time=_time(minute_words().closed, ends) or _time(minute_words().end_time, tops),
        place=_place(tops),
        status=_status([*tops, *furniture]),
    )


def clock(said: str) -> str | None:
    """A printed time as HH:MM: "7.30pm" is 19:30; None for what is none."""
    match = _TIME.search(said)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower().replace(".", "")
    if not (match[2] or half):
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _time(patterns: Sequence[str], texts: Sequence[str]) -> str | None:
    for pattern in patterns:
        for text in texts:
            for match in compiled(pattern).finditer(text):
                if match["time"] and (time := clock(match["time"])):
                    return time
    return None


def _day(head: Sequence[Paragraph]) -> str | None:
    """The first whole day of the head, one in a sentence or title about the meeting before others."""
    days: list[tuple[int, str]] = []
    for paragraph in head:
        text = paragraph.text
        shown = Passage.plain(re.sub(r"[A-Z]{3,}", lambda m: m.group().capitalize(), text))
        for found in find_dates(shown, Anchor()):
            span = found.date
            if span.earliest and span.earliest == span.latest:
                days.append((0 if _HELD.search(text) else 1, span.earliest))
    return min(days, key=lambda d: d[0])[1] if days else None


def _place(texts: Sequence[str]) -> str | None:
    for pattern in minute_words().place:
        for text in texts:
            if match := re.search(pattern, text, re.IGNORECASE if pattern.startswith("^") else 0):
                return re.sub(r"^the (?=[A-Z])", "", match["place"].strip(" ,.-"))
    return None


def _status(texts: Sequence[str]) -> str | None:
    if any(first_match(minute_words().status.draft, text) for text in texts):
        return "draft"
    return "approved" if any(first_match(minute_words().status.approved, text) for text in texts) else None
