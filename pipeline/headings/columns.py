"""The headings of one table, read together: a column's field, what it holds besides, and what its text is."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from functools import cached_property

import msgspec

from pipeline.headings.words import could_be_cell, match, match_surely, plain, split_stage
from pipeline.knowledge.vocabulary import Field, SegmentKind, heading_words
from pipeline.records import Certainty

_BODY = r"(?:(?:\w+ )?scrutiny(?: \w+)?|panel|select committee|commission|(?:the )?committee|members)"
_OF_SCRUTINY = re.compile(rf"^(?:the )?{_BODY}(?: s)? \w+$|\b(?:by|from|of) (?:the )?{_BODY}$")
_REASONS = re.compile(r"(?:the |our )?(?:reasons?|grounds?|because|why|rationale|justification)\b")
WEIGHT = {"certain": 1.0, "likely": 0.7, "unsure": 0.3}
ANSWERS: frozenset[Field] = frozenset({"response", "response_action"})
WHO: frozenset[Field] = frozenset({"owner", "member", "decision", "response", "comment", "action"})
REPORTS: frozenset[Field] = frozenset({"update", "action_taken"})


class Column(msgspec.Struct, frozen=True):
    """What one column holds. `also` lists further fields of the same column ("Lead Officer/EM": owner, also member).

    `stage` is the date or stage that the heading carries ("June 2019"), as printed; `segment` the kind of segment that the
    column's text gives, None where it gives none; `printed` the heading as printed ('' where there is none).
    """

    field: Field
    printed: str = ""
    certainty: Certainty = "certain"
    also: tuple[Field, ...] = ()
    stage: str = ""
    segment: SegmentKind | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return (self.field, *self.also)


class Headings(msgspec.Struct, frozen=True, dict=True):
    """A table's columns from left to right. `score` (0 to 1) is the share of headings that were understood."""

    columns: tuple[Column, ...]
    score: float

    @cached_property
    def fields(self) -> frozenset[Field]:
        """All fields that some column holds."""
        return _held(self.columns)

    def columns_of(self, field: Field) -> tuple[int, ...]:
        """The places (from 0) of the columns that hold `field`: own columns first, surest first."""
        found = [i for i, c in enumerate(self.columns) if field == c.field or field in c.also]
        return tuple(
            sorted(
                found, key=lambda i: (self.columns[i].field != field, -WEIGHT[self.columns[i].certainty], i)
            )
        )

    def column_of(self, field: Field) -> int | None:
        """The place (from 0) of the column that holds `field`, or None."""
        return next(iter(self.columns_of(field)), None)

    @cached_property
    def subject(self) -> int | None:
        """The place of the column whose text each row is about: recommendation, else action, else issue."""
        subjects: tuple[Field, ...] = ("recommendation", "action", "issue")
        return next((i for field in subjects if (i := self.column_of(field)) is not None), None)


def read_heading(printed: str) -> Column | None:
    """What a heading that stands alone says; None where its words are not known."""
    known = _read_heading(printed)
    return None if known.field == "other" else as_headings(_stand_ins([known])).columns[0]


def is_certain(printed: str) -> bool:
    """Whether the words of a heading are surely known, whatever stands beside it."""
    if match_surely(printed):
        return True
    rest, stage = split_stage(printed)
    return bool(stage and rest and match_surely(rest))


def read_headings(cells: Sequence[str]) -> Headings:
    """The fields of a header row, one column a cell; an unknown heading is kept as `other` with its words."""
    columns = [_read_heading(cell) for cell in cells]
    return as_headings(_stand_ins(columns))


def as_headings(columns: Sequence[Column]) -> Headings:
    """Columns as Headings: the segments told from one another's presence, the score reckoned."""
    subject, held = Headings(tuple(columns), 0.0).subject, _held(columns)
    named = [c for c in columns if c.printed.strip()]
    weights = [0.0 if c.field == "other" else WEIGHT[c.certainty] for c in named]
    segments = (
        None if i == subject or (column.field == "outcome" and i < (subject or 0)) else _segment(column, held)
        for i, column in enumerate(columns)
    )  # outcomes before the text are what several rows are for, not what comes of one
    told = (
        column if column.segment == segment else msgspec.structs.replace(column, segment=segment)
        for column, segment in zip(columns, segments, strict=True)
    )
    return Headings(tuple(told), sum(weights) / len(weights) if weights else 0.0)


def read_banner(text: str) -> str | None:
    """The status that words over a table or across its columns give to the rows below ("(A) Completed items" → complete).

    None where the words give none, or are too many for a banner.
    """
    words = plain(text)
    if not words or len(words.split()) > 8:
        return None
    return next((status for pattern, status in _banners() if pattern.search(words)), None)


def _read_heading(printed: str) -> Column:
    whole = match(printed)
    rest, stage = split_stage(printed)
    if whole is None or whole.certainty != "certain":
        whole = (match(rest) if stage else None) or whole
        if whole is None or (stage and not rest):  # a date alone ("End of October 2021") names nothing
            return Column("other", printed, "unsure", stage=stage)
    # what is graded at a date is the progress: "Grade (October 2024)"
    if stage and whole.fields[0] == "priority":
        return Column("assessment", printed, "likely", whole.fields[1:], stage)
    if stage and whole.fields == ("comment",):  # "Notes at 30 June": how it stood then
        return Column("update", printed, "likely", (), stage)
    return Column(whole.fields[0], printed, whole.certainty, whole.fields[1:], stage)


