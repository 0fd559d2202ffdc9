"""A tracker: a table, a form or a list whose rows are recommendations or actions; and tables that are none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec

from extract.shapes import Cell, Problem, Row, Table
from pipeline.headings import Headings
from pipeline.passages import Passage
from pipeline.understanding.transposed import TRANSPOSED

Texts = dict[int, Passage]  # a row's texts by column; empty cells left out


class Tracker(msgspec.Struct, frozen=True, dict=True):
    """A table whose rows are recommendations or actions: what its columns hold, and where its rows begin.

    `banner` is the line above it that gives all its rows a status, where several tables of the paper differ in theirs.
    `inherited` says that its headings are those of the tracker before it. A form or a list is a tracker too: its table
    is one made of the tables in `sources` (none for a list), `reasons` say what its repeated rows are, and `unlabelled`
    that some of its answers have no label.
    """

    table: Table
    headings: Headings
    first_row: int
    reason: str
    context: str = ""
    banner: Passage = Passage("")
    inherited: bool = False
    sources: tuple[Table, ...] = ()
    reasons: tuple[str, ...] = ()
    unlabelled: bool = False

    @property
    def drawn(self) -> tuple[Table, ...]:
        """The document's tables that it was read from."""
        return () if self.table.flavour == TRANSPOSED and not self.sources else self.sources or (self.table,)

    @property
    def body(self) -> tuple[Row, ...]:
        return self.table.rows[self.first_row :]

    @cached_property
    def row_texts(self) -> tuple[Texts, ...]:
        """The texts of the body, row by row."""
        return tuple(
            {cell.column: Passage.of_lines(cell.lines) for cell in row.cells if cell.lines}
            for row in self.body
        )

    @cached_property
    def merged(self) -> tuple[Cell, ...]:
        """The cells of the body that run down over several rows."""
        return tuple(cell for row in self.body for cell in row.cells if cell.row_span > 1 and cell.lines)

    @property
    def head(self) -> tuple[Row, ...]:
        return self.table.rows[: self.first_row]


class Apart(msgspec.Struct, frozen=True):
    """A table that is no tracker, and why; with its columns and its first row below them where it has known headings."""

    table: Table
    reason: str
    headings: Headings | None = None
    first_row: int = 0


class Sorted(msgspec.Struct, frozen=True):
    """All tables of a document, in page order, and what was doubtful in sorting them."""

    trackers: tuple[Tracker, ...] = ()
    apart: tuple[Apart, ...] = ()
    problems: tuple[Problem, ...] = ()


def texts(rows: Iterable[Row], columns: int) -> list[list[str]]:
    """The rows as lists of texts, '' where a spanning cell covers a place."""
    out = []
    for row in rows:
        line = [""] * columns
        for cell in row.cells:
            line[cell.column] = cell.text
        out.append(line)
    return out
