"""The views and the full-text search: written anew whenever what makes them has changed."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text

from models.search import search_statements

_TODAY = {"sqlite": "current_date", "postgresql": "to_char(current_date, 'YYYY-MM-DD')"}
_DAYS = {
    "sqlite": r"cast(julianday(\2) - julianday(\1) as integer)",
    "postgresql": r"(cast(\2 as date) - cast(\1 as date))",
}


@cache
def view_statements(dialect: str) -> tuple[str, ...]:
    """The statements that make the views, in the words of `dialect` ("sqlite" or "postgresql")."""
    written = (Path(__file__).parent / "views.sql").read_text(encoding="utf-8")
    written = re.sub(r"^--.*\n", "", written, flags=re.MULTILINE).replace("{today}", _TODAY[dialect])
    written = re.sub(r"\{days:([^|}]*)\|([^}]*)\}", _DAYS[dialect], written)
    return tuple(statement.strip() for statement in written.split(";\n"))


def view_names() -> tuple[str, ...]:
    """The names of all views in the order in which they are made."""
    return tuple(statement.split()[2] for statement in view_statements("sqlite"))


@cache
def fingerprint(dialect: str) -> str:
    """A hash of all that makes the views and the search: a database that keeps another must be brought up to date."""
    made_of = "\n".join((*view_statements(dialect), *search_statements(dialect)))
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def drop_views(connection: Connection) -> None:
    """Take all views away, so that the tables below them can change."""
    for name in reversed(view_names()):
        connection.execute(text(f"drop view if exists {name}"))


def make_views(connection: Connection) -> None:
    """Make the views and the search anew and note their fingerprint. Within the caller's transaction."""
    drop_views(connection)
    dialect = connection.dialect.name
    for statement in (*view_statements(dialect), *search_statements(dialect)):
        connection.exec_driver_sql(statement)
    connection.execute(text("delete from schema_state where name = 'views'"))
    connection.execute(
        text("insert into schema_state (name, value) values ('views', :value)"),
        {"value": fingerprint(dialect)},
    )
