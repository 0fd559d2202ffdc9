"""A dry run: what a night would ask for and read. Hosts are asked what they list; nothing is fetched and nothing kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from extract import printable
from extract.version import READER_VERSION
from models import database
from pipeline import load
from pipeline.load.known import Known
from pipeline.nightly.settings import NightSettings
from pipeline.nightly.values import NightReport, SourceLine
from pipeline.nightly.visits import Orders, Tell, visit
from pipeline.settings import SQLITE_FILE
from pipeline.sources.councils import Folder, ModernGov
from pipeline.sources.folder import Found, papers_in


def rehearse(settings: NightSettings, orders: Orders, tell: Tell) -> NightReport:
    """What a night would do now. Raises SettingsError, DatabaseError."""
    orders = msgspec.structs.replace(orders, dry_run=True)
    visited = [
        visit(council, source, settings, orders, tell)
        for council in settings.all_councils()
        for source in council.sources
        if isinstance(source, ModernGov)
    ]
    return NightReport(
        date=orders.today,
        dry_run=True,
        sources=tuple(
            SourceLine(one.council, "moderngov", one.answered, one.committees, one.meetings, one.rows_outside)
            for one in visited
        ),
        troubles=tuple(trouble for one in visited for trouble in one.troubles),
        would_fetch=tuple(paper.address for one in visited for paper in one.would_fetch),
        would_read=tuple(_new_files(settings)),
    )


def _new_files(settings: NightSettings) -> Iterator[str]:
    known = _known(settings)
    for council in settings.all_councils():
        folders = [source.path for source in council.sources if isinstance(source, Folder)]
        for entry in papers_in(folders, settings.batch.store_folder):
            if isinstance(entry, Found) and entry.sha256 not in known:
                yield printable(entry.path)


def _known(settings: NightSettings) -> Mapping[str, Known]:
    """What the database knows; a database that is not there yet is not made."""
    file = SQLITE_FILE.match(settings.database)
    if file and not Path(file["path"]).exists():
        return {}
    engine = database.open(settings.database)
    try:
        with engine.connect() as connection:
            if database.revision(connection) is None:
                return {}
        return load.known_documents(engine, READER_VERSION)
    finally:
        engine.dispose()
