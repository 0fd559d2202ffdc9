"""The journey of one night. Read this first: visits > folders > settling > batch > links > report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Engine

from extract.version import READER_VERSION
from models.database import migrate
from pipeline import batch, load
from pipeline.batch import Kept, ingest_fetched
from pipeline.link import link
from pipeline.load.known import Known
from pipeline.nightly.coverage import coverage
from pipeline.nightly.failures import not_fetched, not_read, not_read_files
from pipeline.nightly.folders import FolderVisit, visit_folder
from pipeline.nightly.lock import only_one
from pipeline.nightly.overdue import overdue
from pipeline.nightly.readings import Readings
from pipeline.nightly.settings import NightSettings
from pipeline.nightly.settling import Shelf, changes, kept_of, note_absences, shelf_of, unchanged
from pipeline.nightly.values import CoverageLine, FailureLine, Linked, NightReport, PaperLine, SourceLine
from pipeline.nightly.visits import Orders, Tell, ledger_of, visit
from pipeline.nightly.written import markdown_of
from pipeline.report import BatchReport, FileReport
from pipeline.sources.councils import Council, Folder, ModernGov
from pipeline.sources.moderngov.visit import Trouble, Visited
from pipeline.sources.papers import Papers


class _Night(msgspec.Struct, frozen=True):
    """What every step of a night needs to know."""

    engine: Engine
    run_id: str
    settings: NightSettings
    orders: Orders
    tell: Tell


class _Gathered(msgspec.Struct, frozen=True):
    """What the sources gave: the visits, and each host's shelf as it was before the batch."""

    visited: tuple[Visited, ...]
    folders: tuple[FolderVisit, ...]
    shelves: tuple[Shelf, ...]

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        hosts = (trouble for one in self.visited for trouble in one.troubles)
        return (*hosts, *(trouble for one in self.folders for trouble in one.troubles))


class _Read(msgspec.Struct, frozen=True):
    """What the batch made of it: `known` is how every document stands afterwards."""

    batch: BatchReport
    known: Mapping[str, Known]
    readings: Readings


def night(settings: NightSettings, orders: Orders, tell: Tell) -> NightReport:
    """Fetch and read everything new or changed since the last night. It can be broken off and begun again anywhere.

    Raises AnotherNight where one is at work already, SettingsError, DatabaseError, and SandboxError where no reading
    process can start.
    """
    councils = settings.all_councils()
    with only_one(settings.batch.store_folder):
        engine = migrate(settings.database)
        try:
            run_id = load.start_run(engine, "nightly", (orders.today.isoformat(),))
            return _in_the_diary(_Night(engine, run_id, settings, orders, tell), councils)
        finally:
            engine.dispose()


def _in_the_diary(here: _Night, councils: Sequence[Council]) -> NightReport:
    try:
        report, counts = _through(here, councils)
    except BaseException:
        load.end_run(here.engine, here.run_id, load.RunCounts(), "failed")
        raise
    load.end_run(here.engine, here.run_id, counts, report=markdown_of(report))
    return report


def _through(here: _Night, councils: Sequence[Council]) -> tuple[NightReport, load.RunCounts]:
    """The steps of the night in order."""
    gathered = _gather(here, councils)
    read = _read(here, gathered)
    links = link(here.engine, here.run_id)
    report = NightReport(
        date=here.orders.today,
        dry_run=False,
        sources=tuple(_sources(gathered)),
        troubles=gathered.troubles,
        papers=tuple(_papers(gathered, read)),
        unchanged=sum(map(unchanged, gathered.shelves)) + sum(one.unchanged for one in gathered.folders),
        reread=_reread(gathered, read),
        failures=tuple(_failures(here, gathered, read)),
        linked=Linked(links.seen, links.known, links.moved, links.lost),
        overdue=overdue(here.engine, _nights_folder(here) / "overdue", here.orders.today),
        coverage=tuple(_coverage(here, gathered, read)),
    )
    return report, _counts(read)


def _gather(here: _Night, councils: Sequence[Council]) -> _Gathered:
    """Visit every source, one after the other, and note what is gone and what could not be had."""
    settings = here.settings
    Papers(settings.batch.papers_folder).tidy()
    visited, folders, shelves = list[Visited](), list[FolderVisit](), list[Shelf]()
    for council in councils:
        for source in council.sources:
            if isinstance(source, Folder):
                folders.append(visit_folder(here.engine, council, source, settings.batch, here.tell))
            else:
                visited.append(_visit(here, council, source))
                shelves.append(shelf_of(here.engine, council, ledger_of(council, settings.batch)))
                note_absences(here.engine, shelves[-1], here.run_id)
    return _Gathered(tuple(visited), tuple(folders), tuple(shelves))


