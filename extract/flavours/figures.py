"""Tables of figures that white space alone holds together: labels at the left, figures in columns beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.flavours.grid import table_of
from extract.flavours.layout import boxes_of, cuts, figure_rows, heading_rows, placed
from extract.flavours.pieces import Interval, Piece, columns_of, edges_of, is_figures, meets, pieces
from extract.flavours.quality import DOUBTFUL, scored
from extract.lines import lines_of
from extract.shapes import Line, Page, Table

_FEWEST = 3  # lines of figures
_FAR = 2.5  # line heights: more white space ends the table
_BETWEEN = 2  # lines without figures, one after the other, that a table may hold: labels of sections, labels that wrap
_HEADINGS = 5  # lines of headings above the figures
_HEADING_WORDS = 8

FLAVOUR = "figures"


def figures(page: Page, words: Page) -> list[Table]:
    """The tables of figures among `words`, the page without what other flavours read well."""
    lines = lines_of(w for w in words.words if not w.turned)
    found = [pieces(line) for line in lines]
    tables = (_table(words, lines, found, first, last) for first, last in _runs(lines, found))
    return [
        table
        for table in scored([table for table in tables if table is not None], page)
        if table.score >= DOUBTFUL
    ]


def _runs(lines: Sequence[Line], found: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """First and last line of each run of lines with figures, lines between them that hold a label counted in."""
    runs: list[tuple[int, int]] = []
    for i, line in enumerate(found):
        if not is_figures(line):
            continue
        if runs and _belongs(lines, found, runs[-1][1], i):
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return [
        (first, last)
        for first, last in runs
        if sum(is_figures(found[i]) for i in range(first, last + 1)) >= _FEWEST
    ]


def _belongs(lines: Sequence[Line], found: Sequence[Sequence[Piece]], last: int, i: int) -> bool:
    """Whether a line of figures goes on the run that ended with line `last`."""
    between = range(last + 1, i)
    near = all(b.box.top - a.box.bottom < _FAR * b.box.height for a, b in pairwise(lines[last : i + 1]))
    label = found[i][1].x0
    return (
        near
        and len(between) <= _BETWEEN
        and all(len(found[k]) == 1 and found[k][0].x1 < label for k in between)
    )


def _table(
    page: Page, lines: Sequence[Line], found: Sequence[Sequence[Piece]], first: int, last: int
) -> Table | None:
    body = [line for line in found[first : last + 1] if is_figures(line)]
    columns = columns_of([[(p.x0, p.x1) for p in line] for line in body])
    if len(columns) < 3 or not _is_table(body, columns):
        return None
    top, first = _headings_from(lines, found, first, columns)
    headings = [(p.x0, p.x1) for line in found[top:first] for p in line]
    edges = edges_of(columns, headings, columns[0][0] - 1, columns[-1][1] + 1)
    edges[0] = min([edges[0], *(x0 - 1 for x0, _ in headings)])
    edges[-1] = max([edges[-1], *(x1 + 1 for _, x1 in headings)])
    rows = [*heading_rows(lines[top:first], edges), *figure_rows(lines[first : last + 1], edges)]
    if any(_crosses(line, edges) for line in lines[first : last + 1]):
        return None
    sides = cuts(rows, lines[top].box.top - 1, lines[last].box.bottom + 1)
    return table_of(page, boxes_of(rows, list(pairwise(sides)), edges), FLAVOUR)


def _is_table(body: Sequence[Sequence[Piece]], columns: Sequence[Interval]) -> bool:
    """Whether labels stand in the first column and figures in at least two others, in most lines of each."""
    labels = sum(line[0].kind == "text" and meets(columns[0], (line[0].x0, line[0].x1)) for line in body)
    of_figures = 0
    for column in columns[1:]:
        kinds = [p.kind for line in body for p in line if meets(column, (p.x0, p.x1))]
        of_figures += kinds.count("text") <= len(kinds) / 4 and "figure" in kinds
    return labels > len(body) / 2 and of_figures >= max(2, (len(columns) - 1) / 2)


def _headings_from(
    lines: Sequence[Line], found: Sequence[Sequence[Piece]], first: int, columns: Sequence[Interval]
) -> tuple[int, int]:
    """The first line of the headings above the figures, short texts over their columns, and the first behind them.

    A label between headings and figures belongs to the figures; without headings above it, it may be a caption.
    """
    top = start = i = first
    while i and first - i < _HEADINGS:
        line, below = lines[i - 1], lines[i]
        if below.box.top - line.box.bottom > _FAR * below.box.height:
            break
        if _is_heading(found[i - 1], columns):
            top = i - 1
            start = (
                i
                if start == first and i < first and top == i - 1 and _labels(found[i:first], columns)
                else start
            )
        elif top < first or not _labels([found[i - 1]], columns):
            break
        i -= 1
    return top, start


def _labels(lines: Sequence[Sequence[Piece]], columns: Sequence[Interval]) -> bool:
    """Whether the lines hold nothing but labels."""
    return all(len(line) == 1 and line[0].x1 < columns[1][0] for line in lines)


def _is_heading(line: Sequence[Piece], columns: Sequence[Interval]) -> bool:
    """Whether every text of a line is short and stands over figures, or over the labels and no further."""
    starts_right = line[0].x0 > columns[0][0] + 1 and not meets(columns[0], (line[0].x0, line[0].x1))
    over_labels = line[0].x1 < columns[1][0] and len(line) > 1
    return (starts_right or over_labels) and all(len(p.words) <= _HEADING_WORDS for p in line)


def _crosses(line: Line, edges: Sequence[float]) -> bool:
    """Whether a text in the table's body runs over several columns, a label of a section left out."""
    return any(last > first for first, last, _ in placed(line, edges))
