"""Turns the examples of the JSON cases into passages: words between ** are bold, words between __ underlined."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from extract.shapes import Box, Word
from pipeline.passages import Passage

_PIECE = re.compile(r"(\*\*|__)|(\s+)|((?:(?!\*\*|__)\S)+)")


def marked_passage(marked: str) -> Passage:
    """A passage of one page, a box a word; a text without marks is plain and knows no printed words."""
    if "**" not in marked and "__" not in marked:
        return Passage(marked)
    text, words, starts, on = "", list[Word](), list[int](), set[str]()
    for switch, space, word in _PIECE.findall(marked):
        if switch:
            on ^= {switch}
        elif word:
            start, box = len(text), Box(len(text), 0.0, len(text) + len(word), 1.0)
            words.append(Word(word, box, 1, bold="**" in on, underlined="__" in on))
            starts.append(start)
        text += space + word
    return Passage(text, tuple(words), tuple(starts))


@pytest.fixture(scope="session")
def passage_of() -> Callable[[str], Passage]:
    """`marked_passage`, for tests."""
    return marked_passage
