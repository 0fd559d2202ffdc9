"""Which of several deadlines a record shows as its timeline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Deadline

_DATED = ("date", "period")
_LASTING = ("recurring", "ongoing")
_REVIEWED = re.compile(r"(?:to be )?review(?:ed)?\b", re.IGNORECASE)


def main_timeline(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The revised date (one that says more than "TBC") that ends last, else the target: what recurs if printed first, else the date that ends last.

    After these come times without a date, then the actual date, then what says that there is none; None for no
    deadline at all. Of equals the first printed is taken.
    """
    revised = [d for d in deadlines if d.role == "revised" and d.kind != "none"]
    for choice in (_bounded(revised), revised[:1]):
        if choice:
            return choice[0]
    targets = [d for d in deadlines if d.role == "target" and d.kind != "none"]
    if targets and targets[0].kind == "recurring":
        return targets[0]
    fallbacks = (
        _bounded([d for d in targets if not _REVIEWED.match(d.words)]),  # "June 2025. Review: May 2026"
        _bounded(targets),
        [d for d in targets if d.kind in _DATED],
        [d for d in targets if d.kind in _LASTING],
        targets,
        _bounded([d for d in deadlines if d.role == "actual"]),
        list(deadlines),
    )
    return next((choice[0] for choice in fallbacks if choice), None)


def _bounded(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Those with a last day, the one that ends last first."""
    dated = [d for d in deadlines if d.latest]
    return sorted(dated, key=lambda d: d.latest or "", reverse=True)
