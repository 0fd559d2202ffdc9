"""A page's drawn objects: rules and fills from paths, and small pictures, through nested forms."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from extract.pages import calls
from extract.pages.dotted import LARGEST_DOT, Dots
from extract.shapes import Box, Fill, Problem, Rule

THIN = 3.0  # points: a filled shape no thicker is a rule
_SHORT = 1.0  # points: shorter strokes are dots
MAX_SEGMENTS = 20_000  # beyond it a page is a drawing, and finding a grid in it costs seconds
MAX_OBJECTS = 60_000
MAX_DOTS = 30_000
_CURVES = 10  # points of curves that count as one segment
_LONGEST_PATH = 5 * MAX_SEGMENTS  # segments of one path, of which most may be dots
_SIDE = 24.0  # points: a shorter side of a box with round corners is part of a badge
_CORNER = 3.0  # points that a side drawn by itself is carried on over a corner
_CARD_POINTS = 20  # four sides and four corners of three points each
_DEPTH = 8  # forms inside forms; a form that calls itself would go on for ever

# pdfium writes its answers here; one page is read at a time.
_CHANNELS = (ctypes.c_uint * 4)()
_MODE = (ctypes.c_int * 2)()
_POINT = (ctypes.c_float * 2)()
_BOUNDS = (ctypes.c_float * 4)()
_MATRIX = (ctypes.c_float * 6)()
_CHANNEL_PLACES, _MODE_PLACES, _POINT_PLACES, _BOUND_PLACES, _MATRIX_PLACES = (
    calls.places(array) for array in (_CHANNELS, _MODE, _POINT, _BOUNDS, _MATRIX)
)

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawing:
    """What the paths and pictures of a page are, while it is read."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[tuple[int, Box]] = field(default_factory=list)
    dots: Dots = field(default_factory=Dots)
    cards: list[Box] = field(default_factory=list)
    segments: int = 0
    objects: int = 0

    @property
    def too_dense(self) -> bool:
        return self.segments > MAX_SEGMENTS or self.objects > MAX_OBJECTS or self.dots.count > MAX_DOTS

    def problems(self, page: int) -> tuple[Problem, ...]:
        if not self.too_dense:
            return ()
        words = f"{self.segments} path segments, {self.dots.count} dots, {self.objects} objects"
        return (Problem("dense-drawing", "the page is a drawing: no table was looked for", page, words),)


def read_drawing(page: Any, place: Callable[..., Box]) -> Drawing:
    """Rules, fills and pictures of a loaded page, in the coordinates that `place` makes."""
    drawing = Drawing()
    for item, kind, matrix in _objects(page, drawing):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(item, matrix, place, drawing)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures.append((item, place(*_bounds(item, matrix))))
        if drawing.too_dense:
            break
    drawing.dots.close()
    drawing.rules += drawing.dots.rules
    for card in drawing.cards:
        if any(_parts(rule, card) for rule in drawing.rules):
            drawing.rules += (Rule(edge, edge.width >= edge.height) for edge in _sides(card))
    return drawing


def _parts(rule: Rule, card: Box) -> bool:
    """Whether a rule runs right across a box with round corners, which it parts into rows."""
    box = rule.box
    inside = card.top < box.top < card.bottom
    return rule.across and inside and max(abs(box.x0 - card.x0), abs(box.x1 - card.x1)) <= _CORNER


def _objects(page: Any, drawing: Drawing) -> Iterator[tuple[int, int, Matrix]]:
    """The address and kind of every object of the page and of its forms that is not text, with the matrix of the
    forms around it.
    """
    handle = calls.address(page)
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _seen(calls.page_object(handle, i), _UNIT, 0, drawing)


def _seen(item: int, outer: Matrix, depth: int, drawing: Drawing) -> Iterator[tuple[int, int, Matrix]]:
    kind = calls.kind_of(item)
    drawing.objects += 1
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        if depth < _DEPTH and not drawing.too_dense:
            matrix = _times(_matrix(item), outer)
            for i in range(max(calls.form_count(item), 0)):
                yield from _seen(calls.form_object(item, i), matrix, depth + 1, drawing)
    elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
        yield item, kind, outer


def _read_path(item: int, matrix: Matrix, place: Callable[..., Box], drawing: Drawing) -> None:
    calls.draw_mode(item, *_MODE_PLACES)
    fills, strokes = _MODE
    fill = colour_of(item, calls.fill_colour) if fills else None
    stroke = colour_of(item, calls.stroke_colour) if strokes else None
    if fill is None and stroke is None:
        return
    count = calls.count_segments(item)
    if count > _LONGEST_PATH:
        drawing.segments += count
        return
    for outline in _outlines(item, count, _times(_matrix(item), matrix)):
        _read_outline(outline, fill, stroke, place, drawing)
        if drawing.too_dense:
            return


