"""Answers that name what they answer, in a heading ("Response to recommendations 1, 2 and 3") or by a number said again, put to each of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import running_text
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.openings import style_of
from pipeline.understanding.pieces import PROSE, Piece
from pipeline.understanding.verdicts import states_decision

_NAME = "Response"
_IDENT = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})?|[A-Z]{1,4}\d{1,3})(?:\(?[a-z]\)?)?[.:)]?|\([a-z]\)|[a-z]\)")
_CLOSING: frozenset[Field] = frozenset(
    {"owner", "member", "support", "deadline", "status", "rag", "priority"}
)
_AND, _DASHES = frozenset({"and", "&"}), frozenset({"-", "–", "—"})
_ANSWERS_TO = re.compile(
    r"(?:[\w'’-]+ ){0,3}(?:response|reply|answer|comments?) (?:to|on) (?=(?:recommendation|rec|proposal)s?\b)",
    re.IGNORECASE,
)


class _Answer(msgspec.Struct, frozen=True):
    """The pieces `start` to `end`, of which the first is the heading, and the numbers that it names.

    `texts` are the places of what it answers, where its numbers open the paragraph that answers.
    """

    start: int
    end: int
    numbers: tuple[str, ...]
    texts: tuple[int, ...] = ()


def answers_to_texts(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with each answer behind each of the texts that its heading names; where one is not found, it stays."""
    moved: dict[int, list[Piece]] = {}
    taken: set[int] = set()
    for answer in _answers(pieces):
        texts = _texts_of(pieces, answer)
        if not texts:
            continue
        taken |= set(range(answer.start, answer.end))
        for i, at in enumerate(sorted(texts)):
            moved.setdefault(end_of_text(pieces, at), []).extend(_copy(pieces, answer, printed=i == 0))
    if not taken:
        return tuple(pieces)
    return tuple(
        piece
        for i in range(len(pieces) + 1)
        for piece in (*moved.get(i, ()), *(pieces[i : i + 1] if i not in taken else ()))
    )


def _texts_of(pieces: Sequence[Piece], answer: _Answer) -> list[int]:
    """The places of all texts that an answer names; [] where one is not found."""
    if answer.texts:
        return list(answer.texts)
    texts = [text_before(pieces, answer.start, number) for number in answer.numbers]
    found = [at for at in texts if at is not None]
    return found if len(found) == len(texts) else []


def _answers(pieces: Sequence[Piece]) -> Iterator[_Answer]:
    heads = {i: numbers for i, piece in enumerate(pieces) if (numbers := _named(piece))}
    heads |= {i: numbers for i in range(1, len(pieces) - 1) if (numbers := _only_named(pieces, i))}
    again = {i: texts for i in range(1, len(pieces)) if (texts := _said_again(pieces, i))}
    yield from (_Answer(i, _end_of(pieces, i), _idents(pieces[i])[0], texts) for i, texts in again.items())
    for start, numbers in sorted(heads.items()):
        end = start + 1
        while end < len(pieces) and end not in heads and not pieces[end].heading and not _number(pieces[end]):
            end += 1
        if end > start + 1:
            yield _Answer(start, end, numbers)


def _end_of(pieces: Sequence[Piece], start: int) -> int:
    """Where a paragraph ends with what closes it: brackets without a label of their own, who leads and by when."""
    end = start + 1
    while (
        end < len(pieces) and pieces[end].field and (not pieces[end].label or pieces[end].field in _CLOSING)
    ):
        end += 1
    return end


def _named(piece: Piece) -> tuple[str, ...]:
    """The numbers in a heading of an answer; () where a piece is none."""
    text = folded(running_text(piece.label or piece.lines)).rstrip(" :")
    match = _ANSWERS_TO.match(text) if not (piece.label and piece.lines) else None
    found = find_numbered(text, match.end()) if match else None
    return found.parts if found and found.after >= len(text) else ()


def _only_named(pieces: Sequence[Piece], at: int) -> tuple[str, ...]:
    """The numbers in a line that says no more ("Recommendations 6 and 7") over a decision on texts further up; () of no such line."""
    piece, following = pieces[at], pieces[at + 1]
    found = piece.number() if piece.source == PROSE and piece.only_number else None
    if found is None or not found.labelled or following.source != PROSE or following.heading:
        return ()
    answered = (
        following.field == "response"
        or _is_verdict(following)
        or (following.field is None and states_decision(following, True))
    )
    listed = all(_listed_before(pieces, at, number) for number in found.parts)
    return found.parts if answered and listed else ()


