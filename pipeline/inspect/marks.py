"""What can be drawn over a page: layers with their colours and meanings, marks in them, and notes beside the page."""

from __future__ import annotations

from typing import Literal

import msgspec

from extract.shapes import Box

Colour = tuple[int, int, int]


class Layer(msgspec.Struct, frozen=True):
    """One kind of mark. `inside` (0 to 255) is how much of its colour fills its boxes, `line` its outline in pixels."""

    meaning: str
    colour: Colour
    line: int = 1
    inside: int = 0


class Mark(msgspec.Struct, frozen=True):
    """A box of a layer on the page, in points, with a few letters at its first or last corner, or as its title."""

    layer: Layer
    box: Box
    tag: str = ""
    place: Literal["start", "end", "title"] = "start"


class Note(msgspec.Struct, frozen=True):
    """A sentence beside the page, in the colour of its layer; None for plain text."""

    text: str
    layer: Layer | None = None


class Seen(msgspec.Struct, frozen=True):
    """All that is drawn over one page and written beside it; marks that come later lie on top."""

    title: str
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]


FILL = Layer("filled shape", (150, 60, 170), line=1, inside=26)
RULE = Layer("rule: a line, or the edge of a filled box", (220, 30, 30), line=3, inside=60)
WORD = Layer("word", (110, 140, 190))
DOUBTFUL_WORD = Layer("word of which the recogniser is not sure", (230, 120, 0), line=2, inside=70)
FURNITURE = Layer("furniture: page numbers, stamps, running headers", (110, 110, 110), line=2, inside=90)
CELL = Layer("cell: row and column, as counted over all pages of the table", (30, 80, 210), line=1)
HEADING = Layer("cell of a heading row", (30, 80, 210), line=1, inside=36)
CARRIED = Layer(
    "cell that goes on over pages: < from the page before, > on the next", (0, 150, 170), line=3, inside=30
)
TABLE = Layer("table that was read as a tracker", (20, 130, 50), line=3)
APART = Layer("table that was left alone", (150, 110, 60), line=3)
COLUMN = Layer("column: the field that it was taken for (? likely, ?? unsure)", (20, 130, 50), inside=210)
UNASSIGNED = Layer("words that went into no field", (210, 0, 120), line=2, inside=60)
PROBLEM = Layer("problem", (220, 0, 0), line=3, inside=40)
RECOMMENDATION = Layer("recommendation: its text", (250, 200, 0), line=2, inside=50)
SEGMENT = Layer("response, action, update", (90, 190, 60), line=2, inside=45)
PARTY = Layer("owner", (240, 130, 60), line=2, inside=70)
DEADLINE = Layer("deadline", (150, 90, 230), line=2, inside=60)
STATED = Layer("decision, progress, rating", (0, 170, 170), line=2, inside=60)
FRONT = Layer("what the paper says of itself", (80, 110, 130), line=2, inside=50)

LAYERS = (
    WORD, DOUBTFUL_WORD, RULE, FILL, FURNITURE, TABLE, APART, COLUMN, CELL, HEADING, CARRIED, FRONT, RECOMMENDATION,
    SEGMENT, PARTY, DEADLINE, STATED, UNASSIGNED, PROBLEM,
)  # fmt: skip
