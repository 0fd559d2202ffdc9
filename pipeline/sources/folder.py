"""Papers in folders: which files there are, what each holds (sha256), and which are left alone and why."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

# A file that was written to in the last two seconds may still be growing: it is looked at twice.
SETTLED_AFTER = 2.0
LOOK_AGAIN_AFTER = 1.0
HASH_PIECE = 1 << 20
OPENING = 1024  # a reader allows junk before %PDF in so many bytes

UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".temp", ".swp", "~")
TEMPORARY = ("~$", ".", "~")

Reason = Literal[
    "not a PDF",
    "hidden or temporary",
    "our own store",
    "still being written",
    "not a regular file",
    "file cannot be opened",
    "folder cannot be opened",
]


class Found(msgspec.Struct, frozen=True):
    """A file that holds a paper, or was named as one."""

    path: Path
    size: int
    sha256: str


class _Look(msgspec.Struct, frozen=True):
    """What tells without opening it whether a file has changed: size in bytes, time of change in ns."""

    size: int
    changed: int


class LeftAlone(msgspec.Struct, frozen=True):
    """A file or folder that is not read, and why."""

    path: Path
    reason: Reason
    detail: str = ""


def papers_in(paths: Iterable[Path], store: Path | None = None) -> Iterator[Found | LeftAlone]:
    """Every file below `paths` in a steady order, each once: found with its sha256, or left alone with the reason.

    A file that is named itself is taken for a paper whatever it is called. Files that were written to just now come
    last, and are left alone if they still change. A folder that is our `store` is not walked.
    """
    recent: list[tuple[Path, _Look]] = []
    for entry in _each_once(paths, absolute(store) if store else None):
        if isinstance(entry, LeftAlone):
            yield entry
        elif entry[1].changed / 1e9 > time.time() - SETTLED_AFTER:
            recent.append(entry)
        else:
            yield _found(*entry)
    if recent:
        time.sleep(LOOK_AGAIN_AFTER)
    for path, look in recent:
        yield _found(path, look)


def absolute(path: Path) -> Path:
    """The path from the root, without dots; links are left as they are, or a file would be known by another's name."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve follows links


def _each_once(paths: Iterable[Path], store: Path | None) -> Iterator[tuple[Path, _Look] | LeftAlone]:
    seen: set[Path] = set()
    for start in paths:
        named = absolute(start)
        for path in _walk(named, store) if named.is_dir() else [named]:
            place = path.path if isinstance(path, LeftAlone) else path
            if place in seen:
                continue
            seen.add(place)
            look = path if isinstance(path, LeftAlone) else _look(path, named=path == named)
            yield look if isinstance(look, LeftAlone) else (place, look)


def _walk(folder: Path, store: Path | None) -> Iterator[Path | LeftAlone]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield LeftAlone(folder, "folder cannot be opened", error.strerror or "")
        return
    for entry in entries:
        path = Path(entry.path)
        if not entry.is_dir(follow_symlinks=False):
            yield path
        elif entry.name.startswith(TEMPORARY) or entry.name == "__MACOSX":
            yield LeftAlone(path, "hidden or temporary")
        elif path == store:
            yield LeftAlone(path, "our own store")
        else:
            yield from _walk(path, store)


def _look(path: Path, named: bool) -> _Look | LeftAlone:
    """What a file looks like now, or why it is left alone."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return LeftAlone(path, "not a regular file")
        if not named and (path.name.startswith(TEMPORARY) or path.name.lower().endswith(UNFINISHED)):
            return LeftAlone(path, "hidden or temporary")
        if not named and path.suffix.lower() != ".pdf" and not _opens_like_a_pdf(path):
            return LeftAlone(path, "not a PDF")
    except OSError as error:
        return LeftAlone(path, "file cannot be opened", error.strerror or "")
    return _Look(status.st_size, status.st_mtime_ns)


def _opens_like_a_pdf(path: Path) -> bool:
    """A paper that was saved without its ending."""
    if path.suffix:
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(OPENING)


def _found(path: Path, look: _Look) -> Found | LeftAlone:
    """Hash the file, which must look before and after as it did when it was first looked at."""
    try:
        sha256 = sha256_of(path)
    except OSError as error:
        return LeftAlone(path, "file cannot be opened", error.strerror or "")
    if _look(path, named=True) != look:
        return LeftAlone(path, "still being written")
    return Found(path, look.size, sha256)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal, a piece at a time. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(HASH_PIECE):
            digest.update(piece)
    return digest.hexdigest()
