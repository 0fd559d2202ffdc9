"""Every sample is read at least as well as it has ever been: the figures reached lie in tests/golden/accuracy.

A field that falls below its figure fails. A field that rises fails too, until `make golden` has written the new figure;
`make golden` never lowers one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.accuracy import FIELDS, score
from benchmarks.truth import KnownPaper, known_papers
from extract import Limits, sandbox

REACHED = Path(__file__).parent / "accuracy"
TESTS = Path(__file__).parents[1]
PAPERS = [*known_papers(TESTS.parent / "samples"), *known_papers(TESTS / "papers")]
HOPED = {"recommendation": 1.0, "text": 1.0, "pages": 1.0}  # where no figure is written yet

Figures = dict[str, float]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.path.stem)
def test_no_field_of_a_sample_is_read_worse_than_it_was(
    paper: KnownPaper, request: pytest.FixtureRequest
) -> None:
    file = REACHED / f"{paper.path.stem}.json"
    reached: Figures = json.loads(file.read_text(encoding="utf8")) if file.exists() else HOPED
    now = figures(paper)
    assert fallen(reached, now) == {}
    if request.config.getoption("--write-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(now, indent=1) + "\n", encoding="utf8")
    elif now != reached:
        pytest.fail(f"{file.name} reads better than written: make golden, then commit the figures")


def figures(paper: KnownPaper) -> Figures:
    """F1 by field, of the fields that the paper has."""
    scored = score(paper, sandbox(Limits()))
    found = ((field, scored.f1(field)) for field in FIELDS)
    return {field: round(value, 4) for field, value in found if value is not None}


def fallen(reached: Figures, now: Figures) -> dict[str, tuple[float, float | None]]:
    """The fields that fell: (figure reached, figure now)."""
    return {
        field: (was, now.get(field)) for field, was in reached.items() if now.get(field, 0.0) < was - 1e-9
    }


def test_a_fall_is_told_with_both_figures_and_a_rise_is_none() -> None:
    assert fallen({"text": 1.0, "owners": 0.5}, {"text": 0.9, "owners": 0.6}) == {"text": (1.0, 0.9)}


def test_a_field_that_is_no_longer_read_has_fallen() -> None:
    assert fallen({"rag": 0.8}, {}) == {"rag": (0.8, None)}


def test_no_figure_is_left_of_a_sample_that_is_gone() -> None:
    assert {file.stem for file in REACHED.glob("*.json")} == {paper.path.stem for paper in PAPERS}
