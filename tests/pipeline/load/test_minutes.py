"""What minutes leave in the database: decisions, motions, declarations, actions with their days."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, text

from extract.shapes import Box, Place
from models import database
from models.dump import dump
from pipeline.load import Location, load_paper
from pipeline.records import (
    AgendaItem,
    Deadline,
    Decision,
    Declaration,
    Evidence,
    Meeting,
    Metadata,
    MinuteAction,
    Motion,
    Paper,
    Recommendation,
)

HERE = Location("minutes/one.pdf")
ITEM = Evidence((Place(2, Box(70, 80, 400, 300)),), "5. Parks")


@pytest.fixture
def engine() -> Engine:
    return database.migrate("sqlite://")


def at(top: float) -> Evidence:
    """Words printed on page 2, a line of 12 points from `top`."""
    return Evidence((Place(2, Box(72, top, 300, top + 12)),), "as printed")


def minutes(*items: AgendaItem, letter: str = "a", **said: Any) -> Paper:
    values: dict[str, Any] = {"committee": "Panel", "date": "2019-01-10", **said}
    return Paper(
        file="x.pdf",
        sha256=letter * 64,
        kind="minutes",
        kind_reason="",
        reader="reader 1",
        metadata=Metadata(title="Minutes", council="Ashmarsh Council"),
        meeting=Meeting(**values),
        items=items,
    )


def item(**said: Any) -> AgendaItem:
    return AgendaItem("5", "Parks", **{"minute_number": "41", "evidence": ITEM, **said})


def ask(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


DECIDED = (
    Decision("resolution", "note the report", "1", evidence=at(100)),
    Decision("recommendation", "light the paths", "(a)", "Cabinet:", "Cabinet", at(120)),
    Decision("agreement", "visit the park", evidence=at(140)),
    Decision("resolution", "meet again", "2", evidence=at(160)),
)


def test_each_decision_has_its_kind_number_and_addressee(engine: Engine) -> None:
    load_paper(engine, minutes(item(decisions=DECIDED)), HERE)
    rows = ask(
        engine,
        "select kind, position, ref, lead, addressed_to, text from resolutions order by kind, position",
    )
    assert rows == [
        ("agreed", 1, None, None, None, "visit the park"),
        ("recommended", 1, "(a)", "Cabinet:", "Cabinet", "light the paths"),
        ("resolved", 1, "1", None, None, "note the report"),
        ("resolved", 2, "2", None, None, "meet again"),
    ]


def test_a_decision_shows_its_own_place_and_not_its_item_s(engine: Engine) -> None:
    load_paper(engine, minutes(item(decisions=DECIDED)), HERE)
    places = "select e.top, e.is_exact, r.text from resolutions r join evidence e on e.subject_id = r.id order by 1"
    assert ask(engine, places) == [
        (100.0, 1, "note the report"),
        (120.0, 1, "light the paths"),
        (140.0, 1, "visit the park"),
        (160.0, 1, "meet again"),
    ]


def test_a_decision_without_a_place_shows_its_item_s_and_says_so(engine: Engine) -> None:
    load_paper(engine, minutes(item(resolutions=("note the report",), recommendations=("light them",))), HERE)
    places = "select e.top, e.is_exact, r.kind from resolutions r join evidence e on e.subject_id = r.id order by 3"
    assert ask(engine, places) == [(80.0, 0, "recommended"), (80.0, 0, "resolved")]


def test_a_motion_names_who_moved_and_seconded_it_and_what_became_of_it(engine: Engine) -> None:
    moved = Motion("motion", "That the gate be shut", "Cllr Ash", "Cllr Marsh", "carried", at(100))
    changed = Motion("amendment", "at night", "Cllr Reed", evidence=at(120))
    load_paper(engine, minutes(item(motions=(moved, changed))), HERE)
    query = (
        "select kind, text, proposer, seconder, result, e.top from motions m "
        "join evidence e on e.subject_id = m.id order by m.position"
    )
    assert ask(engine, query) == [
        ("motion", "That the gate be shut", "Cllr Ash", "Cllr Marsh", "carried", 100.0),
        ("amendment", "at night", "Cllr Reed", None, None, 120.0),
    ]


def test_a_declared_interest_leads_to_who_declared_it(engine: Engine) -> None:
    declared = Declaration("Councillor Ash", "a personal interest, as a tenant", at(100))
    load_paper(engine, minutes(item(declarations=(declared,))), HERE)
    query = "select d.name, p.kind, d.text, e.is_exact from declarations d join parties p on p.id = d.party_id join evidence e on e.subject_id = d.id"
    assert ask(engine, query) == [("Councillor Ash", "person", "a personal interest, as a tenant", 1)]


def test_minutes_loaded_twice_give_the_rows_of_once(engine: Engine) -> None:
    once = minutes(item(decisions=DECIDED, motions=(Motion("motion", "That"),)))
    load_paper(engine, once, HERE)
    before = dump(engine)
    assert load_paper(engine, once, HERE).change == "unchanged"
    assert dump(engine) == before


def action(words: str | None, *deadlines: Deadline) -> AgendaItem:
    asked = MinuteAction("Write to the minister", "Clerk", words, evidence=at(100), deadlines=deadlines)
    return item(actions=(asked,))


JUNE = Deadline("by June", "date", latest="2019-06-30", inferred_from="meeting date 2019-01-10")
FAR_OFF = Deadline("by June 2999", "date", latest="2999-06-30")
NEXT_TIME = Deadline("next meeting", "relative")


def test_an_action_of_minutes_is_overdue_from_the_day_after_its_last(engine: Engine) -> None:
    load_paper(engine, minutes(action("by June", JUNE)), HERE)
    query = (
        "select council, committee, kind, ref, text, owners, deadline, due_latest, is_open, paper_date, page, "
        "days_overdue = julianday(as_of) - julianday('2019-06-30') from v_overdue"
    )
    assert ask(engine, query) == [
        ("Ashmarsh Council", "Panel", "action of minutes", "41", "Write to the minister", "Clerk", "by June",
         "2019-06-30", None, "2019-01-10", 2, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said", [("by June 2999", FAR_OFF), ("next meeting", NEXT_TIME), (None,)], ids=["later", "no day", "none"]
)
def test_an_action_of_minutes_without_a_day_that_has_passed_is_not_overdue(engine: Engine, said: Any) -> None:
    load_paper(engine, minutes(action(*said)), HERE)
    assert ask(engine, "select * from v_overdue") == []
    assert ask(engine, "select due from v_actions") == [(said[0],)]


def test_the_days_of_an_action_of_minutes_are_kept_with_what_the_year_was_taken_from(engine: Engine) -> None:
    load_paper(engine, minutes(action("by June", JUNE)), HERE)
    assert ask(engine, "select due, due_earliest, due_latest, due_inferred_from from actions") == [
        ("by June", None, "2019-06-30", "meeting date 2019-01-10")
    ]
    assert ask(engine, "select due_latest from v_actions") == [("2019-06-30",)]
    assert ask(engine, "select page, is_exact from evidence where field = 'due'") == [(2, 0)]


def test_minutes_that_were_replaced_have_no_overdue_actions(engine: Engine) -> None:
    load_paper(engine, minutes(action("by June", JUNE)), HERE)
    load_paper(engine, minutes(action("by June 2999", FAR_OFF), letter="b"), HERE)
    assert ask(engine, "select * from v_overdue") == []


def test_a_recommendation_of_minutes_is_an_observation_with_its_place_and_addressee(engine: Engine) -> None:
    load_paper(engine, minutes(item(decisions=DECIDED)), HERE)
    rows = ask(
        engine,
        "select council, committee, kind, ref, text, section, is_open, paper_date, page, box from v_tracker",
    )
    assert rows == [
        ("Ashmarsh Council", "Panel", "recommendation", "(a)", "light the paths", "41 Parks", 1, "2019-01-10", 2,
         "[72.0, 120.0, 300.0, 132.0]")
    ]  # fmt: skip
    assert ask(engine, "select kind, words from mentions") == [("addressed_to", "Cabinet")]


def test_draft_and_approved_minutes_show_one_recommendation_twice(engine: Engine) -> None:
    for letter, status in (("a", "draft"), ("b", "approved")):
        read = minutes(item(decisions=DECIDED), letter=letter, status=status)
        load_paper(engine, read, Location(f"{letter}.pdf"))
    assert ask(engine, "select ref, papers from v_tracker") == [("(a)", 2)]
    assert ask(engine, "select * from v_dropped") == []


def test_what_two_meetings_recommend_under_one_number_stays_two_recommendations(engine: Engine) -> None:
    load_paper(engine, minutes(item(decisions=DECIDED)), HERE)
    load_paper(engine, minutes(item(decisions=DECIDED), letter="b", date="2019-02-10"), Location("b.pdf"))
    assert ask(engine, "select papers from v_tracker") == [(1,), (1,)]


def test_two_items_that_recommend_under_one_number_stay_two_recommendations(engine: Engine) -> None:
    other = AgendaItem("6", "Roads", minute_number="42", decisions=DECIDED)
    load_paper(engine, minutes(item(decisions=DECIDED), other), HERE)
    assert sorted(ask(engine, "select section, papers from v_tracker")) == [("41 Parks", 1), ("42 Roads", 1)]


def test_resolutions_and_agreements_of_minutes_are_nobody_s_recommendations(engine: Engine) -> None:
    own = tuple(one for one in DECIDED if one.kind != "recommendation")
    assert load_paper(engine, minutes(item(decisions=own)), HERE).recommendations == 0
    assert ask(engine, "select * from v_tracker") == []


def test_a_pack_s_tables_and_its_minutes_do_not_share_numbers(engine: Engine) -> None:
    listed = Recommendation("plant trees", ref="(a)", pages=(2,), evidence=at(300))
    both = msgspec.structs.replace(minutes(item(decisions=DECIDED)), recommendations=(listed,))
    assert load_paper(engine, both, HERE).recommendations == 2
    assert sorted(ask(engine, "select text, papers from v_tracker")) == [
        ("light the paths", 1),
        ("plant trees", 1),
    ]
