"""Small PDFs with one table each, drawn from its rows in any of the ways that papers draw tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extract.document import read
from extract.limits import Limits
from extract.pages import open_pdf
from extract.shapes import Document, Page

FONT, BOLD = "Helvetica", "Helvetica-Bold"
WIDTH, HEIGHT = landscape(A4)


class Style(msgspec.Struct, frozen=True):
    """How a table is drawn; the defaults draw white space alone."""

    across: str = (
        "none"  # rules across: none, all, ends (top, below the heading, bottom), rows (between rows alone)
    )
    down: bool = False
    dotted: bool = False  # rules as rows of small squares
    cell_tint: str | None = None  # a box behind each cell, with white gaps
    band_tint: str | None = None  # a box behind every other row
    head_tint: str | None = None  # a box behind the heading row
    head_cells: bool = False  # the heading's box drawn cell by cell
    last_tints: tuple[
        str, ...
    ] = ()  # a rating's colour behind the last cell of each row; bands end before it
    white_rules: bool = False  # white rules drawn over the tint
    frame: bool = False  # a frame round the page
    size: float = 9.0
    leading: float = 11.0
    padding: float = 4.0
    row_gap: float = 4.0
    right: tuple[int, ...] = ()  # columns set against their right edge
    centred: tuple[int, ...] = ()
    middle: bool = False  # cells centred in their row's height
    title: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    left: float = 40.0
    top: float = 60.0


Rows = list[list[str | None]]  # None: covered by the cell on its left


class Block(msgspec.Struct, frozen=True):
    """A text at a place, broken to a width."""

    x: float
    top: float
    width: float
    text: str
    bold: bool = False


class Text(msgspec.Struct, frozen=True):
    """A page that holds no table: texts, and rules as (x0, top, x1, bottom)."""

    label: str
    blocks: list[Block]
    rules: list[tuple[float, float, float, float]] = []


class Case(msgspec.Struct, frozen=True):
    """A table as it is drawn, and its grid as it must be read; the rows themselves where nothing is said."""

    label: str
    widths: list[float]
    rows: Rows
    style: Style = Style()
    expect: list[list[str]] | None = None


@dataclass
class _Sheet:
    canvas: Canvas
    style: Style
    widths: Sequence[float]
    xs: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.xs = [self.style.left]
        for width in self.widths:
            self.xs.append(self.xs[-1] + width)

    def box(self, x0: float, top: float, x1: float, bottom: float, colour: str) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillColor("black")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.style.dotted:
            length, steps = max(x1 - x0, y1 - y0), int(max(x1 - x0, y1 - y0) / 2)
            for i in range(steps + 1):
                along = length * i / steps
                x, y = (x0 + along, y0) if x1 > x0 else (x0, y0 + along)
                self.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5, "black")
            return
        self.canvas.setStrokeColor("white" if self.style.white_rules else "black")
        self.canvas.setLineWidth(0.75)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def lines(self, text: str, width: float, font: str) -> list[str]:
        out = []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}".strip()
                if line and stringWidth(longer, font, self.style.size) > width - 2 * self.style.padding:
                    out.append(line)
                    longer = word
                line = longer
            out.append(line)
        return out

    def write(self, text: str, column: int, sides: tuple[float, float], y: float, font: str) -> None:
        x0, x1 = sides
        self.canvas.setFont(font, self.style.size)
        wide = stringWidth(text, font, self.style.size)
        if column in self.style.right:
            x = x1 - self.style.padding - wide
        elif column in self.style.centred:
            x = (x0 + x1 - wide) / 2
        else:
            x = x0 + self.style.padding
        self.canvas.drawString(x, HEIGHT - y, text)


def draw(path: Path, case: Case) -> None:
    """Write a PDF of one page with the case's rows as a table, the first in bold."""
    style = case.style
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    sheet = _Sheet(canvas, style, case.widths)
    y = style.top
    for line in style.title:
        canvas.setFont(FONT, style.size)
        canvas.drawString(style.left, HEIGHT - y, line)
        y += 1.3 * style.leading
    if style.frame:
        canvas.rect(15, 15, WIDTH - 30, HEIGHT - 30)
    y = _draw_rows(sheet, case.rows, y) + 2 * style.leading
    for line in style.below:
        canvas.setFont(FONT, style.size)
        canvas.drawString(style.left, HEIGHT - y, line)
        y += 1.3 * style.leading
    canvas.save()


