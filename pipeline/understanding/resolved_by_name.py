"""Resolutions that decide the recommendations before them by name: "RESOLVED: (1) that recommendations A, B and F be accepted"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.understanding.entry import as_answer
from pipeline.understanding.joint_answers import end_of_text, text_before
from pipeline.understanding.pieces import PROSE, Piece

_IDENT = r"(?:[A-Z]{0,4}\d{1,3}|[A-Z]|[ivx]{1,4}|[a-z])"
_RESOLUTION = re.compile(
    rf"(?:\(?\w{{1,3}}[.)]\s+)?(?:(?:resolved|agreed|decided)[:, ]+)?(?:that )?(?:the )?recommendations? "
    rf"(?P<named>\(?{_IDENT}\)?(?:(?:, and |, | and | & | to )\(?{_IDENT}\)?)*)"
    r"(?: (?:of|from|in|by) [^.;]{3,60}?)? (?:(?:should |to )?be|is|are|was|were) (?P<verdict>[^.\s][^.]*\.?)",
    re.IGNORECASE,
)


class _Resolution(msgspec.Struct, frozen=True):
    """The piece at `at`, which decides the texts at `texts`; its verdict begins with its word `verdict`."""

    at: int
    texts: tuple[int, ...]
    verdict: int


def with_resolutions(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, each resolution behind each of the texts that it names, and what was said of these as their answers."""
    found = [one for i in range(1, len(pieces)) if (one := _resolution(pieces, i))]
    if not found:
        return tuple(pieces)
    moved: dict[int, list[Piece]] = {}
    out = list(pieces)
    for one in found:
        for i, text in enumerate(one.texts):
            end = _end(pieces, text, found[0].at)
            moved.setdefault(end, []).append(_decision(pieces[one.at], one.verdict, printed=i == 0))
            for at in range(text + 1, end):
                said = out[at].field is None and not out[at].heading
                out[at] = as_answer(out[at], "response") if said else out[at]
    taken = {one.at for one in found}
    return tuple(
        piece
        for i in range(len(out) + 1)
        for piece in (*moved.get(i, ()), *(out[i : i + 1] if i not in taken else ()))
    )


def _resolution(pieces: Sequence[Piece], at: int) -> _Resolution | None:
    """The resolution that a piece is; None where it decides nothing, or names what does not stand before it."""
    piece = pieces[at]
    text = " ".join(word.text for line in piece.lines for word in line.words)
    match = _RESOLUTION.fullmatch(text) if piece.source == PROSE and not piece.field else None
    if match is None or not read_decision(Passage.plain(match["verdict"]), column=True):
        return None
    texts = [
        text_before(pieces, at, ident)
        for ident in re.findall(rf"\b{_IDENT}\b", match["named"])
        if ident != "to"
    ]
    if " to " in match["named"] or not all(texts):
        return None
    verdict = len(text[: match.start("verdict")].split())
    return _Resolution(at, tuple(text for text in texts if text is not None), verdict)


def _end(pieces: Sequence[Piece], text: int, last: int) -> int:
    """Where what belongs to the text at `text` ends: at the next text or heading, and before the first resolution."""
    end = end_of_text(pieces, text)
    while end < last and not pieces[end].heading and (pieces[end].field or not pieces[end].number()):
        end += 1
    return min(end, last)


def _decision(piece: Piece, verdict: int, *, printed: bool) -> Piece:
    """The verdict of a resolution; the words before it are its label, which counts to the first of the texts."""
    before, said = _cut(piece.lines, verdict)
    label = before if printed else ()
    return Piece(said, piece.source, label, "Decision", "decision", cells=piece.cells)


def _cut(lines: Sequence[Line], count: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Lines as their first words and the rest."""
    before, after = list[Line](), list[Line]()
    for line in lines:
        first = tuple(line.words[: max(count, 0)])
        rest: tuple[Word, ...] = tuple(line.words[len(first) :])
        count -= len(line.words)
        before += [msgspec.structs.replace(line, words=first)] if first else []
        after += [msgspec.structs.replace(line, words=rest)] if rest else []
    return tuple(before), tuple(after)
