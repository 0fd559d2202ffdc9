"""Log lines go to stderr, as words or as JSON, and stdout stays clean."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from pipeline.logs import log, set_up_logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave no handler behind that holds a captured stream."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_stdout_is_never_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("auto", "console", "json"):
        set_up_logs("debug", form)
        log("pipeline.flow").info("read", paper="plan.pdf")
        logging.getLogger("somebody.else").warning("odd")
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("plan.pdf") == 3
    assert written.err.count("odd") == 3


def test_json_lines_are_one_object_each_with_a_level_a_name_and_a_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs("info", "json")
    log("pipeline.flow").info("read", paper="plan.pdf", pages=7)
    logging.getLogger("somebody.else").error("broken")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["paper"], ours["pages"]) == ("read", "plan.pdf", 7)
    assert (ours["level"], ours["logger"], theirs["level"]) == ("info", "pipeline.flow", "error")
    assert ours["timestamp"].endswith("Z")


def test_a_failure_is_logged_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "json")
    try:
        raise LookupError("no such column")
    except LookupError:
        log("pipeline.batch").exception("not read", paper="plan.pdf")
    line = json.loads(capsys.readouterr().err)
    assert line["exception"][0]["exc_value"] == "no such column"


def test_lines_below_the_asked_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("warning", "console")
    log("pipeline.flow").info("read")
    log("pipeline.flow").warning("doubtful")
    written = capsys.readouterr().err
    assert "doubtful" in written
    assert "read" not in written


def test_words_that_are_no_level_are_refused() -> None:
    with pytest.raises(ValueError, match="no log level"):
        set_up_logs("loud")
