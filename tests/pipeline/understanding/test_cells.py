"""What each cell of a recommendation says, told by its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest

from extract.shapes import Box, Cell, Document, Mark, Row, Table
from pipeline.flow import understand
from pipeline.records import Paper, Recommendation

MakeDocument = Callable[..., Document]


@pytest.fixture
def only(document: MakeDocument) -> Callable[..., Recommendation]:
    """The one recommendation of a tracker: only({heading: cell, …})."""

    def build(**cells: str) -> Recommendation:
        headings = [name.replace("_", " ") for name in cells]
        (found,) = understand(document([headings, list(cells.values())])).recommendations
        return found

    return build


Only = Callable[..., Recommendation]
TEXT = {"Recommendation": "1. Trim every hedge beside the lane."}


def test_answers_come_in_the_order_of_their_columns_and_rows(document: MakeDocument) -> None:
    made = document(
        [
            ["Recommendation", "Response", "Action"],
            [TEXT["Recommendation"], "Agreed. It is late.", "Buy a saw."],
            ["", "More will follow.", "Buy a rake."],
        ]
    )
    (one,) = understand(made).recommendations
    assert [(s.kind, s.text) for s in one.segments] == [
        ("response", "Agreed. It is late."),
        ("action", "Buy a saw."),
        ("response", "More will follow."),
        ("action", "Buy a rake."),
    ]


def test_a_column_for_the_decision_states_it(only: Only) -> None:
    decision = only(**TEXT, Decision="Agreed in part", Response="It will be done.").decision
    assert decision is not None
    assert (decision.value, decision.words) == ("accepted_in_part", "Agreed in part")


def test_a_report_of_progress_decides_nothing(only: Only) -> None:
    assert only(**TEXT, Update="The parish agreed that the hedge is tall.").decision is None


def test_a_status_column_goes_before_what_an_update_opens_with(only: Only) -> None:
    status = only(**TEXT, Update="Complete. All hedges were trimmed.", Status="In progress").status
    assert status is not None
    assert (status.value, status.words) == ("in_progress", "In progress")


def test_ongoing_in_a_column_of_times_is_a_time_and_no_status(only: Only) -> None:
    one = only(**TEXT, Response="Agreed.", Timescale="Ongoing")
    assert one.status is None
    assert [(d.words, d.kind) for d in one.deadlines] == [("Ongoing", "ongoing")]


def test_completed_in_a_column_of_times_is_a_status(only: Only) -> None:
    status = only(**TEXT, Response="Agreed.", Timescale="Completed").status
    assert status is not None
    assert status.value == "complete"


def test_columns_of_times_have_their_roles(only: Only) -> None:
    one = only(**TEXT, Response="Agreed.", Target_date="May 2016", Revised_date="July 2016")
    assert [(d.role, d.latest) for d in one.deadlines] == [
        ("target", "2016-05-31"),
        ("revised", "2016-07-31"),
    ]


def test_columns_of_people_have_their_roles(only: Only) -> None:
    one = only(
        **TEXT, Response="Agreed.", Lead_officer="Head of Highways", Cabinet_member="Councillor A. Bell"
    )
    assert [owner.role for owner in one.owners] == ["lead", "member"]
    assert one.owners[0].name == "Head of Highways"


def test_an_owner_who_is_named_twice_is_one(document: MakeDocument) -> None:
    made = document(
        [
            ["Recommendation", "Response", "Lead officer"],
            [TEXT["Recommendation"], "Agreed.", "Head of Highways"],
            ["", "More will follow.", "Head of Highways"],
        ]
    )
    (one,) = understand(made).recommendations
    assert [owner.name for owner in one.owners] == ["Head of Highways"]


def test_owners_with_their_times_in_two_rows_give_two_of_each(document: MakeDocument) -> None:
    made = document(
        [
            ["Recommendation", "Response", "Lead officer"],
            [TEXT["Recommendation"], "Agreed.", "Head of Highways, May 2016"],
            ["", "More will follow.", "Head of Parks, June 2016"],
        ]
    )
    (one,) = understand(made).recommendations
    assert [owner.name for owner in one.owners] == ["Head of Highways", "Head of Parks"]
    assert [deadline.latest for deadline in one.deadlines] == ["2016-05-31", "2016-06-30"]


def test_a_column_without_a_field_of_its_own_is_kept_under_its_heading(only: Only) -> None:
    one = only(**TEXT, Response="Agreed.", Resources="Two saws", Priority="High")
    assert one.fields == {"Resources": "Two saws"}
    assert one.priority == "High"


def rated(document: MakeDocument, rag: str, marks: Sequence[Mark], fills: Sequence[str | None]) -> Paper:
    """A tracker whose cells have background colours, and whose last cell has signs."""
    made = document([["Recommendation", "Response", "RAG"], [TEXT["Recommendation"], "Agreed.", rag]])
    (table,) = made.tables
    cells = [
        _coloured(cell, fill, marks if cell.column == 2 else ())
        for cell, fill in zip(table.rows[1].cells, fills, strict=True)
    ]
    rows = (table.rows[0], Row(tuple(cells), table.rows[1].pages))
    painted: Table = msgspec.structs.replace(table, rows=rows)
    return understand(msgspec.structs.replace(made, tables=(painted,)))


def _coloured(cell: Cell, fill: str | None, marks: Sequence[Mark]) -> Cell:
    own = [Mark("fill", fill, name, cell.places[0].box, 1) for name in [_NAMES.get(fill or "")] if fill]
    return msgspec.structs.replace(cell, fill=fill, marks=(*marks, *own))


_NAMES = {"#ff0000": "red", "#00b050": "green", "#ffc000": "amber"}
CIRCLE = Mark("circle", "#00b050", "green", Box(2100, 140, 2110, 150), 1)


@pytest.mark.parametrize(
    ("rag", "marks", "fills", "expect"),
    [
        ("Red", (), (None, None, None), ("red", "word")),
        ("", (), (None, None, "#ff0000"), ("red", "fill")),
        ("", (CIRCLE,), (None, None, None), ("green", "circle")),
        ("", (CIRCLE,), ("#ffc000", "#ffc000", "#ffc000"), ("green", "circle")),
    ],
    ids=["word", "fill", "circle", "circle on a coloured row"],
)
def test_a_rating_is_told_by_word_background_or_sign(
    document: MakeDocument,
    rag: str,
    marks: Sequence[Mark],
    fills: Sequence[str | None],
    expect: tuple[str, str],
) -> None:
    found = rated(document, rag, marks, fills).recommendations[0].rag
    assert found is not None
    assert (found.value, found.source) == expect
    assert found.evidence is not None


def test_a_colour_that_the_whole_row_has_rates_nothing(document: MakeDocument) -> None:
    assert rated(document, "", (), ("#ff0000", "#ff0000", "#ff0000")).recommendations[0].rag is None
