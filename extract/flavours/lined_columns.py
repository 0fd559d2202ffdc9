"""The columns of a table that rules part into rows: where the rules' pieces join, or where its texts leave gutters free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from extract.flavours.layout import figure_lines
from extract.flavours.pieces import Interval, Piece, columns_of, edges_of, is_figures, meets, piece, pieces
from extract.flavours.stacks import JOINT, SAME, Band, Level
from extract.shapes import Line

FIGURES_OF_LINES = 0.5  # share of a band's lines that hold figures, each a row then
_NARROW = 2.0  # points: no gutter is narrower
_SAME_START = 1.5  # points
_LEAST_BOTH = 4  # lines with texts on both sides of a gutter that hardly shows
_OVER = 1.5  # points: texts that begin so near to each other's left stand one over the other


def holds_rows(band: Band) -> bool:
    """Whether the lines of a band are rows: most hold figures."""
    count = figure_lines(band.lines)
    return count > 1 and count >= FIGURES_OF_LINES * len(band.lines)


def column_edges(stack: Sequence[Level], bands: Sequence[Band]) -> list[float]:
    """The edges of the columns: where the rules' pieces join, or where the texts leave gutters free."""
    x0, x1 = stack[0].x0, stack[0].x1
    joints = [x for level in stack for x in level.joints]
    common = [x for x in clusters(joints) if sum(abs(x - j) <= JOINT for j in joints) >= 0.6 * len(stack)]
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


def clusters(values: Iterable[float]) -> list[float]:
    """The first of each group of values that lie as near together as rules that join."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * JOINT:
            out.append(value)
    return out


def _units(band: Band) -> list[list[Piece]]:
    """What must keep to the columns: each line of figures, or the band as a whole."""
    on_lines = [pieces(line) for line in band.lines]
    if holds_rows(band):
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
