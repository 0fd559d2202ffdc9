"""What loading makes of papers that follow one another, change, fail and say too little."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, text

from extract.shapes import Box, Place
from models import database
from models.dump import dump
from models.search import find
from pipeline.load import (
    Failure,
    Given,
    Location,
    RunCounts,
    close_locations,
    end_run,
    known_documents,
    known_locations,
    load_failure,
    load_location,
    load_paper,
    start_run,
)
from pipeline.records import (
    AgendaItem,
    CrossReference,
    DateSpan,
    Deadline,
    Evidence,
    Meeting,
    Metadata,
    MinuteAction,
    Owner,
    Paper,
    Part,
    Rag,
    Recommendation,
    Segment,
    Stated,
)

HERE, THERE = Location("papers/one.pdf"), Location("papers/two.pdf")
PLACE = Evidence((Place(3, Box(72, 100, 300.004, 120)),), "as printed")


@pytest.fixture
def engine() -> Engine:
    return database.migrate("sqlite://")


def due(day: str, role: Any = "target") -> Deadline:
    return Deadline(f"by {day}", "date", role, day, day, day)


def recommendation(number: int = 1, **said: Any) -> Recommendation:
    values: dict[str, Any] = {"text": f"That thing {number} be done", "evidence": PLACE, "pages": (3,)}
    return Recommendation(**{**values, "number": number, "ref": f"Recommendation {number}", **said})


def paper(letter: str, day: str | None, *seen: Recommendation, **said: Any) -> Paper:
    date = DateSpan(day, day, day, day) if day else None
    title_block = Metadata(
        title="Action plan", council="Ashmarsh Council", committee="Panel", review="Parks", date=date
    )
    values = {"kind": "action_plan", "kind_reason": "", "reader": "reader 1", "metadata": title_block}
    return Paper(**{"file": "x.pdf", "sha256": letter * 64, **values, "recommendations": seen, **said})


def ask(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def refs(engine: Engine, view: str) -> list[str]:
    return sorted(row[0] for row in ask(engine, f"select ref from {view}"))


def test_a_later_paper_adds_an_observation_and_the_tracker_shows_the_later(engine: Engine) -> None:
    load_paper(engine, paper("b", "2020-01-01", recommendation(1, status=Stated("complete", "Done"))), THERE)
    load_paper(
        engine, paper("a", "2019-01-01", recommendation(1, status=Stated("in_progress", "Begun"))), HERE
    )
    assert ask(engine, "select progress, papers, paper_date from v_tracker") == [
        ("complete", 2, "2020-01-01")
    ]
    assert ask(engine, "select progress, is_latest from v_history order by sequence") == [
        ("in_progress", 0),
        ("complete", 1),
    ]


def test_a_row_of_the_tracker_leads_to_file_sha256_page_and_box(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    row = ask(engine, "select sha256, page, box, page_link, address from v_tracker")
    assert row == [("a" * 64, 3, "[72.0, 100.0, 300.0, 120.0]", "one.pdf#page=3", "papers/one.pdf")]


def test_references_printed_in_other_ways_are_one_recommendation(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(4, ref="Recommendation Four")), HERE)
    load_paper(engine, paper("b", "2020-01-01", recommendation(4, ref="R4")), THERE)
    assert ask(engine, "select count(*) from recommendations") == [(1,)]


def test_decision_progress_and_rating_are_kept_apart_with_their_words(engine: Engine) -> None:
    seen = recommendation(
        decision=Stated("accepted", "Agreed", "executive"),
        status=Stated("in_progress", "Under way", "officer"),
        rag=Rag(None, "#ffc000", "#ffc000", "RAG", "fill"),
    )
    load_paper(engine, paper("a", "2019-01-01", seen), HERE)
    rows = ask(engine, "select kind, value, words, said_by, colour, source from statuses order by kind")
    assert rows == [
        ("decision", "accepted", "Agreed", "executive", None, "word"),
        ("progress", "in_progress", "Under way", "officer", None, "word"),
        ("rag", None, "#ffc000", "", "#ffc000", "fill"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"deadlines": (due("2020-06-30"),)}, ["2020-06-30"]),
        ({"deadlines": (due("2020-06-30"), due("2999-12-31", "revised"))}, []),
        ({"deadlines": (due("2999-12-31"), due("2020-06-30", "revised"))}, ["2020-06-30"]),
        ({"deadlines": (due("2020-06-30", "actual"),)}, []),
        ({"deadlines": (Deadline("annually", "recurring", latest="2020-06-30"),)}, []),
        ({"deadlines": (Deadline("ongoing", "ongoing"),)}, []),
        ({"deadlines": (due("2020-06-30"),), "status": Stated("complete", "Done")}, []),
        ({"deadlines": (due("2020-06-30"),), "status": Stated("superseded", "Replaced")}, []),
        ({"deadlines": (due("2020-06-30"),), "decision": Stated("rejected", "Not agreed")}, []),
        ({"deadlines": (due("2020-06-30"),), "status": Stated("overdue", "Slipped")}, ["2020-06-30"]),
        ({"deadlines": (due("2020-06-30"),), "rag": Rag("complete", "✓")}, []),
        ({"deadlines": (due("2020-06-30"),), "rag": Rag("green", "G")}, ["2020-06-30"]),
    ],
)
def test_overdue_is_what_is_past_its_last_day_and_still_to_be_done(
    engine: Engine, said: dict[str, Any], expected: list[str]
) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(**said)), HERE)
    assert [row[0] for row in ask(engine, "select due_latest from v_overdue")] == expected


def test_what_is_due_today_is_not_overdue(engine: Engine) -> None:
    today = ask(engine, "select current_date")[0][0]
    load_paper(engine, paper("a", "2019-01-01", recommendation(deadlines=(due(today),))), HERE)
    assert ask(engine, "select * from v_overdue") == []


def test_only_the_latest_paper_decides_what_is_overdue(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(deadlines=(due("2019-06-30"),))), HERE)
    load_paper(engine, paper("b", "2020-01-01", recommendation(deadlines=(due("2999-06-30"),))), THERE)
    assert ask(engine, "select * from v_overdue") == []
    assert ask(engine, "select due_before, due_now, days_later from v_slippage") == [
        ("2019-06-30", "2999-06-30", (date(2999, 6, 30) - date(2019, 6, 30)).days)
    ]


def test_a_recommendation_missing_from_the_latest_paper_is_dropped_and_comes_back(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(1), recommendation(2)), HERE)
    load_paper(engine, paper("b", "2020-01-01", recommendation(1)), THERE)
    assert refs(engine, "v_dropped") == ["Recommendation 2"]
    load_paper(engine, paper("c", "2021-01-01", recommendation(1), recommendation(2)), Location("c.pdf"))
    assert refs(engine, "v_dropped") == []


def test_actions_come_from_responses_action_logs_and_minutes(engine: Engine) -> None:
    answered = recommendation(1, segments=(Segment("action", "Plant trees"), Segment("response", "Agreed")))
    logged = recommendation(2, kind="action", text="Send the figures")
    item = AgendaItem("5", "Parks", actions=(MinuteAction("Write to the minister", "Clerk", "June"),))
    meeting = Meeting(committee="Panel", date="2019-01-01")
    load_paper(engine, paper("a", "2019-01-01", answered, logged, meeting=meeting, items=(item,)), HERE)
    assert sorted(ask(engine, "select source, action, owners, due from v_actions")) == [
        ("action log", "Send the figures", None, None),
        ("minutes", "Write to the minister", "Clerk", "June"),
        ("recommendation", "Plant trees", None, None),
    ]


def test_an_owner_has_one_row_of_workload_however_it_is_printed(engine: Engine) -> None:
    clerk, member = Owner("Clerk", "the clerk", "post"), Owner("Cllr A Bloggs", "Cllr A. Bloggs", "member")
    late = due("2020-06-30")
    load_paper(
        engine,
        paper(
            "a",
            "2019-01-01",
            recommendation(1, owners=(clerk, member), deadlines=(late,)),
            recommendation(2, owners=(Owner("CLERK", "CLERK"),), status=Stated("complete", "Done")),
        ),
        HERE,
    )
    assert ask(
        engine, "select owner, kind, recommendations, open, overdue from v_owner_workload order by 1"
    ) == [
        ("Clerk", "post", 2, 1, 1),
        ("Cllr A Bloggs", "member", 1, 1, 1),
    ]
    assert ask(engine, "select printed from party_aliases order by 1") == [
        ("CLERK",),
        ("Cllr A. Bloggs",),
        ("the clerk",),
    ]


def test_a_cross_reference_leads_to_the_recommendation_that_it_names(engine: Engine) -> None:
    one = recommendation(1, cross_references=(CrossReference("2", "see recommendation 2"),))
    other = recommendation(2, cross_references=(CrossReference("9", "see recommendation 9"),))
    load_paper(engine, paper("a", "2019-01-01", one, other), HERE)
    found = ask(
        engine,
        "select m.words, n.key from mentions m left join recommendations n on n.id = m.recommendation_id order by 1",
    )
    assert found == [("see recommendation 2", "2"), ("see recommendation 9", None)]


def test_one_file_in_two_places_is_one_document(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), THERE)
    load_location(engine, "a" * 64, HERE)
    assert ask(engine, "select address from documents") == [("papers/one.pdf",)]
    assert known_locations(engine) == {"papers/one.pdf": "a" * 64, "papers/two.pdf": "a" * 64}


def test_a_file_that_changed_in_its_place_is_a_new_document_and_the_old_place_is_closed(
    engine: Engine,
) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(1), recommendation(2)), HERE)
    load_paper(engine, paper("b", "2019-01-01", recommendation(1)), HERE)
    assert known_locations(engine) == {"papers/one.pdf": "b" * 64}
    assert ask(engine, "select is_open from document_locations order by document_id") == [(0,), (1,)]
    assert ask(engine, "select ref, sha256 from v_tracker") == [("Recommendation 1", "b" * 64)]
    assert refs(engine, "v_dropped") == ["Recommendation 2"]


def test_a_file_that_cannot_be_read_any_more_hides_nothing_that_was_read(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    load_failure(engine, Failure("b" * 64, "reader 1", "unreadable", "No page."), HERE)
    assert refs(engine, "v_tracker") == ["Recommendation 1"]


def test_a_file_that_changes_back_stands_as_before(engine: Engine) -> None:
    first, second = paper("a", "2019-01-01", recommendation(1)), paper("b", "2019-01-01", recommendation(2))
    load_paper(engine, first, HERE)
    load_paper(engine, second, HERE)
    load_paper(engine, first, HERE)
    assert refs(engine, "v_tracker") == ["Recommendation 1"]


def test_a_file_that_is_gone_leaves_what_was_read(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    assert close_locations(engine, [HERE, THERE]) == 1
    assert known_locations(engine) == {}
    assert refs(engine, "v_tracker") == ["Recommendation 1"]


def test_a_newer_reader_makes_its_reading_the_active_one_and_the_old_is_kept(engine: Engine) -> None:
    old = paper("a", "2019-01-01", recommendation(text="Tat"))
    load_paper(engine, old, HERE)
    before = ask(engine, "select id from recommendations")
    result = load_paper(
        engine,
        paper("a", "2019-01-01", recommendation(text="That libraries open"), reader="reader 2"),
        HERE,
    )
    assert result.change == "reread"
    assert ask(engine, "select text, papers from v_tracker") == [("That libraries open", 1)]
    assert ask(engine, "select count(*) from observations") == [(2,)]
    assert ask(engine, "select id from recommendations") == before
    with engine.connect() as connection:
        assert find(connection, "Tat") == []
        assert [one.subject for one in find(connection, "library")] == ["recommendations"]


def test_another_understanding_by_the_same_reader_takes_the_place_of_the_old(engine: Engine) -> None:
    better = paper("a", "2019-01-01", recommendation(text="That"))
    load_paper(engine, paper("a", "2019-01-01", recommendation(text="Tat"), recommendation(2)), HERE)
    load_paper(engine, better, HERE)
    clean = database.migrate("sqlite://")
    load_paper(clean, better, HERE)
    gone = "delete from recommendations where id not in (select recommendation_id from observations)"
    with database.writing(engine) as connection:
        connection.execute(text(gone))  # the only thing left: a recommendation that nothing shows any more
    assert dump(engine) == dump(clean)


def test_the_three_outcomes_of_a_document_are_told_apart(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    load_paper(engine, paper("b", "2019-01-01"), THERE)
    failure = Failure("c" * 64, "reader 1", "limit: time", "It took 60 s.", "Raise the limit.")
    load_failure(engine, failure, Location("c.pdf"))
    assert ask(engine, "select file, outcome, cause, advice from v_coverage order by 1") == [
        ("c.pdf", "not_read", "limit: time", "Raise the limit."),
        ("one.pdf", "read", None, None),
        ("two.pdf", "read_none_found", None, None),
    ]
    assert ask(engine, "select code, message from problems") == [("limit: time", "It took 60 s.")]
    assert {key[0]: how.outcome for key, how in known_documents(engine, "reader 1").items()} == {
        "a": "read",
        "b": "read_none_found",
        "c": "not_read",
    }


def test_a_failure_is_forgotten_once_the_document_is_read(engine: Engine) -> None:
    load_failure(engine, Failure("a" * 64, "reader 1", "limit: time", "It took 60 s."), HERE)
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    clean = database.migrate("sqlite://")
    load_paper(clean, paper("a", "2019-01-01", recommendation()), HERE)
    assert dump(engine) == dump(clean)


@pytest.mark.parametrize("reader", ["reader 1", "reader 2"])
def test_a_failure_does_not_take_the_place_of_a_reading(engine: Engine, reader: str) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    load_failure(engine, Failure("a" * 64, reader, "limit: time", "It took 60 s."), HERE)
    assert refs(engine, "v_tracker") == ["Recommendation 1"]
    assert ask(engine, "select outcome from documents") == [("read",)]


def test_a_file_that_could_not_be_opened_is_on_record_until_it_can(engine: Engine) -> None:
    closed = Failure(None, "reader 1", "unreachable", "Permission denied.")
    load_failure(engine, closed, HERE)
    assert ask(engine, "select file, outcome, sha256 from v_coverage") == [("one.pdf", "not_read", None)]
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE)
    load_failure(engine, closed, HERE)
    assert known_locations(engine) == {"papers/one.pdf": "a" * 64}
    load_location(engine, "a" * 64, THERE)
    assert refs(engine, "v_tracker") == ["Recommendation 1"]


def test_papers_of_unknown_councils_are_never_taken_for_one_another(engine: Engine) -> None:
    said = Metadata(review="Parks")
    for letter, place in (("a", HERE), ("b", THERE)):
        owned = recommendation(owners=(Owner("Clerk", "Clerk"),))
        load_paper(engine, paper(letter, None, owned, metadata=said), place)
    assert ask(engine, "select name, is_known from councils") == [(None, 0)]
    assert ask(engine, "select papers, council from v_tracker") == [(1, None), (1, None)]
    assert ask(engine, "select count(*) from parties") == [(2,)]
    codes = {row[0] for row in ask(engine, "select code from problems")}
    assert codes == {"council_not_printed", "review_not_printed", "paper_not_dated"}


def test_settings_name_the_council_where_the_paper_does_not(engine: Engine) -> None:
    told = Given("Ashmarsh Council", "Board")
    load_paper(engine, paper("a", None, recommendation(), metadata=Metadata(review="Parks")), HERE, told)
    assert ask(engine, "select council, committee from v_tracker") == [("Ashmarsh Council", "Board")]


def test_a_council_printed_against_the_settings_is_a_problem(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE, Given("Elsewhere Council"))
    assert ask(engine, "select code, words from problems") == [("council_differs", "Ashmarsh Council")]
    assert ask(engine, "select council from v_tracker") == [("Elsewhere Council",)]


def test_a_committee_s_tracker_without_a_subject_goes_on_from_meeting_to_meeting(engine: Engine) -> None:
    said = Metadata(council="Ashmarsh Council", committee="Panel")
    for letter, place in (("a", HERE), ("b", THERE)):
        load_paper(engine, paper(letter, None, recommendation(), kind="tracker", metadata=said), place)
    assert ask(engine, "select papers from v_tracker") == [(2,)]


def test_the_papers_of_a_pack_are_kept_apart(engine: Engine) -> None:
    blocks: Sequence[Metadata] = (Metadata(review="Parks"), Metadata(review="Roads"))
    listed = tuple(Part("action_plan", "", (i,), block.review, block) for i, block in enumerate(blocks, 1))
    seen = (recommendation(1), msgspec.structs.replace(recommendation(1), paper=1))
    load_paper(engine, paper("a", "2019-01-01", *seen, papers=listed), HERE)
    assert sorted(ask(engine, "select council, review, ref from v_tracker")) == [
        ("Ashmarsh Council", "Parks", "Recommendation 1"),
        ("Ashmarsh Council", "Roads", "Recommendation 1"),
    ]


def test_approved_minutes_rule_over_the_draft_whatever_comes_first(engine: Engine) -> None:
    item = AgendaItem("1", "Welcome", resolutions=("That the minutes be approved",))
    for letter, status, place in (("b", "draft", "10 pm"), ("a", "approved", "Town Hall")):
        meeting = Meeting(committee="Panel", date="2019-01-01", status=status, place=place)
        load_paper(engine, paper(letter, None, meeting=meeting, items=(item,)), Location(f"{letter}.pdf"))
    assert ask(engine, "select held_on, status, place from meetings") == [
        ("2019-01-01", "approved", "Town Hall")
    ]


def test_letters_that_no_database_holds_are_replaced_and_large_numbers_left_to_the_words(
    engine: Engine,
) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(10**30, text="a\x00b\ud800")), HERE)
    assert ask(engine, "select text, number, ref from observations") == [
        ("a\ufffdb\ufffd", None, f"Recommendation {10**30}")
    ]


def test_a_day_of_publication_stands_in_for_a_date_that_is_not_printed(engine: Engine) -> None:
    load_paper(
        engine, paper("a", None, recommendation(title="old")), Location("a", published_on="2018-05-01")
    )
    load_paper(engine, paper("b", "2018-06-01", recommendation(title="new")), Location("b"))
    assert ask(engine, "select title, paper_date from v_tracker") == [("new", "2018-06-01")]


def test_a_search_takes_any_sign_for_a_letter(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", recommendation(text='That "play-areas" open')), HERE)
    with engine.connect() as connection:
        assert [one.excerpt for one in find(connection, 'play-area OR "')] == []
        assert [one.page for one in find(connection, "play-area")] == [3]


def test_a_run_is_on_record_from_its_beginning(engine: Engine) -> None:
    run_id = start_run(engine, "ingest", ("papers",))
    assert ask(engine, "select state, arguments from runs") == [("running", '["papers"]')]
    load_paper(engine, paper("a", "2019-01-01", recommendation()), HERE, run_id=run_id)
    end_run(engine, run_id, RunCounts(files=1, read=1))
    assert ask(engine, "select r.state, r.read from runs r join extractions x on x.run_id = r.id") == [
        ("finished", 1)
    ]


def test_the_tracker_lists_recommendations_in_the_printed_order(engine: Engine) -> None:
    load_paper(engine, paper("a", "2019-01-01", *(recommendation(n) for n in range(9, 0, -1))), HERE)
    rows = ask(engine, "select position, ref from v_tracker")
    assert rows == [(i, f"Recommendation {10 - i}") for i in range(1, 10)]
