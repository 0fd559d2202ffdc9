"""Limits bind a process before it works, grow with the file, and never loosen what the process was given."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from extract.limits import Limits


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    """Run code that starts with `limits` and `resource` imported."""
    opening = "import resource; from extract.limits import *; "
    return subprocess.run([sys.executable, "-c", opening + code], capture_output=True, text=True, check=False)


def test_a_bound_process_is_refused_memory_beyond_its_limit() -> None:
    done = in_a_process("bind(Limits(memory_bytes=300 << 20)); bytearray(400 << 20)")
    assert "MemoryError" in done.stderr


def test_a_process_already_bound_more_tightly_stays_so() -> None:
    done = in_a_process(
        "resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20)); bind(Limits()); "
        "print(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)"
    )
    assert done.stdout.strip() == "300"


def test_a_bound_process_leaves_no_core_file() -> None:
    assert (
        in_a_process("bind(Limits()); print(resource.getrlimit(resource.RLIMIT_CORE))").stdout == "(0, 0)\n"
    )


def test_a_process_that_sleeps_beyond_the_clock_is_ended() -> None:
    done = in_a_process(
        "import time, extract.limits as l; l.GRACE = 0; bind(Limits(0.1, 2.0)); time.sleep(60)"
    )
    assert done.returncode == -14  # SIGALRM


def test_the_limits_are_bound_before_a_pdf_library_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "extract"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1  # usage
    assert "pypdfium2" not in done.stderr


@given(size=st.integers(0, 1 << 40), larger=st.integers(0, 1 << 40))
def test_a_larger_file_never_has_less_time_and_no_file_has_more_than_the_most(size: int, larger: int) -> None:
    limits = Limits()
    small, large = limits.for_size(size), limits.for_size(size + larger)
    assert limits.cpu_seconds <= small.cpu_seconds <= large.cpu_seconds <= limits.most_seconds
    assert small.memory_bytes == limits.memory_bytes
    assert small.pages == limits.pages
