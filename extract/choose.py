"""Several readings of one page compared, and the best kept with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.flavours.quality import DOUBTFUL
from extract.shapes import Box, Table

_DRAWN = frozenset({"ruled", "boxed", "shaded"})
_CLEARLY = 0.02  # a later flavour must be better by so much
_SAME = 3.0  # points
_TWICE = 0.1  # of the smaller table's area: tables that share more read the same thing
_USED = 0.6  # share of a table's columns that hold text
_RUNNING = (
    0.3  # share of a single column's rows that go on in the middle of a sentence: tinted lines of a text
)
_TORN = 0.6  # a single row that holds no more of its line is a mark in a text
_WORTHLESS = 0.3  # a table that fits its words no better is a chart's bars
_SCATTERED = 0.25  # share of a drawing's boxes that hold text


def chosen(readings: Sequence[Sequence[Table]]) -> list[Table]:
    """The best reading of each region of the page, from the top; earlier readings win where scores are near.

    Each reading is what one flavour found; tables of different readings that overlap compete.
    """
    kept = list[Table]()
    for reading in readings:
        # A table inside of another's cell comes after it: its words stay in that cell, once.
        for table in sorted(reading, key=lambda table: any(_is_inside(table, other) for other in reading)):
            rivals = [other for other in kept if _overlap(table, other)]
            if not rivals:
                kept.append(table)
                continue
            reason = _better(table, rivals)
            if reason:
                kept = [other for other in kept if other not in rivals]
                kept.append(msgspec.structs.replace(table, reason=reason))
    return sorted(
        (table for table in kept if not _is_drawing(table)),
        key=lambda t: (t.places[0].box.top, t.places[0].box.x0),
    )


def doubtful(tables: Sequence[Table]) -> list[Table]:
    """The tables of rules or boxes whose cells fit the page's words badly: words across borders or beside the table,
    gutters inside of cells. Another reading of their page is worth its time.
    """
    return [
        table
        for table in tables
        if table.flavour in _DRAWN and table.columns > 1 and len(table.rows) > 1 and table.score < DOUBTFUL
    ]


def reconsidered(tables: Sequence[Table], opinion: Sequence[Table]) -> list[Table]:
    """The tables, the doubtful among them replaced where a second opinion of the same place is better."""
    doubts = doubtful(tables)
    return chosen([tables, [table for table in opinion if any(_overlap(table, doubt) for doubt in doubts)]])


def _is_drawing(table: Table) -> bool:
    """Whether rules or boxes make no table: a frame round a text, an empty chart, a diagram of boxes and arrows."""
    filled = [{c.column for c in row.cells if c.lines} for row in table.rows]
    columns = set[int]().union(*filled)
    if table.columns < 2:
        begun = [next(iter(row.cells)).text[:1].islower() for row in table.rows if row.cells and row.text]
        return sum(begun) >= _RUNNING * len(begun)
    if table.score < (_TORN if len(table.rows) == 1 else _WORTHLESS) and columns:
        return True
    share = sum(map(len, filled)) / max(sum(len(row.cells) for row in table.rows), 1)
    unheaded = len(columns) < _USED * table.columns or len(filled[0]) < 2
    return not columns or (unheaded and share < _SCATTERED)


def _better(table: Table, rivals: Sequence[Table]) -> str:
    """Why a table is to stand in its rivals' place; "" where it is not."""
    worth, theirs = _worth(table), _worth_of_all(rivals)
    if worth > (1 + _CLEARLY) * theirs:
        return f"{table.flavour} holds more of the text than {rivals[0].flavour}"
    if worth > theirs and _parts_further(table, rivals):
        return f"{table.flavour} parts texts that {rivals[0].flavour} has in one cell"
    spaced = all(rival.flavour == "aligned" for rival in rivals)
    if spaced and worth > (1 - _CLEARLY) * theirs and table.columns > max(r.columns for r in rivals):
        return f"{table.flavour} tells more columns apart than {rivals[0].flavour}"
    shares = any(cell.row_span > 1 for row in table.rows for cell in row.cells)
    if spaced and shares and worth > (1 - _CLEARLY) * theirs:
        return f"{table.flavour} keeps cells that rows share"
    return ""


def _parts_further(table: Table, rivals: Sequence[Table]) -> bool:
    """Whether a table fills more cells in as many columns of the same place."""
    (rival, *more), place = rivals, table.places[0].box
    other = rival.places[0].box
    apart = (getattr(place, side) - getattr(other, side) for side in ("x0", "top", "x1", "bottom"))
    same = all(abs(by) < _SAME for by in apart)
    return not more and same and table.columns >= rival.columns and _filled(table) > _filled(rival)


def _filled(table: Table) -> int:
    return sum(bool(cell.lines) for row in table.rows for cell in row.cells)


def _worth(table: Table) -> float:
    return table.score * sum(1 for _ in table.words)


def _worth_of_all(tables: Sequence[Table]) -> float:
    return sum(_worth(table) for table in tables)


def _is_inside(table: Table, other: Table) -> bool:
    """Whether a table stands inside of another that the same flavour found."""
    box, outer = table.places[0].box, other.places[0].box
    same = table is other or table.flavour != other.flavour or box == outer
    return not same and outer.holds((box.x0, box.top)) and outer.holds((box.x1, box.bottom))


def _overlap(a: Table, b: Table) -> bool:
    """Whether two tables claim much of the same place, or a word."""
    if not a.places[0].box.meets(b.places[0].box):
        return False
    return _shared(a.places[0].box, b.places[0].box) > _TWICE or _shares_word(a, b)


def _shares_word(a: Table, b: Table) -> bool:
    box = b.places[0].box
    return any(box.holds(word.box.middle) for word in a.words)


def _shared(a: Box, b: Box) -> float:
    """The part of the smaller box that the other covers."""
    width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)
    smaller = min(a.width * a.height, b.width * b.height)
    return max(width, 0.0) * max(height, 0.0) / max(smaller, 1.0)
