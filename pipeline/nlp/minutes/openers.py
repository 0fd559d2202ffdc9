"""What a paragraph of minutes opens: a decision, a recommendation to others, a list of actions; and where its words begin."""

from __future__ import annotations

import functools
import re
from typing import Literal

import msgspec

from pipeline.knowledge.minutes import Openers, minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.matching import label_length, spelled

Opens = Literal["resolution", "recommendation", "action"]
_MARKS = r"[\s:;.,–—-]*"
_NAMED_ACTION = re.compile(
    r"(?:ACTIONS?|Actions?)\s+(?=(?:[A-Z]{2,4}|Clerk|All|Chair)(?:\s*[,/&]\s*(?:[A-Z]{2,4}|Clerk|All|Chair))*\W*$)"
)


class Opening(msgspec.Struct, frozen=True):
    """What is opened, by which words, and the letter at which the decision's own words begin."""

    opens: Opens
    words: str
    end: int
    unanimous: bool = False


def opens_decision(text: str) -> bool:
    """Whether a text begins with a word of decision ("RESOLVED", "Action:")."""
    return opening_of(text) is not None


def opening_of(text: str) -> Opening | None:
    """What a paragraph's text (without its label) opens; None where it is mere text."""
    plain = folded(text)
    words = minute_words()
    marked: tuple[tuple[Opens, Openers], ...] = (
        ("resolution", words.decided),
        ("recommendation", words.recommended),
    )
    for opens, openers in marked:
        match = _marker(openers).match(plain)
        if match:
            return Opening(opens, match["word"], match.end(), bool(match["all"] or match["all2"]))
    for opens, openers in (*marked, ("action", words.acting)):
        length = label_length(openers.labels, plain) or _alone(openers.labels, plain)
        if length:
            return Opening(opens, text[:length].strip(), length, "unanimous" in plain[:length].lower())
    named = _NAMED_ACTION.match(plain)
    return Opening("action", text[: named.end()], named.end()) if named else None


def _alone(labels: tuple[str, ...], plain: str) -> int:
    """The length of a label that is the whole paragraph."""
    bare = plain.strip()
    return len(plain) if bare and len(bare) < 80 and _whole(labels).fullmatch(bare) else 0


@functools.cache
def _whole(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(labels)})\W*", re.IGNORECASE)


@functools.cache
def _marker(openers: Openers) -> re.Pattern[str]:
    """Capitals may stand before anything; "Resolved" needs a colon, a dash or "that" behind it."""
    capitals = spelled(openers.spelled)
    mixed = "|".join(openers.mixed)
    return re.compile(
        rf"(?:AND\s+|And\s+|It\s+was\s+|IT\s+WAS\s+)?(?P<all>(?:UNANIMOUSLY|Unanimously|unanimously)\s+)?"
        rf"(?:(?P<word>{capitals}(?![A-Za-z])|(?:{mixed})(?=\s*(?::|-|that\b|to\b|unanimously\b|;)))"
        rf"(?P<all2>\s+\(?unanimously\)?|\s+UNANIMOUSLY)?){_MARKS}(?:\((?:unanimously|nem\.? con\.?)\){_MARKS})?"
    )
