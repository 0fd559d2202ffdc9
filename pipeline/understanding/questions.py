"""Questions and answers: "Q. We asked that … " over "A. Yes. …"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.knowledge.vocabulary import Field
from pipeline.understanding.pieces import Piece

_SIGNS: dict[str, tuple[str, Field]] = {"Q": ("Question", "recommendation"), "A": ("Answer", "response")}
_LEAST = 2  # questions with their answers


def with_questions(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, their questions and answers under the labels that those letters are, where a paper has several of both."""
    signs = [_sign(piece) for piece in pieces]
    told = "".join(sign for sign in signs if sign)
    if told.count("QA") < _LEAST or told.count("QA") < told.count("A"):  # "A." may be a letter of a list
        return tuple(pieces)
    return tuple(_labelled(piece, sign) if sign else piece for piece, sign in zip(pieces, signs, strict=True))


def _sign(piece: Piece) -> str:
    """ "Q" or "A" where a paragraph opens with that letter and a stop or a colon; "" of any other."""
    words = piece.lines[0].words if piece.lines and piece.field is None and not piece.label else ()
    first = words[0].text if len(words) > 1 else ""
    return first[0] if first in ("Q.", "Q:", "A.", "A:") else ""


def _labelled(piece: Piece, sign: str) -> Piece:
    first, *more = piece.lines
    name, field = _SIGNS[sign]
    return msgspec.structs.replace(
        piece,
        lines=(msgspec.structs.replace(first, words=first.words[1:], opens=True), *more),
        label=(msgspec.structs.replace(first, words=first.words[:1]),),
        name=name,
        field=field,
        heading=False,
    )
