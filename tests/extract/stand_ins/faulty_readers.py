"""Readers that go wrong in the ways that PDF libraries do, each named for what it does to its child."""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from extract.errors import Encrypted
from extract.limits import Limits
from extract.shapes import Document, PageInfo


def by_its_name(path: Path, limits: Limits) -> Document:
    """Do what the file's stem says up to the first full stop."""
    return globals()[path.name.split(".")[0]](path, limits)


def reads(path: Path, limits: Limits) -> Document:
    page = PageInfo(number=1, width=595.0, height=842.0, kind="text")
    return Document(
        name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), reader="stand-in", pages=(page,)
    )


def prints_and_reads(path: Path, limits: Limits) -> Document:
    print("a library that prints to standard output")
    os.write(2, b"and to standard error" * 10_000)
    return reads(path, limits)


def answers_at_length(path: Path, limits: Limits) -> Document:
    page = PageInfo(number=1, width=595.0, height=842.0, kind="text", label="x" * 5_000_000)
    return Document(name=path.name, sha256="", reader="stand-in", pages=(page,))


def refuses(path: Path, limits: Limits) -> Document:
    raise Encrypted("it opens only with a password", "printed by the library")


def has_a_fault(path: Path, limits: Limits) -> Document:
    raise ZeroDivisionError("a fault of our own")


def hangs_in_c(path: Path, limits: Limits) -> Document:
    while True:  # PyDLL keeps the interpreter's lock while it sleeps, as a C library that hangs does
        ctypes.PyDLL(None).usleep(500_000)


def burns_in_c(path: Path, limits: Limits) -> Document:
    raise AssertionError(pow(7, 10**9))


def eats_memory(path: Path, limits: Limits) -> Document:
    held = []
    while True:
        held.append(bytearray(b"x" * 10_000_000))


def aborts_for_want_of_memory(path: Path, limits: Limits) -> Document:
    held = bytearray(limits.memory_bytes // 2)
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    os.abort()


def aborts(path: Path, limits: Limits) -> Document:
    os.abort()


def segfaults(path: Path, limits: Limits) -> Document:
    ctypes.string_at(0)
    raise AssertionError("not reached")


def is_killed(path: Path, limits: Limits) -> Document:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("not reached")


def leaves_without_a_word(path: Path, limits: Limits) -> Document:
    os._exit(0)


def kills_its_server(path: Path, limits: Limits) -> Document:
    os.kill(os.getppid(), signal.SIGKILL)
    raise AssertionError("not reached")


def starts_another_and_hangs(path: Path, limits: Limits) -> Document:
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    path.with_suffix(".pid").write_text(str(started.pid))
    time.sleep(600)
    raise AssertionError("not reached")
