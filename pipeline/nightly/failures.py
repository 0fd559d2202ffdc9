"""What was not fetched and what was not read, one line each, with how often that was tried and whether tonight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from extract import printable
from extract.errors import OUTCOMES
from pipeline.load.known import Known
from pipeline.nightly.readings import Readings
from pipeline.nightly.settling import Shelf
from pipeline.nightly.values import FailureLine
from pipeline.report import FileReport


def not_fetched(shelf: Shelf, today: dt.date) -> Iterator[FailureLine]:
    """The papers that are listed and could not be had when they were last asked for."""
    for address, (_, paper) in sorted(shelf.titles.items()):
        tried = paper.failure
        if tried is not None and paper.listed and not paper.restricted:
            yield FailureLine(
                "not fetched",
                shelf.council.name,
                address,
                paper.title,
                tried.cause,
                tried.message,
                tried.advice,
                tried.nights,
                tried.on == today,
                tried.given_up,
            )


def not_read(
    shelf: Shelf, known: Mapping[str, Known], readings: Readings, today: dt.date
) -> Iterator[FailureLine]:
    """The fetched papers that no reading came of."""
    titles = shelf.titles
    for paper in shelf.listed.fetched:
        end = known.get(paper.sha256)
        if end is not None and end.outcome == "not_read":
            address = paper.addresses[0].path
            title = titles[address][1].title
            yield _unread((shelf.council.name, address, title), paper.sha256, end, (readings, today))


def not_read_files(
    council: str, files: Sequence[FileReport], readings: Readings, today: dt.date
) -> Iterator[FailureLine]:
    """The files of a council's folders that no reading came of."""
    for file in files:
        if file.outcome == "not_read":
            name = (council, printable(file.path), file.path.name)
            yield _unread(name, file.sha256 or "", Known("not_read", file.cause), (readings, today))


def _unread(
    name: tuple[str, str, str], sha256: str, end: Known, tries: tuple[Readings, dt.date]
) -> FailureLine:
    readings, today = tries
    tried = readings.find(sha256)
    explained = OUTCOMES.get(end.cause or "")
    return FailureLine(
        "not read",
        *name,
        cause=end.cause or "",
        message="",
        advice=explained.advice if explained else "",
        nights=tried.nights if tried else 1,
        tonight=tried is None or tried.on == today,
        given_up=bool(tried and tried.given_up),
    )
