"""Reads a red-amber-green rating out of words or coloured signs."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from extract.shapes import Mark, Place
from pipeline.knowledge.language import ratings
from pipeline.nlp.clean import folded
from pipeline.nlp.patterns import one_of
from pipeline.nlp.rating_keys import BASIC, Key, KeyEntry, colour_letters, colour_names, read_key
from pipeline.passages import Passage
from pipeline.records import Evidence, Rag

__all__ = ["Key", "KeyEntry", "colour_lead", "read_key", "read_rating"]

_LABEL = re.compile(
    r"\s*(?:(?:rag|brag)(?:\s+(?:status|rating))?|status|rating)\s*(?::|\s-|=)\s*", re.IGNORECASE
)
# A colour's word is a rating where no other word goes on with it ("Green spaces").
_STOP = r"(?=\s*(?:$|\n|[^\sA-Za-z])|\s+(?:to|rated|rating|status)\b)"


def read_rating(
    cell: Passage, marks: Sequence[Mark] = (), key: Key | None = None, rated: bool = True
) -> Rag | None:
    """The rating of a cell by its words, else by its coloured signs; None where it holds neither.

    Red, amber and green mean themselves, a tick means complete. Any other colour has the meaning that `key` gives it,
    and without one stays a colour with no value. Words that name two colours, or signs of two, give no value either.
    `rated` says that the column is one of ratings: elsewhere "Complete" is a status and rates nothing.
    """
    known = key or Key()
    return _by_word(cell, known, rated) or _by_mark(marks, known)


def colour_lead(text: str, start: int = 0) -> int:
    """Where a text goes on behind a colour that leads it ("Green - Complete"); `start` where none does."""
    match = _lead().match(text, start)
    return match.end() if match else start


@functools.cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"{one_of(colour_names())}\b\s*(?:[-:/,]\s*|\n\s*|\(|\s+)", re.IGNORECASE)


@functools.cache
def _colour() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<first>{one_of(colour_names())})(?:\s*(?:/|to)\s*(?P<second>{one_of(colour_names())}))?{_STOP}",
        re.IGNORECASE,
    )


@functools.cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(rf"\((?P<first>{one_of(colour_names())})\)\s*$", re.IGNORECASE)


@functools.cache
def _complete() -> re.Pattern[str]:
    return re.compile(rf"{one_of(ratings().complete)}\W*$", re.IGNORECASE)


def _by_word(cell: Passage, key: Key, rated: bool) -> Rag | None:
    text = folded(cell.text)
    label = _LABEL.match(text)
    start = label.end() if label else 0
    match = _colour().match(text, start) or _bracketed().search(text)
    if match:
        colour = colour_names()[match["first"].lower()]
        second = match.groupdict().get("second")
        value = None if second and colour_names()[second.lower()] != colour else _value(colour, key)
        return _worded(cell, match.span(), value, colour)
    lettered = _by_letter(cell, text[start:].strip(" ."), key)
    return lettered or (_by_completion(cell, text, start) if rated else None)


def _by_letter(cell: Passage, letter: str, key: Key) -> Rag | None:
    colour = colour_letters().get(letter)
    return _worded(cell, (0, len(cell.text)), _value(colour, key), colour) if colour else None


def _by_completion(cell: Passage, text: str, start: int) -> Rag | None:
    match = _complete().match(text, start)
    return _worded(cell, match.span(), "complete", None) if match else None


def _worded(cell: Passage, span: tuple[int, int], value: str | None, colour: str | None) -> Rag:
    label = cell.text[slice(*span)].strip(" ()")
    return Rag(value, label, colour, scheme="RAG", source="word", evidence=cell.evidence(*span))


def _value(colour: str, key: Key) -> str | None:
    return colour if colour in BASIC else key.value(colour)


def _by_mark(marks: Sequence[Mark], key: Key) -> Rag | None:
    """The rating of signs: circles and pictures before fills, which may be the row's own shading."""
    drawn = [mark for mark in marks if mark.kind != "fill"] or list(marks)
    if not drawn:
        return None
    first = drawn[0]
    values = {_sign_value(mark, key) for mark in drawn}
    colour = colour_names().get(first.name or "", first.name)
    evidence = Evidence((Place(first.page, first.box),), first.mark or first.colour)
    return Rag(
        values.pop() if len(values) == 1 else None,
        first.mark or first.colour,
        colour,
        "RAG",
        first.kind,
        evidence,
    )


def _sign_value(mark: Mark, key: Key) -> str | None:
    if mark.mark == "tick":
        return "complete"
    colour = colour_names().get(mark.name or "")
    return _value(colour, key) if colour else key.value(mark.mark or "")
