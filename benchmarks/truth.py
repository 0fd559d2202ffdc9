"""Papers with their truth: the values that were typeset, or read by hand, as typed values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec


class When(msgspec.Struct, frozen=True):
    """Days from `start` to `end` (ISO, both included; None is open); what counts of a deadline besides."""

    start: str | None = None
    end: str | None = None
    kind: str = "date"
    recurrence: str | None = None

    def __str__(self) -> str:
        days = self.start if self.start == self.end else f"{self.start or '…'} to {self.end or '…'}"
        return " ".join(filter(None, (self.kind, self.recurrence, days if self.start or self.end else "")))


class TrueSegment(msgspec.Struct, frozen=True):
    kind: str
    text: str


class TrueEntity(msgspec.Struct, frozen=True):
    """A person or body of the text; `printed` lists its spellings, parted by semicolons."""

    name: str
    printed: str
    acting: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.printed.split("; "))


class TrueRecommendation(msgspec.Struct, frozen=True):
    """What one recommendation says; `*_alt` and `*_acceptable` are readings that are right as well."""

    text: str
    number: int | str | None = None
    ref: str | None = None
    label: str | None = None
    title: str | None = None
    paragraph_refs: tuple[str, ...] = ()
    decision: str | None = None
    decision_acceptable: tuple[str | None, ...] = ()
    status: str | None = None
    status_acceptable: tuple[str | None, ...] = ()
    rag: str | None = None
    priority: str | None = None
    segments: tuple[TrueSegment, ...] = ()
    segments_alt: tuple[tuple[TrueSegment, ...], ...] = ()
    owners: tuple[str, ...] = ()
    owners_acceptable: tuple[str, ...] = ()
    timeline: When | None = None
    timeline_alt: tuple[When, ...] = ()
    expected: When | None = None
    revised: When | None = None
    actual: When | None = None
    dates: tuple[When, ...] = ()
    dates_acceptable: tuple[When, ...] = ()
    entities: tuple[TrueEntity, ...] | None = None
    pages: tuple[int, ...] = ()


class TrueMetadata(msgspec.Struct, frozen=True):
    title: str | None = None
    subtitle: str | None = None
    council: str | None = None
    committee: str | None = None
    cabinet_member: str | None = None
    date: When | None = None
    lead_officers: tuple[str, ...] = ()
    other_dates: tuple[When, ...] = ()


class Truth(msgspec.Struct, frozen=True):
    """What one paper says: `acceptable` are further right values of the metadata, by field."""

    metadata: TrueMetadata
    recommendations: tuple[TrueRecommendation, ...]
    acceptable: dict[str, tuple[str | None, ...]] = {}


class KnownPaper(msgspec.Struct, frozen=True):
    """A PDF with its truth."""

    path: Path
    truth: Truth


def known_papers(folder: Path) -> Iterator[KnownPaper]:
    """The papers that papers.json of the folder names; PDFs lie in the folder or in its `pdf`."""
    index = json.loads((folder / "papers.json").read_text(encoding="utf8"))
    for name, entry in sorted(index.items()):
        path = next(p for p in (folder / name, folder / "pdf" / name) if p.is_file())
        gold = json.loads((folder / f"{entry['gold']}.json").read_text(encoding="utf8"))
        yield KnownPaper(path, _truth(gold, entry))


def _truth(gold: dict[str, Any], entry: dict[str, Any]) -> Truth:
    """The truth as drawn in one file: a variant may have ratings and pages of its own."""
    recommendations = msgspec.convert(gold["recommendations"], tuple[TrueRecommendation, ...], strict=False)
    return Truth(
        msgspec.convert(gold["metadata"], TrueMetadata, strict=False),
        tuple(_as_drawn(rec, entry) for rec in recommendations),
        msgspec.convert(gold.get("metadata_acceptable", {}), dict[str, tuple[str | None, ...]], strict=False),
    )


def _as_drawn(rec: TrueRecommendation, entry: dict[str, Any]) -> TrueRecommendation:
    number = str(rec.number)
    pages = entry["pages"][number] if "pages" in entry else [p + entry["page_offset"] for p in rec.pages]
    rag = entry["rag"][number] if "rag" in entry else rec.rag
    return msgspec.structs.replace(rec, pages=tuple(pages), rag=rag)
