"""Finds the forms and lists of a document: recommendations that are drawn out over many rows or lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from extract.shapes import Cell, Document, Line, Table
from pipeline.kinds import tell_kind
from pipeline.knowledge.vocabulary import Field
from pipeline.understanding.closing_brackets import with_brackets_parted
from pipeline.understanding.entries import blocks_in
from pipeline.understanding.entry import Block
from pipeline.understanding.forms import in_series, is_headed, opening_alike, pieces_of_table
from pipeline.understanding.inline_verdicts import with_verdicts_parted
from pipeline.understanding.joint_answers import answers_to_texts
from pipeline.understanding.letters import is_letter
from pipeline.understanding.lists import pages_with_lists, paragraphs
from pipeline.understanding.loose_tables import lines_of_text, loose_tables
from pipeline.understanding.numbers_behind import with_numbers_behind
from pipeline.understanding.pieces import PROSE, Piece, names_reference, pieces_of
from pipeline.understanding.questions import with_questions
from pipeline.understanding.resolved_by_name import with_resolutions
from pipeline.understanding.settled_labels import with_unknown_labels
from pipeline.understanding.stated_labels import with_states_parted
from pipeline.understanding.transposed import Transposed, transposed

_LONGEST_TEXT = 15  # lines of a recommendation above the table of its actions
# What plain text below an emphasised recommendation is.
_SAID: Mapping[str, Field] = {"progress_update": "update", "tracker": "update", "minutes": "decision"}
_FIRST_LINES = 8  # lines among which a paper's title stands


class DrawnOut(msgspec.Struct, frozen=True):
    """A form or list of a document, and the tables that it takes its words from (none for a list)."""

    transposed: Transposed
    sources: tuple[Table, ...] = ()


def find_drawn_out(document: Document) -> tuple[DrawnOut, ...]:
    """The forms and lists of a document that are believed."""
    kind = _kind_by_title(document)
    answers = kind == "cabinet_response" or is_letter(document.lines)
    said = "response" if answers else _SAID.get(kind)
    printed = with_numbers_behind(tuple(_in_order(document, said in ("response", "update"))))
    labelled = with_questions(with_unknown_labels(printed))
    parted = with_brackets_parted(with_states_parted(with_verdicts_parted(labelled)))
    pieces = answers_to_texts(with_resolutions(parted))
    taken: set[int] = set()
    found = []
    for block in blocks_in(pieces, said):
        if kind == "minutes" and not block.has_replies:
            continue  # what a meeting decided on a report's recommendations answers no scrutiny
        one = _drawn_out(document, block, taken)
        if one:
            found.append(one)
    return tuple(found)


def _kind_by_title(document: Document) -> str:
    """The kind of paper that the first lines of a document tell, or the values of a table of labels over them."""
    first = [line.text for line in document.lines[:_FIRST_LINES] if line.page == document.lines[0].page]
    labels = next((table for table in document.tables[:1] if table.columns == 2), None)
    values = [row.cells[-1].text for row in labels.rows if row.cells] if labels else []
    return tell_kind([*first, *values], (), ()).name


def _in_order(document: Document, whole: bool) -> Iterator[Piece]:
    """The pieces of all forms and of the lines outside tables, as they stand on the pages.

    Only a paper that answers or reports is read `whole`; of another, only the pages on which a list may stand.
    """
    forms = _forms(document)
    text = lines_of_text(document)
    pages = pages_with_lists(text) | {page for i, _ in forms for page in document.tables[i].pages}
    lines = [line for line in text if whole or line.page in pages]
    start = 0
    for source, pieces in forms:
        end = start
        while end < len(lines) and (lines[end].page, lines[end].box.top) < _start(document.tables[source]):
            end += 1
        yield from pieces_of(paragraphs(lines[start:end]))
        yield from pieces
        start = end
    yield from pieces_of(paragraphs(lines[start:]))


def _forms(document: Document) -> list[tuple[int, tuple[Piece, ...]]]:
    """The tables that are forms, those that go on with one, and those that open as several of them do."""
    series = in_series(document.tables)
    forms = _forms_of(document, series)
    alike = opening_alike(document.tables, [i for i, _ in forms])
    return _forms_of(document, series | alike) if alike else forms


def _forms_of(document: Document, series: frozenset[int]) -> list[tuple[int, tuple[Piece, ...]]]:
    """The tables that are forms, and those that go on with one: all their labels are labels of the form before."""
    forms: list[tuple[int, tuple[Piece, ...]]] = []
    announced, loose = _announced(document), loose_tables(document)
    for i, table in enumerate(document.tables):
        if i in loose:
            continue
        names: set[str] = set()
        if forms and forms[-1][0] == i - 1:
            names = {piece.name for piece in forms[-1][1] if piece.field}
        if pieces := pieces_of_table(table, i, names, i in announced, i in series):
            forms.append((i, pieces))
    return forms


def _announced(document: Document) -> frozenset[int]:
    """The tables of actions that each stand below a recommendation in the text, where there are several."""
    found = {
        i
        for i, table in enumerate(document.tables)
        if is_headed(table) and _below_reference(document, i, table)
    }
    return frozenset(found) if len(found) > 1 else frozenset()


def _below_reference(document: Document, at: int, table: Table) -> bool:
    """Whether one of the last lines before a table, and behind the table before it, opens with a reference."""
    start = _start(table)
    before = document.tables[at - 1].places[-1] if at else None
    after = (before.page, before.box.bottom) if before else (start[0] - 1, 0.0)
    between = [line for line in document.lines if after <= (line.page, line.box.top) < start]
    return any(names_reference(line.words) for line in between[-_LONGEST_TEXT:])


def _start(table: Table) -> tuple[int, float]:
    return table.places[0].page, table.places[0].box.top


def _drawn_out(document: Document, block: Block, taken: set[int]) -> DrawnOut | None:
    own = [piece for entry in block.entries for piece in (*entry.opening, *entry.beside)]
    sources = sorted({piece.source for piece in own if piece.source != PROSE})
    held = {id(word) for word in block.words}
    fresh = [document.tables[source] for source in sources if source not in taken]
    one = transposed(block, tuple(_outside(fresh, held)))
    if one is None:
        return None
    taken.update(sources)
    return DrawnOut(one, tuple(fresh))


def _outside(tables: Sequence[Table], held: set[int]) -> Iterator[Cell]:
    """What of the tables' cells is in no entry."""
    for table in tables:
        for row in (*table.rows, *table.repeated):
            for cell in row.cells:
                rest = [tuple(w for w in line.words if id(w) not in held) for line in cell.lines]
                lines = tuple(Line(words) for words in rest if words)
                if lines:
                    yield msgspec.structs.replace(cell, lines=lines)
