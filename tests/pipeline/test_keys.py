"""What makes references, councils, reviews and owners of several papers the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.keys import (
    council_key,
    identity,
    party_key,
    recommendation_keys,
    reference_key,
    subject_key,
)
from pipeline.records import Recommendation

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "keys.json").read_text(encoding="utf8")
)
NAMED = {"council": council_key, "subject": subject_key, "party": party_key}


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_name_or_reference_has_the_key_of_the_case(case: dict[str, Any]) -> None:
    if case["what"] == "reference":
        assert reference_key(case["text"], case["number"]) == case["expect"]
    else:
        assert NAMED[case["what"]](case["text"]) == case["expect"]


def keys_of(*seen: Recommendation) -> list[str]:
    return recommendation_keys("d", seen)


def test_a_reference_that_stands_once_is_the_whole_key_whatever_its_section() -> None:
    assert keys_of(
        Recommendation("a", ref="1", section="Parks"), Recommendation("b", ref="2", section="Parks")
    ) == ["1", "2"]


def test_a_reference_that_stands_in_two_sections_is_told_apart_by_them() -> None:
    assert keys_of(
        Recommendation("a", ref="1", section="Parks Panel"),
        Recommendation("b", ref="1", section="Roads Panel"),
    ) == ["1 / parks panel", "1 / roads panel"]


def test_a_recommendation_and_an_action_of_one_number_are_two() -> None:
    assert keys_of(Recommendation("a", ref="1"), Recommendation("b", ref="1", kind="action")) == [
        "1 / recommendation",
        "1 / action",
    ]


def test_what_nothing_tells_apart_is_counted_in_the_printed_order() -> None:
    assert keys_of(Recommendation("a", ref="1"), Recommendation("b", ref="R1")) == ["1 #1", "1 #2"]


def test_without_a_reference_the_document_the_page_and_the_order_on_it_are_the_key() -> None:
    assert keys_of(Recommendation("a", pages=(3,)), Recommendation("b", pages=(3, 4))) == [
        "unnumbered d page 3 #1",
        "unnumbered d page 3 #2",
    ]


references = st.none() | st.sampled_from(["1", "R1", "1a", "2", "c)"]) | st.text(max_size=5)
recommendations = st.builds(
    Recommendation,
    text=st.text(max_size=5),
    ref=references,
    number=st.none() | st.integers(0, 3),
    kind=st.sampled_from(["recommendation", "action"]),
    section=st.none() | st.sampled_from(["A", "B", "a"]),
    pages=st.lists(st.integers(1, 3), max_size=2).map(tuple),
)


@given(st.lists(recommendations, max_size=12))
def test_all_recommendations_of_a_paper_have_different_keys(seen: list[Recommendation]) -> None:
    keys = keys_of(*seen)
    assert len(set(keys)) == len(keys)


@given(st.lists(recommendations, max_size=12), st.text(max_size=9))
def test_no_key_changes_when_the_texts_are_read_better(seen: list[Recommendation], better: str) -> None:
    reread = [
        Recommendation(
            better, ref=one.ref, number=one.number, kind=one.kind, section=one.section, pages=one.pages
        )
        for one in seen
    ]
    assert keys_of(*reread) == keys_of(*seen)


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_different_parts_give_different_ids(one: list[str], other: list[str]) -> None:
    if not any("\x1f" in part for part in one + other) and one != other:
        assert identity("x", *one) != identity("x", *other)
