"""Names of councils, committees and parties that several papers print: the best one stays, whatever the order."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from models import tables
from pipeline.load.sheet import Row, Sheet

_KINDS = ("unknown", "group", "body", "partnership", "team", "person", "member", "post")


def better_names(connection: Connection, sheet: Sheet) -> None:
    """Give the shared rows on a sheet the better of the name kept and the name printed now.

    The choice looks at the names alone, so that papers loaded in any order end with the same.
    """
    for model in (tables.Council, tables.Committee, tables.Party):
        for row in sheet.rows(model):
            if row["name"] is not None:
                _improve(connection, model, row)


def _improve(
    connection: Connection, model: type[tables.Council | tables.Committee | tables.Party], row: Row
) -> None:
    table = tables.table(model)
    kept = connection.execute(select(table).where(table.c.id == row["id"])).mappings().one()
    better = {"name": max(str(kept["name"]), str(row["name"]), key=_worth)}
    if model is tables.Party:
        better["kind"] = max(str(kept["kind"]), str(row["kind"]), key=_certain)
    if any(kept[column] != value for column, value in better.items()):
        connection.execute(update(table).where(table.c.id == row["id"]).values(better))


def _worth(name: str) -> tuple[bool, int, str]:
    """Names not all in capitals before those that are, then the fuller one."""
    return not name.isupper(), len(name), name


def _certain(kind: str) -> tuple[int, str]:
    """The more telling of two kinds."""
    return (_KINDS.index(kind) if kind in _KINDS else 0), kind
