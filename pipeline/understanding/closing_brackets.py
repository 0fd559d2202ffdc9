"""Brackets that close a paragraph with who acts and when ("(Head of Parks – July 2024)") become labels with values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.headings import NOTHING
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.deadlines import read_deadlines
from pipeline.nlp.owner_cells import read_owners
from pipeline.passages import Passage
from pipeline.understanding.pieces import PROSE, Piece

_LONGEST = 24  # words in the brackets
_PARTS = re.compile(r"[;|]$|^[–—|-]$")  # a word that ends, or is, what parts who from when
_LEAST = 2  # such brackets in a paper
_MOSTLY_NAMED = 0.7


def with_brackets_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, those that close with who and when in brackets cut before them, where the paper does so more than once."""
    cut = {i: parted for i, piece in enumerate(pieces) if (parted := _parted(piece))}
    if len(cut) < _LEAST:
        return tuple(pieces)
    return tuple(part for i, piece in enumerate(pieces) for part in cut.get(i, (piece,)))


def _parted(piece: Piece) -> tuple[Piece, ...]:
    """What stands before the brackets, the owners and the time; () where a piece closes with no such brackets."""
    words = [word for line in piece.lines for word in line.words]
    if piece.source != PROSE or not words or not words[-1].text.rstrip(".").endswith((")", "]")):
        return ()
    start = next((i for i in range(len(words) - 1, -1, -1) if words[i].text[0] in "(["), None)
    if start is None or len(words) - start > _LONGEST:
        return ()
    inside = _bare(words[start:])
    for at in (i for i, word in enumerate(inside) if i and _PARTS.search(word.text)):
        who = inside[:at] if len(inside[at].text) == 1 else inside[: at + 1]
        when = inside[at + 1 :]
        if when and _are_owners(who) and _is_time(when):
            before = tuple(_lines_of(piece.lines, words[:start]))
            kept = (msgspec.structs.replace(piece, lines=before),) if before or piece.label else ()
            return (*kept, _labelled(piece, who, "Lead"), _labelled(piece, when, "When"))
    return ()


def _bare(words: Sequence[Word]) -> list[Word]:
    """The words without the brackets around them."""
    out = list(words)
    out[0] = msgspec.structs.replace(out[0], text=out[0].text.lstrip("(["))
    out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(".").rstrip(")]"))
    return [word for word in out if word.text]


def _are_owners(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words).strip(" ;|")
    owners = read_owners(Passage.plain(text))
    known = owners and all(owner.kind != "unknown" for owner in owners)
    return bool(known) and sum(len(owner.printed) for owner in owners) >= _MOSTLY_NAMED * len(text)


def _is_time(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    read = read_deadlines(Passage.plain(text), Anchor())
    unread = any(problem.code == "deadline-not-read" for problem in read.problems)
    return bool(NOTHING.fullmatch(text)) or (bool(read.values) and not unread)


def _labelled(piece: Piece, words: Sequence[Word], name: str) -> Piece:
    lines = tuple(_lines_of(piece.lines, words))
    return Piece(
        lines, piece.source, name=name, field="owner" if name == "Lead" else "deadline", cells=piece.cells
    )


def _lines_of(lines: Sequence[Line], words: Sequence[Word]) -> Iterator[Line]:
    """The lines that some of their words make, in order; a word is known by its place."""
    places = {(word.page, word.box): word for word in words}
    for line in lines:
        kept = tuple(places[word.page, word.box] for word in line.words if (word.page, word.box) in places)
        if kept:
            yield msgspec.structs.replace(line, words=kept)
