"""Forms that say twice, side by side, what each of their labels asks: "Reply, July 2022 | Update, April 2023" over rows of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extract.shapes import Cell
from pipeline.headings import NOTHING
from pipeline.knowledge.vocabulary import Field
from pipeline.understanding.form_cells import is_label, names_one
from pipeline.understanding.form_pairs import pair, stated_piece
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.pieces import Piece
from pipeline.understanding.stated_values import stated_field

Reports = Mapping[int, Cell]  # the heads of the columns, by column

_SAID: frozenset[Field] = frozenset({"response", "update", "action_taken", "decision"})
_WHO: frozenset[Field] = frozenset({"owner", "member", "support"})
_WHEN: frozenset[Field] = frozenset({"deadline"})
_LEAST = 2  # columns
_UNCHANGED = re.compile(
    r"(?:no change|unchanged|as (?:before|above)|same|met|achieved|done)\.?", re.IGNORECASE
)


def parted_by_reports(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[Reports, Sequence[Sequence[Cell]]]]:
    """The rows of a form in runs: those below the heads of several reports, with these heads, and all others with none."""
    start, at = 0, 0
    while at < len(rows):
        reports = _heads_of_reports(rows[at], rows[at + 1] if at + 1 < len(rows) else ())
        if not reports:
            at += 1
            continue
        if start < at:
            yield {}, rows[start:at]
        start = at = at + 1
        while at < len(rows) and _is_row_of_reports(reports, rows[at]):
            at += 1
        yield reports, rows[start:at]
        start = at
    if start < len(rows):
        yield {}, rows[start:]


def _heads_of_reports(cells: Sequence[Cell], following: Sequence[Cell]) -> Reports:
    """The heads of columns that say what was answered and how far it has come, above a label with a value under each; {} of other rows."""
    fields = [label_cell(cell.text) for cell in cells]
    alike = len(set(fields)) < len(fields)
    if len(cells) < _LEAST or cells[0].column == 0 or alike or not _SAID.issuperset(fields):
        return {}
    reports = {cell.column: cell for cell in cells}
    return reports if _is_row_of_reports(reports, following) else {}


def _is_row_of_reports(reports: Reports, cells: Sequence[Cell]) -> bool:
    """Whether a row is a label and its values under some of the heads."""
    if not cells or cells[0].column != 0 or not is_label(cells[0]) or names_one(cells[0]):
        return False
    return all(cell.column in reports for cell in cells[1:])


def pieces_of_reports(reports: Reports, rows: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    """The values of the rows below the heads, each as what its label and its head make of it.

    The heads, printed once, count to the first texts under them. Who and when are those of the first column, unless a
    later one changes them.
    """
    fresh = set(reports)
    first = min(reports)
    for label, *values in rows:
        field = label_cell(label.text)
        for value in values:
            head, later = reports[value.column], value.column != first
            if NOTHING.fullmatch(value.text):
                continue
            if field in _WHO | _WHEN:
                if not later:
                    yield pair(label, value, source)
                elif not _UNCHANGED.fullmatch(value.text):
                    yield _again(pair(label, value, source))
            elif stated := stated_field(value.text):
                yield stated_piece(value, stated, source)
            else:
                said = label_cell(head.text) or "comment"
                own = head.lines if value.column in fresh else ()
                fresh.discard(value.column)
                yield Piece(value.lines, source, own, f"{head.text} {label.text}", said, cells=(value,))


def _again(piece: Piece) -> Piece:
    """Who or when, as a later column has it."""
    field: Field | None = "revised_deadline" if piece.field in _WHEN else piece.field
    return Piece(piece.lines, piece.source, (), f"Revised {piece.name}", field, cells=piece.cells)
