"""The rows of a tracker put together: one group a recommendation, its later rows with it, section rows apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extract.shapes import Cell, Row
from pipeline.headings import Headings
from pipeline.nlp.references import read_reference
from pipeline.passages import Passage
from pipeline.understanding.trackers import Tracker

_SENTENCE_END = re.compile(r"[.!?:;)][\"'”’)\]]*$")
_LONGEST_SECTION = 160  # letters; a longer text over all columns is a note, no section's name


class Group(msgspec.Struct, frozen=True):
    """The rows of one recommendation, and the name of the section that they stand in."""

    rows: tuple[Row, ...]
    section: str | None = None

    def cells(self, column: int) -> tuple[Cell, ...]:
        """The cells of a column, from the top; a cell that spans columns counts to its first."""
        return tuple(cell for row in self.rows for cell in row.cells if cell.column == column)

    def passages(self, column: int) -> tuple[Passage, ...]:
        """The texts of a column's cells, empty ones left out."""
        return tuple(Passage.of_lines(cell.lines) for cell in self.cells(column) if cell.lines)


class Grouped(msgspec.Struct, frozen=True):
    """A tracker's body: its groups, and the rows that name sections."""

    groups: tuple[Group, ...]
    sections: tuple[Row, ...]


def group_rows(tracker: Tracker) -> Grouped:
    """Put the rows of a tracker's body together."""
    groups: list[Group] = []
    sections: list[Row] = []
    section: str | None = None
    keys = _key_columns(tracker.headings)
    for row in tracker.body:
        if not any(cell.lines for cell in row.cells):
            continue
        if (name := _section_name(row, tracker.table.columns)) is not None:
            section = name
            sections.append(row)
        elif groups and groups[-1].section == section and not _begins(row, groups[-1], keys):
            groups[-1] = Group((*groups[-1].rows, row), section)
        else:
            groups.append(Group((row,), section))
    return Grouped(tuple(groups), tuple(sections))


def _key_columns(headings: Headings) -> tuple[int, ...]:
    """The columns of which one is filled where a recommendation begins: reference and text."""
    found = (headings.column_of("reference"), headings.subject)
    return tuple(dict.fromkeys(column for column in found if column is not None))


def _section_name(row: Row, columns: int) -> str | None:
    """The text of a row that is one cell across (nearly) all columns."""
    filled = [cell for cell in row.cells if cell.lines]
    if len(filled) != 1 or columns < 3:
        return None
    cell = filled[0]
    wide = cell.column_span >= max(2, columns - 1)
    return cell.text if wide and len(cell.text) <= _LONGEST_SECTION else None


def _begins(row: Row, group: Group, keys: Sequence[int]) -> bool:
    """Whether a recommendation begins in the row: its reference or its text does, and not in mid-sentence."""
    filled = {cell.column: cell.text for cell in row.cells if cell.text}
    own = [column for column in keys if column in filled]
    if not own:
        return False
    return not all(_goes_on(group, column, filled[column]) for column in own)


def _goes_on(group: Group, column: int, text: str) -> bool:
    """Whether a text is the rest of the group's own in that column."""
    before = [cell.text for cell in group.cells(column) if cell.text]
    if not before:
        return False
    cut = not _SENTENCE_END.search(before[-1]) and text[:1].islower()
    return cut and read_reference(Passage.plain(text)).ref is None


def in_one(passages: Sequence[Passage]) -> Passage:
    """Texts of one column as one: a new paragraph each, but where a sentence goes on."""
    out = Passage("")
    for passage in passages:
        goes_on = bool(out.text) and not _SENTENCE_END.search(out.text) and passage.text[:1].islower()
        out = Passage.joined((out, passage), " " if goes_on else "\n")
    return out
