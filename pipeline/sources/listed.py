"""The ledger's last word on every address of a council: the paper that lies there, or why it could not be had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.sources.ledger import Entry, Ledger, MeetingEntry, Tried, write_whole

_NAME = "council"  # no .json: those are meetings


class Address(msgspec.Struct, frozen=True):
    """A paper's place: which source lists it, the web address, the first day that the source says it came out."""

    source: str
    path: str
    published_on: str | None = None


class Fetched(msgspec.Struct, frozen=True):
    """A kept paper and every address at which it lies. `committee` is None where several list it."""

    sha256: str
    addresses: tuple[Address, ...]
    council: str
    committee: str | None


class Missing(msgspec.Struct, frozen=True):
    """An address whose paper was never had, and what came of the last try."""

    address: Address
    tried: Tried


class Listed(msgspec.Struct, frozen=True):
    """All addresses of a council: what lies there, what is missing, and what is listed no more or restricted."""

    fetched: tuple[Fetched, ...]
    missing: tuple[Missing, ...]
    gone: tuple[str, ...]


class _Sight(msgspec.Struct, frozen=True):
    entry: Entry
    committee: str


def listed(source: str, council: str, meetings: Iterable[MeetingEntry]) -> Listed:
    """Everything that the ledger of `council` knows, in the order of the addresses."""
    sights: dict[str, list[_Sight]] = {}
    everywhere = set[str]()
    for meeting in meetings:
        for entry in meeting.papers:
            everywhere.add(entry.address)
            if entry.listed and not entry.restricted:
                sights.setdefault(entry.address, []).append(_Sight(entry, meeting.committee))
    return Listed(
        _fetched(source, council, sights),
        _missing(source, sights),
        tuple(sorted(everywhere - set(sights))),
    )


def _fetched(source: str, council: str, sights: dict[str, list[_Sight]]) -> tuple[Fetched, ...]:
    by_content: dict[str, list[str]] = {}
    for path in sorted(sights):
        if sha256 := _latest(sights[path]).sha256:
            by_content.setdefault(sha256, []).append(path)
    return tuple(
        Fetched(
            sha256,
            tuple(_address(source, path, sights[path]) for path in paths),
            council,
            _only(sight.committee for path in paths for sight in sights[path]),
        )
        for sha256, paths in by_content.items()
    )


def _missing(source: str, sights: dict[str, list[_Sight]]) -> tuple[Missing, ...]:
    last = {path: _latest(sights[path]) for path in sorted(sights)}
    return tuple(
        Missing(_address(source, path, sights[path]), entry.failure)
        for path, entry in last.items()
        if entry.sha256 is None and entry.failure is not None
    )


def _latest(sights: list[_Sight]) -> Entry:
    """What was had last where several meetings list one address."""
    entries = [sight.entry for sight in sights]
    return max(entries, key=lambda entry: (entry.checked_on or dt.date.min, entry.sha256 or ""))


def _address(source: str, path: str, sights: list[_Sight]) -> Address:
    days = [sight.entry.published_on for sight in sights if sight.entry.published_on]
    return Address(source, path, min(days, default=None))


def _only(names: Iterable[str]) -> str | None:
    found = set(names)
    return found.pop() if len(found) == 1 else None


class _Named(msgspec.Struct, frozen=True):
    """Whose ledger a folder is."""

    label: str
    council: str


def sign(folder: Path, label: str, council: str) -> None:
    """Write into a ledger's folder whose it is, so that it can be read without the settings."""
    write_whole(folder / _NAME, msgspec.json.encode(_Named(label, council)))


def all_fetched(sources: Path) -> Iterator[Fetched]:
    """The kept papers of every ledger below the folder `sources`."""
    for name in sorted(sources.glob(f"*/{_NAME}")):
        owner = msgspec.json.decode(name.read_bytes(), type=_Named)
        yield from listed(owner.label, owner.council, Ledger(name.parent, keeps=False).meetings()).fetched
