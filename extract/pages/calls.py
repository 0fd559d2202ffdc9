"""pdfium's functions that are called once a word or once a line, with plain addresses.

Through pypdfium2's own prototypes ctypes checks and wraps every pointer; a page of a table has some thousand of these
calls. Signatures are those of pdfium's public headers (fpdf_text.h, fpdf_edit.h).
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(address(function))


def address(pointer: Any) -> int:
    """The address that a ctypes pointer or function holds; 0 for none."""
    return ctypes.cast(pointer, _ADDRESS).value or 0


def places(array: Any) -> tuple[int, ...]:
    """The addresses of the elements of a ctypes array, for functions that write their answers."""
    size = ctypes.sizeof(array._type_)
    return tuple(ctypes.addressof(array) + i * size for i in range(len(array)))


text_object = _bare(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
count_rects = _bare(pdfium.FPDFText_CountRects, _INT, _ADDRESS, _INT, _INT)
get_rect = _bare(pdfium.FPDFText_GetRect, _INT, _ADDRESS, _INT, *[_ADDRESS] * 4)

page_object = _bare(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_object = _bare(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
form_count = _bare(pdfium.FPDFFormObj_CountObjects, _INT, _ADDRESS)
kind_of = _bare(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
get_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, _INT, _ADDRESS, _ADDRESS)
get_bounds = _bare(pdfium.FPDFPageObj_GetBounds, _INT, _ADDRESS, *[_ADDRESS] * 4)
fill_colour = _bare(pdfium.FPDFPageObj_GetFillColor, _INT, _ADDRESS, *[_ADDRESS] * 4)
stroke_colour = _bare(pdfium.FPDFPageObj_GetStrokeColor, _INT, _ADDRESS, *[_ADDRESS] * 4)

draw_mode = _bare(pdfium.FPDFPath_GetDrawMode, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
count_segments = _bare(pdfium.FPDFPath_CountSegments, _INT, _ADDRESS)
get_segment = _bare(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT)
segment_kind = _bare(pdfium.FPDFPathSegment_GetType, _INT, _ADDRESS)
segment_point = _bare(pdfium.FPDFPathSegment_GetPoint, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_closes = _bare(pdfium.FPDFPathSegment_GetClose, _INT, _ADDRESS)

text_matrix = _bare(pdfium.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
char_origin = _bare(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
font_size = _bare(pdfium.FPDFTextObj_GetFontSize, _INT, _ADDRESS, _ADDRESS)
render_mode = _bare(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
text_font = _bare(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
font_name = _bare(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _ADDRESS, _ADDRESS, ctypes.c_size_t)
