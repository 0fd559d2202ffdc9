"""Cuts a printed line at its wide gaps: a label in the left margin, the text, an owner at the right edge."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain, pairwise
from statistics import median

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.minutes.looks import Look, look_of, text_of

_WIDE = 12.0  # points; no space between two words of unjustified text is so wide
_WIDER = 2.5  # times the usual gap of the line, which justified text stretches
_AT_EDGE = 30.0  # points from the right edge of the text within which a tail ends
_SPREAD = 40.0  # points of gap that speak for a tail by themselves
_MOST_TAIL = 9  # words
_MONEY = re.compile(r"[£$€]?[\d,]+(?:\.\d\d)?p?")
_LEFT_OF_TAIL = 0.45  # share of the text's width that a tail leaves free to its left


class Edges(msgspec.Struct, frozen=True):
    """Where the text of a page begins and ends, in points from the left."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


class Pieces(msgspec.Struct, frozen=True, dict=True):
    """A line as printed: its words in columns, and the words at the right edge where they stand apart."""

    columns: tuple[tuple[Word, ...], ...]
    tail: tuple[Word, ...] = ()
    joined: str = "space"
    opens: bool = False

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(chain.from_iterable(self.columns))

    @cached_property
    def text(self) -> str:
        return text_of(self.words)

    @cached_property
    def look(self) -> Look:
        return look_of(self.words)


def cut_line(line: Line, edges: Edges) -> Pieces:
    """The columns of a line, its tail apart."""
    columns = _columns(line.words)
    if len(columns) > 1 and _is_tail(columns, edges):
        return Pieces(columns[:-1], columns[-1], line.joined, line.opens)
    return Pieces(columns, (), line.joined, line.opens)


def _columns(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    wide = max(_WIDE, _WIDER * usual)
    columns: list[list[Word]] = [[words[0]]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap > wide:
            columns.append([])
        columns[-1].append(word)
    return tuple(tuple(column) for column in columns)


def _is_tail(columns: tuple[tuple[Word, ...], ...], edges: Edges) -> bool:
    """Whether the last column stands at the right edge, behind a text that has ended or far from it."""
    before, last = columns[-2], columns[-1]
    if _MONEY.fullmatch("".join(word.text for word in last)):
        return False
    if len(last) > _MOST_TAIL or last[-1].box.x1 < edges.right - _AT_EDGE:
        return False
    if last[0].box.x0 < edges.left + _LEFT_OF_TAIL * edges.width:
        return False
    ended = before[-1].text.endswith((".", "!", "?", ":", ";", ")", "’", "”", "'", '"'))
    return ended or last[0].box.x0 - before[-1].box.x1 > _SPREAD
