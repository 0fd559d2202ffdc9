"""Words that state a decision, how far something has come, a rating or parties, and nothing else: "Partly agreed", "On hold", "Amber"."""

from __future__ import annotations

import functools

from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.decisions import read_decision
from pipeline.nlp.owner_cells import read_owners
from pipeline.nlp.progress import read_progress
from pipeline.nlp.rating_keys import colour_names
from pipeline.passages import Passage

_LONGEST = 5  # words
_MOSTLY_NAMED = 0.7  # of the letters must be names
_ALL = 0.9  # of the letters must say it


@functools.lru_cache(maxsize=4096)
def stated_progress(text: str) -> Field | None:
    """ "rag" or "status" where words are a rating or a state; None where they say anything else."""
    said = _bare(text)
    if said.lower() in colour_names():
        return "rag"
    stated = read_progress(Passage.plain(said), column=True) if said else None
    if stated is not None and stated.certainty != "certain":  # in no column, "Sign-off" may be a title
        stated = read_progress(Passage.plain(said), column=False)
    return "status" if stated is not None and len(stated.words) >= _ALL * len(said) else None


@functools.lru_cache(maxsize=4096)
def stated_field(text: str) -> Field | None:
    """What words state that are a decision, a state or a rating and nothing else."""
    said = _bare(text)
    stated = read_decision(Passage.plain(said), column=True) if said else None
    decides = stated is not None and len(stated.words) >= _ALL * len(said)
    return "decision" if decides else stated_progress(text)


@functools.lru_cache(maxsize=4096)
def names_parties(text: str) -> bool:
    """Whether words name people, posts, teams or bodies and hardly anything else."""
    owners = read_owners(Passage.plain(text))
    known = owners and all(owner.kind != "unknown" for owner in owners)
    return bool(known) and sum(len(owner.printed) for owner in owners) >= _MOSTLY_NAMED * len(text)


def _bare(text: str) -> str:
    said = text.strip(" .:")
    return said if len(said.split()) <= _LONGEST else ""
