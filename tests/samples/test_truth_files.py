"""The samples' truth files: well-formed, and every text in them stands in the PDF on the pages that they name."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
INDEX: dict[str, dict[str, Any]] = json.loads((SAMPLES / "papers.json").read_text(encoding="utf8"))
DECISIONS = {
    None,
    "accepted",
    "accepted_in_part",
    "accepted_in_principle",
    "noted",
    "deferred",
    "rejected",
}
STATUSES = {None, "not_started", "in_progress", "complete", "paused", "overdue", "superseded"}
RAGS = {None, "red", "amber", "green", "complete"}
KINDS = {"response", "action", "update"}

papers = pytest.mark.parametrize("name", sorted(INDEX))


def letters(text: str) -> str:
    """Text without white space, hyphens and quotes' shapes, so that lines and pages may be broken anywhere."""
    straight = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return re.sub(r"[\s\x02\xad\ufffe-]", "", straight)


@cache
def page_letters(name: str) -> tuple[str, ...]:
    pages = pypdfium2.PdfDocument(SAMPLES / name)
    return tuple(letters(page.get_textpage().get_text_range()) for page in pages)


@cache
def truth(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((SAMPLES / f"{INDEX[name]['gold']}.json").read_text(encoding="utf8"))
    return gold


def printed(wanted: str, pages: list[str]) -> bool:
    """Whether `wanted` stands on the pages in order, cut between them at most once each, at any letter."""
    if not wanted:
        return True
    if not pages:
        return False
    cut = longest_start(wanted, pages[0])
    return any(printed(wanted[n:], pages[1:]) for n in range(cut, -1, -1))


def longest_start(wanted: str, page: str) -> int:
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in page else (low, middle - 1)
    return low


def is_span(value: dict[str, Any] | None) -> bool:
    if value is None:
        return True
    ends = [datetime.date.fromisoformat(v) for v in (value["start"], value["end"]) if v]
    return ends == sorted(ends)


def texts(rec: dict[str, Any]) -> list[tuple[str, list[int]]]:
    out = [(rec["text"], rec["text_pages"])]
    out += [(s["text"], s["pages"]) for s in rec["segments"]]
    out += [(rec[key], rec["pages"]) for key in ("title", "ref", "decision_raw", "status_raw") if rec[key]]
    return out


def test_the_papers_lie_beside_their_truth() -> None:
    assert len(INDEX) >= 12
    assert {p.name for p in SAMPLES.glob("*.pdf")} == set(INDEX)
    assert {p.name for p in SAMPLES.glob("*.json")} == {f"{v['gold']}.json" for v in INDEX.values()} | {
        "papers.json"
    }


@papers
def test_the_pdf_has_as_many_pages_as_the_index_says(name: str) -> None:
    assert len(page_letters(name)) == INDEX[name]["page_count"]
    assert INDEX[name]["page_offset"] + truth(name)["metadata"]["pages"] <= INDEX[name]["page_count"]


@papers
def test_a_truth_file_uses_only_known_words(name: str) -> None:
    for rec in truth(name)["recommendations"]:
        assert rec["decision"] in DECISIONS
        assert rec["status"] in STATUSES
        assert rec["rag"] in RAGS
        assert {s["kind"] for s in rec["segments"]} <= KINDS
        assert rec["timeline"]["kind"] in {"ongoing", "recurring", "date", "period", "none"}
        assert isinstance(rec["number"], int) or rec["ref"]
        assert set(rec["text_pages"]) <= set(rec["pages"])


@papers
def test_every_date_in_a_truth_file_is_a_day_of_the_calendar_and_no_span_ends_before_it_starts(
    name: str,
) -> None:
    gold = truth(name)
    spans = [gold["metadata"]["date"], *gold["metadata"]["other_dates"]]
    for rec in gold["recommendations"]:
        spans += [rec["timeline"], *rec["timeline_alt"], *rec["dates"], *rec.get("dates_acceptable", [])]
        spans += [rec.get(role) for role in ("expected", "revised", "actual")]
    assert all(map(is_span, spans))


@papers
def test_references_are_not_given_twice(name: str) -> None:
    refs = [rec["ref"] or rec["label"] or rec["number"] for rec in truth(name)["recommendations"]]
    assert len(refs) == len(set(refs))


@papers
def test_every_text_of_the_truth_is_printed_on_the_pages_that_it_names(name: str) -> None:
    offset = INDEX[name]["page_offset"]
    pages = page_letters(name)
    for rec in truth(name)["recommendations"]:
        for text, numbers in texts(rec):
            found = printed(letters(text), [pages[n + offset - 1] for n in numbers])
            assert found, f"{rec['ref'] or rec['label']}: {text!r} is not on pages {numbers}"


@papers
def test_every_owner_is_printed_in_the_paper(name: str) -> None:
    pages = page_letters(name)
    spreads = [list(pages[i : i + 2]) for i in range(len(pages))]
    owners = {owner for rec in truth(name)["recommendations"] for owner in rec["owners"]}
    assert [o for o in sorted(owners) if not any(printed(letters(o), spread) for spread in spreads)] == []


@papers
def test_the_metadata_are_printed_in_the_paper(name: str) -> None:
    meta = truth(name)["metadata"]
    whole = "".join(page_letters(name))
    words = [
        meta["title"],
        meta["subtitle"],
        meta["committee"],
        meta["cabinet_member"],
        *meta["lead_officers"],
    ]
    words += [d["phrase"] for d in [meta["date"], *meta["other_dates"]] if d]
    assert [w for w in words if w and letters(w) not in whole] == []
