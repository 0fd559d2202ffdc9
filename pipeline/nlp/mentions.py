"""Finds where a text says the name of a person, a post or a body; whether it acts is decided elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from pipeline.knowledge.agents import agent_words
from pipeline.knowledge.owners import acting_words, given_names, owner_words
from pipeline.nlp.names import ABBREVIATION, INITIAL, Sort, ends_name, lexicon, sort_of, words_of
from pipeline.nlp.tokens import Tokens
from pipeline.nlp.verbs import is_verb

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
LISTING = frozenset({"and", "&", ",", "/"})
# Words that may part a name from the next one.
PARTING = LISTING | POSSESSIVES | {"of", "for", "the"}
WHOLE = frozenset(
    {
        "person",
        "member",
        "post",
        "bare_post",
        "team",
        "body",
        "partnership",
        "group",
        "abbreviation",
        "initials",
    }
)
PEOPLE = frozenset({"person", "member"})
AREA_LINK = re.compile(r"\b(?:of|for)\b")


class Mention(msgspec.Struct, frozen=True):
    """A name said in the tokens `start` to `end`. `bare` says that only a head is said ("the Group").

    `common` marks what is said by a common noun in small letters ("the contractor").
    """

    start: int
    end: int
    name: str
    sort: Sort
    bare: bool = False
    possessive: bool = False
    common: bool = False

    @property
    def loose(self) -> bool:
        """Whether it names nobody by a name of its own: 'drivers', 'schools', 'the contractor'."""
        return self.common or self.sort == "group"

    @property
    def plural(self) -> bool:
        """Whether a plain verb form may follow: 'Schools offer', 'officers work'."""
        return self.sort == "group" or self.name.lower().endswith(("s", "police", "staff"))


def find_mentions(tokens: Tokens, known: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """The names said in a text, in order. `known` are single words that are names wherever they stand ("Veolia")."""
    found: list[Mention] = []
    for start, end in tokens.runs:
        found += [mention for cut in _cut(tokens, start, end) if (mention := _mention(tokens, *cut, known))]
    return tuple(found)


def _cut(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in a run of name words: cut at commas, 'and', 'of' and possessives that stand inside no name."""
    start = _without_openers(tokens, start, end)
    at = start
    for i in range(start, end):
        if tokens.small[i] not in PARTING or (tokens.wholes and any(a < i < b for a, b in tokens.wholes)):
            continue
        if i >= at and _parts(tokens, at, i, end):
            if i > at:
                yield at, i
            at = i + 1
    if at < end:
        yield at, end


def _without_openers(tokens: Tokens, start: int, end: int) -> int:
    """Where the run begins without words that only open a sentence ('The', 'Additionally', 'Working')."""
    openers = _openers()
    while start < end and (
        (tokens.small[start] in openers and not _is_initials(tokens, start))
        or (
            tokens.opens_sentence(start)
            and is_verb(tokens.small[start])
            and not _is_party(tokens.words[start])
        )
    ):
        start += 1
    if (
        end - start > 1
        and ABBREVIATION.fullmatch(tokens.words[start + 1])
        and start
        and tokens.small[start - 1] in {"in", "across", "within"}
    ):
        return start + 1
    return start


def _is_initials(tokens: Tokens, i: int) -> bool:
    """Whether two capitals that read like a small word are somebody's initials: 'AT will write'."""
    word, after = tokens.words[i], tokens.small[i + 1 : i + 2]
    return len(word) == 2 and word.isupper() and bool(after) and (after[0] in _helpers() or after[0] == "to")


def _is_party(word: str) -> bool:
    return sort_of(word) in {"group", "body", "abbreviation", "bare_post"}


@functools.cache
def _not_bodies() -> frozenset[str]:
    return frozenset(owner_words().not_bodies)


@functools.cache
def _openers() -> frozenset[str]:
    return frozenset(owner_words().openers)


def _parts(tokens: Tokens, at: int, i: int, end: int) -> bool:
    """Whether token `i` parts the name begun at `at` from what follows."""
    word = tokens.small[i]
    if word in {"of", "for"}:
        heads = (
            tokens.small[at:i]
            if word == "for" and "of" in tokens.small[at:i]
            else tokens.small[max(at, i - 1) : i]
        )
        return i + 1 == end or not any(before in _area_heads() for before in heads)
    if word == "the":
        return i == at or tokens.small[i - 1] not in {"of", "for"}
    if word in POSSESSIVES:
        return i > at and sort_of(tokens.said(at, i)) in {"body", "abbreviation", "person", "member"}
    if word == "/":
        return True
    return word in LISTING and _lists(tokens, at, i, end)


@functools.cache
def _area_heads() -> frozenset[str]:
    """Words after which 'of' and 'for' go on with the name: 'Head of', 'Board of', 'Department for'."""
    lex = lexicon()
    return (
        lex.post_heads
        | lex.heads
        | {"member", "institute", "chamber", "house", "bank", "transport", "friends", "minister"}
    )


def _lists(tokens: Tokens, at: int, i: int, end: int) -> bool:
    """Whether a comma or 'and' parts two names: it does where both sides are whole, or neither side needs the other."""
    following = next((j for j in range(i + 1, end) if tokens.small[j] in LISTING), end)
    if i == at or following == i + 1 or tokens.small[i + 1] in {"the", "for", "of"}:
        return True
    left, right, rest = tokens.said(at, i), tokens.said(i + 1, following), tokens.said(i + 1, end)
    lex = lexicon()
    if sort_of(left) == "part":
        areas = [word.lower() in lex.areas for word in words_of(left)]
        whole = sort_of(rest) in {"team", "body", "post", "partnership"}
        return not (any(areas) and whole and (tokens.small[i] != "," or sort_of(right) == "part"))
    if sort_of(left) == "post" and AREA_LINK.search(left) and tokens.small[i] != ",":
        return sort_of(right) not in {"part", "team", "group"} or ends_name(right)
    return True