def _is_verdict(piece: Piece) -> bool:
    """Whether a piece is what stood behind a number: "R1 - Accepted"."""
    return piece.field == "decision" and not piece.label


def _said_again(pieces: Sequence[Piece], at: int) -> tuple[int, ...]:
    """The places of the texts that a paragraph with the same numbers states a decision on ("1(b) Agreed. ..."); () where it does not."""
    idents, _ = _idents(pieces[at])
    if not idents or not states_decision(_without_idents(pieces[at]), True):
        return ()
    texts = [_said_before(pieces, at, ident) for ident in idents]
    found = tuple(text for text in texts if text is not None)
    return found if len(found) == len(texts) else ()


def _said_before(pieces: Sequence[Piece], at: int, ident: str) -> int | None:
    """The place of the last paragraph before `at` that a number opens; None where it answers, or has an answer with a label."""
    before = next((i for i in range(at - 1, -1, -1) if _ident(pieces[i]) == ident), None)
    if before is None or states_decision(_without_idents(pieces[before]), True):
        return None
    inside = any(piece.field == "response" and piece.lines for piece in pieces[before:at])
    return None if inside else before  # part of an answer that has its own label


def _idents(piece: Piece) -> tuple[tuple[str, ...], int]:
    """The numbers that open a paragraph outside tables ("R4 and R5 –"), and how many words they and their dash take."""
    words = [word.text for word in piece.lines[0].words] if piece.lines else []
    if piece.source != PROSE or piece.field or piece.label:
        return (), 0
    found: list[str] = []
    at = 0
    while at < len(words) - 1 and _IDENT.fullmatch(words[at].rstrip(",")):
        found.append(words[at].rstrip(".:,"))
        joined = words[at + 1] in _AND
        if not joined and not words[at].endswith(","):
            return tuple(found), at + 1 + (words[at + 1] in _DASHES)
        at += 1 + joined
    return (), 0


def _ident(piece: Piece) -> str:
    """The whole of the one number that opens a paragraph outside tables: "1(b)"."""
    idents, _ = _idents(piece)
    return idents[0] if len(idents) == 1 else ""


def _without_idents(piece: Piece) -> Piece:
    first, (_, count) = piece.lines[0], _idents(piece)
    return msgspec.structs.replace(
        piece, lines=(msgspec.structs.replace(first, words=first.words[count:]), *piece.lines[1:])
    )


def _listed_before(pieces: Sequence[Piece], at: int, number: str) -> bool:
    """Whether a text with a number stood further up, and not only the number."""
    before = text_before(pieces, at, number)
    return before is not None and not pieces[before].only_number


def _number(piece: Piece) -> str:
    """The number with which a piece opens a recommendation; "" where it opens none."""
    found = piece.number() if style_of(piece) else None
    return found.parts[0] if found and len(found.parts) == 1 else ""


def text_before(pieces: Sequence[Piece], start: int, number: str) -> int | None:
    """The place of the last text before `start` that a number opens; None where none does."""
    return next((i for i in range(start - 1, -1, -1) if _number(pieces[i]) == number), None)


def end_of_text(pieces: Sequence[Piece], at: int) -> int:
    """Where the text that opens at `at` ends."""
    end = at + 1
    while end < len(pieces) and not (
        pieces[end].heading or pieces[end].field or _number(pieces[end]) or _ident(pieces[end])
    ):
        end += 1
    return end


def _copy(pieces: Sequence[Piece], answer: _Answer, *, printed: bool) -> Iterator[Piece]:
    """The pieces of an answer; its labels count to the first of the texts, where they are `printed`."""
    head, *rest = pieces[answer.start : answer.end]
    if answer.texts:  # their numbers open it
        numbers = msgspec.structs.replace(head.lines[0], words=head.lines[0].words[: _idents(head)[1]])
        said = _without_idents(head)
        yield msgspec.structs.replace(
            said, label=(numbers,) if printed else (), name=_NAME, field="response", heading=False
        )
        yield from rest
        return
    if _is_verdict(rest[0]):
        yield rest.pop(0)
    first = rest.pop(0) if rest and rest[0].field is None else Piece(())
    label = (head.label or head.lines) if printed else ()
    if first.lines or not any(piece.field == "comment" for piece in rest):  # the reasons are the answer
        yield msgspec.structs.replace(first, label=label, name=_NAME, field="response", heading=False)
    for piece in rest:
        yield piece if printed else msgspec.structs.replace(piece, label=())
