"""How a child's reading ended, and what that ending is called."""

from __future__ import annotations

import signal
from typing import Literal

import msgspec

from extract.errors import Crashed, LimitKind, LimitReached, NotRead
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
    kind = _limit_reached(ending, limits)
    if kind is not None:
        return LimitReached(kind, figures=_figures(ending))
    if ending.signal:
        cause = f"the reading process died of {_signal_name(ending.signal)}"
    else:
        cause = f"the reading process ended with status {ending.status} and no answer"
    return Crashed(cause, ending.complaint.strip(), _figures(ending))


def _limit_reached(ending: Ending, limits: Limits) -> LimitKind | None:
    if ending.stopped == "time" or ending.signal == signal.SIGALRM:
        return "time"
    if ending.signal == signal.SIGXCPU or ending.cpu_seconds >= limits.cpu_seconds:
        return "cpu"
    if ending.stopped == "memory" or ending.peak_bytes >= TELLING_SHARE * limits.memory_bytes:
        return "memory"
    return None


def _figures(ending: Ending) -> str:
    megabytes = ending.peak_bytes / (1 << 20)
    return (
        f"after {ending.seconds:.1f} s, {ending.cpu_seconds:.1f} s of CPU, {megabytes:.0f} MB at most, "
        f"signal {ending.signal}, status {ending.status}"
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
