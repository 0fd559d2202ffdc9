"""Tables held together by white space alone, or by horizontal rules alone.

Columns come from the words' own gaps over the whole table and over its pages; rows from evidence, never from single
lines of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise

import msgspec

from extract.flavours.figures import figures
from extract.flavours.grid import table_of
from extract.flavours.gutters import Interval, Region, regions, words_of
from extract.flavours.layout import are_entries, ends_sentence
from extract.flavours.lined import FIGURES, TEXTS, lined
from extract.flavours.quality import DOUBTFUL, POOR, scored
from extract.flavours.row_evidence import (
    Gap,
    Spacing,
    by_columns,
    ends_row,
    gaps,
    in_sequence,
    leading_of,
    spacing,
)
from extract.lines import lines_of
from extract.shapes import Box, Line, Page, Table, Word

_ACROSS = 0.6  # share of a table's width that a rule or tint must run over to part rows
_HEADING_WORDS = 8  # a heading has no more words
_PLAIN_PROSE = 0.6  # share of a column's lines that run to its end, as in prose set in columns


def aligned(pages: Sequence[Page], drawn: Mapping[int, Sequence[Sequence[Table]]]) -> dict[int, list[Table]]:
    """The tables that white space makes, by page; `drawn` is what rules and boxes already make there."""
    well = {page.number: _well_read(drawn.get(page.number, ())) for page in pages}
    by_rules = {page.number: lined(page, _well_read(_with_rules(drawn, page.number))) for page in pages}
    out = {number: [t for t in tables if t.flavour == FIGURES] for number, tables in by_rules.items()}
    by_number = {page.number: page for page in pages}
    free = {
        page.number: _free(page, [*well[page.number], *(t.places[0].box for t in out[page.number])])
        for page in pages
    }
    for page in pages:
        of_figures = figures(page, free[page.number])
        out[page.number] += of_figures
        if of_figures:
            free[page.number] = _free(free[page.number], [t.places[0].box for t in of_figures])
    lines = [line for page in free.values() for line in lines_of(page.words)]
    for region in regions(lines):
        if _is_table(region):
            for table in _well_spaced(_tables(region, by_number), by_number):
                out[table.places[0].page].append(table)
    for number, tables in by_rules.items():
        out[number] += (t for t in tables if t.flavour == TEXTS)
    return out


def _well_spaced(tables: Sequence[Table], pages: Mapping[int, Page]) -> list[Table]:
    """A region's tables with their scores; from the first with two rows on, and without those that fit badly."""
    start = next((i for i, table in enumerate(tables) if len(table.rows) > 1), len(tables))
    found = [scored([table], pages[table.places[0].page])[0] for table in tables[start:]]
    return [table for table in found if table.score >= POOR]


def _well_read(drawn: Sequence[Sequence[Table]]) -> list[Box]:
    """Where the tables stand that rules and boxes make, and that hold all their words well."""
    return [
        table.places[0].box
        for tables in drawn
        for table in tables
        if len(table.rows) > 1 and table.columns > 1 and table.score >= DOUBTFUL
    ]


def _with_rules(drawn: Mapping[int, Sequence[Sequence[Table]]], page: int) -> list[Sequence[Table]]:
    """A page's tables of rules; those of tints and boxes may be carried on beyond the last of them by rules."""
    return [[table for table in tables if table.flavour == "ruled"] for tables in drawn.get(page, ())]


def _free(page: Page, boxes: Sequence[Box]) -> Page:
    """The page without the words in the boxes, and without words that stand sideways."""
    words = tuple(w for w in page.words if not w.turned and not any(box.holds(w.box.middle) for box in boxes))
    return msgspec.structs.replace(page, words=words)


def _is_table(region: Region) -> bool:
    """Whether a region opens with a heading row over its columns, and is no prose set in columns."""
    columns = region.columns
    if len(columns) < 2 or len(region.lines) < 3:
        return False
    return _has_headings(region, columns) and not _is_prose(region, columns)


def _has_headings(region: Region, columns: Sequence[Interval]) -> bool:
    """Short texts over at least two columns, and over most of them, in the region's first lines."""
    top = region.lines[0]
    first = [
        line
        for line in region.lines[:5]
        if line.page == top.page and line.box.top - top.box.top < 5 * top.box.height
    ]
    texts = [_column_words(first[:1], column) for column in columns]
    headed = [words for words in texts if words]
    enough = len(headed) >= max(2, 0.6 * len(columns))
    return enough and all(
        len(words) <= _HEADING_WORDS
        and words[0].text[0].isupper()
        and (not ends_sentence(words) or _is_abbreviation(words))
        for words in headed
    )


def _is_abbreviation(words: Sequence[Word]) -> bool:
    """Whether a heading that ends with a stop is "No." or "Ref.", and no number of a list."""
    letters = words[0].text.rstrip(".")
    return len(words) == 1 and letters.isalpha() and len(letters) > 1 and bool(set(letters) - set("IVXLC"))


def _column_words(lines: Sequence[Line], column: Interval) -> list[Word]:
    x0, x1 = column
    return [w for line in lines for w in line.words if x0 <= w.box.x0 + 0.3 * w.box.width < x1]


def _is_prose(region: Region, columns: Sequence[Interval]) -> bool:
    """Two columns of one width, both full of running lines."""
    if len(columns) != 2:
        return False
    shares = []
    for x0, x1 in columns:
        lines = lines_of(_column_words(region.lines, (x0, x1)))
        right = max((line.box.x1 for line in lines), default=x0)
        full = sum(line.box.x1 > x0 + 0.85 * (right - x0) for line in lines)
        shares.append(full / max(len(lines), 1))
    widths = sorted(x1 - x0 for x0, x1 in columns)
    return min(shares) > _PLAIN_PROSE and widths[0] > 0.75 * widths[1]


