"""Trying a council's settings without storing anything: each step of a visit once, told as it goes."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline.nightly.visits import fetcher_of
from pipeline.sources.councils import Council, Folder, ModernGov
from pipeline.sources.errors import NotFetched
from pipeline.sources.fetching import MEGABYTE, Fetcher
from pipeline.sources.folder import Found, papers_in
from pipeline.sources.hosts import Hosts
from pipeline.sources.ledger import Entry
from pipeline.sources.moderngov.answers import (
    Committee,
    MeetingDetails,
    committees_of,
    details_of,
    meetings_of,
)
from pipeline.sources.moderngov.listing import listing_of
from pipeline.sources.moderngov.service import Service
from pipeline.sources.papers import Papers
from pipeline.sources.validators import Validators


class Step(msgspec.Struct, frozen=True):
    """One thing that was tried: whether it went well, and what came or what to do."""

    well: bool
    words: str


def try_council(council: Council, contact: str, today: dt.date) -> Iterator[Step]:
    """Try each source: for a host its committees, one committee's meetings, one meeting, one paper."""
    for source in council.sources:
        if isinstance(source, Folder):
            yield _folder(source)
            continue
        fetcher = fetcher_of(source, contact)
        try:
            yield from _Trial(source, fetcher, today).steps()
        except NotFetched as error:
            yield Step(False, f"{error.code}: {error}. {error.advice}")
        finally:
            fetcher.close()


def _folder(source: Folder) -> Step:
    if not source.path.is_dir():
        return Step(False, f"{source.path} is no folder")
    papers = sum(isinstance(entry, Found) for entry in papers_in([source.path]))
    return Step(True, f"{source.path} holds {papers} papers")


class _Trial(msgspec.Struct, frozen=True):
    """A host on trial. Every step raises NotFetched where it fails."""

    source: ModernGov
    fetcher: Fetcher
    today: dt.date

    def steps(self) -> Iterator[Step]:
        service = Service(self.source.address)
        committees = committees_of(self._text(service.committees()))
        wanted = [one for one in committees if not one.deleted and self.source.committees.wants(one.title)]
        names = "; ".join(one.title for one in wanted)
        yield Step(bool(wanted), f"{len(committees)} committees, {len(wanted)} of them wanted: {names}")
        for committee in wanted:
            found = self._meeting(committee)
            if found is not None:
                public = self._public(found)
                told = f"a meeting of {committee.title} on {found.date}"
                yield Step(True, f"{told}: {len(found.items)} items, {len(public)} public files")
                if public:
                    size = self._size(public[0].address)
                    yield Step(True, f"fetched {public[0].title}: a PDF of {size} bytes, which was not kept")
                    return
        yield Step(False, "no wanted committee's meeting has a public file in the days that are looked at")

    def _meeting(self, committee: Committee) -> MeetingDetails | None:
        """A meeting of the window, the last that is over before any other."""
        service, window = Service(self.source.address), self.source.window
        first, last = (
            self.today - dt.timedelta(days=window.back),
            self.today + dt.timedelta(days=window.ahead),
        )
        rows = meetings_of(self._text(service.meetings(committee.number, first, last)))
        inside = [row for row in rows if row.date and first <= row.date <= last]
        if not inside:
            return None
        best = max(inside, key=lambda row: (row.date is not None and row.date <= self.today, row.date))
        return details_of(self._text(service.meeting(best.number)))

    def _public(self, details: MeetingDetails) -> list[Entry]:
        """The files that a night would ask for."""
        hosts = Hosts(self.source.address, self.source.hosts, self.source.private)
        listed = listing_of(details, self.source, hosts).papers
        return [paper for paper in listed if not paper.restricted and paper.kind != "HTML minutes"]

    def _size(self, address: str) -> int:
        most = int(self.source.bounds.paper_megabytes * MEGABYTE)
        sizes = list[int]()
        with tempfile.TemporaryDirectory() as folder:
            papers = Papers(Path(folder))
            self.fetcher.fetch(
                address, lambda pieces: sizes.append(papers.keep(pieces).size), Validators(), most
            )
        return sizes[-1]

    def _text(self, address: str) -> bytes:
        return self.fetcher.text(address, int(self.source.bounds.answer_megabytes * MEGABYTE))
