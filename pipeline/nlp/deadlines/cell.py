"""Reads a deadline cell: every date and time in it, with its role, its days and how sure they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from extract.shapes import Problem
from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates import calendar
from pipeline.nlp.dates.calendar import Days
from pipeline.nlp.dates.forms import any_of
from pipeline.nlp.dates.mentions import Mention
from pipeline.nlp.dates.printed import Printed
from pipeline.nlp.dates.spans import days_meant, fault_problem, iso, located, weekday_problems
from pipeline.nlp.dates.years import PAPER, Anchor, Direction, Settled, inferred_from, settle
from pipeline.nlp.deadlines.phrases import pieces
from pipeline.nlp.deadlines.roles import Cued, Role, cued_pieces, role_of
from pipeline.passages import Passage
from pipeline.records import Certainty, Deadline

YEARS_AROUND = 10  # "June 26" is a month and a year where that year is this near to the paper's
_FROM = frozenset(
    {"from", "as from", "with effect from", "wef", "w.e.f.", "starting", "beginning", "commencing"}
)
FAR = 25  # years from the paper's date at which a date is doubted


class Deadlines(msgspec.Struct, frozen=True):
    """The deadlines of a cell in printed order, and what is wrong or doubtful in it."""

    values: tuple[Deadline, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Cell(msgspec.Struct, frozen=True):
    """What a cell's pieces are read with."""

    passage: Passage
    column: Role
    cued: tuple[Cued, ...]
    doubtful: bool


class _Read(msgspec.Struct, frozen=True):
    """One deadline, its problems, and the anchor for the piece after it."""

    deadline: Deadline
    problems: tuple[Problem, ...] = ()
    anchor: Anchor | None = None


def read_deadlines(passage: Passage, anchor: Anchor, role: Role = "target") -> Deadlines:
    """Everything that a deadline cell says; `role` is what its column is for.

    An empty cell has no deadline. A cell of which nothing is understood is one of kind "none" with a problem.
    """
    text = passage.text.replace("\n", " ")
    if not text.strip():
        return Deadlines()
    cell = _Cell(passage, role, cued_pieces(text, pieces(text)), bool(_doubt().search(text)))
    if not cell.cued:
        return _not_read(passage, role)
    read = list(_read_pieces(cell, anchor))
    return Deadlines(tuple(r.deadline for r in read), tuple(p for r in read for p in r.problems))


def _not_read(passage: Passage, role: Role) -> Deadlines:
    start, end = _trimmed(passage.text, 0, len(passage.text))
    words, evidence = passage.text[start:end], passage.evidence(start, end)
    value = Deadline(words, "none", role, certainty="unsure", evidence=evidence)
    message = "no date and no known word for a time"
    return Deadlines((value,), (located("deadline-not-read", message, passage, (start, end)),))


def _read_pieces(cell: _Cell, anchor: Anchor) -> Iterator[_Read]:
    """Piece by piece: a year printed in one date tells the year of the next."""
    for cued in cell.cued:
        mention = cued.piece.mention
        read = _read_date(cell, cued, mention, anchor) if mention else _read_phrase(cell, cued, anchor)
        anchor = read.anchor or anchor
        yield read


def _read_phrase(cell: _Cell, cued: Cued, anchor: Anchor) -> _Read:
    plain, piece = _plain(cell, cued), cued.piece
    if piece.kind == "recurring":
        certainty: Certainty = "likely" if piece.listed else "certain"
        return _Read(replace(plain, kind="recurring", recurrence=piece.recurrence, certainty=certainty))
    if piece.kind == "relative":
        return _Read(replace(plain, kind="relative", inferred_from=inferred_from(anchor)))
    return _Read(replace(plain, kind="ongoing" if piece.kind == "ongoing" else "none"))


def _read_date(cell: _Cell, cued: Cued, mention: Mention, anchor: Anchor) -> _Read:
    plain = _plain(cell, cued)
    mention = _with_long_years(mention, anchor)
    settled = settle(mention, anchor, _direction(plain.role, cued))
    if settled.days is None:
        kind: Literal["relative", "none"] = "relative" if settled.fault == "year-not-known" else "none"
        problem = fault_problem(settled.fault, cell.passage, mention)
        return _Read(replace(plain, kind=kind, certainty="unsure"), (problem,))
    recurs = any(one.piece.kind == "recurring" for one in cell.cued)  # "Quarterly from May 2024"
    days = _days_due(settled.days, mention, cued, recurs=recurs)
    doubts = (
        *weekday_problems(settled.days, cell.passage, mention),
        *_unlikely(settled.days, plain.role, anchor, cell.passage, mention),
    )
    first, last = iso(days)
    dated = replace(plain, kind=_kind(settled.days, days, cued), edtf=days.edtf, earliest=first, latest=last)
    certainty = "unsure" if cell.doubtful or doubts else _certainty(mention, settled)
    dated = replace(dated, inferred_from=settled.inferred_from, certainty=certainty)
    printed = Anchor(settled.days.earliest, dated.words, "date in the same cell")
    return _Read(dated, doubts, printed if mention.final.year else None)


