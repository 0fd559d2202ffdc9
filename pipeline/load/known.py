"""What the database knows of files, so that nothing is read twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Engine, select

from models import tables
from models.database import writing
from pipeline.load.locations import close, settle
from pipeline.load.refresh import refresh, touched_by
from pipeline.load.values import Location, Outcome

_PLACES = tables.table(tables.DocumentLocation)
_EXTRACTIONS = tables.table(tables.Extraction)


class Known(msgspec.Struct, frozen=True):
    """How a reader's work on a document ended: the outcome, and the cause where it was not read."""

    outcome: Outcome
    cause: str | None


def known_documents(engine: Engine, reader: str) -> Mapping[str, Known]:
    """Every document that `reader` has worked on, by sha256: these need no reading, failures maybe another try."""
    query = select(_EXTRACTIONS.c.document_id, _EXTRACTIONS.c.outcome, _EXTRACTIONS.c.cause)
    with engine.connect() as connection:
        rows = connection.execute(query.where(_EXTRACTIONS.c.reader == reader))
        return {row.document_id: Known(row.outcome, row.cause) for row in rows}


def known_locations(engine: Engine, source: str = "folder") -> Mapping[str, str]:
    """What lies where in a source: path to document id, places that are gone left out."""
    query = select(_PLACES.c.path, _PLACES.c.document_id)
    with engine.connect() as connection:
        rows = connection.execute(query.where(_PLACES.c.source == source, _PLACES.c.is_open == 1))
        return {row.path: row.document_id for row in rows}


def load_location(engine: Engine, document_id: str, location: Location) -> None:
    """Note that a known document lies at `location` (a copy, or one that was moved); nothing if that is known."""
    with writing(engine) as connection:
        refresh(connection, touched_by(connection, settle(connection, document_id, location)))


def close_locations(engine: Engine, locations: Iterable[Location]) -> int:
    """Note that nothing lies at `locations` any more; how many of them had been open. What was read stays."""
    with writing(engine) as connection:
        return sum(close(connection, location) is not None for location in locations)
