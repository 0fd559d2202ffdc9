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
    ends_sentence,
    figure_lines,
    figure_rows,
    heading_rows,
    placed,
    row_boxes,
)
from extract.flavours.pieces import Interval, Piece, columns_of, edges_of, is_figures, meets, piece, pieces
from extract.flavours.quality import POOR, scored
from extract.flavours.row_evidence import by_columns, ends_row, gaps, leading_of, spacing
from extract.flavours.stacks import DOUBLE, JOINT, SAME, Band, Level, levels_of, parts_of, stacks_of
from extract.lines import lines_of
from extract.shapes import Box, Line, Page, Table, Word

_FIGURES = 0.5  # share of a band's lines that hold figures, each a row then
_HEADING_WORDS = 8
_LEAST_OF_TEXT = 2  # lines of a band that are more than a section's title
_MOSTLY_ACROSS = 0.5  # of all lines
_NARROW = 2.0  # points: no gutter is narrower
_SAME_START = 1.5  # points
_LEAST_BOTH = 4  # lines with texts on both sides of a gutter that hardly shows
_OVER = 1.5  # points: texts that begin so near to each other's left stand one over the other
_RUNNING_TITLE = 2  # lines over the rest of a table
_REACH = 0.9  # line heights: lines beyond the last rule that follow so near may go on the table

_REACH_OF_SECTION = 2.5  # below the title of a section, whose rows have no rules

FIGURES, TEXTS = "lined figures", "lined"


def lined(page: Page, taken: Sequence[Box] = ()) -> list[Table]:
    """The tables of a page that rules or tints as wide as the table part into rows; none over the boxes `taken`."""
    tables = list[Table]()
    for stack in sorted(stacks_of(page), key=len, reverse=True):
        if any(_covers(box, stack) for box in (*taken, *(t.places[0].box for t in tables))):
            continue
        for bands in parts_of(stack, page.words):
            table = _table(page, stack, bands)
            if table is not None:
                tables.append(table)
    return [t for t in scored(tables, page) if t.flavour == FIGURES or t.score >= POOR]


def lined_rest(page: Page, edges: Sequence[float]) -> Table | None:
    """The rows between a page's rules as wide as the table that ends on the page before, in its columns.

    None where a text between them keeps to no column and is no band of a section, or where more than a running title
    stands above them.
    """
    for stack in stacks_of(page):
        if abs(stack[0].x0 - edges[0]) > SAME or abs(stack[0].x1 - edges[-1]) > SAME:
            continue
        parts = parts_of(stack, page.words)
        if len(parts) != 1:
            continue
        between = parts[0]
        bands = [*_open(page, between, edges, up=True), *between, *_open(page, between, edges, up=False)]
        above = lines_of([w for w in page.words if w.box.middle[1] < bands[0].top])
        if len(above) > _RUNNING_TITLE or not all(_is_row(band, edges) for band in bands):
            continue
        steps = _steps(page, bands, edges)
        boxes = [
            box
            for i, band in enumerate(bands)
            for box in steps.get(i)
            or (
                _rest_boxes(band, edges)
                if len(bands) == 1
                else row_boxes(band.lines, edges, band.top, band.bottom)
            )
        ]
        return table_of(page, boxes, TEXTS) if _is_filled([*bands, *bands], edges) else None
    return None


def _rest_boxes(band: Band, edges: Sequence[float]) -> list[Box]:
    """The boxes of the only band of a page, whose rows no rules part."""
    rows = _text_rows(band, edges)
    return [
        box
        for row, (top, bottom) in zip(rows, pairwise(cuts(rows, band.top, band.bottom)), strict=True)
        for box in row_boxes(row, edges, top, bottom)
    ]


def _steps(page: Page, bands: Sequence[Band], edges: Sequence[float]) -> dict[int, list[Box]]:
    """The cells of those bands whose right columns shorter rules part into rows, beside a first cell that all of them share.

    {place of the band: its boxes}
    """
    shorter = [
        level
        for level in levels_of(page)
        if abs(level.x1 - edges[-1]) <= SAME and edges[0] + SAME < level.x0 < edges[-2]
    ]
    out = dict[int, list[Box]]()
    for i, band in enumerate(bands):
        inside = [level for level in shorter if band.top + DOUBLE < level.y < band.bottom - DOUBLE]
        if inside and len(_clusters([level.x0 for level in inside])) == 1:
            words = [word for line in band.lines for word in line.words]
            if boxes := _step_boxes(words, band, inside, edges):
                out[i] = boxes
    return out


def _step_boxes(
    words: Sequence[Word], band: Band, rules: Sequence[Level], edges: Sequence[float]
) -> list[Box]:
    """The boxes of a band that `rules` part behind its first columns; [] where a text stands across them."""
    x0 = min(rule.x0 for rule in rules)
    first = min(range(1, len(edges) - 1), key=lambda k: abs(edges[k] - x0))
    if any(word.box.x0 < x0 - JOINT < x0 + JOINT < word.box.x1 for word in words):
        return []
    boxes = [Box(a, band.top, b, band.bottom) for a, b in pairwise(edges[: first + 1])]
    for top, bottom in pairwise([band.top, *(rule.y for rule in rules), band.bottom]):
        lines = lines_of([w for w in words if w.box.x0 > x0 - JOINT and top < w.box.middle[1] < bottom])
        if not lines:
            return []
        boxes += row_boxes(lines, edges[first:], top, bottom)
    return boxes


def _is_row(band: Band, edges: Sequence[float]) -> bool:
    """Whether the texts of a band keep to the columns, or it is the band of a section."""
    return len(band.lines) < 2 or all(_fits(line, edges) for line in band.lines)


def _covers(box: Box, stack: Sequence[Level]) -> bool:
    """Whether a table's box lies over part of a stack of rules, or a rule of the stack frames it."""
    across = box.x0 < stack[0].x1 - SAME and stack[0].x0 + SAME < box.x1
    return across and box.top < stack[-1].y - DOUBLE and stack[0].y + DOUBLE < box.bottom


def _table(page: Page, stack: Sequence[Level], bands: Sequence[Band]) -> Table | None:
    x0, x1 = stack[0].x0, stack[0].x1
    edges = _edges(stack, bands)
    if len(edges) < 3:
        return None
    ends_on_title = len(bands) > 2 and _is_section(bands[-1], edges)
    reach = _REACH_OF_SECTION if ends_on_title else _REACH
    below = _open(page, bands, edges, up=False, reach=reach)
    bands = [*_open(page, bands, edges, up=True), *bands, *below]
    figures = _is_figures(bands)
    if not figures and _are_texts_under_titles(bands, edges):
        return None
    if not figures and not (_has_headings(bands[0], edges) and _is_filled(bands[1:], edges)):
        return None
    rows, sides, boxes = list[list[Line]](), list[tuple[float, float]](), list[Box]()
    sectioned = _only_sections(bands[1:], edges)
    steps = {} if figures else _steps(page, bands, edges)
    for i, band in enumerate(bands):
        if i in steps:
            boxes += steps[i]
            continue
        of_section = i > 1 and _is_section(bands[i - 1], edges) and sectioned
        several = not figures and (len(bands) <= 2 or of_section)
        on_band = _text_rows(band, edges) if several else _rows(band, edges, band is bands[0])
        rows += on_band
        sides += pairwise(cuts(on_band, band.top, band.bottom))
    boxes += boxes_of(rows, sides, edges)
    edges[0], edges[-1] = min(edges[0], x0), max(edges[-1], x1)
    return table_of(page, boxes, FIGURES if figures else TEXTS)


def _are_texts_under_titles(bands: Sequence[Band], edges: Sequence[float]) -> bool:
    """Whether what stands between the rules mostly runs across the columns: a page's text under titles that are tinted or underlined."""
    lines = [line for band in bands for line in band.lines]
    across = sum(
        any(first < last for first, last, _ in placed(line, edges))
        for band in bands
        if len(band.lines) > _LEAST_OF_TEXT
        for line in band.lines
    )
    return across >= _MOSTLY_ACROSS * len(lines)


def _only_sections(bands: Sequence[Band], edges: Sequence[float]) -> bool:
    """Whether all that is drawn below the heads are bands of sections: the rows between them have no rules."""
    filled = [band for band in bands if band.lines]
    return len(filled) > 1 and all(_is_section(band, edges) == (i % 2 == 0) for i, band in enumerate(filled))


def _is_section(band: Band, edges: Sequence[float]) -> bool:
    """Whether a band is nothing but the title of a section."""
    return len(band.lines) == 1 and len(pieces(band.lines[0])) == 1 and band.lines[0].box.x0 < edges[1]


def _rows(band: Band, edges: Sequence[float], heading: bool) -> list[list[Line]]:
    """The lines of a band as rows: one, unless each line has its figures, or a heading stands across others."""
    if not band.lines:
        return [[]]
    if _holds_rows(band):
        first = next(i for i, line in enumerate(band.lines) if is_figures(pieces(line)))
        return [*heading_rows(band.lines[:first], edges), *figure_rows(band.lines[first:], edges)]
    if heading:
        return heading_rows(band.lines, edges)
    titled = len(band.lines) > 1 and any(first < last for first, last, _ in placed(band.lines[0], edges))
    if titled and len(pieces(band.lines[0])) == 1:
        return [[band.lines[0]], list(band.lines[1:])]  # a section's title over its first row
    return [list(band.lines)]


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
    common = [x for x in _clusters(joints) if sum(abs(x - j) <= JOINT for j in joints) >= 0.6 * len(stack)]
    inner = [x for x in common if x0 + SAME < x < x1 - SAME]
    if inner:
        return [x0, *inner, x1]
    units = [unit for band in bands for unit in _units(band)]
    behind_heading = units[1:] if len(units) > 2 else units
    columns = columns_of([[(p.x0, p.x1) for p in unit] for unit in behind_heading])
    if len(columns) < 2:
        return []
    columns = [part for column in columns for part in _parted_by_headings(column, bands)]
    headings = [part for unit in units[:1] for p in unit for part in _over(p, columns)]
    return edges_of(
        _with_empty(columns, _lowest_headings(bands) or headings), [(p.x0, p.x1) for p in headings], x0, x1
    )


