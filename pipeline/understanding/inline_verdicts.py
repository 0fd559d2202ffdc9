"""Verdicts in the recommendation's own paragraph, behind a dash or set out: "(a) That the ponds be dredged. AGREED. The boat ..."."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.understanding.pieces import PROSE, Piece

_DASHES = frozenset({"-", "–", "—"})
_LEAST = 2  # paragraphs of a paper that are so
_LEAST_WORDS = 5  # before the verdict, the number with them
_LOOKED_AT = 12  # words from it on


def with_verdicts_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, the answers in them as pieces of their own, where the paper does so more than once."""
    cut = {i: parted for i, piece in enumerate(pieces) if (parted := _parted(piece))}
    if len(cut) < _LEAST:
        return tuple(pieces)
    return tuple(part for i, piece in enumerate(pieces) for part in cut.get(i, (piece,)))


def _parted(piece: Piece) -> tuple[Piece, ...]:
    """The recommendation and its answer; () where no verdict stands out in a numbered paragraph."""
    if piece.source != PROSE or piece.field or piece.label or piece.number() is None:
        return ()
    places = [(i, j) for i, line in enumerate(piece.lines) for j in range(len(line.words))]
    words = [piece.lines[i].words[j] for i, j in places]
    for at in range(_LEAST_WORDS, len(words) - 1):
        dashed = words[at].text in _DASHES
        if not dashed and not _stands_out(words[at], words[at + 1]):
            continue
        said = " ".join(word.text for word in words[at + 1 : at + 1 + _LOOKED_AT])
        stated = read_decision(Passage.plain(said), column=False)
        if stated and stated.certainty == "certain" and said.startswith(stated.words):
            before, answer = _split(piece.lines, places[at + 1], places[at] if dashed else places[at + 1])
            reply = Piece(answer, piece.source, name="Response", field="response", cells=piece.cells)
            return (msgspec.structs.replace(piece, lines=before), reply)
    return ()


def _stands_out(before: Word, word: Word) -> bool:
    """Whether a word behind the end of a sentence is set in bold or in capitals, and that sentence was not."""
    ended = before.text.endswith((".", ";", "?"))
    bold = word.bold and not before.bold
    return ended and (bold or (len(word.text) > 2 and word.text.isupper() and not before.text.isupper()))


def _split(
    lines: Sequence[Line], start: tuple[int, int], end: tuple[int, int]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines before a place, the dash or the first word of the answer, and those from that word on."""
    at, word = end
    last = lines[at].words[:word]
    before = (*lines[:at], *((msgspec.structs.replace(lines[at], words=last),) if last else ()))
    first, begin = start
    opening = msgspec.structs.replace(lines[first], words=lines[first].words[begin:], opens=True)
    return before, (opening, *lines[first + 1 :])
