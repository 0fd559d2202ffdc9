"""Headings of trackers: the layouts councils use, how headings are printed, and the tables that are left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.headings import (
    Column,
    columns_by_content,
    find_header,
    is_tracker,
    read_banner,
    read_headings,
    settle,
)
from pipeline.headings.words import plain, squeezed
from pipeline.knowledge.vocabulary import heading_words

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "headings.json").read_text(encoding="utf-8")
)
LAYOUTS = [case for case in CASES["headings"] if case["label"].startswith("layout ")]
KNOWN = sorted({word for field in heading_words().fields for word in field.words})


def label(case: dict[str, Any]) -> str:
    return str(case["label"])


def said(column: Column) -> str:
    return "+".join(column.fields) + (f"@{column.stage}" if column.stage and column.field != "rag" else "")


@pytest.mark.parametrize("case", CASES["headings"], ids=label)
def test_a_printed_heading_gives_the_right_fields(case: dict[str, Any]) -> None:
    assert [said(column) for column in read_headings(case["cells"]).columns] == case["expect"]


def test_all_thirty_eight_layouts_are_among_the_cases() -> None:
    assert {int(case["label"].split()[1]) for case in LAYOUTS} == set(range(1, 39))


@pytest.mark.parametrize("case", CASES["headers"], ids=label)
def test_the_header_is_found_among_the_first_rows_or_said_to_be_missing(case: dict[str, Any]) -> None:
    found, expect = find_header(case["rows"]), case["expect"]
    assert (found is None) == (expect is None)
    if found is not None:
        assert (found.index, found.count) == (expect["index"], expect["count"])
        assert [c.field for c in found.headings.columns] == expect.get(
            "fields", [c.field for c in found.headings.columns]
        )


@pytest.mark.parametrize("case", CASES["trackers"], ids=label)
def test_a_table_is_judged_a_tracker_or_left_alone_with_the_reason(case: dict[str, Any]) -> None:
    judged = is_tracker(read_headings(case["headings"]), case["rows"], case["context"])
    assert (judged.tracker, bool(judged.reason)) == (case["expect"], True)


@pytest.mark.parametrize("case", CASES["content"], ids=label)
def test_columns_without_headings_are_told_by_their_cells_and_never_surely(case: dict[str, Any]) -> None:
    columns = columns_by_content(case["columns"])
    assert [c.field for c in columns] == case["expect"]
    assert {c.certainty for c in columns} == {"unsure"}


def test_a_table_of_three_tables_keeps_the_state_that_its_banner_gives() -> None:
    banners = [
        "(A) Completed items",
        "(B) Incomplete",
        "ONGOING MATTERS",
        "Extension requested",
        "Environment",
    ]
    assert [read_banner(b) for b in banners] == ["complete", "in_progress", "in_progress", "extended", None]


def test_a_long_sentence_is_no_banner() -> None:
    assert (
        read_banner("The panel was told that the hedge had been completed well before the end of May") is None
    )


def test_the_column_without_a_heading_is_the_action_where_nothing_else_is() -> None:
    headings = read_headings(["Agenda Item", "", "Councillor", "Due Date", "Completed"])
    rows = [["Hedges", "Write to the owner of the field beside the lane", "AM", "1 May 2026", "Yes"]]
    settled = settle(headings, rows)
    assert [(c.field, c.certainty) for c in settled.columns][1] == ("action", "unsure")
    assert is_tracker(settled, rows).tracker


def test_completed_over_dates_is_the_day_of_completion() -> None:
    headings = read_headings(["Action", "Owner", "Completed"])
    settled = settle(
        headings, [["Dig the pond", "Ada Marsh", "4 May 2026"], ["Plant", "Ben Oak", "6 May 2026"]]
    )
    assert settled.columns[2].field == "actual_date"


def test_recs_over_sentences_are_the_recommendations_and_by_over_dates_the_deadline() -> None:
    headings = read_headings(["Recs", "Lead", "By"])
    settled = settle(headings, [["That hedges be planted at every gate", "Ada Marsh", "May 2026"]])
    assert [(c.field, c.certainty) for c in settled.columns][::2] == [
        ("recommendation", "unsure"),
        ("deadline", "likely"),
    ]


# What cells of each sort look like below a heading.
BELOW = {
    "rec": ["That the pier be painted before the season begins.", "That the lamp be mended at once."],
    "prose": [
        "Work on the pier began in May and two bays are done.",
        "The lamp was mended on 3 June and paid for.",
    ],
    "owner": ["Head of Harbours", "Clerk"],
    "date": ["May 2026", "June 2026"],
    "status": ["Completed", "Ongoing"],
    "decision": ["Agreed", "Rejected"],
    "rag": ["Green", "Red"],
    "prio": ["High", "Low"],
    "ref": ["1", "2"],
}
# Fields whose texts are one kind of segment beside the columns of the test, so that either will do.
ALIKE = {
    "update": {"action_taken"},
    "action": {"delivery", "comment"},
    "response": {"comment"},
    "date": {"meeting"},
}
PLAIN = [
    (case["field"], case["cells"], heading)
    for case in json.loads((Path(__file__).parents[1] / "cases" / "plain_headings.json").read_text("utf8"))
    for heading in case["headings"]
]


@pytest.mark.parametrize(("field", "below", "heading"), PLAIN)
def test_headings_of_many_officers_are_understood(field: str, below: str, heading: str) -> None:
    """In the order: the text, who or how far, the heading in question; a heading of the text stands first."""
    beside = ("Status", BELOW["status"]) if field == "owner" else ("Lead officer", BELOW["owner"])
    if field == "recommendation":
        names, columns, at = [heading, beside[0], "Response"], [BELOW[below], beside[1], BELOW["prose"]], 0
    else:
        names, columns, at = (
            ["Recommendation", beside[0], heading],
            [BELOW["rec"], beside[1], BELOW[below]],
            2,
        )
    settled = settle(read_headings(names), [list(row) for row in zip(*columns, strict=True)])
    assert settled.columns[at].field in {field} | ALIKE.get(field, set())


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Wrapped up", ["4 May 2026", "6 May 2026"], "other"),
        ("Work finished", ["4 May 2026", "6 May 2026"], "actual_date"),
        ("Panel met", ["4 May 2026", "6 May 2026"], "date"),
        ("H / M / L", ["High", "Low"], "priority"),
        ("In somebody's hands", ["Harbour Engineer", "Clerk"], "owner"),
        (
            "How things stand now",
            ["The wall was mended in May and painted in June.", "Trees have come."],
            "update",
        ),
        ("Mileage", ["The wall was mended in May and painted in June.", "Trees have come."], "other"),
    ],
)
def test_an_unknown_heading_and_the_look_of_its_cells_point_to_a_field_together(
    heading: str, cells: list[str], field: str
) -> None:
    rows = [
        ["That the wall be mended", "Ada Marsh", cells[0]],
        ["That trees be planted", "Ben Oak", cells[1]],
    ]
    settled = settle(read_headings(["Recommendation", "By post", heading]), rows)
    assert (settled.columns[2].field, settled.columns[2].certainty) == (field, "unsure")


def test_progress_over_single_words_is_a_status() -> None:
    settled = settle(read_headings(["Recommendation", "Progress"]), [["That hedges be planted", "On track"]])
    assert settled.columns[1].field == "status"


def test_settling_changes_nothing_where_there_are_no_rows() -> None:
    headings = read_headings(["Recommendation", "", "Completed"])
    assert settle(headings, []) == headings


def test_comments_beside_a_decision_are_the_response_and_in_an_action_log_the_update() -> None:
    answered = read_headings(["Recommendation", "Agree?", "Comment"])
    logged = read_headings(["Action", "Action Owner", "Due date", "Comments"])
    assert (answered.columns[2].segment, logged.columns[3].segment) == ("response", "update")


def test_a_recommendation_column_goes_before_an_action_column_as_what_the_row_is_about() -> None:
    headings = read_headings(["Action", "Recommendation", "Lead"])
    assert headings.subject == 1
    assert headings.columns[0].segment == "action"


def test_an_unknown_heading_is_kept_as_printed() -> None:
    column = read_headings(["Recommendation", "Hedge\ntype"]).columns[1]
    assert (column.field, column.printed) == ("other", "Hedge\ntype")


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_printed_heading_gives_one_column_with_its_words_kept(cells: list[str]) -> None:
    headings = read_headings(cells)
    assert [column.printed for column in headings.columns] == cells
    assert 0.0 <= headings.score <= 1.0


@given(st.sampled_from(KNOWN), st.data())
def test_a_known_heading_is_known_however_a_narrow_column_breaks_it(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=max(1, len(word) - 1)))
    broken = f"{word[:at]} {word[at:]}"
    own = read_headings([word]).columns[0].field
    # A break can only be undone where the pieces are not themselves known words with a meaning of their own.
    if len(squeezed(plain(word))) >= 7 and squeezed(plain(broken)) == squeezed(plain(word)):
        assert read_headings([broken]).columns[0].field == own


@given(st.sampled_from(KNOWN))
def test_capitals_and_a_closing_colon_change_no_heading(word: str) -> None:
    assert read_headings([word.upper() + ":"]).columns[0].field == read_headings([word]).columns[0].field


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=6))
def test_a_found_header_lies_within_the_rows(rows: list[list[str]]) -> None:
    found = find_header(rows)
    assert found is None or found.index + found.count <= len(rows)
