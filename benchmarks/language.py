"""How fast papers are understood once they are read: words a second of CPU through the language stage."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import spacy

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
MINUTES = "minutes among these"
REPEATS = 5
LEAST = 100_000
TOLD = (
    "From Document to Paper, in one process that has read other papers (samples) but not this one: what it remembers "
    "of texts is forgotten before every run, and the document is decoded anew. The words are all those of tables and "
    "of text. Seconds differ from machine to machine and from hour to hour, so that the same words are also cut by spaCy's "
    "blank English tokenizer in the same run: the last column says how many times its cost the whole stage takes."
)


@dataclass(frozen=True)
class Measured:
    """One paper: its kind, its words, and the seconds of CPU that its best run took."""

    kind: str
    words: int
    seconds: float


def language() -> Chapter:
    """Words a second over all samples, and over the shared papers where they are here."""
    understand(warm.invented_document())
    others = _documents(SAMPLES)
    rows, claims = [], []
    for name, folder in FOLDERS.items():
        if not folder.is_dir():
            continue
        documents = _documents(folder)
        measured = [_measured(document, others) for document in documents]
        rate = _rate(measured)
        rows.append(_row(name, measured, f"{sum(m.seconds for m in measured) / _tokenised(documents):.1f}"))
        claims.append(Claim(f"words a second, {name}", f"at least {LEAST:,}", f"{rate:,.0f}", rate >= LEAST))
        if minutes := [one for one in measured if one.kind == "minutes"]:
            rows.append(_row(MINUTES, minutes, "-"))
    return Chapter(
        "The language stage",
        [TOLD, Table(("papers", "words", "CPU s", "words a second", "times spaCy's tokenizer"), rows)],
        claims,
    )


def words_of(document: Document) -> int:
    """The words of a document's tables and of its lines outside tables."""
    return sum(1 for t in document.tables for _ in t.words) + sum(len(line.words) for line in document.lines)


def _documents(folder: Path) -> list[Document]:
    with Sandbox() as sandbox:  # ended before another chapter waits for all its children
        return [sandbox.read(paper).document for paper in sorted(folder.glob("*.pdf"))]


def _measured(document: Document, others: Sequence[Document]) -> Measured:
    """The best of some runs, each as if the paper were met for the first time."""
    printed = document.to_json()
    kind, taken = "", []
    for _ in range(REPEATS):
        _forget_texts()
        for other in others:
            if other.sha256 != document.sha256:
                understand(other)
        fresh = Document.from_json(printed)
        gc.collect()
        started = time.process_time()
        kind = understand(fresh).kind
        taken.append(time.process_time() - started)
    return Measured(kind, words_of(document), min(taken))


def _forget_texts() -> None:
    """Clear the bounded caches of the pipeline, which hold texts; patterns and vocabulary are kept without bound."""
    for cache in _caches():
        if cache.cache_parameters()["maxsize"] is not None:
            cache.cache_clear()


def _caches() -> Iterator[_lru_cache_wrapper[Any]]:
    modules = [module for name, module in sys.modules.items() if name.startswith("pipeline")]
    return (
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, _lru_cache_wrapper)
    )


def _rate(measured: Sequence[Measured]) -> float:
    return sum(one.words for one in measured) / sum(one.seconds for one in measured)


def _tokenised(documents: Sequence[Document]) -> float:
    """Seconds of CPU in which spaCy's blank English tokenizer cuts the texts of the documents, the best of some runs."""
    tokenizer = spacy.blank("en").tokenizer
    cells = [
        cell.text for d in documents for t in d.tables for row in (*t.rows, *t.repeated) for cell in row.cells
    ]
    texts = [*cells, *(line.text for d in documents for line in d.lines)]
    taken = []
    for _ in range(REPEATS):
        started = time.process_time()
        for text in texts:
            tokenizer(text)
        taken.append(time.process_time() - started)
    return min(taken)


def _row(name: str, measured: Sequence[Measured], beside: str) -> list[str]:
    words, seconds = sum(one.words for one in measured), sum(one.seconds for one in measured)
    return [name, f"{words:,}", f"{seconds:.3f}", f"{_rate(measured):,.0f}", beside]