def _stand_ins(columns: list[Column]) -> list[Column]:
    """What a heading means beside its neighbours, in order: the text, the day of closing, the deadline, the owner."""
    return _one_owner(bare_date(_day_of_closing(_decision_as_text(list(map(_who_and_when, columns))))))


def _who_and_when(column: Column) -> Column:
    """Beside the lead in one heading, "implementation" says by when: "Lead / implementation"."""
    if set(column.fields) != {"owner", "delivery"} or "implementation" not in plain(column.printed):
        return column
    return msgspec.structs.replace(column, field="owner", also=("deadline",), certainty="likely")


def _decision_as_text(columns: list[Column]) -> list[Column]:
    """Where no column is a recommendation or an action, a body's "decision" that has a status or an action is the text."""
    held = _held(columns)
    if held & {"recommendation", "action", *ANSWERS} or not held & (REPORTS | {"status"}):
        return columns
    return _renamed(columns, _first(columns, "decision"), "recommendation")


def _day_of_closing(columns: list[Column]) -> list[Column]:
    """Makes "Closed" or "Completed" beside a column that is called a status the day, not the word."""
    states = [i for i, c in enumerate(columns) if c.field == "status"]
    days = [i for i in states if could_be_cell(columns[i].printed) and "?" not in columns[i].printed]
    return _renamed(columns, days[0], "actual_date") if len(days) == 1 and len(states) > 1 else columns


def bare_date(columns: list[Column]) -> list[Column]:
    """Makes a bare "Date" behind the text of a row without a deadline the day when it is due; before it, it was raised."""
    at, text = _first(columns, "date"), Headings(tuple(columns), 0.0).subject
    if at is None or text is None or plain(columns[at].printed) != "date" or "deadline" in _held(columns):
        return columns
    return _renamed(columns, at, "deadline") if at > text and _held(columns[:at]) & WHO else columns


def _one_owner(columns: list[Column]) -> list[Column]:
    """Beside a column of officers one of services says where, "By" by when; without one, "For" says who is to act."""
    owners = [i for i, c in enumerate(columns) if c.field == "owner"]
    bare = next((i for i in owners if plain(columns[i].printed) == "by"), None)
    if bare is not None and len(owners) > 1:  # "Lead", "By": by when
        columns = _renamed(columns, bare, "deadline")
        owners.remove(bare)
    places = [i for i in owners if plain(columns[i].printed) in _places()]
    if places and (len(owners) > len(places) or any("owner" in c.also for c in columns)):
        return [msgspec.structs.replace(c, field="area") if i in places else c for i, c in enumerate(columns)]
    made_to = _first(columns, "addressed_to")
    if made_to is None or plain(columns[made_to].printed) not in {"for", "to"} or owners:
        return columns
    return _renamed(columns, made_to, "owner") if "action" in _held(columns) else columns


def as_owner(columns: list[Column]) -> list[Column]:
    """Makes a column of services the owner's again, where the cells have shown that no other column is one of owners."""
    at = _first(columns, "area")
    if at is None or "owner" in _held(columns) or plain(columns[at].printed) not in _places():
        return columns
    return _renamed(columns, at, "owner")


@functools.cache
def _places() -> frozenset[str]:
    return frozenset(heading_words().places)


def _held(columns: Sequence[Column]) -> frozenset[Field]:
    return frozenset(field for column in columns for field in column.fields)


def _first(columns: Sequence[Column], field: Field) -> int | None:
    return next((i for i, column in enumerate(columns) if column.field == field), None)


def _renamed(columns: list[Column], at: int | None, field: Field) -> list[Column]:
    if at is None:
        return columns
    return [
        *columns[:at],
        msgspec.structs.replace(columns[at], field=field, certainty="likely"),
        *columns[at + 1 :],
    ]


def _segment(column: Column, held: frozenset[Field]) -> SegmentKind | None:
    """The kind of segment that a column's text gives beside the fields that the table holds."""
    closed = "actual_date" in held or ("status" in held and "recommendation" not in held)
    bare = plain(column.printed) in ("outcome", "outcomes", "result", "results")
    if (
        column.field == "outcome"
        and not held & REPORTS
        and (bare or (closed and not held & {*ANSWERS, "comment"}))
    ):
        return "update"  # what came of each
    if column.field != "comment":
        return next((kind for field in column.fields if (kind := segment_of(field))), None)
    if is_of_scrutiny(column.printed):
        return "comment"
    if "decision" in held and (not held & ANSWERS or _gives_reasons(column)):
        return "response"  # "Agree? | Comment": the comment is what was answered
    if not held & (ANSWERS | REPORTS):
        return "update"  # a log: its comments say how far things have come, or why they end
    return "comment"


def is_of_scrutiny(printed: str) -> bool:
    """Whether a heading says that the words below are scrutiny's own: "Panel's comments"."""
    return _OF_SCRUTINY.search(plain(printed)) is not None


def _gives_reasons(column: Column) -> bool:
    """Whether a column says why it was decided so ("Reason for decision"), and not why it was recommended."""
    words = plain(column.printed)
    return bool(_REASONS.match(words)) and "recommend" not in words


def segment_of(field: Field) -> SegmentKind | None:
    """The kind of segment that the texts of a field are, whatever stands beside them."""
    return _segments().get(field)


@functools.cache
def _segments() -> dict[Field, SegmentKind]:
    return {f.name: f.segment for f in heading_words().fields if f.segment}


@functools.cache
def _banners() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(b.pattern), b.status) for b in heading_words().banners)
