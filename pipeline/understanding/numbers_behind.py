"""Headings and emphasised texts that end with the number of their recommendation ("Dog bins (Recommendation 4)"), which opens them from then on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.pieces import PROSE, Piece

_LEAST = 2  # such headings or texts in a paper
_SHORTEST, _LONGEST = 3, 120  # words of one
_LONGEST_NUMBER = 4  # words
_LONGEST_BRACKET = 8  # words with the paragraph that is named behind the number
_DASHES = ("–", "—", "-")


def with_numbers_behind(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces; headings and texts that end with the name of a recommendation have it as their number, where several do."""
    out = list(pieces)
    numbered = 0
    for i, piece in enumerate(pieces):
        if not (behind := _reference_behind(piece)):
            continue
        start, (reference, rest) = _start_of_text(pieces, i), behind
        if pieces[start].number():
            continue
        numbered += 1
        out[i] = msgspec.structs.replace(piece, label=(), lines=rest, field=None)
        out[start] = Piece(out[start].own_lines, label=(reference,), cells=piece.cells)
    return tuple(out) if numbered >= _LEAST else tuple(pieces)


def _start_of_text(pieces: Sequence[Piece], at: int) -> int:
    """Where the emphasised text begins of which the piece at `at` is the last part: "... a plan for: / (a) staff; / (b) training"."""
    start = at
    while start and pieces[start].number() and _is_text(pieces[start - 1]):
        start -= 1
    return start


def _is_text(piece: Piece) -> bool:
    return piece.source == PROSE and piece.emphasised and not piece.heading and not piece.field


def _reference_behind(piece: Piece) -> tuple[Line, tuple[Line, ...]] | None:
    """The reference that ends a heading or an emphasised text, and the lines before it; None of any other piece."""
    titled = piece.heading or (not piece.lines and piece.sure == "heading_unless_repeated")
    words = [word for line in piece.own_lines for word in line.words]
    if piece.source != PROSE or not (titled or _is_text(piece)) or not _SHORTEST <= len(words) <= _LONGEST:
        return None
    for count in range(1, min(_LONGEST_BRACKET, len(words)) + 1):
        if reference := _reference(words, count):
            last = msgspec.structs.replace(piece.own_lines[-1], words=reference)
            behind_dash = count < len(words) and words[-count - 1].text in _DASHES
            return last, _without_last(piece.own_lines, count + behind_dash)
    return None


def _reference(words: Sequence[Word], count: int) -> tuple[Word, ...]:
    """The reference with which the last `count` words begin, if they stand in brackets or are it and stand behind a dash; () otherwise."""
    bracketed = words[-count].text[0] in "([" and words[-1].text.rstrip(".:").endswith((")", "]"))
    dashed = count < len(words) and words[-count - 1].text in _DASHES
    if not bracketed and not dashed:
        return ()
    last = words[-count:]
    for n in range(1, min(_LONGEST_NUMBER, count) + 1):
        whole = n == count or (bracketed and last[n - 1].text.endswith((",", ";")))
        if whole and _is_reference(bare := _bare(last[:n])):
            return bare
    return ()


def _is_reference(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    found = find_numbered(folded(text))
    return found is not None and found.labelled and found.after >= len(text)


def _bare(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(msgspec.structs.replace(word, text=word.text.strip("()[].:,;")) for word in words)


def _without_last(lines: Sequence[Line], count: int) -> tuple[Line, ...]:
    """Lines without their last words, from right to left."""
    if not lines or not count:
        return tuple(lines)
    *before, last = lines
    kept = last.words[: max(len(last.words) - count, 0)]
    rest = (msgspec.structs.replace(last, words=kept),) if kept else ()
    return (*_without_last(before, count - len(last.words) + len(kept)), *rest)
