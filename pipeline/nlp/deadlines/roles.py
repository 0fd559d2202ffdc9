"""What a date in a deadline cell is: target, revised or actual, told by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates.forms import any_of
from pipeline.nlp.deadlines.phrases import Piece

Role = Literal["target", "revised", "actual"]
Cue = Literal["target", "revised", "actual", "original", "started", ""]


class Cued(msgspec.Struct, frozen=True):
    """A piece with the word beside it that tells its role, and the letters that both take up."""

    piece: Piece
    cue: Cue
    start: int
    end: int


def cued_pieces(text: str, found: Sequence[Piece]) -> tuple[Cued, ...]:
    """Each piece with the cue nearest before it, or in the brackets that follow it."""
    out: list[Cued] = []
    floor = 0
    for i, piece in enumerate(found):
        following = found[i + 1].start if i + 1 < len(found) else len(text)
        out.append(_cued(text, piece, floor, following))
        if piece.kind not in ("done", "ongoing"):  # "Completed", "Ongoing since" may belong to the date after
            floor = out[-1].end
    return _without_spent(out)


def role_of(cued: Cued, all_: Sequence[Cued], column: Role) -> Role:
    """The role of a piece in a cell whose column says `column`.

    Beside a date that is said to be the original one, a date without a word of its own is the revised one.
    """
    if cued.piece.kind == "done":
        return "actual"
    if cued.cue in ("actual", "revised"):
        return cued.cue
    if cued.cue:
        return "target"
    originals = any(c.cue == "original" for c in all_)
    others_revised = any(c.cue == "revised" for c in all_)
    return "revised" if originals and not others_revised and cued.piece.kind == "dated" else column


def _cued(text: str, piece: Piece, floor: int, following: int) -> Cued:
    bracket = _BRACKET.match(text, piece.end, following)
    end = bracket.end() if bracket else piece.end
    if piece.kind != "dated":
        return Cued(piece, "", piece.start, end)
    core = piece.mention.first.start if piece.mention else piece.start
    before = list(
        _cues().finditer(text, max(floor, text.rfind(";", floor, core)), core)
    )  # "Started; all by May"
    if before:
        cue = _telling(text, before)
        return Cued(piece, _cue(cue), min(cue.start(), piece.start), end)
    after = _cues().search(text, bracket.start(), bracket.end()) if bracket else None
    return Cued(piece, _cue(after) if after else "", piece.start, end)


def _telling(text: str, cues: list[re.Match[str]]) -> re.Match[str]:
    """The last cue; of "Revised target" the word that says which target."""
    last = cues[-1]
    if len(cues) > 1 and last["target"] and not text[cues[-2].end() : last.start()].strip():
        return cues[-2]
    return last


_BRACKET = re.compile(r"\s*\([^()]*\)")


def _without_spent(cued: list[Cued]) -> tuple[Cued, ...]:
    """Without "Completed" or "Ongoing" where it belongs to a date: "Completed September 2025" is one thing."""
    spans = [(c.start, c.end) for c in cued if c.piece.kind == "dated"]
    return tuple(
        c
        for c in cued
        if c.piece.kind == "dated" or not any(a <= c.piece.start and c.piece.end <= b for a, b in spans)
    )


def _cue(match: re.Match[str]) -> Cue:
    cues: tuple[Cue, ...] = ("target", "original", "started", "revised", "actual")
    return "target" if match["not_yet"] else next(c for c in cues if match[c])


@cache
def _cues() -> re.Pattern[str]:
    roles = date_words().roles
    happened = any_of((*roles.actual, *roles.started, *roles.revised))
    return re.compile(
        rf"""(?<!\w)(?:
        (?P<not_yet>{any_of(roles.not_yet)}\s+(?:\w+ly\s+)?{happened}) | (?P<target>{any_of(roles.target)})
      | (?P<original>{any_of(roles.original)}) | (?P<started>{any_of(roles.started)})
      | (?P<revised>{any_of(roles.revised)}) | (?P<actual>{any_of(roles.actual)}) )(?!\w)""",
        re.VERBOSE | re.IGNORECASE,
    )
