"""The JSON of the commands `tables` and `read`, one typed line a file; its schema is made from these types."""

from __future__ import annotations

import msgspec

from extract.errors import NotRead
from extract.shapes import Box, Document, Table
from pipeline.output.minutes import (
    AttendanceOut,
    ItemOut,
    MeetingOut,
    attendance_out,
    item_out,
    meeting_out,
    names_of,
)
from pipeline.output.recommendations import RecommendationOut, recommendation_out
from pipeline.output.values import (
    EvidenceOut,
    ProblemOut,
    Span,
    day_or_span,
    evidence_out,
    problems_out,
)
from pipeline.records import Coverage, Metadata, Paper, Part

__all__ = ["ProblemOut", "ReadLine", "TablesLine", "not_read", "read_line", "tables_line", "tables_not_read"]


class TableOut(msgspec.Struct, frozen=True):
    """A table as drawn on one page: a text for each place of its grid, '' where a spanning cell covers it."""

    page: int
    box: Box
    flavour: str
    reason: str
    rows: list[list[str]]


class TablesLine(msgspec.Struct, frozen=True):
    """What `tables --json` prints of one file. `outcome` is read, or the code of why it was not (docs/errors.md)."""

    file: str
    outcome: str
    tables: tuple[TableOut, ...]
    problems: tuple[ProblemOut, ...]


class LeadOfficerOut(msgspec.Struct, frozen=True):
    """A person of the title block, with whom they speak for."""

    name: str
    on_behalf_of: str | None


class OtherDateOut(msgspec.Struct, frozen=True):
    """A date of the title block that is not the paper's own."""

    what: str
    start: str | None
    end: str | None
    words: str


class MetadataOut(msgspec.Struct, frozen=True):
    """What a paper says of itself. A date is one day, or the span that its words stand for."""

    title: str | None
    subtitle: str | None
    council: str | None
    committee: str | None
    review: str | None
    date: str | Span | None
    date_words: str | None
    stage: str | None
    lead_officers: tuple[str, ...]
    lead_officer_details: tuple[LeadOfficerOut, ...]
    cabinet_member: str | None
    other_dates: tuple[OtherDateOut, ...]
    rag_key: dict[str, str]
    evidence: dict[str, EvidenceOut]


class PartOut(msgspec.Struct, frozen=True):
    """One paper of the file; a pack has several."""

    kind: str
    reason: str
    title: str | None
    pages: tuple[int, ...]
    metadata: MetadataOut


class UnassignedOut(msgspec.Struct, frozen=True):
    """Words of a table that are in no field, with the reason."""

    words: str
    reason: str
    page: int
    box: Box


class ReadLine(msgspec.Struct, frozen=True):
    """What `read --json` prints of one file.

    `outcome` is read, read_none_found, or the code of why it was not read (docs/errors.md).
    """

    file: str
    outcome: str
    kind: str | None
    kind_reason: str
    sha256: str | None
    reader: str
    page_count: int
    metadata: MetadataOut | None
    papers: tuple[PartOut, ...]
    recommendations: tuple[RecommendationOut, ...]
    meeting: MeetingOut | None
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    attendance: tuple[AttendanceOut, ...]
    items: tuple[ItemOut, ...]
    problems: tuple[ProblemOut, ...]
    unassigned: tuple[UnassignedOut, ...]
    coverage: Coverage | None


def tables_line(file: str, document: Document) -> TablesLine:
    """The page tables of a document, before tables are joined over pages."""
    tables = tuple(_table(table) for table in document.page_tables)
    return TablesLine(file, "read", tables, problems_out(document.problems))


def tables_not_read(file: str, error: NotRead) -> TablesLine:
    """The line of a file that was not read."""
    return TablesLine(file, error.code, (), (_why(error),))


def read_line(file: str, paper: Paper) -> ReadLine:
    """All that was understood of one file."""
    found = bool(paper.recommendations or paper.items)
    return ReadLine(
        file=file,
        outcome="read" if found else "read_none_found",
        kind=paper.kind,
        kind_reason=paper.kind_reason,
        sha256=paper.sha256,
        reader=paper.reader,
        page_count=paper.page_count,
        metadata=_metadata(paper.metadata),
        papers=tuple(_part(part) for part in paper.papers),
        recommendations=tuple(recommendation_out(rec, paper) for rec in paper.recommendations),
        meeting=meeting_out(paper.meeting),
        present=names_of(paper, "present", "substitute"),
        apologies=names_of(paper, "apologies"),
        attendance=attendance_out(paper),
        items=tuple(item_out(item) for item in paper.items),
        problems=problems_out(paper.problems),
        unassigned=tuple(UnassignedOut(u.words, u.reason, u.page, u.box) for u in paper.unassigned),
        coverage=paper.coverage,
    )


def not_read(file: str, error: NotRead) -> ReadLine:
    """The line of a file that was not read: the cause and the advice are its one problem."""
    return ReadLine(
        file=file,
        outcome=error.code,
        kind=None,
        kind_reason="",
        sha256=None,
        reader="",
        page_count=0,
        metadata=None,
        papers=(),
        recommendations=(),
        meeting=None,
        present=(),
        apologies=(),
        attendance=(),
        items=(),
        problems=(_why(error),),
        unassigned=(),
        coverage=None,
    )


def _table(table: Table) -> TableOut:
    place = table.places[0]
    return TableOut(place.page, place.box, table.flavour, table.reason, table.grid())


def _metadata(metadata: Metadata) -> MetadataOut:
    officers = metadata.lead_officers
    return MetadataOut(
        title=metadata.title,
        subtitle=metadata.subtitle,
        council=metadata.council,
        committee=metadata.committee,
        review=metadata.review,
        date=day_or_span(metadata.date),
        date_words=metadata.date.words if metadata.date else None,
        stage=metadata.stage,
        lead_officers=tuple(officer.name for officer in officers),
        lead_officer_details=tuple(LeadOfficerOut(o.name, o.on_behalf_of) for o in officers),
        cabinet_member=metadata.cabinet_member,
        other_dates=tuple(
            OtherDateOut(other.what, other.date.earliest, other.date.latest, other.date.words)
            for other in metadata.other_dates
        ),
        rag_key=metadata.rag_key,
        evidence={
            field: written
            for field, evidence in metadata.evidence.items()
            if (written := evidence_out(evidence)) is not None
        },
    )


def _part(part: Part) -> PartOut:
    return PartOut(part.kind, part.reason, part.title, part.pages, _metadata(part.metadata))


def _why(error: NotRead) -> ProblemOut:
    return ProblemOut(error.code, f"{error}. {error.advice}", None, "", None)
