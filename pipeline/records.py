"""What was understood of a paper: records without ids, each value with its evidence. No PDF, no database.

Pages count from 1 and boxes are points from the page's top left, as in `extract.shapes`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from extract.shapes import Box, Place, Problem

Certainty = Literal["certain", "likely", "unsure"]
_SUREST_LAST: tuple[Certainty, ...] = ("unsure", "likely", "certain")


def less_sure(a: Certainty, b: Certainty) -> Certainty:
    """The lesser of two certainties: what rests on both is no surer than either."""
    return min(a, b, key=_SUREST_LAST.index)


class Evidence(msgspec.Struct, frozen=True):
    """Where a value was read: the boxes and the words as printed there."""

    places: tuple[Place, ...]
    words: str = ""


class DateSpan(msgspec.Struct, frozen=True):
    """Days from `earliest` to `latest` (ISO, both included; None is open), the EDTF form, and the printed words.

    `inferred_from` says what a year was taken from where it is not printed ("paper date 2015-11-03"), else "".
    """

    words: str
    edtf: str
    earliest: str | None
    latest: str | None
    inferred_from: str = ""
    deadline: bool = False  # "by June": the end counts, the start is open


class Deadline(msgspec.Struct, frozen=True):
    """When something is due, as printed and as days.

    kind: date (within one month), period, recurring, relative, ongoing, none.
    recurrence: annual, quarterly, monthly, termly, ... where kind is recurring.
    """

    words: str
    kind: Literal["date", "period", "recurring", "relative", "ongoing", "none"]
    role: Literal["target", "revised", "actual"] = "target"
    edtf: str = ""
    earliest: str | None = None
    latest: str | None = None
    recurrence: str | None = None
    inferred_from: str = ""
    certainty: Certainty = "certain"
    evidence: Evidence | None = None


class Owner(msgspec.Struct, frozen=True):
    """Who is to act. `name` is normalised, `printed` as in the paper.

    kind: person, post, team, body, member, partnership, group, unknown. role: lead, support, member (cabinet).
    """

    name: str
    printed: str
    kind: str = "unknown"
    role: str = "lead"
    post: str | None = None  # the post of a named person, where both are printed
    on_behalf_of: str | None = None
    certainty: Certainty = "certain"
    evidence: Evidence | None = None


class Entity(msgspec.Struct, frozen=True):
    """A person or body said in the text; `acting` where it does, did or will do something."""

    name: str
    printed: str
    kind: str
    acting: bool = True


class Segment(msgspec.Struct, frozen=True):
    """A part of a response, action or update, in printed order, without its marker.

    kind: response, action, update, outcome, comment.
    """

    kind: str
    text: str
    marker: str = ""
    date: DateSpan | None = None
    evidence: Evidence | None = None
    certainty: Certainty = "certain"


class Stated(msgspec.Struct, frozen=True):
    """A decision or a progress, only where the paper states it: the known word and the words as printed.

    `by` tells what an officer reports from what a committee or the executive says.
    """

    value: str
    words: str
    by: Literal["officer", "committee", "executive", ""] = ""
    certainty: Certainty = "certain"
    evidence: Evidence | None = None


class Rag(msgspec.Struct, frozen=True):
    """A red-amber-green rating. `value` is red, amber, green, complete or None (a colour without a meaning)."""

    value: str | None
    label: str  # as printed or drawn: "Amber", "#ffc000"
    colour: str | None = None
    scheme: str = ""  # RAG, BRAG, 1-4, per cent, ...
    source: Literal["word", "fill", "circle", "picture"] = "word"
    evidence: Evidence | None = None


class CrossReference(msgspec.Struct, frozen=True):
    """A mention of another recommendation: 'see recommendation 3'."""

    ref: str
    words: str


class Recommendation(msgspec.Struct, frozen=True):
    """One recommendation (or action of a log) as one paper shows it: an observation."""

    text: str
    number: int | None = None
    ref: str | None = None  # as printed, without the title
    title: str | None = None
    kind: Literal["recommendation", "action"] = "recommendation"
    paper: int = 0  # index in Paper.papers
    paragraph_refs: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    decision: Stated | None = None
    status: Stated | None = None
    rag: Rag | None = None
    priority: str | None = None
    segments: tuple[Segment, ...] = ()
    owners: tuple[Owner, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    dates: tuple[DateSpan, ...] = ()
    entities: tuple[Entity, ...] = ()
    cross_references: tuple[CrossReference, ...] = ()
    section: str | None = None
    fields: dict[str, str] = {}  # printed columns that have no field of their own
    pages: tuple[int, ...] = ()
    evidence: Evidence | None = None
    certainty: Certainty = "certain"


class OfficerName(msgspec.Struct, frozen=True):
    """A person of a title block, with whom they speak for."""

    name: str
    on_behalf_of: str | None = None


class OtherDate(msgspec.Struct, frozen=True):
    """A date of the title block that is not the paper's own, with what it is."""

    what: str
    date: DateSpan


