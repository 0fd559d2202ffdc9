"""Nights and trials from the command line: their settings, their progress, their summary, their exit code."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import typer

from pipeline.cli.exits import BROKEN, USAGE
from pipeline.nightly.lock import AnotherNight
from pipeline.nightly.night import night
from pipeline.nightly.rehearsal import rehearse
from pipeline.nightly.settings import NightSettings, night_settings
from pipeline.nightly.telling import NotTold, send_report, write_report
from pipeline.nightly.trying import try_council
from pipeline.nightly.values import ANOTHER_RUNS, SOME_FAILED
from pipeline.nightly.visits import Orders
from pipeline.nightly.written import markdown_of, summary_of
from pipeline.sources.councils import council
from pipeline.sources.lined_yaml import SettingsError


def run_night(config: Path, date: dt.date | None, dry_run: bool, again: bool) -> None:
    """Run or rehearse a night and leave with its exit code."""
    orders = Orders(date or _today(), dry_run, again)
    try:
        settings = night_settings(config)
        code = _rehearsed(settings, orders) if dry_run else _worked(settings, orders)
    except SettingsError as error:
        code = _told(error, error.advice, USAGE)
    except AnotherNight as error:
        code = _told(error, error.advice, ANOTHER_RUNS)
    except OSError as error:
        code = _told(
            error, "The store or the reports cannot be written: look at the disk, then start again.", BROKEN
        )
    raise typer.Exit(code)


def check_council(file: Path, contact: str, date: dt.date | None) -> None:
    """Try a council's settings; 0 where all steps went well."""
    try:
        steps = try_council(council(file), contact, date or _today())
        failed = False
        for step in steps:
            print(f"{'ok' if step.well else 'FAILED'}: {step.words}")
            failed = failed or not step.well
        code = SOME_FAILED if failed else 0
    except SettingsError as error:
        code = _told(error, error.advice, USAGE)
    raise typer.Exit(code)


def _worked(settings: NightSettings, orders: Orders) -> int:
    report = night(settings, orders, _say)
    page = write_report(report, settings.reports_folder)
    print(summary_of(report))
    print(f"Report: {page}")
    try:
        send_report(report, settings)
    except NotTold as error:
        return _told(error, error.advice, report.exit_code or SOME_FAILED)
    return report.exit_code


def _rehearsed(settings: NightSettings, orders: Orders) -> int:
    report = rehearse(settings, orders, _say)
    print(markdown_of(report), end="")
    return report.exit_code


def _told(error: Exception, advice: str, code: int) -> int:
    print(error, file=sys.stderr)
    print(advice, file=sys.stderr)
    return code


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _today() -> dt.date:
    """The day on the clock of this place: councils' days are local ones."""
    return dt.datetime.now().astimezone().date()
