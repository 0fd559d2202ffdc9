"""How much one document may cost, and the binding of a process to it before a PDF library is loaded."""

from __future__ import annotations

import math
import resource
import signal

import msgspec

MEGABYTE = 1 << 20
# A process that shrugs SIGXCPU off is killed this many CPU seconds later, and one that hangs asleep this much later.
GRACE = 5


class Limits(msgspec.Struct, frozen=True):
    """Seconds by the clock and of CPU, bytes of address space, pages.

    A larger file may take longer, `seconds_per_megabyte` more up to `most_seconds`: a scanned page weighs some
    100 kB and takes a second or two to recognise. The clock runs `patience` times as long as the CPU limit, so that
    a busy machine changes no outcome.
    """

    cpu_seconds: float = 60.0
    patience: float = 3.0
    seconds_per_megabyte: float = 20.0
    most_seconds: float = 1800.0
    memory_bytes: int = 2048 * MEGABYTE
    pages: int = 3000

    @property
    def seconds(self) -> float:
        """By the clock."""
        return self.cpu_seconds * self.patience

    def for_size(self, size: int) -> Limits:
        """The limits of a file of `size` bytes: the same, with the time that its size allows."""
        grown = self.cpu_seconds + self.seconds_per_megabyte * size / MEGABYTE
        return msgspec.structs.replace(self, cpu_seconds=max(self.cpu_seconds, min(grown, self.most_seconds)))


def bind_memory(limits: Limits) -> None:
    """Bind this process and all its children to the memory of `limits`, and let them leave no core files."""
    _bind(resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes)
    _bind(resource.RLIMIT_CORE, 0, 0)


def bind_time(limits: Limits) -> None:
    """Bind this process to the time of `limits`: SIGXCPU ends it when its CPU time is used up, SIGALRM the clock's."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    seconds = math.ceil(limits.cpu_seconds)
    _bind(resource.RLIMIT_CPU, seconds, seconds + GRACE)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + GRACE)


def bind(limits: Limits) -> None:
    """Bind this process to all of `limits`; call it before a PDF library is imported."""
    bind_memory(limits)
    bind_time(limits)


def _bind(what: int, soft: int, hard: int) -> None:
    """Set a limit, or keep a lower one that the process was already given from outside."""
    _, ceiling = resource.getrlimit(what)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(what, (soft, hard))
