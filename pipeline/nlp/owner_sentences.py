"""Finds owners inside sentences: 'Clerk to arrange', 'AT will write to the school', '(Owner: Jane Doe)'."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.knowledge.owners import acting_words, owner_words
from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations
from pipeline.nlp.acting import chains
from pipeline.nlp.mentions import Mention, find_mentions
from pipeline.nlp.names import party_key, sort_of
from pipeline.nlp.owner_cells import read_owners
from pipeline.nlp.tokens import Tokens, read_tokens
from pipeline.passages import Passage
from pipeline.records import Owner

OWNER_LABEL = re.compile(
    r"\((?=(?:action\s+)?(?:owners?|lead(?:\s+officers?)?|responsible(?:\s+officers?)?)\s*:)[^()]{3,120}\)",
    re.IGNORECASE,
)
NAMED = frozenset(
    {
        "person",
        "member",
        "initials",
        "abbreviation",
        "post",
        "bare_post",
        "team",
        "body",
        "partnership",
        "group",
    }
)
PROMISES = frozenset({"undertook", "agreed", "offered", "volunteered", "promised", "committed"})


def owners_in_sentence(passage: Passage, defined: Abbreviations = NONE_DEFINED) -> tuple[Owner, ...]:
    """The parties that sentences give a task to, in printed order, none more certain than 'likely'.

    A party counts that stands before 'to', 'will', 'would' or 'undertook to' and a verb; one that has done something,
    or to whom something is done, does not. A label in brackets ('(Owner: Jane Doe)') counts too.
    """
    places = [(match.start(), match.end()) for match in OWNER_LABEL.finditer(passage.text)]
    tokens = read_tokens(passage.text)
    mentions = find_mentions(tokens)
    places += [
        _place(tokens, mentions[a], mentions[b])
        for a, b in chains(tokens, mentions)
        if _is_tasked(tokens, mentions, a, b)
    ]
    owners = (owner for place in sorted(places) for owner in read_owners(passage.part(*place), defined))
    found: dict[str, Owner] = {}
    for owner in owners:
        found.setdefault(party_key(owner.name), _less_certain(owner))
    return tuple(found.values())


def _less_certain(owner: Owner) -> Owner:
    return owner if owner.certainty == "unsure" else msgspec.structs.replace(owner, certainty="likely")


def _place(tokens: Tokens, first: Mention, last: Mention) -> tuple[int, int]:
    """The letters from the first mention's begin to the last one's end."""
    return tokens.starts[first.start], tokens.starts[last.end - 1] + len(tokens.words[last.end - 1])


def _is_tasked(tokens: Tokens, mentions: Sequence[Mention], first: int, last: int) -> bool:
    """Whether the parties `first` to `last` open a clause and stand before a task."""
    listed = mentions[first : last + 1]
    plural = listed[0].name.split(" ")[0].lower().rstrip(".") in owner_words().plural_honorifics
    if any(mention.possessive or not (_is_named(mention) or plural) for mention in listed):
        return False
    end = mentions[last].end
    if (
        last > first
        and mentions[last].sort in {"post", "bare_post"}
        and tokens.small[end : end + 1] == (",",)
    ):
        end += 1
    return _opens_clause(tokens, mentions[first].start) and _task_follows(tokens.small[end : end + 3])


def _is_named(mention: Mention) -> bool:
    """Whether the mention is surely a party, or two capitals that can hardly be anything but a person's."""
    return mention.sort in NAMED or sort_of(mention.name) == "person"


def _task_follows(words: tuple[str, ...]) -> bool:
    """Whether 'to chase', 'will write', 'are to meet', 'undertook to confirm' begins the words."""
    if len(words) < 2 or not words[1].isalpha():
        return False
    if words[0] in {"will", "would", "shall"}:
        return words[1] not in {"be", "have", "not"} or words[1:] == ("be", "asked")
    if words[:2] in (("is", "to"), ("are", "to")) or (words[0] in PROMISES and words[1] == "to"):
        return len(words) == 3 and words[2] != "be"
    return words[0] == "to" and (words[1] not in {"the", "a", "an", "be"} or words[1:] == ("be", "asked"))


def _opens_clause(tokens: Tokens, start: int) -> bool:
    """Whether a clause begins at `start`, 'the' and 'that' left out: nothing before it takes it as an object."""
    i = start - 1
    while i >= 0 and tokens.small[i] in {"the", "that", "and", "then", "relevant", "all"}:
        i -= 1
    if (
        i < 0
        or tokens.opens_sentence(i + 1)
        or tokens.small[i] in {",", "(", "-", "agreed", "noted", "resolved"}
    ):
        return True
    return (
        i == start - 2
        and tokens.small[i + 1] == "that"
        and tokens.small[i] not in acting_words().prepositions
    )
