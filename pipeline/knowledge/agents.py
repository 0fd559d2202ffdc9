"""Loads the common nouns for people and bodies that act, with their plurals."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

import msgspec

from pipeline.knowledge.owners import in_small_letters
from pipeline.knowledge.vocabulary import load

Words = tuple[str, ...]
T = TypeVar("T")


class OfBoth(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """What is known of nouns for bodies and of nouns for people."""

    bodies: T
    people: T


class AgentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of agents.yml; the file's comments say what each list means."""

    people: Words
    bodies: Words
    with_a_word: OfBoth[Words]
    only_behind: OfBoth[Mapping[str, Words]]
    never_behind: Words
    plurals: Mapping[str, str]
    already_many: Words
    services: Words
    plural_areas: Words
    local_heads: Words
    numbers: Words
    quantifiers: Words
    pointing: Words
    times: Words
    modifiers: Words


class Noun(msgspec.Struct, frozen=True):
    """A form of a common noun: whether it names people or a body, one or many, and behind which words only.

    `behind` is empty for a noun that stands alone; `needs_word` asks for any word before it.
    """

    person: bool
    many: bool
    needs_word: bool = False
    behind: frozenset[str] = frozenset()


@functools.cache
def agent_words() -> AgentWords:
    """agents.yml, checked. Raises KnowledgeError where it does not fit or a word is not in small letters."""
    return in_small_letters("agents.yml", load("agents", AgentWords))


@functools.cache
def agent_nouns() -> dict[str, Noun]:
    """{form in small letters: noun}, singular and plural."""
    return dict(_forms(agent_words()))


def _forms(words: AgentWords) -> Iterator[tuple[str, Noun]]:
    """What is known more closely of a noun comes later and counts."""
    for person, alone, needing, behind in (
        (False, words.bodies, words.with_a_word.bodies, words.only_behind.bodies),
        (True, words.people, words.with_a_word.people, words.only_behind.people),
    ):
        for name in alone:
            yield from _numbers(name, Noun(person, many=False), words)
        for name in needing:
            yield from _numbers(name, Noun(person, many=False, needs_word=True), words)
        for name, before in behind.items():
            yield from _numbers(name, Noun(person, many=False, behind=frozenset(before)), words)
    for name in words.already_many:
        yield name, Noun(person=True, many=True)


def _numbers(name: str, noun: Noun, words: AgentWords) -> Iterator[tuple[str, Noun]]:
    yield name, noun
    yield words.plurals.get(name) or plural(name), msgspec.structs.replace(noun, many=True)


def plural(noun: str) -> str:
    """The regular plural: 'nurseries', 'churches', 'fishermen'."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
