"""Finds parties that a text says by common nouns in small letters: 'the contractor', 'taxi drivers', 'the parents' association'."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from pipeline.knowledge.agents import Noun, agent_nouns, agent_words
from pipeline.knowledge.owners import acting_words, owner_words
from pipeline.nlp.clauses import grammar, is_number
from pipeline.nlp.mentions import POSSESSIVES, Mention
from pipeline.nlp.names import Sort, lexicon, sort_of
from pipeline.nlp.tokens import Tokens
from pipeline.nlp.verbs import may_be_verb, verbs

PLURAL_VERBS = frozenset({"have", "are"})
PLURAL_POSSESSIVES = frozenset({"'", "’"})
_LONGEST = 6  # tokens of a name before its head


def find_agents(tokens: Tokens) -> tuple[Mention, ...]:
    """The parties said by common nouns, in order. Numbers, articles and adjectives that only point are no part of them."""
    nouns = agent_nouns()
    heads = [i for i, word in enumerate(tokens.small) if word in nouns]
    services = [
        m for i, word in enumerate(tokens.small) if word in PLURAL_VERBS and (m := _service(tokens, i))
    ]
    found = [m for i in heads if (m := _agent(tokens, i, nouns))]
    return (*_without_naked(tokens, _longest(found)), *services)


def _longest(found: Sequence[Mention]) -> list[Mention]:
    """The mentions without those inside the next: the parents of the parents' association."""
    return [m for i, m in enumerate(found) if i + 1 == len(found) or found[i + 1].start > m.start]


def _service(tokens: Tokens, verb: int) -> Mention | None:
    """A service said by its area alone, which the plural verb behind it gives away: 'School improvement have worked'."""
    start = verb
    while start and tokens.small[start - 1] in lexicon().areas:
        start -= 1
    if start == verb or not tokens.opens_sentence(start) or tokens.small[verb - 1].endswith("s"):
        return None
    if any(word in agent_words().plural_areas for word in tokens.small[start:verb]):
        return None
    return Mention(start, verb, tokens.said(start, verb), "team", common=True)