def _parted_by_headings(column: Interval, bands: Sequence[Band]) -> list[Interval]:
    """A column, parted where a heading and the texts below it begin so near to the texts at their left that they look like one."""
    lines = [line for band in bands[1:] if len(band.lines) > 1 for line in band.lines]
    starts = [
        word.box.x0
        for line in bands[0].lines
        for word in line.words
        if column[0] + _NARROW < word.box.x0 < column[1] and word.text[:1].isupper()
    ]
    left, out = column[0], list[Interval]()
    for x in sorted(starts):
        if (end := _end_before(x, (left, column[1]), lines)) is not None:
            out.append((left, end))
            left = x
    return [*out, (left, column[1])]


def _end_before(x: float, column: Interval, lines: Sequence[Line]) -> float | None:
    """Where the texts end that stand left of others which all begin at `x`; None where some cross it or few begin there."""
    both, ends = 0, list[float]()
    for line in lines:
        words = [word for word in line.words if column[0] - 1 <= word.box.middle[0] <= column[1]]
        behind = [word for word in words if word.box.x0 > x - _SAME_START]
        before = [word for word in words if word.box.x0 <= x - _SAME_START]
        if (behind and abs(behind[0].box.x0 - x) > _SAME_START) or any(
            w.box.x1 > x - _NARROW for w in before
        ):
            return None
        both += bool(before and behind)
        ends += [word.box.x1 for word in before]
    return max(ends) if both >= _LEAST_BOTH else None


def _over(heading: Piece, columns: Sequence[Interval]) -> Iterable[Piece]:
    """A heading, parted where a word of it begins right over a further column's texts: two headings that nearly touch."""
    words = [heading.words[0]]
    for word in heading.words[1:]:
        if word.text[0].isupper() and any(abs(word.box.x0 - x0) < _OVER for x0, _ in columns):
            yield piece(words)
            words = []
        words.append(word)
    yield piece(words)


def _lowest_headings(bands: Sequence[Band]) -> list[Piece]:
    """The headings right above the figures, where there are several lines of headings."""
    lines = [pieces(line) for band in bands for line in band.lines]
    first = next((i for i, line in enumerate(lines) if is_figures(line)), 0)
    return lines[first - 1] if first > 1 else []


def _clusters(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * JOINT:
            out.append(value)
    return out


def _units(band: Band) -> list[list[Piece]]:
    """What must keep to the columns: each line of figures, or the band as a whole."""
    on_lines = [pieces(line) for line in band.lines]
    if _holds_rows(band):
        return [line for line in on_lines if is_figures(line)]
    merged = _merged(on_lines)
    if len(on_lines) > 1 and len(on_lines[0]) == 1:
        below, title = _merged(on_lines[1:]), on_lines[0][0]
        if sum(meets((p.x0, p.x1), (title.x0, title.x1)) for p in below) > 1:
            merged = below  # a section's title runs across the columns of the row below it
    return [merged] if merged else []


def _merged(lines: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The texts of lines, those over one another put together, from left to right."""
    merged: list[Piece] = []
    for found in sorted((p for line in lines for p in line), key=lambda p: p.x0):
        if merged and found.x0 < merged[-1].x1:
            last = merged[-1]
            merged[-1] = msgspec.structs.replace(
                last, words=(*last.words, *found.words), x1=max(last.x1, found.x1)
            )
        else:
            merged.append(found)
    return merged


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
        and all(
            len(words) <= _HEADING_WORDS and not (len(words) > 1 and ends_sentence(words))
            for words in heads.values()
        )
    )


def _is_filled(bands: Sequence[Band], edges: Sequence[float]) -> bool:
    """Whether rows below the headings fill more than one column, two such rows where there are but two columns."""
    filled = [
        len({first for line in band.lines for first, _, _ in placed(line, edges)}) > 1 for band in bands
    ]
    return sum(filled) >= (1 if len(edges) > 3 else 2)


def _open(
    page: Page, bands: Sequence[Band], edges: Sequence[float], up: bool, reach: float = _REACH
) -> list[Band]:
    """The row above the first rule or below the last, where a page's end or the drawing left it open."""
    edge = bands[0].top if up else bands[-1].bottom
    beyond = [w for w in page.words if (w.box.bottom < edge + 1 if up else w.box.top > edge - 1)]
    kept = list[Line]()
    far = edge
    for line in sorted(lines_of(beyond), key=lambda line: -line.box.bottom if up else line.box.top):
        gap = far - line.box.bottom if up else line.box.top - far
        if gap > reach * line.box.height or not _fits(line, edges):
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
    inside = edges[0] - SAME < line.box.x0 and line.box.x1 < edges[-1] + SAME
    return inside and all(first == last for first, last, _ in placed(line, edges))
