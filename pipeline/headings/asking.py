"""Whether the cells of a column ask for something, as the texts of recommendations and actions do."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from pipeline.headings.looks import said_in
from pipeline.knowledge.language import reference_words

_MOST = 0.6  # of the cells that are not empty
_LEAST_WORDS = 5  # of them on average
_WITHIN = 14  # words within which a text says "should"
_NUMBER = re.compile(r"(?:[\W_]*(?:\d{1,3}(?:\.\d{1,2})*|[a-z])[.):\]]+\s*|[\"'“‘•·▪*\s–-]+)+")


def ask_most(cells: Sequence[str]) -> bool:
    """Whether most texts of a column ask for something in their first words: "That …", "Publish …", "… should …"."""
    texts = said_in(cells)
    if not texts or sum(len(text.split()) for text in texts) < _LEAST_WORDS * len(texts):
        return False
    return sum(map(_asks, texts)) >= _MOST * len(texts)


def _asks(text: str) -> bool:
    opened = _NUMBER.match(text)
    words = re.findall(r"[\w'’-]+", text[opened.end() if opened else 0 :])[:_WITHIN]
    if not words:
        return False
    return words[0] in _openers() or not _modals().isdisjoint(words)


@functools.cache
def _openers() -> frozenset[str]:
    return frozenset({*reference_words().asks, "that", "to"})


@functools.cache
def _modals() -> frozenset[str]:
    return frozenset(word for word in reference_words().modals if " " not in word)
