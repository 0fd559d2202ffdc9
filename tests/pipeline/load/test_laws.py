"""Laws 3 and 4: the same papers give the same rows, whatever the order, and whatever breaks off in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text

from extract.shapes import Box, Place, Problem
from models import database
from models.dump import dump
from models.tables import metadata
from pipeline.load import Failure, Given, Location, load_failure, load_paper
from pipeline.records import (
    AgendaItem,
    Attendance,
    Coverage,
    CrossReference,
    DateSpan,
    Deadline,
    Decision,
    Declaration,
    Entity,
    Evidence,
    Meeting,
    Metadata,
    MinuteAction,
    Motion,
    OfficerName,
    OtherDate,
    Owner,
    Paper,
    Part,
    Rag,
    Recommendation,
    Segment,
    Stated,
    Unassigned,
    Vote,
)

words = st.text(max_size=8) | st.sampled_from(["Parks", "Head of Parks", "HEAD OF PARKS", "a\x00b", "\ud800"])
maybe = st.none() | words
days = st.none() | st.sampled_from(["2018-01-31", "2019-06-30", "2020-12-31"])
certainties = st.sampled_from(["certain", "likely", "unsure"])
points = st.floats(0, 900, allow_nan=False, width=32)
boxes = st.builds(Box, points, points, points, points)
places = st.builds(Place, st.integers(1, 4), boxes)
evidence = st.none() | st.builds(Evidence, st.lists(places, max_size=2).map(tuple), words)
spans = st.builds(DateSpan, words, words, days, days, words, st.booleans())


def few(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


stated = st.none() | st.builds(
    Stated,
    st.sampled_from(["accepted", "rejected", "complete", "in_progress"]),
    words,
    st.sampled_from(["officer", "committee", "executive", ""]),
    certainties,
    evidence,
)
ratings = st.none() | st.builds(
    Rag,
    st.none() | st.sampled_from(["red", "complete"]),
    words,
    maybe,
    words,
    st.sampled_from(["word", "fill", "circle", "picture"]),
    evidence,
)
deadlines = st.builds(
    Deadline,
    words=words,
    kind=st.sampled_from(["date", "period", "recurring", "relative", "ongoing", "none"]),
    role=st.sampled_from(["target", "revised", "actual"]),
    earliest=days,
    latest=days,
    certainty=certainties,
    evidence=evidence,
)
owners = st.builds(
    Owner,
    name=words,
    printed=words,
    kind=st.sampled_from(["unknown", "post", "person"]),
    certainty=certainties,
    evidence=evidence,
)
recommendations = st.builds(
    Recommendation,
    text=words,
    number=st.none() | st.integers(0, 2) | st.integers(),
    ref=st.none() | st.sampled_from(["1", "R1", "2", "2a", "c)"]) | words,
    title=maybe,
    kind=st.sampled_from(["recommendation", "action"]),
    paper=st.integers(0, 2),
    paragraph_refs=few(words),
    addressed_to=few(words),
    decision=stated,
    status=stated,
    rag=ratings,
    segments=few(st.builds(Segment, words, words, words, st.none() | spans, evidence, certainties)),
    owners=few(owners),
    deadlines=few(deadlines),
    dates=few(spans),
    entities=few(st.builds(Entity, words, words, words, st.booleans())),
    cross_references=few(st.builds(CrossReference, st.sampled_from(["1", "2", "9"]), words)),
    section=st.none() | st.sampled_from(["A", "B"]),
    fields=st.dictionaries(words, words, max_size=1),
    pages=few(st.integers(1, 4)),
    evidence=evidence,
)
title_blocks = st.builds(
    Metadata,
    title=maybe,
    council=st.sampled_from([None, "Ashmarsh Council", "ASHMARSH COUNCIL", "Borough of Elsewhere"]),
    committee=st.sampled_from([None, "Panel", "PANEL", "Board"]),
    review=st.sampled_from([None, "Review of Parks", "Parks", "PARKS"]),
    date=st.none() | spans,
    lead_officers=few(st.builds(OfficerName, words, maybe)),
    cabinet_member=maybe,
    other_dates=few(st.builds(OtherDate, words, spans)),
    rag_key=st.dictionaries(words, words, max_size=1),
    evidence=st.dictionaries(st.sampled_from(["title", "lead_officers"]), evidence.filter(bool), max_size=1),
)
parts = st.builds(
    Part, st.sampled_from(["action_plan", "tracker"]), words, few(st.integers(1, 4)), maybe, title_blocks
)
votes = st.builds(
    Vote,
    motion=words,
    result=words,
    for_=st.none() | st.integers(),
    names=st.dictionaries(words, st.lists(words, max_size=2), max_size=1),
    evidence=evidence,
)
decisions = st.builds(
    Decision,
    kind=st.sampled_from(["resolution", "recommendation", "agreement"]),
    text=words,
    ref=st.none() | st.sampled_from(["1", "2", "(a)"]),
    lead=words,
    to=maybe,
    evidence=evidence,
)
motions = st.builds(
    Motion,
    kind=st.sampled_from(["motion", "amendment"]),
    text=words,
    proposer=maybe,
    seconder=maybe,
    result=maybe,
    evidence=evidence,
)
items = st.builds(
    AgendaItem,
    number=maybe,
    title=maybe,
    resolutions=few(words),
    recommendations=few(words),
    actions=few(st.builds(MinuteAction, words, maybe, maybe, certainties, evidence, few(deadlines))),
    votes=few(votes, 1),
    evidence=evidence,
    decisions=few(decisions),
    motions=few(motions, 1),
    declarations=few(st.builds(Declaration, words, words, evidence), 1),
)
meetings = st.builds(
    Meeting,
    committee=st.sampled_from([None, "Panel"]),
    date=st.sampled_from([None, "2020-01-01", "1 January 2020"]),
    place=maybe,
    status=st.sampled_from([None, "draft", "approved"]),
)
papers = st.builds(
    Paper,
    file=words,
    sha256=st.sampled_from(["a" * 64, "b" * 64, "c" * 64]),
    kind=st.sampled_from(["action_plan", "tracker", "minutes"]),
    kind_reason=words,
    reader=st.just("reader 1"),
    metadata=title_blocks,
    papers=few(parts),
    recommendations=few(recommendations, 4),
    meeting=st.none() | meetings,
    attendance=few(st.builds(Attendance, words, st.sampled_from(["present", "apologies"]), words, evidence)),
    items=few(items),
    problems=few(st.builds(Problem, words, words, st.none() | st.integers(1, 4), words, st.none() | boxes)),
    unassigned=few(st.builds(Unassigned, words, words, st.integers(1, 4), boxes)),
    coverage=st.builds(Coverage, st.integers(0, 9), st.integers(0, 9)),
    page_count=st.integers(0, 9),
)
failures = st.builds(
    Failure,
    st.sampled_from(["a" * 64, "d" * 64, None]),
    st.just("reader 0"),
    st.sampled_from(["unreadable", "limit: time"]),
    words,
)
loads = st.lists(
    st.tuples(papers | failures, st.sampled_from(["x/a.pdf", "x/b.pdf"]).map(Location)),
    min_size=1,
    max_size=4,
)

one_engine = database.migrate("sqlite://")
law = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def emptied(engine: Engine) -> Engine:
    with database.writing(engine) as connection:
        connection.execute(text("delete from standings"))
        for table in reversed(metadata.sorted_tables):
            if table.name != "schema_state":
                connection.execute(table.delete())
    return engine


def load(engine: Engine, what: Paper | Failure, location: Location) -> str:
    if isinstance(what, Paper):
        return load_paper(engine, what, location).change
    return load_failure(engine, what, location).change


@law
@given(loads)
def test_loading_the_last_document_again_changes_no_row(
    batch: list[tuple[Paper | Failure, Location]],
) -> None:
    engine = emptied(one_engine)
    for what, location in batch:
        load(engine, what, location)
    before = everything(engine)
    what, location = batch[-1]
    assert load(engine, what, location) == "unchanged"
    assert everything(engine) == before


def everything(engine: Engine) -> dict[str, list[Any]]:
    """All rows with their times and row numbers: not even those may change."""
    with engine.connect() as connection:
        return {table.name: list(connection.execute(table.select())) for table in metadata.sorted_tables}


# Papers about the same things, which print them in different ways.
alike = st.builds(
    Paper,
    file=st.just("x.pdf"),
    sha256=st.sampled_from(["a" * 64, "b" * 64, "c" * 64]),
    kind=st.sampled_from(["tracker", "minutes"]),
    kind_reason=st.just(""),
    reader=st.just("reader 1"),
    metadata=st.builds(
        Metadata,
        title=st.sampled_from([None, "Tracker", "Action plan"]),
        council=st.sampled_from(["Ashmarsh Council", "ASHMARSH COUNCIL", "Ashmarsh"]),
        committee=st.sampled_from([None, "Panel", "PANEL", "Board"]),
        review=st.sampled_from(["Review of Parks", "Parks", "PARKS"]),
        date=st.none() | st.builds(DateSpan, words, words, st.none(), days),
    ),
    recommendations=few(
        st.builds(
            Recommendation,
            text=st.just("That"),
            ref=st.sampled_from(["1", "R1", "2"]),
            owners=few(st.builds(Owner, st.sampled_from(["Clerk", "CLERK", "the Clerk"]), words)),
            deadlines=few(deadlines, 1),
        )
    ),
    meeting=meetings,
    items=few(
        st.builds(AgendaItem, number=st.sampled_from(["1", "2"]), title=words, decisions=few(decisions)), 1
    ),
)


@settings(law, max_examples=50)
@given(st.lists(alike, min_size=2, max_size=3, unique_by=lambda paper: paper.sha256))
def test_papers_loaded_in_any_order_give_the_same_rows(batch: list[Paper]) -> None:
    dumps = set()
    for order in (batch, batch[::-1], batch[1:] + batch[:1]):
        engine = emptied(one_engine)
        for paper in order:
            load_paper(engine, paper, Location(f"x/{paper.sha256[:1]}.pdf"))
        dumps.add(dump(engine))
    assert len(dumps) == 1


class PowerCut(Exception):
    """What a statement meets in place of its database."""


@contextmanager
def cut_at(engine: Engine, statement: int) -> Iterator[list[str]]:
    """Raise PowerCut in place of the n-th statement from here; gives the statements that were to be run."""
    seen: list[str] = []

    def count(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        seen.append(sql)
        if len(seen) == statement:
            raise PowerCut

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", count)


@law
@given(papers, papers, st.data())
def test_a_load_cut_off_at_any_statement_leaves_nothing_and_can_be_done_again(
    first: Paper, second: Paper, data: st.DataObject
) -> None:
    here, there = Location("x/a.pdf"), Location("x/b.pdf")
    engine = emptied(one_engine)
    load_paper(engine, first, here)
    untouched = dump(engine)
    with cut_at(engine, 0) as statements:
        load_paper(engine, second, there)
    clean = dump(engine)
    emptied(engine)
    load_paper(engine, first, here)
    with cut_at(engine, data.draw(st.integers(1, len(statements)))), pytest.raises(PowerCut):
        load_paper(engine, second, there)
    assert dump(engine) == untouched
    load_paper(engine, second, there)
    assert dump(engine) == clean


@law
@given(papers, st.sampled_from([Given(), Given("Ashmarsh Council"), Given("Elsewhere", "Board")]))
def test_every_value_of_a_placed_record_shows_its_place(paper: Paper, told: Given) -> None:
    engine = emptied(one_engine)
    load_paper(engine, paper, Location("x/a.pdf"), told)
    with engine.connect() as connection:
        for table, column in VALUES:
            # Whatever belongs to a recommendation with a place has one itself, if only that of the whole.
            orphans = text(
                f"select v.id from {table} v where v.observation_id in (select subject_id from evidence "
                "where subject = 'observations' and x0 is not null) and not exists (select 1 from evidence e "
                f"where e.subject = '{table}' and e.subject_id = v.id and e.field = '{column}')"
            )
            assert connection.execute(orphans).all() == []
        for table in EVIDENT:
            lost = text(
                f"select subject_id from evidence where subject = '{table}' and subject_id not in (select id from {table})"
            )
            assert connection.execute(lost).all() == []


VALUES = (
    ("segments", "text"),
    ("assignments", "printed"),
    ("deadlines", "words"),
    ("statuses", "words"),
    ("mentions", "words"),
)
OF_ITEMS = ("resolutions", "actions", "votes", "motions", "declarations")
EVIDENT = ("observations", *(table for table, _ in VALUES), "agenda_items", *OF_ITEMS)


@law
@given(papers)
def test_every_unassigned_word_and_problem_is_kept_and_counted(paper: Paper) -> None:
    engine = emptied(one_engine)
    result = load_paper(engine, paper, Location("x/a.pdf"))
    with engine.connect() as connection:
        kept = connection.execute(text("select count(*) from unassigned")).scalar()
        counted = connection.execute(text("select problems, words, assigned from v_coverage")).one()
    assert kept == len(paper.unassigned)
    assert result.problems >= len(paper.problems)
    assert tuple(counted) == (result.problems, paper.coverage.words, paper.coverage.assigned)


CHILD = """
import os, sys, msgspec
from sqlalchemy import event
from models import database
from pipeline.load import Location, load_paper
from pipeline.records import Paper

