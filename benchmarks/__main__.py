"""``python -m benchmarks [PDF...]``: what reading and understanding each paper costs, beside pdfium's bare text."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

REPOSITORY = Path(__file__).resolve().parent.parent
PAPERS = (REPOSITORY / "samples", REPOSITORY.parent / "shared" / "papers" / "pdf")
READ = (sys.executable, "-m", "pipeline", "read", "--json")
COLUMNS = (
    "paper",
    "outcome",
    "pages",
    "CPU s",
    "bare text",
    "ratio",
    "peak MB",
    "words",
    "assigned",
    "unassigned",
)
PR_SET_CHILD_SUBREAPER = 36
BARE_TEXT = """\
import sys, pypdfium2
for page in pypdfium2.PdfDocument(sys.argv[1]):
    page.get_textpage().get_text_bounded()
"""
BARE = (sys.executable, "-c", BARE_TEXT)


@dataclass(frozen=True)
class Cost:
    """CPU seconds and peak megabytes of a process with all its children, and what it printed."""

    seconds: float
    megabytes: float
    printed: str


def main(arguments: Sequence[str]) -> int:
    """Measure the papers named, or the samples and, where they are here, the shared papers."""
    papers = [Path(name) for name in arguments] or [
        p for folder in PAPERS for p in sorted(folder.glob("*.pdf"))
    ]
    table = Table(*COLUMNS)
    adopt_orphans()
    for paper in papers:
        table.add_row(*_row(paper, cost_of([*READ, str(paper)]), cost_of([*BARE, str(paper)])))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0


def adopt_orphans() -> None:
    """Make this process the parent of its children's orphans, so that what servers of workers cost is counted (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command until it and all it started have ended; what it printed says what became of the paper."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert child.stdout is not None
    printed = child.stdout.read()
    usages = list(_usages(child))
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


def _row(paper: Path, ours: Cost, bare: Cost) -> list[str]:
    line = json.loads(ours.printed) if ours.printed.strip() else {}
    coverage = line.get("coverage") or {}
    return [
        paper.name,
        line.get("outcome", "nothing printed"),
        str(line.get("page_count", "-")),
        f"{ours.seconds:.2f}",
        f"{bare.seconds:.2f}",
        f"{ours.seconds / bare.seconds:.1f}",
        f"{ours.megabytes:.0f}",
        *(str(coverage.get(count, "-")) for count in ("words", "assigned", "unassigned")),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
