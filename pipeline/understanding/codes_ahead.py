"""Codes and numbers that open the texts of a list, known by what follows each: labels, or an answer ("BUS1 Negotiate ...", "1a Run ...")."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

import msgspec

from pipeline.nlp.patterns import MONTH
from pipeline.understanding.openings import BARE, style_of
from pipeline.understanding.pieces import Piece, pieces_of
from pipeline.understanding.verdicts import states_decision

_CODE = re.compile(
    r"\(?(?=[A-Z./-]*\d)(?:[A-Z]{1,6}|\d{1,4})(?:[./-]?(?:[A-Z]{1,6}|\d{1,4})){0,5}[a-z]?(?:\([a-z]\))?[.:)]{0,2}"
)
_MONTH = re.compile(rf"{MONTH}\b", re.IGNORECASE)
_LETTER = re.compile(r"\(?[a-z]\)|[a-z]\.")
_PLAIN = re.compile(r"\d{1,3}[.:)]{0,2}")
_UNIT = re.compile(
    r"(?:[A-Z][A-Za-z]*\.? )(?:[A-Za-z]+\.? )?(?:no\.? )?\d{1,2}[a-z]?(?: of \d{1,2})?(?:[:.]| [–-])?(?=\s|$)"
)
# Words before a number that name no unit of a list.
_NO_UNIT = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Page|Table|Figure|Appendix|"
    r"Annex|Section|Part|Chapter|Item|Agenda|Paragraph|Minute|Note|Phase|Stage|Year|Quarter|Week|Day|Version|Zone|Route|Ward)\b"
)
_LEAST_BESIDE = 2  # codes in cells of their own, of the shape of one that opens a text
_LEAST = 3  # texts of a list that open so
_MOST = 0.6  # of them that have labels before the next
_NEXT = 6  # pieces within which the first label follows


def with_codes_parted(pieces: Sequence[Piece], answers: bool = False) -> tuple[Piece, ...]:
    """The pieces; where several open with a code of one shape and are each answered or have labels, the code is their number.

    In a paper of `answers` a short one ("Yes.") answers too.
    """
    shapes: dict[str, list[int]] = defaultdict(list)
    openings: set[int] = set()  # that are known by their own words
    beside = Counter[str]()  # shapes of codes in cells of their own
    for i, piece in enumerate(pieces):
        style = style_of(piece)
        if style and style[0][0] != BARE:
            openings.add(i)
            beside.update([_written(piece.label[0].words[0].text)] if piece.label else [])
        elif shape := _shape(piece):
            shapes[shape].append(i)
    codes: set[int] = set()
    for shape, at in sorted(shapes.items(), key=lambda item: len(item[1]), reverse=True):
        known_all = all(style_of(pieces[i]) is not None for i in at)
        goes_on = not _PLAIN.fullmatch(_code_of(pieces[at[0]])) and beside[shape] >= _LEAST_BESIDE
        if not known_all and (goes_on or _open_a_list(pieces, at, openings, answers)):
            codes |= set(at)
        if known_all or codes.issuperset(at):
            openings |= set(at)
    return tuple(
        part for i, piece in enumerate(pieces) for part in (_parted(piece) if i in codes else (piece,))
    )


def _shape(piece: Piece) -> str | None:
    """How the code that a piece opens with looks, letters and figures told apart; None where it opens otherwise."""
    if piece.field == "other" and piece.label:  # "Form 2 of 7" beside another cell
        return re.sub(r"\d+", "9", piece.name) if _unit(piece) else None
    if piece.field or piece.label or not piece.lines:
        return None
    if unit := _unit(piece):
        return re.sub(r"\d+", "9", " ".join(word.text for word in piece.lines[0].words[:unit]))
    first, *rest = piece.lines[0].words
    if rest and _LETTER.fullmatch(first.text):
        return re.sub(r"[a-z]+", "a", first.text)
    opening = rest[0].text.lstrip("“\"'(")[:1] if rest else ""
    if not _CODE.fullmatch(first.text) or (rest and not (opening.isupper() or opening.isdigit())):
        return None
    if rest and _MONTH.match(rest[0].text):  # "21 November 2012"
        return None
    if not rest and (len(piece.lines) > 1 or not first.text[0].isalpha()):
        return None  # a number alone is a page's, a paragraph's or a figure
    return _written(first.text)


def _written(code: str) -> str:
    """A code with its letters and figures told apart: "A9" of "LC12"."""
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "9", code)))


def _unit(piece: Piece) -> int:
    """How many words name the unit that a piece opens, by a name of its own and a number ("Card 3:", "Form 2 of 7"); 0 of none."""
    line = " ".join(word.text for word in (piece.label or piece.lines)[0].words)
    found = _UNIT.match(line)
    if not found or _NO_UNIT.match(line):
        return 0
    behind = line[found.end() :].strip()
    stands = not behind or found.group().rstrip().endswith((":", "–", "-", "."))
    return len(found.group().split()) if stands else 0


def _open_a_list(pieces: Sequence[Piece], at: Sequence[int], known: AbstractSet[int], answers: bool) -> bool:
    """Whether texts that open with codes of one shape each have labels before the next, of theirs or `known`; no code stands twice."""
    codes = [_code_of(pieces[i]) for i in at]
    if len(at) < _LEAST or len(set(codes)) < len(codes):
        return False
    counted = _PLAIN.fullmatch(codes[0]) or _LETTER.fullmatch(codes[0]) or " " in codes[0]
    if counted and not _counts(codes):
        return False
    opened = {*at, *known, len(pieces)}
    ends = [min(end for end in opened if end > start) for start in at]
    labelled = sum(
        any(
            piece.field or states_decision(piece, answers)
            for piece in pieces[start + 1 : min(end, start + _NEXT)]
        )
        for start, end in zip(at, ends, strict=True)
    )
    return labelled >= _MOST * len(at)


def _code_of(piece: Piece) -> str:
    return " ".join(word.text for word in (piece.label or piece.lines)[0].words[: _unit(piece) or 1])


def _counts(codes: Sequence[str]) -> bool:
    """Whether codes count upwards, with few of them left out."""
    numbers = [
        int(sign[0]) if sign[0].isdigit() else ord(sign[0])
        for code in codes
        if (sign := re.search(r"\d+", code) or re.search(r"[a-z](?=[.)])", code))
    ]
    rising = all(a < b for a, b in pairwise(numbers))
    return bool(numbers) and rising and _MOST * (numbers[-1] - numbers[0] + 1) <= len(numbers)


def _parted(piece: Piece) -> tuple[Piece, ...]:
    """The code as the number of its text; of a label cell, the code and what stands beside it."""
    if piece.label:
        beside = pieces_of([piece.lines], piece.source, piece.cells) if piece.lines else ()
        return (Piece((), piece.source, piece.label), *beside)
    first, n = piece.lines[0], _unit(piece) or 1
    code = msgspec.structs.replace(first, words=first.words[:n])
    text = (msgspec.structs.replace(first, words=first.words[n:], opens=True),) if first.words[n:] else ()
    lines = (*text, *piece.lines[1:])
    return (msgspec.structs.replace(piece, label=(code,), lines=lines, heading=False),)
