"""Walks in a sentence from a party to what stands before it and to its verb, and says whether the verb is a deed."""

from __future__ import annotations

import functools

import msgspec

from pipeline.knowledge.agents import agent_words
from pipeline.knowledge.owners import acting_words
from pipeline.nlp.tokens import SENTENCE_END, Tokens
from pipeline.nlp.verbs import is_verb, verbs

# Words that open an aside between commas: "the Clerk, in consultation with the Chair, will …".
ASIDES = frozenset(
    {
        "in",
        "with",
        "along",
        "together",
        "alongside",
        "as",
        "through",
        "supported",
        "working",
        "led",
        "following",
        "having",
    }
)
WHO = frozenset({"who", "which"})
AND = frozenset({"and", "but"})
NOBODY = frozenset({"no", "none", "neither", "nor"})
SINGULAR_POSSESSIVES = frozenset({"'s", "’s"})
# What may stand behind a plain verb form far from its subject: 'volunteers from the town read them'.
OBJECTS = frozenset(
    {"the", "a", "an", "their", "its", "our", "them", "it", "this", "these", "every", "each", "all", "after", "up", "out", "to", "that"}
)  # fmt: skip
_WITH_OBJECT = frozenset((word,) for word in OBJECTS - {"to"})
_FARTHEST = 12  # tokens from a party to its verb, or from a deed to the "by" behind it


class Grammar(msgspec.Struct, frozen=True):
    """The lists of acting.yml as sets; `before` are words that part no party from what stands before it."""

    modals: frozenset[str]
    haves: frozenset[str]
    bes: frozenset[str]
    dos: frozenset[str]
    adverbs: frozenset[str]
    states: frozenset[str]
    states_with_to: frozenset[str]
    passives: frozenset[str]
    passives_to: frozenset[str]
    own_deeds: frozenset[str]
    conditions: frozenset[str]
    while_: frozenset[str]
    reasons: frozenset[str]
    vague: frozenset[str]
    claims: frozenset[str]
    joint_work: frozenset[str]
    made_with: frozenset[str]
    made_at: frozenset[str]
    prepositions: frozenset[str]
    before: frozenset[str]
    doing: frozenset[str]
    numbers: frozenset[str]
    counts: frozenset[str]
    offices: frozenset[str]
    takes_office: frozenset[str]
    takes_up: tuple[tuple[str, ...], ...]


@functools.cache
def grammar() -> Grammar:
    """The grammar of acting.yml. Raises KnowledgeError where the file does not fit."""
    words, counting = acting_words(), agent_words()
    numbers = frozenset(counting.numbers)
    counts = numbers | frozenset(counting.quantifiers)
    return Grammar(
        modals=frozenset(words.modals),
        haves=frozenset(words.haves),
        bes=frozenset(words.bes),
        dos=frozenset(words.dos),
        adverbs=frozenset(words.adverbs + words.negations),
        states=frozenset(words.states),
        states_with_to=frozenset(words.states_with_to),
        passives=frozenset(words.acting_passives),
        passives_to=frozenset(words.acting_passives_to),
        own_deeds=frozenset(words.own_deeds),
        conditions=frozenset(words.conditions),
        while_=frozenset(words.while_),
        reasons=frozenset(words.reasons),
        vague=frozenset(words.vague),
        claims=frozenset(words.claims),
        joint_work=frozenset(words.joint_work),
        made_with=frozenset(words.made_with),
        made_at=frozenset(words.made_at),
        prepositions=frozenset(words.prepositions),
        before=(frozenset(words.before_names + counting.pointing) | counts) - {"and", "or", "&"},
        doing=frozenset(words.doing),
        numbers=numbers,
        counts=counts,
        offices=frozenset(words.offices),
        takes_office=frozenset(words.takes_office),
        takes_up=tuple(tuple(words_.split()) for words_ in words.takes_up),
    )


@functools.lru_cache(maxsize=8192)
def is_number(word: str) -> bool:
    """Whether a word counts: 'eleven', 'forty-one', '14', but no year."""
    if word.isdigit():
        return len(word) < 4
    return all(part in grammar().numbers for part in word.split("-"))


