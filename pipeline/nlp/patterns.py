"""Named patterns that several steps share, each with an example; all see text as `clean.folded` gives it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from pipeline.knowledge.language import reference_words

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# A day, a month or a quarter that dates an update: "9 July 2020", "June 2016", "04/05/21", "Q3 2023/24".
WHEN = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)" + MONTH + r",? (?:20)?\d{2}\b"
    r"|" + MONTH + r",? '?(?:20)?\d{2}\b"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d{2}\b"
    r"|(?:q[1-4]|quarter [1-4]),? 20\d\d(?:[/-]\d{2,4})?"
    r"|(?:spring|summer|autumn|winter) 20\d\d"
    r"|20\d\d(?:[/-]\d{2,4})?\b)"
)
# How all that WHEN matches begins.
OPENS_WHEN = re.compile(
    r"\d|q[1-4]|quarter|spring|summer|autumn|winter|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)
# Marks that end a sentence, with a closing bracket or quote: 'done.)'
SENTENCE_END = re.compile(r"[.!?:;][)\"']*\s*$")
# A Roman number in small letters, up to the twenties: "iv", "xii"
ROMAN = r"(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})"


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words` (plain words, longest first), their spaces as white space."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


_ASKED_WITHIN = 20  # words within which a recommendation says "should" or "must"


@functools.cache
def number_words() -> dict[str, int]:
    """{number in words: number}, from one."""
    return {word: i for i, word in enumerate(reference_words().number_words, start=1)}


@functools.cache
def opener() -> re.Pattern[str]:
    """Words that open a recommendation: "That", "We recommend"."""
    return re.compile(one_of(reference_words().openers) + r"\b", re.IGNORECASE)


@functools.cache
def strong_opener() -> re.Pattern[str]:
    """Openers that no title holds: "That", "It is recommended"."""
    return re.compile(one_of(reference_words().strong_openers) + r"\b", re.IGNORECASE)


def asks(text: str) -> bool:
    """Whether folded text asks for something in its first words: "That …", "To …", "Publish …", "… should …"."""
    if strong_opener().match(text):
        return True
    words = re.findall(r"[\w']+", text)[:_ASKED_WITHIN]
    known = reference_words()
    return bool(words) and (
        words[0] == "To" or words[0].lower() in known.asks or any(word in known.modals for word in words)
    )
