"""A page's drawn objects: rules and fills from paths, and small pictures, through nested forms."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from extract.shapes import Box, Fill, Problem, Rule

THIN = 3.0  # points: a filled shape no thicker is a rule
_SHORT = 1.0  # points: shorter strokes are dots
MAX_SEGMENTS = 20_000  # beyond it a page is a drawing, and finding a grid in it costs seconds
MAX_OBJECTS = 60_000
_DEPTH = 8  # forms inside forms; a form that calls itself would go on for ever

# pdfium writes its answers here; one page is read at a time.
_CHANNELS = tuple(ctypes.c_uint() for _ in range(4))

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawing:
    """What the paths and pictures of a page are, while it is read."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[tuple[Any, Box]] = field(default_factory=list)
    segments: int = 0
    objects: int = 0

    @property
    def too_dense(self) -> bool:
        return self.segments > MAX_SEGMENTS or self.objects > MAX_OBJECTS

    def problems(self, page: int) -> tuple[Problem, ...]:
        if not self.too_dense:
            return ()
        words = f"{self.segments} path segments, {self.objects} objects"
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
    return drawing


def _objects(page: Any, drawing: Drawing) -> Iterator[tuple[Any, int, Matrix]]:
    """Every object of the page and of its forms that is not text, with the matrix of the forms around it."""
    get, kind_of = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        item = get(page, i)
        kind = kind_of(item)
        drawing.objects += 1
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, _UNIT, 1, drawing)
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield item, kind, _UNIT


def _form_objects(
    form: Any, outer: Matrix, depth: int, drawing: Drawing
) -> Iterator[tuple[Any, int, Matrix]]:
    if depth > _DEPTH:
        return
    matrix = _times(_matrix(form), outer)
    for i in range(max(pdfium.FPDFFormObj_CountObjects(form), 0)):
        item = pdfium.FPDFFormObj_GetObject(form, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        drawing.objects += 1
        if drawing.too_dense:
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, matrix, depth + 1, drawing)
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield item, kind, matrix


def _read_path(item: Any, matrix: Matrix, place: Callable[..., Box], drawing: Drawing) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
    fill = _colour(item, pdfium.FPDFPageObj_GetFillColor) if mode.value else None
    stroke = _colour(item, pdfium.FPDFPageObj_GetStrokeColor) if stroked.value else None
    if fill is None and stroke is None:
        return
    count = pdfium.FPDFPath_CountSegments(item)
    drawing.segments += max(count, 0)
    if drawing.too_dense:
        return
    for outline in _outlines(item, count, _times(_matrix(item), matrix)):
        _read_outline(outline, fill, stroke, place, drawing)


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


def _outlines(item: Any, count: int, matrix: Matrix) -> Iterator[_Outline]:
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = closed = False
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield _Outline(tuple(points), curved, closed)
            points, curved, closed = [], False, False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if points:
        yield _Outline(tuple(points), curved, closed)


def _read_outline(
    outline: _Outline, fill: str | None, stroke: str | None, place: Callable[..., Box], drawing: Drawing
) -> None:
    box = place(*outline.bounds)
    if fill is not None:
        if min(box.width, box.height) <= THIN and not outline.curved:
            if not _white(fill):
                drawing.rules.append(Rule(box, box.width >= box.height))
        elif not _white(fill):
            drawing.fills.append(Fill(box, fill, _shape(outline, box)))
    if stroke is None or outline.curved or _white(stroke):
        return
    points = [*outline.points, outline.points[0]] if outline.closed else list(outline.points)
    for (x0, y0), (x1, y1) in pairwise(points):
        edge = place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        # Rotated pages carry float noise in their matrices: a straight line is one that leans less than a point.
        if min(edge.width, edge.height) < 1.0 and max(edge.width, edge.height) >= _SHORT:
            drawing.rules.append(Rule(edge, edge.width >= edge.height))


def _shape(outline: _Outline, box: Box) -> Any:
    if outline.curved:
        return "round" if 0.7 < box.width / max(box.height, 0.1) < 1.4 else "other"
    return "box" if len(outline.points) <= 6 else "other"


def _colour(item: Any, get: Callable[..., Any]) -> str | None:
    """#rrggbb, or None where the object is wholly transparent."""
    r, g, b, a = _CHANNELS
    if not get(item, r, g, b, a):
        return "#000000"
    return f"#{r.value:02x}{g.value:02x}{b.value:02x}" if a.value else None


def _white(colour: str) -> bool:
    return colour[1] == colour[3] == colour[5] == "f" and min(bytes.fromhex(colour[1:])) >= 250


def _bounds(item: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first and `outer` second."""
    if outer == _UNIT:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
