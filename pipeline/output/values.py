"""The small values that the JSON of `read` is made of: days, evidence, and how they come from records."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from extract.shapes import Box, Problem
from pipeline.records import DateSpan, Deadline, Evidence, Stated


class Span(msgspec.Struct, frozen=True):
    """Days from `start` to `end`, both included, ISO; null is open ("by June" has no start)."""

    start: str | None
    end: str | None


class PlaceOut(msgspec.Struct, frozen=True):
    """A box on a page: page from 1, box as [left, top, right, bottom] in points from the page's top left."""

    page: int
    box: Box


class EvidenceOut(msgspec.Struct, frozen=True):
    """Where a value is printed, and the words there."""

    places: tuple[PlaceOut, ...]
    words: str


class StatedOut(msgspec.Struct, frozen=True):
    """A value that the paper states: the words as printed (`raw`) and the word of ours they stand for."""

    raw: str
    normalised: str
    by: str
    certainty: str
    evidence: EvidenceOut | None


class DateOut(msgspec.Struct, frozen=True):
    """Days said in a text, as printed and in EDTF; `inferred_from` says what a year was taken from."""

    start: str | None
    end: str | None
    words: str
    edtf: str
    inferred_from: str


class ProblemOut(msgspec.Struct, frozen=True):
    """A doubt or a fault; `code` is listed in docs/errors.md."""

    code: str
    message: str
    page: int | None
    words: str
    box: Box | None


def evidence_out(evidence: Evidence | None) -> EvidenceOut | None:
    """The same evidence, written out."""
    if evidence is None:
        return None
    places = tuple(PlaceOut(place.page, place.box) for place in evidence.places)
    return EvidenceOut(places, evidence.words)


def stated_out(stated: Stated | None) -> StatedOut | None:
    """The same statement, written out."""
    if stated is None:
        return None
    evidence = evidence_out(stated.evidence)
    return StatedOut(stated.words, stated.value, stated.by, stated.certainty, evidence)


def date_out(date: DateSpan) -> DateOut:
    """A date of a text; one that is a deadline ("by June") has an open start."""
    start = None if date.deadline else date.earliest
    return DateOut(start, date.latest, date.words, date.edtf, date.inferred_from)


def day_or_span(date: DateSpan | None) -> str | Span | None:
    """One day as a string, several as a span."""
    if date is None:
        return None
    if date.earliest is not None and date.earliest == date.latest:
        return date.earliest
    return Span(date.earliest, date.latest)


def span_of(deadlines: Iterable[Deadline], role: str) -> Span | None:
    """The days of the first deadline in that role that has any."""
    for deadline in deadlines:
        if deadline.role == role and (deadline.earliest or deadline.latest):
            return Span(deadline.earliest, deadline.latest)
    return None


def problems_out(problems: Iterable[Problem]) -> tuple[ProblemOut, ...]:
    """The same problems, written out."""
    return tuple(ProblemOut(p.code, p.message, p.page, p.words, p.box) for p in problems)
