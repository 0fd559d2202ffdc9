"""Rows put together: which belong to one recommendation, which name a section, which hold several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extract.shapes import Document
from pipeline.understanding.groups import Grouped, goes_on, group_rows
from pipeline.understanding.shares import parted
from pipeline.understanding.tracker import Tracker
from pipeline.understanding.trackers import sort_tables

MakeDocument = Callable[..., Document]

HEAD = ["No.", "Recommendation", "Response", "Lead officer"]


@pytest.fixture
def tracker(document: MakeDocument) -> Callable[..., Tracker]:
    def build(*rows: Sequence[str]) -> Tracker:
        (found,) = sort_tables(document([HEAD, *rows])).trackers
        return found

    return build


MakeTracker = Callable[..., Tracker]


def texts(grouped: Grouped) -> list[list[str]]:
    """Each group's texts, column by column, the parts of a column joined by a bar."""
    return [
        [" | ".join(p.text for p in group.passages(column)) for column in range(len(HEAD))]
        for group in grouped.groups
    ]


FIRST = ["1", "Trim the hedges.", "Agreed.", "A Bell"]
SECOND = ["2", "Mow the verges.", "Not agreed.", "B Dale"]


def test_a_row_with_a_number_and_a_text_is_a_group(tracker: MakeTracker) -> None:
    assert texts(group_rows(tracker(FIRST, SECOND))) == [FIRST, SECOND]


def test_a_row_with_its_number_and_text_empty_belongs_to_the_one_above(tracker: MakeTracker) -> None:
    found = group_rows(tracker(FIRST, ["", "", "More will be done.", "C Elms"], SECOND))
    assert texts(found) == [
        ["1", "Trim the hedges.", "Agreed. | More will be done.", "A Bell | C Elms"],
        SECOND,
    ]


def test_a_sentence_that_goes_on_in_the_next_row_is_one_text(tracker: MakeTracker) -> None:
    found = group_rows(
        tracker(["1", "Trim the hedges", "The team will", "A Bell"], ["", "of every lane.", "do so.", ""])
    )
    assert texts(found) == [["1", "Trim the hedges of every lane.", "The team will do so.", "A Bell"]]


def test_the_rest_of_a_sentence_in_the_wrong_column_is_put_back_with_a_problem(tracker: MakeTracker) -> None:
    found = group_rows(
        tracker(["1", "Trim the hedges.", "The team will mow the", "A Bell"], ["", "verges in May.", "", ""])
    )
    assert texts(found) == [["1", "Trim the hedges.", "The team will mow the verges in May.", "A Bell"]]
    assert [(p.code, p.page, p.words) for p in found.problems] == [("column-lost", 1, "verges in May.")]


def test_a_row_of_one_cell_names_the_section_of_those_below(tracker: MakeTracker) -> None:
    found = group_rows(tracker(["Hedges"], FIRST, ["Verges"], SECOND))
    assert [group.section for group in found.groups] == ["Hedges", "Verges"]
    assert [row.text for row in found.sections] == ["Hedges", "Verges"]


THIRD = ["3", "Dredge the pond.", "Agreed.", "C Elms"]


@pytest.fixture
def printed(typeset: Callable[[list[Any]], Document]) -> MakeTracker:
    """A tracker of rows whose words between ** are bold."""

    def build(*rows: Sequence[str]) -> Tracker:
        (found,) = sort_tables(typeset([[HEAD, *rows]])).trackers
        return found

    return build


def test_a_title_alone_where_the_texts_stand_names_a_section_where_all_answered_rows_are_numbered(
    printed: MakeTracker,
) -> None:
    found = group_rows(
        printed(["", "**Hedges and verges**", "", ""], FIRST, SECOND, ["", "**Water**", "", ""], THIRD)
    )
    assert [group.section for group in found.groups] == ["Hedges and verges", "Hedges and verges", "Water"]


@pytest.mark.parametrize(
    "text", ["Clean the ditches", "**Ditches should be cleaned**", "**Ditches are foul.**"]
)
def test_a_text_alone_that_asks_or_is_a_sentence_or_plain_names_no_section(
    printed: MakeTracker, text: str
) -> None:
    assert group_rows(printed(FIRST, SECOND, ["", text, "", ""], THIRD)).sections == ()


def test_a_row_below_a_section_does_not_belong_to_the_group_above_it(tracker: MakeTracker) -> None:
    found = group_rows(tracker(FIRST, ["Verges"], ["", "", "A lone answer.", ""]))
    assert [group.section for group in found.groups] == [None, "Verges"]


def test_a_long_text_across_the_table_names_no_section(tracker: MakeTracker) -> None:
    note = "The panel notes that the work on hedges has been held up by weather, and that " * 3
    found = group_rows(tracker(FIRST, [note.strip()], SECOND))
    assert found.sections == ()
    assert {group.section for group in found.groups} == {None}


def test_empty_rows_are_passed_over(tracker: MakeTracker) -> None:
    assert texts(group_rows(tracker(FIRST, ["", "", "", ""], SECOND))) == [FIRST, SECOND]


def test_a_text_that_numbers_several_recommendations_is_parted_with_its_answers(tracker: MakeTracker) -> None:
    row = [
        "1",
        "a) Trim the hedges.\n\nb) Mow the verges.",
        "a) Agreed.\n\nb) Not agreed.",
        "A Bell",
    ]
    (group,) = group_rows(tracker(row)).groups
    parts = parted(group, 1)
    assert [[p.text for p in part.passages(1)] for part in parts] == [
        ["a) Trim the hedges."],
        ["b) Mow the verges."],
    ]
    assert [[p.text for p in part.passages(2)] for part in parts] == [["Agreed."], ["Not agreed."]]
    assert [[p.text for p in part.passages(3)] for part in parts] == [["A Bell"], ["A Bell"]]


def test_a_text_without_numbers_is_one_recommendation(tracker: MakeTracker) -> None:
    (group,) = group_rows(tracker(FIRST)).groups
    assert parted(group, 1) == (group,)


@pytest.mark.parametrize(
    ("before", "text", "expect"),
    [
        ("The team will", "mow the verge", True),
        ("The team will mow.", "the verge", False),
        ("The team will", "Mow the verge", False),
        ("as follows:", "mow the verge", False),
        ("(see above)", "mow the verge", False),
        ("", "mow the verge", False),
    ],
)
def test_a_sentence_goes_on_only_where_it_was_not_ended_and_in_lower_case(
    before: str, text: str, expect: bool
) -> None:
    assert goes_on(before, text) is expect


def test_a_group_knows_its_pages_and_its_places(document: MakeDocument) -> None:
    rest = ["", "of every lane.", "do so.", ""]
    made = document([HEAD, ["1", "Trim the hedges", "The team will", "A Bell"]], [rest, SECOND])
    (found,) = sort_tables(made).trackers
    first, second = group_rows(found).groups
    assert (first.pages, second.pages) == ((1, 2), (2,))
    assert {place.page for place in first.evidence.places} == {1, 2}
