"""How fast papers are understood once they are read: words a second of CPU through the language stage."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.places import SAMPLES, SHARED
from extract import Sandbox
from extract.shapes import Document
from pipeline import warm
from pipeline.flow import understand

FOLDERS = {
    "samples (trackers, every table dense)": SAMPLES,
    "two papers drawn in many ways": SHARED / "papers" / "pdf",
    "papers as councils published them": SHARED / "papers" / "real" / "pdf",
}
REPEATS = 5
LEAST = 100_000


def language() -> Chapter:
    """Words a second over all samples, and over the shared papers where they are here."""
    understand(warm.invented_document())
    rows, claims = [], []
    for name, folder in FOLDERS.items():
        if not folder.is_dir():
            continue
        words, seconds = _through(sorted(folder.glob("*.pdf")))
        rate = words / seconds
        rows.append([name, f"{words:,}", f"{seconds:.3f}", f"{rate:,.0f}"])
        claims.append(Claim(f"words a second, {name}", f"at least {LEAST:,}", f"{rate:,.0f}", rate >= LEAST))
    told = (
        "From Document to Paper, in one process that is warm; the words are all those of tables and of text."
    )
    return Chapter(
        "The language stage", [told, Table(("papers", "words", "CPU s", "words a second"), rows)], claims
    )


def words_of(document: Document) -> int:
    """The words of a document's tables and of its lines outside tables."""
    return sum(1 for t in document.tables for _ in t.words) + sum(len(line.words) for line in document.lines)


def _through(papers: list[Path]) -> tuple[int, float]:
    """Words, and the seconds of the best runs."""
    with Sandbox() as sandbox:  # ended before another chapter waits for all its children
        documents = [sandbox.read(paper).document for paper in papers]
    return sum(map(words_of, documents)), sum(map(_best, documents))


def _best(document: Document) -> float:
    taken = []
    for _ in range(REPEATS):
        started = time.process_time()
        understand(document)
        taken.append(time.process_time() - started)
    return min(taken)
