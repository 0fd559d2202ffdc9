"""One page as a picture, with what is drawn on it: rendered in a child of its own, which is bound and may be killed."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

import msgspec

from extract.errors import Crashed, Failure
from extract.limits import Limits
from extract.sandbox.endings import Ending, Stopped, verdict
from extract.shapes import Page

__all__ = ["MOST_PIXELS", "VIEW", "View", "view_page"]

MOST_PIXELS = 16_000_000  # of a picture; a larger page is drawn at fewer dots an inch
VIEW, FAILURE = b"V", b"F"  # the first byte of the child's answer
_MOST_BYTES = 3 * MOST_PIXELS + (64 << 20)  # an answer that is longer is none
_WORDS_KEPT = 4000


class View(msgspec.Struct, frozen=True):
    """A page as read, and its picture: `pixels` are rows of red, green and blue bytes, `scale` pixels a point."""

    page: Page
    width: int
    height: int
    scale: float
    pixels: bytes


def view_page(path: Path, number: int, dpi: int = 144, limits: Limits | None = None) -> View:
    """Page `number` (from 1) as a picture of `dpi` dots an inch, upright as the reader takes it.

    Raises NotRead with the cause (see `extract.errors`).
    """
    bound = limits or Limits()
    with tempfile.TemporaryFile() as complaints:
        answer, ending = _answered(
            [*_command(bound), str(number), str(dpi), os.fspath(path)], complaints, bound
        )
        complaints.seek(0)
        said = complaints.read()[-_WORDS_KEPT:].decode("utf8", "replace")
    if ending.signal or ending.status or not answer:
        raise verdict(msgspec.structs.replace(ending, complaint=said), bound)
    return _view(answer)


def _command(limits: Limits) -> list[str]:
    # -P: a folder of papers to which the user has gone must not be able to bring its own modules.
    return [sys.executable, "-P", "-m", "extract.viewing", msgspec.json.encode(limits).decode()]


def _answered(command: list[str], complaints: IO[bytes], limits: Limits) -> tuple[bytes, Ending]:
    """What the child answered, and how it ended; it is killed with all it started when its time or its room is up."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
    )
    assert child.stdout is not None
    clock = threading.Timer(limits.seconds, _kill, (child.pid,))
    clock.start()
    with child.stdout:
        answer = child.stdout.read(_MOST_BYTES + 1)
    stopped: Stopped = "memory" if len(answer) > _MOST_BYTES else "time" if not clock.is_alive() else ""
    if stopped:
        _kill(child.pid)
    status = child.wait()
    clock.cancel()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    ending = Ending(
        signal=max(-status, 0),
        status=max(status, 0),
        seconds=time.monotonic() - started,
        cpu_seconds=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        peak_bytes=after.ru_maxrss * 1024,
        stopped=stopped,
    )
    return answer, ending


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # gone already
        os.killpg(group, signal.SIGKILL)


def _view(answer: bytes) -> View:
    try:
        if answer[:1] == FAILURE:
            raise msgspec.json.decode(answer[1:], type=Failure).error()
        view = msgspec.msgpack.decode(answer[1:], type=View)
    except msgspec.DecodeError as error:
        raise Crashed("the viewing process answered no picture of this version", str(error)) from error
    if len(view.pixels) != 3 * view.width * view.height:
        raise Crashed("the viewing process answered a picture that is not whole")
    return view
