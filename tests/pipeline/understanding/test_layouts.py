"""Trackers in layouts of many councils, read as a whole, and the tables that look like trackers and are none."""

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
    (Path(__file__).parents[2] / "cases" / "layouts.json").read_text(encoding="utf-8")
)


def said(recommendation: Recommendation) -> dict[str, Any]:
    """What was read, in the words of a case."""
    out = {
        "text": recommendation.text,
        "ref": recommendation.ref,
        "decision": recommendation.decision.value if recommendation.decision else None,
        "rag": recommendation.rag.value if recommendation.rag else None,
        "status": recommendation.status.value if recommendation.status else None,
        "segments": [[s.kind, s.text] for s in recommendation.segments],
        "owners": [owner.name for owner in recommendation.owners],
    }
    return {key: value for key, value in out.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_a_layout_is_read_as_its_councils_mean_it(
    case: dict[str, Any], typeset: Callable[[list[Any]], Document]
) -> None:
    paper = understand(typeset(case["paper"]))
    assert [said(recommendation) for recommendation in paper.recommendations] == case["expect"]
