"""Dates of running text: the sentences of tests/cases/dates.json, and laws."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Box, Line, Word
from pipeline.nlp.dates import Anchor, find_dates, read_dates, read_single_date
from pipeline.passages import Passage
from pipeline.records import DateSpan

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "dates.json").read_text("utf8")
)
PAPER = "2022-10-18"
days = st.dates(dt.date(1990, 1, 1), dt.date(2069, 12, 31))
anchors = st.builds(Anchor, st.none() | days)

FRAGMENTS = [
    "by the end of",
    "until",
    "before",
    "in",
    "early",
    "next",
    "last",
    "this",
    "from",
    "to",
    "and",
    "-",
    "–",
    "/",
    "31",
    "3rd",
    "29",
    "February",
    "May",
    "Sept",
    "June",
    "2016",
    "2016-17",
    "25/26",
    "’25",
    "26",
    "spring",
    "Autumn",
    "term",
    "Q3",
    "quarter",
    "financial year",
    "onwards",
    "meeting",
    "will be",
    "was agreed",
    "Monday",
    "30/06/2021",
    "31.02.16",
    "2020-02-30",
    "winter",
    "2015/16",
    "mid-",
    "first week of",
    "1900",
    "2099",
]
date_like = st.lists(st.sampled_from(FRAGMENTS), max_size=10).map(" ".join)


def anchor_of(case: dict[str, Any]) -> Anchor:
    day = case.get("paper_date", PAPER)
    return Anchor(dt.date.fromisoformat(day) if day else None)


def as_expected(span: DateSpan) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "words": span.words,
        "edtf": span.edtf,
        "earliest": span.earliest,
        "latest": span.latest,
    }
    shown |= {"inferred": True} if span.inferred_from else {}
    return shown | ({"deadline": True} if span.deadline else {})


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """The first and last day that the EDTF library finds in a form; None is open."""
    parsed = parse_edtf(edtf)
    return _iso(parsed.lower_strict()), _iso(parsed.upper_strict())


def _iso(day: Any) -> str | None:
    return None if isinstance(day, float) else dt.date(day.tm_year, day.tm_mon, day.tm_mday).isoformat()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_sentence_says_these_dates_and_no_others(case: dict[str, Any]) -> None:
    read = read_dates(Passage.plain(case["text"]), anchor_of(case))
    assert [as_expected(found.date) for found in read.dates] == case["expect"]
    assert [problem.code for problem in read.problems] == case.get("problems", [])


def test_a_third_of_the_sentences_say_no_date() -> None:
    assert sum(not case["expect"] for case in CASES) * 3 >= len(CASES)


@given(date_like, anchors)
def test_every_edtf_form_can_be_parsed_and_has_the_same_bounds(text: str, anchor: Anchor) -> None:
    for found in find_dates(Passage.plain(text), anchor):
        assert bounds(found.date.edtf) == (found.date.earliest, found.date.latest)


@given(date_like, anchors)
def test_a_date_is_where_its_words_are_and_dates_do_not_overlap(text: str, anchor: Anchor) -> None:
    found = find_dates(Passage.plain(text), anchor)
    assert all(text[f.start : f.end] == f.date.words for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(date_like)
def test_without_a_paper_date_no_year_is_inferred(text: str) -> None:
    assert not any(f.date.inferred_from for f in find_dates(Passage.plain(text), Anchor()))


@given(st.text(max_size=200), anchors)
def test_any_text_can_be_read(text: str, anchor: Anchor) -> None:
    read_dates(Passage.plain(text), anchor)
    read_single_date(Passage.plain(text), anchor)


@given(
    days,
    st.sampled_from(
        ["%d %B %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%Y", "%Y-%m-%d", "%B %d, %Y", "%A %d %B %Y", "%d %b. %Y"]
    ),
)
def test_a_day_is_read_back_however_it_is_printed(day: dt.date, form: str) -> None:
    (found,) = find_dates(Passage.plain(f"The panel met on {day.strftime(form)} in Thornley."), Anchor())
    assert (found.date.earliest, found.date.latest) == (day.isoformat(), day.isoformat())


@given(days, days)
def test_what_will_be_is_not_before_the_paper_and_what_was_is_not_after(paper: dt.date, day: dt.date) -> None:
    printed = day.strftime("%d %B")
    for found in find_dates(Passage.plain(f"It will be signed on {printed}."), Anchor(paper)):
        assert str(found.date.latest) >= paper.isoformat()
    for found in find_dates(Passage.plain(f"It was signed on {printed}."), Anchor(paper)):
        assert str(found.date.earliest) <= paper.isoformat()


@given(st.integers(1990, 2060))
def test_a_financial_year_runs_from_april_to_march(year: int) -> None:
    (found,) = find_dates(Passage.plain(f"Spend in {year}/{(year + 1) % 100:02} rose."), Anchor())
    assert (found.date.earliest, found.date.latest) == (f"{year}-04-01", f"{year + 1}-03-31")


def test_an_inferred_year_says_what_it_was_taken_from() -> None:
    (found,) = find_dates(
        Passage.plain("It will open in March."), Anchor(dt.date(2022, 10, 18), "18 October 2022")
    )
    assert found.date.inferred_from == "paper date 2022-10-18"


def test_no_date_reaches_over_the_end_of_a_paragraph() -> None:
    found = find_dates(Passage.plain("See question 3\nMarch 2022 was busy."), Anchor())
    assert [f.date.edtf for f in found] == ["2022-03"]


def test_a_date_that_cannot_be_says_where_it_is_printed() -> None:
    words = [
        Word(w, Box(10 * i, 5, 10 * i + 9, 15), 4)
        for i, w in enumerate(["Held", "on", "31", "June", "2022."])
    ]
    (problem,) = read_dates(Passage.of_lines([Line(tuple(words))]), Anchor()).problems
    assert (problem.code, problem.page, problem.words) == ("impossible-date", 4, "31 June 2022")
    assert problem.box == Box(20, 5, 49, 15)


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("Date of this progress report: 9th May 2022", "2022-05-09"),
        ("Meeting Date: Tuesday 8 November 2022 at 7.00pm", "2022-11-08"),
        ("July 2019", "2019-07"),
        ("Flood Defences Task Group Action Plan Update July 2019", "2019-07"),
        ("Annual Report 2021/22 – report of June 2022", "2022-06"),
        ("12.05.22", "2022-05-12"),
        ("1.5.22", "2022-05-01"),
        ("Period: April 2021 to March 2022", "2021-04/2022-03"),
        ("jul 2019", "2019-07"),
        ("Septem ber 2019", "2019-09"),
    ],
)
def test_a_label_value_line_has_one_date(line: str, edtf: str) -> None:
    span = read_single_date(Passage.plain(line), Anchor())
    assert span is not None
    assert span.edtf == edtf


@pytest.mark.parametrize(
    "line",
    [
        "Date of this progress report:",
        "Lead officer: June Harker",
        "Cabinet 4 May 2022, Council 9 May 2022",
        "Date: Day Month Year",
        "Decision No: 24/00093",
        "Date: 31 February 2022",
        "Paragraph 4.10.16 of the report",
    ],
)
def test_a_line_without_one_sure_date_has_none(line: str) -> None:
    assert read_single_date(Passage.plain(line), Anchor()) is None
