"""Which papers of a meeting are wanted: its items' copies; a pack only where there are none; its minutes; nothing restricted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Literal

import msgspec

from pipeline.knowledge.vocabulary import word_lists
from pipeline.sources.councils import ModernGov
from pipeline.sources.hosts import Hosts
from pipeline.sources.ledger import Entry, PaperKind
from pipeline.sources.moderngov.answers import Item, LinkedDocument, MeetingDetails
from pipeline.sources.moderngov.service import Service


class Listing(msgspec.Struct, frozen=True):
    """The papers of a meeting, and how many were left aside: packs that repeat them, links elsewhere, unwanted titles."""

    papers: tuple[Entry, ...]
    left_aside: int


def listing_of(details: MeetingDetails, source: ModernGov, hosts: Hosts) -> Listing:
    """What is listed, each address once; restricted papers stand in it as such and are never asked for."""
    service = Service(source.address)
    all_listed = [
        (item, document, service.file(document.address))
        for item in details.items
        for document in item.documents
    ]
    wanted = [
        _attachment(item, document, address)
        for item, document, address in all_listed
        if source.papers.wants(document.title) and (not document.is_link or hosts.names(address))
    ]
    papers = _each_once(entry for entry in wanted if entry.kind != "pack")
    if not any(not entry.restricted for entry in papers):
        papers += _each_once(_packs(details, source, wanted))
    minutes = list(_minutes(details, source, papers))
    left = len(all_listed) - sum(entry.kind == "attachment" for entry in papers)
    return Listing((*papers, *minutes), max(left, 0))


def _attachment(item: Item, document: LinkedDocument, address: str) -> Entry:
    return Entry(
        address=address,
        title=document.title,
        item=item.title,
        kind="pack" if titled(document.title, "packs") else "attachment",
        listing=_digest(msgspec.json.encode(document)),
        published_on=document.published_on,
        restricted=document.restricted or item.restricted,
    )


def _packs(details: MeetingDetails, source: ModernGov, wanted: Iterable[Entry]) -> Iterator[Entry]:
    """The packs that the items list, else the meeting's own where its agenda is out."""
    listed = [entry for entry in wanted if entry.kind == "pack" and not entry.restricted]
    yield from listed
    if not listed and details.agenda_published and source.pack:
        yield _of_meeting(details, source, source.pack, "pack")


def _minutes(details: MeetingDetails, source: ModernGov, papers: Iterable[Entry]) -> Iterator[Entry]:
    """Minutes in the XML as a source of their own; the printed ones where there are neither these nor a copy."""
    if any(item.minutes and not item.restricted for item in details.items):
        address = f"{Service(source.address).meeting(details.number)}#minutes"
        yield Entry(
            address, "Minutes", "", "HTML minutes", listing="", source_digest=digest_of_minutes(details)
        )
    elif details.minutes_published and source.minutes and not any(_own_minutes(e, details) for e in papers):
        yield _of_meeting(details, source, source.minutes, "printed minutes")


def _of_meeting(details: MeetingDetails, source: ModernGov, form: str, kind: PaperKind) -> Entry:
    address = Service(source.address).file(form.replace("{meeting}", str(details.number)))
    title = "Public reports pack" if kind == "pack" else "Printed minutes"
    return Entry(address, title, "", kind, listing="")


def _own_minutes(entry: Entry, details: MeetingDetails) -> bool:
    return bool(details.date) and titled(entry.title, "minutes") and f"{details.date:%d/%m/%Y}" in entry.title


def digest_of_minutes(details: MeetingDetails) -> str:
    """A hash of all that the HTML minutes are typeset from."""
    return _digest(msgspec.json.encode(msgspec.structs.replace(details, items=public_items(details))))


def public_items(details: MeetingDetails) -> tuple[Item, ...]:
    """The items without those that are restricted, and without their papers."""
    return tuple(msgspec.structs.replace(i, documents=()) for i in details.items if not i.restricted)


def titled(title: str, sort: Literal["packs", "minutes"]) -> bool:
    """Whether a paper's title is that of a pack, or of minutes."""
    return any(fnmatchcase(title.casefold(), form) for form in word_lists("moderngov")[sort])


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    """The first entry of each address; restricted if any of them is."""
    found = dict[str, Entry]()
    for entry in entries:
        first = found.setdefault(entry.address, entry)
        if entry.restricted and not first.restricted:
            found[entry.address] = msgspec.structs.replace(first, restricted=True)
    return list(found.values())


def _digest(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()
