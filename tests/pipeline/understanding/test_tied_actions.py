"""Actions in a table of their own that name the recommendations of another table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.shapes import Document
from pipeline.flow import understand
from pipeline.records import Recommendation

Typeset = Callable[[list[Any]], Document]

ANSWERS = [
    ["Ref", "Recommendation", "Agreed?", "Reason"],
    ["R1", "That the ponds be dredged.", "Yes", "The water is low."],
    ["R2", "That the newts be counted.", "No", "The county counts them."],
    ["R3", "That a warden be appointed.", "Yes", "There are volunteers."],
]
PLAN = [
    ["Ref", "Action", "Lead", "When"],
    ["R1", "Hire a boat", "Parks Manager", "May 2026"],
    ["", "Dredge both ponds", "Parks Team", "June 2026"],
    ["R3", "Advertise the post", "Ecology Officer", "1 July 2026"],
]


def numbered(rows: list[list[str]], head: str) -> list[list[str]]:
    return [[head, *rows[0][1:]], *([row[0].lstrip("R"), *row[1:]] for row in rows[1:])]


def read(typeset: Typeset, *tables: list[list[str]]) -> tuple[Recommendation, ...]:
    paper: list[Any] = ["**Oxley Borough Council**", "**Response to the Review of Ponds**"]
    for table in tables:
        paper += ["", "A table follows.", "", table]
    return understand(typeset(paper)).recommendations


@pytest.mark.parametrize(
    "plan", [PLAN, numbered(PLAN, "Rec. no.")], ids=["by code", "by number below a heading"]
)
def test_actions_go_to_the_recommendations_that_their_references_name(
    typeset: Typeset, plan: list[list[str]]
) -> None:
    first, second, third = read(typeset, ANSWERS, plan)
    assert [s.text for s in first.segments if s.kind == "action"] == ["Hire a boat", "Dredge both ponds"]
    assert [owner.name for owner in first.owners] == ["Parks Manager", "Parks Team"]
    assert [deadline.words for deadline in first.deadlines] == ["May 2026", "June 2026"]
    assert (second.owners, second.deadlines) == ((), ())
    assert [owner.name for owner in third.owners] == ["Ecology Officer"]


def test_an_action_that_was_tied_shows_where_it_is_printed(typeset: Typeset) -> None:
    third = read(typeset, ANSWERS, PLAN)[2]
    assert third.evidence is not None
    assert len(third.evidence.places) > len(read(typeset, ANSWERS)[2].evidence.places)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "plan",
    [
        numbered(PLAN, "No."),  # may count the actions
        [*PLAN, ["R9", "Paint the fence", "Works Team", "May 2026"]],  # of other recommendations
    ],
    ids=["numbers of their own", "an unknown reference"],
)
def test_actions_that_may_be_others_stay_apart(typeset: Typeset, plan: list[list[str]]) -> None:
    found = read(typeset, ANSWERS, plan)
    assert len(found) == len(ANSWERS) - 1 + len(plan) - 1
    assert not any(one.owners for one in found[: len(ANSWERS) - 1])


def test_what_rows_of_actions_state_differently_is_kept_in_their_words(typeset: Typeset) -> None:
    states = ["Status", "Completed", "Not started", "In progress"]
    costs = ["Cost", "£500", "£2,000", "£40"]
    plan = [[*row, state, cost] for row, state, cost in zip(PLAN, states, costs, strict=True)]
    first, _, third = read(typeset, ANSWERS, plan)
    assert first.status is None
    assert [(s.kind, s.text) for s in first.segments[1:]] == [
        ("action", "Hire a boat"),
        ("update", "Completed"),
        ("action", "Dredge both ponds"),
        ("update", "Not started"),
    ]
    assert first.fields == {"Cost": "£500\n£2,000"}
    assert third.status is not None
    assert third.status.value == "in_progress"


def test_codes_of_another_sort_tie_nothing(typeset: Typeset) -> None:
    answers = [[row[0].replace("R", "SR") if i else row[0], *row[1:]] for i, row in enumerate(ANSWERS)]
    plan = [[row[0].replace("R", "S") if i else row[0], *row[1:]] for i, row in enumerate(PLAN)]
    assert not any(one.owners for one in read(typeset, answers, plan)[: len(answers) - 1])


def test_a_recommendation_that_already_has_an_owner_takes_no_actions_of_another_table(
    typeset: Typeset,
) -> None:
    own = [[*row, cell] for row, cell in zip(ANSWERS, ["Lead", "A Bell", "B Dale", "C Elms"], strict=True)]
    assert len(read(typeset, own, PLAN)) == len(own) - 1 + len(PLAN) - 1
