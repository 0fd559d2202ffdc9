"""``python -m benchmarks [PDF...]``: what reading and understanding each paper costs, beside pdfium's bare text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

REPOSITORY = Path(__file__).resolve().parent.parent
PAPERS = (REPOSITORY / "samples", REPOSITORY.parent / "shared" / "papers" / "pdf")
READ = (sys.executable, "-m", "pipeline", "read", "--json")
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
    table = Table(
        "paper", "pages", "CPU s", "bare text", "ratio", "peak MB", "words", "assigned", "unassigned"
    )
    for paper in papers:
        table.add_row(*_row(paper, cost_of([*READ, str(paper)]), cost_of([*BARE, str(paper)])))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command to its end. Its exit code is not looked at: what it printed says what became of the paper."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        printed = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed)


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
