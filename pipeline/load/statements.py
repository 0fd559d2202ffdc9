"""Running a statement over a list of ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, bindparam, text

AnyRow: TypeAlias = Row[*tuple[Any, ...]]  # what a statement written as text gives


def run(connection: Connection, sql: str, ids: Iterable[str], **lists: tuple[str, ...]) -> list[AnyRow]:
    """Run a statement over the ids it names as `:ids` and over further lists; its rows, none where it gives none."""
    statement = text(sql).bindparams(*(bindparam(name, expanding=True) for name in ("ids", *lists)))
    result = connection.execute(statement, {"ids": sorted(ids), **lists})
    return list(result) if result.returns_rows else []
