"""How a child's reading ended, and what that ending is called."""

from __future__ import annotations

import signal
from typing import Literal

import msgspec

from extract.errors import Crashed, LimitReached, NotRead
from extract.limits import Limits

Stopped = Literal["", "time", "memory"]

# Of the memory a document may have, the share that must have been in use for a sudden death to be put down to memory:
# a buffer that grows by doubling is refused when it holds between a quarter and a half of what there is.
TELLING_SHARE = 0.25


class Ending(msgspec.Struct, frozen=True):
    """What the parent saw of a child's end. `stopped` says for what it was killed by us, `complaint` its last words."""

    signal: int
    status: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    stopped: Stopped = ""
    complaint: str = ""


def verdict(ending: Ending, limits: Limits) -> NotRead:
    """The cause of an ending without an answer, told from what was measured and never from the child's words."""
    told = _measured(ending)
    if ending.stopped == "time" or ending.signal == signal.SIGALRM:
        return LimitReached("time", told)
    if ending.signal == signal.SIGXCPU or ending.cpu_seconds >= limits.cpu_seconds:
        return LimitReached("cpu", told)
    if ending.stopped == "memory" or ending.peak_bytes >= TELLING_SHARE * limits.memory_bytes:
        return LimitReached("memory", told)
    if ending.signal:
        return Crashed(f"the reading process died of {_signal_name(ending.signal)}", told)
    return Crashed(f"the reading process ended with status {ending.status} and no answer", told)


def _measured(ending: Ending) -> str:
    megabytes = ending.peak_bytes / (1 << 20)
    said = f"; it said: {ending.complaint.strip()}" if ending.complaint.strip() else ""
    return (
        f"after {ending.seconds:.1f} s, {ending.cpu_seconds:.1f} s of CPU, {megabytes:.0f} MB at most, "
        f"signal {ending.signal}, status {ending.status}{said}"
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
