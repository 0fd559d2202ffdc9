"""The ledger settled with the database: what is new, changed or gone there, and what the night's batch has to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Engine

from extract.version import READER_VERSION
from pipeline import load
from pipeline.batch import Kept, origin_of
from pipeline.load.known import Known
from pipeline.nightly.values import Change, PaperLine
from pipeline.sources.councils import Council, ModernGov
from pipeline.sources.folder import Found
from pipeline.sources.ledger import Entry, Ledger, MeetingEntry
from pipeline.sources.listed import Fetched, Listed, listed
from pipeline.sources.papers import Papers


class Shelf(msgspec.Struct, frozen=True):
    """One council before its batch: what its ledger lists, and what lay where in the database."""

    council: Council
    listed: Listed
    before: Mapping[str, str]
    meetings: tuple[MeetingEntry, ...]

    @property
    def titles(self) -> Mapping[str, tuple[MeetingEntry, Entry]]:
        """The last meeting that names each address, and what it says of it; one that lists it before others."""
        named = sorted(
            ((meeting, paper) for meeting in self.meetings for paper in meeting.papers),
            key=lambda pair: (pair[1].listed, pair[0].date, pair[0].meeting_id),
        )
        return {paper.address: (meeting, paper) for meeting, paper in named}

    def in_window(self, today: dt.date) -> tuple[MeetingEntry, ...]:
        """The meetings that a night of `today` looks at."""
        window = next(one.window for one in self.council.sources if isinstance(one, ModernGov))
        first, last = today - dt.timedelta(days=window.back), today + dt.timedelta(days=window.ahead)
        return tuple(meeting for meeting in self.meetings if first <= meeting.date <= last)


def shelf_of(engine: Engine, council: Council, ledger: Ledger) -> Shelf:
    """What is known of a council on both sides."""
    meetings = tuple(ledger.meetings())
    return Shelf(
        council,
        listed(council.label, council.name, meetings),
        load.known_locations(engine, council.label),
        meetings,
    )


def changes(shelf: Shelf, known: Mapping[str, Known]) -> Iterator[tuple[PaperLine, str]]:
    """A line for each address where something else lies than in the database as it was, or nothing any more; with
    the sha256 of what lies there now, '' for nothing.
    """
    titles = shelf.titles
    for paper in shelf.listed.fetched:
        for address in paper.addresses:
            before = shelf.before.get(address.path)
            if before != paper.sha256:
                change: Change = "new" if before is None or before.startswith("unhashed:") else "changed"
                line = _line(shelf.council.name, change, titles[address.path])
                yield msgspec.structs.replace(line, outcome=_outcome(known, paper)), paper.sha256
    for path in shelf.listed.gone:
        if path in shelf.before:
            yield _line(shelf.council.name, "gone", titles[path]), ""


def unchanged(shelf: Shelf) -> int:
    """How many addresses hold what they held."""
    return sum(
        shelf.before.get(address.path) == paper.sha256
        for paper in shelf.listed.fetched
        for address in paper.addresses
    )


def note_absences(engine: Engine, shelf: Shelf, run_id: str) -> None:
    """What is gone is closed, and what could not be had stands in the database as not read, with the cause."""
    label = shelf.council.label
    gone = [load.Location(path, label) for path in shelf.listed.gone if path in shelf.before]
    load.close_locations(engine, gone)
    for missing in shelf.listed.missing:
        tried = missing.tried
        failure = load.Failure(
            None, READER_VERSION, "unreachable", f"{tried.cause}: {tried.message}", tried.advice
        )
        place = load.Location(missing.address.path, label, missing.address.published_on)
        load.load_failure(engine, failure, place, run_id)


def kept_of(shelf: Shelf, papers: Papers, again: frozenset[str]) -> Iterator[Kept]:
    """The council's fetched papers for the batch; those of `again` are tried once more."""
    for paper in shelf.listed.fetched:
        # A paper whose file was lost is fetched anew when it is due; until then it is known by its hash.
        file = papers.find(paper.sha256) or Found(papers.place(paper.sha256), 0, paper.sha256)
        yield Kept(file, origin_of(paper), paper.sha256 in again)


def _line(council: str, change: Change, named: tuple[MeetingEntry, Entry]) -> PaperLine:
    meeting, paper = named
    return PaperLine(change, council, meeting.committee, meeting.date, paper.title, paper.address)


def _outcome(known: Mapping[str, Known], paper: Fetched) -> str:
    return known[paper.sha256].outcome if paper.sha256 in known else ""
