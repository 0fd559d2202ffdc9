"""Parts of an answer: markers, false markers, dates of updates, unmarked later rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.segments import continue_segments, infer_kind, marker_styles, split_segments
from pipeline.passages import Passage

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "segments.json").read_text(encoding="utf-8")
)
PassageOf = Callable[[str], Passage]


def label(case: dict[str, Any]) -> str:
    return str(case["label"])


@pytest.mark.parametrize("case", CASES["segments"], ids=label)
def test_a_cell_is_cut_at_its_markers_and_nowhere_else(case: dict[str, Any], passage_of: PassageOf) -> None:
    parts = split_segments(passage_of(case["text"]), case["default"], frozenset(case.get("seen", ())))
    read = [[part.kind, part.text, *([part.date.edtf] if part.date else [])] for part in parts]
    assert read == case["expect"]


@pytest.mark.parametrize("case", CASES["kinds"], ids=label)
def test_an_unmarked_part_is_told_by_its_first_phrase(case: dict[str, Any]) -> None:
    assert infer_kind(case["text"], case["previous"])[0] == case["expect"]


@pytest.mark.parametrize("case", CASES["styles"], ids=label)
def test_a_paper_shows_its_own_styles_of_markers(case: dict[str, Any], passage_of: PassageOf) -> None:
    assert sorted(marker_styles(map(passage_of, case["cells"]))) == case["expect"]


@pytest.mark.parametrize("case", CASES["later_rows"], ids=label)
def test_a_later_row_of_a_recommendation_is_a_part_of_its_own(case: dict[str, Any]) -> None:
    parts = continue_segments(Passage(case["text"]), case["previous"])
    assert [[part.kind, part.text, part.certainty] for part in parts] == case["expect"]


def test_a_part_says_its_marker_and_shows_where_it_is_printed(passage_of: PassageOf) -> None:
    response, action = split_segments(passage_of("**Response:** Lit.\n**Action:** Fit lamps."), "response")
    assert (response.marker, action.marker) == ("Response:", "Action:")
    assert action.evidence is not None
    assert action.evidence.words == "Fit lamps."


PIECES = st.lists(
    st.sampled_from(
        [
            "Update",
            "Action:",
            "Response",
            "–",
            "\n",
            "Lamps have come.",
            "May 2031:",
            "see",
            "Progress",
            "(June 2031):",
            "to",
        ]
    ),
    max_size=12,
)


@given(PIECES, st.sampled_from(["response", "update"]), st.booleans())
def test_no_word_of_a_cell_is_lost(pieces: list[str], default: str, known: bool) -> None:
    text = " ".join(pieces)
    seen = frozenset({"update bare", "response bare"} if known else ())
    parts = split_segments(Passage(text), default, seen)
    kept = " ".join(f"{part.marker} {part.text}" for part in parts)
    assert "".join(c for c in kept if c.isalnum()) == "".join(c for c in text if c.isalnum())
