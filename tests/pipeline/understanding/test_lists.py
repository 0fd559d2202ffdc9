"""Lists in running text: recommendations and their answers without any table, and the lists that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.shapes import Document, Line
from pipeline.flow import understand
from pipeline.records import Recommendation
from pipeline.understanding.labels import label_of
from pipeline.understanding.letters import is_letter
from pipeline.understanding.lists import paragraphs

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "lists.json").read_text(encoding="utf-8")
)


def said(recommendation: Recommendation) -> dict[str, Any]:
    """What was read, in the words of a case."""
    out = {
        "text": recommendation.text,
        "ref": recommendation.ref,
        "title": recommendation.title,
        "decision": recommendation.decision.value if recommendation.decision else None,
        "segments": [[s.kind, s.text] for s in recommendation.segments],
        "owners": [owner.name for owner in recommendation.owners],
        "due": [deadline.words for deadline in recommendation.deadlines],
        "section": recommendation.section,
    }
    return {key: value for key, value in out.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_a_list_is_read_where_it_is_answered_and_only_there(
    case: dict[str, Any], typeset: Callable[[list[Any]], Document]
) -> None:
    assert [said(r) for r in understand(typeset(case["paper"])).recommendations] == case["expect"]


def test_answers_without_a_label_are_a_doubt(typeset: Callable[[list[Any]], Document]) -> None:
    case = next(c for c in CASES if c["label"].startswith("plain answers below"))
    problems = understand(typeset(case["paper"])).problems
    assert [p.message for p in problems if p.code == "headings-missing"] == [
        "answers without a label were told by what they say"
    ]


def test_a_list_over_two_pages_is_on_both(typeset: Callable[[list[Any]], Document]) -> None:
    case = next(c for c in CASES if "over a page end" in c["label"])
    assert understand(typeset(case["paper"])).recommendations[0].pages == (1, 2)


def test_a_sentence_that_goes_on_over_a_page_is_one_paragraph(
    typeset: Callable[[list[Any]], Document],
) -> None:
    lines = typeset(["The pumps that", "---", "are needed are dear."]).lines
    assert [" ".join(line.text for line in p) for p in paragraphs(lines)] == [
        "The pumps that are needed are dear."
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lead: Parks Manager", "Lead"),
        ("**Responsibility** Parks Manager", "Responsibility"),
        ("2.4 Target date: May", "Target date"),
        ("Response – Agreed", "Response"),
        ("Progress update – June 2019: None", "Progress update – June 2019"),
        ("Timescale", "Timescale"),
    ],
)
def test_a_line_opens_with_a_label(text: str, name: str, typeset: Callable[[list[Any]], Document]) -> None:
    label = label_of(_line(typeset, text).words)
    assert label is not None
    assert label.name == name


@pytest.mark.parametrize(
    "text",
    [
        "The panel said this: ponds are wet.",
        "made by other councils, with mixed results:",
        "Contact officer: Ana Roach",
        "Background papers: none",
        "Complete",
        "To: the Cabinet",
        "The response was late.",
    ],
)
def test_a_sentence_opens_with_no_label(text: str, typeset: Callable[[list[Any]], Document]) -> None:
    assert label_of(_line(typeset, text).words) is None


def _line(typeset: Callable[[list[Any]], Document], text: str) -> Line:
    return typeset([text]).lines[0]


@pytest.mark.parametrize("ends", ["Yours sincerely", "With best wishes", "Kind regards,", "Yours truly"])
def test_a_paper_that_takes_leave_is_a_letter(typeset: Callable[[list[Any]], Document], ends: str) -> None:
    assert is_letter(typeset(["The ponds will be dredged.", ends]).lines)
    assert not is_letter(typeset(["The ponds will be dredged.", "Regards was had to the newts."]).lines)
