"""Papers that were fetched and could not be read: how often that was tried, so that it has an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline.load.known import Known
from pipeline.sources.ledger import Tried, write_whole

# What another night may mend: a busy machine, a fault of ours since repaired. The others are the paper's own.
MAY_PASS = ("crashed", "limit: time", "limit: memory", "unreachable")


class Readings:
    """The failed readings of all councils, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._held = msgspec.json.decode(path.read_bytes(), type=dict[str, Tried])
        except (FileNotFoundError, msgspec.DecodeError):
            self._held = {}

    def due(self, sha256: str, cause: str | None, today: dt.date) -> bool:
        """Whether a paper that was not read is to be tried again."""
        tried = self._held.get(sha256)
        return cause in MAY_PASS and (tried is None or tried.due(today))

    def note(self, failed: Mapping[str, Known], attempted: Iterable[str], today: dt.date) -> None:
        """Keep what came of tonight's attempts: `failed` are all papers that stay unread."""
        tonight = set(attempted)
        self._held = {
            sha256: self._tried(sha256, known, sha256 in tonight, today)
            for sha256, known in sorted(failed.items())
        }
        write_whole(self._path, msgspec.json.encode(self._held))

    def find(self, sha256: str) -> Tried | None:
        """What is known of a failed reading."""
        return self._held.get(sha256)

    def _tried(self, sha256: str, known: Known, again: bool, today: dt.date) -> Tried:
        before = self._held.get(sha256)
        if before is not None and (not again or before.on == today):
            return before
        nights = before.nights + 1 if before is not None else 1
        return Tried(known.cause or "", "", "", nights, today)
