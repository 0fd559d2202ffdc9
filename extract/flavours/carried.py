"""The rest of a table that stands alone on the next page, without rules, tints or headings of its own."""

from __future__ import annotations

from extract.flavours.grid import table_of
from extract.lines import SENTENCE_END, lines_of
from extract.shapes import Box, Page, Table

_MOST_LINES = 14  # a page with more text is no leftover
_OUTSIDE = 3.0  # points by which a word may stand beside its column


def carried(page: Page, above: Table) -> Table | None:
    """The page's words as one more row of the table that ends on the page before; None where they are none.

    All words must fit the table's columns, and a sentence of its last row must go on in them.
    """
    if not page.words or len(lines_of(page.words)) > _MOST_LINES:
        return None
    columns = _columns(above)
    if len(columns) != above.columns:
        return None
    by_column = [
        [w for w in page.words if x0 - _OUTSIDE <= w.box.x0 and w.box.x1 <= x1 + _OUTSIDE]
        for x0, x1 in columns
    ]
    if sum(map(len, by_column)) != len(page.words):
        return None
    last = {cell.column: cell.text for row in above.rows[-2:] for cell in row.cells if cell.text}
    goes_on = any(
        words and last.get(i) and not SENTENCE_END.search(last[i]) and lines_of(words)[0].text[:1].islower()
        for i, words in enumerate(by_column)
    )
    if not goes_on:
        return None
    top, bottom = min(w.box.top for w in page.words) - 1, max(w.box.bottom for w in page.words) + 1
    return table_of(page, [Box(x0, top, x1, bottom) for x0, x1 in columns], "carried")


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
