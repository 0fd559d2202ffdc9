"""Ink that the first look at a page made nothing of: above all lone figures in a narrow column of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extract.ocr.picture import Picture
from extract.ocr.tesseract import read_line
from extract.shapes import Box, Problem, Word

_MOST = 40  # pieces of ink on a page; more are no text but a drawing
_LOWEST, _HIGHEST, _WIDEST = 0.5, 1.5, 6.0  # heights of the page's words
_LEAST_INK = 0.08  # of a piece's box
_RULE = 0.27  # inches: longer straight strokes are rules
_AROUND = 4  # pixels about a word that are its own
_PAPER = 30  # pixels of white about what is read
_COPIES = 3
_SURE, _DOUBTFUL = 0.6, 0.4  # confidence where all copies read alike, and where most do


def read_again(
    picture: Picture, words: Sequence[Word], page: int, scale: float
) -> tuple[tuple[Word, ...], tuple[Problem, ...]]:
    """The words in the ink of a grey picture that lies outside of `words` (`scale` points a pixel), and what stays unread.

    Tesseract passes over a figure that stands alone; three copies of it side by side make a line, and what most of the
    three read is the word. Raises TesseractMissing, or Crashed.
    """
    if not words:
        return (), ()
    height = float(np.median([word.box.height for word in words])) / scale
    pieces = list(_pieces(_unread_ink(picture, words, scale), height))
    if len(pieces) > _MOST:
        message = f"{len(pieces)} marks that may be words were not read: more than a text leaves"
        return (), (Problem("ink-unread", message, page),)
    found, problems = list[Word](), list[Problem]()
    for x, y, w, h in pieces:
        box = Box(x * scale, y * scale, (x + w) * scale, (y + h) * scale)
        text, sure = _read(picture, (x, y, w, h), scale)
        if text:
            found.append(Word(text, box, page, h * scale, confidence=sure))
        else:
            problems.append(Problem("ink-unread", "a mark that may be a word was not read", page, box=box))
    return tuple(found), tuple(problems)


def _unread_ink(picture: Picture, words: Sequence[Word], scale: float) -> Picture:
    """The ink of a picture without its rules and its words."""
    ink = np.asarray(cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1], np.uint8)
    length = round(_RULE * 72 / scale)
    for run in ((1, length), (length, 1)):
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(run, np.uint8))
        ink[cv2.dilate(strokes, np.ones((5, 5), np.uint8)) > 0] = 0
    for word in words:
        box = word.box
        top, left = max(int(box.top / scale) - _AROUND, 0), max(int(box.x0 / scale) - _AROUND, 0)
        ink[top : int(box.bottom / scale) + _AROUND, left : int(box.x1 / scale) + _AROUND] = 0
    return ink


def _pieces(ink: Picture, height: float) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height in pixels of every piece of ink that may be a word as high as the page's."""
    joined = cv2.dilate(ink, np.ones((1, max(round(0.4 * height), 1)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(joined, np.uint8), connectivity=8)
    for x, y, w, h, _ in stats[1:count].tolist():
        own = ink[y : y + h, x : x + w]
        if (
            _LOWEST * height < h < _HIGHEST * height
            and w < _WIDEST * height
            and own.mean() / 255 > _LEAST_INK
        ):
            columns = np.flatnonzero(own.any(axis=0))
            yield x + int(columns[0]), y, int(columns[-1] - columns[0]) + 1, h


def _read(picture: Picture, box: tuple[int, int, int, int], scale: float) -> tuple[str, float]:
    """What a piece of ink says and how sure that is; ("", 0.0) where its copies do not agree."""
    x, y, w, h = box
    edge = 2
    one = picture[max(y - edge, 0) : y + h + edge, max(x - edge, 0) : x + w + edge]
    gap = np.full((one.shape[0], max(h // 3, 1)), 255, np.uint8)
    copies = np.hstack([one, *([gap, one] * (_COPIES - 1))])
    line = np.pad(copies, _PAPER, constant_values=255)
    text = "".join(read_line(np.asarray(line, np.uint8), scale).split())
    if not text or len(text) % _COPIES:
        return "", 0.0
    size = len(text) // _COPIES
    best, votes = Counter(text[i : i + size] for i in range(0, len(text), size)).most_common(1)[0]
    known = votes > 1 and any(letter.isalnum() for letter in best)
    return (best, _SURE if votes == _COPIES else _DOUBTFUL) if known else ("", 0.0)
