"""What a row of a form is by itself: a band that names a recommendation, cells with their labels, pairs of labels and values."""

from __future__ import annotations

from collections.abc import Sequence

from extract.shapes import Cell
from pipeline.headings import NOTHING
from pipeline.headings.columns import is_certain
from pipeline.headings.words import could_be_cell
from pipeline.understanding.form_cells import LONGEST_LABEL, has_own_label, is_drawn_as_label, names_one
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.pieces import names_reference, opens_numbered
from pipeline.understanding.stated_values import stated_field


def is_band(cells: Sequence[Cell]) -> bool:
    """Whether a row is one cell that names a recommendation, or numbers one right across the table; its verdict may stand beside."""
    if with_verdict(cells) or with_rating(cells):
        return cells[0].column_span > 1 and names_one(cells[0])
    if len(cells) != 1 or not cells[0].lines:
        return False
    first = cells[0].lines[0]
    return names_reference(first.words) or (cells[0].column_span > 1 and opens_numbered(first))


def with_verdict(cells: Sequence[Cell]) -> bool:
    """Whether a row is two cells of which the right one is a verdict and nothing else: "EE1 The Council should … | Agreed"."""
    return len(cells) == 2 and stated_field(cells[1].text) == "decision"


def with_rating(cells: Sequence[Cell]) -> bool:
    """Whether a row is a text over several columns and the rating or state beside it: "Recommendation 1: … | AMBER"."""
    if len(cells) != 2 or cells[0].column_span <= 1 or len(cells[0].text) <= LONGEST_LABEL:
        return False
    return stated_field(cells[1].text) in ("rag", "status") or bool(NOTHING.fullmatch(cells[1].text.strip()))


def are_labelled(cells: Sequence[Cell]) -> bool:
    """Whether each of several cells of a row holds its label and its value, or a label not filled in: "Accepted? Yes | Lead: Clerk | Due:"."""
    if len(cells) < 2 or not all(cell.lines for cell in cells):
        return False
    labelled = [has_own_label(cell) for cell in cells]
    blank = (cell.text.endswith(":") for cell, own in zip(cells, labelled, strict=True) if not own)
    return any(labelled) and all(blank)


def label_pairs(cells: Sequence[Cell]) -> list[tuple[Cell, Cell | None]]:
    """Labels with their values beside them, all but the first known labels; [] where a row is none of such pairs.

    A value left empty is no cell of the row, and a gap in the columns is what is seen of it.
    """
    if len(cells) == 2:
        left, right = cells
        apart = left.column + left.column_span < right.column and is_certain(right.text)
        empty = apart and not could_be_cell(right.text)  # "Responsible | | Due | ", not filled in
        return [(left, None), (right, None)] if empty else [(left, right)]
    pairs: list[tuple[Cell, Cell | None]] = []
    at = 0
    while at < len(cells):
        label, following = cells[at], cells[at + 1] if at + 1 < len(cells) else None
        drawn = following is not None and is_drawn_as_label(label, cells[0], cells[1])
        if pairs and not drawn and label.lines and has_own_label(label):  # "Target: April 2016" behind pairs
            pairs.append((label, None))
            at += 1
            continue
        if pairs and label_cell(label.text) is None and not drawn:
            return []
        beside = following is not None and following.column == label.column + label.column_span
        pairs.append((label, following if beside else None))
        at += 2 if beside else 1
    return pairs if len(pairs) > 1 else []
