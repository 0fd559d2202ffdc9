"""The papers inside a document: their title blocks as rows."""

from __future__ import annotations

import msgspec

from extract.shapes import Problem
from models import tables
from pipeline.load.advice import advice_of, day_of, minutes_among
from pipeline.load.places import Places
from pipeline.load.sheet import Sheet
from pipeline.load.values import Reading
from pipeline.records import Meeting, Metadata, Paper, Part


class Shelf(msgspec.Struct, frozen=True):
    """One paper with the ids that its recommendations need."""

    part: Part
    part_id: str
    council_id: str
    review_id: str | None


def parts_of(paper: Paper) -> tuple[Part, ...]:
    """The papers of a file; the file itself where it does not list any. A lone one has the file's title block."""
    if not paper.papers:
        pages = tuple(range(1, paper.page_count + 1))
        return (Part(paper.kind, paper.kind_reason, pages, paper.metadata.title, paper.metadata),)
    if len(paper.papers) == 1 and paper.papers[0].metadata == Metadata():
        return (msgspec.structs.replace(paper.papers[0], metadata=paper.metadata),)
    return paper.papers


def add_parts(sheet: Sheet, places: Places) -> tuple[Shelf, ...]:
    """Rows for each paper of a file, in order."""
    reading = places.reading
    shelves = []
    for position, part in enumerate(parts_of(reading.paper), 1):
        shelf = _add_part(sheet, places, part, position)
        _add_people(sheet, places, shelf)
        _add_mentions(sheet, reading, shelf)
        for field, evidence in sorted(part.metadata.evidence.items()):
            sheet.evidence(reading, (tables.Part, shelf.part_id, field), evidence)
        shelves.append(shelf)
    return tuple(shelves)


def _add_part(sheet: Sheet, places: Places, part: Part, position: int) -> Shelf:
    reading, said = places.reading, part.metadata
    has_records = any(
        _part_number(reading.paper, one.paper) == position for one in reading.paper.recommendations
    )
    council_id = places.council(said.council or reading.paper.metadata.council or _meeting_council(reading))
    meeting = _meeting_of(reading.paper, position)
    committee_id = places.committee(council_id, said.committee or meeting.committee)
    review_id = None
    if has_records:
        review_id = places.review(part, position, council_id, committee_id)
        _doubt_of(places, part, council_id)
    elif meeting != Meeting() and advice_of(reading.paper):
        review_id = places.meeting_review(council_id, part, meeting)
    part_id = f"{reading.extraction_id}.p{position}"
    sheet.add(
        tables.Part,
        id=part_id,
        extraction_id=reading.extraction_id,
        document_id=reading.document_id,
        position=position,
        kind=part.kind,
        kind_reason=part.reason,
        first_page=min(part.pages, default=None),
        last_page=max(part.pages, default=None),
        title=part.title or said.title,
        subtitle=said.subtitle,
        council_id=council_id,
        committee_id=committee_id,
        review_id=review_id,
        subject=said.review,
        stage=said.stage,
        date_words=said.date.words if said.date else None,
        date_edtf=said.date.edtf if said.date else None,
        dated=(said.date.latest or said.date.earliest) if said.date else day_of(meeting),
    )
    return Shelf(part, part_id, council_id, review_id)


def _part_number(paper: Paper, index: int) -> int:
    """The position, from 1, of the part that a record names; the first where there is no such part."""
    return index + 1 if 0 <= index < len(parts_of(paper)) else 1


def _meeting_of(paper: Paper, position: int) -> Meeting:
    """The meeting that a part is the minutes of; an empty one for every other part."""
    mine = position == minutes_among(parts_of(paper)) + 1 and parts_of(paper)[position - 1].kind == "minutes"
    return (paper.meeting if mine else None) or Meeting()


def _meeting_council(reading: Reading) -> str | None:
    return reading.paper.meeting.council if reading.paper.meeting else None


def _doubt_of(places: Places, part: Part, council_id: str) -> None:
    if places.unknown(council_id):
        message = "The paper names no council and the settings give none."
        places.problems.append(Problem("council_not_printed", message, words=part.title or ""))
    if not part.metadata.date:
        message = "The paper prints no date: its place in the order of papers is unknown."
        places.problems.append(Problem("paper_not_dated", message, words=part.title or ""))


def _add_people(sheet: Sheet, places: Places, shelf: Shelf) -> None:
    """The lead officers and the cabinet member of a title block."""
    said = shelf.part.metadata
    people = [("lead_officer", officer.name, officer.on_behalf_of) for officer in said.lead_officers]
    people += [("cabinet_member", said.cabinet_member, None)] if said.cabinet_member else []
    for position, (role, name, on_behalf_of) in enumerate(people, 1):
        row_id = f"{shelf.part_id}.o{position}"
        sheet.add(
            tables.Assignment,
            id=row_id,
            part_id=shelf.part_id,
            party_id=places.party(shelf.council_id, name, name),
            position=position,
            role=role,
            printed=name,
            on_behalf_of=on_behalf_of,
            certainty="certain",
        )
        field = "lead_officers" if role == "lead_officer" else role
        sheet.evidence(places.reading, (tables.Assignment, row_id, "printed"), said.evidence.get(field))


def _add_mentions(sheet: Sheet, reading: Reading, shelf: Shelf) -> None:
    """The other dates of a title block and the key of its colours."""
    said = shelf.part.metadata
    for position, other in enumerate(said.other_dates, 1):
        row_id = f"{shelf.part_id}.other_date{position}"
        sheet.add(
            tables.Mention,
            id=row_id,
            part_id=shelf.part_id,
            kind="other_date",
            position=position,
            words=other.date.words,
            value=other.date.edtf,
            sort=other.what,
            is_deadline=int(other.date.deadline),
            earliest=other.date.earliest,
            latest=other.date.latest,
            inferred_from=other.date.inferred_from,
        )
        sheet.evidence(reading, (tables.Mention, row_id, "words"), said.evidence.get("other_dates"))
    for position, (label, meaning) in enumerate(sorted(said.rag_key.items()), 1):
        row_id = f"{shelf.part_id}.rag_key{position}"
        sheet.add(
            tables.Mention,
            id=row_id,
            part_id=shelf.part_id,
            kind="rag_key",
            position=position,
            words=label,
            value=meaning,
        )
        sheet.evidence(reading, (tables.Mention, row_id, "words"), said.evidence.get("rag_key"))
