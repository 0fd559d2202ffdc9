"""Pieces of text on a line, which of them are figures, and the columns that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from extract.shapes import Line, Word

Interval = tuple[float, float]

_APART = 0.75  # type sizes: words with more space between them are two pieces
_NARROWEST = 1.5  # points: a gutter between columns is no narrower
_RICH = 0.6  # of the most pieces of any unit: poorer units hold texts across the columns
_STRAY = 0.1  # share of units that may reach over a gutter
_SIGNS = r"[-+(\[<>≤≥~±–−£€$]*"
_FIGURE = re.compile(rf"^{_SIGNS}(?=[.\d]*\d)[\d.][\d,.'’]*(?:%|pp|p|k|m|bn|x)?[)\]*†‡]*$", re.IGNORECASE)
_NOTHING = re.compile(r"^(?:[-–—−.:*]+|n/?a|n\.a\.?|nil|none|tbc)$", re.IGNORECASE)
_UNIT = re.compile(r"^(?:[£€$%*†]|pp|k|m|bn|million|billion)$", re.IGNORECASE)


class Piece(msgspec.Struct, frozen=True, dict=True):
    """Words of one line that stand together, from `x0` to `x1`."""

    words: tuple[Word, ...]
    x0: float
    x1: float

    @cached_property
    def kind(self) -> str:
        """ "figure", "nothing" (a dash, n/a) or "text"."""
        return _kind(self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def pieces(line: Line) -> list[Piece]:
    """The line parted where words stand farther apart than in running text."""
    space = _APART * line.box.height
    words, start = line.words, 0
    out = list[Piece]()
    for i in range(1, len(words)):
        if words[i].box.x0 - words[i - 1].box.x1 > space:
            out.append(piece(words[start:i]))
            start = i
    return [*out, piece(words[start:])]


def piece(words: Sequence[Word]) -> Piece:
    """Words as one piece."""
    return Piece(tuple(words), words[0].box.x0, max(w.box.x1 for w in words))


def _kind(words: Sequence[Word]) -> str:
    if all(_NOTHING.match(word.text) for word in words):
        return "nothing"
    figures = [bool(_FIGURE.match(word.text)) for word in words]
    if any(figures) and all(
        figure or _UNIT.match(w.text) or _NOTHING.match(w.text)
        for figure, w in zip(figures, words, strict=True)
    ):
        return "figure"
    return "text"


def is_figures(line: Sequence[Piece]) -> bool:
    """Whether a line holds figures, or the dashes that stand for them, behind its first piece."""
    behind = [p.kind for p in line[1:]]
    if "figure" in behind:
        return behind.count("text") <= len(behind) / 2
    return len(behind) >= 2 and set(behind) == {"nothing"}


def columns_of(units: Sequence[Sequence[Interval]]) -> list[Interval]:
    """Left and right of the columns that rows or lines, given as what their texts cover, keep to.

    Units with few texts (a heading across) have no say; neighbours that are never both filled are one column.
    """
    most = max((len(unit) for unit in units), default=0)
    rich = [unit for unit in units if len(unit) >= max(2, _RICH * most)]
    columns = _covered(rich, 0)
    if len(columns) < 0.75 * most:
        columns = _covered(rich, int(_STRAY * len(rich)))
    return _distinct(columns, rich)


def _covered(units: Sequence[Sequence[Interval]], allowed: int) -> list[Interval]:
    """Where more than `allowed` of the units have text."""
    events = sorted((x, step) for unit in units for x0, x1 in unit for x, step in ((x0, -1), (x1, 1)))
    out, depth, start = list[Interval](), 0, 0.0
    for x, step in events:
        before, depth = depth, depth - step
        if before <= allowed < depth:
            start = x
        elif depth <= allowed < before:
            if out and start - out[-1][1] < _NARROWEST:
                start = out.pop()[0]
            out.append((start, x))
    return out


def _distinct(columns: Sequence[Interval], units: Sequence[Sequence[Interval]]) -> list[Interval]:
    """The columns with neighbours that no unit fills both put together."""
    filled = [{i for i, c in enumerate(columns) if any(meets(c, span) for span in unit)} for unit in units]
    out = list[Interval]()
    for i, column in enumerate(columns):
        if out and not any({i - 1, i} <= held for held in filled):
            out[-1] = (out[-1][0], column[1])
        else:
            out.append(column)
    return out


def meets(a: Interval, b: Interval) -> bool:
    """Whether two intervals share more than an edge."""
    return a[0] < b[1] and b[0] < a[1]


def edges_of(columns: Sequence[Interval], headings: Iterable[Interval], x0: float, x1: float) -> list[float]:
    """The edges of columns between `x0` and `x1`: in the middle of what texts and headings leave free."""
    grown = [list(column) for column in columns]
    for heading in headings:
        met = [i for i, column in enumerate(columns) if meets(column, heading)]
        if len(met) == 1:
            cell = grown[met[0]]
            cell[0], cell[1] = min(cell[0], heading[0]), max(cell[1], heading[1])
    inner = []
    for i, (left, right) in enumerate(pairwise(grown)):
        free = (left[1], right[0]) if right[0] > left[1] else (columns[i][1], columns[i + 1][0])
        inner.append(sum(free) / 2)
    return [min(x0, columns[0][0] - 1), *inner, max(x1, columns[-1][1] + 1)]
