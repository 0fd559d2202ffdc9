"""Recommendations as one paper shows them, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from extract.shapes import Problem
from models import tables
from pipeline.keys import identity, recommendation_keys, reference_key
from pipeline.load.advice import advice_of, minutes_among
from pipeline.load.mentions import add_mentions
from pipeline.load.parts import Shelf
from pipeline.load.places import Places
from pipeline.load.sheet import Sheet, whole
from pipeline.load.summary import Due, due_of, owners_of
from pipeline.records import Evidence, Meeting, Rag, Recommendation, Stated


class Sight(msgspec.Struct, frozen=True):
    """A recommendation with the ids of what it is a sight of, and what its cross-references can lead to."""

    one: Recommendation
    shelf: Shelf
    observation_id: str
    recommendation_id: str
    position: int
    by_reference: dict[str, str]


def add_recommendations(sheet: Sheet, places: Places, shelves: Sequence[Shelf]) -> None:
    """Rows for all recommendations of a file and all that is said of them."""
    for sight in (*_sights(sheet, places, shelves), *_sights_of_minutes(sheet, places, shelves)):
        _add_observation(sheet, sight)
        _add_text_evidence(sheet, places, sight)
        _add_segments(sheet, places, sight)
        _add_owners(sheet, places, sight)
        _add_deadlines(sheet, places, sight)
        _add_statuses(sheet, places, sight)
        add_mentions(sheet, places, sight.one, sight.observation_id, sight.by_reference)


def _sights(sheet: Sheet, places: Places, shelves: Sequence[Shelf]) -> list[Sight]:
    """Every recommendation of the file with its ids, the recommendations themselves added to the sheet."""
    reading = places.reading
    by_part: dict[int, list[tuple[int, Recommendation]]] = {}
    for position, one in enumerate(reading.paper.recommendations, 1):
        if not 0 <= one.paper < len(shelves):
            message = (
                f"The record names paper {one.paper}, the file has {len(shelves)}: counted to the first."
            )
            places.problems.append(Problem("part_missing", message, words=one.ref or ""))
        by_part.setdefault(one.paper if 0 <= one.paper < len(shelves) else 0, []).append((position, one))
    sights = []
    for part, numbered in sorted(by_part.items()):
        sights += _sights_of(sheet, places, shelves[part], numbered)
    return sights


def _sights_of_minutes(sheet: Sheet, places: Places, shelves: Sequence[Shelf]) -> list[Sight]:
    """What a meeting recommended to others, counted on behind the recommendations of the file's tables."""
    paper = places.reading.paper
    advice = advice_of(paper)
    if not advice:
        return []
    shelf = shelves[minutes_among([shelf.part for shelf in shelves])]
    review_id = places.meeting_review(shelf.council_id, shelf.part, paper.meeting or Meeting())
    numbered = list(enumerate(advice, len(paper.recommendations) + 1))
    return _sights_of(sheet, places, msgspec.structs.replace(shelf, review_id=review_id), numbered)


def _sights_of(
    sheet: Sheet, places: Places, shelf: Shelf, numbered: Sequence[tuple[int, Recommendation]]
) -> list[Sight]:
    """The sights of one paper's recommendations, each with its place in the document."""
    ids = _identities(sheet, places, shelf, [one for _, one in numbered])
    targets = _targets(numbered, ids)
    sights = []
    for (position, one), recommendation_id in zip(numbered, ids, strict=True):
        observation_id = f"{places.reading.extraction_id}.r{position}"
        sights.append(Sight(one, shelf, observation_id, recommendation_id, position, targets))
    return sights


def _identities(sheet: Sheet, places: Places, shelf: Shelf, seen: Sequence[Recommendation]) -> list[str]:
    """The ids of one paper's recommendations, their rows added to the sheet."""
    assert shelf.review_id
    ids = []
    for key in recommendation_keys(places.reading.document_id, seen):
        recommendation_id = identity("recommendation", shelf.review_id, key)
        sheet.add(tables.Recommendation, id=recommendation_id, review_id=shelf.review_id, key=key)
        ids.append(recommendation_id)
    return ids


def _targets(numbered: Sequence[tuple[int, Recommendation]], ids: Sequence[str]) -> dict[str, str]:
    """What a reference leads to, left out where several recommendations of the paper share it."""
    references = [reference_key(one.ref, one.number) for _, one in numbered]
    times = Counter(references)
    return {ref: id_ for ref, id_ in zip(references, ids, strict=True) if ref and times[ref] == 1}


def _add_observation(sheet: Sheet, sight: Sight) -> None:
    one, due = sight.one, due_of(sight.one.deadlines)
    sheet.add(
        tables.Observation,
        id=sight.observation_id,
        recommendation_id=sight.recommendation_id,
        extraction_id=sight.observation_id.partition(".")[0],
        part_id=sight.shelf.part_id,
        position=sight.position,
        kind=one.kind,
        ref=one.ref,
        number=whole(one.number),
        title=one.title,
        text=one.text,
        section=one.section,
        priority=one.priority,
        first_page=min(one.pages, default=None),
        certainty=one.certainty,
        decision=one.decision.value if one.decision else None,
        progress=one.status.value if one.status else None,
        rag=(one.rag.value or one.rag.label) if one.rag else None,
        owners=owners_of(one.owners),
        is_latest=0,
        **_due_columns(due),
    )


