"""Another reading of a page whose first is doubtful: camelot's vector engine, which follows each cell's own borders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from extract.flavours.grid import table_of
from extract.flavours.quality import scored
from extract.shapes import Box, Page, Table

_SAME_SIZE = 1.0  # points: a page that camelot sees in another size is turned in another way

FLAVOUR = "camelot"
# What camelot and the library under it raise on a damaged file, its own errors apart.
_FAILS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class NoOpinion(Exception):
    """camelot could not read what pdfium could."""


class Cell(Protocol):
    """A position of camelot's grid, in points from the bottom left, and the sides on which it has a border."""

    x1: float
    y1: float
    x2: float
    y2: float
    left: bool
    right: bool
    top: bool
    bottom: bool


def second_opinion(path: Path, page: Page) -> list[Table]:
    """The tables that camelot sees on a page of the PDF at `path`, with our own words in their cells.

    Raises NoOpinion where camelot fails.
    """
    if any(word.confidence < 1 for word in page.words):
        return []  # camelot sees no rules in a picture
    # camelot takes a second and 100 MB to load; pages are seldom doubtful.
    from camelot.io import read_pdf
    from playa.exceptions import PDFException

    try:
        found = read_pdf(
            path, pages=str(page.number), flavor="lattice", engine="vector", suppress_stdout=True
        )
    except (PDFException, *_FAILS) as error:
        raise NoOpinion(f"{type(error).__name__}: {error}") from error
    tables = list[Table]()
    for seen in found:
        width, height = seen.pdf_size
        if abs(width - page.width) > _SAME_SIZE or abs(height - page.height) > _SAME_SIZE:
            continue
        table = table_of(page, list(_boxes(seen.cells, height)), FLAVOUR)
        if table is not None:
            tables.append(table)
    return scored(tables, page)


def _boxes(rows: Sequence[Sequence[Cell]], height: float) -> Iterable[Box]:
    """Cells that no border parts as one box, in points from the top left."""
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if (i and not cell.top) or (j and not cell.left):
                continue
            last = _last(row, j)
            below = _below(rows, i, j)
            corner = rows[below][last]
            yield Box(cell.x1, height - cell.y2, corner.x2, height - corner.y1)


def _last(row: Sequence[Cell], j: int) -> int:
    """The last column that a cell spans."""
    while j + 1 < len(row) and not row[j].right and not row[j + 1].left:
        j += 1
    return j


def _below(rows: Sequence[Sequence[Cell]], i: int, j: int) -> int:
    """The last row that a cell spans."""
    while i + 1 < len(rows) and not rows[i][j].bottom and not rows[i + 1][j].top:
        i += 1
    return i
