"""Who is to act and by when: the owners and deadlines of columns, and of actions that say nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from extract.shapes import Problem
from pipeline.headings import Column
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.deadlines import read_deadlines
from pipeline.nlp.names import lexicon
from pipeline.nlp.owners import read_owners
from pipeline.nlp.patterns import MONTH
from pipeline.nlp.people import is_task, says_only
from pipeline.passages import Passage
from pipeline.records import Deadline, Owner, Segment, less_sure
from pipeline.understanding.cells import OF_DAYS, Setting
from pipeline.understanding.groups import Group, in_one
from pipeline.understanding.stated_values import names_parties

DEADLINE_ROLES: dict[str, Literal["target", "revised", "actual"]] = {
    "deadline": "target",
    "revised_deadline": "revised",
    "actual_date": "actual",
}
_REPORTS = frozenset({"update", "action_taken", "status", "rag"})
_RAISED = frozenset({"date", "meeting"})
_LONG_AGO = dt.timedelta(days=3 * 366)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GONE_BY = 100  # days before a report within which a deadline without a year has just gone by
_SENTENCES = re.compile(r"[a-z]{3,}\.\s+[A-Z]")  # more than one of them tells what was done
_LONGEST_TASK = 16  # words of a text that only says who and when
_MOSTLY_TIME = 0.6  # of a paragraph that says only when
_DATED = frozenset({"date", "period", "recurring"})
_OPENS_TIME = re.compile(
    rf"(?:when|once|until|till|before|after|by|from|upon|within|in time for|as soon as|(?:the )?(?:end|start) of|early|late|mid"
    rf"|spring|summer|autumn|winter|easter|christmas|{MONTH}|q[1-4]|20\d\d|every|each|twice|quarterly|monthly|annually|yearly|weekly"
    rf"|fortnightly|termly|daily|on-?going|tbc|immediate(?:ly)?|asap)\b"
    r"|\d{1,2}(?:st|nd|rd|th|[./-]\d|\s+[a-z])",
    re.IGNORECASE,
)
_ALL_TIME = 0.85  # of a text that says nothing else
# What parts who from when.
_STOP = re.compile(r"[,;]\s+|\s[-–—|]\s|\n|(?<=[a-z]{2})\.\s+(?=[A-Z])|\s\((?=[^()]*\)[\s.]*$)")
_LABELLED = re.compile(
    r"(?:target|deadline|due|date|timescale|by when)(?: date)?:?\s+(?!\w+ed\b)", re.IGNORECASE
)
_TIME = re.compile(
    rf"\d|\b(?:in place|on-?going|(?:bi-?)?annual|(?:year|quarter|month|week|fortnight|term|dai)ly|once|twice|{MONTH}|each|every|immediate|asap|as soon as|to be (?:confirmed|agreed|decided|set)|spring|summer|autumn|winter|tbc|none\b)",
    re.IGNORECASE,
)
_DUE_BEHIND = re.compile(
    r"(?P<last>[a-z]{3,}|\d)\.\s+(?=[^.]{0,40}\b(?:by|due|before|target|deadline|completion|completed?)\b[^.]*\d)",
    re.IGNORECASE,
)
WHO = {"owner": "lead", "member": "member", "support": "support"}


def read_parties(group: Group, columns: Sequence[tuple[int, Column]], setting: Setting) -> tuple[Owner, ...]:
    """The owners of all columns that name some, one a party; the column tells leads from members and support."""
    out: dict[str, Owner] = {}
    for at, column in columns:
        role = next((WHO[field] for field in column.fields if field in WHO), None)
        if role is None:
            continue
        timed = not OF_DAYS.isdisjoint(column.fields)
        for passage in (in_one(group.passages(at)),) if timed else group.passages(at):
            parted = _who_or_when if timed else _when_behind
            named = parted(passage, setting.anchor)[0]
            for owner in read_owners(named, setting.defined):
                own = role if owner.role == "lead" else owner.role
                made_to = "likely" if column.field == "addressed_to" else column.certainty
                sure = less_sure(owner.certainty, made_to)
                out.setdefault(owner.name.lower(), msgspec.structs.replace(owner, role=own, certainty=sure))
    return tuple(out.values())


def _who_or_when(cell: Passage, anchor: Anchor) -> tuple[Passage, Passage]:
    """A cell that says who is to act and when: the paragraphs that say who, and those that say no more than when.

    Where no paragraph says but one of the two, the whole cell says both.
    """
    who, when = list[Passage](), list[Passage]()
    for one in cell.paragraphs():
        said = sum(len(due.words) for due in read_deadlines(one, anchor).values if due.kind != "none")
        (when if said >= _MOSTLY_TIME * len(one.text) else who).append(one)
    if who and when:
        return Passage.joined(who), Passage.joined(when)
    return _time_behind(cell, anchor) or _time_below(cell, anchor) or (cell, cell)


def _time_behind(cell: Passage, anchor: Anchor) -> tuple[Passage, Passage] | None:
    """The owners of a cell and the time behind a sign that parts them: "Head of Parks, by the end of May"; None where it has none."""
    if not _TIME.search(cell.text):
        return None
    for stop in _STOP.finditer(cell.text):
        if cell.text[: stop.start()].rpartition(" ")[2].lower() in lexicon().honorifics:
            continue  # "Cllr. Thorne, by May 2024"
        said = cell.text[stop.end() :].strip(" .)")
        labelled = _LABELLED.match(said)
        said = said[labelled.end() :] if labelled else said
        read = read_deadlines(Passage.plain(said), anchor)
        told = sum(len(due.words) for due in read.values)
        if told >= _ALL_TIME * len(said) and not any(
            one.code == "deadline-not-read" for one in read.problems
        ):
            before = cell.part(0, stop.start())
            return None if _says_when(before, anchor) else (before, cell.part(stop.end()))
    return None


def _time_below(cell: Passage, anchor: Anchor) -> tuple[Passage, Passage] | None:
    """The owners of a cell and the time that its last printed lines say; None where no line begins to say when."""
    for start in cell.line_starts[1:]:
        rest = cell.part(start)
        if not _OPENS_TIME.match(rest.text) or names_parties(rest.text):
            continue
        read = read_deadlines(rest, anchor).values
        whole = sum(len(due.words) for due in read) >= _ALL_TIME * len(rest.text)
        if whole or any(due.kind in _DATED for due in read):
            before = cell.part(0, start)
            return None if _says_when(before, anchor) else (before, rest)
    return None


def _says_when(cell: Passage, anchor: Anchor) -> bool:
    return any(due.kind != "none" for due in read_deadlines(cell, anchor).values)


def _when_behind(cell: Passage, anchor: Anchor) -> tuple[Passage, Passage]:
    """The owners of a cell, and what says behind them by when: "Head of Parks. To be completed by May"."""
    if parted := _time_behind(cell, anchor):
        return parted
    behind = _DUE_BEHIND.search(cell.text)
    if not behind or behind["last"].lower() in lexicon().honorifics:  # "Cllr. Thorne, by May 2024"
        return cell, Passage("")
    return cell.part(0, behind.end("last")), cell.part(behind.end())


def read_tasks(
    segments: Sequence[Segment], setting: Setting
) -> tuple[tuple[Segment, ...], tuple[Owner, ...], tuple[Deadline, ...]]:
    """Who and when, where all that an action says is that ("Action: Head of Parks, by May 2020"), and the other segments."""
    kept: list[Segment] = []
    owners: list[Owner] = []
    deadlines: list[Deadline] = []
    for segment in segments:
        told = who_and_when(segment.text, setting) if segment.kind == "action" else None
        if told is None:
            kept.append(segment)
            continue
        owners += [msgspec.structs.replace(owner, evidence=segment.evidence) for owner in told[0]]
        deadlines += [msgspec.structs.replace(due, evidence=segment.evidence) for due in told[1]]
    return tuple(kept), tuple(owners), tuple(deadlines)


def who_and_when(text: str, setting: Setting) -> tuple[tuple[Owner, ...], tuple[Deadline, ...]] | None:
    """The owners that a short text names and, behind a stop, when they are to act; None where it says anything else."""
    said = text.strip(" .")
    if len(said.split()) > _LONGEST_TASK or _SENTENCES.search(said) or is_task(said):
        return None
    for stop in (*_STOP.finditer(said), *re.finditer("$", said)):
        owners = read_owners(Passage.plain(said[: stop.start()]), setting.defined)
        sure = owners and all(owner.certainty != "unsure" and owner.kind != "unknown" for owner in owners)
        when = read_deadlines(Passage.plain(said[stop.end() :]), setting.anchor).values if stop[0] else ()
        timed = not stop[0] or any(due.kind != "none" for due in when)
        if sure and timed and says_only(owners, said[: stop.start()]):
            return owners, when
    return None


def read_due(
    group: Group, columns: Sequence[tuple[int, Column]], setting: Setting
) -> tuple[tuple[Deadline, ...], tuple[Problem, ...]]:
    """The deadlines of all columns that hold some, each in its role."""
    deadlines: list[Deadline] = []
    problems: list[Problem] = []
    reports = any(_REPORTS & set(column.fields) for _, column in columns)
    anchor = msgspec.structs.replace(setting.anchor, slack=_GONE_BY) if reports else setting.anchor
    for at, column in columns:
        role = next((DEADLINE_ROLES[field] for field in column.fields if field in DEADLINE_ROLES), None)
        of_owner = not WHO.keys().isdisjoint(column.fields)
        cell = in_one(group.passages(at))
        if of_owner and role:
            cell = _who_or_when(cell, anchor)[1]
        elif of_owner:
            cell = in_one([_when_behind(passage, anchor)[1] for passage in group.passages(at)])
        if not cell.text or not (role or of_owner):
            continue
        role = role or "target"
        raised = None if _YEAR.search(cell.text) else _raised(group, columns, setting.anchor)
        read = read_deadlines(cell, raised or anchor, role)
        deadlines += (
            msgspec.structs.replace(due, certainty=less_sure(due.certainty, column.certainty))
            for due in read.values
        )
        problems += read.problems
    return tuple(deadlines), tuple(problems)


def _raised(group: Group, columns: Sequence[tuple[int, Column]], paper: Anchor) -> Anchor | None:
    """The day on which a row of a log was raised, from which its deadline is reckoned; None where it gives none."""
    for at, column in columns:
        if column.field not in _RAISED or not (cell := in_one(group.passages(at))).text:
            continue
        days = [
            date
            for date in read_deadlines(cell, paper).values
            if date.earliest and date.earliest == date.latest
        ]
        if (
            len(days) == 1
            and paper.day
            and (day := dt.date.fromisoformat(days[0].earliest or "")) <= paper.day
        ):
            return Anchor(day, days[0].words, "date in its row") if day > paper.day - _LONG_AGO else None
    return None
