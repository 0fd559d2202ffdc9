"""Rows of a form without rules in which labels stand one below the other, each beside its value, as a row a label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.shapes import Box, Cell, Line, Place
from pipeline.understanding.label_names import label_cell

_LEAST = 2  # labels in a cell
_MOST = 0.5  # of them that are known
_CLOSE = 1.1  # times the distance of the lines of one value
_SAME_HEIGHT = 0.5  # of a line's height between base lines that are one


def told_apart(cells: Sequence[Cell]) -> list[list[Cell]]:
    """A row of a label cell and a value cell as a row a label, where the label cell holds several; any other as it is."""
    if len(cells) != 2 or len(cells[0].lines) < _LEAST:
        return [list(cells)]
    left, right = cells
    groups = list(_labels(left.lines, right.lines))
    known = sum(label_cell(_text(group)) is not None for group in groups)
    if len(groups) < _LEAST or known < _MOST * len(groups):
        return [list(cells)]
    tops = [(group[0].page, group[0].box.top - group[0].box.height * _SAME_HEIGHT) for group in groups]
    rows = []
    for i, group in enumerate(groups):
        until = tops[i + 1] if i + 1 < len(groups) else None
        start = tops[i] if i else None
        value = [
            line
            for line in right.lines
            if (start is None or (line.page, line.box.top) >= start)
            and (until is None or (line.page, line.box.top) < until)
        ]
        rows.append([_part(left, group), *([_part(right, value)] if value else [])])
    return rows


def _labels(left: Sequence[Line], right: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each label: one begins beside a line of the values, but where it ends a label that is known as a whole.

    What stands below a whole label with nothing beside it is a heading of its own.
    """
    group: list[Line] = []
    for line in left:
        beside = any(
            line.page == other.page
            and abs(line.box.bottom - other.box.bottom) < _SAME_HEIGHT * line.box.height
            for other in right
        )
        alone = bool(group) and not beside and label_cell(_text(group)) is not None
        wrapped = (
            bool(group)
            and label_cell(_text(group)) is None
            and label_cell(_text([*group, line])) is not None
            and not _begins_paragraph(group[-1], line, right)
        )
        if group and (beside or alone) and not wrapped:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins_paragraph(above: Line, line: Line, values: Sequence[Line]) -> bool:
    """Whether a line stands farther below the one above it than the lines of a value do."""
    pitches = [b.box.bottom - a.box.bottom for a, b in pairwise(values) if a.page == b.page]
    within = min((pitch for pitch in pitches if pitch > 0), default=0.0)
    return 0 < within * _CLOSE < line.box.bottom - above.box.bottom


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _part(cell: Cell, lines: Sequence[Line]) -> Cell:
    pages = dict.fromkeys(line.page for line in lines)
    places = tuple(Place(page, Box.around(line.box for line in lines if line.page == page)) for page in pages)
    return Cell(cell.row, cell.column, tuple(lines), places, fill=cell.fill, marks=cell.marks)
