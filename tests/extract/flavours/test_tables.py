"""A table is read back cell by cell, however it is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.shapes import Document

CASES = json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_table_is_read_back_cell_by_cell(case: dict[str, Any], drawn: Callable[[object], Document]) -> None:
    expected = case.get("expect") or [[cell or "" for cell in row] for row in case["rows"]]
    tables = drawn(case).page_tables
    assert len(tables) == 1
    assert [[_plain(cell) for cell in row] for row in tables[0].grid()] == [
        [_plain(cell) for cell in row] for row in expected
    ]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
