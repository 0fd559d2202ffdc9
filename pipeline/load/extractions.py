"""Documents and their readings as rows; of a document's readings one is active."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from extract.shapes import Problem
from models import tables
from pipeline.load.locations import file_name
from pipeline.load.sheet import Sheet, box_columns, now, whole, writable
from pipeline.load.values import Change, Failure, LoadResult, Location, Outcome, Reading

_DOCUMENTS = tables.table(tables.Document)
_EXTRACTIONS = tables.table(tables.Extraction)
_COUNTS = (
    "pages",
    "tables",
    "tables_read",
    "words",
    "assigned",
    "unassigned",
    "recommendations",
    "agenda_items",
)


class State(msgspec.Struct, frozen=True):
    """How a kept reading stands: a hash of what it understood, whether it is active, how it ended."""

    digest: str
    is_active: int
    outcome: Outcome


def ensure_document(connection: Connection, document_id: str, sha256: str | None, location: Location) -> bool:
    """Whether the document is new; its row is there afterwards."""
    if connection.execute(select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.id == document_id)).first():
        return False
    address = writable(location.path)
    row = {
        "id": document_id,
        "sha256": sha256,
        "file_name": file_name(address),
        "address": address,
        "outcome": "not_read",
        "is_replaced": 0,
        "first_seen_at": now(),
    }
    connection.execute(insert(_DOCUMENTS), row)
    return True


def state_of(connection: Connection, extraction_id: str) -> State | None:
    """How a reading stands that is kept from before, None where there is none."""
    columns = (_EXTRACTIONS.c.digest, _EXTRACTIONS.c.is_active, _EXTRACTIONS.c.outcome)
    row = connection.execute(select(*columns).where(_EXTRACTIONS.c.id == extraction_id)).first()
    return State(*row) if row else None


def discard(connection: Connection, extraction_id: str) -> None:
    """Take away a reading and all that hangs on it."""
    connection.execute(delete(_EXTRACTIONS).where(_EXTRACTIONS.c.id == extraction_id))


def add_extraction(sheet: Sheet, reading: Reading) -> None:
    """The row of a reading, not active yet, with its counts."""
    paper, counts = reading.paper, reading.paper.coverage
    has_records = paper.recommendations or paper.items or paper.attendance
    sheet.add(
        tables.Extraction,
        id=reading.extraction_id,
        document_id=reading.document_id,
        reader=paper.reader,
        digest=reading.digest,
        is_active=0,
        outcome="read" if has_records else "read_none_found",
        kind=paper.kind,
        kind_reason=paper.kind_reason,
        pages=whole(paper.page_count),
        tables=counts.tables,
        tables_read=counts.tables_read,
        words=counts.words,
        assigned=counts.assigned,
        unassigned=counts.unassigned,
        recommendations=sheet.count(tables.Observation),
        agenda_items=len(paper.items),
        problems=sheet.count(tables.Problem),
        loaded_at=now(),
        run_id=reading.run_id,
    )


def add_failure(
    connection: Connection, keys: tuple[str, str, str], failure: Failure, run_id: str | None
) -> None:
    """Write a reading that came to nothing (`keys`: document, extraction, digest); active if there is no other."""
    document_id, extraction_id, digest = keys
    sheet = Sheet()
    sheet.add(
        tables.Extraction,
        id=extraction_id,
        document_id=document_id,
        reader=failure.reader,
        digest=digest,
        is_active=0,
        outcome="not_read",
        cause=failure.cause,
        advice=failure.advice,
        problems=1,
        loaded_at=now(),
        run_id=run_id,
        **dict.fromkeys(_COUNTS, 0),
    )
    add_problem(sheet, (document_id, extraction_id, 1), Problem(failure.cause, failure.message))
    sheet.write(connection)
    good = select(_EXTRACTIONS.c.id).where(
        _EXTRACTIONS.c.document_id == document_id,
        _EXTRACTIONS.c.is_active == 1,
        _EXTRACTIONS.c.outcome != "not_read",
    )
    if not connection.execute(good).first():
        activate(connection, document_id, extraction_id)


def add_problem(sheet: Sheet, where: tuple[str, str, int], problem: Problem) -> None:
    """The row of a problem; `where` is the document, the extraction and the problem's place in it."""
    document_id, extraction_id, position = where
    sheet.add(
        tables.Problem,
        id=f"{extraction_id}.q{position}",
        extraction_id=extraction_id,
        document_id=document_id,
        code=problem.code,
        message=problem.message,
        words=problem.words,
        page=problem.page,
        **(box_columns(problem.box) if problem.box else {}),
    )


def activate(connection: Connection, document_id: str, extraction_id: str) -> None:
    """Make one reading of a document the active one."""
    mine = _EXTRACTIONS.c.document_id == document_id
    others = mine & (_EXTRACTIONS.c.id != extraction_id) & (_EXTRACTIONS.c.is_active == 1)
    connection.execute(update(_EXTRACTIONS).where(others).values(is_active=0))
    connection.execute(update(_EXTRACTIONS).where(_EXTRACTIONS.c.id == extraction_id).values(is_active=1))


def conclude(connection: Connection, document_id: str) -> None:
    """Give a document the outcome of its active reading."""
    columns = (_EXTRACTIONS.c.outcome, _EXTRACTIONS.c.cause, _EXTRACTIONS.c.advice)
    active = connection.execute(
        select(*columns).where(_EXTRACTIONS.c.document_id == document_id, _EXTRACTIONS.c.is_active == 1)
    ).one()
    outcome = {"outcome": active.outcome, "cause": active.cause, "advice": active.advice}
    connection.execute(update(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id).values(outcome))


def result_of(connection: Connection, extraction_id: str, change: Change) -> LoadResult:
    """What loading came to, from the reading's row."""
    columns = (
        _EXTRACTIONS.c.document_id,
        _EXTRACTIONS.c.outcome,
        _EXTRACTIONS.c.recommendations,
        _EXTRACTIONS.c.agenda_items,
        _EXTRACTIONS.c.problems,
    )
    row = connection.execute(select(*columns).where(_EXTRACTIONS.c.id == extraction_id)).one()
    document_id, outcome, recommendations, items, problems = row
    return LoadResult(document_id, extraction_id, outcome, change, recommendations, items, problems)
