"""What tests of the reader draw and build: PDFs by reportlab, and words, tables and pages without a PDF."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.pages import open_pdf
from extract.shapes import Box, Cell, Line, Page, Place, Row, Table, Word

WIDTH, HEIGHT = 400.0, 300.0
LETTER = 5.0  # points: the width of a letter of a built word


class Sheet:
    """A page that is being drawn, in points from its top left; `canvas` is reportlab's own, from the bottom left."""

    def __init__(self, canvas: Canvas, size: tuple[float, float]) -> None:
        self.canvas = canvas
        self.width, self.height = size

    def write(self, x: float, base: float, text: str, size: float = 10, font: str = "Helvetica") -> None:
        """Text from `x`, standing on the line `base` points below the top."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - base, text)

    def paragraph(self, x: float, base: float, lines: Sequence[str], size: float = 10) -> None:
        """Lines of one text object, one below the other."""
        text = self.canvas.beginText(x, self.height - base)
        text.setFont("Helvetica", size, 1.2 * size)
        for line in lines:
            text.textLine(line)
        self.canvas.drawText(text)

    def rule(self, x0: float, top: float, x1: float, bottom: float, thickness: float = 0.5) -> None:
        """A stroke."""
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)

    def grid(self, xs: Sequence[float], tops: Sequence[float]) -> None:
        """Rules at each of `xs` and of `tops`."""
        for x in xs:
            self.rule(x, tops[0], x, tops[-1])
        for top in tops:
            self.rule(xs[0], top, xs[-1], top)

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: str = "#000000") -> None:
        """A filled box without an outline."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillColor("#000000")

    def picture(self, image: Image.Image, x0: float, top: float, x1: float, bottom: float) -> None:
        """A raster image."""
        data = io.BytesIO()
        image.save(data, "PNG")
        data.seek(0)
        self.canvas.drawImage(ImageReader(data), x0, self.height - bottom, x1 - x0, bottom - top, mask="auto")


Painter = Callable[[Sheet], None]


@pytest.fixture(scope="session")
def draw_to() -> Callable[..., Path]:
    """Draw a PDF, one painter a page: draw_to(path, painter, …, size=(400, 300), turned=0) -> its path.

    `size` is that of the page as it is drawn, before its /Rotate key turns it.
    """

    def draw(
        path: Path, *painters: Painter, size: tuple[float, float] = (WIDTH, HEIGHT), turned: int = 0
    ) -> Path:
        as_seen = size if turned % 180 == 0 else size[::-1]  # reportlab turns the size it is given
        canvas = Canvas(str(path), pagesize=as_seen, invariant=1, pageCompression=0)
        for painter in painters:
            canvas.setPageRotation(turned)
            painter(Sheet(canvas, size))
            canvas.showPage()
        canvas.save()
        return path

    return draw


@pytest.fixture
def drawn(tmp_path: Path, draw_to: Callable[..., Path]) -> Callable[..., Path]:
    """Draw a PDF into the test's own folder: drawn(painter, …, size=(400, 300), turned=0) -> its path."""
    numbers = itertools.count(1)
    return lambda *painters, **form: draw_to(tmp_path / f"drawn-{next(numbers)}.pdf", *painters, **form)


@pytest.fixture
def seen(drawn: Callable[..., Path]) -> Callable[..., Page]:
    """Draw one page and read it: seen(painter, …) -> Page."""

    def see(*painters: Painter, size: tuple[float, float] = (WIDTH, HEIGHT), turned: int = 0) -> Page:
        with open_pdf(drawn(*painters, size=size, turned=turned)) as pdf:
            return pdf.read(1)[0]

    return see


def _line(text: str, x: float, bottom: float, page: int = 1, opens: bool = False) -> Line:
    """Words of one size on one line, `LETTER` points a letter and a blank."""
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, bottom - 10, x + LETTER * len(word), bottom), page, 10.0))
        x += LETTER * (len(word) + 1)
    return Line(tuple(words), opens=opens)


@pytest.fixture(scope="session")
def line() -> Callable[..., Line]:
    """Build a line: line(text, x, bottom, page=1, opens=False)."""
    return _line


@pytest.fixture(scope="session")
def table() -> Callable[..., Table]:
    """Build a table of one page: table(rows, page=1, top=100, lefts=(50, 150, 250, 350), flavour="ruled").

    A text of several lines has newlines; None is a place that the cell above covers; rows are as high as their lines.
    """

    def build(
        rows: Sequence[Sequence[str | None]],
        page: int = 1,
        top: float = 100.0,
        lefts: Sequence[float] = (50.0, 150.0, 250.0, 350.0, 450.0),
    ) -> Table:
        columns = max(map(len, rows))
        made, y = list[Row](), top
        for i, row in enumerate(rows):
            height = 12.0 * max((text or "").count("\n") + 1 for text in row) + 4
            cells = tuple(
                _cell(text, (i, j), Box(lefts[j], y, lefts[j + 1], y + height), page, _span(rows, i, j))
                for j, text in enumerate(row)
                if text is not None
            )
            made.append(Row(cells, (page,)))
            y += height
        place = Place(page, Box(lefts[0], top, lefts[columns], y))
        return Table(tuple(made), columns, (place,), "ruled")

    return build


def _span(rows: Sequence[Sequence[str | None]], i: int, j: int) -> int:
    span = 1
    while i + span < len(rows) and rows[i + span][j] is None:
        span += 1
    return span


def _cell(text: str, at: tuple[int, int], box: Box, page: int, span: int) -> Cell:
    lines = tuple(
        _line(one, box.x0 + 2, box.top + 12 * (i + 1), page, opens=i == 0)
        for i, one in enumerate(text.split("\n"))
        if one
    )
    return Cell(at[0], at[1], lines, (Place(page, box),), row_span=span)


@pytest.fixture(scope="session")
def page_around() -> Callable[..., Page]:
    """Build the page that holds tables and lines: page_around(number, tables=(), lines=())."""

    def build(number: int, tables: Sequence[Table] = (), lines: Sequence[Line] = ()) -> Page:
        words = [word for one in tables for word in one.words]
        words += [word for one in lines for word in one.words]
        return Page(number, 600.0, 800.0, tuple(words))

    return build
