"""What is had of each committee and month: listed, fetched, read, none found; and which meetings have no minutes yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from dateutil.parser import ParserError
from dateutil.parser import parse as parse_day

from pipeline.load.known import Known
from pipeline.nightly.values import CoverageLine
from pipeline.sources.ledger import Entry, MeetingEntry
from pipeline.sources.moderngov.listing import titled

_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)? (?:[A-Z][a-z]+) \d{4}\b")
_TALLIES = ("meetings", "cancelled", "listed", "restricted", "left_aside", "fetched", "read", "none_found",
            "not_read", "not_fetched")  # fmt: skip


def coverage(
    council: str, meetings: Sequence[MeetingEntry], known: Mapping[str, Known], today: dt.date
) -> list[CoverageLine]:
    """A line for each committee and month of `meetings`, in order."""
    awaited = _without_minutes(meetings, today)
    lines: dict[tuple[str, str], CoverageLine] = {}
    for meeting in sorted(meetings, key=lambda one: (one.committee, one.date, one.meeting_id)):
        line = _line(council, meeting, known)
        if meeting.meeting_id in awaited:
            line = msgspec.structs.replace(line, awaited=(meeting.date,))
        key = (line.committee, line.month)
        lines[key] = _together(lines[key], line) if key in lines else line
    return list(lines.values())


def _line(council: str, meeting: MeetingEntry, known: Mapping[str, Known]) -> CoverageLine:
    listed = [paper for paper in meeting.papers if paper.listed]
    public = [paper for paper in listed if not paper.restricted]
    ends = [known[sha256].outcome for paper in public if (sha256 := paper.sha256) and sha256 in known]
    return CoverageLine(
        council,
        meeting.committee,
        f"{meeting.date:%Y-%m}",
        meetings=int(not meeting.gone),
        cancelled=int(meeting.cancelled),
        listed=len(listed),
        restricted=len(listed) - len(public),
        left_aside=meeting.left_aside,
        fetched=sum(paper.sha256 is not None for paper in public),
        read=ends.count("read"),
        none_found=ends.count("read_none_found"),
        not_read=ends.count("not_read"),
        not_fetched=sum(paper.sha256 is None for paper in public),
    )


def _together(one: CoverageLine, other: CoverageLine) -> CoverageLine:
    sums = {name: getattr(one, name) + getattr(other, name) for name in _TALLIES}
    return msgspec.structs.replace(one, awaited=one.awaited + other.awaited, **sums)


def _without_minutes(meetings: Sequence[MeetingEntry], today: dt.date) -> set[int]:
    """Meetings that are over and of which no minutes are listed, neither their own nor a later meeting's."""
    in_order = sorted(meetings, key=lambda one: (one.date, one.meeting_id))
    held = [one for one in in_order if one.date < today and not one.cancelled and not one.gone]
    found = set[int]()
    for meeting in meetings:
        earlier = [
            one for one in held if one.committee_id == meeting.committee_id and one.date < meeting.date
        ]
        for paper in _minutes_of(meeting.papers):
            if paper.kind != "attachment":
                found.add(meeting.meeting_id)
                continue
            days = _days_in(f"{paper.title} {paper.item}")
            # Without a day, the minutes at a meeting's item are those of the meeting before.
            before = [one.meeting_id for one in earlier if one.date in days] or [
                one.meeting_id for one in earlier[-1:] if not days
            ]
            found |= {*before, *([meeting.meeting_id] if meeting.date in days else [])}
    return {meeting.meeting_id for meeting in held} - found


def _minutes_of(papers: Iterable[Entry]) -> list[Entry]:
    return [
        paper
        for paper in papers
        if paper.listed
        and (paper.kind in ("HTML minutes", "printed minutes") or titled(paper.title, "minutes"))
    ]


def _days_in(words: str) -> set[dt.date]:
    days = set[dt.date]()
    for printed in _DAY.findall(words):
        try:
            days.add(parse_day(printed, dayfirst=True).date())
        except (ParserError, OverflowError):
            continue  # a day that is not in the calendar names no meeting
    return days
