"""A folder becomes a database: every file accounted for, no row of one paper hanging on the fate of another."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import create_engine, select, text

from extract.limits import Limits
from models import tables
from pipeline import batch
from pipeline.batch import again, ingest
from pipeline.report import BatchReport
from pipeline.settings import Settings

LONG_AGO = 1_400_000_000
GOOD = ("wexmoor-air-quality-action-plan.pdf", "calverstoke-recommendation-tracker.pdf")
BROKEN = {
    "empty.pdf": "unreadable",
    "error-page.pdf": "unreadable",
    "half.pdf": "unreadable",
    "locked.pdf": "encrypted",
}


@pytest.fixture(scope="module")
def good(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    for name in GOOD:
        shutil.copy(samples / name, folder / name)
        _settle(folder / name)
    return folder


@pytest.fixture(scope="module")
def mixed(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good papers among broken ones, a copy under another name, and a letter that is no paper."""
    folder = tmp_path_factory.mktemp("mixed")
    shutil.copytree(good, folder, dirs_exist_ok=True)
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "error-page.pdf").write_bytes(b"<html>Not found</html>")
    whole = (good / GOOD[0]).read_bytes()
    (folder / "half.pdf").write_bytes(whole[: len(whole) // 2])
    canvas = Canvas(str(folder / "locked.pdf"), encrypt=StandardEncryption("secret", "owner", strength=128))
    canvas.drawString(72, 700, "Locked")
    canvas.save()
    (folder / "archive").mkdir()
    shutil.copy(good / GOOD[0], folder / "archive" / "copy.pdf")
    (folder / "letter.docx").write_bytes(b"a letter")
    for path in folder.rglob("*"):
        _settle(path)
    return folder


@pytest.fixture(scope="module")
def clean(mixed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, BatchReport]:
    """The mixed folder, ingested once and never interrupted."""
    settings = _settings(tmp_path_factory.mktemp("clean"))
    return settings, ingest([mixed], settings)


def test_every_file_ends_as_read_or_as_not_read_and_why(
    clean: tuple[Settings, BatchReport], mixed: Path
) -> None:
    _, report = clean
    ends = {str(file.path.relative_to(mixed)): file.cause or file.outcome for file in report.files}
    assert ends == {**dict.fromkeys([*GOOD, "archive/copy.pdf"], "read"), **BROKEN}
    assert [(entry.path.name, entry.reason) for entry in report.left_alone] == [("letter.docx", "not a PDF")]
    assert report.exit_code == 3


def test_a_copy_is_one_document_in_two_places(clean: tuple[Settings, BatchReport], mixed: Path) -> None:
    settings, report = clean
    copy, first = (file for file in report.files if file.path.name in ("copy.pdf", GOOD[0]))
    assert copy.sha256 == first.sha256
    assert [copy.fresh, first.fresh] in ([True, False], [False, True])
    query = "select path from document_locations where is_open = 1 and document_id = :id order by path"
    places = [str(mixed / "archive" / "copy.pdf"), str(mixed / GOOD[0])]
    assert _ask(settings, query, id=copy.sha256) == [(place,) for place in places]


def test_a_second_run_changes_no_row_not_even_in_the_diary(
    clean: tuple[Settings, BatchReport], mixed: Path
) -> None:
    settings, first = clean
    before = _dump(settings, clock=True)
    second = ingest([mixed], settings)
    assert _dump(settings, clock=True) == before
    assert second.fresh == ()
    assert {(f.path, f.outcome, f.cause) for f in second.files} == {
        (f.path, f.outcome, f.cause) for f in first.files
    }
    assert second.exit_code == 3


def test_broken_papers_change_no_row_of_the_good_ones(
    clean: tuple[Settings, BatchReport], good: Path, tmp_path: Path
) -> None:
    alone = _settings(tmp_path)
    ingest([good], alone)
    question = "select ref, text, decision, progress, owners, due_latest from v_tracker order by text"
    assert _ask(alone, question) == _ask(clean[0], question)
    assert len(_ask(alone, question)) > 5


@pytest.mark.slow
@pytest.mark.parametrize("after", [2])
def test_killed_in_the_middle_and_run_again_it_is_the_same_as_one_clean_run(
    clean: tuple[Settings, BatchReport], mixed: Path, tmp_path: Path, after: int
) -> None:
    settings = _settings(tmp_path)
    run = _ingest_apart(mixed, settings)
    _wait_for(lambda: _documents(settings) >= after or run.poll() is not None)
    run.kill()
    run.wait()
    ingest([mixed], settings)
    assert _dump(settings) == _dump(clean[0])


def _write_a_paper_that_takes_long(path: Path) -> None:
    """A page of three million strokes, which costs pdfium some ten seconds."""
    strokes = zlib.compress(b"0 0 m 9 9 l S\n" * 3_000_000)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(strokes), strokes),
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    path.write_bytes(b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF")


@pytest.mark.slow
def test_interrupted_it_keeps_what_it_has_and_leaves_no_process_behind(good: Path, tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    folder = tmp_path / "papers"
    shutil.copytree(good, folder)
    _write_a_paper_that_takes_long(folder / "zz.pdf")
    run = _ingest_apart(folder, settings)
    _wait_for(lambda: _documents(settings) >= 1 or run.poll() is not None)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(timeout=20) == 130
    assert _documents(settings) >= 1
    _wait_for(lambda: not _session_of(run.pid))


def test_a_fault_in_loading_costs_its_document_and_its_traceback_is_kept(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_paper = batch.load.load_paper

    def faulty(*arguments: object, **named: object) -> object:
        if "wexmoor" in repr(arguments[2]):
            raise ZeroDivisionError("a fault of our own")
        return load_paper(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(batch.load, "load_paper", faulty)
    settings = _settings(tmp_path)
    report = ingest([good], settings)
    assert {file.path.name: file.cause or file.outcome for file in report.files} == {
        GOOD[0]: "crashed",
        GOOD[1]: "read",
    }
    [(message,)] = _ask(settings, "select message from problems where code = 'crashed'")
    assert "ZeroDivisionError" in message
    assert "Traceback" in message


def test_what_was_not_read_can_be_retried_under_other_limits(good: Path, tmp_path: Path) -> None:
    tight = Settings(**{**_settings(tmp_path).model_dump(), "limits": Limits(pages=1)})
    first = ingest([good / GOOD[0]], tight)
    assert [file.cause for file in first.files] == ["limit: pages"]
    assert first.exit_code == 4
    second = again(_settings(tmp_path), failed_only=True)
    assert [file.outcome for file in second.files] == ["read"]
    assert again(_settings(tmp_path), failed_only=True).files == ()


def test_papers_are_understood_anew_from_the_store_when_the_pdf_is_gone(good: Path, tmp_path: Path) -> None:
    paper = tmp_path / "papers" / GOOD[0]
    paper.parent.mkdir()
    shutil.copy(good / GOOD[0], paper)
    _settle(paper)
    settings = _settings(tmp_path)
    ingest([paper], settings)
    before = _dump(settings)
    paper.unlink()
    assert [file.outcome for file in again(settings, failed_only=False).files] == ["read"]
    shutil.rmtree(settings.store_folder)
    assert [file.cause for file in again(settings, failed_only=False).files] == ["unreachable"]
    assert _dump(settings) == before


def test_a_file_that_is_gone_from_its_folder_is_noted_and_what_was_read_stays(
    good: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    shutil.copytree(good, folder)
    settings = _settings(tmp_path)
    ingest([folder], settings)
    held = _ask(settings, "select count(*) from observations")
    (folder / GOOD[1]).unlink()
    ingest([folder], settings)
    question = "select path, is_open from document_locations order by path"
    assert _ask(settings, question) == [(str(folder / GOOD[1]), 0), (str(folder / GOOD[0]), 1)]
    assert _ask(settings, "select count(*) from observations") == held


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    report = ingest([tmp_path / "papers"], _settings(tmp_path))
    assert (report.files, report.exit_code) == ((), 0)


def _settle(path: Path) -> None:
    os.utime(path, (LONG_AGO, LONG_AGO))


def _settings(folder: Path) -> Settings:
    return Settings(database=f"sqlite:///{folder}/x.db", jobs=2)


def _ask(settings: Settings, query: str, **values: object) -> list[tuple[object, ...]]:
    engine = create_engine(settings.database)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]
    finally:
        engine.dispose()


def _documents(settings: Settings) -> int:
    """How many documents the database holds; none while it is being made."""
    if not Path(settings.database.removeprefix("sqlite:///")).exists():
        return 0
    if not _ask(settings, "select 1 from sqlite_master where name = 'schema_state'"):
        return 0
    [(count,)] = _ask(settings, "select count(*) from documents")
    assert isinstance(count, int)
    return count


def _dump(settings: Settings, clock: bool = False) -> dict[str, list[str]]:
    """Every row of every table in order; without `clock` nothing of when and by which run it was written."""
    engine = create_engine(settings.database)
    dumped = {}
    try:
        with engine.connect() as connection:
            for table in tables.metadata.sorted_tables:
                columns = [c for c in table.columns if clock or not c.info.get("clock")]
                if clock or table.name != "runs":
                    dumped[table.name] = sorted(
                        repr(tuple(row)) for row in connection.execute(select(*columns))
                    )
    finally:
        engine.dispose()
    return dumped


# A shell's background job ignores interrupts, and so would its children.
_HEEDING_INTERRUPTS = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('pipeline', run_name='__main__')"
)


def _ingest_apart(folder: Path, settings: Settings) -> subprocess.Popen[bytes]:
    arguments = ["ingest", str(folder), "--db", settings.database, "--jobs", "1"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-c", _HEEDING_INTERRUPTS, *arguments],
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )


def _session_of(pid: int) -> list[str]:
    """The processes that still run in the session that `pid` began."""
    found = subprocess.run(["ps", "-s", str(pid), "-o", "pid="], capture_output=True, text=True, check=False)
    return found.stdout.split()


def _wait_for(condition: Callable[[], bool], seconds: float = 40.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.sources.folder.LOOK_AGAIN_AFTER", 0.0)
