"""Small pictures on a page: the colour that they show, and whether a tick or a cross is drawn on it."""

from __future__ import annotations

import ctypes
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from extract.shapes import Box, Picture

LARGEST_SIGN = 60.0  # points: larger pictures are photographs, logos or scans
_COLOURED = 60  # difference between the strongest and weakest channel of a coloured pixel
_PALE = 215  # every channel from here on: white


def read_picture(document: Any, page: Any, item: int, box: Box) -> Picture:
    """The picture in `box`; colour and mark only where it is small enough to be a sign."""
    if max(box.width, box.height) > LARGEST_SIGN:
        return Picture(box)
    pixels = _pixels(document, page, item)
    if pixels is None:
        return Picture(box)
    shown = pixels[..., 3] > 128
    rgb = pixels[..., :3].astype(np.int16)
    coloured = shown & (rgb.max(axis=2) - rgb.min(axis=2) > _COLOURED)
    if coloured.sum() < 0.1 * shown.sum() or not coloured.any():
        return Picture(box)
    r, g, b = (int(v) for v in np.median(rgb[coloured], axis=0))
    return Picture(box, f"#{r:02x}{g:02x}{b:02x}", _mark(coloured, shown & (rgb.min(axis=2) >= _PALE)))


def _pixels(document: Any, page: Any, item: int) -> npt.NDArray[np.uint8] | None:
    """Height x width x RGBA of the picture as drawn, None where pdfium cannot draw it."""
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, page, handle)
    if not bitmap:
        return None
    try:
        width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        channels = {pdfium.FPDFBitmap_BGRA: 4, pdfium.FPDFBitmap_BGRx: 4, pdfium.FPDFBitmap_BGR: 3}.get(
            pdfium.FPDFBitmap_GetFormat(bitmap)
        )
        if channels is None or not width or not height:
            return None
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        data = np.frombuffer(raw, np.uint8).reshape(height, stride)
        bgr = data[:, : width * channels].reshape(height, width, channels)
        alpha = (
            bgr[..., 3:]
            if pdfium.FPDFBitmap_GetFormat(bitmap) == pdfium.FPDFBitmap_BGRA
            else np.full((height, width, 1), 255, np.uint8)
        )
        return np.concatenate([bgr[..., 2::-1], alpha], axis=2)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _mark(coloured: npt.NDArray[np.bool_], pale: npt.NDArray[np.bool_]) -> Literal["tick", "cross"] | None:
    """A tick or a cross is a pale stroke inside the coloured shape: told by where its ink lies."""
    rows, columns = np.nonzero(coloured)
    top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    height, width = bottom - top, right - left
    y, x = np.mgrid[top:bottom, left:right]
    radius = np.hypot((y - top - height / 2) / (height / 2), (x - left - width / 2) / (width / 2))
    ink = pale[top:bottom, left:right] & (radius < 0.8)
    share = ink.sum() / max((radius < 0.8).sum(), 1)
    if not 0.06 < share < 0.5:
        return None
    # A tick leans: its ink is heavier at the bottom left and the top right; a cross fills all four corners alike.
    half_y, half_x = height // 2, width // 2
    upper_left, lower_right = ink[:half_y, :half_x].sum(), ink[half_y:, half_x:].sum()
    upper_right, lower_left = ink[:half_y, half_x:].sum(), ink[half_y:, :half_x].sum()
    balanced = min(upper_left, lower_right) > 0.6 * min(upper_right, lower_left)
    return "cross" if balanced else "tick"
