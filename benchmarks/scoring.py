"""What was read of a paper beside its truth: every value right, spurious or missed, by its field.

Texts count as the same at a likeness of 97 of 100; names without case and edge punctuation; a truth that gives further
readings accepts them. A wrong value is spurious and its truth is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec
from rapidfuzz.fuzz import ratio

from benchmarks.likeness import (
    LIKE,
    SAME,
    alike,
    close,
    counting,
    name,
    names,
    reference,
    same_timeline,
    tidy,
)
from benchmarks.truth import TrueRecommendation, TrueSegment, Truth, When
from pipeline.output import ReadLine
from pipeline.output.recommendations import RecommendationOut

Verdict = Literal["right", "spurious", "missed"]
Value = TypeVar("Value")
DATE_ROLES = ("expected", "revised", "actual")  # scored only in papers that tell them apart
CLOSED = {"closed": "complete"}  # the truth does not tell them apart
KINDS = ("response", "action", "update")


class Outcome(msgspec.Struct, frozen=True):
    """What became of one value: its field, the recommendation it belongs to, its words, and how sure the reader was."""

    field: str
    verdict: Verdict
    where: str
    words: str
    certainty: str | None = None


class Given(msgspec.Struct, frozen=True):
    """A value as read, as it is compared, with the reader's certainty where it gives one."""

    value: str
    certainty: str | None = None


def outcomes(line: ReadLine, truth: Truth) -> list[Outcome]:
    """The outcome of every value of a paper, as read and as it should be."""
    out = list(_metadata(line, truth))
    told_apart = any(rec.expected or rec.revised or rec.actual for rec in truth.recommendations)
    pairs = _paired(truth.recommendations, line.recommendations)
    for i, wanted in enumerate(truth.recommendations):
        given = line.recommendations[pairs[i]] if i in pairs else None
        where = wanted.ref or wanted.label or str(wanted.number)
        out += _recommendation(where, given, wanted)
    for j, given in enumerate(line.recommendations):
        if j not in pairs.values():
            out += _recommendation(given.ref or str(given.number), given, None)
    return [one for one in out if told_apart or one.field not in DATE_ROLES]


def _recommendation(
    where: str, given: RecommendationOut | None, wanted: TrueRecommendation | None
) -> Iterator[Outcome]:
    g, w = given or _NOTHING, wanted or TrueRecommendation("")
    found = (_told(given is not None, g.certainty), wanted is not None)
    yield from _one("recommendation", where, *found, lambda *_: True)
    yield from _one("text", where, Given(g.text, g.certainty), w.text, alike)
    yield from _one("title", where, Given(g.title or ""), w.title, alike)
    if w.ref or wanted is None:
        own = {reference(w.ref), reference(w.number)} - {""}
        yield from _one(
            "ref", where, Given(g.ref or str(g.number or "")), w.ref, lambda a, _: reference(a) in own
        )
    yield from _many("paragraph_refs", where, _plain(g.paragraph_refs), set(w.paragraph_refs))
    yield from _stated(where, g, w)
    yield from _one(
        "priority", where, Given(g.priority or ""), w.priority, lambda a, b: name(a) == name(str(b))
    )
    owners = {name(owner.name): owner.certainty for owner in g.owner_details}
    yield from _many("owners", where, owners, names(w.owners), names(w.owners_acceptable))
    yield from _timeline(where, g, w)
    rating = "complete" if g.rag == "blue" else g.rag  # a paper's truth counts a bare blue as complete
    yield from _one("rag", where, Given(rating or ""), w.rag, lambda a, b: a == b)
    yield from _many("pages", where, _plain(map(str, g.pages)), set(map(str, w.pages)))
    for role in DATE_ROLES:
        span = getattr(g, role)
        read = When(span.start, span.end) if span else None
        yield from _one(role, where, read, getattr(w, role), close)
    yield from _segments(where, g, w)
    yield from _dates(where, g, w)
    yield from _entities(where, g, w)


