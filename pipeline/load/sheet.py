"""Rows on their way to the database: gathered by table, written in an order that foreign keys allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from extract.shapes import Box, Place
from models import tables
from models.base import Base
from pipeline.load.values import Reading
from pipeline.records import Evidence

type_of_value = str | int | float | None
Row = dict[str, Any]

# PostgreSQL refuses the first in a text, UTF-8 the others; broken fonts print both.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_LARGEST = 2**63 - 1


@cache
def _columns(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in tables.table(model).columns)


@cache
def _order() -> dict[str, int]:
    return {table.name: i for i, table in enumerate(tables.metadata.sorted_tables)}


class Sheet:
    """Rows of several tables. `add` takes values by their columns' names; a column left out is null."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[Row]] = {}

    def add(self, model: type[Base], **values: type_of_value) -> None:
        """One row of `model`'s table."""
        row: Row = dict.fromkeys(_columns(model))
        for name, value in values.items():
            row[name] = writable(value) if isinstance(value, str) else value
        self._rows.setdefault(model, []).append(row)

    def count(self, model: type[Base]) -> int:
        """How many rows of a table are gathered."""
        return len(self._rows.get(model, ()))

    def rows(self, model: type[Base]) -> Sequence[Row]:
        """The rows of a table as gathered."""
        return self._rows.get(model, ())

    def write(self, connection: Connection) -> None:
        """Write all rows; those whose key is there already (councils, parties, ...) are left as they are."""
        for model in sorted(self._rows, key=lambda model: _order()[tables.table(model).name]):
            insert_missing(connection, model, self._rows[model])

    def evidence(
        self, reading: Reading, subject: tuple[type[Base], str, str], *found: Evidence | None
    ) -> None:
        """Where the value `subject` (table, row id, column) is printed: the first of `found` that says.

        The first is the value's own place; the others are places of what it was read in, and are marked so.
        """
        model, subject_id, field = subject
        exact, evidence = next(((i == 0, e) for i, e in enumerate(found) if e and e.places), (False, None))
        for position, place in enumerate(evidence.places if evidence else (), 1):
            self.add(
                tables.Evidence,
                subject_id=subject_id,
                field=field,
                position=position,
                subject=tables.table(model).name,
                extraction_id=reading.extraction_id,
                document_id=reading.document_id,
                words=evidence.words if evidence and exact and position == 1 else "",
                is_exact=int(exact),
                **place_columns(place),
            )


def place_columns(place: Place) -> dict[str, int | float]:
    """The columns page, x0, top, x1 and bottom of a place."""
    return {"page": place.page, **box_columns(place.box)}


def box_columns(box: Box) -> dict[str, float]:
    """The columns x0, top, x1 and bottom of a box, in hundredths of a point."""
    return {
        "x0": round(box.x0, 2),
        "top": round(box.top, 2),
        "x1": round(box.x1, 2),
        "bottom": round(box.bottom, 2),
    }


def insert_missing(connection: Connection, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert the rows whose primary key is not there yet."""
    if not rows:
        return
    table = tables.table(model)
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    connection.execute(insert.on_conflict_do_nothing(index_elements=list(table.primary_key)), rows)


def writable(text: str) -> str:
    """`text` as every database takes it: letters that none can hold become U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text) if _UNWRITABLE.search(text) else text


def whole(number: int | None) -> int | None:
    """A number that the database can hold; None for larger ones, which stay in the printed words."""
    return number if number is not None and abs(number) <= _LARGEST else None


def now() -> str:
    """This moment: UTC, ISO, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def chunks(ids: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """`ids` in a fixed order and in lists short enough for one statement."""
    ordered = iter(sorted(ids))
    while chunk := list(islice(ordered, size)):
        yield chunk