def _tables(region: Region, pages: Mapping[int, Page]) -> list[Table]:
    """The region's table on each of its pages."""
    columns = region.columns
    lines = {number: by_columns(words_of(region, number), columns) for number in region.pages}
    usual = leading_of(column for on_page in lines.values() for column in on_page)
    found = {number: gaps(on_page, usual) for number, on_page in lines.items()}
    in_order = in_sequence([gap for page_gaps in found.values() for gap in page_gaps])
    known = spacing(in_order, usual)
    rest = iter(in_order)
    found = {number: list(islice(rest, len(page_gaps))) for number, page_gaps in found.items()}
    heading = ""
    tables = []
    for number in region.pages:
        words = _within_rules(pages[number], words_of(region, number), columns)
        if not words:
            continue
        edges = _row_edges(pages[number], words, columns, found[number], known)
        if heading:
            edges = _with_heading_edge(edges, region, number, heading)
        else:
            heading = _squeezed(
                line for line in region.lines if line.page == number and line.box.bottom < edges[1]
            )
        boxes = _boxes(edges, columns, [b for b in region.banners if b.page == number])
        table = table_of(pages[number], boxes, "aligned")
        if table is not None:
            tables.append(table)
    return tables


def _squeezed(lines: Iterable[Line]) -> str:
    return "".join(word.text for line in lines for word in line.words)


def _with_heading_edge(edges: list[float], region: Region, page: int, heading: str) -> list[float]:
    """The edges with one below the heading row, where the page's first lines repeat it."""
    text, last = "", None
    for line in (line for line in region.lines if line.page == page):
        if text == heading and last is not None:
            y = (last.box.bottom + line.box.top) / 2
            return (
                edges if any(abs(y - edge) < line.box.height for edge in edges[1:]) else sorted([*edges, y])
            )
        text, last = text + _squeezed([line]), line
        if not heading.startswith(text):
            break
    return edges


def _row_edges(
    page: Page, words: Sequence[Word], columns: Sequence[Interval], found: Sequence[Gap], known: Spacing
) -> list[float]:
    """Top of the first row, the edges between rows, bottom of the last."""
    top, bottom = min(w.box.top for w in words) - 1.0, max(w.box.bottom for w in words) + 1.0
    drawn = [y for y in _drawn_edges(page, columns) if top < y < bottom]
    lines = lines_of(words)
    headed = len(lines) > 1 and (
        any(lines[0].box.middle[1] < y < lines[1].box.middle[1] for y in drawn)
        or (all(w.bold for w in lines[0].words) and not all(w.bold for w in lines[-1].words))
    )
    if headed and are_entries(lines[1:], [columns[0][0], *(x1 for _, x1 in columns)]):
        inner = [(a.box.bottom + b.box.top) / 2 for a, b in pairwise(lines)]
    elif len(drawn) >= 2:
        inner = [gap.middle for gap in found if any(gap.top - 1 <= y <= gap.bottom + 1 for y in drawn)]
    else:
        inner = [
            gap.middle
            for gap in found
            if any(gap.top - 1 <= y <= gap.bottom + 1 for y in drawn) or ends_row(gap, known)
        ]
    return [top, *(y for y in inner if top < y < bottom), bottom]


def _within_rules(page: Page, words: list[Word], columns: Sequence[Interval]) -> list[Word]:
    """The words above the last rule, where rules part the rows: below it the table has ended."""
    edges = _drawn_edges(page, columns)
    inside = [w for w in words if w.box.middle[1] < max(edges, default=0.0)]
    below = len(words) - len(inside)
    return inside if len(edges) >= 2 and 0 < below < 0.2 * len(words) else words


def _drawn_edges(page: Page, columns: Sequence[Interval]) -> list[float]:
    """Where rules or edges of tints run over most of the table's width."""
    x0, x1 = columns[0][0], columns[-1][1]
    spans: dict[int, float] = {}
    for box in _flat_edges(page):
        shared = min(box.x1, x1) - max(box.x0, x0)
        if shared > 0:
            key = round(box.top / 2)
            spans[key] = spans.get(key, 0.0) + shared
    return [key * 2.0 for key, width in spans.items() if width >= _ACROSS * (x1 - x0)]


def _flat_edges(page: Page) -> list[Box]:
    edges = [rule.box for rule in page.rules if rule.across]
    for fill in page.fills:
        if fill.shape == "box":
            edges.append(Box(fill.box.x0, fill.box.top, fill.box.x1, fill.box.top))
            edges.append(Box(fill.box.x0, fill.box.bottom, fill.box.x1, fill.box.bottom))
    return edges


def _boxes(edges: Sequence[float], columns: Sequence[Interval], banners: Sequence[Line]) -> list[Box]:
    """Cell boxes of every row; a banner is one cell across all columns."""
    cuts = sorted({*edges, *(y for b in banners for y in (b.box.top - 0.5, b.box.bottom + 0.5))})
    boxes = []
    for top, bottom in pairwise(cuts):
        middle = (top + bottom) / 2
        if any(b.box.top - 0.6 <= middle <= b.box.bottom + 0.6 for b in banners):
            boxes.append(Box(columns[0][0], top, columns[-1][1], bottom))
        else:
            boxes += [Box(x0, top, x1, bottom) for x0, x1 in columns]
    return boxes
