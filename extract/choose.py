"""Several readings of one page compared, and the best kept with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Box, Page, Table

DOUBTFUL = 0.97  # below this score another reading is asked for
_ACROSS = 2.0  # points by which a word may reach over its cell's border
_CLEARLY = 0.02  # a later flavour must be better by so much


def chosen(page: Page, readings: Sequence[Sequence[Table]]) -> list[Table]:
    """The best reading of each region of the page, from the top; earlier readings win where scores are near.

    Each reading is what one flavour found; tables of different readings that overlap compete.
    """
    scored = [[_scored(table, page) for table in tables] for tables in readings]
    kept = list(scored[0]) if scored else []
    for later in scored[1:]:
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


def quality(table: Table, page: Page) -> float:
    """0 to 1: how well a table's cells fit the words around them.

    It falls with words that reach over a border of their cell, and with words beside the table, at the height of its
    rows, that it does not hold (a column that was lost).
    """
    box = table.places[0].box
    words = list(table.words)
    if not words or table.columns < 2:
        return 0.0
    beside = sum(
        1
        for w in page.words
        if box.top < w.box.middle[1] < box.bottom and not box.x0 <= w.box.middle[0] <= box.x1
    )
    across = sum(
        1
        for row in table.rows
        for cell in row.cells
        for word in cell.words
        if word.box.x1 > cell.places[0].box.x1 + _ACROSS or word.box.x0 < cell.places[0].box.x0 - _ACROSS
    )
    return max(0.0, 1 - (beside + across) / (len(words) + beside))


def _scored(table: Table, page: Page) -> Table:
    return msgspec.structs.replace(table, score=round(quality(table, page), 4))


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
