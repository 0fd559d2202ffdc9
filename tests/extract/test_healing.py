"""Words cut at a line's end are put together where the paper itself gives the evidence, and only there."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.healing import Vocabulary, healed, healed_lines
from extract.lines import Leading, in_paragraphs
from extract.shapes import Line, Table, running_text

MakeLine = Callable[..., Line]
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "healing.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="session")
def heal(line: MakeLine) -> Callable[..., str]:
    """Heal lines of a column `right` points wide in a paper that says `paper` elsewhere: the running text."""

    def run(lines: Sequence[str], paper: Sequence[str] = (), right: float | None = None) -> str:
        printed = [line(text, 50, 100 + 12 * i, opens=i == 0) for i, text in enumerate(lines)]
        elsewhere = [line(f"so {text} so", 50, 500) for text in paper]
        return running_text(healed_lines(printed, Vocabulary([*printed, *elsewhere]), right))

    return run


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_lines_are_joined_as_a_reader_would(heal: Callable[..., str], case: dict[str, Any]) -> None:
    right = 50 + 5.0 * case["letters"] if "letters" in case else None
    assert heal(case["lines"], case.get("paper", []), right) == case["expect"]


def test_a_cut_word_of_a_table_is_known_from_another_of_its_cells(table: Callable[..., Table]) -> None:
    narrow = table(
        [["Servi\nces", "All services of the council"], ["Head of\nlegal", "no more"]], lefts=(50, 80, 350)
    )
    known = Vocabulary(line for row in narrow.rows for cell in row.cells for line in cell.lines)
    assert [row.cells[0].text for row in healed(narrow, known).rows] == ["Services", "Head of legal"]


words = st.text("abcDE-'@./ 12", min_size=1, max_size=12).filter(lambda t: t.split() != [])


@given(st.lists(words, min_size=1, max_size=6), st.lists(words, max_size=3), st.booleans())
def test_healing_loses_and_adds_no_letter_but_a_typesetters_hyphen(
    line: MakeLine, lines: list[str], paper: list[str], narrow: bool
) -> None:
    printed = in_paragraphs(
        [line(text, 50, 100 + 12 * i) for i, text in enumerate(lines)], Leading(1.2), 110 if narrow else None
    )
    known = Vocabulary([*printed, *(line(f"x {text} x", 50, 500) for text in paper)])
    found = healed_lines(printed, known, 110 if narrow else None)
    assert [one.words for one in found] == [one.words for one in printed]
    fallen = sum(one.joined == "dehyphenated" for one in found)
    before, after = "".join("".join(lines).split()), "".join(running_text(found).split())
    assert after.replace("-", "") == before.replace("-", "")
    assert before.count("-") - after.count("-") == fallen
