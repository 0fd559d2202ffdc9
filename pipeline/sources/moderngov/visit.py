"""One night's visit to a council's web service.

committees > their meetings in the window > each meeting's papers > those that are due, kept as they come.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

import msgspec

from pipeline.sources.councils import Council, ModernGov
from pipeline.sources.errors import Disabled, NotAPaper, NotFetched, NotThere, OddListing
from pipeline.sources.fetching import MEGABYTE, Fetcher
from pipeline.sources.hosts import Hosts
from pipeline.sources.ledger import Entry, Ledger, MeetingEntry, Tried
from pipeline.sources.moderngov.answers import (
    Committee,
    MeetingDetails,
    MeetingRow,
    committees_of,
    details_of,
    meetings_of,
)
from pipeline.sources.moderngov.listing import listing_of
from pipeline.sources.moderngov.service import Service
from pipeline.sources.moderngov.typeset import typeset_minutes
from pipeline.sources.papers import Papers
from pipeline.sources.validators import Validators


class Trouble(msgspec.Struct, frozen=True):
    """Something of a source that could not be had: where, and the cause as a code of docs/errors.md and in words."""

    council: str
    where: str
    cause: str
    message: str
    advice: str


class Visited(msgspec.Struct, frozen=True):
    """What a visit came to. `would_fetch` is filled by a dry run alone."""

    council: str
    answered: bool
    committees: int = 0
    meetings: int = 0
    rows_outside: int = 0
    troubles: tuple[Trouble, ...] = ()
    would_fetch: tuple[Entry, ...] = ()


class Errand(msgspec.Struct, frozen=True):
    """What a visit is for: the council, the day that counts as today, whether papers are fetched (not in a dry run),
    and whether failures are tried again before their time.
    """

    council: Council
    source: ModernGov
    today: dt.date
    fetches: bool = True
    retries: bool = False

    @property
    def first(self) -> dt.date:
        return self.today - dt.timedelta(days=self.source.window.back)

    @property
    def last(self) -> dt.date:
        return self.today + dt.timedelta(days=self.source.window.ahead)


# Told of what is being done, in a few words.
Tell = Callable[[str], None]


class Visit:
    """A visit under way: what went wrong so far, and what was fetched tonight under which address."""

    def __init__(self, errand: Errand, fetcher: Fetcher, ledger: Ledger, papers: Papers) -> None:
        self._errand = errand
        self._fetcher = fetcher
        self._ledger = ledger
        self._papers = papers
        self._service = Service(errand.source.address)
        self._tonight: dict[str, Entry] = {}
        self._troubles: list[Trouble] = []
        self._would_fetch: list[Entry] = []
        self._meetings = 0
        self._outside = 0

    def go(self, tell: Tell) -> Visited:
        """The whole visit. What cannot be had is told in the answer; nothing is raised for it."""
        source = self._errand.source
        try:
            committees = committees_of(self._text(self._service.committees()))
        except NotFetched as error:
            cause = Disabled(str(error)) if isinstance(error, NotThere) else error
            self._note("the list of committees", cause)
            return self._visited(answered=False, committees=0)
        wanted = [one for one in committees if not one.deleted and source.committees.wants(one.title)]
        for committee in wanted:
            tell(f"{self._errand.council.name}: {committee.title}")
            self._committee(committee)
        if not wanted:
            self._note("the list of committees", OddListing("no committee is wanted by the settings"))
        return self._visited(answered=True, committees=len(wanted))

    def _visited(self, answered: bool, committees: int) -> Visited:
        return Visited(
            self._errand.council.name,
            answered,
            committees,
            self._meetings,
            self._outside,
            tuple(self._troubles),
            tuple(self._would_fetch),
        )

    def _committee(self, committee: Committee) -> None:
        errand = self._errand
        try:
            address = self._service.meetings(committee.number, errand.first, errand.last)
            rows = meetings_of(self._text(address))
        except NotFetched as error:
            self._note(f"the meetings of {committee.title}", error)
            return
        inside = self._inside(committee, rows)
        for row in inside:
            self._meeting(committee, row.number, row.date or errand.today)
        for entry in self._no_longer_listed(committee, {row.number for row in inside}):
            self._meeting(committee, entry.meeting_id, entry.date)

    def _inside(self, committee: Committee, rows: Sequence[MeetingRow]) -> list[MeetingRow]:
        """The meetings in the window: hosts that do not understand a day send all they have."""
        for row in rows:
            if row.date is None:
                fault = OddListing("its date cannot be read, so it is asked for whatever it says")
                self._note(f"meeting {row.number} of {committee.title}", fault)
        first, last = self._errand.first, self._errand.last
        inside = {row.number: row for row in rows if row.date is None or first <= row.date <= last}
        self._outside += sum(row.number not in inside for row in rows)
        return [inside[number] for number in sorted(inside)]

    def _no_longer_listed(self, committee: Committee, listed: set[int]) -> list[MeetingEntry]:
        """Meetings of the window that were put off, or taken away."""
        return [
            entry
            for entry in self._ledger.meetings()
            if entry.committee_id == committee.number
            and entry.meeting_id not in listed
            and not entry.gone
            and self._errand.first <= entry.date <= self._errand.last
        ]

    def _meeting(self, committee: Committee, number: int, date: dt.date) -> None:
        """Ask for a meeting, keep what it lists, then fetch what is due."""
        self._meetings += 1
        known = self._ledger.find(number)
        try:
            details = details_of(self._text(self._service.meeting(number)))
        except NotFetched as error:
            if known is not None and isinstance(error, NotThere):
                self._lose(known)
                return
            self._note(f"meeting {number} of {committee.title}", error)
            return
        entry = self._met(committee, number, details, known)
        self._ledger.keep(msgspec.structs.replace(entry, date=details.date or date))
        self._fetch_due(number, details)

    def _lose(self, known: MeetingEntry) -> None:
        """A meeting that the service knows no more: none of its papers is listed."""
        papers = tuple(msgspec.structs.replace(paper, listed=False) for paper in known.papers)
        self._ledger.keep(msgspec.structs.replace(known, gone=True, papers=papers))

    def _met(
        self, committee: Committee, number: int, details: MeetingDetails, known: MeetingEntry | None
    ) -> MeetingEntry:
        """What is known of a meeting now that it has answered."""
        source = self._errand.source
        hosts = Hosts(source.address, source.hosts, source.private)
        shown = details.displayed and details.status.casefold() != "cancelled"
        listing = listing_of(details, source, hosts) if shown else None
        digest = hashlib.sha256(msgspec.json.encode(details)).hexdigest()
        papers = merged(
            listing.papers if listing else (),
            known.papers if known else (),
            changed=known is None or known.digest != digest,
        )
        return MeetingEntry(
            meeting_id=number,
            committee_id=committee.number,
            committee=committee.title,
            date=self._errand.today,
            status=details.status,
            digest=digest,
            papers=papers,
            left_aside=listing.left_aside if listing else 0,
        )

    def _fetch_due(self, number: int, details: MeetingDetails) -> None:
        """Fetch a meeting's papers one by one; each is kept before the next is asked for."""
        meeting = self._ledger.find(number)
        assert meeting is not None
        for place, paper in enumerate(meeting.papers):
            if paper.kind == "HTML minutes":
                now = self._typeset(paper, details, meeting)
            else:
                now = self._fetched(paper) if self._is_due(paper) else paper
            papers = (*meeting.papers[:place], now, *meeting.papers[place + 1 :])
            meeting = msgspec.structs.replace(meeting, papers=papers)
            self._ledger.keep(meeting)

    def _is_due(self, paper: Entry) -> bool:
        """Whether a paper is asked for: new, changed in its listing, not had yet, or not looked at for some days."""
        today = self._errand.today
        if not paper.listed or paper.restricted:
            return False
        if paper.failure is not None:
            return self._errand.retries or paper.failure.due(today)
        if paper.sha256 is None or paper.checked_on is None or self._papers.find(paper.sha256) is None:
            return True
        return today >= paper.checked_on + dt.timedelta(days=self._errand.source.window.recheck)

    def _fetched(self, paper: Entry) -> Entry:
        """The paper as it is after asking for it; once a night for each address."""
        if not self._errand.fetches:
            self._would_fetch.append(paper)
            return paper
        if paper.address not in self._tonight:
            self._tonight[paper.address] = self._asked(paper)
        had = self._tonight[paper.address]
        return msgspec.structs.replace(
            paper,
            sha256=had.sha256,
            validators=had.validators,
            checked_on=had.checked_on,
            failure=had.failure,
        )

    def _asked(self, paper: Entry) -> Entry:
        kept = self._papers.find(paper.sha256) if paper.sha256 else None
        new: list[str] = []
        most = int(self._errand.source.bounds.paper_megabytes * MEGABYTE)
        try:
            answer = self._fetcher.fetch(
                paper.address,
                lambda pieces: new.append(self._papers.keep(pieces).sha256),
                paper.validators if kept else Validators(),
                most,
            )
        except NotFetched as error:
            return msgspec.structs.replace(paper, failure=self._failure(paper, error))
        return msgspec.structs.replace(
            paper,
            sha256=paper.sha256 if answer.unchanged else new[-1],
            validators=paper.validators if answer.unchanged else answer.validators,
            checked_on=self._errand.today,
            failure=None,
        )

    def _failure(self, paper: Entry, error: NotFetched) -> Tried:
        before = paper.failure
        nights = before.nights if before else 0
        again_today = before is not None and before.on == self._errand.today
        return Tried(
            error.code, str(error), error.advice, nights if again_today else nights + 1, self._errand.today
        )

    def _typeset(self, paper: Entry, details: MeetingDetails, meeting: MeetingEntry) -> Entry:
        """HTML minutes become pages of our own, once for each wording, so that they are read like any paper."""
        kept = paper.sha256 is not None and self._papers.find(paper.sha256) is not None
        if not paper.listed or kept:
            return paper
        if not self._errand.fetches:
            self._would_fetch.append(paper)
            return paper
        try:
            pages = typeset_minutes(details, self._errand.council.name, meeting.committee, paper.address)
        except NotAPaper as error:
            return msgspec.structs.replace(paper, failure=self._failure(paper, error))
        sha256 = self._papers.keep(iter([pages])).sha256
        return msgspec.structs.replace(paper, sha256=sha256, checked_on=self._errand.today, failure=None)

    def _text(self, address: str) -> bytes:
        return self._fetcher.text(address, int(self._errand.source.bounds.answer_megabytes * MEGABYTE))

    def _note(self, where: str, error: NotFetched) -> None:
        self._troubles.append(Trouble(self._errand.council.name, where, error.code, str(error), error.advice))


def merged(listed: Sequence[Entry], known: Sequence[Entry], changed: bool) -> tuple[Entry, ...]:
    """What is listed now with what was had before; what is listed no more stays, and says so.

    `changed` is whether the meeting says anything else than before: then all its papers are asked for again.
    """
    before = {entry.address: entry for entry in known}
    now = [_carried_on(entry, before.get(entry.address), changed) for entry in listed]
    addresses = {entry.address for entry in listed}
    gone = [msgspec.structs.replace(entry, listed=False) for entry in known if entry.address not in addresses]
    return (*now, *gone)


def _carried_on(entry: Entry, before: Entry | None, changed: bool) -> Entry:
    if before is None or before.source_digest != entry.source_digest:
        return entry
    same_listing = before.listing == entry.listing and before.restricted == entry.restricted
    return msgspec.structs.replace(
        entry,
        sha256=before.sha256,
        validators=before.validators,
        checked_on=None if changed else before.checked_on,
        failure=before.failure if same_listing else None,
    )
