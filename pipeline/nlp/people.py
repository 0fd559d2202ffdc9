"""Reads the people of a title block: 'Ann Lee (on behalf of ABC) / Bob Ray', 'Councillor Jane Doe, Cabinet Member'."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations
from pipeline.nlp.names import kind_of, lexicon
from pipeline.nlp.owner_cells import read_owners
from pipeline.nlp.verbs import verbs
from pipeline.passages import Passage
from pipeline.records import OfficerName, Owner

_LONGEST_SIGNATURE = 14  # words
_MOSTLY_NAMED = 0.75  # of a text that says only who somebody is


def read_people(value: Passage, defined: Abbreviations = NONE_DEFINED) -> tuple[OfficerName, ...]:
    """The people that a title block's value names, without honorifics of members and without their posts.

    Where nobody is named the posts, teams or bodies stand for them ('Head of Libraries'); () for an empty value.
    """
    owners = read_owners(value, defined)
    people = [owner for owner in owners if owner.kind in {"person", "member"}]
    return tuple(OfficerName(_plain(owner), owner.on_behalf_of) for owner in people or owners)


def is_signature(text: str) -> bool:
    """Whether a text says nothing but who has signed the paper: a name, perhaps with a post ("J. Pye, Clerk")."""
    words = text.split()
    if not 1 < len(words) <= _LONGEST_SIGNATURE or text.endswith("."):
        return False
    owners = read_owners(Passage.plain(text))
    signed = owners[:1] and owners[0].kind in ("person", "member")
    return bool(signed) and says_only(owners, text)


def says_only(owners: Sequence[Owner], text: str) -> bool:
    """Whether a text says hardly more than the owners read from it."""
    return sum(len(owner.printed) for owner in owners) > _MOSTLY_NAMED * len(text)


def is_task(text: str) -> bool:
    """Whether a text opens with a verb that begins no post: "Appoint Parks Manager", not "Support Services Manager"."""
    opens = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    return opens in verbs().plain and opens not in _post_words()


@functools.cache
def _post_words() -> frozenset[str]:
    lex = lexicon()
    names = lex.post_heads | lex.post_prefixes | lex.areas | lex.lone_posts
    return frozenset(word for name in names for word in name.split())


def _plain(owner: Owner) -> str:
    """The name without 'Councillor' or 'Cllr' before it; a lone surname keeps its title."""
    titles = "|".join(re.escape(title) for title in lexicon().members)
    bare = re.sub(rf"^(?:{titles})\b\.?\s+", "", owner.name, flags=re.IGNORECASE)
    return bare if " " in bare and kind_of(owner.name) == "member" else owner.name