def left_of(tokens: Tokens, start: int) -> int:
    """The place of the word before a party, what points at it or counts it left out; -1 at the start.

    'five of the seven schools' and 'the county's schools' are looked at from before 'five' and 'the county's'.
    """
    small, before = tokens.small, grammar().before
    i = start - 1
    while i >= 0:
        if small[i] in before or is_number(small[i]):
            i -= 1
        elif i and (small[i] in SINGULAR_POSSESSIVES or _counts(small, i)):
            i -= 2
        else:
            break
    return i


def _counts(small: tuple[str, ...], i: int) -> bool:
    """Whether 'of' or 'in' at `i` stands behind a number, as in 'five of', 'most of' and 'four in'.

    'The number of drivers' is a figure, 'a number of drivers' are drivers.
    """
    if small[i] not in {"of", "in"} or small[max(0, i - 2) : i] == ("the", "number"):
        return False
    return is_number(small[i - 1]) or (small[i] == "of" and small[i - 1] in grammar().counts)


def skip(tokens: Tokens, i: int) -> int:
    """The place of the next word that is no adverb."""
    small, adverbs = tokens.small, grammar().adverbs
    while i < len(small) and (small[i] in adverbs or (small[i].endswith("ly") and len(small[i]) > 4)):
        i += 1
    return i


def sentence_start(tokens: Tokens, i: int) -> int:
    """Where the sentence begins in which token `i` stands, looked for no farther than a deed can be."""
    stop = max(0, i - _FARTHEST)
    while i > stop and not tokens.opens_sentence(i):
        i -= 1
    return i


def after(tokens: Tokens, i: int) -> int:
    """The place of the verb after a name: brackets, 'who' and an apposition between commas left out."""
    small = tokens.small
    if i < len(small) and small[i] == "(" and ")" in small[i : i + 12]:
        i = small.index(")", i) + 1
    if i < len(small) and small[i] == ",":
        close = next((j for j in range(i + 1, min(i + 16, len(small))) if small[j] in {",", "."}), None)
        if small[i + 1 : i + 2] in (("who",), ("which",)):
            i += 1
        elif (
            close is not None
            and small[close] == ","
            and (tokens.words[i + 1][:1].isupper() or small[i + 1] in ASIDES or "by" in small[i + 2 : i + 4])
        ):
            i = close + 1
    if i < len(small) and small[i] in {"who", "which", "that"}:
        i += 1
    return skip(tokens, i)


def behind_modifier(tokens: Tokens, i: int) -> int:
    """The place of the verb behind what stands after a common noun ('parents of older children have'); `i` where none does."""
    small, g = tokens.small, grammar()
    if (
        i >= len(small)
        or small[i] == "to"
        or not (small[i] in g.prepositions or small[i].endswith("ing") or small[i + 1 : i + 2] == ("by",))
    ):
        return i
    for k in range(i + 1, min(i + _FARTHEST, len(small))):
        if small[k] in SENTENCE_END or small[k] in {",", "(", "that", "who", "which", "whose", "but"}:
            return i
        if small[k] in g.modals or small[k] in g.haves or small[k] in g.bes or small[k] == "to":
            return k
        if _is_far_verb(tokens, k):
            return k
    return i


def _is_far_verb(tokens: Tokens, k: int) -> bool:
    """Whether the word is rather a verb than a noun: a past form, or a plain one with an object behind it."""
    small, following = tokens.small, tokens.small[k + 1 : k + 2]
    if small[k - 1] in grammar().before or small[k - 1] in grammar().prepositions or following == ("by",):
        return False
    if small[k] in verbs().past:
        return True
    return bool(following) and following[0] in OBJECTS and small[k] in verbs().plain


def verb_at(tokens: Tokens, i: int, plural: bool, loose: bool = False) -> bool:
    """Whether a verb of which the party before it is the doer stands at `i`.

    A party of its own name acts also where it is appointed or involved; a `loose` one, said by a common noun, does not.
    """
    g, small = grammar(), tokens.small
    if i >= len(small):
        return False
    word, at = small[i], skip(tokens, i + 1)
    following = small[at] if at < len(small) else ""
    if word in g.modals:
        return _after_modal(tokens, at, loose)
    if word in g.haves:
        return _after_have(tokens, at, loose)
    if word in g.bes:
        return after_be(tokens, i + 1, loose)
    if word in g.dos:
        return True
    if word == "to":
        return infinitive(tokens, i, loose)
    auxiliary = word not in g.claims and (following in g.modals or following in g.haves or following in g.bes)
    if word in verbs().past:
        return following != "by" and following not in g.bes
    return (
        not auxiliary and following != "of" and (word in verbs().third or (plural and word in verbs().plain))
    )


