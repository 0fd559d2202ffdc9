"""Knows the verbs that say what a party does, in all their forms, from acting.yml."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import msgspec

from pipeline.knowledge.owners import acting_words


class Verbs(msgspec.Struct, frozen=True):
    """The forms of the verbs: plain, with -s, past, and with -ing; nouns in -ing are not among them. `passive` are
    those that may stand before the "by" of a doer.

    `asking` makes act whom it is said to, `directing` also those said by a common noun. `names` are the forms that end a
    name printed before or behind them.
    """

    plain: frozenset[str]
    third: frozenset[str]
    past: frozenset[str]
    doing: frozenset[str]
    passive: frozenset[str]
    asking: frozenset[str]
    directing: frozenset[str]
    names: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.plain | self.third | self.past | self.doing


@functools.cache
def verbs() -> Verbs:
    """The verbs' forms; raises KnowledgeError where acting.yml does not fit."""
    words = acting_words()
    plain = frozenset(words.verbs + words.more_verbs)
    irregular = frozenset(words.irregular_pasts)
    past = frozenset(form for v in plain for form in _past(v)) | irregular
    return Verbs(
        plain=plain,
        third=frozenset(_third(v) for v in plain),
        past=past,
        passive=past | frozenset(words.participles),
        doing=_all_doing(plain),
        asking=_all_forms(words.asking),
        directing=_all_forms(words.directing),
        names=_all_forms(words.verbs) - frozenset(words.noun_ings) | irregular | frozenset(words.doing),
    )


def _all_doing(plain: Iterable[str]) -> frozenset[str]:
    words = acting_words()
    forms = frozenset(form for v in plain for form in _doing(v))
    return forms - frozenset(words.noun_ings) | frozenset(words.doing)


def _all_forms(plain: Iterable[str]) -> frozenset[str]:
    return frozenset(form for v in plain for form in (v, _third(v), *_past(v), *_doing(v)))


@functools.cache
def _forms() -> frozenset[str]:
    return verbs().names


@functools.cache
def _all() -> frozenset[str]:
    return verbs().all


def is_verb(word: str) -> bool:
    """Whether a word in small letters is a form of a verb, and no part of a name."""
    return word in _forms()


def may_be_verb(word: str) -> bool:
    """Whether a word in small letters is a form of any of the verbs, also of one that names hold."""
    return word in _all()


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def _past(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb[:-1] + "ied",)
    return (verb + "ed", verb + verb[-1] + "ed")


def _doing(verb: str) -> tuple[str, ...]:
    if verb.endswith("e") and not verb.endswith("ee"):
        return (verb[:-1] + "ing",)
    return (verb + "ing", verb + verb[-1] + "ing")
