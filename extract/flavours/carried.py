"""The rest of a table on the next page, without headings of its own: between rules of its width, or in bare words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.flavours.grid import table_of
from extract.flavours.lined import lined_rest
from extract.lines import SENTENCE_END, lines_of, shape
from extract.shapes import Box, Page, Table, Word

_MONTH_AT_END = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_MOST_LINES = 14  # a page with more text is no leftover
_OUTSIDE = 3.0  # points by which a word may stand beside its column


def carried(page: Page, above: Table) -> Table | None:
    """The rest of the table that ends on the page before; None where the page holds none."""
    columns = _columns(above)
    if not page.words or len(columns) != above.columns:
        return None
    edges = [columns[0][0], *(x1 for _, x1 in columns)]
    return lined_rest(page, edges) or _bare(page, above, columns)


def _bare(page: Page, above: Table, columns: Sequence[tuple[float, float]]) -> Table | None:
    """The page's words, where no rules part them, as the rest of a table.

    All words must fit the table's columns. A sentence of its last row must go on in them, or its rows in rows that open alike.
    """
    if len(lines_of(page.words)) > _MOST_LINES:
        return None
    by_column = [
        [w for w in page.words if x0 - _OUTSIDE <= w.box.x0 and w.box.x1 <= x1 + _OUTSIDE]
        for x0, x1 in columns
    ]
    if sum(map(len, by_column)) != len(page.words):
        return None
    openings = lines_of(by_column[0])
    top, bottom = min(w.box.top for w in page.words) - 1, max(w.box.bottom for w in page.words) + 1
    starts = [line.box.top - 1 for line in openings if line.box.top - 1 > top + _OUTSIDE]
    alike = bool(openings) and all(shape(line.text) in _shapes(above) for line in openings)
    rest = [[w for w in words if w.box.top < min([*starts, bottom])] for words in by_column]
    if not (_goes_on(rest, above, alike) if not rest[0] else alike and sum(map(bool, rest)) > 1):
        return None
    edges = [top, *(starts if alike else ()), bottom]
    boxes = [Box(x0, a, x1, b) for a, b in pairwise(edges) for x0, x1 in columns]
    return table_of(page, boxes, "carried")


def _goes_on(rest: Sequence[Sequence[Word]], above: Table, alike: bool) -> bool:
    """Whether the words go on with a sentence of the last row; a capital may go on where rows like the table's follow."""
    last = {cell.column: cell.text for row in above.rows[-2:] for cell in row.cells if cell.text}
    return any(
        words
        and last.get(i)
        and not SENTENCE_END.search(last[i])
        and (alike or lines_of(words)[0].text[:1].islower() or _is_year_of(last[i], words[0].text))
        for i, words in enumerate(rest)
    )


def _is_year_of(before: str, first: str) -> bool:
    """Whether a text ends on a month and goes on with its year."""
    return bool(_MONTH_AT_END.search(before)) and bool(_YEAR.match(first))


def _shapes(table: Table) -> frozenset[str]:
    """How the first column's texts open."""
    return frozenset(
        shape(cell.text) for row in table.rows[1:] for cell in row.cells if cell.column == 0 and cell.text
    )


def _columns(table: Table) -> list[tuple[float, float]]:
    """Left and right of each column on the table's last page, from cells that span no other."""
    page = table.places[-1].page
    sides: dict[int, tuple[float, float]] = {}
    for row in table.rows:
        for cell in row.cells:
            place = cell.places[-1]
            if cell.column_span == 1 and place.page == page:
                sides[cell.column] = (place.box.x0, place.box.x1)
    return [sides[column] for column in sorted(sides)]
