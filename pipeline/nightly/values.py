"""What a night tells: the report as values, from which the written ones are made."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from pipeline.sources.moderngov.visit import Trouble

ALL_WELL, SOME_FAILED, NOTHING, ANOTHER_RUNS = 0, 3, 4, 5

Change = Literal["new", "changed", "gone"]


class PaperLine(msgspec.Struct, frozen=True):
    """A paper that is new, changed or gone. `outcome` is '' where it is gone or was not attempted."""

    change: Change
    council: str
    committee: str
    meeting: dt.date | None
    title: str
    address: str
    outcome: str = ""
    recommendations: int = 0
    items: int = 0


class FailureLine(msgspec.Struct, frozen=True):
    """A paper that was not fetched, or not read, and why; `nights` is how often, `tonight` whether it was tried now."""

    stage: Literal["not fetched", "not read"]
    council: str
    address: str
    title: str
    cause: str
    message: str
    advice: str
    nights: int
    tonight: bool
    given_up: bool


class OverdueLine(msgspec.Struct, frozen=True):
    """A recommendation that has become overdue since the last night."""

    recommendation_id: str
    council: str
    committee: str
    review: str
    ref: str
    text: str
    owners: str
    due: str
    page_link: str


class Overdue(msgspec.Struct, frozen=True):
    """How many are overdue in all, and which have become so since the day of the last night; None for a first night."""

    total: int = 0
    since: dt.date | None = None
    new: tuple[OverdueLine, ...] = ()


class CoverageLine(msgspec.Struct, frozen=True):
    """What is had of a committee's meetings of a month (YYYY-MM), by papers; `awaited` are days without minutes yet."""

    council: str
    committee: str
    month: str
    meetings: int = 0
    cancelled: int = 0
    listed: int = 0
    restricted: int = 0
    left_aside: int = 0
    fetched: int = 0
    read: int = 0
    none_found: int = 0
    not_read: int = 0
    not_fetched: int = 0
    awaited: tuple[dt.date, ...] = ()


class Linked(msgspec.Struct, frozen=True):
    """Recommendations that tonight's papers show, those of them that other papers show as well, sights that people's
    links moved tonight, and links of people that lead nowhere.
    """

    seen: int = 0
    known: int = 0
    by_people: int = 0
    lost: int = 0


class SourceLine(msgspec.Struct, frozen=True):
    """One source: whether it answered, and how much was asked of it."""

    council: str
    source: str
    answered: bool
    committees: int = 0
    meetings: int = 0
    rows_outside: int = 0


class NightReport(msgspec.Struct, frozen=True):
    """All that a night has to tell. In a dry run `would_fetch` holds addresses, `would_read` files, and nothing
    was done.
    """

    date: dt.date
    dry_run: bool
    sources: tuple[SourceLine, ...]
    troubles: tuple[Trouble, ...]
    papers: tuple[PaperLine, ...] = ()
    unchanged: int = 0
    reread: int = 0
    failures: tuple[FailureLine, ...] = ()
    linked: Linked = Linked()
    overdue: Overdue = Overdue()
    coverage: tuple[CoverageLine, ...] = ()
    would_fetch: tuple[str, ...] = ()
    would_read: tuple[str, ...] = ()

    def count(self, change: Change) -> int:
        """How many papers are new, changed or gone."""
        return sum(line.change == change for line in self.papers)

    @property
    def failed_tonight(self) -> tuple[FailureLine, ...]:
        return tuple(line for line in self.failures if line.tonight)

    @property
    def exit_code(self) -> int:
        """0 all well; 3 something that was tried tonight failed; 4 no source answered. Old failures do not ring."""
        if self.sources and not any(source.answered for source in self.sources):
            return NOTHING
        return SOME_FAILED if self.troubles or self.failed_tonight else ALL_WELL
