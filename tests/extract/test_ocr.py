"""Pages that are pictures: their words and rules recognised, and what is said where that cannot be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extract.document import read
from extract.limits import Limits
from extract.ocr.missed import read_again
from extract.ocr.picture import ruling, straightened
from extract.pages import open_pdf
from extract.shapes import Box, Document, Word

Draw = Callable[..., Path]

SIZE = (420, 300)
XS, TOPS = [30, 70, 240, 390], [60, 100, 150, 200]
ROWS = [
    ["No.", "Recommendation", "Response"],
    ["1", "Trim the hedges of every lane", "Agreed by the panel"],
    ["2", "Mow the verges twice a year", "Not agreed"],
]


def table(sheet: Any) -> None:
    sheet.grid(XS, TOPS)
    sheet.write(30, 40, "Hedges and Verges Action Plan", 14)
    for top, row in zip(TOPS, ROWS, strict=False):
        for x, text in zip(XS, row, strict=False):
            sheet.write(x + 6, top + 20, text, 11)


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory, draw_to: Draw) -> Path:
    """A page as a scanner gives it: a picture, leaning by a degree, with specks."""
    folder = tmp_path_factory.mktemp("scan")
    with open_pdf(draw_to(folder / "clean.pdf", table, size=SIZE)) as pdf:
        clean = Image.fromarray(pdf.render(1, 200))
    leaning = clean.rotate(1.0, Image.Resampling.BICUBIC, fillcolor=255)
    specks = np.random.default_rng(3).normal(0, 8, (leaning.height, leaning.width))
    noisy = np.clip(np.asarray(leaning, np.float64) * 0.92 + 12 + specks, 0, 255)
    picture = Image.fromarray(noisy.astype(np.uint8))
    return draw_to(folder / "scan.pdf", lambda sheet: sheet.picture(picture, 0, 0, *SIZE), size=SIZE)


@pytest.fixture(scope="session")
def recognised(scan: Path) -> Document:
    """The scan as it is read with Tesseract."""
    return read(scan, Limits())


def codes(document: Document) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.page) for problem in document.problems]


@pytest.mark.ocr
def test_a_scanned_page_gives_its_words_and_its_table(recognised: Document) -> None:
    (found,) = recognised.tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == ROWS
    assert [line.text for line in recognised.lines] == ["Hedges and Verges Action Plan"]


@pytest.mark.ocr
def test_recognised_words_know_how_sure_they_are_and_where_they_stand(recognised: Document) -> None:
    word = next(w for w in recognised.tables[0].words if w.text == "hedges")
    assert 0.5 < word.confidence < 1.0
    # The page was turned by a degree about its middle: some points at its edges.
    assert (word.box.x0, word.box.bottom) == pytest.approx((118, 122), abs=5)


@pytest.mark.ocr
def test_a_recognised_page_says_that_it_was(recognised: Document) -> None:
    assert ("recognised", 1) in codes(recognised)


def test_without_tesseract_the_problem_says_what_to_install(
    scan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read(scan, Limits())
    (problem,) = document.problems
    assert (problem.code, problem.page) == ("ocr-missing", 1)
    assert "install Tesseract (tesseract-ocr)" in problem.message
    assert [page.kind for page in document.pages] == ["scan"]
    assert document.tables == ()


@pytest.mark.ocr
def test_letters_that_mean_nothing_are_recognised_from_what_the_page_shows(drawn: Draw) -> None:
    """The font shows good letters and maps them to wrong ones, as some programs' fonts do."""
    sentence = "The panel asked for the hedge to be trimmed and for the verge to be mown in the spring"

    def paint(sheet: Any) -> None:
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        for i in range(8):
            sheet.write(20, 40 + 30 * i, sentence, 10, font="Vera")

    path = drawn(paint, size=(540, 300))
    path.write_bytes(_shifted(path.read_bytes()))
    document = read(path, Limits())
    assert ("recognised", 1) in codes(document)
    assert [line.text for line in document.lines] == [sentence] * 8


def _shifted(pdf: bytes) -> bytes:
    """The PDF with each letter of its fonts' ToUnicode tables moved on by three."""

    def moved(match: re.Match[bytes]) -> bytes:
        code = int(match[2], 16)
        return match[1] + b"<%04X>" % (code + 3 if chr(code).isalpha() else code)

    return re.sub(rb"(?m)^(<[0-9A-F]{2}> )<(00[0-9A-F]{2})>$", moved, pdf)


@pytest.mark.ocr
def test_lone_figures_in_a_narrow_column_of_a_scan_are_read_and_said_to_be_doubtful(
    tmp_path: Path, draw_to: Draw
) -> None:
    tops = [60 + 40 * i for i in range(8)]

    def paint(sheet: Any) -> None:
        sheet.grid(XS, tops)
        for i, top in enumerate(tops[:-1]):
            cells = [str(i + 2), "Trim the hedges of every lane in the town", "Agreed by the panel"]
            for x, text in zip(XS, cells, strict=False):
                sheet.write(x + 6, top + 20, text, 10, "Times-Roman")

    size = (420, 380)
    with open_pdf(draw_to(tmp_path / "clean.pdf", paint, size=size)) as pdf:
        picture = Image.fromarray(pdf.render(1, 200))
    document = read(
        draw_to(tmp_path / "scan.pdf", lambda s: s.picture(picture, 0, 0, *size), size=size), Limits()
    )
    (found,) = document.tables
    assert [row.cells[0].text for row in found.rows] == [str(n) for n in range(2, 9)]


def test_more_marks_than_a_text_leaves_unread_are_named_and_not_tried() -> None:
    picture = np.full((800, 1200), 255, np.uint8)
    for i in range(60):
        left, top = 40 + 80 * (i % 14), 200 + 90 * (i // 14)
        picture[top : top + 30, left : left + 30] = 0
    known = Word("hedges", Box(10, 10, 60, 17.2), 3, 7.2)
    words, (problem,) = read_again(picture, [known], 3, 72 / 300)
    assert words == ()
    assert (problem.code, problem.page) == ("ink-unread", 3)
    assert problem.message.startswith("60 marks")


@pytest.mark.parametrize("angle", [-2.5, -1.0, 0.0, 0.7, 3.0])
def test_a_leaning_page_is_set_straight(drawn: Draw, angle: float) -> None:
    with open_pdf(drawn(table, size=SIZE)) as pdf:
        level = pdf.render(1, 300)
    leaning = Image.fromarray(level).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    rules = ruling(straightened(np.asarray(leaning)), 72 / 300)
    long = [rule for rule in rules if max(rule.box.width, rule.box.height) > 100]
    for lines, found in (
        (TOPS, [rule.box.middle[1] for rule in long if rule.across]),
        (XS, [rule.box.middle[0] for rule in long if not rule.across]),
    ):
        nearest = [min(lines, key=lambda line: abs(line - at)) for at in found]
        assert sorted(set(nearest)) == lines
        assert found == pytest.approx(nearest, abs=3)


@pytest.mark.parametrize("size", [7, 9, 11, 14])
def test_rows_of_letters_are_no_rules(drawn: Draw, size: float) -> None:
    sentence = "The panel asked for the hedge to be trimmed and the verge mown in the summer"

    def paint(sheet: Any) -> None:
        for i in range(8):
            sheet.write(20, 40 + 1.25 * size * i, sentence[i:], size)

    with open_pdf(drawn(paint, size=(600, 300))) as pdf:
        assert ruling(pdf.render(1, 300), 72 / 300) == ()
