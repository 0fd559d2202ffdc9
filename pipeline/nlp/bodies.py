"""Joins the spellings of one body within a paper: hyphens, capitals, abbreviations, a name's last words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations, spells
from pipeline.nlp.mentions import Mention, find_mentions
from pipeline.nlp.names import ABBREVIATION, lexicon, party_key, sort_of, tidy, words_of
from pipeline.nlp.tokens import Tokens, read_tokens
from pipeline.nlp.verbs import is_verb
from pipeline.passages import Passage

SUB_BODY = re.compile(r"\bsub(?:group|committee|panel)s?\b")
NAMED = frozenset({"body", "team", "partnership", "abbreviation"})


class Bodies(msgspec.Struct, frozen=True):
    """The bodies that a paper names.

    `shorts`: key of a full name -> key of its abbreviation; `same`: key of a name -> key of the party;
    `names`: key of the party -> the name to keep; `heads`: last word -> the only party that has it;
    `words`: single words that are printed with a capital within sentences, and never small.
    """

    shorts: dict[str, str] = {}
    same: dict[str, str] = {}
    names: dict[str, str] = {}
    heads: dict[str, str] = {}
    words: frozenset[str] = frozenset()


NO_BODIES = Bodies()


def gather_bodies(passages: Iterable[Passage], defined: Abbreviations = NONE_DEFINED) -> Bodies:
    """The bodies named anywhere in a paper, the spellings of each joined.

    An abbreviation and a name whose initials it gives are one body, also where the paper does not say so.
    """
    texts = [read_tokens(passage.text) for passage in passages]
    printed = Counter(tidy(m.name) for tokens in texts for m in _named(tokens))
    shorts = _shorts(printed, defined)
    spellings: dict[str, Counter[str]] = {}
    for name, count in printed.items():
        spellings.setdefault(entity_key(name, shorts), Counter())[name] += count
    same = _endings(spellings)
    names = {key: _kept(counted, defined) for key, counted in spellings.items() if key not in same}
    return Bodies(shorts, same, names, _only_heads(names, shorts), _capital_words(texts))


def _named(tokens: Tokens) -> list[Mention]:
    return [
        m
        for m in find_mentions(tokens)
        if m.sort in NAMED and not m.bare and not m.name.lower().startswith("full ")
    ]


def _capital_words(texts: Iterable[Tokens]) -> frozenset[str]:
    """Single unknown words that stand with a capital within a sentence and nowhere in small letters."""
    capital, small = set[str](), set[str]()
    for tokens in texts:
        small.update(tokens.words)
        capital.update(
            tokens.words[a]
            for a, b in tokens.runs
            if b - a == 1 and not tokens.opens_sentence(a) and sort_of(tokens.words[a]) == "part"
        )
    lex = lexicon()
    return frozenset(
        word
        for word in capital
        if not ((w := word.lower()) in small or w in lex.areas or w in lex.things or _is_verdict(w))
    )


def _is_verdict(word: str) -> bool:
    """Whether a word is one that decisions are printed with in capitals: 'Partially Accepted'."""
    return word.endswith("ly") or is_verb(word)


def _shorts(printed: Mapping[str, int], defined: Abbreviations) -> dict[str, str]:
    """Key of a full name -> key of the abbreviation that its initials give, where only one name gives it."""
    shorts = {party_key(full): party_key(short) for short, full in defined.full.items()}
    names: dict[str, list[tuple[str, list[str]]]] = {}
    for begin in dict.fromkeys(begin for name in printed for begin in _beginnings(name)):
        names.setdefault(begin[:1].lower(), []).append((begin, words_of(begin)))
    for short in (name for name in printed if ABBREVIATION.fullmatch(name)):
        like = names.get(short[:1].lower(), ())
        full = {party_key(name) for name, words in like if len(words) > 1 and spells(words, short)}
        if len(full) == 1:
            shorts.setdefault(full.pop(), party_key(short))
    return shorts


def _beginnings(name: str) -> list[str]:
    """The name, and its first words where they are a body of their own: 'Hill Board' of 'Hill Board Finance Panel'."""
    words = name.split(" ")
    heads = lexicon().heads
    return [
        " ".join(words[: i + 1])
        for i, word in enumerate(words)
        if i and (word.lower() in heads or i + 1 == len(words))
    ]


def entity_key(name: str, shorts: Mapping[str, str]) -> str:
    """A key that the spellings of one body share: full names shortened, sub-committees and sub-groups alike."""
    key = SUB_BODY.sub("sub", party_key(name))
    for full, short in shorts.items():
        if full in key:
            key = f" {key} ".replace(f" {full} ", f" {short} ").strip()
    first, _, rest = key.partition(" ")
    return first if rest == "team" and ABBREVIATION.match(tidy(name).split()[0]) else key


def _endings(keys: Iterable[str]) -> dict[str, str]:
    """Keys that are the last words of exactly one other key: 'quay panel' of 'fbc quay panel'."""
    keys, longer = list(keys), dict[str, list[str]]()
    for key in keys:
        words = key.split(" ")
        for start in range(1, len(words) - 1):
            longer.setdefault(" ".join(words[start:]), []).append(key)
    return {key: longer[key][0] for key in keys if len(longer.get(key, ())) == 1}


def _kept(counted: Counter[str], defined: Abbreviations) -> str:
    """The name to keep: the full one where the paper defines it, else the one printed most often."""
    for name in counted:
        if name in defined.full:
            return defined.full[name]
    return max(counted, key=lambda name: (counted[name], name[:1].isupper(), len(name)))


def last_head(name: str, shorts: Mapping[str, str]) -> str:
    """The last word of a name as a class, of an abbreviation that of its full name; sub-groups and sub-committees are one."""
    key = party_key(name)
    full = next((full for full, short in shorts.items() if short == key), key)
    return SUB_BODY.sub("sub", full).rsplit(" ", 1)[-1]


def _only_heads(names: Mapping[str, str], shorts: Mapping[str, str]) -> dict[str, str]:
    heads: dict[str, list[str]] = {}
    for name in names.values():
        heads.setdefault(last_head(name, shorts), []).append(name)
    return {head: found[0] for head, found in heads.items() if len(found) == 1}
