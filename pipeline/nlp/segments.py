"""Cuts a cell of an answer into its parts (response, action, update, outcome, comment) at their markers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from pipeline.knowledge.language import markers
from pipeline.nlp.clean import BULLETS, folded
from pipeline.nlp.dates import Anchor, read_single_date
from pipeline.nlp.marking import Marker, dated_openings, find_markers, marker_styles, signed_openings
from pipeline.passages import Passage
from pipeline.records import Certainty, DateSpan, Segment

__all__ = ["continue_segments", "infer_kind", "marker_styles", "split_segments"]

_SENTENCE = re.compile(r".+?(?:[.!?](?=\s+[A-Z])|\n|$)", re.DOTALL)


_BULLET = re.compile(rf"[{BULLETS}][ ]*$")
_NO_ANCHOR = Anchor()


class _Part(msgspec.Struct, frozen=True):
    """The letters of one part of a cell, with its kind and what marks it."""

    start: int
    end: int
    kind: str
    marker: str = ""
    when: tuple[int, int] | None = None
    certainty: Certainty = "certain"


def split_segments(
    cell: Passage, default_kind: str, seen: frozenset[str] = frozenset(), anchor: Anchor = _NO_ANCHOR
) -> tuple[Segment, ...]:
    """The parts of a cell in printed order, each without its marker; text before any marker is of `default_kind`.

    `seen` are the styles of markers of the paper (`marker_styles`); `anchor` is the paper's date. A decision line stays what it is: take it out
    first with `decisions.take_decision`. A marker with nothing behind it gives a part without text, so that no word
    is lost. In an update, paragraphs that open with a date and a colon or dash are parts of their own, marked by it.
    """
    parts = _parts(cell, default_kind, find_markers(cell, seen))
    return tuple(_segment(cell, piece, anchor) for part in parts for piece in _by_dates(cell, part))


def continue_segments(
    cell: Passage, previous: str, seen: frozenset[str] = frozenset(), anchor: Anchor = _NO_ANCHOR
) -> tuple[Segment, ...]:
    """The parts of a later row of the same recommendation, where the part before was of the kind `previous`.

    The rule: a marker counts as anywhere. A row without one is a part of its own: an action where it is phrased as
    a request or a plan, an update where it reports, else of the previous kind (`infer_kind`).
    """
    kind, certainty = infer_kind(cell.text, previous)
    parts = split_segments(cell, kind, seen, anchor)
    if not parts or parts[0].marker:
        return parts
    return (msgspec.structs.replace(parts[0], certainty=certainty), *parts[1:])


def infer_kind(text: str, previous: str) -> tuple[str, Certainty]:
    """The kind of an unmarked part by the phrase of its first sentence that comes first: a plan or a report."""
    sentence = _SENTENCE.match(folded(text).strip())
    plan = _plans().search(sentence.group()) if sentence else None
    report = _reports().search(sentence.group()) if sentence else None
    if plan and (not report or plan.start() < report.start()):
        return "action", "likely"
    return ("update", "likely") if report else (previous, "unsure")


@functools.cache
def _plans() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(markers().plans) + r")\b", re.IGNORECASE)


@functools.cache
def _reports() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(markers().reports) + r")\b", re.IGNORECASE)


def _parts(cell: Passage, default_kind: str, found: tuple[Marker, ...]) -> Iterator[_Part]:
    ends = [*(_before_bullet(cell.text, marker.start) for marker in found), len(cell.text)]
    first = ends[0]
    if cell.text[:first].strip():
        yield _Part(0, first, default_kind)
    for i, marker in enumerate(found):
        end = ends[i + 1]
        kind = "response" if marker.kind == "decision" else marker.kind
        words = cell.text[marker.start : marker.end].strip()
        yield _Part(marker.after, end, kind, words, marker.when, marker.certainty)


def _before_bullet(text: str, start: int) -> int:
    """Where the part before a marker ends: before the bullet that the marker stands behind."""
    bullet = _BULLET.search(text[max(0, start - 4) : start])
    return start - len(bullet.group()) if bullet else start


def _by_dates(cell: Passage, part: _Part) -> Iterator[_Part]:
    """An update cut at the paragraphs that open with a date; a response at those that do so in bold, which report.

    Whatever is signed and dated paragraph by paragraph reports.
    """
    signed = list(signed_openings(cell, part.start, part.end))
    dated = signed or list(dated_openings(cell, part.start, part.end, bold=part.kind != "update"))
    if not dated or not (part.kind in ("update", "response") or (part.kind == "comment" and signed)):
        yield part
        return
    led = bool(cell.text[part.start : dated[0][0]].strip())
    if led:
        yield msgspec.structs.replace(part, end=dated[0][0])
    for i, (start, after, when) in enumerate(dated):
        end = dated[i + 1][0] if i + 1 < len(dated) else part.end
        own = cell.text[start:after].strip()
        marker = own if led or i or not part.marker else f"{part.marker} {own}"
        yield _Part(after, end, "update", marker, when, "likely")


def _segment(cell: Passage, part: _Part, anchor: Anchor) -> Segment:
    text = cell.part(part.start, part.end)
    evidence = text.evidence() or (
        cell.evidence(part.start - len(part.marker), part.end) if part.marker else None
    )
    return Segment(part.kind, text.text, part.marker, _date(cell, part, anchor), evidence, part.certainty)


def _date(cell: Passage, part: _Part, anchor: Anchor) -> DateSpan | None:
    return read_single_date(cell.part(*part.when), anchor) if part.when else None
