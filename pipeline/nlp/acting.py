"""Decides whether a party said in a text acts: does, did or will do something, or is asked to."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from pipeline.knowledge.owners import acting_words
from pipeline.nlp.mentions import Mention
from pipeline.nlp.tokens import Tokens
from pipeline.nlp.verbs import is_verb, verbs

BETWEEN = frozenset({"and", "&", ",", "/", "the", "both", "or", "as", "well", "along", "with", "together"})
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


class Grammar(msgspec.Struct, frozen=True):
    """The lists of acting.yml as sets."""

    modals: frozenset[str]
    haves: frozenset[str]
    bes: frozenset[str]
    dos: frozenset[str]
    adverbs: frozenset[str]
    states: frozenset[str]
    states_with_to: frozenset[str]
    passives: frozenset[str]
    passives_to: frozenset[str]
    joint_work: frozenset[str]
    prepositions: frozenset[str]
    before_names: frozenset[str]
    doing: frozenset[str]
    takes_up: tuple[tuple[str, ...], ...]


@functools.cache
def _grammar() -> Grammar:
    words = acting_words()
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
        joint_work=frozenset(words.joint_work),
        prepositions=frozenset(words.prepositions),
        before_names=frozenset(words.before_names),
        doing=frozenset(words.doing),
        takes_up=tuple(tuple(words_.split()) for words_ in words.takes_up),
    )


def acting(tokens: Tokens, mentions: Sequence[Mention]) -> tuple[bool, ...]:
    """For each mention whether it acts; parties joined by 'and', a comma or a slash act together."""
    out = [False] * len(mentions)
    for first, last in chains(tokens, mentions):
        if _acts(tokens, mentions[first], mentions[last]):
            out[first : last + 1] = [True] * (last + 1 - first)
        elif (
            last > first
            and _is_subject(tokens, mentions[last], mentions[last])
            and _after_comma(tokens, mentions[last])
        ):
            out[last] = True
    return tuple(acts and not mention.possessive for acts, mention in zip(out, mentions, strict=True))


def _after_comma(tokens: Tokens, mention: Mention) -> bool:
    before = mention.start - 1
    while before >= 0 and tokens.small[before] in _grammar().before_names:
        before -= 1
    return before >= 0 and tokens.small[before] == ","


def chains(tokens: Tokens, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """First and last of mentions that stand in one list: 'X, Y and Z', 'X/Y', a person and the post after it."""
    found: list[tuple[int, int]] = []
    for i, mention in enumerate(mentions):
        if found and _listed_with(tokens, mentions[i - 1], mention):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _listed_with(tokens: Tokens, before: Mention, mention: Mention) -> bool:
    gap = tokens.small[before.end : mention.start]
    return bool(gap) and all(word in BETWEEN for word in gap) and gap[0] != "the" and gap[0] != "with"


def _acts(tokens: Tokens, first: Mention, last: Mention) -> bool:
    return _is_made_to_act(tokens, first, last) or _is_subject(tokens, first, last)


def _left(tokens: Tokens, mention: Mention) -> int:
    """The place of the word before a mention, determiners left out; -1 at the start."""
    i = mention.start - 1
    while i >= 0 and tokens.small[i] in _grammar().before_names - {"and", "or", "&"}:
        i -= 1
    return i


def _is_made_to_act(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """'expected by X', 'working with X', 'will ask X to', 'for X to', 'due to X taking'."""
    g, i = _grammar(), _left(tokens, first)
    if i < 0:
        return False
    before, recent = tokens.small[i], tokens.small[max(0, i - 3) : i]
    following = tokens.small[last.end] if last.end < len(tokens.small) else ""
    strong = last.sort != "group"
    if before == "by" and strong:
        return bool(recent)
    if before in {"with", "alongside"} and (
        before == "alongside" or any(word in g.joint_work for word in recent)
    ):
        return strong
    if before in {"through", "via"} and recent and (recent[-1] == "place" or recent[-1] in verbs().past):
        return strong
    if following == "to" and (before in verbs().asking or before in {"for", "with"}):
        return _infinitive(tokens, last.end)
    if strong and _says_who(tokens, last.end):
        return True
    return strong and before in g.prepositions and following in g.doing and following in verbs().doing


def _says_who(tokens: Tokens, i: int) -> bool:
    """Whether 'who' or 'which' and what the party does follow: 'the Monitoring Officer, who advised'."""
    i += tokens.small[i : i + 1] == (",",)
    return tokens.small[i : i + 1] in (("who",), ("which",)) and _verb_at(
        tokens, _skip(tokens, i + 1), plural=True
    )


def _is_subject(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """Whether the parties stand before a verb of which they are the subject."""
    i = _left(tokens, first)
    if i >= 0 and tokens.small[i] in _grammar().prepositions and not tokens.opens_sentence(first.start):
        return _takes_up(tokens, last)
    after = _after(tokens, last.end + _closes_apposition(tokens, first, last))
    return (
        _verb_at(tokens, after, first is not last or last.plural)
        or _takes_up(tokens, last)
        or _labels(tokens, first, last)
    )


def _closes_apposition(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """Whether a comma goes back to the first party: 'Jane Doe, Head of Libraries, has …', 'X, along with Y, will …'."""
    if first is last or tokens.small[last.end : last.end + 1] != (",",):
        return False
    g, following = _grammar(), tokens.small[last.end + 1 : last.end + 2]
    helper = bool(following) and following[0] in g.modals | g.haves | g.bes | {"to"}
    return helper or (first.sort in {"person", "member"} and last.sort in {"post", "bare_post"})


def _takes_up(tokens: Tokens, mention: Mention) -> bool:
    """'With Jane Doe now in post': a named person who has taken up a task."""
    i = _skip(tokens, mention.end)
    return mention.sort in {"person", "member"} and any(
        tokens.small[i : i + len(said)] == said for said in _grammar().takes_up
    )


def _labels(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """'JC: to draft the letter': the party stands before its task like a label."""
    i = last.end
    return (
        first is last
        and tokens.opens_sentence(first.start)
        and last.sort in {"person", "member", "initials"}
        and i + 1 < len(tokens.small)
        and tokens.small[i] in {":", "–", "-"}
    )


def _skip(tokens: Tokens, i: int) -> int:
    """The place of the next word that is no adverb."""
    g = _grammar()
    while i < len(tokens.small) and (
        tokens.small[i] in g.adverbs or (tokens.small[i].endswith("ly") and len(tokens.small[i]) > 4)
    ):
        i += 1
    return i


def _after(tokens: Tokens, i: int) -> int:
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
            and (tokens.words[i + 1][:1].isupper() or small[i + 1] in ASIDES)
        ):
            i = close + 1
    if i < len(small) and small[i] in {"who", "which", "that"}:
        i += 1
    return _skip(tokens, i)


def _verb_at(tokens: Tokens, i: int, plural: bool) -> bool:
    """Whether a verb of which the party before it is the doer stands at `i`."""
    g, small = _grammar(), tokens.small
    if i >= len(small):
        return False
    word, following = small[i], small[_skip(tokens, i + 1)] if _skip(tokens, i + 1) < len(small) else ""
    if word in g.modals:
        return _after_modal(tokens, _skip(tokens, i + 1))
    if word in g.haves:
        return following != "been" or _after_be(tokens, _skip(tokens, i + 1) + 1)
    if word in g.bes:
        return _after_be(tokens, i + 1)
    if word in g.dos:
        return True
    if word == "to":
        return _infinitive(tokens, i)
    auxiliary = following in g.modals | g.haves | g.bes
    if word in verbs().past:
        return following != "by" and following not in g.bes
    return (
        not auxiliary and following != "of" and (word in verbs().third or (plural and word in verbs().plain))
    )


def _after_modal(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens.small):
        return False
    if tokens.small[i] == "be":
        return _after_be(tokens, i + 1)
    if tokens.small[i] == "have" and tokens.small[i + 1 : i + 2] == ("been",):
        return _after_be(tokens, i + 2)
    return tokens.small[i][:1].isalpha()


def _infinitive(tokens: Tokens, i: int) -> bool:
    """Whether 'to' at `i` opens what the party is to do; 'to be consulted' does not, 'to be asked' does."""
    i = _skip(tokens, i + 1)
    if i >= len(tokens.small):
        return False
    if tokens.small[i] == "be":
        return _after_be(tokens, i + 1)
    return tokens.small[i] in verbs().plain or tokens.small[i] == "have"


def _after_be(tokens: Tokens, i: int) -> bool:
    """What follows 'is': a deed ('working'), a passive that makes act ('asked'), a state of one who acts."""
    g = _grammar()
    i = _skip(tokens, i)
    if i >= len(tokens.small):
        return False
    word, following = tokens.small[i], tokens.small[i + 1] if i + 1 < len(tokens.small) else ""
    if word == "being":
        return _after_be(tokens, i + 1)
    if word == "to":
        return _infinitive(tokens, i)
    if word in g.passives or word in g.states:
        return True
    if word in g.passives_to or word in g.states_with_to:
        return following == "to"
    if word == "in":
        return tokens.small[i + 1 : i + 4] == ("the", "process", "of")
    return word.endswith("ing") and len(word) > 5 and (is_verb(word) or following != "of")
