"""Tables that only white space makes and that are neither tracker nor form: their words as lines of the text around them.

Two labels with their values side by side ("Who: Clerk      By: May") look like the columns of a table.
"""

from __future__ import annotations

from itertools import groupby

from extract.lines import in_paragraphs, leading, lines_of
from extract.shapes import Document, Line, Row, Table
from pipeline.headings import find_header, heads_apart, is_tracker
from pipeline.nlp.numbering import opening_code
from pipeline.understanding.abreast import MOST_LINES, are_abreast
from pipeline.understanding.labels import label_of, unknown_label
from pipeline.understanding.pieces import names_reference

_HEAD_ROWS = 3
_LABEL_AND_VALUE = 2  # columns
_SAME_EDGE = 3.0  # points
_SPACE = 0.4  # heights of a line between two words of a sentence


def lines_of_text(document: Document) -> tuple[Line, ...]:
    """The document's lines outside tables, and those of its loose tables, as they stand on the pages."""
    loose = loose_tables(document)
    if not loose:
        return document.lines
    lines = [*document.lines, *(line for i in sorted(loose) for line in _lines(document.tables[i]))]
    return tuple(sorted(lines, key=lambda line: (line.page, line.box.top)))


def loose_tables(document: Document) -> frozenset[int]:
    """The places of the tables that white space alone makes and whose labels have their values behind them, or whose rows hold whole forms."""
    aligned = {i: table for i, table in enumerate(document.tables) if table.flavour == "aligned"}
    of_forms = {
        i for i, table in aligned.items() if _is_of_pairs(table) and any(map(_holds_form, table.rows))
    }
    like_them = {
        i for i, table in aligned.items() if any(_stand_alike(table, aligned[of]) for of in of_forms)
    }
    return frozenset(like_them | {i for i, table in aligned.items() if _is_loose(table)})


def _is_loose(table: Table) -> bool:
    return _is_strip(table) or (any(map(_is_of_labels, table.rows)) and not _has_heads(table))


def _is_of_pairs(table: Table) -> bool:
    return table.columns == _LABEL_AND_VALUE


def _stand_alike(table: Table, other: Table) -> bool:
    """Whether tables of labels and values begin at the same left edge: parts of one series of forms."""
    starts = [one.places[0].box.x0 for one in (table, other)]
    return _is_of_pairs(table) and abs(starts[0] - starts[1]) < _SAME_EDGE


def _is_strip(table: Table) -> bool:
    """Whether a small table is but a row of labels over their values, with no column of texts."""
    lines = _lines(table)
    return len(lines) <= MOST_LINES + 1 and are_abreast(lines[0])


def _holds_form(row: Row) -> bool:
    """Whether one row is a whole form, the name of a recommendation above its labels in one cell, whose text the columns cut through."""
    if len(row.cells) != _LABEL_AND_VALUE:
        return False
    left, right = (cell.lines for cell in row.cells)
    named = len(left) > _HEAD_ROWS and _is_named(left[0]) and not any(map(_is_named, left[1:]))
    return named and any(_go_on(line, other) for line in left for other in right)


def _go_on(line: Line, other: Line) -> bool:
    """Whether only the space between words parts two lines at one height: a sentence that the columns cut."""
    beside = line.page == other.page and abs(line.box.bottom - other.box.bottom) < 1
    return beside and 0 < other.box.x0 - line.box.x1 < _SPACE * line.box.height


def _is_named(line: Line) -> bool:
    code = opening_code(line.text)
    return names_reference(line.words) or (code is not None and code.after >= len(line.text))


def _is_of_labels(row: Row) -> bool:
    lines = [cell.lines[0] for cell in row.cells if cell.lines]
    labels = [label_of(line.words) or unknown_label(line.words) for line in lines]
    return len(lines) > 1 and all(
        label is not None and label.words < len(line.words) and line.words[label.words - 1].text.endswith(":")
        for label, line in zip(labels, lines, strict=True)
    )


def _has_heads(table: Table) -> bool:
    """Whether the first rows head the columns of a tracker, or of a table of another sort."""
    rows = [[""] * table.columns for _ in table.rows]
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            rows[at][cell.column] = cell.text
    header = find_header(rows[:_HEAD_ROWS])
    if header is None:
        return False
    below = rows[header.index + header.count :]
    return heads_apart(header.headings) or is_tracker(header.headings, below).tracker


def _lines(table: Table) -> tuple[Line, ...]:
    words = sorted(table.words, key=lambda word: word.page)
    out: list[Line] = []
    for _, on_page in groupby(words, key=lambda word: word.page):
        lines = lines_of(on_page)
        out += in_paragraphs(lines, leading(lines), None)
    return tuple(out)
