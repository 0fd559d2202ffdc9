"""A page without words becomes a page with words and rules: drawn, set straight, read by Tesseract."""

from __future__ import annotations

import msgspec

from extract.ocr.missed import read_again
from extract.ocr.picture import ruling, straightened
from extract.ocr.tesseract import TesseractMissing, recognise
from extract.pages import Pdf
from extract.shapes import Page, Problem, Word

DPI = 300  # what Tesseract was trained on
DOUBTFUL = 0.6  # confidence below which a word is named in a problem

__all__ = ["DPI", "TesseractMissing", "recognised"]


def recognised(pdf: Pdf, page: Page) -> Page:
    """The page with the words and rules that its picture shows. Raises TesseractMissing where there is no Tesseract."""
    picture = straightened(pdf.render(page.number, DPI))
    scale = 72 / DPI
    words = recognise(picture, page.number, scale)
    more, unread = read_again(picture, words, page.number, scale)
    words += more
    return msgspec.structs.replace(
        page,
        words=words,
        rules=ruling(picture, scale),
        fills=(),
        pictures=(),
        problems=(*page.problems, *_doubts(page.number, words), *unread),
    )


def _doubts(page: int, words: tuple[Word, ...]) -> tuple[Problem, ...]:
    read = Problem("recognised", "the page is a picture; its words were recognised", page)
    doubtful = [word for word in words if word.confidence < DOUBTFUL]
    if not doubtful:
        return (read,)
    said = " ".join(f"{word.text} ({word.confidence:.0%})" for word in doubtful)
    return (read, Problem("low-confidence", f"{len(doubtful)} words may be misread", page, said[:1000]))
