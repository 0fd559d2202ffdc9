"""Loads the YAML files of this folder into checked, frozen values; an error names the file and the key."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
import yaml

HERE = Path(__file__).parent

Field = Literal[
    "reference",
    "recommendation",
    "response",
    "action",
    "response_action",
    "action_taken",
    "update",
    "decision",
    "decision_date",
    "comment",
    "outcome",
    "delivery",
    "measure",
    "issue",
    "owner",
    "member",
    "support",
    "deadline",
    "revised_deadline",
    "actual_date",
    "status",
    "rag",
    "assessment",
    "priority",
    "date",
    "meeting",
    "committee",
    "origin",
    "report_title",
    "area",
    "addressed_to",
    "evidence",
    "cost",
    "section",
    "other",
]
SegmentKind = Literal["response", "action", "update", "outcome", "comment"]
ContentKind = Literal[
    "date", "owner", "post", "reference", "status", "decision", "rag", "priority", "recommendation"
]
Look = Literal["empty", "prose", "unknown"] | ContentKind
KindName = Literal[
    "action_plan",
    "progress_update",
    "cabinet_response",
    "tracker",
    "action_log",
    "minutes",
    "agenda_pack",
    "other",
]
LabelRole = Literal[
    "own_date",
    "meeting_date",
    "cabinet_date",
    "other_date",
    "council",
    "committee",
    "title",
    "review",
    "lead_officers",
    "officers",
    "cabinet_member",
    "addressed_to",
    "stage",
    "not_metadata",
]


class KnowledgeError(ValueError):
    """A file of knowledge is missing, is no YAML, or holds a key or a value that it should not."""


class FieldWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field: what it means, the headings that name it, and the words it may end on in a longer heading.

    `segment` is the kind of segment that the column's text gives, where it gives one.
    """

    name: Field
    means: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    segment: SegmentKind | None = None


class Compound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading of several fields that its words do not tell by themselves; the first field is the column's own."""

    pattern: str
    fields: tuple[Field, ...]


class Merged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields that, found in one heading, are one field."""

    parts: tuple[Field, ...]
    into: Field


class Apart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of table that is no tracker: told by `enough` headings that match one of its patterns.

    Each list of `unless` names fields that together make it a table of actions all the same.
    """

    name: str
    reason: str
    headings: tuple[str, ...]
    enough: int = 2
    unless: tuple[tuple[Field, ...], ...] = ()


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of an otherwise unknown heading that point to a field, where the cells below have one of the `looks`."""

    field: Field
    looks: tuple[Look, ...]
    pattern: str


class Banner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words over a table or across its columns that give all rows below them a status."""

    pattern: str
    status: str


class HeadingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of headings.yml."""

    fields: tuple[FieldWords, ...]
    compounds: tuple[Compound, ...]
    precedence: tuple[Field, ...]
    could_be_cells: tuple[str, ...]
    merged: tuple[Merged, ...]
    qualifiers: tuple[str, ...]
    dangling: tuple[str, ...]
    stages: tuple[str, ...]
    places: tuple[str, ...]
    cues: tuple[Cue, ...]
    apart: tuple[Apart, ...]
    issues_need: tuple[str, ...]
    banners: tuple[Banner, ...]
    content: Mapping[ContentKind, tuple[str, ...]]


class KindWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of paper: patterns in its titles and in its text, and the columns of its tables."""

    name: KindName
    titles: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    enough: int = 2
    columns: tuple[tuple[Field, ...], ...] = ()


class KindsKnown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of kinds.yml; kinds stand in the order in which they are asked."""

    kinds: tuple[KindWords, ...]


class LabelWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The labels of one role above a table; patterns see the label in small letters without its colon."""

    role: LabelRole
    patterns: tuple[str, ...]


class MetadataWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of metadata.yml. `labels` are asked in order: the first pattern that matches gives the role."""

    labels: tuple[LabelWords, ...]
    stages: tuple[str, ...]
    document_words: tuple[str, ...]
    about_reviews: tuple[str, ...]
    review: tuple[str, ...]
    date_line: tuple[str, ...]
    date_sentences: tuple[str, ...]
    answers: tuple[str, ...]
    member_words: tuple[str, ...]
    not_title: tuple[str, ...]
    body_opens: tuple[str, ...]


class BodyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of bodies.yml: how councils and their committees are named."""

    council_types: tuple[str, ...]
    small_council_types: tuple[str, ...]
    council_of: tuple[str, ...]
    not_councils: tuple[str, ...]
    committee_types: tuple[str, ...]
    scrutiny_types: tuple[str, ...]
    no_name: tuple[str, ...]
    organisation_types: tuple[str, ...]
    executives: tuple[str, ...]
    connectors: tuple[str, ...]
    leading: tuple[str, ...]


T = TypeVar("T")


def load(name: str, shape: type[T]) -> T:
    """The file `name`.yml of this folder as a value of `shape`.

    Raises KnowledgeError, naming file and key, where the file is missing, is no YAML or does not fit.
    """
    return read(HERE / f"{name}.yml", shape)


def read(path: Path, shape: type[T]) -> T:
    """The YAML file at `path` as a value of `shape`; raises KnowledgeError as `load` does."""
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), shape)
    except OSError as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: no YAML: {error}") from error
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path.name}: {error}") from error


def check_patterns(file: str, key: str, patterns: Iterable[str]) -> None:
    """Raises KnowledgeError, naming file and key, where one of `patterns` is no regular expression."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise KnowledgeError(f"{file}: {key}: no pattern: {pattern!r} ({error})") from error


@functools.cache
def word_lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """A file of named plain lists of words: {list name: words}. Raises KnowledgeError as `load` does."""
    return load(name, dict[str, tuple[str, ...]])


@functools.cache
def heading_words() -> HeadingWords:
    """headings.yml, its patterns checked. Raises KnowledgeError as `load` does."""
    words = load("headings", HeadingWords)
    for field in words.fields:
        check_patterns("headings.yml", f"fields.{field.name}", field.patterns)
    for apart in words.apart:
        check_patterns("headings.yml", f"apart.{apart.name}", apart.headings)
    check_patterns("headings.yml", "compounds", (c.pattern for c in words.compounds))
    check_patterns("headings.yml", "banners", (b.pattern for b in words.banners))
    for key in ("stages", "issues_need"):
        check_patterns("headings.yml", key, getattr(words, key))
    for name, patterns in words.content.items():
        check_patterns("headings.yml", f"content.{name}", patterns)
    _say_once(words)
    return words


def _say_once(words: HeadingWords) -> None:
    seen: dict[str, str] = {}
    for field in words.fields:
        for word in field.words:
            if word in seen:
                raise KnowledgeError(f"headings.yml: {word!r} names both {seen[word]} and {field.name}")
            seen[word] = field.name


@functools.cache
def kinds_known() -> KindsKnown:
    """kinds.yml, its patterns checked. Raises KnowledgeError as `load` does."""
    known = load("kinds", KindsKnown)
    for kind in known.kinds:
        check_patterns("kinds.yml", kind.name, (*kind.titles, *kind.text))
    return known


@functools.cache
def metadata_words() -> MetadataWords:
    """metadata.yml, its patterns checked. Raises KnowledgeError as `load` does."""
    words = load("metadata", MetadataWords)
    for label in words.labels:
        check_patterns("metadata.yml", f"labels.{label.role}", label.patterns)
    for key in (
        "stages",
        "document_words",
        "about_reviews",
        "review",
        "date_line",
        "date_sentences",
        "answers",
        "member_words",
        "not_title",
        "body_opens",
    ):
        check_patterns("metadata.yml", key, getattr(words, key))
    return words


@functools.cache
def body_words() -> BodyWords:
    """bodies.yml, its patterns checked. Raises KnowledgeError as `load` does."""
    words = load("bodies", BodyWords)
    for key in ("council_of", "not_councils", "leading"):
        check_patterns("bodies.yml", key, getattr(words, key))
    return words
