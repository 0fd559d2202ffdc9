"""One attempt at one file in a worker: out of the store or the PDF, understood or not, with what it cost.

A worker may hang or die; `attempts` turns that, too, into what became of the one file.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from extract import Crashed, LimitReached, Limits, NotRead, Unreachable, printable, sandbox
from extract.errors import Failure, failure_of
from extract.shapes import Document
from extract.version import READER_VERSION
from pipeline.records import Paper
from pipeline.store import Store
from pipeline.workers import Fault, Outcome, in_order, run

# Beside what its PDF may take, the seconds that a paper may spend in the language stage and in starting a worker.
UNDERSTANDING_SECONDS = 120.0
# Loaded once and shared by all workers.
PRELOAD = ("pipeline.warm",)


class Task(msgspec.Struct, frozen=True):
    """A file to read. `sha256` is what it is known to hold, `store` the folder to look in first; None where unknown."""

    path: Path
    limits: Limits = Limits()
    sha256: str | None = None
    store: Path | None = None


class Cost(msgspec.Struct, frozen=True):
    """What an attempt took: seconds by the clock in all; the child's CPU seconds and most bytes, 0 from the store."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    from_store: bool = False


_FREE = Cost()


class Attempt(msgspec.Struct, frozen=True):
    """What became of a file: a paper, or the failure that says why there is none."""

    task: Task
    paper: Paper | None
    failure: Failure | None
    cost: Cost = _FREE

    @classmethod
    def failed(cls, task: Task, error: NotRead, cost: Cost = _FREE) -> Attempt:
        """An attempt that came to nothing."""
        return cls(task, None, failure_of(error), cost)

    @property
    def error(self) -> NotRead:
        """Why there is no paper. Only for an attempt that failed."""
        assert self.failure is not None
        return self.failure.error()


class TablesRead(msgspec.Struct, frozen=True):
    """A document for those who want no more than its tables, or the failure that says why there is none."""

    path: Path
    document: Document | None
    failure: Failure | None

    @property
    def error(self) -> NotRead:
        """Why there is no document. Only where there is none."""
        assert self.failure is not None
        return self.failure.error()


def attempts(tasks: Iterable[Task], jobs: int, ordered: bool = False) -> Generator[Attempt]:
    """One attempt for each task, `jobs` at a time: as they are done, or in the order of the tasks."""
    outcomes = run(attempt, tasks, jobs, seconds=seconds_allowed, preload=PRELOAD)
    with closing(outcomes):
        for outcome in in_order(outcomes) if ordered else outcomes:
            yield _attempt_of(outcome)


def attempt(task: Task) -> Attempt:
    """In a worker: read and understand one file. What is not foreseen is raised."""
    started = time.monotonic()
    # The language stage takes half a second to import; only workers need it.
    from pipeline.flow import understand

    try:
        document, cost = document_of(task)
    except NotRead as error:
        return Attempt.failed(task, error, Cost(time.monotonic() - started))
    paper = understand(document)
    seconds = time.monotonic() - started
    return Attempt(task, paper, None, msgspec.structs.replace(cost, seconds=seconds))


def tables_of(task: Task) -> TablesRead:
    """Read one file's tables, without the language stage; it is the sandbox that guards."""
    try:
        document, _ = document_of(task)
    except NotRead as error:
        return TablesRead(task.path, None, failure_of(error))
    return TablesRead(task.path, document, None)


def document_of(task: Task) -> tuple[Document, Cost]:
    """The document from the store, or from the PDF and then kept. Raises NotRead with the cause."""
    store = Store(task.store) if task.store is not None else None
    if store is not None and task.sha256 is not None:
        kept = store.find(task.sha256, READER_VERSION)
        if kept is not None:
            return msgspec.structs.replace(kept, name=printable(Path(task.path.name))), Cost(from_store=True)
    reading = sandbox(task.limits).read(task.path)
    if task.sha256 is not None and reading.document.sha256 != task.sha256:
        raise Unreachable("the file changed while it was read")
    if store is not None:
        store.keep(reading.document)
    ending = reading.ending
    return reading.document, Cost(cpu_seconds=ending.cpu_seconds, peak_bytes=ending.peak_bytes)


def seconds_allowed(task: Task) -> float:
    """By the clock, for reading and understanding the file."""
    try:
        size = task.path.stat().st_size
    except OSError:
        size = 0  # it is gone; the attempt will say so
    return task.limits.for_size(size).seconds + UNDERSTANDING_SECONDS


def _attempt_of(outcome: Outcome[Task, Attempt]) -> Attempt:
    if isinstance(outcome.result, Fault):
        return Attempt.failed(outcome.item, _error_of(outcome.result))
    return outcome.result


def _error_of(fault: Fault) -> NotRead:
    if fault.kind == "time":
        return LimitReached("time", "in the language stage")
    return Crashed(f"understanding failed: {fault.message}", fault.detail)
