"""Loads the words that parties are named with and the words that say that a party acts."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

from pipeline.knowledge.vocabulary import KnowledgeError, load

Words = tuple[str, ...]
T = TypeVar("T")


class Heads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Last words of a name: after one of `ends` the name is over, after one of `open` more of it may follow."""

    ends: Words
    open: Words


class Honorifics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles before a person's name; `member` marks an elected member."""

    member: Words
    person: Words


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Plural names of people, and of institutions, that act together."""

    people: Words
    institutions: Words


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say in which role an owner is named."""

    lead: Words
    support: Words
    member: Words = ()


class OwnerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of owners.yml; the file's comments say what each list means."""

    honorifics: Honorifics
    plural_honorifics: Words
    ranks: Words
    post_heads: Words
    member_posts: Words
    lone_posts: Words
    post_prefixes: Words
    functions: Words
    area_links: Words
    team_heads: Heads
    body_heads: Heads
    partnership_heads: Words
    lone_teams: Words
    lone_bodies: Words
    small_heads: Words
    body_modifiers: Words
    groups: Groups
    everyone: Words
    no_owner: Words
    status_words: Words
    labels: Roles
    labels_without_colon: Words
    lead_openings: Words
    lead_verbs: Words
    asked: Words
    were_asked: Words
    clause_openings: Words
    participles: Words
    to_come: Words
    time_openings: Words
    time_words: Words
    not_names: Words
    not_tasks: Words
    not_base_verbs: Words
    role_remarks: Roles
    abbreviations: Mapping[Literal["post", "team", "group", "body"], Words]
    not_bodies: Words
    whole_names: Words
    areas: Words
    thing_heads: Words
    openers: Words
    months: Words


class ActingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of acting.yml; the file's comments say what each list means."""

    modals: Words
    haves: Words
    bes: Words
    dos: Words
    negations: Words
    adverbs: Words
    states: Words
    states_with_to: Words
    acting_passives: Words
    acting_passives_to: Words
    asking: Words
    directing: Words
    made_with: Words
    made_at: Words
    conditions: Words
    while_: Words
    reasons: Words
    vague: Words
    claims: Words
    own_deeds: Words
    offices: Words
    takes_office: Words
    joint_work: Words
    prepositions: Words
    before_names: Words
    breaks: Words
    verbs: Words
    more_verbs: Words
    irregular_pasts: Words
    participles: Words
    noun_ings: Words
    doing: Words
    takes_up: Words


class GivenNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of given_names.yml."""

    names: Words


@functools.cache
def owner_words() -> OwnerWords:
    """owners.yml, checked. Raises KnowledgeError where it does not fit or a word is not in small letters."""
    return in_small_letters("owners.yml", load("owners", OwnerWords))


@functools.cache
def acting_words() -> ActingWords:
    """acting.yml, checked. Raises KnowledgeError as `owner_words` does."""
    return in_small_letters("acting.yml", load("acting", ActingWords))


@functools.cache
def given_names() -> frozenset[str]:
    """Given names in small letters. Raises KnowledgeError as `owner_words` does."""
    return frozenset(in_small_letters("given_names.yml", load("given_names", GivenNames)).names)


def in_small_letters(file: str, words: T) -> T:
    """`words`, once every one of them is in small letters. Raises KnowledgeError, naming file and word."""
    for word in _all_words(msgspec.to_builtins(words)):
        if word != word.lower():
            raise KnowledgeError(f"{file}: {word!r} is not in small letters")
    return words


def _all_words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _all_words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _all_words(inner)