def _draw_rows(sheet: _Sheet, rows: Rows, y: float) -> float:
    """Draw the rows from `y` down; where they end."""
    style, tops = sheet.style, [y]
    for number, row in enumerate(rows):
        font = BOLD if number == 0 else FONT
        cells = list(_cells(sheet, row))
        texts = [sheet.lines(text, x1 - x0, font) for _, text, x0, x1 in cells]
        height = max(len(lines) for lines in texts) * style.leading + style.row_gap
        _tint(sheet, number, cells, y, y + height)
        for (column, _, x0, x1), lines in zip(cells, texts, strict=True):
            down = (height - style.row_gap - len(lines) * style.leading) / 2 if style.middle else 0.0
            for i, line in enumerate(lines):
                sheet.write(
                    line, column, (x0, x1), y + down + style.row_gap / 2 + (i + 0.8) * style.leading, font
                )
        if style.down:
            for x in {x for _, _, x0, x1 in cells for x in (x0, x1)}:
                sheet.rule(x, y, x, y + height)
        y += height
        tops.append(y)
    for i, top in enumerate(tops):
        ends = i in {0, 1, len(rows)}
        if (
            style.across == "all"
            or (style.across == "ends" and ends)
            or (style.across == "rows" and 0 < i < len(rows))
        ):
            sheet.rule(sheet.xs[0], top, sheet.xs[-1], top)
    return y


def _cells(sheet: _Sheet, row: Sequence[str | None]) -> Iterable[tuple[int, str, float, float]]:
    """Column, text, left and right of each cell."""
    for column, text in enumerate(row):
        if text is not None:
            last = column + 1
            while last < len(row) and row[last] is None:
                last += 1
            yield column, text, sheet.xs[column], sheet.xs[last]


def _tint(
    sheet: _Sheet, number: int, cells: Sequence[tuple[int, str, float, float]], y: float, bottom: float
) -> None:
    style = sheet.style
    if style.cell_tint:
        for _, _, x0, x1 in cells:
            sheet.box(x0 + 1, y + 1, x1 - 1, bottom - 1, style.cell_tint)
    elif style.head_tint and number == 0:
        edges = [(x0, x1) for _, _, x0, x1 in cells] if style.head_cells else [(sheet.xs[0], sheet.xs[-1])]
        for x0, x1 in edges:
            sheet.box(x0, y, x1, bottom, style.head_tint)
    elif style.band_tint and number % 2 == 1:
        sheet.box(sheet.xs[0], y, sheet.xs[-2 if style.last_tints else -1], bottom, style.band_tint)
    if style.last_tints and number:
        sheet.box(sheet.xs[-2], y, sheet.xs[-1], bottom, style.last_tints[number - 1])


@pytest.fixture
def read_table(tmp_path: Path) -> Callable[[object], Document]:
    """Draw a case and read the paper it stands in."""

    def read_back(case: object) -> Document:
        path = tmp_path / "table.pdf"
        draw(path, msgspec.convert(case, Case))
        return read(path, Limits())

    return read_back


@pytest.fixture
def words_drawn(tmp_path: Path) -> Callable[[], Page]:
    """The page that was drawn last, as it is read before tables are looked for."""

    def page() -> Page:
        with open_pdf(tmp_path / "table.pdf") as pdf:
            return pdf.read(1)[0]

    return page


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[object], Document]:
    """Write a page of texts and read it."""

    def read_back(case: object) -> Document:
        path = tmp_path / "text.pdf"
        write(path, msgspec.convert(case, Text))
        return read(path, Limits())

    return read_back


def write(path: Path, text: Text) -> None:
    """Write a PDF of one page with the texts and rules."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    sheet = _Sheet(canvas, Style(), [WIDTH])
    for x0, top, x1, bottom in text.rules:
        sheet.rule(x0, top, x1, bottom)
    for block in text.blocks:
        font = BOLD if block.bold else FONT
        for i, line in enumerate(sheet.lines(block.text, block.width, font)):
            sheet.write(
                line, 0, (block.x, block.x + block.width), block.top + (i + 1) * sheet.style.leading, font
            )
    canvas.save()
