"""Tells Welsh paragraphs from English ones by the small words that neither language can do without."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.minutes.paragraphs import Paragraph

_FEW = 4  # small words; a paragraph with fewer tells nothing by itself
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Languages(msgspec.Struct, frozen=True):
    """The paragraphs to read as English, those set aside as Welsh, and the language of the minutes: en, cy."""

    english: tuple[Paragraph, ...]
    welsh: tuple[Paragraph, ...]
    language: str


def by_language(paragraphs: Sequence[Paragraph]) -> Languages:
    """Part the paragraphs by language; one that tells nothing goes with the one before it."""
    english: list[Paragraph] = []
    welsh: list[Paragraph] = []
    tellings = [_telling(p.text) for p in paragraphs]
    usual = "cy" if sum(t == "cy" for t in tellings) > sum(t == "en" for t in tellings) else "en"
    now = usual
    for paragraph, telling in zip(paragraphs, tellings, strict=True):
        now = telling or now
        (welsh if now == "cy" else english).append(paragraph)
    counts = len(_words(welsh)), len(_words(english))
    return Languages(tuple(english), tuple(welsh), "cy" if counts[0] > counts[1] else "en")


def _telling(text: str) -> str:
    """ "en" or "cy" where the small words of a text tell its language, '' where they do not."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    welsh = sum(word in minute_words().welsh for word in words)
    english = sum(word in minute_words().english for word in words)
    if welsh + english < _FEW or welsh == english:
        return ""
    return "cy" if welsh > english else "en"


def _words(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [word for p in paragraphs for word in p.text.split()]
