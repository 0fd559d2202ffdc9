"""Lines and column edges → the boxes of a table's cells: rows of figures, headings across, texts that go on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.flavours.pieces import Piece, is_figures, piece, pieces
from extract.shapes import Box, Line, Word

_CUT = 0.4  # type sizes: text across an edge is parted where its words leave so much free there
_WIDER = 1.4  # times the text's narrowest space: that much wider a space parts two texts
_SHORT = 0.85  # of its column: a text that ends before has not been broken
_OVER = 4.0  # points: a text whose middle is so near to another's stands over it
_AMID = 0.1  # of the columns' width: a heading across them is no farther from their middle
_SHORTENED = frozenset(
    {
        "no",
        "nos",
        "ref",
        "refs",
        "rec",
        "recs",
        "min",
        "para",
        "paras",
        "app",
        "est",
        "resp",
        "cttee",
        "dept",
        "approx",
    }
)


def ends_sentence(words: Sequence[Word]) -> bool:
    """Whether a short text ends on a full stop, and not on that of a shortened word ("Minute no.")."""
    last = words[-1].text.lower()
    return last.endswith(".") and last.strip("(.)") not in _SHORTENED


def column_at(edges: Sequence[float], word_x: float) -> int:
    """The column that a place on the page lies in."""
    return sum(word_x >= x for x in edges[1:-1])


def placed(line: Line, edges: Sequence[float]) -> list[tuple[int, int, Piece]]:
    """First and last column of each piece of a line, from the left."""
    out = []
    for found in pieces(line):
        for part in _parts(found, edges):
            first, last = (
                column_at(edges, w.box.x0 + 0.3 * w.box.width) for w in (part.words[0], part.words[-1])
            )
            out.append((first, max(first, last), part))
    return out


def _parts(found: Piece, edges: Sequence[float]) -> list[Piece]:
    """The piece, parted where an edge runs through one of its wider spaces."""
    spaces = [b.box.x0 - a.box.x1 for a, b in pairwise(found.words)]
    wide = max(_CUT * found.words[0].box.height, _WIDER * min(spaces) if len(spaces) > 1 else 0.0)
    parts, words = list[Piece](), [found.words[0]]
    for before, word in pairwise(found.words):
        a, b = before.box.x1, word.box.x0
        if b - a > wide and any(a <= x <= b for x in edges[1:-1]):
            parts.append(piece(words))
            words = []
        words.append(word)
    return [*parts, piece(words)]


def figure_rows(lines: Sequence[Line], edges: Sequence[float]) -> list[list[Line]]:
    """Lines of a table of figures as rows: one a base line with several columns filled, texts that go on added."""
    laid = [placed(line, edges) for line in lines]
    rows: list[list[Line]] = []
    waiting: list[Line] = []  # labels that may belong to the row below
    for i, line in enumerate(lines):
        if _is_full(laid[i]):
            rows.append([*waiting, line])
            waiting = []
        elif _is_label(laid[i]) and not (rows and not waiting and _goes_on(rows[-1], laid[i])):
            if waiting and not _begins_below(laid[i]):
                rows.append(waiting)
                waiting = []
            waiting.append(line)
            if not _is_begun(line, laid[i + 1] if i + 1 < len(lines) else []):
                rows.append(waiting)
                waiting = []
        elif rows and not waiting and not _is_lone_figure(laid[i]):
            rows[-1].append(line)
        else:
            rows.append([*waiting, line])
            waiting = []
    return [*rows, waiting] if waiting else rows


def _is_full(laid: Sequence[tuple[int, int, Piece]]) -> bool:
    return len({first for first, _, _ in laid}) > 1


def _is_label(laid: Sequence[tuple[int, int, Piece]]) -> bool:
    return laid[0][0] == 0


def _is_lone_figure(laid: Sequence[tuple[int, int, Piece]]) -> bool:
    return laid[0][2].kind == "figure"


def _begins_below(laid: Sequence[tuple[int, int, Piece]]) -> bool:
    return laid[0][2].text[:1].islower()


def _goes_on(row: Sequence[Line], laid: Sequence[tuple[int, int, Piece]]) -> bool:
    """Whether a label is the rest of the one in the row above."""
    text = laid[0][2].text
    near = laid[0][2].words[0].box.top - row[-1].box.bottom < 0.6 * row[-1].box.height
    return near and (text[:1].islower() or text[:1] in "(&/")


def _is_begun(line: Line, below: Sequence[tuple[int, int, Piece]]) -> bool:
    """Whether the label of a line goes on beside or before the figures of the line below."""
    if not below:
        return False
    first = below[0][2]
    near = first.words[0].box.top - line.box.bottom < 0.6 * line.box.height
    if below[0][0] > 0:
        return near and first.kind != "text"
    return near and first.text[:1].islower()


def heading_rows(lines: Sequence[Line], edges: Sequence[float]) -> list[list[Line]]:
    """Lines of a heading as rows: a heading across several columns parts from the headings that stand below it."""
    rows: list[list[Line]] = []
    across: set[int] = set()
    for i, line in enumerate(lines):
        laid = spanned(line, lines[i + 1] if i + 1 < len(lines) else None, edges)
        below = any(first in across for first, _, _ in laid) and len(laid) > 1
        if not rows or below:
            rows.append([])
            across = set()
        rows[-1].append(line)
        across |= {c for first, last, _ in laid if last > first for c in range(first, last + 1)}
    return rows


def spanned(line: Line, below: Line | None, edges: Sequence[float]) -> list[tuple[int, int, Piece]]:
    """The texts of a heading line with the columns they stand over: those, too, whose headings they stand amid."""
    laid = placed(line, edges)
    if below is None:
        return laid
    under = [(first, p) for first, last, p in placed(below, edges) if first == last]
    out = [_amid(found, laid, under, edges) for found in laid]
    over_figures = [(first, last) for first, last, _ in out if first > 0]
    across = sum(last > first for first, last in over_figures)
    return out if across >= len(over_figures) / 2 else laid


def _amid(
    found: tuple[int, int, Piece],
    laid: Sequence[tuple[int, int, Piece]],
    under: Sequence[tuple[int, Piece]],
    edges: Sequence[float],
) -> tuple[int, int, Piece]:
    first, last, text = found
    middle = (text.x0 + text.x1) / 2
    mine = [
        column
        for column, head in under
        if min(laid, key=lambda other: abs(_middle(other[2]) - _middle(head)))[2] is text
    ]
    if len(mine) < 2 or any(abs(_middle(head) - middle) < _OVER for column, head in under if column in mine):
        return found
    centre = (edges[min(mine)] + edges[max(mine) + 1]) / 2
    if abs(centre - middle) > _AMID * (edges[max(mine) + 1] - edges[min(mine)]):
        return found
    return min(first, *mine), max(last, *mine), text


def _middle(text: Piece) -> float:
    return (text.x0 + text.x1) / 2


def cuts(rows: Sequence[Sequence[Line]], top: float, bottom: float) -> list[float]:
    """Top of the first row, the edges between rows, bottom of the last."""
    inner = [
        (max(line.box.middle[1] for line in above) + min(line.box.middle[1] for line in below)) / 2
        for above, below in pairwise(rows)
    ]
    free = [
        (max(line.box.bottom for line in above) + min(line.box.top for line in below)) / 2
        for above, below in pairwise(rows)
    ]
    return [top, *(f if abs(f - i) < 20 else i for f, i in zip(free, inner, strict=True)), bottom]


def row_boxes(
    lines: Sequence[Line], edges: Sequence[float], top: float, bottom: float, below: Line | None = None
) -> list[Box]:
    """The boxes of one row's cells; a text that covers several columns makes one cell of them.

    `below` is the line of headings under a row of headings.
    """
    laid = [spanned(line, below, edges) for line in lines]
    spans = [(first, last) for on_line in laid for first, last, _ in on_line if last > first]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    kept = [span for span in merged if all(_alone(span, on_line) for on_line in laid)]
    boxes, column = [], 0
    while column < len(edges) - 1:
        last = next((b for a, b in kept if a == column), column)
        boxes.append(Box(edges[column], top, edges[last + 1], bottom))
        column = last + 1
    return boxes


def _alone(span: tuple[int, int], laid: Sequence[tuple[int, int, Piece]]) -> bool:
    """Whether no line has two texts inside the span."""
    return sum(first <= span[1] and last >= span[0] for first, last, _ in laid) <= 1


def are_entries(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether every line begins afresh in the first column and in others, and none fills its first column."""
    laid = [placed(line, edges) for line in lines]
    return len(laid) > 1 and all(
        len(found) > 1
        and found[0][0] == 0
        and (found[0][2].text[:1].isupper() or found[0][2].text[:1].isdigit())
        and found[0][2].x1 < edges[0] + _SHORT * (edges[1] - edges[0])
        for found in laid
    )


def figure_lines(lines: Sequence[Line]) -> int:
    """How many of the lines hold figures behind their first piece."""
    return sum(is_figures(pieces(line)) for line in lines)


def headings_above(rows: Sequence[Sequence[Line]]) -> int:
    """How many rows stand above the first that holds figures; the first row alone where none does."""
    return next((i for i, row in enumerate(rows) if figure_lines(row)), 1)


def boxes_of(
    rows: Sequence[Sequence[Line]], sides: Sequence[tuple[float, float]], edges: Sequence[float]
) -> list[Box]:
    """The boxes of all rows' cells; `sides` are top and bottom of each row."""
    headings = headings_above(rows)
    boxes = list[Box]()
    for i, (row, (top, bottom)) in enumerate(zip(rows, sides, strict=True)):
        below = rows[i + 1][0] if i < headings and i + 1 < len(rows) and rows[i + 1] else None
        boxes += row_boxes(row, edges, top, bottom, below)
    return boxes
