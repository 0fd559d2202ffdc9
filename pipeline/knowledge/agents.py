"""Loads the common nouns for people and bodies that act, with their plurals."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import msgspec

from pipeline.knowledge.vocabulary import load

Words = tuple[str, ...]


class AgentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of agents.yml; the file's comments say what each list means."""

    people: Words
    bodies: Words
    with_a_word: Words
    only_behind: Mapping[str, Words]
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
    """agents.yml, checked. Raises KnowledgeError where it does not fit."""
    return load("agents", AgentWords)


@functools.cache
def agent_nouns() -> dict[str, Noun]:
    """{form in small letters: noun}, singular and plural; of a noun of several words its last one is not told apart."""
    return {form: noun for form, noun in _forms(agent_words()) if " " not in form}


def _forms(words: AgentWords) -> Iterator[tuple[str, Noun]]:
    for name in words.bodies:
        yield from _numbers(name, Noun(person=False, many=False), words)
    for name in words.people:
        yield from _numbers(name, Noun(person=True, many=False), words)
    for name in words.with_a_word:
        yield from _numbers(name, Noun(person=name == "lead", many=False, needs_word=True), words)
    for name, before in words.only_behind.items():
        noun = Noun(person=name in {"coach", "head", "pilot"}, many=False, behind=frozenset(before))
        yield from _numbers(name, noun, words)
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
