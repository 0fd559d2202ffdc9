"""Verdicts in the recommendation's own paragraph, behind a dash or set out: "(a) That the ponds be dredged. AGREED. The boat ..."."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.understanding.labels import numbered_before
from pipeline.understanding.pieces import PROSE, Piece, names_reference

_DASHES = frozenset({"-", "–", "—"})
_LEAST = 2  # paragraphs of a paper that are so
_LEAST_WORDS = 5  # before the verdict, the number with them
_LOOKED_AT = 12  # words from it on


def with_verdicts_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, the answers in them as pieces of their own, where the paper does so more than once."""
    below = {
        i: (said,)
        for i in range(1, len(pieces))
        if (said := _answer_below(pieces[i - 1], pieces[i], *pieces[i + 1 : i + 2]))
    }
    cut = below | {
        i: parted for i, piece in enumerate(pieces) if i not in below and (parted := _parted(piece))
    }
    if len(cut) < _LEAST:
        return tuple(pieces)
    return tuple(part for i, piece in enumerate(pieces) for part in cut.get(i, (piece,)))


def _answer_below(before: Piece, piece: Piece, after: Piece | None = None) -> Piece | None:
    """The paragraph below a named recommendation as its answer, where a verdict that is set out ends it, or stands below it.

    "... said that it would. **Agreed.**"
    """
    named = before.source == PROSE and bool(before.lines) and names_reference(before.lines[0].words)
    if not named or piece.source != PROSE or piece.field or piece.label or not piece.lines:
        return None
    words = [word for line in piece.lines for word in line.words]
    at = next((i for i in range(1, len(words)) if _stands_out(words[i - 1], words[i])), len(words))
    alone = after is not None and not after.field and not after.label and not words[0].bold
    below = [word for line in after.lines for word in line.words] if after and alone else []
    if not _is_verdict(words[at:]) and not _is_verdict(below):
        return None
    first = piece.lines[0]
    marks = numbered_before(first.words)
    lines = (msgspec.structs.replace(first, words=first.words[marks:]), *piece.lines[1:])
    return Piece(lines, piece.source, name="Response", field="response", cells=piece.cells)


def _is_verdict(words: Sequence[Word]) -> bool:
    """Whether words in bold open with a decision."""
    said = " ".join(word.text for word in words)
    stated = read_decision(Passage.plain(said), column=False) if said else None
    return stated is not None and said.startswith(stated.words) and all(word.bold for word in words)


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
