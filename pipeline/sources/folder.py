"""Papers in folders: which files there are, what each holds (sha256), and which are left alone and why."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
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
    "not a PDF", "hidden or temporary", "still being written", "cannot be opened", "not a regular file"
]


class Print(msgspec.Struct, frozen=True):
    """What tells without opening it that a file is the same as before: size in bytes, time of change in ns."""

    size: int
    changed: int


class Known(msgspec.Struct, frozen=True):
    """A place where a document was found before, as it looked then."""

    print: Print
    sha256: str


class Found(msgspec.Struct, frozen=True):
    """A file that holds a paper, or was named as one. `hashed` is False where its sha256 was known from before."""

    path: Path
    print: Print
    sha256: str
    hashed: bool = True


class LeftAlone(msgspec.Struct, frozen=True):
    """A file or folder that is not read, and why."""

    path: Path
    reason: Reason
    detail: str = ""


KnownAt = Callable[[Path], Known | None]


def nothing_known(_path: Path) -> Known | None:
    """For a first run: no place was seen before."""
    return None


def papers_in(paths: Iterable[Path], known_at: KnownAt = nothing_known) -> Iterator[Found | LeftAlone]:
    """Every file below `paths` in a steady order, each once: found with its sha256, or left alone with the reason.

    A file that is named itself is taken for a paper whatever it is called. Files that were written to just now come
    last, and are left alone if they still change.
    """
    recent: list[Path] = []
    for path, named in _each_once(paths):
        if isinstance(path, LeftAlone):
            yield path
            continue
        look = _look(path, named)
        if isinstance(look, LeftAlone):
            yield look
        elif _may_be_growing(look, known_at(path)):
            recent.append(path)
        else:
            yield _found(path, look, known_at(path))
    yield from _settled(recent, known_at)


def _each_once(paths: Iterable[Path]) -> Iterator[tuple[Path | LeftAlone, bool]]:
    """Absolute paths, and whether each was named itself."""
    seen: set[Path] = set()
    for start in paths:
        absolute = Path(os.path.abspath(start))  # noqa: PTH100 - Path.resolve would follow a link to another name
        within = _walk(absolute) if absolute.is_dir() else iter([absolute])
        for path in within:
            if isinstance(path, LeftAlone):
                yield path, False
            elif path not in seen:
                seen.add(path)
                yield path, path == absolute


def _walk(folder: Path) -> Iterator[Path | LeftAlone]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield LeftAlone(folder, "cannot be opened", error.strerror or "")
        return
    for entry in entries:
        path = Path(entry.path)
        if not entry.is_dir(follow_symlinks=False):
            yield path
        elif entry.name.startswith(TEMPORARY) or entry.name == "__MACOSX":
            yield LeftAlone(path, "hidden or temporary")
        else:
            yield from _walk(path)


def _look(path: Path, named: bool) -> Print | LeftAlone:
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
        return LeftAlone(path, "cannot be opened", error.strerror or "")
    return Print(status.st_size, status.st_mtime_ns)


def _opens_like_a_pdf(path: Path) -> bool:
    """A paper that was saved without its ending."""
    if path.suffix:
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(OPENING)


def _may_be_growing(look: Print, known: Known | None) -> bool:
    if known is not None and known.print == look:
        return False
    return look.changed / 1e9 > time.time() - SETTLED_AFTER


def _settled(recent: list[Path], known_at: KnownAt) -> Iterator[Found | LeftAlone]:
    """The files of `recent` that do not change while we wait."""
    before = {path: _look(path, named=True) for path in recent}
    if recent:
        time.sleep(LOOK_AGAIN_AFTER)
    for path, look in before.items():
        now = _look(path, named=True)
        if isinstance(now, LeftAlone):
            yield now
        elif now != look:
            yield LeftAlone(path, "still being written")
        else:
            yield _found(path, now, known_at(path))


def _found(path: Path, look: Print, known: Known | None) -> Found | LeftAlone:
    """Hash the file, unless it looks as it did when it was hashed before."""
    if known is not None and known.print == look:
        return Found(path, look, known.sha256, hashed=False)
    try:
        sha256 = sha256_of(path)
    except OSError as error:
        return LeftAlone(path, "cannot be opened", error.strerror or "")
    if _look(path, named=True) != look:
        return LeftAlone(path, "still being written")
    return Found(path, look, sha256)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal, a piece at a time. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(HASH_PIECE):
            digest.update(piece)
    return digest.hexdigest()
