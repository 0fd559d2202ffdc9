"""A night's visit to a folder into which papers are put: through the same batch, its changes told by place."""

from __future__ import annotations

import msgspec
from sqlalchemy import Engine

from extract import printable
from pipeline import load
from pipeline.batch import Kept, Origin, ingest
from pipeline.nightly.values import PaperLine
from pipeline.nightly.visits import Tell
from pipeline.report import BatchReport, FileReport
from pipeline.settings import Settings
from pipeline.sources.councils import Council, Folder
from pipeline.sources.folder import Found, absolute
from pipeline.sources.moderngov.visit import Trouble


class FolderVisit(msgspec.Struct, frozen=True):
    """What a folder gave. `unread` are its papers that were not read before, should they be tried again."""

    council: str
    report: BatchReport = BatchReport()
    papers: tuple[PaperLine, ...] = ()
    unread: tuple[Kept, ...] = ()
    unchanged: int = 0
    troubles: tuple[Trouble, ...] = ()


def visit_folder(
    engine: Engine, council: Council, source: Folder, settings: Settings, tell: Tell
) -> FolderVisit:
    """Read what is new in a folder. A folder that is not there is a trouble, and none of its papers is taken for gone."""
    folder = absolute(source.path)
    if not folder.is_dir():
        advice = "Check `path` in the council's settings, and whether the disk is there."
        trouble = Trouble(council.name, str(folder), "no folder", "the folder is not there", advice)
        return FolderVisit(council.name, troubles=(trouble,))
    tell(f"{council.name}: {folder}")
    given = load.Given(council.name)
    before = load.known_locations(engine)
    report = ingest([folder], settings, lambda _, file: tell(file.path.name), given)
    papers = tuple(
        line for file in report.files if (line := _line(council.name, file, before.get(printable(file.path))))
    )
    after = load.known_locations(engine)
    gone = tuple(_gone(council.name, path) for path in sorted(before.keys() - after.keys()))
    return FolderVisit(
        council.name,
        report,
        papers + gone,
        tuple(_unread(file, given) for file in report.not_read if file.sha256 and not file.fresh),
        len(report.files) - len(papers),
    )


def _line(council: str, file: FileReport, before: str | None) -> PaperLine | None:
    """What is new about a file; None where it is what it was."""
    if before == file.sha256 or (before is not None and file.sha256 is None):
        return None
    return PaperLine(
        "new" if before is None else "changed",
        council,
        committee="",
        meeting=None,
        title=file.path.name,
        address=printable(file.path),
        outcome=file.outcome,
        recommendations=file.recommendations,
        items=file.items,
    )


def _gone(council: str, path: str) -> PaperLine:
    return PaperLine("gone", council, committee="", meeting=None, title=path.rpartition("/")[2], address=path)


def _unread(file: FileReport, given: load.Given) -> Kept:
    assert file.sha256 is not None
    found = Found(file.path, 0, file.sha256)
    return Kept(found, Origin((load.Location(printable(file.path)),), given))
