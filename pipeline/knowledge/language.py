"""What is known of references, markers, decisions, progress and ratings, loaded from YAML and checked once."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from pipeline.knowledge.vocabulary import check_patterns, load

PartKind = Literal["response", "action", "update", "outcome", "comment", "decision"]
DecidedBy = Literal["officer", "committee", "executive", ""]


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reference made of letters and digits; `alone` ones need a paragraph of their own or an opener behind them."""

    pattern: str
    example: str
    alone: bool


class ReferenceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of references.yml; `number_words` stand in counting order from one."""

    labels: tuple[str, ...]
    short_labels: tuple[str, ...]
    bare_labels: tuple[str, ...]
    number_words: tuple[str, ...]
    openers: tuple[str, ...]
    strong_openers: tuple[str, ...]
    codes: tuple[Code, ...]
    not_codes: tuple[str, ...]
    paragraph_words: tuple[str, ...]
    own_documents: tuple[str, ...]
    mention_leads: tuple[str, ...]
    bodies: tuple[str, ...]
    asks: tuple[str, ...]
    modals: tuple[str, ...]


class MarkerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that open a part of one kind; `bare` ones may do without punctuation."""

    kind: PartKind
    bare: bool
    words: tuple[str, ...]


class Speakers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a marker that say who speaks."""

    by: DecidedBy
    words: tuple[str, ...]


class Markers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of markers.yml."""

    markers: tuple[MarkerWords, ...]
    speakers: tuple[Speakers, ...]
    compounds: dict[str, frozenset[str]]
    mention_words: frozenset[str]
    plans: tuple[str, ...]
    reports: tuple[str, ...]


class DecisionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of one decision: anywhere a decision may stand, and in a decision column only."""

    value: str
    words: tuple[str, ...]
    column: tuple[str, ...] = ()


class DecisionSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that states a decision; "{body}" stands for whoever decides."""

    value: str
    pattern: str


class Decisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of decisions.yml; the first decision whose words match counts.

    `accepting` are verbs; "{accepting}" in the words of a decision stands for any of them.
    """

    accepting: tuple[str, ...]
    decisions: tuple[DecisionWords, ...]
    sentences: tuple[DecisionSentence, ...]
    openings: tuple[str, ...]
    bodies: tuple[str, ...]
    conditions: tuple[str, ...]
    suppositions: tuple[str, ...]
    deciders: dict[DecidedBy, tuple[str, ...]]
    continues: tuple[str, ...]


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of one state of progress; `likely` ones say it less surely."""

    value: str
    words: tuple[str, ...]
    likely: tuple[str, ...] = ()


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A numbered scheme: how its number stands before the word of the state."""

    name: str
    pattern: str


class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of progress.yml; `closed_means` says by which words of a key "closed" is told."""

    states: tuple[State, ...]
    column_only: tuple[State, ...]
    scales: tuple[Scale, ...]
    closed_means: dict[str, tuple[str, ...]]


class Colour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A colour: its words, its letters alone in a cell, and the names it is drawn in."""

    value: str
    words: tuple[str, ...]
    letters: tuple[str, ...]
    drawn: tuple[str, ...]


class Ratings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of ratings.yml."""

    colours: tuple[Colour, ...]
    complete: tuple[str, ...]
    finished: tuple[str, ...]
    unfinished: tuple[str, ...]
    heads: tuple[str, ...]


@functools.cache
def reference_words() -> ReferenceWords:
    """references.yml, its patterns checked. Raises KnowledgeError, naming file and key."""
    words = load("references", ReferenceWords)
    check_patterns("references.yml", "codes", (code.pattern for code in words.codes))
    check_patterns("references.yml", "not_codes", words.not_codes)
    return words


@functools.cache
def markers() -> Markers:
    """markers.yml, its patterns checked. Raises KnowledgeError, naming file and key."""
    known = load("markers", Markers)
    check_patterns("markers.yml", "plans", known.plans)
    check_patterns("markers.yml", "reports", known.reports)
    return known


@functools.cache
def decisions() -> Decisions:
    """decisions.yml, its patterns checked. Raises KnowledgeError, naming file and key."""
    known = load("decisions", Decisions)
    accepting = f"(?:{'|'.join(known.accepting)})"
    replace = msgspec.structs.replace
    entries = (
        replace(
            entry,
            words=tuple(word.replace("{accepting}", accepting) for word in entry.words),
            column=tuple(word.replace("{accepting}", accepting) for word in entry.column),
        )
        for entry in known.decisions
    )
    known = replace(known, decisions=tuple(entries))
    for entry in known.decisions:
        check_patterns("decisions.yml", f"decisions.{entry.value}", (*entry.words, *entry.column))
    check_patterns("decisions.yml", "sentences", (s.pattern.replace("{body}", "x") for s in known.sentences))
    check_patterns("decisions.yml", "bodies", known.bodies)
    return known


@functools.cache
def progress() -> Progress:
    """progress.yml, its patterns checked. Raises KnowledgeError, naming file and key."""
    known = load("progress", Progress)
    for state in (*known.states, *known.column_only):
        check_patterns("progress.yml", state.value, (*state.words, *state.likely))
    check_patterns("progress.yml", "scales", (scale.pattern for scale in known.scales))
    return known


@functools.cache
def ratings() -> Ratings:
    """ratings.yml, its patterns checked. Raises KnowledgeError, naming file and key."""
    known = load("ratings", Ratings)
    for key in ("finished", "unfinished", "heads"):
        check_patterns("ratings.yml", key, getattr(known, key))
    return known