def _mention(tokens: Tokens, start: int, end: int, known: frozenset[str]) -> Mention | None:
    """The mention of the tokens, small words at its ends dropped, words before a small head taken in; None for none."""
    while start < end and tokens.small[start] in PARTING:
        start += 1
    while end > start and tokens.small[end - 1] in PARTING:
        end -= 1
    if start == end:
        return None
    if tokens.words[start][0].islower() or start + 1 == end:
        start = _widened(tokens, start, end)
    if start and f"{tokens.small[start - 1]} {tokens.said(start, end).lower()}" in lexicon().lone_bodies:
        start -= 1  # "full Council"
    name = tokens.said(start, end)
    sort = sort_of(name)
    possessive = end < len(tokens.small) and tokens.small[end] in POSSESSIVES
    after = tokens.small[end + 1 : end + 2]
    if (
        possessive
        and tokens.small[end] in {"'s", "’s"}
        and (not after or after[0] in _helpers() or not after[0].isalnum())
    ):
        end, possessive = end + 1, False
        name = tokens.said(start, end)
    if not _may_be_party(tokens, start, end, sort) and not (
        end - start == 1 and tokens.words[start] in known
    ):
        return None
    sort = _without_guess(name, sort)
    bare = sort in {"part", "body", "bare_post", "team"} and _is_bare(tokens, start, end)
    return Mention(start, end, name, sort, bare, possessive)


@functools.cache
def _helpers() -> frozenset[str]:
    """Verbs before which an 's belongs to the name: "Barnardo's will"."""
    words = acting_words()
    return frozenset(words.modals + words.haves + words.bes)


def _widened(tokens: Tokens, start: int, end: int) -> int:
    """Where a name begins whose first words are printed small: 'corporate events team'."""
    if tokens.small[end - 1] not in _all_heads():
        return start
    stop = max(0, start - 3)
    while start > stop and _modifies(tokens, start - 1):
        start -= 1
    return start


@functools.cache
def _all_heads() -> frozenset[str]:
    lex = lexicon()
    return lex.heads | lex.post_heads | lex.people


def _modifies(tokens: Tokens, i: int) -> bool:
    word = tokens.small[i]
    if word in _body_modifiers():
        return word == tokens.words[i]
    return (
        word == tokens.words[i]
        and word.replace("-", "").isalpha()
        and word not in _breaks()
        and not word.endswith("ly")
        and not is_verb(word)
        and not tokens.opens_sentence(i)
    )


@functools.cache
def _body_modifiers() -> frozenset[str]:
    return frozenset(owner_words().body_modifiers)


@functools.cache
def _breaks() -> frozenset[str]:
    words = acting_words()
    return frozenset(words.breaks + words.prepositions + words.adverbs + words.joint_work) - {"partner"}


def _is_bare(tokens: Tokens, start: int, end: int) -> bool:
    """Whether only a head is said, perhaps with the small word of its kind: 'Group', 'sub group', 'county council'."""
    modifiers = _body_modifiers()
    return (
        all(word in modifiers for word in tokens.small[start : end - 1])
        and tokens.small[end - 1] in lexicon().heads
    )


def _without_guess(name: str, sort: Sort) -> Sort:
    """In running text two capitals make no person: a given name, an initial or a title must say so."""
    if sort != "person":
        return sort
    first = words_of(name)[0]
    known = (
        first.lower() in given_names()
        or first.lower().rstrip(".") in lexicon().honorifics
        or INITIAL.fullmatch(first)
    )
    return "person" if known else "part"


def _may_be_party(tokens: Tokens, start: int, end: int, sort: Sort) -> bool:
    """Whether the words can name one who acts; plans, papers, months and lone sentence openers cannot."""
    lex, last = lexicon(), tokens.small[end - 1]
    if tokens.small[start] in _openers() and end - start == 1 and sort != "initials":
        return False
    if end - start == 1 and last in _not_bodies():
        return False
    if last in lex.things:
        return False
    if last in {"group", "groups"} and not _names_group(tokens, start, end):
        return False
    if sort in WHOLE:
        return True
    small = tokens.words[start].islower() and tokens.words[end - 1].islower()
    if small or (end - start == 1 and (tokens.opens_sentence(start) or last in lex.areas)):
        return not small and (is_known_name(tokens.words[start]) or _is_service(tokens, start))
    return True


def _names_group(tokens: Tokens, start: int, end: int) -> bool:
    """Whether 'group' is said of a body, not of a sort of people: 'Sub Group', 'working group', 'MASH group', 'the Group'."""
    if tokens.words[end - 1][0].isupper():
        return True
    before = tokens.words[end - 2] if end - 2 >= start else ""
    return before.lower() in _body_modifiers() or before[:1].isupper()


def _is_service(tokens: Tokens, i: int) -> bool:
    """Whether a service is said by its area alone: 'Highways will'."""
    following = tokens.small[i + 1 : i + 2]
    return tokens.small[i] in agent_words().services and bool(following) and following[0] in _helpers()


def is_known_name(word: str) -> bool:
    """Whether a single word names a party by itself at the head of a sentence: an abbreviation, 'Cabinet', 'Schools'."""
    return bool(ABBREVIATION.fullmatch(word)) or sort_of(word) in {"group", "body"}
