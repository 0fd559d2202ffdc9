"""Doubts that columns raise whose cells do not say what their headings promise: all beside them is no surer than likely."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.headings import Headings
from pipeline.knowledge.vocabulary import Field
from pipeline.records import Recommendation, less_sure
from pipeline.understanding.groups import Group, in_one

_SEVERAL = re.compile(
    r"[.;] That (?:the|an?|all|each|every|any|both|no|members|officers|[A-Z])\b"
)  # texts of several rows
_LEAST = 3  # rows that fill a column
_MOST = 0.6
_FEW = 0.3  # of them that are read


def with_row_doubted(one: Recommendation, group: Group, headings: Headings) -> Recommendation:
    """A recommendation, doubted where its row says something in the column of references that is none, or its text asks twice."""
    at = headings.column_of("reference")
    printed = at is not None and at != headings.subject and in_one(group.passages(at)).text
    unread = printed and one.ref is None
    return _doubted(one) if unread or _SEVERAL.search(one.text) else one


def with_columns_doubted(
    recommendations: Sequence[Recommendation], groups: Sequence[Group], headings: Headings
) -> list[Recommendation]:
    """All recommendations of a tracker, doubted where (nearly) nothing in its column of decisions or of references is one.

    One without a number among others that nearly all have one is doubted too.
    """
    decided = sum(one.decision is not None for one in recommendations)
    numbered = sum(one.ref is not None for one in recommendations)
    unread = _is_unread("decision", decided, groups, headings) or _is_unread(
        "reference", numbered, groups, headings
    )
    mostly = numbered >= _MOST * len(recommendations)
    return [_doubted(one) if unread or (mostly and one.ref is None) else one for one in recommendations]


def _is_unread(field: Field, read: int, groups: Sequence[Group], headings: Headings) -> bool:
    columns = [
        at for at, column in enumerate(headings.columns) if column.field == field and at != headings.subject
    ]
    filled = max(
        (sum(bool(in_one(group.passages(at)).text) for group in groups) for at in columns), default=0
    )
    return filled >= _LEAST and read < _FEW * filled


def _doubted(one: Recommendation) -> Recommendation:
    """A recommendation of which nothing is surer than likely."""
    replace = msgspec.structs.replace
    return replace(
        one,
        certainty=less_sure(one.certainty, "likely"),
        decision=one.decision
        and replace(one.decision, certainty=less_sure(one.decision.certainty, "likely")),
        status=one.status and replace(one.status, certainty=less_sure(one.status.certainty, "likely")),
        segments=tuple(replace(s, certainty=less_sure(s.certainty, "likely")) for s in one.segments),
        owners=tuple(replace(o, certainty=less_sure(o.certainty, "likely")) for o in one.owners),
        deadlines=tuple(replace(d, certainty=less_sure(d.certainty, "likely")) for d in one.deadlines),
    )
