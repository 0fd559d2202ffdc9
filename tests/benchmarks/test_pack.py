"""The papers that timing is measured on: always the same, and what they are meant to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pack import make_pack, make_prose, make_tables, tracker_pages
from benchmarks.places import REPOSITORY
from benchmarks.readers import SETTINGS
from extract import read_document


def test_the_same_pack_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = make_pack(tmp_path / "a.pdf", 60), make_pack(tmp_path / "b.pdf", 60)
    assert first.read_bytes() == second.read_bytes()


def test_five_hundred_pages_hold_35_pages_of_trackers() -> None:
    assert tracker_pages(500) == 35
    assert tracker_pages(2000) == 140


def test_only_the_trackers_and_no_prose_of_a_pack_are_read_as_tables(tmp_path: Path) -> None:
    document = read_document(make_pack(tmp_path / "pack.pdf", 100))
    trackers = {n + 1 for n in (20, 21, 22, 70, 71, 72, 73)}
    assert trackers <= {page for table in document.tables for page in table.pages}
    skipped = [page.number for page in document.pages if page.kind == "skipped"]
    assert len(skipped) > 80
    assert trackers.isdisjoint(skipped)


def test_papers_of_a_pack_that_lie_apart_are_not_joined(tmp_path: Path) -> None:
    document = read_document(make_pack(tmp_path / "pack.pdf", 100))
    assert [table.pages for table in document.tables if 21 in table.pages] == [(21, 22, 23)]


def test_a_page_of_prose_holds_no_table_and_a_page_of_a_tracker_one(tmp_path: Path) -> None:
    assert read_document(make_prose(tmp_path / "prose.pdf", 3)).tables == ()
    tables = read_document(make_tables(tmp_path / "tables.pdf", 2)).page_tables
    assert [(table.pages, len(table.rows), table.columns) for table in tables] == [((1,), 6, 4), ((2,), 6, 4)]


def test_every_reader_says_with_which_settings_it_is_measured() -> None:
    assert all(SETTINGS.values())


@pytest.mark.parametrize("section", ["samples", "shared", "tables", "speed", "language", "papers"])
def test_the_page_has_a_place_for_every_chapter(section: str) -> None:
    page = (REPOSITORY / "docs" / "accuracy.md").read_text(encoding="utf8")
    assert page.count(f"<!-- begin: {section} -->") == page.count(f"<!-- end: {section} -->") == 1
