"""The parent's end of a reading process: start it, ask it for a file, end it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import msgspec

from extract.limits import Limits
from extract.sandbox.frames import READY, Reply, Request, decode_reply, read_frame, write_frame

# One document is one core's work: more threads would only spend its address space and others' time.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
_WORDS_KEPT = 4000


class SandboxError(RuntimeError):
    """The reading process does not start: an installation at fault, not a document."""


class ReadingProcess:
    """A running ``extract.sandbox.server`` with the pipes to it. Raises SandboxError where it does not start."""

    def __init__(self, limits: Limits, reader: str) -> None:
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this object
        self._process = subprocess.Popen(
            _command(limits, reader),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={**os.environ, **_ONE_THREAD},
        )
        self._requests, self._replies = _pipes_of(self._process)
        if read_frame(self._replies) != READY:
            raise SandboxError(f"the reading process does not start:\n{self.close()}")

    def ask(self, path: Path) -> Reply | None:
        """How the reading of `path` ended; None where the reading process itself ended over it."""
        try:
            write_frame(self._requests, msgspec.msgpack.encode(Request.of(path)))
        except BrokenPipeError:
            return None
        frame = read_frame(self._replies)
        return decode_reply(frame) if frame is not None else None

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def close(self) -> str:
        """End the process, and with it a child that is still at work; what it complained of last."""
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()
        self._process.wait()
        self._replies.close()
        self._complaints.seek(0)
        said = self._complaints.read()[-_WORDS_KEPT:].decode("utf8", "replace")
        self._complaints.close()
        return said


def _command(limits: Limits, reader: str) -> list[str]:
    # -P: a folder of papers to which the user has gone must not be able to bring its own modules.
    server = [sys.executable, "-P", "-m", "extract.sandbox.server"]
    return [*server, msgspec.json.encode(limits).decode(), reader]


def _pipes_of(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout
