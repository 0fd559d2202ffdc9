"""Tables held together by horizontal rules alone: a stack of rules of one width, the rows between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
from extract.flavours.lined_columns import FIGURES_OF_LINES, clusters, column_edges, holds_rows
from extract.flavours.open_rows import with_open_rows
from extract.flavours.pieces import is_figures, piece, pieces
from extract.flavours.quality import POOR, scored
from extract.flavours.row_evidence import by_columns, ends_row, gaps, leading_of, spacing
from extract.flavours.stacks import DOUBLE, JOINT, SAME, Band, Level, levels_of, parts_of, stacks_of
from extract.lines import lines_of
from extract.shapes import Box, Line, Page, Table, Word

_HEADING_WORDS = 8
_LEAST_OF_TEXT = 2  # lines of a band that are more than a section's title
_MOSTLY_ACROSS = 0.5  # of all lines
_RUNNING_TITLE = 2  # lines over the rest of a table
_REACH = 0.9  # line heights: lines beyond the last rule that follow so near may go on the table
_MOST_OF_TITLE = 2  # lines
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
        if inside and len(clusters([level.x0 for level in inside])) == 1:
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
    edges = column_edges(stack, bands)
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
    if figures:
        return table_of(page, boxes, FIGURES)
    table = table_of(page, boxes, TEXTS)
    return table and with_open_rows(table, page)


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
    """Whether a band is nothing but the title of a section, one line or two that are longer than their column."""
    if not 0 < len(band.lines) <= _MOST_OF_TITLE or any(len(pieces(line)) > 1 for line in band.lines):
        return False
    over = any(line.box.x1 > edges[1] for line in band.lines)
    return (len(band.lines) == 1 or over) and all(line.box.x0 < edges[1] for line in band.lines)


def _rows(band: Band, edges: Sequence[float], heading: bool) -> list[list[Line]]:
    """The lines of a band as rows: one, unless each line has its figures, or a heading stands across others."""
    if not band.lines:
        return [[]]
    if holds_rows(band):
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


def _is_figures(bands: Sequence[Band]) -> bool:
    """Whether most lines between the rules hold figures."""
    lines = [line for band in bands for line in band.lines]
    figures = figure_lines(lines)
    return figures > 2 and figures >= FIGURES_OF_LINES * len(lines)


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
