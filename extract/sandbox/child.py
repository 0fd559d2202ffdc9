"""One document in a forked child: bound in time, watched while it reads, killed with all it started when it overruns."""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
import selectors
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

import msgspec

from extract.errors import Crashed, LimitReached, NotRead, failure_of
from extract.limits import Limits, bind_time
from extract.sandbox.endings import Ending, Stopped
from extract.sandbox.frames import DOCUMENT, FAILURE, Reply, printable
from extract.shapes import Document

Reader = Callable[[Path, Limits], Document]

COMPLAINT_BYTES = 4000
PIPE_BYTES = 1 << 16
# Of the memory that a document may have, the share that its answer may fill: the parent holds it as well.
ANSWER_SHARE = 0.25


class ParentGone(Exception):
    """Who asked for the document is no longer there."""


class _Child(msgspec.Struct, frozen=True):
    """A running child and our ends of the pipes for its answer and its complaints."""

    pid: int
    answers: int
    complaints: int


class _Watch:
    """What was received of a child so far, and until when it may go on."""

    def __init__(self, limits: Limits) -> None:
        self.started = time.monotonic()
        self.deadline = self.started + limits.seconds
        self.most_bytes = int(limits.memory_bytes * ANSWER_SHARE)
        self.answer = bytearray()
        self.complaint = b""
        self.stopped: Stopped = ""
        self.orphaned = False


class _Telling:
    """Whatever ends the reading inside the child becomes its answer; the child does not outlive the block."""

    def __init__(self, answers: int) -> None:
        self.answers = answers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, trace: TracebackType | None) -> NoReturn:
        status = 1
        try:
            if error is not None:
                _write(self.answers, FAILURE + msgspec.json.encode(failure_of(_named(error, trace))))
            status = 0
        finally:
            os._exit(status)


def read_apart(reader: Reader, path: Path, limits: Limits, parent: int) -> Reply:
    """Read `path` in a forked child and say how that ended; `parent` is a descriptor that is silent while we are wanted.

    Raises ParentGone, the child being dead by then, when `parent` is closed at its other end.
    """
    watch = _Watch(limits)
    child = _started(reader, path, limits)
    _attend(child, watch, parent)
    ending = _ended(child, watch)
    if watch.orphaned:
        raise ParentGone
    return Reply(ending, bytes(watch.answer))


def _started(reader: Reader, path: Path, limits: Limits) -> _Child:
    answers, told = os.pipe()
    complaints, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        with _Telling(told):
            _read_as_child(reader, path, limits, (told, said))
    os.close(told)
    os.close(said)
    return _Child(pid, answers, complaints)


def _read_as_child(reader: Reader, path: Path, limits: Limits, pipes: tuple[int, int]) -> None:
    """In the child: a group of its own (so that what it starts dies with it), no input, output to the complaints."""
    told, said = pipes
    os.setpgid(0, 0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(said, 1)
    os.dup2(said, 2)
    _close_all_but(told, said)
    bind_time(limits)
    document = msgspec.structs.replace(reader(path, limits), name=printable(Path(path.name)))
    _write(told, DOCUMENT + document.to_json())


def _attend(child: _Child, watch: _Watch, parent: int) -> None:
    """Take in what the child writes until it closes its answer or has to be stopped."""
    with selectors.DefaultSelector() as selector:
        for source in (child.answers, child.complaints, parent):
            selector.register(source, selectors.EVENT_READ)
        while not watch.stopped and not watch.orphaned:
            left = watch.deadline - time.monotonic()
            ready = [key.fd for key, _ in selector.select(max(left, 0))]
            watch.orphaned = parent in ready
            watch.stopped = "time" if left <= 0 and not ready else ""
            if child.complaints in ready and not _take_complaint(child, watch):
                selector.unregister(child.complaints)
            if child.answers in ready and not _take_answer(child, watch):
                return


def _take_answer(child: _Child, watch: _Watch) -> bool:
    """Take in a piece of the answer; False when there is no more."""
    piece = os.read(child.answers, PIPE_BYTES)
    watch.answer += piece
    if len(watch.answer) > watch.most_bytes:
        watch.stopped = "memory"
    return bool(piece)


def _take_complaint(child: _Child, watch: _Watch) -> bool:
    """Keep the last of what the child and its libraries print; False when there is no more."""
    piece = os.read(child.complaints, PIPE_BYTES)
    watch.complaint = (watch.complaint + piece)[-COMPLAINT_BYTES:]
    return bool(piece)


def _ended(child: _Child, watch: _Watch) -> Ending:
    """Make sure that the child and all that it started are dead, and measure what it used."""
    if watch.stopped or watch.orphaned or not _leaves_by_itself(child.pid, watch.deadline):
        _kill(child.pid)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    _kill_group(child.pid)  # its number is kept from others until wait4 has fetched its status
    _, status, usage = os.wait4(child.pid, 0)
    os.close(child.answers)
    os.close(child.complaints)
    return _ending(status, usage, watch)


def _leaves_by_itself(pid: int, deadline: float) -> bool:
    """Whether the child, having closed its answer, is gone before its time is up (its status is left to fetch)."""
    pause = 0.0002
    while time.monotonic() < deadline:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return True
        time.sleep(pause)
        pause = min(pause * 2, 0.02)
    return False


def _kill(pid: int) -> None:
    """Kill the child, whether or not it has come to be the head of its own group."""
    _kill_group(pid)
    os.kill(pid, signal.SIGKILL)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # no group: already gone, or not yet made
        os.killpg(pid, signal.SIGKILL)


def _ending(status: int, usage: resource.struct_rusage, watch: _Watch) -> Ending:
    return Ending(
        signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        status=os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        seconds=time.monotonic() - watch.started,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * 1024,
        stopped=watch.stopped,
        complaint=watch.complaint.decode("utf8", "replace"),
    )


def _named(error: BaseException, trace: TracebackType | None) -> NotRead:
    if isinstance(error, NotRead):
        return error
    if isinstance(error, MemoryError):
        return LimitReached("memory")
    return Crashed(
        f"our own reader failed: {type(error).__name__}: {error}",
        "".join(traceback.format_exception(type(error), error, trace)),
    )


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _close_all_but(*kept: int) -> None:
    """Leave the child no descriptor of its parent's but the standard three and `kept`."""
    edges = [2, *sorted(kept), 1 << 20]
    for before, after in itertools.pairwise(edges):
        os.closerange(before + 1, after)
