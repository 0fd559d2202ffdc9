"""Tables of one column: boxes of actions that a status opens, and labels above their values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.shapes import Document
from pipeline.flow import understand
from pipeline.records import Recommendation

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "boxes.json").read_text(encoding="utf-8")
)


def said(recommendation: Recommendation) -> dict[str, Any]:
    """What was read, in the words of a case."""
    out = {
        "text": recommendation.text,
        "ref": recommendation.ref,
        "status": recommendation.status.value if recommendation.status else None,
        "segments": [[s.kind, s.text] for s in recommendation.segments],
        "owners": [owner.name for owner in recommendation.owners],
    }
    return {key: value for key, value in out.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_actions_in_one_column_are_told_from_prose(
    case: dict[str, Any], typeset: Callable[[list[Any]], Document]
) -> None:
    paper = understand(typeset(case["paper"]))
    wanted = [{k: v for k, v in one.items() if k != "section"} for one in case["expect"]]
    assert [said(recommendation) for recommendation in paper.recommendations] == wanted


def test_every_word_of_a_box_is_in_an_action_or_accounted_for(
    typeset: Callable[[list[Any]], Document],
) -> None:
    paper = understand(typeset(CASES[1]["paper"]))
    apart = " ".join(word.words for word in paper.unassigned)
    assert "Are there negative impacts for age?" in apart
    assert "Not applicable" in apart
