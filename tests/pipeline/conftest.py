"""Documents without a PDF: tables given as rows of texts, page by page, joined as the reader joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.join import joined
from extract.shapes import Box, Cell, Document, Line, Page, PageInfo, Place, Row, Table, Word

WIDTH, HEIGHT = 3000.0, 5000.0  # large pages: rows are as high, and lines as long, as their texts
LEFT, TOP = 40.0, 120.0
LETTER, LEADING = 5.0, 12.0

Grid = Sequence[Sequence[str]]


def _lines(text: str, x: float, top: float, page: int) -> tuple[Line, ...]:
    """A line for each line of the text; a paragraph opens at the first and behind an empty one."""
    out, y, opens = list[Line](), top, True
    for printed in text.split("\n"):
        words, at = [], x
        for word in printed.split():
            words.append(Word(word, Box(at, y + 2, at + LETTER * len(word), y + LEADING), page, 10.0))
            at += LETTER * (len(word) + 1)
        if words:
            out.append(Line(tuple(words), opens))
        opens = not words
        y += LEADING
    return tuple(out)


def _page_table(rows: Grid, columns: int, page: int) -> Table:
    """A table of one page; a row of one text is one cell over all columns."""
    wide = (WIDTH - 2 * LEFT) / columns
    made, top = list[Row](), TOP
    for i, texts in enumerate(rows):
        bottom = top + 4 + LEADING * max(text.count("\n") + 1 for text in texts)
        span = columns if len(texts) == 1 else 1
        boxes = [Box(LEFT + j * wide, top, LEFT + (j + span) * wide, bottom) for j in range(len(texts))]
        cells = [
            Cell(i, j, _lines(text, box.x0 + 2, top + 2, page), (Place(page, box),), column_span=span)
            for j, (text, box) in enumerate(zip(texts, boxes, strict=True))
        ]
        made.append(Row(tuple(cells), (page,)))
        top = bottom
    return Table(tuple(made), columns, (Place(page, Box(LEFT, TOP, WIDTH - LEFT, top)),), "ruled")


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Build a document: document(rows of page 1, rows of page 2, …, above=lines above the first table)."""

    def build(*pages: Grid, above: str = "") -> Document:
        tables = [
            _page_table(rows, max(map(len, rows)), number) if rows else None
            for number, rows in enumerate(pages, start=1)
        ]
        drawn = [table for table in tables if table]
        lines = _lines(above, LEFT, 20, 1)
        around = [
            Page(number, WIDTH, HEIGHT, tuple(table.words) if table else ())
            for number, table in enumerate(tables, start=1)
        ]
        infos = [PageInfo(page.number, WIDTH, HEIGHT, "table" if page.words else "blank") for page in around]
        return Document(
            "paper.pdf", "0" * 64, "test", tuple(infos), tuple(joined(drawn, around)), tuple(drawn), lines
        )

    return build
