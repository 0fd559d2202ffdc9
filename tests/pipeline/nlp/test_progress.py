"""How far a recommendation has come, read from words that state it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.progress import read_progress
from pipeline.nlp.ratings import Key, KeyEntry
from pipeline.passages import Passage

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "progress.json").read_text(encoding="utf-8")
)["progress"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_a_state_is_read_where_the_cell_opens_with_it(case: dict[str, Any]) -> None:
    key = Key(tuple(KeyEntry(sign, meaning, None) for sign, meaning in case.get("key", {}).items()))
    stated = read_progress(Passage(case["text"]), case["column"], key)
    assert ({"value": stated.value, "words": stated.words} if stated else None) == case["expect"]


@given(st.integers(min_value=0, max_value=100))
def test_a_share_is_complete_only_when_it_is_all(share: int) -> None:
    stated = read_progress(Passage(f"{share}% complete"), column=True)
    assert stated is not None
    assert stated.value == {0: "not_started", 100: "complete"}.get(share, "in_progress")


@given(st.text(max_size=40))
def test_outside_a_column_prose_never_makes_a_state(text: str) -> None:
    assert read_progress(Passage(f"The lamps {text}"), column=False) is None