@dataclass(frozen=True)
class _Outline:
    """One closed or open part of a path: its corners, and whether it has curves."""

    points: tuple[tuple[float, float], ...]
    curved: bool
    closed: bool

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return min(xs), min(ys), max(xs), max(ys)


def _outlines(item: int, count: int, matrix: Matrix) -> Iterator[_Outline]:
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    curved = closed = False
    for i in range(count):
        segment = calls.get_segment(item, i)
        kind = calls.segment_kind(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield _Outline(tuple(points), curved, closed)
            points, curved, closed = [], False, False
        calls.segment_point(segment, *_POINT_PLACES)
        x, y = _POINT
        points.append((a * x + c * y + e, b * x + d * y + f))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        closed = closed or bool(calls.segment_closes(segment))
    if points:
        yield _Outline(tuple(points), curved, closed)


def _read_outline(
    outline: _Outline, fill: str | None, stroke: str | None, place: Callable[..., Box], drawing: Drawing
) -> None:
    box = place(*outline.bounds)
    if stroke is None and fill is not None and max(box.width, box.height) <= LARGEST_DOT:
        if not _white(fill):
            drawing.dots.add(box)
        return
    # Curves are parts of a crest or a letter and become no rules: they cost only their reading.
    drawing.segments += len(outline.points) // (_CURVES if outline.curved else 1)
    if fill is not None:
        if min(box.width, box.height) <= THIN and not outline.curved:
            if not _white(fill):
                drawing.rules.append(Rule(box, box.width >= box.height))
        elif not _white(fill):
            drawing.fills.append(Fill(box, fill, _shape(outline, box)))
    if stroke is None or _white(stroke) or (outline.curved and not _is_card(outline, box)):
        return
    if outline.curved and _is_whole(outline):
        drawing.cards.append(box)
        return
    drawing.rules += (Rule(edge, edge.width >= edge.height) for edge in _edges(outline, place))


def _edges(outline: _Outline, place: Callable[..., Box]) -> Iterator[Box]:
    """The straight parts of an outline; those between curves are carried on over the corners."""
    points = [*outline.points, outline.points[0]] if outline.closed else list(outline.points)
    shortest, more = (_SIDE, _CORNER) if outline.curved else (_SHORT, 0.0)
    for (x0, y0), (x1, y1) in pairwise(points):
        edge = place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        # Rotated pages carry float noise in their matrices: a straight line is one that leans less than a point.
        if min(edge.width, edge.height) < 1.0 and max(edge.width, edge.height) >= shortest:
            dx, dy = (more, 0.0) if edge.width >= edge.height else (0.0, more)
            yield Box(edge.x0 - dx, edge.top - dy, edge.x1 + dx, edge.bottom + dy)


def _sides(box: Box) -> Iterator[Box]:
    yield Box(box.x0, box.top, box.x1, box.top)
    yield Box(box.x0, box.bottom, box.x1, box.bottom)
    yield Box(box.x0, box.top, box.x0, box.bottom)
    yield Box(box.x1, box.top, box.x1, box.bottom)


def _is_whole(outline: _Outline) -> bool:
    """Whether an outline with curves is a whole box and no single side of one."""
    x0, y0, x1, y1 = outline.bounds
    return min(x1 - x0, y1 - y0) >= _SIDE


def _is_card(outline: _Outline, box: Box) -> bool:
    """Whether an outline with curves is a box with round corners, or a side of one, whose straight parts are rules."""
    return max(box.width, box.height) >= _SIDE and len(outline.points) <= _CARD_POINTS


def _shape(outline: _Outline, box: Box) -> Any:
    if outline.curved:
        return "round" if 0.7 < box.width / max(box.height, 0.1) < 1.4 else "other"
    return "box" if len(outline.points) <= 6 else "other"


def colour_of(item: int, get: Callable[..., Any]) -> str | None:
    """The colour "#rrggbb" that pdfium gives for an object; None where it is wholly transparent."""
    if not get(item, *_CHANNEL_PLACES):
        return "#000000"
    r, g, b, a = _CHANNELS
    return f"#{r:02x}{g:02x}{b:02x}" if a else None


def _white(colour: str) -> bool:
    return colour[1] == colour[3] == colour[5] == "f" and min(bytes.fromhex(colour[1:])) >= 250


def _bounds(item: int, matrix: Matrix) -> tuple[float, float, float, float]:
    calls.get_bounds(item, *_BOUND_PLACES)
    left, bottom, right, top = _BOUNDS
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: int) -> Matrix:
    calls.get_matrix(item, _MATRIX_PLACES[0])
    a, b, c, d, e, f = _MATRIX
    return a, b, c, d, e, f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first and `outer` second."""
    if outer == _UNIT:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
