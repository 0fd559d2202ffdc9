"""The reading process: it binds itself, loads the readers once, then forks a child for each file it is asked for.

Started by `extract.sandbox` as ``python -m extract.sandbox.server LIMITS READER``; asked on its input, answering on
its output; it ends when its input is closed.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import signal
import sys
from pathlib import Path
from typing import IO, cast

import msgspec

from extract.errors import Unreachable, failure_of
from extract.limits import Limits, bind_memory
from extract.sandbox.child import ParentGone, Reader, read_apart
from extract.sandbox.endings import Ending
from extract.sandbox.frames import FAILURE, READY, Reply, Request, encode_reply, read_frame, write_frame


def main(arguments: list[str]) -> None:
    """Serve until the input ends. `arguments` are the limits in JSON and the reader as ``package.module:function``."""
    limits = msgspec.json.decode(arguments[0], type=Limits)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer: it closes our input
    bind_memory(limits)
    requests, replies = _private_channels()
    reader = cast(Reader, pkgutil.resolve_name(arguments[1]))
    gc.freeze()  # so that a child's collector does not copy the pages it shares with us
    write_frame(replies, READY)
    while (asked := read_frame(requests)) is not None:
        request = msgspec.msgpack.decode(asked, type=Request)
        try:
            reply = _reply(reader, request.file, limits, requests.fileno())
        except ParentGone:
            return
        write_frame(replies, encode_reply(reply))


def _private_channels() -> tuple[IO[bytes], IO[bytes]]:
    """Our input and output under other numbers, so that nothing a library prints gets among the frames."""
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return requests, replies


def _reply(reader: Reader, path: Path, limits: Limits, parent: int) -> Reply:
    try:
        size = path.stat().st_size
    except OSError as error:
        failure = failure_of(Unreachable(f"the file cannot be opened: {error.strerror}"))
        return Reply(Ending(0, 0, 0.0, 0.0, 0), FAILURE + msgspec.json.encode(failure))
    return read_apart(reader, path, limits.for_size(size), parent)


if __name__ == "__main__":
    main(sys.argv[1:])
