"""A page read and rendered, in the child: a scan as it was set straight, any other page in its colours."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extract.document import with_words_recognised
from extract.pages import Glance, Pdf, open_pdf
from extract.shapes import Page
from extract.triage import is_scan
from extract.viewing import MOST_PIXELS, View

Pixels = npt.NDArray[np.uint8]


def view(path: Path, number: int, dpi: int) -> View:
    """Page `number` as the reader takes it. Raises an error of extract.errors where it cannot be had."""
    with open_pdf(path) as pdf:
        found, glance = pdf.read(number)
        page, problems = with_words_recognised(pdf, found, glance)
        fitting = _fitting(page, dpi)
        pixels = np.ascontiguousarray(_picture(pdf, page, glance, fitting))
    height, width = pixels.shape[:2]
    seen = Page(
        page.number, page.width, page.height, page.words, page.rules, page.fills, page.pictures,
        (*page.problems, *problems),
    )  # fmt: skip
    return View(seen, width, height, fitting / 72, pixels.tobytes())


def _fitting(page: Page, dpi: int) -> int:
    """The dots an inch that keep the picture within bounds."""
    square_inches = max(page.width * page.height, 1.0) / 72**2
    return max(min(dpi, int(math.sqrt(MOST_PIXELS / square_inches))), 1)


def _picture(pdf: Pdf, page: Page, glance: Glance, dpi: int) -> Pixels:
    if not is_scan(glance):
        return pdf.picture(page.number, dpi)
    # OpenCV takes a third of a second to load; pages that are no scans do not need it.
    from extract.ocr.picture import straightened

    grey = straightened(pdf.render(page.number, dpi))
    return np.repeat(grey[:, :, None], 3, axis=2)
