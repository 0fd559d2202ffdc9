"""The values that were understood, where each of them is printed on the page."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.inspect.marks import (
    DEADLINE,
    FRONT,
    PARTY,
    RECOMMENDATION,
    SEGMENT,
    STATED,
    Layer,
    Mark,
    Note,
)
from pipeline.records import Evidence, Paper, Recommendation

_LONGEST_TEXT = 70  # letters of a recommendation's text that are shown


def value_marks(paper: Paper, number: int) -> Iterator[Mark]:
    """A mark for each place on page `number` at which a value is printed."""
    for layer, evidence, tag in _values(paper):
        if evidence is not None:
            yield from (
                Mark(layer, place.box, tag, "end") for place in evidence.places if place.page == number
            )


def value_notes(paper: Paper, number: int) -> Iterator[Note]:
    """What each recommendation of the page came to."""
    for rec in paper.recommendations:
        if number in rec.pages:
            name = rec.ref or (str(rec.number) if rec.number is not None else "without a reference")
            yield Note(f"{rec.kind} {name}: {rec.text[:_LONGEST_TEXT]}", RECOMMENDATION)
            yield from (Note(f"    {said}", layer) for layer, said in _standing(rec))


def _values(paper: Paper) -> Iterator[tuple[Layer, Evidence | None, str]]:
    yield from ((FRONT, evidence, name) for name, evidence in paper.metadata.evidence.items())
    for rec in paper.recommendations:
        yield RECOMMENDATION, rec.evidence, ""
        yield from ((SEGMENT, segment.evidence, segment.kind) for segment in rec.segments)
        yield from ((PARTY, owner.evidence, "") for owner in rec.owners)
        yield from ((DEADLINE, deadline.evidence, "") for deadline in rec.deadlines)
        yield from ((STATED, one.evidence, "") for one in (rec.decision, rec.status, rec.rag) if one)


def _standing(rec: Recommendation) -> Iterator[tuple[Layer, str]]:
    """What is known of a recommendation beside its text, with the words that are less than certain marked."""
    if rec.owners:
        yield PARTY, "owners: " + "; ".join(o.name + _doubt(o.certainty) for o in rec.owners)
    for deadline in rec.deadlines:
        day = deadline.edtf or deadline.recurrence or deadline.kind
        year = f", year from {deadline.inferred_from}" if deadline.inferred_from else ""
        yield DEADLINE, f"{deadline.role}: {day}{year}{_doubt(deadline.certainty)}"
    if rec.decision:
        yield STATED, f"decision: {rec.decision.value}{_doubt(rec.decision.certainty)}"
    if rec.status:
        yield STATED, f"progress: {rec.status.value}{_doubt(rec.status.certainty)}"
    if rec.rag:
        yield STATED, f"rating: {rec.rag.value or 'no meaning'} ({rec.rag.label}, by {rec.rag.source})"


def _doubt(certainty: str) -> str:
    return "" if certainty == "certain" else f" ({certainty})"
