"""Reads who is to act: the owners that a cell names, in printed order, one a party."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.knowledge.owners import owner_words
from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations
from pipeline.nlp.names import (
    is_member_post,
    kind_of,
    kind_of_sort,
    lexicon,
    party_key,
    tidy,
    words_of,
)
from pipeline.nlp.owner_joining import LETTERS, Draft, drafts_of
from pipeline.nlp.owner_pieces import cut, doubtful_lines
from pipeline.passages import Passage
from pipeline.records import Certainty, Owner, less_sure

_SHORT_POST = 4  # words: "Chair of the Committee"
_SEPARATED = re.compile(
    r"[,/;]|\s&\s.*\b(?:for|of|team|officer|manager|service|lead|nurse|deputy)\b", re.IGNORECASE
)


def says_no_owner(text: str) -> bool:
    """Whether a cell's words say that there is no owner ('N/A', 'TBC', '-'); true of an empty cell."""
    small = text.strip().lower()
    return not small or small in owner_words().no_owner or small.rstrip(".") in owner_words().no_owner


def read_owners(cell: Passage, defined: Abbreviations = NONE_DEFINED) -> tuple[Owner, ...]:
    """The owners of a cell in printed order, one a party; () where none is named.

    `name` is without telephone numbers, addresses and remarks; `printed` holds every letter from the first to the
    last that belong to the owner. Words that name nobody ('Completed', 'TBC') are in no owner.
    """
    if says_no_owner(cell.text):
        return ()
    pieces = [piece for piece in cut(cell) if not _names_nobody(cell.text[piece.start : piece.end])]
    doubts = tuple(doubtful_lines(cell))
    drafts = drafts_of(pieces, cell.text)
    return _one_a_party(_owner(draft, cell, defined, _is_doubtful(draft, doubts)) for draft in drafts)


def _is_doubtful(draft: Draft, doubts: Iterable[tuple[int, int]]) -> bool:
    start, end = draft.name
    return any(start < until and begin < end for begin, until in doubts)


def _names_nobody(said: str) -> bool:
    small = said.lower().strip(" .")
    return says_no_owner(small) or small in owner_words().status_words or not re.search(r"[A-Za-zÀ-ÿ]", said)


def _owner(draft: Draft, cell: Passage, defined: Abbreviations, doubtful: bool) -> Owner:
    name = tidy(cell.text[slice(*draft.name)])
    if draft.plural:
        name = "Cllr " + re.sub(r"^(?:cllrs|councillors)\b\.?\s*", "", name, flags=re.IGNORECASE)
    full = defined.resolve(name)
    return Owner(
        name=full,
        printed=cell.text[slice(*draft.printed)].strip(),
        kind=kind_of(full) if full != name or draft.sort == "abbreviation" else kind_of_sort(draft.sort),
        role=_role(draft, full),
        post=draft.post,
        on_behalf_of=defined.resolve(draft.on_behalf_of) if draft.on_behalf_of else None,
        certainty=less_sure(
            _certainty(draft, name, resolved=full != name), "likely" if doubtful else "certain"
        ),
        evidence=cell.evidence(*draft.printed),
    )


def _role(draft: Draft, name: str) -> str:
    if draft.role == "lead" and (is_member_post(draft.post or name)):
        return "member"
    return draft.role


def _certainty(draft: Draft, name: str, *, resolved: bool) -> Certainty:
    if draft.sort == "part":
        return "unsure"
    short = draft.sort in LETTERS and not resolved  # "RD": the paper does not say who that is
    return "likely" if short or draft.guessed or _may_be_several(name) else "certain"


def _may_be_several(name: str) -> bool:
    """Whether a name holds a separator or a second head, so that it may be two: 'Head of Parks Estates Manager'."""
    words = [word.lower() for word in words_of(name)]
    heads = lexicon().post_heads | lexicon().ends
    opens = len(words) > _SHORT_POST and words[0] in heads and words[1] in lexicon().area_links
    titles = heads | lexicon().posts
    joint = lexicon().partnership_heads
    if any(a in joint and b not in titles | lexicon().area_links for a, b in pairwise(words)):
        return True  # "Ponds Partnership Board Oxley Chamber of Trade"
    headed = opens or any(a in heads and b not in titles | lexicon().area_links for a, b in pairwise(words))
    if _SEPARATED.search(name):
        return headed or words[-1] not in lexicon().ends  # "Strategy, Performance and Parks Division" is one
    return headed and words[-1] in heads


def _one_a_party(owners: Iterable[Owner]) -> tuple[Owner, ...]:
    found: dict[str, Owner] = {}
    for owner in owners:
        if owner.name:
            found.setdefault(party_key(owner.name), owner)
    return tuple(found.values())
