"""Verdicts behind a dash in the recommendation's own paragraph: "(a) That the ponds be dredged – Agreed. The boat ..."."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Line
from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.understanding.pieces import PROSE, Piece

_DASHES = frozenset({"-", "–", "—"})
_LEAST = 2  # paragraphs of a paper that are so
_LEAST_WORDS = 5  # before the dash, the number with them
_LOOKED_AT = 12  # words behind the dash


def with_verdicts_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, the answers behind dashes as pieces of their own, where the paper does so more than once."""
    cut = {i: parted for i, piece in enumerate(pieces) if (parted := _parted(piece))}
    if len(cut) < _LEAST:
        return tuple(pieces)
    return tuple(part for i, piece in enumerate(pieces) for part in cut.get(i, (piece,)))


def _parted(piece: Piece) -> tuple[Piece, ...]:
    """The recommendation and its answer; () where no verdict follows a dash in a numbered paragraph."""
    if piece.source != PROSE or piece.field or piece.label or piece.number() is None:
        return ()
    words = [(i, j) for i, line in enumerate(piece.lines) for j in range(len(line.words))]
    for at, (i, j) in enumerate(words):
        if at < _LEAST_WORDS or piece.lines[i].words[j].text not in _DASHES or at + 1 == len(words):
            continue
        following = words[at + 1 : at + 1 + _LOOKED_AT]
        said = " ".join(piece.lines[a].words[b].text for a, b in following)
        stated = read_decision(Passage.plain(said), column=False)
        if stated and stated.certainty == "certain" and said.startswith(stated.words):
            before, answer = _split(piece.lines, words[at + 1], (i, j))
            reply = Piece(answer, piece.source, name="Response", field="response", cells=piece.cells)
            return (msgspec.structs.replace(piece, lines=before), reply)
    return ()


def _split(
    lines: Sequence[Line], start: tuple[int, int], dash: tuple[int, int]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines before a dash, and those from the word behind it on."""
    at, word = dash
    last = lines[at].words[:word]
    before = (*lines[:at], *((msgspec.structs.replace(lines[at], words=last),) if last else ()))
    first, begin = start
    opening = msgspec.structs.replace(lines[first], words=lines[first].words[begin:], opens=True)
    return before, (opening, *lines[first + 1 :])
