"""Tables that only white space makes and that are neither tracker nor form: their words as lines of the text around them.

Two labels with their values side by side ("Who: Clerk      By: May") look like the columns of a table.
"""

from __future__ import annotations

from itertools import groupby

from extract.lines import in_paragraphs, leading, lines_of
from extract.shapes import Document, Line, Row, Table
from pipeline.headings import find_header, heads_apart, is_tracker
from pipeline.understanding.abreast import MOST_LINES, are_abreast
from pipeline.understanding.labels import label_of, unknown_label

_HEAD_ROWS = 3


def lines_of_text(document: Document) -> tuple[Line, ...]:
    """The document's lines outside tables, and those of its loose tables, as they stand on the pages."""
    loose = [table for table in document.tables if is_loose(table)]
    if not loose:
        return document.lines
    lines = [*document.lines, *(line for table in loose for line in _lines(table))]
    return tuple(sorted(lines, key=lambda line: (line.page, line.box.top)))


def is_loose(table: Table) -> bool:
    """Whether white space alone makes a table, and labels with their values behind them stand side by side in it."""
    if table.flavour != "aligned":
        return False
    return _is_strip(table) or (any(map(_is_of_labels, table.rows)) and not _has_heads(table))


def _is_strip(table: Table) -> bool:
    """Whether a small table is but a row of labels over their values, with no column of texts."""
    lines = _lines(table)
    return len(lines) <= MOST_LINES + 1 and are_abreast(lines[0])


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
