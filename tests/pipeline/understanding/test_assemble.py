"""Groups become recommendations: number, title, text, section, and the account of every other word."""

from __future__ import annotations

from collections.abc import Callable

from extract.shapes import Document
from pipeline.flow import understand
from pipeline.records import Paper

MakeDocument = Callable[..., Document]

HEAD = ["No.", "Recommendation", "Response", "Lead officer"]
FIRST = ["1", "Trim the hedges.", "Agreed.", "Head of Highways"]


def left(paper: Paper) -> list[tuple[str, str]]:
    return [(u.words, u.reason) for u in paper.unassigned if u.reason != "a heading"]


def test_a_column_of_numbers_gives_the_reference(document: MakeDocument) -> None:
    (one,) = understand(document([HEAD, ["R4", *FIRST[1:]]])).recommendations
    assert (one.ref, one.number, one.text) == ("R4", 4, "Trim the hedges.")


def test_a_number_that_the_text_opens_with_is_the_reference(document: MakeDocument) -> None:
    made = document([HEAD[1:], ["Recommendation 7: Trim the hedges.", *FIRST[2:]]])
    (one,) = understand(made).recommendations
    assert (one.number, one.text) == (7, "Trim the hedges.")


def test_a_number_said_in_both_columns_is_said_once_in_the_text(document: MakeDocument) -> None:
    paper = understand(document([HEAD, ["4", "4. Trim the hedges.", *FIRST[2:]]]))
    (one,) = paper.recommendations
    assert (one.number, one.text) == (4, "Trim the hedges.")


def test_a_text_of_several_numbered_parts_becomes_as_many_recommendations(document: MakeDocument) -> None:
    row = ["1", "a) Trim the hedges.\n\nb) Mow the verges.", "a) Agreed.\n\nb) Not agreed.", "A Bell"]
    found = understand(document([HEAD, row])).recommendations
    assert [(one.ref, one.text) for one in found] == [
        ("1 a)", "Trim the hedges."),
        ("1 b)", "Mow the verges."),
    ]
    assert [one.decision.value for one in found if one.decision] == ["accepted", "rejected"]


def test_a_list_inside_one_recommendation_leaves_its_number_and_text_alone(document: MakeDocument) -> None:
    text = "a) Trim the hedges and b) mow the verges."
    (one,) = understand(document([HEAD, ["1", text, "Agreed.", "A Bell"]])).recommendations
    assert (one.ref, one.text) == ("1", text)


def test_the_section_above_is_kept_with_each_recommendation(document: MakeDocument) -> None:
    paper = understand(document([HEAD, ["Theme 1: hedges"], FIRST, ["2", *FIRST[1:]]]))
    assert [one.section for one in paper.recommendations] == ["Theme 1: hedges"] * 2
    assert left(paper) == []


def test_headings_are_unassigned_each_time_they_are_printed(document: MakeDocument) -> None:
    paper = understand(document([HEAD, FIRST], [HEAD, ["2", *FIRST[1:]]]))
    again = [u for u in paper.unassigned if u.reason == "a heading repeated on a later page"]
    assert [u.words for u in again] == HEAD
    assert {u.page for u in again} == {2}


def test_a_row_without_a_text_of_its_own_is_unassigned_with_the_reason(document: MakeDocument) -> None:
    paper = understand(document([HEAD, ["", "", "A lone answer.", ""], FIRST]))
    assert [one.text for one in paper.recommendations] == ["Trim the hedges."]
    assert left(paper) == [("A lone answer.", "a row without a recommendation or an action")]


def test_a_section_without_a_recommendation_is_unassigned(document: MakeDocument) -> None:
    paper = understand(document([HEAD, FIRST, ["Theme 2: verges"]]))
    assert left(paper) == [("Theme 2: verges", "a section without a recommendation")]


def test_rows_of_an_action_log_are_actions(document: MakeDocument) -> None:
    head = ["No.", "Action", "Owner", "Due date", "Status"]
    made = document([head, ["1", "Write to the owner of the field.", "A Bell", "May 2016", "Open"]])
    (one,) = understand(made).recommendations
    assert one.kind == "action"


def test_a_recommendation_knows_all_pages_and_places_of_its_row(document: MakeDocument) -> None:
    made = document(
        [HEAD, ["1", "Trim the hedges", "Agreed and", "A Bell"]], [["", "of the lane.", "done.", ""]]
    )
    (one,) = understand(made).recommendations
    assert one.text == "Trim the hedges of the lane."
    assert one.pages == (1, 2)
    assert one.evidence is not None
    assert {place.page for place in one.evidence.places} == {1, 2}


def test_a_status_that_a_line_over_the_rows_states_shows_that_line(document: MakeDocument) -> None:
    made = document([HEAD, ["Completed"], FIRST])
    (one,) = understand(made).recommendations
    assert one.status is not None
    assert (one.status.value, one.status.words, one.status.certainty) == ("complete", "Completed", "likely")
    assert one.status.evidence is not None
    (place,) = one.status.evidence.places
    assert place.box == made.tables[0].rows[1].cells[0].lines[0].box
