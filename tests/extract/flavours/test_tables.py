"""A table is read back cell by cell, however it is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.shapes import Document

TEXTS = json.loads(Path(__file__).with_name("not_tables.json").read_text(encoding="utf8"))
CASES = json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_table_is_read_back_cell_by_cell(
    case: dict[str, Any], read_table: Callable[[object], Document]
) -> None:
    expected = case.get("expect") or [[cell or "" for cell in row] for row in case["rows"]]
    tables = read_table(case).page_tables
    assert len(tables) == 1
    assert [[_plain(cell) for cell in row] for row in tables[0].grid()] == [
        [_plain(cell) for cell in row] for row in expected
    ]


@pytest.mark.parametrize("case", TEXTS, ids=[case["label"] for case in TEXTS])
def test_a_page_of_texts_holds_no_table(
    case: dict[str, Any], read_text: Callable[[object], Document]
) -> None:
    assert [table.grid() for table in read_text(case).page_tables] == []


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
