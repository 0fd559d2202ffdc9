"""Codes and numbers that open the texts of a list, known by the labels that follow each ("BUS1 Negotiate ...", "1a Run ...")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import msgspec

from pipeline.understanding.openings import style_of
from pipeline.understanding.pieces import Piece

_CODE = re.compile(r"\(?(?:[A-Z]{1,6}[./-]?){0,3}\d{1,3}(?:[./-]\d{1,3})*[a-z]?(?:\([a-z]\))?[.:)]{0,2}")
_PLAIN = re.compile(r"\d{1,3}[.:)]{0,2}")
_LEAST = 3  # texts of a list that open so
_MOST = 0.6  # of them that have labels before the next
_NEXT = 6  # pieces within which the first label follows


def with_codes_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces; where several open with a code of one shape and have labels below them, the code is their number."""
    shapes: dict[str, list[int]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        if shape := _shape(piece):
            shapes[shape].append(i)
    openings: set[int] = set()
    for at in sorted(shapes.values(), key=len, reverse=True):
        if _open_a_list(pieces, at, openings):
            openings |= set(at)
    return tuple(_parted(piece) if i in openings else piece for i, piece in enumerate(pieces))


def _shape(piece: Piece) -> str | None:
    """How the code that a piece opens with looks, letters and figures told apart; None where it opens otherwise."""
    if piece.field or piece.label or not piece.lines or style_of(piece) is not None:
        return None
    first, *rest = piece.lines[0].words
    if not _CODE.fullmatch(first.text) or (rest and not rest[0].text.lstrip("“\"'(")[:1].isupper()):
        return None
    if not rest and (len(piece.lines) > 1 or not first.text[0].isalpha()):
        return None  # a number alone is a page's, a paragraph's or a figure
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "9", first.text)))


def _open_a_list(pieces: Sequence[Piece], at: Sequence[int], known: AbstractSet[int]) -> bool:
    """Whether texts that open with codes of one shape each have labels before the next, of theirs or `known`; no code stands twice."""
    codes = [pieces[i].lines[0].words[0].text for i in at]
    if len(at) < _LEAST or len(set(codes)) < len(codes):
        return False
    if _PLAIN.fullmatch(codes[0]) and not _counts(codes):
        return False
    opened = {*at, *known, len(pieces)}
    ends = [min(end for end in opened if end > start) for start in at]
    labelled = sum(
        any(piece.field for piece in pieces[start + 1 : min(end, start + _NEXT)])
        for start, end in zip(at, ends, strict=True)
    )
    return labelled >= _MOST * len(at)


def _counts(codes: Sequence[str]) -> bool:
    numbers = [int(re.sub(r"\D", "", code)) for code in codes]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _parted(piece: Piece) -> Piece:
    first = piece.lines[0]
    code = msgspec.structs.replace(first, words=first.words[:1])
    text = (msgspec.structs.replace(first, words=first.words[1:], opens=True),) if first.words[1:] else ()
    return msgspec.structs.replace(piece, label=(code,), lines=(*text, *piece.lines[1:]), heading=False)
