"""Decisions on recommendations: read where a paper states them, and never from words that agree with something else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.decisions import read_decision, take_decision
from pipeline.passages import Passage

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "decisions.json").read_text(encoding="utf-8")
)["decisions"]
PassageOf = Callable[[str], Passage]


def label(case: dict[str, Any]) -> str:
    return str(case["label"])


@pytest.mark.parametrize("case", CASES, ids=label)
def test_a_decision_is_read_only_where_it_is_stated(case: dict[str, Any], passage_of: PassageOf) -> None:
    stated = read_decision(passage_of(case["text"]), case["column"])
    read = {"value": stated.value, "words": stated.words, "by": stated.by} if stated else None
    assert read == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=label)
def test_a_line_that_is_nothing_but_the_decision_is_taken_out(
    case: dict[str, Any], passage_of: PassageOf
) -> None:
    stated, rest = take_decision(passage_of(case["text"]), case["column"])
    assert (stated is not None, rest.text) == (case["expect"] is not None, case["rest"])


def test_a_column_says_who_decides_where_the_words_do_not() -> None:
    stated = read_decision(Passage("Agreed"), column=True, by="executive")
    assert stated is not None
    assert stated.by == "executive"


def test_a_decision_shows_where_it_is_printed(passage_of: PassageOf) -> None:
    stated = read_decision(passage_of("**Cabinet Response:** Agreed"), column=False)
    assert stated is not None
    assert stated.evidence is not None
    assert stated.evidence.words == "Agreed"


@given(
    st.lists(
        st.sampled_from(["Agreed", "that", "Cabinet Response:", "\n", "lamps", "not", "(accepted)", "."]),
        max_size=9,
    )
)
def test_what_is_not_taken_stays_in_the_cell(pieces: list[str]) -> None:
    text = " ".join(pieces)
    stated, rest = take_decision(Passage(text))
    if stated is None:
        assert rest.text == text
    else:
        assert set(rest.text.split()) <= set(text.split())
