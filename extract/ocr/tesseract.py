"""The one door to Tesseract: a picture in, words with boxes and confidence out."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extract.errors import Crashed
from extract.shapes import Box, Word

# Page segmentation: as much text as possible in no particular order, so that columns stay apart; or one line.
_SPARSE, _LINE = "11", "7"
_LANGUAGE = "eng"
_WORD_LEVEL = "5"
_NOISE = frozenset("|_—-~.,'‘’`´=:;")


class TesseractMissing(Exception):
    """No `tesseract` on the path."""


def recognise(picture: npt.NDArray[np.uint8], page: int, scale: float) -> tuple[Word, ...]:
    """The words of a grey picture, in points (`scale` points a pixel). Raises TesseractMissing, or Crashed."""
    printed = _run(picture, _SPARSE, scale, "tsv")
    rows = csv.DictReader(io.StringIO(printed), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_level(_words(rows, page, scale)))


def read_line(picture: npt.NDArray[np.uint8], scale: float) -> str:
    """The text of a grey picture that holds one line and nothing else. Raises TesseractMissing, or Crashed."""
    return _run(picture, _LINE, scale).strip()


def _run(picture: npt.NDArray[np.uint8], segmentation: str, scale: float, *output: str) -> str:
    """What Tesseract prints of a picture."""
    program = shutil.which("tesseract")
    if program is None:
        raise TesseractMissing
    done, encoded = cv2.imencode(".png", picture)
    if not done:
        raise Crashed("the page's picture could not be written")
    # One thread: a worker is one process on one core, and its limits count for it alone.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    dpi = str(round(72 / scale))
    command = [program, "stdin", "stdout", "-l", _LANGUAGE, "--psm", segmentation, "--dpi", dpi, *output]
    result = subprocess.run(
        command, input=encoded.tobytes(), capture_output=True, env=environment, check=False
    )
    if result.returncode != 0:
        raise Crashed("Tesseract failed", result.stderr.decode(errors="replace")[-2000:])
    return result.stdout.decode("utf-8")


def _words(rows: Iterable[dict[str, str]], page: int, scale: float) -> Iterator[tuple[tuple[str, ...], Word]]:
    """Each word with the line that Tesseract put it on."""
    for row in rows:
        text = row["text"].strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        confidence = max(float(row["conf"]), 0.0) / 100
        if confidence < 0.5 and set(text) <= _NOISE:
            continue
        x, y, width, height = (int(row[key]) * scale for key in ("left", "top", "width", "height"))
        line = (row["block_num"], row["par_num"], row["line_num"])
        yield (
            line,
            Word(text, Box(x, y, x + width, y + height), page, height, confidence=round(confidence, 3)),
        )


def _level(words: Iterable[tuple[tuple[str, ...], Word]]) -> Iterator[Word]:
    """The words of a line brought to one height: boxes of ink rise and fall with their letters."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for line, word in words:
        lines.setdefault(line, []).append(word)
    for group in lines.values():
        top = float(np.median([word.box.top for word in group]))
        bottom = float(np.median([word.box.bottom for word in group]))
        for word in group:
            box = Box(word.box.x0, min(top, bottom - 1), word.box.x1, bottom)
            yield Word(word.text, box, word.page, round(bottom - top, 2), confidence=word.confidence)
