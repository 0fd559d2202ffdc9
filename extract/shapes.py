"""The values that reading a PDF makes: frozen, typed, comparable with ``==``, written as JSON.

The smallest of them, made by the hundred thousand, are kept out of the garbage collector: they can hold no cycle.
Coordinates are points from the top left of the page as a person sees it (rotation undone); pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from math import inf
from typing import Literal

import msgspec


class Box(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rectangle on a page, in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a point (x, y) lies in the box, its edges included."""
        return self.x0 <= point[0] <= self.x1 and self.top <= point[1] <= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether the boxes share more than an edge."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom
        )

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of `boxes` (at least one)."""
        x0, top, x1, bottom = inf, inf, -inf, -inf
        for b in boxes:
            if b.x0 < x0:
                x0 = b.x0
            if b.top < top:
                top = b.top
            if b.x1 > x1:
                x1 = b.x1
            if b.bottom > bottom:
                bottom = b.bottom
        return cls(x0, top, x1, bottom)


class Word(msgspec.Struct, frozen=True, gc=False):
    """Letters without white space between them, with their box, page and look.

    `turned` is the reading direction in degrees clockwise (0, 90, 180, 270); `confidence` is 1.0 for text that the
    file holds, and the recogniser's own (0 to 1) for text read off a picture.
    """

    text: str
    box: Box
    page: int
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    turned: int = 0
    confidence: float = 1.0


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A straight horizontal or vertical line, or an edge of a filled box, as a thin box."""

    box: Box
    across: bool  # True: horizontal


class Fill(msgspec.Struct, frozen=True, gc=False):
    """A filled shape. `colour` is "#rrggbb"; `shape` says what its outline looks like."""

    box: Box
    colour: str
    shape: Literal["box", "round", "other"] = "box"


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A raster image on the page with the colour that covers most of its coloured part, and what it seems to show."""

    box: Box
    colour: str | None = None
    mark: Literal["tick", "cross"] | None = None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A coloured sign in a cell or in a key: a fill, a circle or a picture."""

    kind: Literal["fill", "circle", "picture"]
    colour: str  # "#rrggbb"
    name: str | None  # red, amber, green, blue, grey, ... or None where no common name fits
    box: Box
    page: int
    mark: Literal["tick", "cross"] | None = None


class Line(msgspec.Struct, frozen=True, dict=True):
    """Words on one base line, in reading order.

    `opens` says that a paragraph starts here (a wider gap, a bullet, a new cell); `joined` says how the line goes on
    from the one before it: with a space, `glued` (no space: a hyphen, an address or a word cut at a cell's edge),
    or `dehyphenated` (the typesetter's hyphen at the end of the line before falls away).
    """

    words: tuple[Word, ...]
    opens: bool = False
    joined: Literal["space", "glued", "dehyphenated"] = "space"

    @cached_property
    def text(self) -> str:
        return " ".join([w.text for w in self.words])

    @cached_property
    def box(self) -> Box:
        return Box.around([w.box for w in self.words])

    @property
    def page(self) -> int:
        return self.words[0].page


class Place(msgspec.Struct, frozen=True, gc=False):
    """A box on a page: where something is printed."""

    page: int
    box: Box


class Cell(msgspec.Struct, frozen=True, dict=True):
    """A cell of a table; a cell that goes on over pages has several places.

    `row` and `column` count from 0 at the cell's top left; a covered grid position has no cell of its own.
    """

    row: int
    column: int
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    row_span: int = 1
    column_span: int = 1
    fill: str | None = None  # "#rrggbb" of the background, None where it is the paper's
    marks: tuple[Mark, ...] = ()

    @cached_property
    def text(self) -> str:
        """Running text: paragraphs parted by a newline, lines of a paragraph joined as the lines say."""
        return running_text(self.lines)

    @property
    def printed(self) -> str:
        """The words line by line as drawn."""
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> Iterator[Word]:
        return (word for line in self.lines for word in line.words)


class Row(msgspec.Struct, frozen=True):
    """One row of a table: its cells from left to right, covered positions left out."""

    cells: tuple[Cell, ...]
    pages: tuple[int, ...]

    @property
    def text(self) -> str:
        return " | ".join(cell.text for cell in self.cells)


class Table(msgspec.Struct, frozen=True):
    """A table on one page or, once joined, over several. `columns` is the number of grid columns.

    `flavour` names the reader that found it, `reason` says why that reading was kept. `header_rows` counts the rows
    at the top that were seen repeated on a later page (0 where none was); those repeats stand in `repeated`.
    """

    rows: tuple[Row, ...]
    columns: int
    places: tuple[Place, ...]
    flavour: str
    reason: str = ""
    score: float = 1.0
    header_rows: int = 0
    repeated: tuple[Row, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(place.page for place in self.places)

    @property
    def words(self) -> Iterator[Word]:
        return (word for row in (*self.rows, *self.repeated) for cell in row.cells for word in cell.words)

    def grid(self) -> list[list[str]]:
        """Texts as drawn, one list a row, '' at covered positions."""
        out = [[""] * self.columns for _ in self.rows]
        for i, row in enumerate(self.rows):
            for cell in row.cells:
                out[i][cell.column] = cell.printed
        return out


class Problem(msgspec.Struct, frozen=True):
    """A doubt or a fault, with where it is and the words it is about. `code` is listed in docs/errors.md."""

    code: str
    message: str
    page: int | None = None
    words: str = ""
    box: Box | None = None


class PageInfo(msgspec.Struct, frozen=True):
    """What is known of a page: size in points as seen, the printed number, how it was read."""

    number: int
    width: float
    height: float
    kind: Literal["text", "table", "blank", "scan", "skipped"]
    label: str | None = None  # "45" where "Page 45" is stamped
    words: int = 0
    furniture: tuple[Line, ...] = ()  # headers, footers, page numbers and stamps: kept apart from text
    marks: tuple[Mark, ...] = ()  # coloured signs outside tables (a RAG key's)


class Document(msgspec.Struct, frozen=True):
    """All that was read from one PDF.

    `tables` are joined over pages; `page_tables` are the same as drawn, one a page; `lines` are the lines outside
    tables in reading order, furniture left out.
    """

    name: str
    sha256: str
    reader: str
    pages: tuple[PageInfo, ...]
    tables: tuple[Table, ...] = ()
    page_tables: tuple[Table, ...] = ()
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    info: dict[str, str] = {}  # the file's own title, author and dates, as it says them

    def to_json(self) -> bytes:
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes) -> Document:
        """Raises msgspec.ValidationError where `data` is no Document of this version."""
        return msgspec.json.decode(data, type=cls)


class Page(msgspec.Struct, frozen=True):
    """One page as drawn, rotation undone: what the flavours read tables from."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Picture, ...] = ()
    problems: tuple[Problem, ...] = ()


def running_text(lines: Iterable[Line]) -> str:
    """Lines as running text: a newline where a paragraph opens, else a space or nothing as `joined` says."""
    out = ""
    for line in lines:
        if not out:
            out = line.text
        elif line.joined == "glued":
            out += line.text
        elif line.joined == "dehyphenated":
            out = out[:-1] + line.text
        elif line.opens:
            out += "\n" + line.text
        else:
            out += " " + line.text
    return out
