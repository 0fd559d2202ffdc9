"""Deadline cells: the cells of tests/cases/deadlines.json, and laws."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Box, Line, Place, Word
from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates import Anchor
from pipeline.nlp.deadlines import announced_deadlines, main_timeline, read_deadlines
from pipeline.passages import Passage
from pipeline.records import Deadline, Evidence

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "deadlines.json").read_text("utf8")
)
PAPER = "2024-07-02"
DEFAULTS: dict[str, Any] = {
    "role": "target",
    "edtf": "",
    "earliest": None,
    "latest": None,
    "recurrence": None,
    "certainty": "certain",
}
FRAGMENTS = (
    *(
        "Ongoing",
        "Completed",
        "TBC",
        "Quarterly",
        "revised to",
        "was",
        "by",
        "end of",
        "from",
        "until",
        "-",
        "–",
        "/",
    ),
    *(
        "31",
        "1st",
        "March",
        "Sept",
        "2024",
        "2025/26",
        "25",
        "’26",
        "Q3",
        "Spring",
        "autumn term",
        "3 months",
        "&",
    ),
    *(
        "onwards",
        "(provisional)",
        "next meeting",
        "31/02/2025",
        "01.04.25",
        "extended to",
        "commenced",
        "to",
        "and",
    ),
    *("annual review", "financial year", "each", "mid-", "Monday", "2106", "not", "once in post", ",", "\n"),
)
cells = st.lists(st.sampled_from(FRAGMENTS), max_size=9).map(" ".join)
anchors = st.builds(Anchor, st.none() | st.dates(dt.date(1995, 1, 1), dt.date(2060, 12, 31)))


def read(case: dict[str, Any]) -> tuple[tuple[Deadline, ...], list[str]]:
    day = case.get("paper_date", PAPER)
    anchor = Anchor(dt.date.fromisoformat(day) if day else None)
    found = read_deadlines(Passage.plain(case["text"]), anchor, case.get("column", "target"))
    return found.values, [problem.code for problem in found.problems]


def as_expected(deadline: Deadline) -> dict[str, Any]:
    shown = {"words": deadline.words, "kind": deadline.kind}
    shown |= {k: getattr(deadline, k) for k, usual in DEFAULTS.items() if getattr(deadline, k) != usual}
    told = deadline.inferred_from if deadline.kind != "relative" else ""
    return shown | ({"inferred_from": told} if told else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_cell_says_these_deadlines(case: dict[str, Any]) -> None:
    values, problems = read(case)
    assert [as_expected(value) for value in values] == case["expect"]
    assert problems == case.get("problems", [])


@pytest.mark.parametrize("case", [c for c in CASES if "main" in c], ids=lambda case: case["label"])
def test_of_several_deadlines_the_record_shows_this_one(case: dict[str, Any]) -> None:
    shown = main_timeline(read(case)[0])
    assert shown is not None
    assert shown.words == case["main"]


def test_a_third_of_the_cells_give_no_day() -> None:
    assert sum(not any("edtf" in value for value in case["expect"]) for case in CASES) * 3 >= len(CASES)


def test_no_deadlines_show_none() -> None:
    assert main_timeline(()) is None


def _iso(day: Any) -> str | None:
    return None if isinstance(day, float) else dt.date(day.tm_year, day.tm_mon, day.tm_mday).isoformat()


@given(cells, anchors)
def test_every_edtf_form_can_be_parsed_and_has_the_same_bounds(cell: str, anchor: Anchor) -> None:
    for value in read_deadlines(Passage.plain(cell), anchor).values:
        if value.edtf:
            parsed = parse_edtf(value.edtf)
            bounds = (_iso(parsed.lower_strict()), _iso(parsed.upper_strict()))
            assert bounds == (value.earliest, value.latest)
        else:
            assert (value.earliest, value.latest) == (None, None)


@given(cells, anchors)
def test_a_date_or_period_has_days_and_a_recurring_time_says_how_often(cell: str, anchor: Anchor) -> None:
    for value in read_deadlines(Passage.plain(cell), anchor).values:
        assert bool(value.edtf) == (value.kind in ("date", "period")) or value.kind == "ongoing"
        assert value.recurrence is None or value.kind == "recurring"


@given(cells, anchors)
def test_a_cell_with_words_is_never_without_a_deadline(cell: str, anchor: Anchor) -> None:
    values = read_deadlines(Passage.plain(cell), anchor).values
    assert bool(values) == bool(cell.strip())
    assert all(value.words and value.words in cell for value in values)
    assert (main_timeline(values) in values) == bool(values)


@given(st.text(max_size=120), anchors)
def test_any_cell_can_be_read(cell: str, anchor: Anchor) -> None:
    read_deadlines(Passage.plain(cell), anchor)


@given(cells)
def test_without_a_paper_date_no_year_is_taken_from_it(cell: str) -> None:
    values = read_deadlines(Passage.plain(cell), Anchor()).values
    assert not any(value.inferred_from.startswith("paper") for value in values)


@given(cells, anchors)
def test_an_inferred_year_is_never_certain(cell: str, anchor: Anchor) -> None:
    values = read_deadlines(Passage.plain(cell), anchor).values
    assert not any(v.certainty == "certain" and v.inferred_from and v.edtf for v in values)


def test_a_deadline_shows_where_it_is_printed() -> None:
    printed = enumerate(["Ongoing", "March", "2025"])
    line = Line(tuple(Word(w, Box(50 * i, 5, 50 * i + 45, 15), 3) for i, w in printed))
    ongoing, march = read_deadlines(Passage.of_lines([line]), Anchor()).values
    assert ongoing.evidence == Evidence((Place(3, Box(0, 5, 45, 15)),), "Ongoing")
    assert march.evidence == Evidence((Place(3, Box(50, 5, 145, 15)),), "March 2025")


def test_a_month_broken_over_two_lines_is_one_date() -> None:
    (value,) = read_deadlines(Passage.plain("Mar\n2026"), Anchor()).values
    assert (value.words, value.edtf) == ("Mar\n2026", "2026-03")


@pytest.mark.parametrize(
    ("text", "role", "latest"),
    [
        (
            "Two posts are filled. The completion date has been extended to March 2025.",
            "revised",
            "2025-03-31",
        ),
        ("The plan is drafted (target date: 30/09/24 – kept under watch).", "target", "2024-09-30"),
        ("The due date is now the end of the financial year.", "revised", "2025-03-31"),
        ("The deadline for replies is 6 September 2024. A review follows in 2026.", "target", "2024-09-06"),
    ],
)
def test_running_text_announces_a_deadline(text: str, role: str, latest: str) -> None:
    (value,) = announced_deadlines(Passage.plain(text), Anchor(dt.date(2024, 7, 2))).values
    assert (value.role, value.latest, value.certainty) == (role, latest, "likely")


@pytest.mark.parametrize(
    "text", ["There is no deadline.", "It opened in March 2024.", "The target date is not set."]
)
def test_running_text_without_an_announced_date_has_no_deadline(text: str) -> None:
    assert announced_deadlines(Passage.plain(text), Anchor(dt.date(2024, 7, 2))).values == ()


def test_the_words_of_dates_are_checked_when_they_are_loaded() -> None:
    whole = msgspec.to_builtins(date_words())
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert(whole | {"monthz": []}, type(date_words()))
    with pytest.raises(msgspec.ValidationError, match="twelve months"):
        msgspec.convert(whole | {"months": whole["months"][:11]}, type(date_words()))
