"""What the nights have seen of a council's web service: a file a meeting, each written whole or not at all.

The ledger says what was listed where and what came of fetching it. It can be deleted: that costs another fetching.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.sources.validators import Validators

PaperKind = Literal["attachment", "pack", "printed minutes", "HTML minutes"]
GIVE_UP_AFTER = 5  # nights; the pauses between them double: 1, 2, 4, 8 days


class Tried(msgspec.Struct, frozen=True):
    """A failure: its cause as a code of docs/errors.md and in words, how many nights it was met, and on which last."""

    cause: str
    message: str
    advice: str
    nights: int
    on: dt.date

    @property
    def given_up(self) -> bool:
        """Whether it is not tried any more, until its listing changes."""
        return self.nights >= GIVE_UP_AFTER

    def due(self, today: dt.date) -> bool:
        """Whether it is to be tried again."""
        return not self.given_up and today >= self.on + dt.timedelta(days=2 ** (self.nights - 1))


class Entry(msgspec.Struct, frozen=True):
    """A paper that a meeting lists, or no longer does (`listed`), and what is kept of it (`sha256`).

    `listing` is all that the service says of it; `checked_on` is None where it is to be asked for again.
    """

    address: str
    title: str
    item: str
    kind: PaperKind
    listing: str
    published_on: str | None = None
    restricted: bool = False
    listed: bool = True
    sha256: str | None = None
    source_digest: str | None = None
    validators: Validators = Validators()
    checked_on: dt.date | None = None
    failure: Tried | None = None


class MeetingEntry(msgspec.Struct, frozen=True):
    """A meeting with its papers; `digest` is a hash of all that the service said of it, None before it was asked."""

    meeting_id: int
    committee_id: int
    committee: str
    date: dt.date
    status: str = ""
    digest: str | None = None
    papers: tuple[Entry, ...] = ()
    gone: bool = False
    left_aside: int = 0

    @property
    def cancelled(self) -> bool:
        """Whether it did not take place."""
        return self.status.casefold() in ("cancelled", "canceled", "abandoned", "inquorate")


class Ledger:
    """A folder of one council. Nothing is written where `keeps` is False, as in a dry run."""

    def __init__(self, folder: Path, keeps: bool = True) -> None:
        self.folder = folder
        self._keeps = keeps
        self._held = {entry.meeting_id: entry for entry in _kept(folder)}

    def meetings(self) -> Iterator[MeetingEntry]:
        """Every meeting ever seen, by number."""
        for meeting_id in sorted(self._held):
            yield self._held[meeting_id]

    def find(self, meeting_id: int) -> MeetingEntry | None:
        """What is known of a meeting."""
        return self._held.get(meeting_id)

    def keep(self, entry: MeetingEntry) -> None:
        """Keep what is known of a meeting now."""
        if self._held.get(entry.meeting_id) == entry:
            return
        self._held[entry.meeting_id] = entry
        if self._keeps:
            write_whole(self.folder / f"{entry.meeting_id}.json", msgspec.json.encode(entry))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that others see all of it or what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _kept(folder: Path) -> Iterator[MeetingEntry]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield msgspec.json.decode(path.read_bytes(), type=MeetingEntry)
        except msgspec.DecodeError:
            continue  # as good as absent: the meeting is asked for again and its file written over
