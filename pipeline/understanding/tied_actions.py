"""Actions of one table that name the recommendations of another by their references: "R1 | Map goes live | Digital Services"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from pipeline.keys import reference_key
from pipeline.records import Evidence, Owner, Rag, Recommendation, Segment, Stated, less_sure
from pipeline.understanding.tracker import Tracker

_LEAST_TIED = 2  # references that both tables print
_CODED = re.compile(r"(?!action)[a-z]+\W*\d", re.IGNORECASE)  # "R1": plain numbers start at 1 in any table
_OF_RECOMMENDATIONS = re.compile(r"\brec", re.IGNORECASE)  # a heading: "Rec", "Recommendation no."
# What a row states, and the kind of segment that keeps its words where the recommendation does not take it over.
_STATED = {"decision": "response", "status": "update", "rag": "update", "priority": "comment"}

Read = tuple[Recommendation, ...]  # of one tracker
Value = TypeVar("Value")


def with_actions_tied(trackers: Sequence[Tracker], read: Sequence[Read]) -> list[Read]:
    """The recommendations `read` of a paper's trackers, the actions of one put to the recommendations that they name.

    A tracker's actions are those of an earlier one's recommendations where each reference it prints is one of these
    and has a letter or stands below "Rec", and none of these says yet what is to be done, by whom or when. A row
    without a reference belongs to the row above it.
    """
    out = list(read)
    for i in range(1, len(out)):
        for j in range(i):
            if _names_recommendations(trackers[i], out[i]) and _are_tied(out[j], out[i]):
                out[j], out[i] = tuple(_joined(out[j], out[i])), ()
                break
    return out


def _names_recommendations(tracker: Tracker, actions: Read) -> bool:
    """Whether the references beside actions are not their own, as far as their look or heading tells."""
    at = tracker.headings.column_of("reference")
    headed = at is not None and _OF_RECOMMENDATIONS.search(tracker.headings.columns[at].printed)
    return bool(headed) or all(_CODED.match(one.ref) for one in actions if one.ref)


def _are_tied(recommendations: Read, actions: Read) -> bool:
    named, known = {_key(one) for one in actions if one.ref}, {_key(one) for one in recommendations}
    return (
        len(named) >= _LEAST_TIED
        and named <= known
        and len(known) == len(recommendations)
        and actions[0].ref is not None
        and all(one.kind == "action" and not one.section for one in actions)
        and all(one.kind == "recommendation" and not _is_planned(one) for one in recommendations)
    )


def _key(one: Recommendation) -> str | None:
    return reference_key(one.ref, one.number)


def _is_planned(one: Recommendation) -> bool:
    return bool(one.owners or one.deadlines or any(segment.kind == "action" for segment in one.segments))


def _joined(recommendations: Read, actions: Read) -> Iterator[Recommendation]:
    rows: dict[str | None, list[Recommendation]] = {}
    key = None
    for row in actions:
        key = _key(row) if row.ref else key
        rows.setdefault(key, []).append(row)
    for one in recommendations:
        yield _with_actions(one, rows[_key(one)]) if _key(one) in rows else one


def _with_actions(one: Recommendation, rows: Sequence[Recommendation]) -> Recommendation:
    """A recommendation with all that its rows of actions say; what they state it takes over where they agree."""
    every = (one, *rows)
    stated: dict[str, Any] = {
        name: getattr(one, name) or _agreed(getattr(row, name) for row in rows) for name in _STATED
    }
    owners: dict[str, Owner] = {}
    for owner in (owner for row in rows for owner in row.owners):
        owners.setdefault(owner.name, owner)
    return msgspec.structs.replace(
        one,
        **stated,
        segments=(*one.segments, *(part for row in rows for part in _as_segments(row, stated))),
        owners=tuple(owners.values()),
        deadlines=tuple(deadline for row in rows for deadline in row.deadlines),
        dates=_all(each.dates for each in every),
        entities=_all(each.entities for each in every),
        cross_references=_all(each.cross_references for each in every),
        paragraph_refs=_all(each.paragraph_refs for each in every),
        addressed_to=_all(each.addressed_to for each in every),
        fields=_all_fields(each.fields for each in every),
        pages=tuple(sorted({page for each in every for page in each.pages})),
        evidence=Evidence(_all(each.evidence.places for each in every if each.evidence)),
    )


def _as_segments(row: Recommendation, stated: Mapping[str, object]) -> Iterator[Segment]:
    """A row of actions as segments: what is to be done, what the row says of it, and what it alone states."""
    text = "\n".join(filter(None, (row.title, row.text)))
    yield Segment("action", text, evidence=row.evidence, certainty=less_sure(row.certainty, "likely"))
    yield from row.segments
    for name, kind in _STATED.items():
        own = getattr(row, name)
        if own and _value(own) != _value(stated[name]):
            yield Segment(kind, _words(own), evidence=row.evidence, certainty="likely")


def _agreed(values: Iterable[object]) -> object:
    """The value that all who state one state; None where they differ."""
    found = [value for value in values if value]
    return found[0] if found and len(set(map(_value, found))) == 1 else None


def _value(stated: object) -> object:
    return stated.value if isinstance(stated, Stated | Rag) else stated


def _words(stated: object) -> str:
    return (
        stated.words
        if isinstance(stated, Stated)
        else stated.label
        if isinstance(stated, Rag)
        else str(stated)
    )


def _all(found: Iterable[tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(itertools.chain.from_iterable(found)))


def _all_fields(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The texts of further columns, those of one column below one another."""
    out: dict[str, str] = {}
    for name, text in (pair for fields in found for pair in fields.items()):
        out[name] = "\n".join(dict.fromkeys((*out[name].split("\n"), text) if name in out else (text,)))
    return out
