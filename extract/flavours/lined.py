"""Tables held together by horizontal rules alone: a stack of rules of one width, the rows between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extract.flavours.grid import table_of
from extract.flavours.layout import (
    are_entries,
    boxes_of,
    cuts,
    figure_lines,
    figure_rows,
    heading_rows,
    placed,
)
from extract.flavours.pieces import Interval, Piece, columns_of, edges_of, is_figures, meets, piece, pieces
from extract.flavours.quality import POOR, scored
from extract.flavours.row_evidence import by_columns, ends_row, gaps, leading_of, spacing
from extract.lines import lines_of
from extract.shapes import Box, Line, Page, Table, Word

_SAME = 6.0  # points: rules that begin and end so near to each other are of one width
_DOUBLE = 4.0  # points: rules so near to each other are one double rule
_JOINT = 2.0  # points: pieces of a rule with no more between them join there
_NARROW = 100.0  # points: shorter rules underline a heading or part a footnote
_FRAME = 0.93  # of the page's width: longer rules frame the page
_LOWEST = 6.0  # points: lower tints are highlights
_FIGURES = 0.5  # share of a band's lines that hold figures, each a row then
_HEADING_WORDS = 8
_REACH = 0.9  # line heights: lines beyond the last rule that follow so near may go on the table
_PROSE = 0.6  # of the width: a text that begins at the left and runs so far is prose


FIGURES, TEXTS = "lined figures", "lined"


class Level(msgspec.Struct, frozen=True):
    """A horizontal rule right across, at height `y`, with the places where pieces of it join."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...] = ()


class Band(msgspec.Struct, frozen=True):
    """What stands between two rules of a stack."""

    top: float
    bottom: float
    lines: tuple[Line, ...]


def lined(page: Page, taken: Sequence[Box] = ()) -> list[Table]:
    """The tables of a page that rules or tints as wide as the table part into rows; none over the boxes `taken`."""
    tables = list[Table]()
    for stack in sorted(_stacks(_levels(page)), key=len, reverse=True):
        if any(_covers(box, stack) for box in (*taken, *(t.places[0].box for t in tables))):
            continue
        for bands in _parts(stack, page.words):
            table = _table(page, stack, bands)
            if table is not None:
                tables.append(table)
    return [t for t in scored(tables, page) if t.flavour == FIGURES or t.score >= POOR]


def _covers(box: Box, stack: Sequence[Level]) -> bool:
    """Whether a table's box lies over part of a stack of rules, or a rule of the stack frames it."""
    across = box.x0 < stack[0].x1 - _SAME and stack[0].x0 + _SAME < box.x1
    return across and box.top < stack[-1].y - _DOUBLE and stack[0].y + _DOUBLE < box.bottom


def _levels(page: Page) -> list[Level]:
    """The rules that run across, their pieces joined, double rules as one, from the top."""
    flat = sorted(_flat(page), key=lambda b: (round(b.middle[1]), b.x0))
    levels: list[Level] = []
    for box in flat:
        last = levels[-1] if levels else None
        y = box.middle[1]
        if last is None or abs(y - last.y) > 1.5 or box.x0 - last.x1 > _JOINT:
            levels.append(Level(y, box.x0, box.x1))
        elif box.x1 > last.x1:
            joint = (*last.joints, max(last.x1, box.x0)) if box.x0 >= last.x1 - _JOINT else last.joints
            levels[-1] = msgspec.structs.replace(last, x1=box.x1, joints=joint)
    kept = (level for level in levels if _NARROW <= level.x1 - level.x0 <= _FRAME * page.width)
    return sorted(kept, key=lambda level: level.y)


def _flat(page: Page) -> Iterable[Box]:
    yield from (rule.box for rule in page.rules if rule.across)
    for fill in page.fills:
        box = fill.box
        if fill.shape == "box" and box.height >= _LOWEST and box.width >= _NARROW:
            yield Box(box.x0, box.top, box.x1, box.top)
            yield Box(box.x0, box.bottom, box.x1, box.bottom)


def _stacks(levels: Sequence[Level]) -> list[list[Level]]:
    """Rules of one width, one above the other."""
    stacks: list[list[Level]] = []
    for level in levels:
        stack = next((s for s in stacks if _same_width(s[-1], level)), None)
        if stack is None:
            stacks.append([level])
        elif level.y - stack[-1].y > _DOUBLE:
            stack.append(level)
        else:
            joints = (*stack[-1].joints, *level.joints)
            stack[-1] = msgspec.structs.replace(stack[-1], joints=joints)
    return [stack for stack in stacks if len(stack) > 1]


