"""Typesets small papers out of cases: lines of text, blank lines, page ends and tables, as a Document."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from extract.shapes import Box, Cell, Document, Line, PageInfo, Place, Row, Table, Word

_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 540.0, 60.0, 780.0
_LETTER, _LINE, _GAP = 5.5, 14.0, 8.0


def _words(text: str, x0: float, top: float, page: int) -> list[Word]:
    """Words side by side; those between ** are bold, a tab is a wide gap."""
    out, at = [], x0
    bold = False
    for token in re.findall(r"\*\*|\t|[^\s*]+", text):
        if token == "**":
            bold = not bold
        elif token == "\t":
            at += 40.0
        else:
            wide = _LETTER * len(token)
            out.append(Word(token, Box(at, top, at + wide, top + 11.0), page, 11.0, bold))
            at += wide + _LETTER
    return out


class Typesetter:
    """The place on the page while a paper is set; it only ever moves down and on."""

    def __init__(self) -> None:
        self.page, self.top, self.opens = 1, _TOP, True
        self.lines: list[Line] = []
        self.tables: list[Table] = []

    def text(self, text: str) -> None:
        """One paragraph, wrapped at the right edge."""
        words = _words(text, _LEFT, 0, self.page)
        while words:
            fits = [w for w in words if w.box.x1 - words[0].box.x0 <= _RIGHT - _LEFT] or words[:1]
            self.lines.append(self._line(fits, _LEFT - fits[0].box.x0))
            words = words[len(fits) :]

    def table(self, rows: list[list[str]]) -> None:
        """A table as wide as its longest row; a row of one cell spans it, '' is an empty cell."""
        columns = max(len(row) for row in rows)
        first = self.top
        done = tuple(self._row(row, i, columns) for i, row in enumerate(rows))
        place = Place(self.page, Box(_LEFT, first, _RIGHT, self.top))
        self.tables.append(Table(done, columns, (place,), "ruled"))
        self.opens = True

    def end_page(self) -> None:
        self.page, self.top, self.opens = self.page + 1, _TOP, True

    def gap(self) -> None:
        self.top += _GAP

    def document(self) -> Document:
        pages = tuple(PageInfo(n, 595.0, 842.0, "text") for n in range(1, self.page + 1))
        return Document("case.pdf", "0" * 64, "test", pages, tuple(self.tables), lines=tuple(self.lines))

    def _line(self, words: list[Word], by: float, opens: bool | None = None) -> Line:
        moved = tuple(
            Word(
                w.text,
                Box(w.box.x0 + by, self.top, w.box.x1 + by, self.top + 11.0),
                self.page,
                w.size,
                w.bold,
            )
            for w in words
        )
        line = Line(moved, self.opens if opens is None else opens)
        self.opens = False
        self.top += _LINE
        return line

    def _row(self, row: list[str], at: int, columns: int) -> Row:
        width = (_RIGHT - _LEFT) / columns
        top, deepest = self.top, self.top + _LINE
        cells = []
        for column, text in enumerate(row):
            self.top = top
            x0 = _LEFT + column * width
            span = columns if len(row) == 1 else 1
            lines = [
                self._line(_words(part, x0, 0, self.page), 0.0, opens=True)
                for part in text.split("\n")
                if part
            ]
            deepest = max(deepest, self.top)
            place = Place(self.page, Box(x0, top, x0 + width * span, max(self.top, top + _LINE)))
            cells.append(Cell(at, column, tuple(lines), (place,), column_span=span))
        self.top = deepest
        return Row(tuple(cells), (self.page,))


def _typeset(paper: list[Any]) -> Document:
    """A paper as a Document: a text is a paragraph, '' a gap, '---' the end of a page, a list of rows a table."""
    setter = Typesetter()
    for part in paper:
        if isinstance(part, list):
            setter.table(part)
        elif part == "---":
            setter.end_page()
        elif part:
            setter.text(part)
        else:
            setter.gap()
    return setter.document()


@pytest.fixture
def typeset() -> Callable[[list[Any]], Document]:
    """Sets the parts of a case as a Document of pages."""
    return _typeset
