"""Several readings of one page compared, and the best kept with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Box, Table

_CLEARLY = 0.02  # a later flavour must be better by so much


def chosen(readings: Sequence[Sequence[Table]]) -> list[Table]:
    """The best reading of each region of the page, from the top; earlier readings win where scores are near.

    Each reading is what one flavour found; tables of different readings that overlap compete.
    """
    kept = list(readings[0]) if readings else []
    for later in readings[1:]:
        for table in later:
            rivals = [other for other in kept if _overlap(table, other)]
            if not rivals:
                kept.append(table)
                continue
            if _worth(table) > _worth_of_all(rivals) + _CLEARLY * _worth_of_all(rivals):
                reason = f"{table.flavour} holds more of the text than {rivals[0].flavour}"
                kept = [other for other in kept if other not in rivals]
                kept.append(msgspec.structs.replace(table, reason=reason))
    return sorted(kept, key=lambda t: (t.places[0].box.top, t.places[0].box.x0))


def _worth(table: Table) -> float:
    return table.score * sum(1 for _ in table.words)


def _worth_of_all(tables: Sequence[Table]) -> float:
    return sum(_worth(table) for table in tables)


def _overlap(a: Table, b: Table) -> bool:
    return _shared(a.places[0].box, b.places[0].box) > 0.1


def _shared(a: Box, b: Box) -> float:
    """The part of the smaller box that the other covers."""
    width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)
    smaller = min(a.width * a.height, b.width * b.height)
    return max(width, 0.0) * max(height, 0.0) / max(smaller, 1.0)
