"""What a paper costs from the command line, start-up included, beside pdfium's bare text."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.chapters import Chapter, Table
from benchmarks.costs import Cost, cost_of

READ = (sys.executable, "-m", "pipeline", "read", "--json")
BARE_TEXT = """\
import sys, pypdfium2
for page in pypdfium2.PdfDocument(sys.argv[1]):
    page.get_textpage().get_text_bounded()
print("done")
"""
BARE = (sys.executable, "-c", BARE_TEXT)
HEADINGS = (
    "paper", "outcome", "pages", "CPU s", "bare text", "ratio", "peak MB", "words", "assigned", "unassigned",
)  # fmt: skip


def paper_costs(papers: Sequence[Path]) -> Chapter:
    """A row a paper."""
    rows = [_row(paper, cost_of([*READ, str(paper)]), cost_of([*BARE, str(paper)])) for paper in papers]
    told = "`scrutiny read`, each paper alone: start-up, sandbox, workers and the language stage included."
    return Chapter("Papers one by one", [told, Table(HEADINGS, rows)])


def _row(paper: Path, ours: Cost, bare: Cost) -> list[str]:
    line = json.loads(ours.printed)
    coverage = line.get("coverage") or {}
    return [
        paper.name,
        line["outcome"],
        str(line["page_count"]),
        f"{ours.seconds:.2f}",
        f"{bare.seconds:.2f}",
        f"{ours.seconds / bare.seconds:.1f}",
        f"{ours.megabytes:.0f}",
        *(str(coverage.get(count, "-")) for count in ("words", "assigned", "unassigned")),
    ]
