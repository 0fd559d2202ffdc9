"""Loaded once by the server that workers are forked from: one invented row is understood, so that they need not build
again what the language stage builds on first use (its vocabulary, patterns and matchers: about a second).
"""

from __future__ import annotations

import gc

from extract.shapes import Box, Cell, Document, Line, PageInfo, Place, Row, Table, Word
from pipeline.flow import understand
from pipeline.workers import guarded

_ROWS = (
    ("Recommendation", "Response", "Lead officer", "Timescale", "Progress", "RAG"),
    (
        "1. That the Cabinet review the bus shelters (paragraph 2.1).",
        "Agreed. Action: the Transport Team will write to all parishes by June 2021.",
        "Head of Transport / Jo Bloggs",
        "March 2021",
        "Update: ongoing; see recommendation 2.",
        "Green",
    ),
)
_WIDTH, _HEIGHT = 90.0, 200.0


def _cell(row: int, column: int, text: str) -> Cell:
    left, top = 20.0 + column * _WIDTH, 20.0 + row * _HEIGHT
    box = Box(left, top, left + _WIDTH, top + _HEIGHT)
    words = tuple(
        Word(word, Box(left + 1, top + 1 + i * 9, left + 60, top + 9 + i * 9), 1)
        for i, word in enumerate(text.split())
    )
    return Cell(row, column, tuple(Line((word,)) for word in words), (Place(1, box),))


def invented_document() -> Document:
    """A page with a heading row and one recommendation."""
    rows = tuple(
        Row(tuple(_cell(i, j, text) for j, text in enumerate(texts)), (1,)) for i, texts in enumerate(_ROWS)
    )
    box = Box(20.0, 20.0, 20.0 + len(_ROWS[0]) * _WIDTH, 20.0 + len(_ROWS) * _HEIGHT)
    table = Table(rows, len(_ROWS[0]), (Place(1, box),), "invented")
    page = PageInfo(1, 595.0, 842.0, "table")
    return Document("invented.pdf", "0" * 64, "invented", (page,), (table,), (table,))


# A fault here is a fault in every paper, and is told there.
guarded(understand, invented_document())
gc.collect()
gc.freeze()
