"""Headings that end with the number of their recommendation ("Dog bins (Recommendation 4)"), which opens them from then on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Word
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.pieces import PROSE, Piece

_LEAST = 2  # such headings in a paper
_SHORTEST, _LONGEST = 3, 20  # words of one
_LONGEST_NUMBER = 4  # words in the brackets
_DASHES = ("–", "—", "-")


def with_numbers_behind(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces; headings that end with the name of a recommendation have it as their number, where several do."""
    numbered = {i: named for i, piece in enumerate(pieces) if (named := _numbered(piece))}
    if len(numbered) < _LEAST:
        return tuple(pieces)
    return tuple(numbered.get(i, piece) for i, piece in enumerate(pieces))


def _numbered(piece: Piece) -> Piece | None:
    """A heading with the reference that ends it before its words; None of any other piece."""
    words = [word for line in piece.own_lines for word in line.words]
    titled = (
        piece.heading or (not piece.lines and piece.sure == "heading_unless_repeated") or piece.emphasised
    )
    if piece.source != PROSE or not titled or not _SHORTEST <= len(words) <= _LONGEST or piece.number():
        return None
    last = piece.own_lines[-1]
    for n in range(1, min(_LONGEST_NUMBER, len(last.words)) + 1):
        reference = _bare(last.words[-n:]) if _parts(last.words, n) else ()
        found = find_numbered(folded(" ".join(word.text for word in reference))) if reference else None
        if found and found.labelled and found.after >= len(" ".join(word.text for word in reference)):
            rest = last.words[:-n]
            rest = rest[:-1] if rest and rest[-1].text in _DASHES else rest
            title = (msgspec.structs.replace(last, words=rest),) if rest else ()
            lines = (*piece.own_lines[:-1], *title)
            return Piece(lines, label=(msgspec.structs.replace(last, words=reference),), cells=piece.cells)
    return None


def _parts(words: Sequence[Word], n: int) -> bool:
    """Whether the last `n` words stand in brackets or behind a dash."""
    closed = words[-n].text[0] in "([" and words[-1].text.rstrip(".:").endswith((")", "]"))
    return closed or (n < len(words) and words[-n - 1].text in _DASHES)


def _bare(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(msgspec.structs.replace(word, text=word.text.strip("()[].:")) for word in words)
