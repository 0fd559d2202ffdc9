"""Tables that answer recommendations by number alone, whose texts stand elsewhere: in a list before them, or in a table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from extract.shapes import Box, Cell, Document, Line, Place, Row, Table
from pipeline.headings import Column, Headings
from pipeline.headings.columns import as_headings
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.references import read_reference, read_reference_cell
from pipeline.passages import Passage
from pipeline.understanding.entries import runs_in
from pipeline.understanding.entry import Entry
from pipeline.understanding.lists import paragraphs
from pipeline.understanding.pieces import pieces_of
from pipeline.understanding.settled_labels import with_unknown_labels

ANSWERS: frozenset[Field] = frozenset(
    {
        "response",
        "response_action",
        "decision",
        "update",
        "action_taken",
        "owner",
        "deadline",
        "status",
        "comment",
    }
)
_LEAST_ROWS = 2
_LEAST_KNOWN = 0.8  # of the rows' numbers must be found among the texts

Parts = tuple[str, ...]  # of a reference
Texts = Mapping[Parts, tuple[Line, ...]]


class Answered(msgspec.Struct, frozen=True):
    """A table of answers with its recommendations, and the table that these were taken from (None: a list)."""

    table: Table
    headings: Headings
    source: Table | None


def answers_by_number(headings: Headings) -> bool:
    """Whether columns answer what a number alone names: a reference, two answers or more, and no text of its own."""
    return (
        headings.subject is None
        and headings.column_of("reference") is not None
        and len(headings.fields & ANSWERS) > 1
    )


def with_texts(
    table: Table,
    headings: Headings,
    first: int,
    document: Document,
    others: Sequence[tuple[Table, Headings, int]],
) -> Answered | None:
    """The table with a column of the recommendations that its numbers name; None where they are not found.

    `first` is its first row below the header; `others` are tables that hold recommendations and nothing else, in the
    same form. The texts are those of the last list or table before it that holds (nearly) all of its numbers.
    """
    at = headings.column_of("reference") or 0
    wanted = [_number(row, at) for row in table.rows[first:]]
    named = [number for number in wanted if number]
    if len(named) < _LEAST_ROWS:
        return None
    offered = [
        *((_of_table(other), other[0]) for other in others),
        *((texts, None) for texts in _of_lists(document, table)),
    ]
    found = [
        (texts, source)
        for texts, source in offered
        if sum(number in texts for number in named) >= _LEAST_KNOWN * len(named)
    ]
    if not found:
        return None
    texts, source = found[-1]
    rows = tuple(
        _with_text(row, table.columns, texts.get(wanted[i - first], ())) if i >= first else row
        for i, row in enumerate(table.rows)
    )
    columns = (*headings.columns, Column("recommendation", certainty="likely"))
    whole = msgspec.structs.replace(table, rows=rows, columns=table.columns + 1)
    return Answered(whole, as_headings(columns), source)


def _number(row: Row, at: int) -> Parts:
    cell = next((cell for cell in row.cells if cell.column == at and cell.lines), None)
    return read_reference_cell(Passage.of_lines(cell.lines)).parts if cell else ()


def _with_text(row: Row, column: int, lines: tuple[Line, ...]) -> Row:
    if not lines:
        return row
    places = tuple(
        Place(page, Box.around(line.box for line in group))
        for page, group in itertools.groupby(lines, key=lambda line: line.page)
    )
    cell = Cell(row.cells[0].row, column, lines, places)
    pages = tuple(sorted({*row.pages, *(place.page for place in places)}))
    return Row((*row.cells, cell), pages)


def _of_table(other: tuple[Table, Headings, int]) -> Texts:
    """The texts of a table of recommendations by their numbers, printed in a column of their own or before the text."""
    table, headings, first = other
    at, subject = headings.column_of("reference"), headings.subject
    texts: dict[Parts, tuple[Line, ...]] = {}
    for row in table.rows[first:]:
        cell = next((cell for cell in row.cells if cell.column == subject and cell.lines), None)
        if cell is None:
            continue
        inside = read_reference(Passage.of_lines(cell.lines)).parts
        number = _number(row, at) if at is not None and at != subject else inside
        texts.setdefault(number, cell.lines)
    return texts


def _of_lists(document: Document, table: Table) -> Iterator[Texts]:
    """The texts of each list of numbered recommendations before a table."""
    place = table.places[0]
    before = [line for line in document.lines if (line.page, line.box.top) < (place.page, place.box.top)]
    for run in runs_in(with_unknown_labels(tuple(pieces_of(paragraphs(before))))):
        yield {
            found.parts: tuple(_own_lines(entry))
            for entry in run.entries
            if entry.opening and (found := entry.opening[0].number())
        }


def _own_lines(entry: Entry) -> Iterator[Line]:
    """The lines of a recommendation of a list: its paragraph, and those that go on in mid-sentence."""
    last = ""
    for piece in entry.opening:
        if last.endswith((".", "?")):
            return
        yield from piece.own_lines
        last = piece.text.rstrip("\"'”’) ")
