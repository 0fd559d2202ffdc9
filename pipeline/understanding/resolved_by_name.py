"""Resolutions that decide the recommendations before them by name: "RESOLVED: (1) that recommendations A, B and F be accepted"."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.decisions import read_decision
from pipeline.nlp.patterns import number_words
from pipeline.passages import Passage
from pipeline.understanding.entry import as_answer
from pipeline.understanding.joint_answers import end_of_text, text_before
from pipeline.understanding.openings import style_of
from pipeline.understanding.pieces import PROSE, Piece

_LABELLED: frozenset[Field] = frozenset({"response", "decision"})
_SEVERAL = re.compile(r", and |, | and | & | to ")


class _Resolution(msgspec.Struct, frozen=True):
    """The piece at `at`, which decides the texts at `texts`; its verdict begins with its word `verdict` (0: it has a label)."""

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
            end = _end(pieces, text, found[0].at if one.verdict else one.at)
            moved.setdefault(end, []).append(_decision(pieces[one.at], one.verdict, printed=i == 0))
            for at in range(text + 1, end if one.verdict else text + 1):
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
    # a label may open it ("Draft resolution: That Recommendation One be accepted")
    labelled = bool(piece.label) and piece.field in _LABELLED
    text = " ".join(word.text for line in piece.lines for word in line.words)
    match = _deciding().fullmatch(text) if piece.source == PROSE and (labelled or not piece.field) else None
    if match is None or not read_decision(Passage.plain(match["verdict"]), column=True):
        return None
    named = _SEVERAL.split(match["named"])
    texts = [text_before(pieces, at, _figure(ident.strip("()"))) for ident in named]
    if " to " in match["named"] or None in texts:
        return None
    if labelled and texts == [_last_text(pieces, at)]:
        return None  # it stands where it belongs
    verdict = 0 if labelled else len(text[: match.start("verdict")].split())
    return _Resolution(at, tuple(text for text in texts if text is not None), verdict)


@functools.cache
def _deciding() -> re.Pattern[str]:
    """One sentence that decides recommendations by their names: "(1) that recommendations A, B and F of the Panel be accepted;"."""
    ident = rf"(?:[A-Z]{{0,4}}\d{{1,3}}|[A-Z]|[ivx]{{1,4}}|[a-z]|{'|'.join(number_words())})"
    return re.compile(
        rf"(?:\(?\w{{1,3}}[.)]\s+)?(?:(?:resolved|agreed|decided)[:, ]+)?(?:that )?(?:the )?recommendations? "
        rf"(?P<named>\(?{ident}\)?(?:(?:, and |, | and | & | to )\(?{ident}\)?)*)"
        r"(?: (?:of|from|in|by) [^.;]{3,60}?)? (?:(?:should |to )?be|is|are|was|were) (?P<verdict>[^.\s][^.]*\.?)",
        re.IGNORECASE,
    )


def _figure(ident: str) -> str:
    """A number in figures, as texts are known by it: "Three" is "3"."""
    return str(number_words().get(ident.lower(), ident))


def _last_text(pieces: Sequence[Piece], at: int) -> int | None:
    """The place of the last numbered text before `at`."""
    return next((i for i in range(at - 1, -1, -1) if style_of(pieces[i])), None)


def _end(pieces: Sequence[Piece], text: int, last: int) -> int:
    """Where what belongs to the text at `text` ends: at the next text or heading, and before the first resolution."""
    end = end_of_text(pieces, text)
    while end < last and not pieces[end].heading and (pieces[end].field or not pieces[end].number()):
        end += 1
    return min(end, last)


def _decision(piece: Piece, verdict: int, *, printed: bool) -> Piece:
    """The verdict of a resolution; the words before it are its label, which counts to the first of the texts."""
    if not verdict:
        return piece if printed else msgspec.structs.replace(piece, label=())
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
