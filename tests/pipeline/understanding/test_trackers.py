"""Tables sorted: trackers with their columns and first row, and the others with a reason."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from extract.shapes import Box, Document, Line, Word
from pipeline.understanding.trackers import sort_tables

MakeDocument = Callable[..., Document]

HEAD = ["No.", "Recommendation", "Response", "Lead officer", "Timescale"]
FIRST = [
    "1",
    "Trim every hedge beside the lane.",
    "Agreed. The team will do so.",
    "Head of Highways",
    "May 2016",
]
SECOND = ["2", "Mow the verges twice a year.", "Not agreed.", "Verges Manager", "June 2016"]


def test_a_tracker_begins_below_its_headings(document: MakeDocument) -> None:
    (tracker,) = sort_tables(document([HEAD, FIRST, SECOND])).trackers
    assert tracker.first_row == 1
    assert [row.cells[0].text for row in tracker.body] == ["1", "2"]
    assert [row.cells[0].text for row in tracker.head] == ["No."]
    assert [column.field for column in tracker.headings.columns] == [
        "reference",
        "recommendation",
        "response",
        "owner",
        "deadline",
    ]


def test_a_title_across_the_table_stands_above_the_headings(document: MakeDocument) -> None:
    (tracker,) = sort_tables(document([["Hedges: action plan"], HEAD, FIRST])).trackers
    assert tracker.first_row == 2


def test_the_words_above_a_table_are_its_context(document: MakeDocument) -> None:
    made = document([HEAD, FIRST], above="\n\n\n\n\n\nActions agreed at the last meeting")
    (tracker,) = sort_tables(made).trackers
    assert tracker.context == "Actions agreed at the last meeting"


def test_a_table_without_headings_behind_a_tracker_takes_its_headings(document: MakeDocument) -> None:
    more = [["3", "Mend the walls.", "Agreed.", "Walls Manager", "July 2016"]]
    # A table of figures on the page between keeps the two from being joined.
    figures = [["Year", "Budget", "Spent"], ["2014", "£1,200", "£1,100"]]
    found = sort_tables(document([HEAD, FIRST, SECOND], figures, more))
    assert [tracker.inherited for tracker in found.trackers] == [False, True]
    assert found.trackers[1].headings == found.trackers[0].headings
    assert found.trackers[1].first_row == 0


def test_a_tracker_whose_headings_are_inherited_is_in_no_doubt(document: MakeDocument) -> None:
    more = [["3", "Mend the walls.", "Agreed.", "Walls Manager", "July 2016"]]
    figures = [["Year", "Budget", "Spent"], ["2014", "£1,200", "£1,100"]]
    assert sort_tables(document([HEAD, FIRST, SECOND], figures, more)).problems == ()


def test_a_single_row_without_headings_is_no_tracker(document: MakeDocument) -> None:
    found = sort_tables(document([["That the hedge be trimmed", "Agreed"]]))
    assert found.trackers == ()
    assert [apart.reason for apart in found.apart] == ["no heading row"]


def test_every_table_is_a_tracker_or_apart(document: MakeDocument) -> None:
    made = document(
        [HEAD, FIRST],
        [["Year", "Budget", "Spent"], ["2014", "£1,200", "£1,100"]],
        [["Name", "Ward"], ["A Bell", "North"]],
    )
    found = sort_tables(made)
    sorted_out = [table for tracker in found.trackers for table in tracker.drawn]
    sorted_out += [apart.table for apart in found.apart]
    assert sorted(map(id, sorted_out)) == sorted(map(id, made.tables))
    assert all(apart.reason for apart in found.apart)


def test_lines_in_the_columns_of_a_table_below_its_end_are_a_doubt(document: MakeDocument) -> None:
    made = document([HEAD, FIRST, SECOND])
    place, edges = made.tables[0].places[0], [cell.places[0].box.x0 for cell in made.tables[0].rows[0].cells]
    below = tuple(
        Line(
            tuple(
                Word(text, Box(x, top, x + 20.0, top + 10.0), place.page, 10.0)
                for x, text in zip(edges, ("3", "Mend", "Agreed", "Clerk", "May"), strict=True)
            ),
            True,
        )
        for top in (place.box.bottom + 2.0, place.box.bottom + 14.0)
    )
    found = sort_tables(msgspec.structs.replace(made, lines=(*made.lines, *below)))
    assert [problem.code for problem in found.problems] == ["rows-below"]
    assert [problem.code for problem in sort_tables(made).problems] == []
