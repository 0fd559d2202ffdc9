"""Runs of a batch from the command line: their settings, their progress, their summary, their exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import typer
from pydantic import ValidationError
from rich.console import Console

from extract import printable
from pipeline.ask import Answer, ask
from pipeline.batch import Tell, again, ingest
from pipeline.cli.progress import telling
from pipeline.report import BatchReport, FileReport
from pipeline.settings import DATABASE, Settings

HARMLESS = ("not a PDF", "hidden or temporary", "our own store")
NAMES_SHOWN = 5

_STANDING = """
select outcome, count(*) as files, coalesce(sum(recommendations), 0) as recommendations,
       coalesce(sum(agenda_items), 0) as agenda_items, coalesce(sum(problems), 0) as problems
from v_coverage group by outcome order by outcome
"""
_NOT_READ = "select address, cause, advice from v_coverage where outcome = 'not_read' order by address"


class Standing(msgspec.Struct, frozen=True):
    """How many files ended so, and what they hold."""

    outcome: str
    files: int
    recommendations: int
    agenda_items: int
    problems: int


class NotReadFile(msgspec.Struct, frozen=True):
    """A file that was not read, and why."""

    address: str
    cause: str
    advice: str | None


class Status(msgspec.Struct, frozen=True):
    """What `status --json` prints."""

    outcomes: tuple[Standing, ...]
    not_read: tuple[NotReadFile, ...]


def ingest_paths(paths: Sequence[Path], database: str | None, jobs: int | None) -> None:
    """Ingest, tell, summarise, and leave with the exit code."""
    settings = _settings(database, jobs)
    _run(lambda tell: ingest(paths, settings, tell))


def attempt_again(database: str | None, jobs: int | None, failed_only: bool) -> None:
    """Retry or reprocess, tell, summarise, and leave with the exit code."""
    settings = _settings(database, jobs)
    _run(lambda tell: again(settings, failed_only, tell))


def show_status(database: str | None, as_json: bool) -> None:
    """Print how many papers were read and which were not."""
    url = database or DATABASE
    status = Status(
        tuple(msgspec.convert(row, Standing) for row in _objects(ask(url, _STANDING))),
        tuple(msgspec.convert(row, NotReadFile) for row in _objects(ask(url, _NOT_READ))),
    )
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(status) + b"\n")
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if not status.outcomes:
        console.print(f"{url} holds no paper yet")
    for end in status.outcomes:
        holding = (
            f"{end.recommendations} recommendations, {end.agenda_items} agenda items, {end.problems} problems"
        )
        console.print(f"{end.outcome}: {end.files} files; {holding}")
    for file in status.not_read:
        console.print(f"not read ({file.cause}): {file.address}: {file.advice or ''}")


def _settings(database: str | None, jobs: int | None) -> Settings:
    told = {"database": database, "jobs": jobs}
    try:
        return Settings.model_validate({name: value for name, value in told.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise typer.BadParameter(
            f"{first['input']}: {first['msg']}", param_hint=str(first["loc"][0])
        ) from error


def _run(batch: Callable[[Tell], BatchReport]) -> None:
    with telling() as tell:
        report = batch(lambda size, file: tell(size, printable(Path(file.path.name)), _told(file)))
    _summarise(report)
    raise typer.Exit(report.exit_code)


def _told(file: FileReport) -> str:
    """One file's end in a line."""
    name = printable(file.path)
    if file.outcome == "not_read":
        return f"not read ({file.cause}): {name}: {file.message}"
    if not file.fresh:
        return f"unchanged: {name}"
    if file.outcome == "read_none_found":
        return f"read, none found: {name}"
    held = f"{file.recommendations} recommendations, {file.items} agenda items, {file.problems} problems"
    return f"read: {name}: {held}"


def _summarise(report: BatchReport) -> None:
    """What was read, and by name what was not and why."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    none_found = sum(file.outcome == "read_none_found" for file in report.files)
    unchanged = sum(not file.fresh for file in report.files)
    console.print(
        f"{len(report.files)} files: {len(report.read)} read ({none_found} of them hold none), "
        f"{len(report.not_read)} not read; {unchanged} were known before",
    )
    for file in report.not_read:
        line = f"not read ({file.cause}): {printable(file.path)}: {file.message}. {file.advice}"
        console.print(line)
    for line in _left_alone(report):
        console.print(line)


def _left_alone(report: BatchReport) -> Iterator[str]:
    """One line a reason, with how many there are and the names of the first; all of them where that is of weight."""
    for reason, count in report.left_alone_by_reason.items():
        names = [printable(entry.path) for entry in report.left_alone if entry.reason == reason]
        shown = names[:NAMES_SHOWN] if reason in HARMLESS else names
        more = f" and {count - len(shown)} more (all with --log info)" if len(shown) < count else ""
        yield f"left alone, {reason} ({count}): {', '.join(shown)}{more}"


def _objects(answer: Answer) -> list[dict[str, object]]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