def _due_columns(due: Due) -> dict[str, str | None]:
    return {"due_words": due.words, "due_earliest": due.earliest, "due_latest": due.latest}


def _add_text_evidence(sheet: Sheet, places: Places, sight: Sight) -> None:
    one = sight.one
    sheet.evidence(places.reading, (tables.Observation, sight.observation_id, "text"), one.evidence)
    if not (one.evidence and one.evidence.places):
        _add_bare_pages(sheet, places, sight)
        message = "No place on a page is known for this recommendation."
        page = min(one.pages, default=None)
        places.problems.append(Problem("no_evidence", message, page=page, words=one.ref or one.text[:80]))
    for heading, text in sorted(one.fields.items()):
        sheet.add(tables.PrintedField, observation_id=sight.observation_id, heading=heading, text=text)
        column = (tables.PrintedField, sight.observation_id, f"column: {heading}")
        sheet.evidence(places.reading, column, None, one.evidence)


def _add_bare_pages(sheet: Sheet, places: Places, sight: Sight) -> None:
    for position, page in enumerate(sight.one.pages, 1):
        sheet.add(
            tables.Evidence,
            subject_id=sight.observation_id,
            field="text",
            position=position,
            subject="observations",
            extraction_id=places.reading.extraction_id,
            document_id=places.reading.document_id,
            page=page,
            words="",
            is_exact=0,
        )


def _add_segments(sheet: Sheet, places: Places, sight: Sight) -> None:
    for position, segment in enumerate(sight.one.segments, 1):
        row_id = f"{sight.observation_id}.s{position}"
        date = segment.date
        sheet.add(
            tables.Segment,
            id=row_id,
            observation_id=sight.observation_id,
            position=position,
            kind=segment.kind,
            text=segment.text,
            marker=segment.marker,
            date_words=date.words if date else None,
            date_edtf=date.edtf if date else None,
            earliest=date.earliest if date else None,
            latest=date.latest if date else None,
            inferred_from=date.inferred_from if date else None,
            certainty=segment.certainty,
        )
        subject = (tables.Segment, row_id, "text")
        sheet.evidence(places.reading, subject, segment.evidence, sight.one.evidence)


def _add_owners(sheet: Sheet, places: Places, sight: Sight) -> None:
    for position, owner in enumerate(sight.one.owners, 1):
        row_id = f"{sight.observation_id}.o{position}"
        sheet.add(
            tables.Assignment,
            id=row_id,
            observation_id=sight.observation_id,
            party_id=places.party(sight.shelf.council_id, owner.name, owner.printed, owner.kind),
            position=position,
            role=owner.role,
            printed=owner.printed,
            post=owner.post,
            on_behalf_of=owner.on_behalf_of,
            certainty=owner.certainty,
        )
        subject = (tables.Assignment, row_id, "printed")
        sheet.evidence(places.reading, subject, owner.evidence, sight.one.evidence)


def _add_deadlines(sheet: Sheet, places: Places, sight: Sight) -> None:
    for position, deadline in enumerate(sight.one.deadlines, 1):
        row_id = f"{sight.observation_id}.d{position}"
        sheet.add(
            tables.Deadline,
            id=row_id,
            observation_id=sight.observation_id,
            position=position,
            words=deadline.words,
            kind=deadline.kind,
            role=deadline.role,
            edtf=deadline.edtf,
            earliest=deadline.earliest,
            latest=deadline.latest,
            recurrence=deadline.recurrence,
            inferred_from=deadline.inferred_from,
            certainty=deadline.certainty,
        )
        subject = (tables.Deadline, row_id, "words")
        sheet.evidence(places.reading, subject, deadline.evidence, sight.one.evidence)


def _add_statuses(sheet: Sheet, places: Places, sight: Sight) -> None:
    one = sight.one
    for kind, stated in (("decision", one.decision), ("progress", one.status)):
        if stated:
            _add_stated(sheet, sight, kind, stated)
            _status_evidence(sheet, places, sight, kind, stated.evidence)
    if one.rag:
        _add_rag(sheet, sight, one.rag)
        _status_evidence(sheet, places, sight, "rag", one.rag.evidence)


def _add_stated(sheet: Sheet, sight: Sight, kind: str, stated: Stated) -> None:
    sheet.add(
        tables.Status,
        id=f"{sight.observation_id}.{kind}1",
        observation_id=sight.observation_id,
        kind=kind,
        position=1,
        value=stated.value,
        words=stated.words,
        said_by=stated.by,
        scheme="",
        source="word",
        certainty=stated.certainty,
    )


def _add_rag(sheet: Sheet, sight: Sight, rag: Rag) -> None:
    sheet.add(
        tables.Status,
        id=f"{sight.observation_id}.rag1",
        observation_id=sight.observation_id,
        kind="rag",
        position=1,
        value=rag.value,
        words=rag.label,
        said_by="",
        colour=rag.colour,
        scheme=rag.scheme,
        source=rag.source,
        certainty="certain",
    )


def _status_evidence(
    sheet: Sheet, places: Places, sight: Sight, kind: str, evidence: Evidence | None
) -> None:
    subject = (tables.Status, f"{sight.observation_id}.{kind}1", "words")
    sheet.evidence(places.reading, subject, evidence, sight.one.evidence)
