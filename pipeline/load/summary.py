"""What one observation comes to in a word: who owns it, by when, and whether there is still something to do."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.records import Deadline, Owner

# Overdue is only what somebody still has to do.
ENDED = (
    "complete",
    "superseded",
    "closed",
    "no_further_action",
    "not_applicable",
    "rejected",
    "withdrawn",
    "cancelled",
)
TURNED_DOWN = ("rejected",)
FINISHED_RATINGS = ("complete",)


class Due(msgspec.Struct, frozen=True):
    """All deadlines as printed, the first and last day of the one that counts, and what its year was taken from."""

    words: str | None = None
    earliest: str | None = None
    latest: str | None = None
    inferred_from: str = ""


def due_of(deadlines: Sequence[Deadline]) -> Due:
    """The deadline that counts: the last revised one if any is revised, else the last target.

    What recurs has no end, and what is over ('actual') is no deadline; both still stand in the words.
    """
    words = "; ".join(dict.fromkeys(one.words for one in deadlines)) or None
    revised = [one for one in deadlines if one.role == "revised"]
    pool = revised or [one for one in deadlines if one.role == "target"]
    ends = [one for one in pool if one.latest and one.kind != "recurring"]
    last = max(ends, key=lambda one: (one.latest or "", one.earliest or ""), default=None)
    return Due(words, last.earliest, last.latest, last.inferred_from) if last else Due(words)


def owners_of(owners: Sequence[Owner]) -> str | None:
    """The owners' names in the printed order, each once; None for none."""
    return "; ".join(dict.fromkeys(owner.name for owner in owners)) or None
