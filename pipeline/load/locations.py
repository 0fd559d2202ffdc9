"""Where documents lie: several places for one document, one document after another at a place."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, delete, func, insert, select, update

from models import tables
from pipeline.keys import identity
from pipeline.load.sheet import now, writable
from pipeline.load.values import Location

_PLACES = tables.table(tables.DocumentLocation)
_DOCUMENTS = tables.table(tables.Document)


def settle(connection: Connection, document_id: str, location: Location) -> set[str]:
    """Note that a known document lies at `location` and what lay there before no longer does.

    Gives the documents whose standing changed: those that were replaced, and this one if it had been
    or is now known to have come out earlier.
    """
    at_place = (_PLACES.c.source == location.source) & (_PLACES.c.path == writable(location.path))
    before = connection.execute(
        select(_PLACES.c.document_id).where(at_place, _PLACES.c.is_open == 1)
    ).scalar()
    if before == document_id:
        return set()
    if before is not None and document_id == unhashed(location):
        _place(connection, document_id, location, is_open=0)  # what lay there may lie there still
        return set()
    _forget(connection, unhashed(location), unless=document_id)
    changed = set[str]()
    if before is not None and before != unhashed(location):
        close(connection, location)
        changed |= _replace(connection, before, document_id)
    if _place(connection, document_id, location, is_open=1):
        changed.add(document_id)
    return changed | _bring_back(connection, document_id)


def unhashed(location: Location) -> str:
    """The id that stands for a file whose bytes could not be had."""
    return f"unhashed:{identity(location.source, location.path)}"


def close(connection: Connection, location: Location) -> str | None:
    """Note that nothing known lies at `location` any more; the document that did."""
    at_place = (_PLACES.c.source == location.source) & (_PLACES.c.path == writable(location.path))
    found = connection.execute(select(_PLACES.c.document_id).where(at_place, _PLACES.c.is_open == 1)).scalar()
    if found is None:
        return None
    connection.execute(
        update(_PLACES).where(at_place, _PLACES.c.is_open == 1).values(is_open=0, closed_at=now())
    )
    name_document(connection, str(found))
    return str(found)


def name_document(connection: Connection, document_id: str) -> bool:
    """Give a document the first of its addresses, open ones before closed, and the first day it came out.

    Whether the day changed.
    """
    mine = _PLACES.c.document_id == document_id
    address = connection.execute(
        select(_PLACES.c.path)
        .where(mine)
        .order_by(_PLACES.c.is_open.desc(), _PLACES.c.source, _PLACES.c.path)
        .limit(1)
    ).scalar_one()
    day = connection.execute(select(func.min(_PLACES.c.published_on)).where(mine)).scalar()
    kept = connection.execute(select(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id)).one()
    if (kept.address, kept.published_on) != (address, day):
        named = {"address": address, "file_name": file_name(address), "published_on": day}
        connection.execute(update(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id).values(named))
    return bool(kept.published_on != day)


def file_name(address: str) -> str:
    """The last part of a path or web address; all of it where it has no parts."""
    path = unquote(urlsplit(address).path) if "://" in address else address.replace("\\", "/")
    return PurePosixPath(path).name or address


def _place(connection: Connection, document_id: str, location: Location, is_open: int) -> bool:
    """A row for the place, or the old row opened again; whether the day the document came out changed."""
    path = writable(location.path)
    known = (
        _PLACES.c.source == location.source,
        _PLACES.c.path == path,
        _PLACES.c.document_id == document_id,
    )
    opened = connection.execute(update(_PLACES).where(*known).values(is_open=is_open, closed_at=None))
    if not opened.rowcount:
        row = {
            "source": location.source,
            "path": path,
            "document_id": document_id,
            "published_on": location.published_on,
            "is_open": is_open,
            "seen_at": now(),
        }
        connection.execute(insert(_PLACES), row)
    return name_document(connection, document_id)


def _forget(connection: Connection, document_id: str, unless: str) -> None:
    """Take away the stand-in of a file whose bytes could not be had, now that they were."""
    if document_id != unless:
        for table in (_PLACES, tables.table(tables.Problem), tables.table(tables.Extraction)):
            connection.execute(delete(table).where(table.c.document_id == document_id))
        connection.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id))


def _replace(connection: Connection, before: str, after: str) -> set[str]:
    """Note what took a document's last place; nothing where it still lies somewhere."""
    elsewhere = select(_PLACES.c.path).where(_PLACES.c.document_id == before, _PLACES.c.is_open == 1)
    if connection.execute(elsewhere.limit(1)).first():
        return set()
    connection.execute(update(_DOCUMENTS).where(_DOCUMENTS.c.id == before).values(replaced_by=after))
    return {before}


def _bring_back(connection: Connection, document_id: str) -> set[str]:
    """A document that lies somewhere is replaced by none."""
    mine = (_DOCUMENTS.c.id == document_id) & _DOCUMENTS.c.replaced_by.is_not(None)
    changed = connection.execute(update(_DOCUMENTS).where(mine).values(replaced_by=None)).rowcount
    return {document_id} if changed else set()
