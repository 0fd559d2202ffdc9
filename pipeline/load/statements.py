"""Running a statement over a list of ids."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, TextClause, bindparam, text

AnyRow: TypeAlias = Row[*tuple[Any, ...]]  # what a statement written as text gives


@cache
def _prepared(sql: str, lists: tuple[str, ...]) -> TextClause:
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))


def run(connection: Connection, sql: str, ids: Iterable[str], **lists: tuple[str, ...]) -> list[AnyRow]:
    """Run a statement over the ids it names as `:ids` and over further lists; its rows, none where it gives none."""
    result = connection.execute(_prepared(sql, ("ids", *lists)), {"ids": sorted(ids), **lists})
    return list(result) if result.returns_rows else []
