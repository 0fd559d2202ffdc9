"""Reads the people of a title block: 'Ann Lee (on behalf of ABC) / Bob Ray', 'Councillor Jane Doe, Cabinet Member'."""

from __future__ import annotations

import re

from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations
from pipeline.nlp.names import kind_of, lexicon
from pipeline.nlp.owner_cells import read_owners
from pipeline.passages import Passage
from pipeline.records import OfficerName, Owner


def read_people(value: Passage, defined: Abbreviations = NONE_DEFINED) -> tuple[OfficerName, ...]:
    """The people that a title block's value names, without honorifics of members and without their posts.

    Where nobody is named the posts, teams or bodies stand for them ('Head of Libraries'); () for an empty value.
    """
    owners = read_owners(value, defined)
    people = [owner for owner in owners if owner.kind in {"person", "member"}]
    return tuple(OfficerName(_plain(owner), owner.on_behalf_of) for owner in people or owners)


def _plain(owner: Owner) -> str:
    """The name without 'Councillor' or 'Cllr' before it; a lone surname keeps its title."""
    titles = "|".join(re.escape(title) for title in lexicon().members)
    bare = re.sub(rf"^(?:{titles})\b\.?\s+", "", owner.name, flags=re.IGNORECASE)
    return bare if " " in bare and kind_of(owner.name) == "member" else owner.name
