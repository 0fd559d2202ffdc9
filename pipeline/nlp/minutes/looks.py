"""How words are printed: bold, italic, underlined, in capitals."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Word


class Look(msgspec.Struct, frozen=True):
    """How a paragraph is printed: whether all its words are bold, italic, underlined, in capitals; its size."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    capitals: bool = False
    size: float = 0.0

    @property
    def emphasised(self) -> bool:
        return self.bold or self.underlined


def look_of(words: Sequence[Word]) -> Look:
    """The look that all words of a paragraph share; a number before them does not count."""
    spoken = [word for word in words if any(map(str.isalnum, word.text))] or list(words)
    if len(spoken) > 1 and not spoken[0].text[:1].isalpha():
        spoken = spoken[1:]  # a number before a bold title need not be bold
    letters = list(filter(str.isalpha, "".join([word.text for word in spoken])))
    return Look(
        bold=all(word.bold for word in spoken),
        italic=all(word.italic for word in spoken),
        underlined=all(word.underlined for word in spoken),
        capitals=len(letters) > 2 and sum(map(str.isupper, letters)) >= 0.9 * len(letters),
        size=round(spoken[0].size, 1),
    )


def text_of(words: Sequence[Word]) -> str:
    """The words with one space between them."""
    return " ".join([word.text for word in words])
