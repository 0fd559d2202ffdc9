"""The journey of many papers: which are new > workers > load > report. A folder and a night both go through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

import msgspec
from sqlalchemy import Engine

from extract import Crashed, Unreachable, printable
from extract.errors import OUTCOMES
from extract.version import READER_VERSION
from models.database import migrate
from pipeline import load
from pipeline.attempt import Attempt, Task, attempts
from pipeline.load.known import Known
from pipeline.logs import log
from pipeline.report import BatchReport, FileReport
from pipeline.settings import Settings
from pipeline.sources.folder import Found, LeftAlone, absolute, papers_in
from pipeline.sources.listed import Fetched, all_fetched
from pipeline.sources.papers import Papers
from pipeline.workers import Fault, guarded

NOTHING_GIVEN = load.Given()

# Told after each file: how many there are in all, and what became of this one.
Tell = Callable[[int, FileReport], None]


def silent(_size: int, _report: FileReport) -> None:
    """For a run that nobody watches."""


class Origin(msgspec.Struct, frozen=True):
    """Where a file lies, as far as its source knows (a fetched paper lies at web addresses), and what is known of it."""

    locations: tuple[load.Location, ...]
    given: load.Given = NOTHING_GIVEN

    def and_also(self, other: Origin) -> Origin:
        """Both together; what they do not agree on is not known."""
        locations = tuple(dict.fromkeys((*self.locations, *other.locations)))
        return Origin(locations, self.given if self.given == other.given else NOTHING_GIVEN)


class Kept(msgspec.Struct, frozen=True):
    """A paper that a source has fetched; `again` where it was not read before and is to be tried once more."""

    file: Found
    origin: Origin
    again: bool = False


class _Plan(msgspec.Struct, frozen=True):
    """Tasks, one for each new content; files whose content is known or lies elsewhere as well; and the rest.

    `spared` are documents that were read: a failed attempt must not take the place of that. `origins` are those of
    fetched papers, by sha256; `given` is what is known of all others. `run_id` is a run that goes on after this.
    """

    command: str
    tasks: tuple[Task, ...] = ()
    known: tuple[Found, ...] = ()
    unopened: tuple[LeftAlone, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    spared: frozenset[str] = frozenset()
    origins: Mapping[str, Origin] = {}
    given: load.Given = NOTHING_GIVEN
    run_id: str | None = None

    @property
    def size(self) -> int:
        return len(self.tasks) + len(self.known) + len(self.unopened)

    def origin(self, path: Path, sha256: str | None) -> Origin:
        """Where a file lies: at its own path unless it was fetched from elsewhere."""
        found = self.origins.get(sha256) if sha256 else None
        return found or Origin((load.Location(printable(path)),), self.given)


def ingest(
    paths: Sequence[Path], settings: Settings, tell: Tell = silent, given: load.Given = NOTHING_GIVEN
) -> BatchReport:
    """Read every new paper below `paths` into the database, a transaction each, and say what became of every file.

    `given` is what is known of the papers where they do not print it. What was loaded stays whatever happens next; a second run changes no row. Raises models.errors.DatabaseError
    where there is no database to be had, SandboxError where no reading process can start.
    """
    with _database(settings) as engine:
        plan = _plan_for(
            papers_in(paths, settings.store_folder), load.known_documents(engine, READER_VERSION), settings
        )
        plan = msgspec.structs.replace(plan, given=given)
        report = _carried_out(plan, engine, settings.jobs, tell)
        load.close_locations(engine, _gone(load.known_locations(engine), paths, report))
    return report


def ingest_fetched(
    papers: Sequence[Kept], engine: Engine, run_id: str, settings: Settings, tell: Tell = silent
) -> BatchReport:
    """Read every paper that is new among those that a source has fetched, as part of a run; its places are noted.

    Papers that another version of the reader had read are read again.
    """
    known = load.known_documents(engine, READER_VERSION)
    forced = {paper.file.sha256 for paper in papers if paper.again}
    plan = _plan_for(
        (paper.file for paper in papers),
        {document: how for document, how in known.items() if document not in forced},
        settings,
    )
    plan = msgspec.structs.replace(plan, origins=_origins(papers), run_id=run_id)
    return _carried_out(plan, engine, settings.jobs, tell)


def again(settings: Settings, failed_only: bool, tell: Tell = silent) -> BatchReport:
    """Attempt papers that the database knows once more: those that were not read, or all of them.

    A paper that lies in the store is understood anew without its PDF. A reading is never lost to a failed attempt.
    """
    with _database(settings) as engine:
        known = load.known_documents(engine, READER_VERSION)
        read = frozenset(document for document, how in known.items() if how.outcome != "not_read")
        places = {
            document: path for path, document in sorted(load.known_locations(engine).items(), reverse=True)
        }
        tasks = tuple(
            _task_of(document, path, settings)
            for document, path in sorted(places.items())
            if not (failed_only and document in read)
        )
        fetched = [
            paper
            for paper in _fetched(settings)
            if paper.file.sha256 in known
            and paper.file.sha256 not in places
            and not (failed_only and paper.file.sha256 in read)
        ]
        files = {paper.file.sha256: paper.file.path for paper in fetched}
        tasks += tuple(_task_of(sha256, str(path), settings) for sha256, path in files.items())
        origins = _origins(fetched)
        plan = _Plan("retry" if failed_only else "reprocess", tasks, spared=read, origins=origins)
        return _carried_out(plan, engine, settings.jobs, tell)


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    engine = migrate(settings.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _plan_for(entries: Iterable[Found | LeftAlone], known: Mapping[str, Known], settings: Settings) -> _Plan:
    fresh, others = dict[str, Task](), list[Found]()
    unopened, left_alone = list[LeftAlone](), list[LeftAlone]()
    for entry in entries:
        if isinstance(entry, LeftAlone):
            log(__name__).info("left alone", path=printable(entry.path), reason=entry.reason)
            (unopened if entry.reason == "file cannot be opened" else left_alone).append(entry)
        elif entry.sha256 in known or entry.sha256 in fresh:
            others.append(entry)
        else:
            fresh[entry.sha256] = Task(entry.path, settings.limits, entry.sha256, settings.store_folder)
    return _Plan("ingest", tuple(fresh.values()), tuple(others), tuple(unopened), tuple(left_alone))


def _task_of(document: str, path: str, settings: Settings) -> Task:
    sha256 = None if document.startswith("unhashed:") else document
    return Task(Path(path), settings.limits, sha256, settings.store_folder)


def _fetched(settings: Settings) -> Iterator[Kept]:
    """What earlier nights have fetched."""
    papers = Papers(settings.papers_folder)
    for paper in all_fetched(settings.sources_folder):
        if (file := papers.find(paper.sha256)) is not None:
            yield Kept(file, origin_of(paper))


def _origins(papers: Iterable[Kept]) -> dict[str, Origin]:
    """One origin for each content, whichever and however many sources have fetched it."""
    origins = dict[str, Origin]()
    for paper in papers:
        had = origins.get(paper.file.sha256)
        origins[paper.file.sha256] = had.and_also(paper.origin) if had else paper.origin
    return origins


def origin_of(paper: Fetched) -> Origin:
    """Where a fetched paper lies: at every address that lists it."""
    locations = tuple(load.Location(one.path, one.source, one.published_on) for one in paper.addresses)
    return Origin(locations, load.Given(paper.council, paper.committee))


def _carried_out(plan: _Plan, engine: Engine, jobs: int, tell: Tell) -> BatchReport:
    """New content first, so that all is known of the files that hold the same."""
    reports = list[FileReport]()
    for report in chain(_attempted(plan, engine, jobs), _known(plan, engine)):
        reports.append(report)
        tell(plan.size, report)
    return BatchReport(tuple(reports), plan.left_alone)


def _attempted(plan: _Plan, engine: Engine, jobs: int) -> Iterator[FileReport]:
    """Attempt and load what is new, under a row in the diary; a run that finds nothing new leaves none there."""
    if not plan.tasks and not plan.unopened:
        return
    arguments = tuple(printable(task.path) for task in plan.tasks[:100])
    run_id = plan.run_id or load.start_run(engine, plan.command, arguments)
    loader = _Loader(engine, run_id, plan)
    reports = list[FileReport]()
    with closing(attempts(plan.tasks, jobs)) as done:
        for attempt in chain(_unopened(plan.unopened), done):
            reports.append(loader.loaded(attempt))
            yield reports[-1]
    if plan.run_id is None:
        load.end_run(engine, run_id, _counts(plan, reports))


def _unopened(entries: Iterable[LeftAlone]) -> Iterator[Attempt]:
    """A file that cannot be opened is an attempt that has failed already."""
    for entry in entries:
        yield Attempt.failed(Task(entry.path), Unreachable(f"the file cannot be opened: {entry.detail}"))


class _Loader(msgspec.Struct, frozen=True):
    """The one writer: what became of a file goes into the database, a transaction each."""

    engine: Engine
    run_id: str
    plan: _Plan

    def loaded(self, attempt: Attempt) -> FileReport:
        """Load an attempt; a fault in loading is what became of it, too."""
        report = guarded(self._load, attempt)
        if not isinstance(report, Fault):
            return report
        error = Crashed(f"loading failed: {report.message}", report.detail)
        return self._load(Attempt.failed(attempt.task, error, attempt.cost))

    def _load(self, attempt: Attempt) -> FileReport:
        sha256 = attempt.task.sha256
        origin = self.plan.origin(attempt.task.path, sha256)
        first, *others = origin.locations
        if attempt.paper is not None:
            loaded = load.load_paper(self.engine, attempt.paper, first, origin.given, self.run_id)
            self._also_at(loaded.document_id, others)
            return _read_report(attempt, loaded)
        if sha256 not in self.plan.spared:
            failed = load.load_failure(self.engine, _failure_of(attempt), first, self.run_id)
            if failed.document_id == sha256:
                self._also_at(sha256, others)
        return _failed_report(attempt)

    def _also_at(self, document: str, locations: Sequence[load.Location]) -> None:
        for location in locations:
            load.load_location(self.engine, document, location)


def _failure_of(attempt: Attempt) -> load.Failure:
    """What the database keeps of a failed attempt: nothing that another attempt would measure otherwise."""
    error = attempt.error
    # Bytes that changed under us are not those that were hashed.
    sha256 = None if isinstance(error, Unreachable) else attempt.task.sha256
    message = "\n".join(filter(None, (error.cause, error.detail)))
    return load.Failure(sha256, READER_VERSION, error.code, message, error.advice)


def _read_report(attempt: Attempt, loaded: load.LoadResult) -> FileReport:
    cost = attempt.cost
    return FileReport(
        path=attempt.task.path,
        outcome=loaded.outcome,
        sha256=attempt.task.sha256,
        recommendations=loaded.recommendations,
        items=loaded.agenda_items,
        problems=loaded.problems,
        seconds=cost.seconds,
        cpu_seconds=cost.cpu_seconds,
        peak_bytes=cost.peak_bytes,
    )


def _failed_report(attempt: Attempt) -> FileReport:
    error = attempt.error
    return FileReport(
        path=attempt.task.path,
        outcome="not_read",
        sha256=attempt.task.sha256,
        cause=error.code,
        message=" ".join(filter(None, (error.cause, error.figures))),
        advice=error.advice,
        seconds=attempt.cost.seconds,
    )


def _known(plan: _Plan, engine: Engine) -> Iterator[FileReport]:
    """What is known of files whose content was met before, each being noted where it lies."""
    known = load.known_documents(engine, READER_VERSION)
    places = dict[str, Mapping[str, str]]()
    for file in plan.known:
        for location in plan.origin(file.path, file.sha256).locations:
            if location.source not in places:
                places[location.source] = load.known_locations(engine, location.source)
            if file.sha256 in known and places[location.source].get(location.path) != file.sha256:
                load.load_location(engine, file.sha256, location)
        yield _known_report(file, known.get(file.sha256))


def _known_report(file: Found, known: Known | None) -> FileReport:
    if known is None:  # its twin was to be read in this run, and changed under us
        known = Known("not_read", Unreachable.name)
    explained = OUTCOMES[known.cause] if known.cause else None
    return FileReport(
        path=file.path,
        outcome=known.outcome,
        fresh=False,
        sha256=file.sha256,
        cause=known.cause or "",
        message="known from before" if explained else "",
        advice=explained.advice if explained else "",
    )


def _gone(places: Mapping[str, str], paths: Sequence[Path], report: BatchReport) -> list[load.Location]:
    """The places below the folders of `paths` where nothing was met any more; a shut folder tells nothing."""
    folders = [absolute(path) for path in paths if path.is_dir()]
    shut = [entry.path for entry in report.left_alone if entry.reason == "folder cannot be opened"]
    met = {printable(file.path) for file in report.files}
    met |= {printable(entry.path) for entry in report.left_alone}
    return [
        load.Location(place)
        for place in places
        if place not in met and _is_below(place, folders) and not _is_below(place, shut)
    ]


def _is_below(place: str, folders: Iterable[Path]) -> bool:
    return any(Path(place).is_relative_to(folder) for folder in folders)


def _counts(plan: _Plan, reports: Sequence[FileReport]) -> load.RunCounts:
    outcomes = Counter(report.outcome for report in reports)
    return load.RunCounts(
        files=plan.size,
        unchanged=len(plan.known),
        read=outcomes["read"],
        none_found=outcomes["read_none_found"],
        not_read=outcomes["not_read"],
    )
