"""Recommendations in the JSON of `read`."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pipeline.nlp.deadlines import main_timeline
from pipeline.output.values import (
    DateOut,
    EvidenceOut,
    Span,
    StatedOut,
    date_out,
    evidence_out,
    span_of,
    stated_out,
)
from pipeline.records import Deadline, Paper, Rag, Recommendation, Segment


class SegmentOut(msgspec.Struct, frozen=True):
    """A part of a response, action, update, outcome or comment, in printed order, without its marker."""

    kind: str
    text: str
    marker: str
    date: DateOut | None
    certainty: str
    evidence: EvidenceOut | None


class OwnerOut(msgspec.Struct, frozen=True):
    """Who is to act: the normalised name and the words as printed."""

    name: str
    printed: str
    kind: str
    role: str
    post: str | None
    on_behalf_of: str | None
    certainty: str
    evidence: EvidenceOut | None


class TimelineOut(msgspec.Struct, frozen=True):
    """The deadline that counts: date, period, recurring, relative, ongoing or none."""

    kind: str
    start: str | None
    end: str | None
    recurrence: str | None
    words: str
    edtf: str
    inferred_from: str
    certainty: str
    evidence: EvidenceOut | None


class DeadlineOut(msgspec.Struct, frozen=True):
    """Every deadline printed, with its role: target, revised or actual."""

    role: str
    kind: str
    start: str | None
    end: str | None
    recurrence: str | None
    words: str
    edtf: str
    inferred_from: str
    certainty: str
    evidence: EvidenceOut | None


class RagOut(msgspec.Struct, frozen=True):
    """A rating as printed or drawn: its label, colour and scheme, and by what it is shown."""

    value: str | None
    label: str
    colour: str | None
    scheme: str
    source: str
    evidence: EvidenceOut | None


class EntityOut(msgspec.Struct, frozen=True):
    """A person or body named in the text; `acting` where it does, did or will do something."""

    name: str
    printed: str
    kind: str
    acting: bool


class CrossReferenceOut(msgspec.Struct, frozen=True):
    """A mention of another recommendation."""

    ref: str
    words: str


class RecommendationOut(msgspec.Struct, frozen=True):
    """One recommendation, or action of a log, as the paper shows it."""

    number: int | None
    ref: str | None
    label: str | None
    kind: str
    paper: int
    inquiry: str | None
    title: str | None
    text: str
    paragraph_refs: tuple[str, ...]
    addressed_to: tuple[str, ...]
    decision: str | None
    status: StatedOut | None
    rag: str | None
    priority: str | None
    segments: tuple[SegmentOut, ...]
    owners: tuple[str, ...]
    timeline: TimelineOut | None
    expected: Span | None
    revised: Span | None
    actual: Span | None
    dates: tuple[DateOut, ...]
    entities: tuple[str, ...]
    pages: tuple[int, ...]
    section: str | None
    certainty: str
    fields: dict[str, str]
    cross_references: tuple[CrossReferenceOut, ...]
    decision_details: StatedOut | None
    rag_details: RagOut | None
    owner_details: tuple[OwnerOut, ...]
    entity_details: tuple[EntityOut, ...]
    deadlines: tuple[DeadlineOut, ...]
    evidence: EvidenceOut | None


def recommendation_out(rec: Recommendation, paper: Paper) -> RecommendationOut:
    """A recommendation with what its paper says of itself."""
    return RecommendationOut(
        number=rec.number,
        ref=rec.ref,
        label=rec.ref,
        kind=rec.kind,
        paper=rec.paper,
        inquiry=_inquiry(rec, paper),
        title=rec.title,
        text=rec.text,
        paragraph_refs=rec.paragraph_refs,
        addressed_to=rec.addressed_to,
        decision=rec.decision.value if rec.decision else None,
        status=stated_out(rec.status),
        rag=_rating(rec.rag) if rec.rag else None,
        priority=rec.priority,
        segments=tuple(_segment(segment) for segment in rec.segments),
        owners=_names(owner.name for owner in rec.owners),
        timeline=_timeline(rec.deadlines),
        expected=span_of(rec.deadlines, "target"),
        revised=span_of(rec.deadlines, "revised"),
        actual=span_of(rec.deadlines, "actual"),
        dates=tuple(date_out(date) for date in rec.dates),
        entities=_names(entity.name for entity in rec.entities if entity.acting),
        pages=rec.pages,
        section=rec.section,
        certainty=rec.certainty,
        fields=rec.fields,
        cross_references=tuple(CrossReferenceOut(c.ref, c.words) for c in rec.cross_references),
        decision_details=stated_out(rec.decision),
        rag_details=_rag(rec.rag),
        owner_details=_owners(rec),
        entity_details=tuple(EntityOut(e.name, e.printed, e.kind, e.acting) for e in rec.entities),
        deadlines=tuple(_deadline(deadline) for deadline in rec.deadlines),
        evidence=evidence_out(rec.evidence),
    )


def _timeline(deadlines: tuple[Deadline, ...]) -> TimelineOut | None:
    main = main_timeline(deadlines)
    if main is None:
        return None
    return TimelineOut(
        kind=main.kind,
        start=main.earliest,
        end=main.latest,
        recurrence=main.recurrence,
        words=main.words,
        edtf=main.edtf,
        inferred_from=main.inferred_from,
        certainty=main.certainty,
        evidence=evidence_out(main.evidence),
    )


def _deadline(deadline: Deadline) -> DeadlineOut:
    return DeadlineOut(
        role=deadline.role,
        kind=deadline.kind,
        start=deadline.earliest,
        end=deadline.latest,
        recurrence=deadline.recurrence,
        words=deadline.words,
        edtf=deadline.edtf,
        inferred_from=deadline.inferred_from,
        certainty=deadline.certainty,
        evidence=evidence_out(deadline.evidence),
    )


def _segment(segment: Segment) -> SegmentOut:
    date = date_out(segment.date) if segment.date else None
    evidence = evidence_out(segment.evidence)
    return SegmentOut(segment.kind, segment.text, segment.marker, date, segment.certainty, evidence)


def _owners(rec: Recommendation) -> tuple[OwnerOut, ...]:
    return tuple(
        OwnerOut(
            name=owner.name,
            printed=owner.printed,
            kind=owner.kind,
            role=owner.role,
            post=owner.post,
            on_behalf_of=owner.on_behalf_of,
            certainty=owner.certainty,
            evidence=evidence_out(owner.evidence),
        )
        for owner in rec.owners
    )


def _rating(rag: Rag) -> str | None:
    """The rating, or "blue" as it is printed where the paper's key does not say what that stands for."""
    return rag.value or ("blue" if rag.colour == "blue" else None)


def _rag(rag: Rag | None) -> RagOut | None:
    if rag is None:
        return None
    return RagOut(rag.value, rag.label, rag.colour, rag.scheme, rag.source, evidence_out(rag.evidence))


def _inquiry(rec: Recommendation, paper: Paper) -> str | None:
    """The subject of the review that the recommendation's own paper is about, else the main paper's."""
    part = paper.papers[rec.paper] if rec.paper < len(paper.papers) else None
    return (part.metadata.review if part else None) or paper.metadata.review


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