def _stated(where: str, g: RecommendationOut, w: TrueRecommendation) -> Iterator[Outcome]:
    """Decision and progress, each one word of ours; an acceptable one costs nothing."""
    decision = Given(g.decision or "", g.decision_details.certainty if g.decision_details else None)
    progress = g.status.normalised if g.status else ""
    status = Given(CLOSED.get(progress, progress), g.status.certainty if g.status else None)
    for field, given, wanted, accepted in (
        ("decision", decision, w.decision, w.decision_acceptable),
        ("status", status, w.status, w.status_acceptable),
    ):
        if (given.value or None) in accepted and given.value != (wanted or ""):
            if wanted:
                yield Outcome(field, "right", where, given.value, given.certainty)
        else:
            yield from _one(field, where, given, wanted, lambda a, b: a == b)


def _timeline(where: str, g: RecommendationOut, w: TrueRecommendation) -> Iterator[Outcome]:
    t = g.timeline
    given = counting(When(t.start, t.end, t.kind, t.recurrence)) if t else None
    wanted = counting(w.timeline)
    right = [one for one in (wanted, *map(counting, w.timeline_alt)) if one]
    if given and any(same_timeline(given, one) for one in right):
        yield Outcome("timeline", "right", where, str(given), t.certainty if t else None)
    elif not (given and wanted is None and w.actual and close(given, w.actual)):
        certainty = t.certainty if t else None
        yield from _one("timeline", where, _told(given, certainty), wanted, lambda *_: False)


def _segments(where: str, g: RecommendationOut, w: TrueRecommendation) -> Iterator[Outcome]:
    given = [(s.kind, tidy(s.text), s.certainty) for s in g.segments if tidy(s.text)]
    choices = [_true_segments(choice) for choice in (w.segments, *w.segments_alt)]
    yield from max((_matched("segments", where, given, c) for c in choices), key=_worth)
    kinds = [_by_kind([(kind, text) for kind, text in c]) for c in choices]
    joined = [(kind, text, None) for kind, text in _by_kind([(k, t) for k, t, _ in given])]
    yield from max((_matched("segments_by_kind", where, joined, c) for c in kinds), key=_worth)


def _true_segments(segments: Sequence[TrueSegment]) -> list[tuple[str, str]]:
    return [(s.kind, tidy(s.text)) for s in segments if tidy(s.text)]