def _same_width(a: Level, b: Level) -> bool:
    return abs(a.x0 - b.x0) <= _SAME and abs(a.x1 - b.x1) <= _SAME


def _parts(stack: Sequence[Level], words: Sequence[Word]) -> list[list[Band]]:
    """The bands between the rules, parted where prose stands between two of them."""
    x0, x1 = stack[0].x0, stack[0].x1
    parts: list[list[Band]] = [[]]
    for above, below in pairwise(stack):
        inside = [w for w in words if above.y < w.box.middle[1] < below.y]
        band = Band(above.y, below.y, lines_of(inside))
        outside = any(not x0 - _SAME < w.box.middle[0] < x1 + _SAME for w in inside)
        if outside or (len(band.lines) > 1 and _is_prose(band.lines, x0, x1)):
            parts.append([])
        else:
            parts[-1].append(band)
    return [
        part
        for part in parts
        if (lines := [line for band in part for line in band.lines]) and not _is_prose(lines, x0, x1)
    ]


def _is_prose(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether most lines run from the left over most of the width without a gap."""
    full = [
        line
        for line in lines
        if len(found := pieces(line)) == 1
        and found[0].x0 < x0 + 0.1 * (x1 - x0)
        and found[0].x1 > x0 + _PROSE * (x1 - x0)
    ]
    return len(full) > 0.5 * len(lines)


def _table(page: Page, stack: Sequence[Level], bands: Sequence[Band]) -> Table | None:
    x0, x1 = stack[0].x0, stack[0].x1
    edges = _edges(stack, bands)
    if len(edges) < 3:
        return None
    bands = [*_open(page, bands, edges, up=True), *bands, *_open(page, bands, edges, up=False)]
    figures = _is_figures(bands)
    if not figures and not (_has_headings(bands[0], edges) and _is_filled(bands[1:], edges)):
        return None
    rows, sides = list[list[Line]](), list[tuple[float, float]]()
    for band in bands:
        on_band = (
            _rows(band, edges, band is bands[0]) if figures or len(bands) > 2 else _text_rows(band, edges)
        )
        rows += on_band
        sides += pairwise(cuts(on_band, band.top, band.bottom))
    boxes = boxes_of(rows, sides, edges)
    edges[0], edges[-1] = min(edges[0], x0), max(edges[-1], x1)
    return table_of(page, boxes, FIGURES if figures else TEXTS)


def _rows(band: Band, edges: Sequence[float], heading: bool) -> list[list[Line]]:
    """The lines of a band as rows: one, unless each line has its figures, or a heading stands across others."""
    if not band.lines:
        return [[]]
    if _holds_rows(band):
        first = next(i for i, line in enumerate(band.lines) if is_figures(pieces(line)))
        return [*heading_rows(band.lines[:first], edges), *figure_rows(band.lines[first:], edges)]
    return heading_rows(band.lines, edges) if heading else [list(band.lines)]


def _text_rows(band: Band, edges: Sequence[float]) -> list[list[Line]]:
    """The lines of a table that has no rules between its rows: a row a line where each line is one, or by evidence."""
    if are_entries(band.lines, edges):
        return [[line] for line in band.lines]
    by_column = by_columns((w for line in band.lines for w in line.words), list(pairwise(edges)))
    found = gaps(by_column, leading_of(by_column))
    known = spacing(found, leading_of(by_column))
    ends = [gap.middle for gap in found if ends_row(gap, known)]
    rows = [
        [line for line in band.lines if a < line.box.middle[1] < b] for a, b in pairwise([0.0, *ends, 1e6])
    ]
    return [row for row in rows if row] or [[]]


def _holds_rows(band: Band) -> bool:
    count = figure_lines(band.lines)
    return count > 1 and count >= _FIGURES * len(band.lines)


def _edges(stack: Sequence[Level], bands: Sequence[Band]) -> list[float]:
    """The edges of the columns: where the rules' pieces join, or where the texts leave gutters free."""
    x0, x1 = stack[0].x0, stack[0].x1
    joints = [x for level in stack for x in level.joints]
    common = [x for x in _clusters(joints) if sum(abs(x - j) <= _JOINT for j in joints) >= 0.6 * len(stack)]
    inner = [x for x in common if x0 + _SAME < x < x1 - _SAME]
    if inner:
        return [x0, *inner, x1]
    units = [unit for band in bands for unit in _units(band)]
    behind_heading = units[1:] if len(units) > 2 else units
    columns = columns_of([[(p.x0, p.x1) for p in unit] for unit in behind_heading])
    if len(columns) < 2:
        return []
    headings = [p for unit in units[:1] for p in unit]
    return edges_of(
        _with_empty(columns, _lowest_headings(bands) or headings), [(p.x0, p.x1) for p in headings], x0, x1
    )


def _lowest_headings(bands: Sequence[Band]) -> list[Piece]:
    """The headings right above the figures, where there are several lines of headings."""
    lines = [pieces(line) for band in bands for line in band.lines]
    first = next((i for i, line in enumerate(lines) if is_figures(line)), 0)
    return lines[first - 1] if first > 1 else []


def _clusters(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * _JOINT:
            out.append(value)
    return out


def _units(band: Band) -> list[list[Piece]]:
    """What must keep to the columns: each line of figures, or the band as a whole."""
    on_lines = [pieces(line) for line in band.lines]
    if _holds_rows(band):
        return [line for line in on_lines if is_figures(line)]
    merged: list[Piece] = []
    for found in sorted((p for line in on_lines for p in line), key=lambda p: p.x0):
        if merged and found.x0 < merged[-1].x1:
            last = merged[-1]
            merged[-1] = msgspec.structs.replace(last, x1=max(last.x1, found.x1), kind="text")
        else:
            merged.append(found)
    return [merged] if merged else []


def _with_empty(columns: Sequence[Interval], headings: Sequence[Piece]) -> list[Interval]:
    """The columns and those that hold nothing but their heading."""
    free = [(h.x0, h.x1) for h in headings if not any(meets(c, (h.x0, h.x1)) for c in columns)]
    return sorted([*columns, *free])


def _is_figures(bands: Sequence[Band]) -> bool:
    """Whether most lines between the rules hold figures."""
    lines = [line for band in bands for line in band.lines]
    figures = figure_lines(lines)
    return figures > 2 and figures >= _FIGURES * len(lines)


def _has_headings(band: Band, edges: Sequence[float]) -> bool:
    """Short texts over most of the columns."""
    heads: dict[int, list[Word]] = {}
    for first, last, found in (part for line in band.lines for part in placed(line, edges)):
        if first == last:
            heads.setdefault(first, []).extend(found.words)
    texts = sum(piece(words).kind == "text" for words in heads.values())
    return (
        len(heads) >= max(2, 0.6 * (len(edges) - 1))
        and texts > len(heads) / 2
        and all(len(words) <= _HEADING_WORDS and not words[-1].text.endswith(".") for words in heads.values())
    )


def _is_filled(bands: Sequence[Band], edges: Sequence[float]) -> bool:
    """Whether rows below the headings fill more than one column, two such rows where there are but two columns."""
    filled = [
        len({first for line in band.lines for first, _, _ in placed(line, edges)}) > 1 for band in bands
    ]
    return sum(filled) >= (1 if len(edges) > 3 else 2)


def _open(page: Page, bands: Sequence[Band], edges: Sequence[float], up: bool) -> list[Band]:
    """The row above the first rule or below the last, where a page's end or the drawing left it open."""
    edge = bands[0].top if up else bands[-1].bottom
    beyond = [w for w in page.words if (w.box.bottom < edge + 1 if up else w.box.top > edge - 1)]
    kept = list[Line]()
    far = edge
    for line in sorted(lines_of(beyond), key=lambda line: -line.box.bottom if up else line.box.top):
        gap = far - line.box.bottom if up else line.box.top - far
        if gap > _REACH * line.box.height or not _fits(line, edges):
            break
        kept.append(line)
        far = line.box.top if up else line.box.bottom
    while kept and _is_note(kept[-1], edges):
        kept.pop()
    far = (kept[-1].box.top if up else kept[-1].box.bottom) if kept else edge
    if len({first for line in kept for first, _, _ in placed(line, edges)}) < 2:
        return []
    lines = tuple(sorted(kept, key=lambda line: line.box.top))
    return [Band(far - 1, edge, lines) if up else Band(edge, far + 1, lines)]


def _is_note(line: Line, edges: Sequence[float]) -> bool:
    """Whether a line beyond a table's rules holds nothing but a text at the left that begins afresh."""
    laid = placed(line, edges)
    return laid[0][0] == laid[-1][0] == 0 and line.text[:1].isupper()


def _fits(line: Line, edges: Sequence[float]) -> bool:
    """Whether every text of a line keeps to a column."""
    inside = edges[0] - _SAME < line.box.x0 and line.box.x1 < edges[-1] + _SAME
    return inside and all(first == last for first, last, _ in placed(line, edges))