engine = database.open(sys.argv[1])
seen = 0

def stop(*_):
    global seen
    seen += 1
    if seen == int(sys.argv[2]):
        print("here", flush=True)
        sys.stdin.read()

event.listen(engine, "before_cursor_execute", stop)
load_paper(engine, msgspec.json.decode(sys.argv[3], type=Paper), Location("x/b.pdf"))
"""


@pytest.mark.parametrize("statement", [3, 9, 25, 33])
def test_a_process_killed_in_the_middle_of_a_load_leaves_the_database_whole(
    tmp_path: Path, statement: int
) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    engine = database.migrate(url)
    load_paper(engine, tracker("a", "2019-01-01"), Location("x/a.pdf"))
    before = dump(engine)
    second = tracker("b", "2020-01-01")
    arguments = (url, str(statement), msgspec.json.encode(second).decode())
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n", "the child is to stop before the load is over"
        os.kill(child.pid, signal.SIGKILL)
    assert dump(engine) == before
    load_paper(engine, second, Location("x/b.pdf"))
    clean = database.migrate("sqlite://")
    load_paper(clean, tracker("a", "2019-01-01"), Location("x/a.pdf"))
    load_paper(clean, second, Location("x/b.pdf"))
    assert dump(engine) == dump(clean)


def tracker(letter: str, day: str) -> Paper:
    """A paper with three recommendations of one review."""
    box = Evidence((Place(1, Box(1, 2, 3, 4)),), "That")
    seen = [
        Recommendation(f"That {n} be done", n, str(n), owners=(Owner("Clerk", "the Clerk"),), evidence=box)
        for n in (1, 2, 3)
    ]
    said = Metadata(council="Ashmarsh Council", review="Parks", date=DateSpan(day, day, day, day))
    return Paper("x.pdf", letter * 64, "action_plan", "", "reader 1", said, recommendations=tuple(seen))


def test_postgresql_keeps_what_sqlite_keeps(fresh_postgres: Engine) -> None:
    database.migrate(fresh_postgres)

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(st.lists(papers, min_size=1, max_size=2))
    def law_of_both(batch: list[Paper]) -> None:
        engines = (emptied(one_engine), emptied(fresh_postgres))
        for engine in engines:
            for paper in (*batch, *batch):
                load_paper(engine, paper, Location(f"x/{paper.sha256[:1]}.pdf"))
        assert dump(engines[0]) == dump(engines[1])

    law_of_both()