def _by_kind(segments: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    joined = ((kind, " ".join(text for own, text in segments if own == kind)) for kind in KINDS)
    return [(kind, text) for kind, text in joined if text]


def _matched(
    field: str, where: str, given: Sequence[tuple[str, str, str | None]], wanted: Sequence[tuple[str, str]]
) -> list[Outcome]:
    """Given and wanted texts of one kind paired, likest first."""
    likeness = sorted(
        (
            (ratio(a[1], b[1]), i, j)
            for i, a in enumerate(given)
            for j, b in enumerate(wanted)
            if a[0] == b[0]
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for like, i, j in likeness:
        if like >= SAME and i not in pairs and j not in pairs.values():
            pairs[i] = j
    told = [
        Outcome(field, "right" if i in pairs else "spurious", where, f"{kind}: {text}", certainty)
        for i, (kind, text, certainty) in enumerate(given)
    ]
    missed = (one for j, one in enumerate(wanted) if j not in pairs.values())
    return told + [Outcome(field, "missed", where, f"{kind}: {text}") for kind, text in missed]


def _worth(found: Sequence[Outcome]) -> float:
    right = sum(one.verdict == "right" for one in found)
    return 2 * right / max(1, right + len(found))


def _dates(where: str, g: RecommendationOut, w: TrueRecommendation) -> Iterator[Outcome]:
    wanted = {(d.start, d.end) for d in w.dates if d.start or d.end}
    accepted = {(d.start, d.end) for d in w.dates_acceptable}
    given = {(d.start, d.end) for d in g.dates if d.start or d.end}
    deadlines = {end for start, end in wanted if not start and end}
    given = {
        (None, end) if end in deadlines and start in (end, end[:8] + "01") else (start, end)
        for start, end in given
    }
    read = _plain(map(str, given))
    yield from _many("dates", where, read, set(map(str, wanted)), set(map(str, accepted)))


def _entities(where: str, g: RecommendationOut, w: TrueRecommendation) -> Iterator[Outcome]:
    if w.entities is None:
        return
    spellings = {name(n): name(e.name) for e in w.entities for n in e.names}
    given = _plain(spellings.get(name(one), name(one)) for one in g.entities)
    yield from _many(
        "entities", where, given, {name(e.name) for e in w.entities if e.acting}, set(spellings.values())
    )


def _metadata(line: ReadLine, truth: Truth) -> Iterator[Outcome]:
    meta, wanted = line.metadata, truth.metadata
    if meta is None:
        return
    for field in ("title", "subtitle", "council", "committee", "cabinet_member"):
        given, accepted = getattr(meta, field), truth.acceptable.get(field, ())
        if given is None and None in accepted:
            continue
        if given and any(one and name(given) == name(one) for one in accepted):
            yield Outcome(f"meta.{field}", "right", "", given)
        else:
            yield from _one(f"meta.{field}", "", Given(given or ""), getattr(wanted, field), alike)
    date = meta.date
    when = When(date, date) if isinstance(date, str) else When(date.start, date.end) if date else None
    yield from _one("meta.date", "", when, wanted.date, lambda a, b: (a.start, a.end) == (b.start, b.end))
    yield from _many(
        "meta.lead_officers", "", _plain(map(name, meta.lead_officers)), names(wanted.lead_officers)
    )
    other = _plain(str((d.start, d.end)) for d in meta.other_dates)
    yield from _many("meta.other_dates", "", other, {str((d.start, d.end)) for d in wanted.other_dates})


def _one(
    field: str, where: str, given: object, wanted: Value | None, same: Callable[..., bool]
) -> Iterator[Outcome]:
    """The outcomes of a value that may be missing on either side; `given` may be a Given with its certainty."""
    value, certainty = (given.value, given.certainty) if isinstance(given, Given) else (given, None)
    if value and wanted and same(value, wanted):
        yield Outcome(field, "right", where, str(value), certainty)
        return
    if value:
        yield Outcome(field, "spurious", where, str(value), certainty)
    if wanted:
        yield Outcome(field, "missed", where, str(wanted))


def _many(
    field: str,
    where: str,
    given: Mapping[str, str | None],
    wanted: set[str],
    accepted: Iterable[str] = (),
) -> Iterator[Outcome]:
    """The outcomes of a set; what is acceptable counts neither when given nor when left out."""
    ignored = set(accepted) - wanted
    for value, certainty in sorted(given.items()):
        if value not in ignored:
            yield Outcome(field, "right" if value in wanted else "spurious", where, value, certainty)
    yield from (Outcome(field, "missed", where, value) for value in sorted(wanted - given.keys()))


def _told(value: object, certainty: str | None) -> Given | None:
    return Given(str(value), certainty) if value else None


def _plain(values: Iterable[str]) -> dict[str, str | None]:
    return dict.fromkeys(values)


def _paired(wanted: Sequence[TrueRecommendation], given: Sequence[RecommendationOut]) -> dict[int, int]:
    """Which reading belongs to which recommendation: by reference, likest text first; unnumbered ones by text alone."""
    likeness = [
        (ratio(tidy(g.text), tidy(w.text)), bool(_references(w) & _references(g)), i, j)
        for i, w in enumerate(wanted)
        for j, g in enumerate(given)
    ]
    by_reference = sorted((-like, i, j) for like, same, i, j in likeness if same)
    by_text = sorted(
        (-like, i, j) for like, _, i, j in likeness if like >= LIKE and not isinstance(wanted[i].number, int)
    )
    pairs: dict[int, int] = {}
    for _, i, j in (*by_reference, *by_text):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _references(rec: TrueRecommendation | RecommendationOut) -> set[str]:
    return {reference(rec.number), reference(rec.ref), reference(rec.label)} - {""}


_NOTHING = RecommendationOut(
    number=None, ref=None, label=None, kind="", paper=0, inquiry=None, title=None, text="", paragraph_refs=(),
    addressed_to=(), decision=None, status=None, rag=None, priority=None, segments=(), owners=(), timeline=None,
    expected=None, revised=None, actual=None, dates=(), entities=(), pages=(), section=None, certainty="certain",
    fields={}, cross_references=(), decision_details=None, rag_details=None, owner_details=(), entity_details=(),
    deadlines=(), evidence=None,
)  # fmt: skip