def _visit(here: _Night, council: Council, source: ModernGov) -> Visited:
    return visit(council, source, here.settings, here.orders, here.tell)


def _read(here: _Night, gathered: _Gathered) -> _Read:
    """Read what is new, what another version of the reader had read, and what failed and may be tried again."""
    settings, today = here.settings.batch, here.orders.today
    readings = Readings(_nights_folder(here) / "readings.json")
    before = _unread(load.known_documents(here.engine, READER_VERSION))
    due = frozenset(
        s for s, end in before.items() if here.orders.retries or readings.due(s, end.cause, today)
    )
    kept = list(_kept(gathered, Papers(settings.papers_folder), due))
    done = ingest_fetched(kept, here.engine, here.run_id, settings, _teller(here, gathered))
    known = load.known_documents(here.engine, READER_VERSION)
    unread = _unread(known)
    readings.note(
        unread, {file.sha256 for file in done.fresh if file.sha256} | (unread.keys() - before), today
    )
    return _Read(done, known, readings)


def _unread(known: Mapping[str, Known]) -> dict[str, Known]:
    """The papers whose bytes were had and not read."""
    return {
        document: end
        for document, end in known.items()
        if end.outcome == "not_read" and not document.startswith("unhashed:")
    }


def _teller(here: _Night, gathered: _Gathered) -> batch.Tell:
    """Tells of a paper by its title: its file is named by its content."""
    titles = {
        paper.sha256: paper.title
        for shelf in gathered.shelves
        for meeting in shelf.meetings
        for paper in meeting.papers
        if paper.sha256
    }

    def told(_size: int, file: FileReport) -> None:
        if file.fresh:
            here.tell(f"{file.outcome.replace('_', ' ')}: {titles.get(file.sha256 or '', file.path.name)}")

    return told


def _kept(gathered: _Gathered, papers: Papers, due: frozenset[str]) -> Iterator[Kept]:
    for shelf in gathered.shelves:
        yield from kept_of(shelf, papers, due)
    for folder in gathered.folders:
        yield from (kept for kept in folder.unread if kept.file.sha256 in due)


def _papers(gathered: _Gathered, read: _Read) -> Iterator[PaperLine]:
    """What is new, changed or gone, with what was found in it."""
    files = [*read.batch.files, *(file for one in gathered.folders for file in one.report.files)]
    found = {file.sha256: file for file in files if file.fresh}
    for shelf in gathered.shelves:
        for line, sha256 in changes(shelf, read.known):
            file = found.get(sha256)
            if file is None:
                yield line
            else:
                yield msgspec.structs.replace(line, recommendations=file.recommendations, items=file.items)
    for folder in gathered.folders:
        yield from folder.papers


def _reread(gathered: _Gathered, read: _Read) -> int:
    """How many papers were read that lay there before: the reader has changed, or an earlier reading had failed."""
    had = {document for shelf in gathered.shelves for document in shelf.before.values()}
    return sum(file.sha256 in had for file in read.batch.fresh)


def _failures(here: _Night, gathered: _Gathered, read: _Read) -> Iterator[FailureLine]:
    today = here.orders.today
    for shelf in gathered.shelves:
        yield from not_fetched(shelf, today)
        yield from not_read(shelf, read.known, read.readings, today)
    for folder in gathered.folders:
        yield from not_read_files(folder.council, folder.report.files, read.readings, today)


def _coverage(here: _Night, gathered: _Gathered, read: _Read) -> Iterator[CoverageLine]:
    """A line for each committee and month of the meetings in the window."""
    today = here.orders.today
    for shelf in gathered.shelves:
        yield from coverage(shelf.council.name, shelf.in_window(today), read.known, today)


def _sources(gathered: _Gathered) -> Iterator[SourceLine]:
    for one in gathered.visited:
        yield SourceLine(
            one.council, "moderngov", one.answered, one.committees, one.meetings, one.rows_outside
        )
    for folder in gathered.folders:
        yield SourceLine(folder.council, "folder", answered=not folder.troubles)


def _counts(read: _Read) -> load.RunCounts:
    """Of the fetched papers; a folder's have a row of their own in the diary where any was new."""
    ends = [file.outcome for file in read.batch.fresh]
    return load.RunCounts(
        files=len(read.batch.files),
        unchanged=len(read.batch.files) - len(ends),
        read=ends.count("read"),
        none_found=ends.count("read_none_found"),
        not_read=ends.count("not_read"),
    )


def _nights_folder(here: _Night) -> Path:
    return here.settings.batch.store_folder / "nightly"
