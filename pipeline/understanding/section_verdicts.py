"""Headings that say what was decided on all recommendations below them: "B. Recommendations which the Cabinet accepts in part"."""

from __future__ import annotations

import re

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.understanding.entry import Entry
from pipeline.understanding.pieces import NAMES, Piece
from pipeline.understanding.stated_values import stated_field

_OPENING = re.compile(
    r"(?:(?:(?:part|section|table)\s+[a-z0-9]{1,2}[.):]?|[a-z0-9]{1,2}[.):]|\d{1,2})\s+(?:[–-]\s+)?)?(?:(?:the|an?)\s+)?",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"recommendations?\b(?!\s*\d)[\s:–-]*"
    r"(?:(?:of|from)\s+(?:the\s+)?(?:\w+\s+){1,4}?(?:panel|committee|commission|board|group|review|inquiry)\s+)?"
    r"(?:(?:which|that)\s+(?:(?:is|are|was|were|has been|have been)\s+)?)?",
    re.IGNORECASE,
)
_LONGEST = 14  # words
# "Recommendations agreed by the Panel" are scrutiny's own.
_SCRUTINY = re.compile(
    r"\bby (?:the )?(?:\w+ )*(?:panel|committee|commission|scrutiny|(?:task|working|review|finish) group)\b",
    re.IGNORECASE,
)
_VERDICTS = frozenset(
    {"accepted", "accepted_in_part", "accepted_in_principle", "rejected", "deferred", "noted"}
)


def verdict_over(piece: Piece) -> Piece | None:
    """The decision that a heading states for the recommendations below it, as a piece; None where it states none."""
    text = " ".join(line.text for line in piece.lines)
    if piece.label or not piece.lines or len(text.split()) > _LONGEST:
        return None
    start = _OPENING.match(text)
    of_what = _OF_WHAT.search(text)
    if start is None or of_what is None:
        return None
    before, behind = text[start.end() : of_what.start()].strip(), text[of_what.end() :].strip()
    said = behind or before  # "Recommendations not accepted", "Accepted recommendations"
    if not said or (before and behind) or _SCRUTINY.search(text):
        return None
    stated = read_decision(Passage.plain(said.removesuffix(" in full")), column=False)
    if stated is None or stated.value not in _VERDICTS:
        return None
    words = [word for line in piece.lines for word in line.words]
    n = len(said.split())
    first = len(words) - n if behind else len(text[: start.end()].split())
    return _decision(piece, words[first : first + n])


def within_section(entry: Entry, over: Piece | None) -> Entry:
    """An entry with the decision of its section, where it states none of its own."""
    own = (
        piece.field == "decision" or (piece.field == "status" and stated_field(piece.text) == "decision")
        for piece in entry.beside
    )
    if over is None or any(own):
        return entry
    return msgspec.structs.replace(entry, beside=(*entry.beside, over))


def _decision(piece: Piece, words: list[Word]) -> Piece:
    line = Line(tuple(words), opens=True)
    return Piece((line,), piece.source, name=NAMES["decision"], field="decision", cells=piece.cells)