def joined_mentions(
    tokens: Tokens, named: Sequence[Mention], agents: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Both kinds of mentions in order; of two that overlap the longer one, of two alike the named one."""
    taken = [agent for agent in agents if not any(_says_as_much(tokens, m, agent) for m in named)]
    kept = [m for m in named if not any(a.start < m.end and m.start < a.end for a in taken)]
    return tuple(sorted([*kept, *taken], key=lambda mention: mention.start))


def _says_as_much(tokens: Tokens, named: Mention, agent: Mention) -> bool:
    """Whether a named mention covers a common noun and says more than how many there are."""
    if not (named.start <= agent.start and agent.end <= named.end):
        return False
    if (
        tokens.small[agent.end : named.end]
        and agent.sort == "group"
        and tokens.small[agent.end] in verbs().plain
    ):
        return False
    more = tokens.small[named.start : agent.start]
    return not more or not all(word in grammar().before or is_number(word) for word in more)


def _agent(tokens: Tokens, i: int, nouns: dict[str, Noun]) -> Mention | None:
    noun = nouns[tokens.small[i]]
    if not _may_be_head(tokens, i, nouns):
        return None
    start = _begin(tokens, i, noun)
    if start is None or (start == i and (noun.needs_word or _needs_name(tokens.words[i]))):
        return None
    name = tokens.said(start, i + 1)
    possessive = tokens.small[i + 1 : i + 2] != () and tokens.small[i + 1] in POSSESSIVES
    return Mention(start, i + 1, name, _sort(name, noun), start == i, possessive, common=True)


def _needs_name(word: str) -> bool:
    """Whether a lone head means a body that was named before, if any: 'the panel'; `mentions` finds these."""
    return word in _small_heads()


def _sort(name: str, noun: Noun) -> Sort:
    if noun.many:
        return "group"
    if noun.person:
        return "post"
    sort = sort_of(name)
    return sort if sort in {"team", "partnership"} else "body"


def _may_be_head(tokens: Tokens, i: int, nouns: dict[str, Noun]) -> bool:
    """Whether the noun ends its phrase: it is in small letters or opens a sentence, and belongs to no word behind it."""
    following = tokens.words[i + 1] if i + 1 < len(tokens.words) else ""
    if tokens.words[i][0].isupper() and (not tokens.opens_sentence(i) or following[:1].isupper()):
        return False
    if i and _is_deed(nouns, tokens.small[i - 1], tokens.small[i]):
        return False
    return following not in nouns or _is_deed(nouns, tokens.small[i], following)


def _is_deed(nouns: dict[str, Noun], many: str, word: str) -> bool:
    """Whether a noun behind a plural is what those do: 'pupils lead', 'members chair', but not 'schools forum'."""
    return many in nouns and nouns[many].many and not nouns[word].many and word in verbs().plain


def _begin(tokens: Tokens, i: int, noun: Noun) -> int | None:
    """The first token of the phrase that ends at `i`; None where the noun needs another word before it."""
    start = i
    if noun.behind:
        of_one = i > 1 and tokens.small[i - 1] in POSSESSIVES
        before = tokens.said(i - 2, i) if of_one else tokens.words[i - 1] if i else ""
        if before.lower().replace("’", "'") not in noun.behind:
            return None
        start = i - 2 if of_one else i - 1
    if noun.needs_word and i and tokens.small[i - 1] in _never_behind():
        return None
    stop = max(0, i - _LONGEST)
    while start > stop:
        longer = _one_word_more(tokens, start)
        if longer == start:
            break
        start = longer
    return start


def _one_word_more(tokens: Tokens, start: int) -> int:
    """Where the phrase begins with the word before `start` taken in: a noun, an adjective or "parents'"; else `start`."""
    word, small = tokens.words[start - 1], tokens.small[start - 1]
    if small in PLURAL_POSSESSIVES and start > 1 and tokens.small[start - 2].endswith("s"):
        return start - 2 if tokens.words[start - 2].isalpha() else start
    if small == "and" and _shares_head(tokens, start):
        return start - 2
    if small == "local" and tokens.small[start] in agent_words().local_heads:
        return start - 1
    if (
        not small.replace("-", "").isalpha()
        or small in _outside()
        or small.endswith("ly")
        or is_number(small)
    ):
        return start
    if word[0].isupper():
        return start if _opens_as_verb(tokens, start - 1) else start - 1
    if may_be_verb(small) and not _is_noun(tokens, start - 1):
        return start
    return start - 1


def _shares_head(tokens: Tokens, start: int) -> bool:
    """Whether 'and' before `start` joins two words of one head: 'town and parish councils'."""
    before = tokens.small[start - 2] if start > 1 else ""
    return before in _areas() and tokens.small[start] in _areas()


def _opens_as_verb(tokens: Tokens, i: int) -> bool:
    """Whether a capitalised word only opens a sentence: 'Remind drivers' does, 'Taxi drivers' and 'Support workers' do not."""
    word = tokens.small[i]
    return tokens.opens_sentence(i) and may_be_verb(word) and word not in _modifiers()


def _is_noun(tokens: Tokens, i: int) -> bool:
    """Whether a word that may be a verb is none: 'the finance team', 'support workers', but 'to support workers'."""
    before = tokens.small[i - 1] if i else ""
    g = grammar()
    if before in _articles():
        return True
    done = before == "to" or before in g.modals or before in g.adverbs or before in g.dos
    return tokens.small[i] in _modifiers() and not done


def _without_naked(tokens: Tokens, found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions without those of one person or body that no article opens within a sentence: 'school visits'."""
    kept_end = -1
    for mention in found:
        start = mention.start
        before = tokens.small[start - 1] if start else ""
        listed = before in {"and", ",", "or", "&"} and kept_end >= start - 2
        if (
            mention.sort == "group"
            or tokens.opens_sentence(start)
            or before in grammar().before
            or before in POSSESSIVES
            or listed
        ):
            kept_end = mention.end
            yield mention


@functools.cache
def _areas() -> frozenset[str]:
    """What schools, councils and services are told apart by: 'primary', 'parish', 'adult'."""
    return frozenset(owner_words().areas + owner_words().body_modifiers) - agent_nouns().keys()


@functools.cache
def _articles() -> frozenset[str]:
    return frozenset({"the", "a", "an", "our", "its", "their", "your", "each", "every", "'s", "’s"})


@functools.cache
def _small_heads() -> frozenset[str]:
    return frozenset(owner_words().small_heads)


@functools.cache
def _never_behind() -> frozenset[str]:
    return frozenset(agent_words().never_behind)


@functools.cache
def _modifiers() -> frozenset[str]:
    return frozenset(agent_words().modifiers)


@functools.cache
def _outside() -> frozenset[str]:
    """Small words that end a phrase to the left: articles, numbers, prepositions, helpers, what opens a sentence."""
    words, counting, owners = acting_words(), agent_words(), owner_words()
    function = words.breaks + words.prepositions + words.adverbs + words.before_names + words.modals
    function += words.haves + words.bes + words.dos + words.conditions + owners.openers + owners.months
    return (
        frozenset(function + counting.quantifiers + counting.pointing + counting.times)
        - _modifiers()
        - {"lead", "small"}
    )
