"""Actions of one table that name the recommendations of another by their references: "R1 | Map goes live | Digital Services"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.records import Evidence, Recommendation, Segment, less_sure
from pipeline.understanding.tracker import Tracker

_LEAST_TIED = 2  # references that both tables print
_CODED = re.compile(r"[a-z]+\W*\d")  # "R1": plain numbers start at 1 in any table
_OF_RECOMMENDATIONS = re.compile(r"\brec", re.IGNORECASE)  # a heading: "Rec", "Recommendation no."
_LABEL = re.compile(r"(?:recommendation|rec|r)\W*(?=\d)")

Read = tuple[Recommendation, ...]  # of one tracker


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
    return bool(headed) or all(_CODED.match(one.ref.lower()) for one in actions if one.ref)


def _are_tied(recommendations: Read, actions: Read) -> bool:
    named, known = {_key(one) for one in actions if one.ref}, {_key(one) for one in recommendations}
    return (
        len(named) >= _LEAST_TIED
        and named <= known
        and len(known) == len(recommendations)
        and actions[0].ref is not None
        and all(one.kind == "action" for one in actions)
        and all(one.kind == "recommendation" and not _is_planned(one) for one in recommendations)
    )


def _key(one: Recommendation) -> str:
    return _LABEL.sub("", "".join((one.ref or "").lower().split())).rstrip(".:")


def _is_planned(one: Recommendation) -> bool:
    return bool(one.owners or one.deadlines or any(segment.kind == "action" for segment in one.segments))


def _joined(recommendations: Read, actions: Read) -> Iterator[Recommendation]:
    rows: dict[str, list[Recommendation]] = {}
    key = ""
    for row in actions:
        key = _key(row) or key
        rows.setdefault(key, []).append(row)
    for one in recommendations:
        yield functools.reduce(_with_action, rows.get(_key(one), ()), one)


def _with_action(one: Recommendation, row: Recommendation) -> Recommendation:
    """A recommendation with all that a row says of an action for it."""
    text = "\n".join(filter(None, (row.title, row.text)))
    action = Segment("action", text, evidence=row.evidence, certainty=less_sure(row.certainty, "likely"))
    held = {owner.name for owner in one.owners}
    return msgspec.structs.replace(
        one,
        segments=(*one.segments, action, *row.segments),
        owners=(*one.owners, *(owner for owner in row.owners if owner.name not in held)),
        deadlines=(*one.deadlines, *row.deadlines),
        decision=one.decision or row.decision,
        status=one.status or row.status,
        rag=one.rag or row.rag,
        priority=one.priority or row.priority,
        section=one.section or row.section,
        dates=tuple(dict.fromkeys((*one.dates, *row.dates))),
        entities=tuple(dict.fromkeys((*one.entities, *row.entities))),
        cross_references=tuple(dict.fromkeys((*one.cross_references, *row.cross_references))),
        fields={**row.fields, **one.fields},
        pages=tuple(sorted({*one.pages, *row.pages})),
        evidence=_both(one.evidence, row.evidence),
    )


def _both(a: Evidence | None, b: Evidence | None) -> Evidence | None:
    if a is None or b is None:
        return a or b
    return Evidence(tuple(dict.fromkeys((*a.places, *b.places))))
