"""Rows over all columns that open with a label, below each numbered row of a tracker, as columns of that row.

A tracker may print who and when in columns, and what was answered below them, as wide as the table: "Executive response: …".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Box, Cell, Document, Line, Place, Row, Table
from pipeline.headings import find_header, is_tracker
from pipeline.headings.words import plain
from pipeline.knowledge.vocabulary import Field
from pipeline.understanding.form_cells import is_label_throughout
from pipeline.understanding.lists import paragraphs
from pipeline.understanding.pieces import Piece, pieces_of
from pipeline.understanding.tracker import texts

_LEAST_COLUMNS = 3
_LEAST_REPEATED = 2
_HEAD_ROWS = 3
_NEVER: frozenset[Field] = frozenset(
    {"recommendation", "reference", "issue", "date"}
)  # what another row may open with

Labelled = dict[int, tuple[Piece, ...]]  # the pieces of each labelled row, by its place in the table


def with_labels_as_columns(document: Document) -> Document:
    """The document, the labelled rows of its trackers in columns behind their own."""
    return msgspec.structs.replace(document, tables=tuple(map(_widened, document.tables)))


def _widened(table: Table) -> Table:
    first = _first_row(table) if any(_is_wide(row, table.columns) for row in table.rows) else None
    if first is None:
        return table
    labelled = _labelled_rows(table, first)
    if labelled and all(
        _names_one(table.rows[i - 1], table.columns) for i in labelled if i - 1 not in labelled
    ):
        return table  # below the name of a recommendation, over its actions: a form
    keys = list(dict.fromkeys(plain(piece.name) for pieces in labelled.values() for piece in pieces))
    if not keys:
        return table
    rows, repeated = list(table.rows[:first]), list(table.repeated)
    rows[-1] = _with_cells(rows[-1], _heads(labelled, keys, table.columns, first - 1))
    told = set[str]()
    for i, row in enumerate(table.rows[first:], start=first):
        if i not in labelled:
            rows.append(_moved(row, len(rows)))
            continue
        values = [
            _cell(piece.lines, table.columns + keys.index(plain(piece.name)), len(rows) - 1)
            for piece in labelled[i]
            if piece.lines
        ]
        rows[-1] = _with_cells(rows[-1], values)
        again = [piece for piece in labelled[i] if plain(piece.name) in told]
        repeated += [Row((_cell(piece.label, 0, i),), row.pages) for piece in again]
        told |= {plain(piece.name) for piece in labelled[i]}
    return msgspec.structs.replace(
        table, rows=tuple(rows), columns=table.columns + len(keys), repeated=tuple(repeated)
    )


def _first_row(table: Table) -> int | None:
    """The first row below the heads of a tracker; None where the table is none."""
    if table.columns < _LEAST_COLUMNS:
        return None
    header = find_header(texts(table.rows[:_HEAD_ROWS], table.columns))
    if header is None or header.headings.subject is None:
        return None
    first = header.index + header.count
    heads = [cell.text for cell in table.rows[header.index].cells]
    if any([cell.text for cell in row.cells] == heads for row in table.rows[first:]):
        return None  # heads in the middle are those of the next form
    below = [row for row in table.rows[first:] if not _is_wide(row, table.columns)]
    judged = is_tracker(header.headings, texts(below, table.columns))
    return first if below and judged.tracker else None


def _labelled_rows(table: Table, first: int) -> Labelled:
    """The rows that open with a label which stands below several rows of the table."""
    found: Labelled = {}
    for i, row in enumerate(table.rows[first + 1 :], start=first + 1):
        if _is_wide(row, table.columns) and (pieces := tuple(_pieces(row))):
            found[i] = pieces
    counted = Counter(plain(piece.name) for pieces in found.values() for piece in pieces)
    return {
        i: pieces
        for i, pieces in found.items()
        if all(counted[plain(piece.name)] >= _LEAST_REPEATED for piece in pieces)
    }


def _pieces(row: Row) -> Iterator[Piece]:
    """The labels of a wide row, each with its value; none where it opens without one that tells of a recommendation."""
    (cell,) = (cell for cell in row.cells if cell.lines)
    told: Piece | None = None
    if is_label_throughout(cell):  # its value stands in the row below
        return
    for piece in pieces_of(paragraphs(cell.lines)):
        if piece.field and piece.field not in _NEVER:
            if told:
                yield told
            told = piece
        elif told is None:
            return
        else:
            told = msgspec.structs.replace(told, lines=(*told.lines, *piece.own_lines))
    if told:
        yield told


def _is_wide(row: Row, columns: int) -> bool:
    filled = [cell for cell in row.cells if cell.lines]
    return len(filled) == 1 and filled[0].column_span >= max(2, columns - 1)


def _names_one(row: Row, columns: int) -> bool:
    """Whether a row is a text as wide as the table, with or without a rating behind it."""
    filled = [cell for cell in row.cells if cell.lines]
    rated = len(filled) == 2 and filled[0].column == 0 and filled[0].column_span >= columns - 1
    return rated or _is_wide(row, columns)


def _heads(labelled: Labelled, keys: Sequence[str], columns: int, at: int) -> list[Cell]:
    first = {plain(piece.name): piece for pieces in reversed(labelled.values()) for piece in reversed(pieces)}
    return [_cell(first[key].label, columns + i, at) for i, key in enumerate(keys)]


def _cell(lines: Sequence[Line], column: int, row: int) -> Cell:
    pages = dict.fromkeys(line.page for line in lines)
    places = (Place(page, Box.around(line.box for line in lines if line.page == page)) for page in pages)
    return Cell(row, column, tuple(lines), tuple(places))


def _with_cells(row: Row, cells: Sequence[Cell]) -> Row:
    pages = {*row.pages, *(place.page for cell in cells for place in cell.places)}
    return Row((*row.cells, *cells), tuple(sorted(pages)))


def _moved(row: Row, at: int) -> Row:
    return Row(tuple(msgspec.structs.replace(cell, row=at) for cell in row.cells), row.pages)
