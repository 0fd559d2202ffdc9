"""Work that goes wrong in a worker, each kind named for what it does."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time


class ShyError(Exception):
    """An exception that cannot be made again from its words, so that it cannot cross between processes."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def work(item: tuple[str, int]) -> int:
    """Twice the number, unless the word says to fail."""
    word, number = item
    if word == "raises":
        raise ShyError("no", "number")
    if word == "hangs":
        ctypes.PyDLL(None).sleep(60)
    if word == "is killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "segfaults":
        ctypes.string_at(0)
    if word == "leaves":
        sys.exit(3)
    if word == "is slow":
        time.sleep(0.2)
    return number * 2
