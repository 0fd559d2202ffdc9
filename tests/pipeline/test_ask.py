"""A question in SQL is answered, cannot change anything, and is refused in the database's own words."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.database import migrate, writing
from models.places import Council
from models.tables import table
from pipeline.ask import Answer, RefusedQuestion, ask
from pipeline.cli.answers import print_answer

ANSWER = Answer(("name", "pages", "note"), (("North, A", 3, None), ("[bold]", 12, "“so”\nit is")))


@pytest.fixture
def council_in(tmp_path: Path) -> str:
    """The URL of an SQLite database with one council in it."""
    url = f"sqlite:///{tmp_path}/asked.db"
    engine = migrate(url)
    council = {"id": "c1", "key": "eastmere", "name": "Eastmere", "is_known": 1}
    with writing(engine) as connection:
        connection.execute(table(Council).insert(), council)
    engine.dispose()
    return url


def test_a_question_is_answered_with_columns_and_rows(council_in: str) -> None:
    query = "select name, '50%' as share, '12:30:00 :x' as colons from councils"
    assert ask(council_in, query) == Answer(
        ("name", "share", "colons"), (("Eastmere", "50%", "12:30:00 :x"),)
    )


@pytest.mark.parametrize(
    "query",
    [
        "delete from councils",
        "update councils set name = 'x'",
        "drop table councils",
        "create table mine (a text) strict",
        "pragma query_only = off",
    ],
)
def test_a_question_changes_nothing(query: str, council_in: str) -> None:
    with pytest.raises(RefusedQuestion):
        ask(council_in, query)
    assert ask(council_in, "select name from councils").rows == (("Eastmere",),)


@pytest.mark.postgres
def test_a_question_to_postgresql_is_answered_and_changes_nothing(fresh_postgres: Engine) -> None:
    url = fresh_postgres.url.render_as_string(hide_password=False)
    assert ask(url, "select '50%' as share, ':x' as colon, '7'::int as n").rows == (("50%", ":x", 7),)
    with pytest.raises(RefusedQuestion, match="read-only"):
        ask(url, "delete from councils")


def test_a_wrong_question_is_refused_in_the_words_of_the_database(council_in: str) -> None:
    with pytest.raises(RefusedQuestion, match="no such column: nmae"):
        ask(council_in, "select nmae from councils")


def test_an_answer_as_json_keeps_null_and_letters(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(ANSWER, "json")
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {"name": "North, A", "pages": 3, "note": None}
    assert second["note"] == "“so”\nit is"


def test_an_answer_as_csv_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(ANSWER, "csv")
    read = list(csv.reader(capsys.readouterr().out.splitlines(keepends=True)))
    assert read == [["name", "pages", "note"], ["North, A", "3", ""], ["[bold]", "12", "“so”\nit is"]]


def test_an_answer_as_a_table_prints_words_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(ANSWER, "table")
    printed = capsys.readouterr().out
    assert "[bold]" in printed
    assert "North, A" in printed
    assert "None" not in printed


@pytest.mark.slow
def test_a_refused_question_leaves_with_the_code_of_usage_and_a_sentence_of_advice(council_in: str) -> None:
    command = [sys.executable, "-m", "pipeline", "ask", "delete from councils", "--db", council_in]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "data-dictionary" in done.stderr
