"""When actions of minutes are due, counted from the day of the meeting."""

from __future__ import annotations

import pytest

from extract.shapes import Box, Place
from pipeline.nlp.minutes.due_days import with_days
from pipeline.records import AgendaItem, Deadline, Evidence, MinuteAction

PLACE = Place(2, Box(72, 100, 300, 112))


def asked(due: str | None) -> list[AgendaItem]:
    return [AgendaItem("5", "Parks", actions=(MinuteAction("Write", due=due, evidence=Evidence((PLACE,))),))]


def deadlines(due: str | None, held_on: str | None) -> tuple[Deadline, ...]:
    return with_days(asked(due), held_on).items[0].actions[0].deadlines


@pytest.mark.parametrize(
    ("due", "held_on", "latest"),
    [
        ("by June", "2019-01-10", "2019-06-30"),
        ("by February", "2018-11-10", "2019-02-28"),
        ("by 3 May 2020", "2019-01-10", "2020-05-03"),
        ("by 3 May 2020", None, "2020-05-03"),
        ("next meeting", "2019-01-10", None),
        ("by June", None, None),
    ],
)
def test_an_action_is_due_after_the_meeting_that_asked_for_it(
    due: str, held_on: str | None, latest: str | None
) -> None:
    assert [one.latest for one in deadlines(due, held_on)] == [latest]


def test_a_year_that_is_not_printed_says_that_the_meeting_told_it() -> None:
    assert [one.inferred_from for one in deadlines("by June", "2019-01-10")] == ["meeting date 2019-01-10"]


def test_an_action_without_words_of_time_has_no_deadline() -> None:
    assert deadlines(None, "2019-01-10") == ()


def test_words_that_are_no_known_time_are_a_problem_at_the_place_of_the_action() -> None:
    read = with_days(asked("by Friday"), "2019-01-10")
    assert [(one.code, one.page, one.box) for one in read.problems] == [("deadline-not-read", 2, PLACE.box)]
    assert [one.kind for one in read.items[0].actions[0].deadlines] == ["none"]
