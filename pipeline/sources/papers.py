"""The folder of fetched papers beside the database: each under its sha256, so that evidence outlives the council's site."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.sources.errors import NotAPaper
from pipeline.sources.folder import OPENING, Found


class Papers:
    """A folder ``NAME.store/papers``; its files' names are made here and never by a server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, sha256: str) -> Path:
        """Where the paper of this content lies, if it does."""
        return self.folder / sha256[:2] / f"{sha256}.pdf"

    def find(self, sha256: str) -> Found | None:
        """The kept paper of this content; None where it is not there any more."""
        try:
            return Found(self.place(sha256), self.place(sha256).stat().st_size, sha256)
        except FileNotFoundError:
            return None

    def keep(self, pieces: Iterator[bytes]) -> Found:
        """Keep a PDF that comes in pieces, whole or not at all. Raises NotAPaper for anything else."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{os.getpid()}.part"
        try:
            digest, size = hashlib.sha256(), 0
            with unfinished.open("wb") as file:
                for piece in _of_a_pdf(pieces):
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
                file.flush()
                os.fsync(file.fileno())
            kept = self.place(digest.hexdigest())
            kept.parent.mkdir(exist_ok=True)
            unfinished.replace(kept)
        finally:
            unfinished.unlink(missing_ok=True)
        return Found(kept, size, digest.hexdigest())

    def tidy(self) -> None:
        """Take away what a run that died had begun; only for who holds the lock of the night."""
        for unfinished in self.folder.glob(".*.part"):
            unfinished.unlink(missing_ok=True)


def _of_a_pdf(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces; raises NotAPaper where they do not open as a PDF does."""
    opening = b""
    for piece in pieces:
        opening += piece
        if len(opening) >= OPENING:
            break
    if b"%PDF-" not in opening[:OPENING]:
        raise NotAPaper("what came is no PDF")
    yield opening
    yield from pieces
