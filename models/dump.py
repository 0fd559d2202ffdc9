"""All that a database says of papers, in one order: two databases hold the same where their dumps are equal."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Engine, Table, select

from models.runs import Run
from models.standings import SchemaState
from models.tables import metadata, table

_DIARY = {
    table(Run).name,
    table(SchemaState).name,
}  # when and by what something was done, not what papers say


def dump(engine: Engine) -> bytes:
    """A line of JSON for each row of each table, sorted; times, runs and row numbers left out."""
    with engine.connect() as connection:
        return b"".join(_rows(connection, one) for one in metadata.sorted_tables if one.name not in _DIARY)


def _rows(connection: Connection, one: Table) -> bytes:
    columns = [column for column in one.columns if not column.info.get("clock")]
    rows = (tuple(row) for row in connection.execute(select(*columns)))
    return b"".join(sorted(msgspec.json.encode((str(one.name), *row)) + b"\n" for row in rows))
