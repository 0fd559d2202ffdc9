"""Meetings, who was there, and agenda items in the JSON of `read`."""

from __future__ import annotations

import msgspec

from pipeline.output.values import EvidenceOut, evidence_out
from pipeline.records import AgendaItem, Meeting, MinuteAction, Paper, Vote


class MeetingOut(msgspec.Struct, frozen=True):
    """The meeting that minutes are of; times as HH:MM."""

    council: str | None
    committee: str | None
    date: str | None
    start_time: str | None
    end_time: str | None
    place: str | None
    status: str | None
    language: str


class AttendanceOut(msgspec.Struct, frozen=True):
    """Someone named at the head of minutes, in the role that the heading gives."""

    name: str
    role: str
    note: str
    evidence: EvidenceOut | None


class ActionOut(msgspec.Struct, frozen=True):
    """An action that a meeting set, with the owner and the due date as printed."""

    text: str
    owner: str | None
    due: str | None
    certainty: str
    evidence: EvidenceOut | None


class VoteOut(msgspec.Struct, frozen=True, rename={"for_": "for"}):
    """A vote: how many for, against and abstaining where printed, and who where named."""

    motion: str
    result: str
    for_: int | None
    against: int | None
    abstain: int | None
    names: dict[str, list[str]]
    proposer: str | None
    seconder: str | None
    evidence: EvidenceOut | None


class DecisionOut(msgspec.Struct, frozen=True):
    """One part of a decision with where it is printed; kind: resolution, recommendation, agreement."""

    kind: str
    text: str
    ref: str | None
    to: str | None
    evidence: EvidenceOut | None


class MotionOut(msgspec.Struct, frozen=True):
    """A motion or an amendment with its movers, and its result where that is printed."""

    kind: str
    text: str
    proposer: str | None
    seconder: str | None
    result: str | None
    evidence: EvidenceOut | None


class DeclarationOut(msgspec.Struct, frozen=True):
    """An interest that somebody declared."""

    name: str
    text: str
    evidence: EvidenceOut | None


class ItemOut(msgspec.Struct, frozen=True):
    """An item of the agenda with what was decided under it."""

    number: str | None
    title: str | None
    minute_number: str | None
    resolutions: tuple[str, ...]
    recommendations: tuple[str, ...]
    actions: tuple[ActionOut, ...]
    votes: tuple[VoteOut, ...]
    pages: tuple[int, ...]
    evidence: EvidenceOut | None
    agenda_item: str | None
    decisions: tuple[DecisionOut, ...]
    motions: tuple[MotionOut, ...]
    declarations: tuple[DeclarationOut, ...]


def meeting_out(meeting: Meeting | None) -> MeetingOut | None:
    """The same meeting, written out."""
    if meeting is None:
        return None
    return MeetingOut(
        council=meeting.council,
        committee=meeting.committee,
        date=meeting.date,
        start_time=meeting.start_time,
        end_time=meeting.end_time,
        place=meeting.place,
        status=meeting.status,
        language=meeting.language,
    )


def attendance_out(paper: Paper) -> tuple[AttendanceOut, ...]:
    """Everyone named at the head of the minutes."""
    return tuple(AttendanceOut(a.name, a.role, a.note, evidence_out(a.evidence)) for a in paper.attendance)


def names_of(paper: Paper, *roles: str) -> tuple[str, ...]:
    """The names in one of `roles`, in printed order."""
    return tuple(a.name for a in paper.attendance if a.role in roles)


def item_out(item: AgendaItem) -> ItemOut:
    """The same item, written out."""
    return ItemOut(
        number=item.number,
        title=item.title,
        minute_number=item.minute_number,
        resolutions=item.resolutions,
        recommendations=item.recommendations,
        actions=tuple(_action(action) for action in item.actions),
        votes=tuple(_vote(vote) for vote in item.votes),
        pages=item.pages,
        evidence=evidence_out(item.evidence),
        agenda_item=item.agenda_item,
        decisions=tuple(
            DecisionOut(d.kind, d.text, d.ref, d.to, evidence_out(d.evidence)) for d in item.decisions
        ),
        motions=tuple(
            MotionOut(m.kind, m.text, m.proposer, m.seconder, m.result, evidence_out(m.evidence))
            for m in item.motions
        ),
        declarations=tuple(
            DeclarationOut(d.name, d.text, evidence_out(d.evidence)) for d in item.declarations
        ),
    )


def _action(action: MinuteAction) -> ActionOut:
    return ActionOut(action.text, action.owner, action.due, action.certainty, evidence_out(action.evidence))


def _vote(vote: Vote) -> VoteOut:
    return VoteOut(
        motion=vote.motion,
        result=vote.result,
        for_=vote.for_,
        against=vote.against,
        abstain=vote.abstain,
        names=vote.names,
        proposer=vote.proposer,
        seconder=vote.seconder,
        evidence=evidence_out(vote.evidence),
    )