def goes_on(tokens: Tokens, i: int, plural: bool) -> bool:
    """Whether the party before a verb that is no deed of its own does something further on: 'was told and has replied'.

    A number may stand for the party: 'clubs were asked and six have replied'.
    """
    g, small = grammar(), tokens.small
    if i >= len(small) or not (small[i] in g.modals or small[i] in g.haves or small[i] in g.bes):
        return False
    for k in range(i + 1, min(i + 2 * _FARTHEST, len(small))):
        if small[k] in SENTENCE_END or small[k] in WHO:
            return False
        if small[k] in AND and _second_deed(tokens, k + 1, plural):
            return True
    return False


def _second_deed(tokens: Tokens, i: int, plural: bool) -> bool:
    g, small = grammar(), tokens.small
    counted = plural and i < len(small) and (is_number(small[i]) or small[i] in g.counts)
    at = skip(tokens, i + 1 if counted else i)
    if at >= len(small):
        return False
    if small[at] in g.own_deeds:
        return counted or small[at + 1 : at + 3] not in (("for", "their"), ("for", "its"))
    if small[at] in g.modals or small[at] in g.haves:
        return verb_at(tokens, at, plural)
    return plural and small[at] in verbs().plain and (at > i or small[at + 1 : at + 2] in _WITH_OBJECT)


def _after_have(tokens: Tokens, i: int, loose: bool) -> bool:
    """'has written' and 'has a plan' are deeds, 'has to be told' and 'has been told' are none."""
    word = tokens.small[i] if i < len(tokens.small) else ""
    if word == "to":
        return infinitive(tokens, i, loose)
    return word != "been" or after_be(tokens, i + 1, loose)


def _after_modal(tokens: Tokens, i: int, loose: bool) -> bool:
    if i >= len(tokens.small):
        return False
    if tokens.small[i] == "be":
        return after_be(tokens, i + 1, loose)
    if tokens.small[i] == "have" and tokens.small[i + 1 : i + 2] == ("been",):
        return after_be(tokens, i + 2, loose)
    return tokens.small[i][:1].isalpha()


def infinitive(tokens: Tokens, i: int, loose: bool = False) -> bool:
    """Whether 'to' at `i` opens what the party is to do; 'to be consulted' does not, 'to be asked to' does."""
    i = skip(tokens, i + 1)
    if i >= len(tokens.small):
        return False
    if tokens.small[i] == "be":
        return after_be(tokens, i + 1, loose)
    return tokens.small[i] in verbs().plain or tokens.small[i] == "have"


def after_be(tokens: Tokens, i: int, loose: bool = False) -> bool:
    """What follows 'is': a deed ('working'), a passive that makes act ('asked to'), a state of one who acts."""
    g = grammar()
    i = skip(tokens, i)
    if i >= len(tokens.small):
        return False
    word, following = tokens.small[i], tokens.small[i + 1] if i + 1 < len(tokens.small) else ""
    if word == "being":
        return after_be(tokens, i + 1, loose)
    if word == "to":
        return infinitive(tokens, i, loose)
    if word in g.states or (word in g.passives and (not loose or following == "to")):
        return True
    if word in g.passives_to or word in g.states_with_to:
        return _to_follows(tokens, i + 1)
    if word == "in":
        return tokens.small[i + 1 : i + 4] == ("the", "process", "of")
    doing = word.endswith("ing") and (len(word) > 5 or word in verbs().doing)
    return doing and (is_verb(word) or following != "of")


def _to_follows(tokens: Tokens, i: int) -> bool:
    """Whether 'to' and a verb follow, perhaps behind who asks: 'expected by the board to hold'."""
    small = tokens.small
    if small[i : i + 1] == ("by",):
        i = next((k for k in range(i + 1, min(i + 8, len(small))) if small[k] == "to"), i)
    return small[i : i + 1] == ("to",) and small[i + 1 : i + 2] not in (("the",), ("a",), ("an",), ("their",))
