"""Names of councils, committees and parties that several papers print: the best one stays, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from models import tables
from pipeline.load.sheet import Sheet, chunks

# From the least to the most telling.
_KINDS = ("unknown", "group", "body", "partnership", "team", "person", "member", "post")
_SHARED = (tables.Council, tables.Committee, tables.Party)


def better_names(connection: Connection, sheet: Sheet) -> None:
    """Give the shared rows on a sheet the better of the name kept and the names printed now.

    The choice looks at the names alone, so that papers loaded in any order end with the same.
    """
    for model in _SHARED:
        names, kinds = _printed(sheet, model)
        table = tables.table(model)
        for ids in chunks(names):
            for kept in connection.execute(select(table).where(table.c.id.in_(ids))).mappings():
                wanted = {"name": max({kept["name"], *names[kept["id"]]}, key=_worth)}
                if model is tables.Party:
                    wanted["kind"] = max({kept["kind"], *kinds[kept["id"]]}, key=_telling)
                if any(kept[column] != value for column, value in wanted.items()):
                    connection.execute(update(table).where(table.c.id == kept["id"]).values(wanted))


def _printed(
    sheet: Sheet, model: type[tables.Base]
) -> tuple[dict[str, Iterable[str]], dict[str, Iterable[str]]]:
    """The names and the kinds that a paper gives each row of a table, by the rows' ids."""
    names: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for row in sheet.rows(model):
        if row["name"] is not None:
            names.setdefault(row["id"], set()).add(row["name"])
            kinds.setdefault(row["id"], set()).add(row.get("kind") or "")
    return dict(names), dict(kinds)


def _worth(name: str) -> tuple[bool, int, str]:
    """Names not all in capitals before those that are, then the fuller one."""
    return not name.isupper(), len(name), name


def _telling(kind: str) -> tuple[int, str]:
    return (_KINDS.index(kind) if kind in _KINDS else -1), kind
