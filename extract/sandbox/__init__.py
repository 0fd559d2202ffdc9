"""The sandbox: every document is read in a child process that has bound itself and may be killed."""

from __future__ import annotations

import atexit
import functools
import os
import threading
from pathlib import Path
from typing import Self

import msgspec

from extract.errors import Crashed, Failure, NotRead
from extract.limits import Limits
from extract.sandbox.endings import Ending, verdict
from extract.sandbox.frames import DOCUMENT, FAILURE, Reply, printable
from extract.sandbox.process import ReadingProcess, SandboxError
from extract.shapes import Document

__all__ = ["READER", "Ending", "Reading", "Sandbox", "SandboxError", "printable", "read_document", "sandbox"]

READER = "extract.document:read"


class Reading(msgspec.Struct, frozen=True):
    """A document with what its reading cost."""

    document: Document
    ending: Ending


class Sandbox:
    """A reading process that lives as long as this object and reads one file at a time, each in a child of its own.

    `reader` names the function (path, limits) -> Document that the child calls. The process is started when it is
    first needed, and again after it has died.
    """

    def __init__(self, limits: Limits | None = None, reader: str = READER) -> None:
        self.limits = limits or Limits()
        self.reader = reader
        self._process: ReadingProcess | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path) -> Reading:
        """The document in `path`. Raises NotRead with the cause, SandboxError where no reading process can start."""
        with self._lock:
            reply = self._running().ask(path)
            if reply is None:
                raise Crashed("the reading process itself ended", self.close())
        return _reading(reply, self.limits.for_size(_size(path)))

    def close(self) -> str:
        """End the reading process, and with it a child that is still at work; what it complained of last."""
        process, self._process = self._process, None
        return process.close() if process is not None else ""

    def _running(self) -> ReadingProcess:
        if self._process is not None and not self._process.running:
            self.close()
        if self._process is None:
            self._process = ReadingProcess(self.limits, self.reader)
        return self._process


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """The document in `path`, read in a child under `limits` by a reading process kept for the next call.

    Raises NotRead with the cause (see `extract.errors`), SandboxError where no reading process can start.
    """
    return sandbox(limits or Limits()).read(path).document


def sandbox(limits: Limits) -> Sandbox:
    """This process's own sandbox for `limits`, kept for the next call."""
    return _sandbox_of(os.getpid(), limits)


@functools.cache
def _sandbox_of(_process: int, limits: Limits) -> Sandbox:
    """By process, because a forked worker must not talk over its parent's pipes."""
    kept = Sandbox(limits)
    atexit.register(kept.close)
    return kept


def _reading(reply: Reply, limits: Limits) -> Reading:
    ending, kind, content = reply.ending, reply.answer[:1], reply.answer[1:]
    if ending.signal or ending.status or not kind:
        raise verdict(ending, limits)
    if kind == FAILURE:
        raise _decoded_failure(content)
    if kind != DOCUMENT:
        raise Crashed("the reading process answered neither a document nor a failure")
    try:
        return Reading(Document.from_json(content), ending)
    except msgspec.DecodeError as error:
        raise Crashed("the reading process answered no document of this version", str(error)) from error


def _decoded_failure(content: bytes) -> NotRead:
    try:
        return msgspec.json.decode(content, type=Failure).error()
    except msgspec.DecodeError as error:
        return Crashed("the reading process answered no failure of this version", str(error))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # gone meanwhile: the reply says so
