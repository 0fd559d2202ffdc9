"""Forms: recommendations that take many rows of a table, a label and its value in each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.shapes import Document
from pipeline.flow import understand
from pipeline.records import Recommendation
from pipeline.understanding.drawn_out import find_drawn_out

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "forms.json").read_text(encoding="utf-8")
)
LABELS = ("Response", "Lead officer", "Timescale", "Progress", "Our own remark", "Status")
WORDS = st.lists(st.sampled_from(["pond", "newt", "May", "agreed", "Clerk", "2", "(a)", "done."]), max_size=6)
VALUES = st.lists(st.tuples(st.sampled_from(LABELS), WORDS.map(" ".join)), min_size=1, max_size=6)


def said(recommendation: Recommendation, wanted: dict[str, Any]) -> dict[str, Any]:
    """What was read, in the words of a case."""
    out = {
        "text": recommendation.text,
        "ref": recommendation.ref,
        "title": recommendation.title,
        "decision": recommendation.decision.value if recommendation.decision else None,
        "status": recommendation.status.value if recommendation.status else None,
        "segments": [[s.kind, s.text] for s in recommendation.segments],
        "owners": [owner.name for owner in recommendation.owners],
        "due": [deadline.words for deadline in recommendation.deadlines],
        "section": recommendation.section,
        "fields": dict(recommendation.fields),
    }
    known = {"status"} - set(
        wanted
    )  # an assessment's figure means what the paper's key says, which cases leave out
    return {key: value for key, value in out.items() if value and key not in known}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_each_form_is_one_recommendation_and_other_tables_are_none(
    case: dict[str, Any], typeset: Callable[[list[Any]], Document]
) -> None:
    read = understand(typeset(case["paper"])).recommendations
    assert [
        said(r, case["expect"][i] if i < len(case["expect"]) else {}) for i, r in enumerate(read)
    ] == case["expect"]


def test_every_value_of_a_form_shows_where_it_is_printed(typeset: Callable[[list[Any]], Document]) -> None:
    read = understand(typeset(CASES[0]["paper"])).recommendations[1]
    shown = [value.evidence for value in read.segments]
    shown += [value.evidence for value in read.owners]
    shown += [value.evidence for value in read.deadlines]
    assert [evidence.words for evidence in shown if evidence] == [
        "There are 41.",
        "Ecology Officer",
        "May 2016",
    ]
    assert all(evidence.places[0].box.top > 150 for evidence in shown if evidence)


def test_labels_are_counted_as_labels(typeset: Callable[[list[Any]], Document]) -> None:
    paper = understand(typeset(CASES[0]["paper"]))
    labels = [word.words for word in paper.unassigned if word.reason == "a label"]
    assert labels.count("Responsibility:") == 2
    assert paper.coverage.words == paper.coverage.assigned + paper.coverage.unassigned


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forms=st.lists(VALUES, min_size=1, max_size=4), apart=st.booleans())
def test_every_word_of_a_form_stands_once_in_the_rows_made_of_it(
    typeset: Callable[[list[Any]], Document], forms: list[list[tuple[str, str]]], apart: bool
) -> None:
    from_top = [["Committee", "Ponds Panel"]]
    tables = [
        [[f"Recommendation {i}: That pond {i} be dug."], *([name, value] for name, value in values)]
        for i, values in enumerate(forms, start=1)
    ]
    document = typeset(tables if apart else [[*from_top, *(row for rows in tables for row in rows)]])
    for one in find_drawn_out(document):
        drawn = Counter(id(word) for word in one.transposed.table.words)
        printed = Counter(id(word) for table in one.sources for word in table.words)
        assert drawn == printed
