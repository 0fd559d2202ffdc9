"""Tables whose heads change on the way down are cut in two, and heads printed again between rows are taken out.

A sheet of live actions and one of completed ones are often drawn as one table: "Due | Current position" above,
"Completed | Outcome" below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Box, Document, Place, Row, Table
from pipeline.headings import heads_apart, read_headings

_HEAD_ROWS = 3  # rows from the top among which the heads stand
_LEAST_HEADS = 3  # of a table's heads; forms have two cells a row
_LEAST_ALIKE = 2  # heads that a later row of heads shares with the first
_SHARE = 0.5  # of its filled cells
_LONGEST_HEAD = 60  # letters
_BETWEEN = 12  # rows behind heads among which those of the same form stand
_MOST_WORDS = 3  # of a head of a table that is no tracker


def with_heads_parted(document: Document) -> Document:
    """The document, its tables of several heads as several tables."""
    tables = tuple(part for table in document.tables for part in _parts(table))
    return msgspec.structs.replace(document, tables=tables)


def _parts(table: Table) -> Iterator[Table]:
    cuts, again = list[int](), list[int]()
    for i, row in enumerate(table.rows[1:], start=1):
        head = next((head for head in table.rows[: min(i, _HEAD_ROWS)] if _says_heads_of(row, head)), None)
        anew = (_below_banner(table.rows, i) and _is_head(row)) or _heads_other(table.rows, i)
        if anew and not any(_says_the_same(row, first) for first in table.rows[: min(i, _HEAD_ROWS)]):
            cuts.append(i)
            continue
        if head is None or not _is_head(head):
            continue
        if _texts(row) == _texts(head):
            form = _below_another(table.rows, i, head) or _takes_turns(table.rows, i, head)
            again += [] if form else [i]
        elif _is_head(row):
            cuts.append(i)
    if not cuts and not again:
        yield table
        return
    starts = [0, *(_with_banner(table.rows, at) for at in cuts)]
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        yield _part(table, start, end, frozenset(again))


def _below_banner(rows: Sequence[Row], at: int) -> bool:
    """Whether a row stands right below a text over all columns, as heads of a second table do below a first."""
    filled = [cell for cell in rows[at - 1].cells if cell.lines]
    if len(filled) != 1 or filled[0].column > 0 or filled[0].column_span <= _LEAST_HEADS:
        return False
    return any(_is_head(row) for row in rows[: min(at - 1, _HEAD_ROWS)])


def _below_another(rows: Sequence[Row], at: int, head: Row) -> bool:
    """Whether heads stand again below rows drawn as those above the first heads that say something else: the next form."""
    above = next(i for i, row in enumerate(rows) if row is head)
    if not 0 < above < at - above:
        return False
    first, then = rows[:above], rows[at - above : at]
    alike = all(_texts(a).keys() == _texts(b).keys() for a, b in zip(first, then, strict=True))
    return alike and all(_texts(a) != _texts(b) for a, b in zip(first, then, strict=True))


def _takes_turns(rows: Sequence[Row], at: int, head: Row) -> bool:
    """Whether other heads stand between two printings of the same: each recommendation has two rows of heads."""
    own = next(i for i, row in enumerate(rows) if row is head)
    between = rows[own + 2 : min(at, own + _BETWEEN)] if own < _HEAD_ROWS else ()
    before = rows[: max(own - 1, 0)]
    return any(_is_head(row) and not _says_the_same(row, head) for row in (*before, *between))


def _says_the_same(row: Row, head: Row) -> bool:
    return _texts(row) == _texts(head)


def _says_heads_of(row: Row, head: Row) -> bool:
    """Whether enough of a row's cells say what the heads over them say; told from first words before whole texts."""
    enough = max(_LEAST_ALIKE, _SHARE * sum(1 for cell in row.cells if cell.lines))
    first = {cell.column: cell.lines[0].words[0].text for cell in head.cells if cell.lines}
    if sum(1 for c in row.cells if c.lines and first.get(c.column) == c.lines[0].words[0].text) < enough:
        return False
    heads = _texts(head)
    return sum(heads.get(column) == text for column, text in _texts(row).items()) >= enough


def _texts(row: Row) -> dict[int, str]:
    """What a row's cells say, by column, so that two printings of it are equal."""
    return {cell.column: re.sub(r"\W+", "", cell.text).lower() for cell in row.cells if cell.lines}


def _is_head(row: Row) -> bool:
    """Whether nearly every cell of a row is a heading that is known, and each another."""
    printed = [cell.text for cell in row.cells if cell.lines]
    if len(printed) < _LEAST_HEADS or any(len(text) > _LONGEST_HEAD for text in printed):
        return False
    fields = [column.field for column in read_headings(printed).columns]
    return (
        fields.count("other") <= len(fields) // _LEAST_HEADS and len(set(fields) - {"other"}) >= _LEAST_HEADS
    )


def _heads_other(rows: Sequence[Row], at: int) -> bool:
    """Whether a row below a text of its own heads a table of a sort that is no tracker: "Membership" over "Name | Ward | Role"."""
    printed = [cell.text for cell in rows[at].cells if cell.lines]
    above = sum(bool(cell.lines) for cell in rows[at - 1].cells)
    if above != 1 or len(printed) < _LEAST_HEADS:
        return False
    words = all(len(text.split()) <= _MOST_WORDS and text.replace(" ", "").isalpha() for text in printed)
    return words and heads_apart(read_headings(printed))


def _with_banner(rows: Sequence[Row], at: int) -> int:
    """Where a part begins whose heads stand at `at`: with the line that names it, and the empty rows around it."""
    start = at
    while start > 1 and sum(bool(cell.lines) for cell in rows[start - 1].cells) <= 1:
        start -= 1
    return start


def _part(table: Table, start: int, end: int, again: frozenset[int]) -> Table:
    """The rows `start` to `end` as a table, heads printed again among its repeated rows."""
    kept = [i for i in range(start, end) if i not in again]
    rows = tuple(_moved(table.rows[i], n - i) for n, i in enumerate(kept))
    repeated = tuple(table.rows[i] for i in range(start, end) if i in again)
    first = start == 0
    return msgspec.structs.replace(
        table,
        rows=rows,
        places=_places(table, table.rows[start:end]),
        header_rows=table.header_rows if first else 0,
        repeated=(*(table.repeated if first else ()), *repeated),
    )


def _moved(row: Row, by: int) -> Row:
    return (
        row
        if not by
        else Row(tuple(msgspec.structs.replace(cell, row=cell.row + by) for cell in row.cells), row.pages)
    )


def _places(table: Table, rows: Sequence[Row]) -> tuple[Place, ...]:
    """Where rows of a table stand: one place a page."""
    places = [place for row in rows for cell in row.cells for place in cell.places]
    pages = sorted({place.page for place in places})
    return (
        tuple(Place(page, Box.around(p.box for p in places if p.page == page)) for page in pages)
        or table.places
    )
