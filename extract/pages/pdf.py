"""An open PDF: its pages glanced at (cheap) and read (words, rules, fills, pictures)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from extract.errors import Encrypted, NotAPdf, Unreadable
from extract.pages.drawing import Drawing, read_drawing
from extract.pages.pictures import read_picture
from extract.pages.text import Text, TextReader
from extract.pages.turning import made_upright, reading_direction, upright
from extract.pages.underlines import underlined
from extract.shapes import Box, Page, Problem, Word

_ERRORS = {
    pdfium.FPDF_ERR_FILE: "the file could not be opened",
    pdfium.FPDF_ERR_FORMAT: "no PDF, or one damaged beyond repair",
    pdfium.FPDF_ERR_SECURITY: "protected in a way that is not supported",
    pdfium.FPDF_ERR_PAGE: "its pages cannot be found",
}


_HEADER_WITHIN = 4096  # bytes: readers accept some rubbish before the header


class Glance(msgspec.Struct, frozen=True):
    """What a page holds, without reading it: its bare text, and how many paths and pictures are drawn on it.

    `covered` is the share of the page that its largest picture covers (1.0: a scan).
    """

    number: int
    text: str
    paths: int
    pictures: int
    covered: float


class Pdf:
    """A PDF opened by `open_pdf`. Not to be shared between threads: pdfium is not safe for that."""

    def __init__(self, handle: Any, info: dict[str, str], problems: tuple[Problem, ...]) -> None:
        self._handle = handle
        self.info = info
        self.problems = problems
        self.page_count = pdfium.FPDF_GetPageCount(handle)

    def glance(self, number: int) -> Glance:
        """Page `number` at the cost of pdfium's bare text."""
        with self._page(number) as page:
            text = TextReader(page, Box, number, 0)
            try:
                bare = text.bare()
            finally:
                text.close()
            return _glance(number, bare, _objects(page), page)

    def read(self, number: int) -> tuple[Page, Glance]:
        """Page `number` in full, upright, and what a glance would have told of it."""
        found, glance = self._as_drawn(number)
        return made_upright(found), glance

    def picture(self, number: int, dpi: float) -> npt.NDArray[np.uint8]:
        """Page `number` in colour, turned as `read` turns it: height x width x (red, green, blue)."""
        found, _ = self._as_drawn(number)
        colours = self._rendered(number, dpi, pdfium.FPDFBitmap_BGR)[:, :, ::-1]
        return np.rot90(colours, reading_direction(found.words) // 90)

    def render(self, number: int, dpi: int) -> npt.NDArray[np.uint8]:
        """Page `number` as seen, height x width grey levels."""
        return self._rendered(number, dpi, pdfium.FPDFBitmap_Gray)[:, :, 0]

    def _as_drawn(self, number: int) -> tuple[Page, Glance]:
        """Page `number` in full, text that is drawn sideways left so, and what a glance would have told of it."""
        with self._page(number) as page:
            quarter_turns = max(pdfium.FPDFPage_GetRotation(page), 0)
            place = upright(_bounds(page), quarter_turns)
            drawing = read_drawing(page, place)
            reader = TextReader(page, place, number, quarter_turns)
            try:
                text = reader.read()
            finally:
                reader.close()
            pictures = tuple(read_picture(self._handle, page, item, box) for item, box in drawing.pictures)
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            largest = max((box.width * box.height for _, box in drawing.pictures), default=0.0)
            seen = Objects(len(drawing.rules) + len(drawing.fills), len(pictures), largest)
            glance = _glance(number, text.bare, seen, page)
        words, rules = underlined(text.words or text.hidden or text.slanted, tuple(drawing.rules))
        found = Page(
            number=number,
            width=width,
            height=height,
            words=words,
            rules=rules,
            fills=(*drawing.fills, *text.signs),
            pictures=pictures,
            problems=_problems(number, text, drawing),
        )
        return found, glance

    def _rendered(self, number: int, dpi: float, form: int) -> npt.NDArray[np.uint8]:
        """Page `number` as seen, height x width x channels of the bitmap's form (one if grey, three else)."""
        channels = 1 if form == pdfium.FPDFBitmap_Gray else 3
        with self._page(number) as page:
            width = round(pdfium.FPDF_GetPageWidthF(page) * dpi / 72)
            height = round(pdfium.FPDF_GetPageHeightF(page) * dpi / 72)
            bitmap = pdfium.FPDFBitmap_CreateEx(width, height, form, None, 0)
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
                pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
                stride = pdfium.FPDFBitmap_GetStride(bitmap)
                raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
                rows = np.frombuffer(raw, np.uint8).reshape(height, stride)[:, : width * channels]
                return rows.reshape(height, width, channels).copy()
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        page = pdfium.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            raise Unreadable(f"page {number} cannot be loaded")
        try:
            yield page
        finally:
            pdfium.FPDF_ClosePage(page)


@contextmanager
def open_pdf(path: Path) -> Iterator[Pdf]:
    """Open a PDF. Raises Unreadable or Encrypted, naming the cause."""
    data = path.read_bytes()
    if not data:
        raise NotAPdf("the file is empty")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise NotAPdf("the file does not begin as a PDF does")
    pdfium.FPDF_InitLibrary()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        code = pdfium.FPDF_GetLastError()
        if code == pdfium.FPDF_ERR_PASSWORD:
            raise Encrypted("the file opens only with a password")
        raise Unreadable(_ERRORS.get(code, "no PDF"))
    try:
        pdf = Pdf(handle, _info(handle), _repairs(handle, data))
        if pdf.page_count < 1:
            raise Unreadable("no page in it")
        yield pdf
    finally:
        pdfium.FPDF_CloseDocument(handle)


def _repairs(handle: Any, data: bytes) -> tuple[Problem, ...]:
    """What pdfium had to mend to open the file: its table of objects, or rubbish before the header."""
    if not data.startswith(b"%PDF-"):
        return (Problem("repaired", "something stands before the PDF's header"),)
    if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(handle):
        return (Problem("repaired", "the file's table of objects was damaged and was rebuilt"),)
    return ()


def _info(handle: Any) -> dict[str, str]:
    out = {}
    for key in ("Title", "Author", "Creator", "Producer", "CreationDate", "ModDate"):
        size = pdfium.FPDF_GetMetaText(handle, key.encode(), None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(handle, key.encode(), buffer, size)
        if text := buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace"):
            out[key] = text
    return out


def _bounds(page: Any) -> tuple[float, float, float, float]:
    """The visible part of the page in PDF space: left, bottom, right, top."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return rect.left, rect.bottom, rect.right, rect.top


class Objects(NamedTuple):
    """How many paths and pictures are on a page, and the area of the largest picture in square points."""

    paths: int
    pictures: int
    largest: float


def _objects(page: Any) -> Objects:
    """Forms count as their content for paths, and as a picture for area."""
    paths = pictures = 0
    largest = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            paths += max(pdfium.FPDFFormObj_CountObjects(item), 0)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
    return Objects(paths, pictures, largest)


def _glance(number: int, bare: str, seen: Objects, page: Any) -> Glance:
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    return Glance(number, bare, seen.paths, seen.pictures, min(seen.largest / max(area, 1.0), 1.0))


def _problems(number: int, text: Text, drawing: Drawing) -> tuple[Problem, ...]:
    problems = list(drawing.problems(number))
    if text.hidden and text.words:
        message = "text that the page does not show was left out"
        problems.append(Problem("hidden-text", message, number, _said(text.hidden)))
    if text.slanted and (text.words or text.hidden):
        message = "text that runs aslant over the page, as a watermark does, was left out"
        problems.append(Problem("slanted-text", message, number, _said(text.slanted)))
    return tuple(problems)


def _said(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)[:500]
