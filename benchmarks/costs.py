"""What a process cost with all that it started: CPU seconds, peak memory, and what it printed."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """CPU seconds and peak megabytes of a process with all its children, and what it printed."""

    seconds: float
    megabytes: float
    printed: str


def adopt_orphans() -> None:
    """Make this process the parent of its children's orphans, so that what servers of workers cost is counted (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command until it and all it started have ended. Raises ChildProcessError where it prints nothing."""
    with tempfile.TemporaryFile("w+") as complaints:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True)
        assert child.stdout is not None
        printed = child.stdout.read()
        usages = list(_usages(child))
        complaints.seek(0)
        if not printed.strip():
            raise ChildProcessError(f"{command} printed nothing:\n{complaints.read()[-2000:]}")
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Cost(seconds, max(usage.ru_maxrss for usage in usages) / 1024, printed)


def _usages(child: subprocess.Popen[str]) -> Iterator[resource.struct_rusage]:
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return
        if pid == child.pid:
            child.returncode = os.waitstatus_to_exitcode(status)
        yield usage
