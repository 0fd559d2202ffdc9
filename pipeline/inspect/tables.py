"""The tables of a page: cells with their places in the whole table, columns with their fields, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from extract.shapes import Box, Cell, Document, Place, Table
from pipeline.headings import Column
from pipeline.inspect.marks import APART, CARRIED, CELL, COLUMN, HEADING, TABLE, Layer, Mark, Note
from pipeline.understanding.tracker import Sorted, Tracker

_DOUBT = {"certain": "", "likely": " ?", "unsure": " ??"}


def table_marks(tables: Sorted, number: int) -> Iterator[Mark]:
    """Outlines, cells and columns of the tables on page `number`."""
    for tracker in tables.trackers:
        yield from _table(tracker.table, number, TABLE, tracker.first_row)
        yield from _columns(tracker, number)
    for apart in tables.apart:
        yield from _table(apart.table, number, APART, apart.table.header_rows)


def table_notes(document: Document, tables: Sorted, number: int) -> Iterator[Note]:
    """What each table of the page is, how it was read and why it is a tracker or none."""
    sorted_ = [(t.table, TABLE, f"tracker: {t.reason}") for t in tables.trackers]
    sorted_ += [(a.table, APART, f"left alone: {a.reason}") for a in tables.apart]
    for table, layer, why in sorted_:
        if number in table.pages:
            yield Note(f"{_extent(table)}; {why}", layer)
            drawn = [
                t for t in document.page_tables if t.pages == (number,) and _same_place(t, table, number)
            ]
            yield from (Note(f"read as {t.flavour} ({t.score:.2f}) {t.reason}".strip(), layer) for t in drawn)
    for tracker in tables.trackers:
        if number in tracker.table.pages:
            yield from (
                Note(f"column {i + 1}: {_field(column)}, headed “{_one_line(column.printed)}”", COLUMN)
                for i, column in enumerate(tracker.headings.columns)
            )


def _extent(table: Table) -> str:
    pages = ", ".join(map(str, table.pages))
    return f"table of {len(table.rows)} rows and {table.columns} columns on page {pages}"


def _same_place(drawn: Table, joined: Table, number: int) -> bool:
    return any(place.page == number and place.box.meets(drawn.places[0].box) for place in joined.places)


def _table(table: Table, number: int, layer: Layer, headings: int) -> Iterator[Mark]:
    for row in table.repeated:
        for cell in row.cells:
            yield from _cell(cell, number, heading=True)
    for i, row in enumerate(table.rows):
        for cell in row.cells:
            yield from _cell(cell, number, heading=i < headings)
    yield from (Mark(layer, place.box) for place in table.places if place.page == number)


def _cell(cell: Cell, number: int, *, heading: bool) -> Iterator[Mark]:
    for i, place in enumerate(cell.places):
        if place.page == number:
            before, after = i > 0, i + 1 < len(cell.places)
            layer = CARRIED if before or after else HEADING if heading else CELL
            tag = f"{'< ' if before else ''}{_position(cell)}{' >' if after else ''}"
            yield Mark(layer, place.box, tag)


def _position(cell: Cell) -> str:
    """Row and column from 1, with how many of each it spans if more than one."""
    rows = f"r{cell.row + 1}" + (f"+{cell.row_span - 1}" if cell.row_span > 1 else "")
    columns = f"c{cell.column + 1}" + (f"+{cell.column_span - 1}" if cell.column_span > 1 else "")
    return f"{rows} {columns}"


def _columns(tracker: Tracker, number: int) -> Iterator[Mark]:
    """The field of each column, above the table where it stands on the page."""
    top = min((place.box.top for place in tracker.table.places if place.page == number), default=0.0)
    for i, column in enumerate(tracker.headings.columns):
        places = [
            p for row in tracker.table.rows for c in row.cells if c.column == i for p in _narrow(c, number)
        ]
        if places:
            box = Box.around(place.box for place in places)
            yield Mark(COLUMN, Box(box.x0, top - 10, box.x1, top), _field(column), "title")


def _narrow(cell: Cell, number: int) -> list[Place]:
    """The places of a cell of one column on a page: one that spans columns tells nothing of any."""
    return [place for place in cell.places if place.page == number and cell.column_span == 1]


def _field(column: Column) -> str:
    return " + ".join(column.fields) + _DOUBT[column.certainty]


def _one_line(text: str) -> str:
    return " ".join(text.split())
