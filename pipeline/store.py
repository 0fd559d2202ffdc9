"""The store beside the database: what was read from each document, by sha256 and reader version.

A new language stage rereads no PDF. The store can be deleted at any time; that costs another reading, no row.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from pathlib import Path

import msgspec

from extract.shapes import Document

SHA256 = re.compile(r"[0-9a-f]{64}")
_FAST = 1  # words with boxes shrink to a tenth even so


class Store:
    """A folder ``NAME.store`` that holds Documents; several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, sha256: str, reader: str) -> Document | None:
        """The document as `reader` read it; None where it is not kept, or not in one piece, or in another form."""
        try:
            packed = self._place(sha256, reader).read_bytes()
        except FileNotFoundError:
            return None
        try:
            return Document.from_json(gzip.decompress(packed))
        except (EOFError, OSError, zlib.error, msgspec.DecodeError):
            return None  # as good as absent: it is read again and written over

    def keep(self, document: Document) -> Path:
        """Keep `document`, whole or not at all; the file it is kept in."""
        place = self._place(document.sha256, document.reader)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(gzip.compress(document.to_json(), _FAST, mtime=0))
        unfinished.replace(place)
        return place

    def _place(self, sha256: str, reader: str) -> Path:
        """Raises ValueError where `sha256` is none: it names a folder."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no sha256")
        version = re.sub(r"[^\w.-]+", "-", reader)
        return self.folder / sha256[:2] / f"{sha256}.{version}.json.gz"
