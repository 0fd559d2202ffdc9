"""The command line: answers on stdout, everything else on stderr, exit codes as promised."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

PAPER = "wexmoor-air-quality-action-plan.pdf"
HEAVY = ("spacy", "sqlalchemy", "pydantic", "pypdfium2", "msgspec", "rich.console", "structlog")


def scrutiny(*arguments: str | Path, python: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *python, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Half a paper."""
    path = tmp_path_factory.mktemp("broken") / "half.pdf"
    whole = (samples / PAPER).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    os.utime(path, (1_400_000_000, 1_400_000_000))
    return path


def test_help_is_there_without_loading_anything_heavy() -> None:
    done = scrutiny("--help", python=("-X", "importtime"))
    assert done.returncode == 0
    assert "Exit codes: 0 all read, 1 usage, 3 some files not read, 4 none read" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "--no-such-option", PAPER),
        ("read", "no-such-file.pdf"),
        ("read",),
        ("no-such-command",),
        ("ingest", "no-such-folder"),
        ("ingest", ".", "--db", "no address"),
        ("ingest", ".", "--jobs", "0"),
        ("--log", "loud", "status"),
    ],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_1_and_says_why_on_stderr(arguments: tuple[str, ...]) -> None:
    done = scrutiny(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Error" in done.stderr or "Usage" in done.stderr


def test_a_database_that_cannot_be_opened_leaves_with_1_and_advice(tmp_path: Path, samples: Path) -> None:
    done = scrutiny("ingest", samples / PAPER, "--db", f"sqlite:///{tmp_path}/no/such/folder/x.db")
    assert done.returncode == 1
    assert "Check the address" in done.stderr
    assert "Traceback" not in done.stderr


def test_read_prints_one_json_line_a_file_in_the_order_given_and_nothing_else_on_stdout(
    samples: Path, half: Path, repository: Path
) -> None:
    done = scrutiny("--log", "debug", "read", half, samples / PAPER, "--json")
    assert done.returncode == 3
    broken, paper = (json.loads(line) for line in done.stdout.splitlines())
    assert (broken["file"], broken["outcome"]) == (str(half), "unreadable")
    assert broken["problems"][0]["message"]
    assert (paper["file"], paper["outcome"]) == (str(samples / PAPER), "read")
    assert paper["recommendations"]
    schema = json.loads((repository / "docs" / "schema" / "read.json").read_text(encoding="utf8"))
    for line in (broken, paper):
        jsonschema.validate(line, schema)


def test_tables_prints_the_page_tables_of_each_file(samples: Path, half: Path, repository: Path) -> None:
    done = scrutiny("tables", samples / PAPER, half, "--json")
    assert done.returncode == 3
    paper, broken = (json.loads(line) for line in done.stdout.splitlines())
    assert [table["page"] for table in paper["tables"]]
    assert all(isinstance(cell, str) for table in paper["tables"] for row in table["rows"] for cell in row)
    assert broken["outcome"] == "unreadable"
    schema = json.loads((repository / "docs" / "schema" / "tables.json").read_text(encoding="utf8"))
    for line in (paper, broken):
        jsonschema.validate(line, schema)


def test_a_command_that_reads_nothing_leaves_with_4(half: Path) -> None:
    assert scrutiny("tables", half).returncode == 4


def test_for_a_person_read_shows_the_recommendations_and_names_what_was_not_read(
    samples: Path, half: Path
) -> None:
    done = scrutiny("read", samples / PAPER, half)
    assert "Recommendation" in done.stdout
    assert f"{half}: unreadable" in done.stdout.replace("\n", "")


def test_ingest_ends_with_what_was_read_and_by_name_what_was_not_and_status_tells_the_same(
    samples: Path, half: Path, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path}/x.db"
    letters = tmp_path / "letters"
    letters.mkdir()
    for name in "abcdefg":
        (letters / f"letter-{name}.docx").write_bytes(b"a letter")
    done = scrutiny("ingest", samples / PAPER, half, letters, "--db", database)
    assert done.returncode == 3
    assert "left alone, not a PDF (7): " in done.stdout
    assert "letter-a.docx, " in done.stdout
    assert " and 2 more" in done.stdout
    assert "2 files: 1 read" in done.stdout
    assert f"not read (unreadable): {half}" in done.stdout
    assert [line.partition(":")[0] for line in sorted(done.stderr.splitlines())] == [
        "not read (unreadable)",
        "read",
    ]
    status = json.loads(scrutiny("status", "--db", database, "--json").stdout)
    assert {end["outcome"]: end["files"] for end in status["outcomes"]} == {"read": 1, "not_read": 1}
    assert [file["cause"] for file in status["not_read"]] == ["unreadable"]
    assert f"not read (unreadable): {half}" in scrutiny("status", "--db", database).stdout


def test_the_reader_can_be_run_by_itself(samples: Path, half: Path) -> None:
    read = subprocess.run(
        [sys.executable, "-m", "extract", str(samples / PAPER)], capture_output=True, text=True, check=False
    )
    assert json.loads(read.stdout)["name"] == PAPER
    broken = subprocess.run(
        [sys.executable, "-m", "extract", str(half)], capture_output=True, text=True, check=False
    )
    assert (broken.returncode, broken.stdout) == (4, "")
    assert "unreadable" in broken.stderr
