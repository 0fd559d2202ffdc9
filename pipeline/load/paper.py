"""Loading one paper, or the failure to read it: one transaction, and nothing at all where it is known already."""

from __future__ import annotations

import hashlib

import msgspec
from sqlalchemy import Connection, Engine

from models import tables
from models.database import writing
from pipeline.keys import identity
from pipeline.load.extractions import (
    activate,
    add_extraction,
    add_failure,
    add_problem,
    conclude,
    discard,
    ensure_document,
    result_of,
    state_of,
)
from pipeline.load.locations import settle, unhashed
from pipeline.load.minutes import add_minutes
from pipeline.load.names import better_names
from pipeline.load.parts import add_parts
from pipeline.load.places import Places
from pipeline.load.recommendations import add_recommendations
from pipeline.load.refresh import refresh, touched_by
from pipeline.load.sheet import Sheet, box_columns
from pipeline.load.values import Change, Failure, Given, LoadResult, Location, Reading
from pipeline.records import Paper

NOTHING_GIVEN = Given()


def load_paper(
    engine: Engine, paper: Paper, location: Location, given: Given = NOTHING_GIVEN, run_id: str | None = None
) -> LoadResult:
    """Write what was understood of one document, all of it or nothing.

    The same paper again changes no row. Another reader's reading becomes the active one and the old is kept; another
    understanding by the same reader takes the place of the old.
    """
    extraction_id = identity("extraction", paper.sha256, paper.reader)
    digest = _digest(repr((msgspec.structs.replace(paper, file=""), given)))
    reading = Reading(paper.sha256, extraction_id, digest, paper, given, run_id)
    with writing(engine) as connection:
        new = ensure_document(connection, paper.sha256, paper.sha256, location)
        refresh(connection, touched_by(connection, settle(connection, paper.sha256, location)))
        state = state_of(connection, extraction_id)
        if state and (state.digest, state.is_active) == (digest, 1):
            return result_of(connection, extraction_id, "unchanged")
        before = touched_by(connection, {paper.sha256})
        if not state or state.digest != digest:
            discard(connection, extraction_id)
            _write(connection, reading)
        activate(connection, paper.sha256, extraction_id)
        conclude(connection, paper.sha256)
        refresh(connection, before.and_also(touched_by(connection, {paper.sha256})))
        return result_of(connection, extraction_id, _change(new))


def load_failure(
    engine: Engine, failure: Failure, location: Location, run_id: str | None = None
) -> LoadResult:
    """Write that a document was not read, and why. A reading that there is already, by any reader, is kept."""
    document_id = failure.sha256 or unhashed(location)
    extraction_id = identity("extraction", document_id, failure.reader)
    digest = _digest(repr(failure))
    with writing(engine) as connection:
        new = ensure_document(connection, document_id, failure.sha256, location)
        refresh(connection, touched_by(connection, settle(connection, document_id, location)))
        state = state_of(connection, extraction_id)
        if state and (state.digest == digest or state.outcome != "not_read"):
            return result_of(connection, extraction_id, "unchanged")
        discard(connection, extraction_id)
        add_failure(connection, (document_id, extraction_id, digest), failure, run_id)
        conclude(connection, document_id)
        return result_of(connection, extraction_id, _change(new))


def _digest(written: str) -> str:
    return hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()


def _change(new: bool) -> Change:
    return "new" if new else "reread"


def _write(connection: Connection, reading: Reading) -> None:
    """Write all rows that one paper makes; the reading is not active yet."""
    sheet = Sheet()
    places = Places(sheet, reading)
    shelves = add_parts(sheet, places)
    add_recommendations(sheet, places, shelves)
    add_minutes(sheet, places)
    _add_unassigned(sheet, reading)
    for position, problem in enumerate((*reading.paper.problems, *places.problems), 1):
        add_problem(sheet, (reading.document_id, reading.extraction_id, position), problem)
    add_extraction(sheet, reading)
    sheet.write(connection)
    better_names(connection, sheet)


def _add_unassigned(sheet: Sheet, reading: Reading) -> None:
    for position, words in enumerate(reading.paper.unassigned, 1):
        sheet.add(
            tables.Unassigned,
            extraction_id=reading.extraction_id,
            position=position,
            words=words.words,
            reason=words.reason,
            page=words.page,
            **box_columns(words.box),
        )
