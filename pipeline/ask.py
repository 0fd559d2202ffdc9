"""A question in SQL to the database, which it cannot change, and the answer as columns and rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, ResourceClosedError

from models import database
from models.errors import DatabaseError

Value = str | int | float | Decimal | bool | date | datetime | bytes | None
_READ_ONLY = {"sqlite": "pragma query_only = on", "postgresql": "set transaction read only"}


class Answer(msgspec.Struct, frozen=True):
    """The names of the columns and the rows in the order of the query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


class RefusedQuestion(DatabaseError):
    """The database cannot answer the query: its own words."""

    advice = "docs/data-dictionary.md lists every view, table and column; a question cannot change anything."


def ask(url: str, query: str) -> Answer:
    """The answer of the database at `url` to one query.

    Raises RefusedQuestion where the query is wrong or would change something, UnopenableDatabase where there is no
    database, NewerDatabase where a later version made it.
    """
    engine = database.migrate(url)
    try:
        with engine.connect() as connection:
            return _answer(connection, query)
    finally:
        engine.dispose()


def _answer(connection: Connection, query: str) -> Answer:
    connection.exec_driver_sql(_READ_ONLY[connection.dialect.name])
    try:
        # A colon of ours opens no parameter; text() sees to it that a per cent sign opens none of the driver's.
        found = connection.execute(text(query.replace(":", r"\:")))
        return Answer(tuple(found.keys()), tuple(tuple(row) for row in found))
    except DBAPIError as error:
        raise RefusedQuestion(str(error.orig)) from error
    except ResourceClosedError as error:
        raise RefusedQuestion("the statement is no question: it has no rows to answer with") from error
