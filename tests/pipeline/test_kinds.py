"""The kind of a paper, told from titles, text and tables, with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kinds import tell_kind
from pipeline.knowledge.vocabulary import KindName

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "kinds.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_the_kind_is_told_with_a_reason(case: dict[str, Any]) -> None:
    kind = tell_kind(case["titles"], case["lines"], case["tables"])
    assert (kind.name, bool(kind.reason)) == (case["expect"], True)


def test_the_reason_quotes_the_words_that_told() -> None:
    assert "action plan" in tell_kind(["Ponds Action Plan"], [], []).reason


def test_every_kind_is_tried_in_the_cases() -> None:
    assert {case["expect"] for case in CASES} == set(get_args(KindName))


@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=60), max_size=6))
def test_any_text_gives_a_known_kind(titles: list[str], lines: list[str]) -> None:
    assert tell_kind(titles, lines, []).name in get_args(KindName)