class Metadata(msgspec.Struct, frozen=True):
    """What the paper says of itself."""

    title: str | None = None
    subtitle: str | None = None
    council: str | None = None
    committee: str | None = None
    review: str | None = None  # the subject of the review or inquiry
    date: DateSpan | None = None
    stage: str | None = None  # "6 months on"
    lead_officers: tuple[OfficerName, ...] = ()
    cabinet_member: str | None = None
    other_dates: tuple[OtherDate, ...] = ()
    rag_key: dict[str, str] = {}
    evidence: dict[str, Evidence] = {}


class Part(msgspec.Struct, frozen=True):
    """One paper inside a file (a pack holds several)."""

    kind: str
    reason: str
    pages: tuple[int, ...]
    title: str | None = None
    metadata: Metadata = Metadata()


class Vote(msgspec.Struct, frozen=True):
    motion: str
    result: str
    for_: int | None = msgspec.field(default=None, name="for")
    against: int | None = None
    abstain: int | None = None
    names: dict[str, list[str]] = {}
    proposer: str | None = None
    seconder: str | None = None
    evidence: Evidence | None = None


class MinuteAction(msgspec.Struct, frozen=True):
    """Something minutes ask somebody to do; `due` is printed, `deadlines` are the days that it means."""

    text: str
    owner: str | None = None
    due: str | None = None
    certainty: Certainty = "certain"
    evidence: Evidence | None = None
    deadlines: tuple[Deadline, ...] = ()


class Decision(msgspec.Struct, frozen=True):
    """One part of what a meeting decided, as printed, without the word of decision and the part's number.

    An agreement is told in running text beside formal decisions ("it was agreed that …") and is not among the item's
    resolutions. `lead` is what stands before the parts ("Cabinet:"), `to` the body that a recommendation goes to.
    """

    kind: Literal["resolution", "recommendation", "agreement"]
    text: str
    ref: str | None = None
    lead: str = ""
    to: str | None = None
    evidence: Evidence | None = None


class Motion(msgspec.Struct, frozen=True):
    """What was proposed, by whom, and what became of it where that is printed."""

    kind: Literal["motion", "amendment"]
    text: str
    proposer: str | None = None
    seconder: str | None = None
    result: str | None = None
    evidence: Evidence | None = None


class Declaration(msgspec.Struct, frozen=True):
    """An interest that somebody declared, in the words of the minutes."""

    name: str
    text: str
    evidence: Evidence | None = None


class AgendaItem(msgspec.Struct, frozen=True):
    """An item of the agenda. `number` stands before the title; `agenda_item` is the agenda's, where printed apart.

    `resolutions` and `recommendations` are the texts of `decisions` of that kind.
    """

    number: str | None
    title: str | None
    minute_number: str | None = None
    resolutions: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    actions: tuple[MinuteAction, ...] = ()
    votes: tuple[Vote, ...] = ()
    pages: tuple[int, ...] = ()
    evidence: Evidence | None = None
    agenda_item: str | None = None
    decisions: tuple[Decision, ...] = ()
    motions: tuple[Motion, ...] = ()
    declarations: tuple[Declaration, ...] = ()


class Attendance(msgspec.Struct, frozen=True):
    name: str
    role: Literal["present", "apologies", "substitute", "officer", "in_attendance"]
    note: str = ""
    evidence: Evidence | None = None


class Meeting(msgspec.Struct, frozen=True):
    council: str | None = None
    committee: str | None = None
    date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    place: str | None = None
    status: str | None = None  # draft, approved
    language: str = "en"


class Unassigned(msgspec.Struct, frozen=True):
    """Words of a table that are in no field, with the reason."""

    words: str
    reason: str
    page: int
    box: Box


class Coverage(msgspec.Struct, frozen=True):
    """How many words the tracker tables hold and where they went (law 1): words = assigned + unassigned."""

    words: int = 0
    assigned: int = 0
    unassigned: int = 0
    tables: int = 0
    tables_read: int = 0
    pages: int = 0


class Paper(msgspec.Struct, frozen=True):
    """Everything understood of one file."""

    file: str
    sha256: str
    kind: str
    kind_reason: str
    reader: str
    metadata: Metadata = Metadata()
    papers: tuple[Part, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    meeting: Meeting | None = None
    attendance: tuple[Attendance, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    coverage: Coverage = Coverage()
    page_count: int = 0