def _plain(cell: _Cell, cued: Cued) -> Deadline:
    """A deadline with its words, role and evidence; a single piece takes the words of the whole cell."""
    text = cell.passage.text
    at = (0, len(text)) if len(cell.cued) == 1 else (cued.start, cued.end)
    start, end = _trimmed(text, *at)
    role = role_of(cued, cell.cued, cell.column)
    return Deadline(text[start:end], "none", role, evidence=cell.passage.evidence(start, end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _direction(role: Role, cued: Cued) -> Direction:
    """Where a year that is not printed lies: what is due is to come, what was done or first planned is past."""
    return "past" if role == "actual" or cued.cue in ("started", "original") else "future"


def _with_long_years(mention: Mention, anchor: Anchor) -> Mention:
    """With "June 26" as June 2026 near a paper of those years, else as 26 June."""
    last = _with_long_year(mention.last, mention, anchor) if mention.last else None
    return replace(mention, first=_with_long_year(mention.first, mention, anchor), last=last)


def _with_long_year(printed: Printed, mention: Mention, anchor: Anchor) -> Printed:
    if printed.form != "month" or printed.style != "bare short year" or printed.year is None:
        return printed
    far = anchor.day and abs(printed.year - anchor.day.year) > YEARS_AROUND
    if far or mention.preposition == "on":
        return replace(printed, form="day", day=printed.year % 100, year=None, style="")
    return printed


def _days_due(days: Days, mention: Mention, cued: Cued, *, recurs: bool) -> Days:
    if cued.cue == "started":
        return calendar.onwards(days)
    if mention.before == "onward" and not mention.last and cued.cue not in ("original", "revised"):
        # what holds from a day or a month on is due then
        return days if _starts_then(mention) and not recurs else calendar.onwards(days)
    return days_meant(days, mention)


def _starts_then(mention: Mention) -> bool:
    return mention.preposition in _FROM and mention.first.form in ("day", "month")


def _kind(printed: Days, due: Days, cued: Cued) -> Literal["date", "period", "ongoing"]:
    if cued.cue == "started":
        return "ongoing"
    return "date" if due.latest and calendar.within_month(printed) else "period"


def _certainty(mention: Mention, settled: Settled) -> Certainty:
    """How sure the days are: a bare quarter and a year that was inferred are less so than what is printed."""
    final = mention.final
    if final.form == "quarter" and settled.inferred_from:
        return "unsure"
    short = "bare short year" in (mention.first.style, final.style)
    one_year_quarter = final.form == "quarter" and not final.kind
    lone_years = final.form == "years" and mention.last is not None
    vague = bool(
        {"start", "first_half", "second_half", "early", "late", "vague"} & {mention.part, mention.last_part}
    ) or mention.preposition in (
        "after",
        "following",
    )
    winter = final.form == "season" and not date_words().seasons[final.number].edtf
    likely = settled.inferred_from or short or one_year_quarter or lone_years or vague or winter
    return "likely" if likely else "certain"


def _unlikely(
    days: Days, role: Role, anchor: Anchor, passage: Passage, mention: Mention
) -> tuple[Problem, ...]:
    """A problem for what is said to be done after the paper was written, and for dates decades away."""
    if anchor.day is None or anchor.source != PAPER or days.earliest is None or days.latest is None:
        return ()
    at = (mention.start, mention.end)
    if role == "actual" and days.earliest > anchor.day:
        message = f"said to be done, but after the paper's date {anchor.day}"
        return (located("actual-after-paper", message, passage, at),)
    if abs(days.latest.year - anchor.day.year) > FAR:
        return (located("unlikely-date", f"more than {FAR} years from {anchor.day}", passage, at),)
    return ()


@cache
def _doubt() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(date_words().doubtful)}(?!\w)", re.IGNORECASE)
