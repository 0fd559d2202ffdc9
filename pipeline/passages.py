"""Running text that still knows the words it was printed as: their page, box, and whether bold or underlined.

The language stage works on passages, so that every value it finds can show its evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from extract.shapes import Box, Line, Place, Word
from pipeline.records import Evidence


class Span(NamedTuple):
    """The letters `start` to `end` of a passage, printed as one word."""

    start: int
    end: int
    word: Word

    @property
    def page(self) -> int:
        return self.word.page

    @property
    def box(self) -> Box:
        return self.word.box

    @property
    def bold(self) -> bool:
        return self.word.bold

    @property
    def underlined(self) -> bool:
        return self.word.underlined


class Passage(msgspec.Struct, frozen=True):
    """Text with a newline between paragraphs, and the printed words that it is made of (none for plain text).

    `starts` says for each of the words at which letter it begins; a word that the passage holds only the end of begins
    before its first letter. Passages are cut far more often than their words are asked for one by one, so that a word's
    end is reckoned only then: where its letters end, or where the next word begins if the two are printed as one.
    """

    text: str
    words: tuple[Word, ...] = ()
    starts: tuple[int, ...] = ()

    @classmethod
    def plain(cls, text: str) -> Passage:
        """Text of which nothing is known but its letters."""
        return cls(text)

    @classmethod
    def of_lines(cls, lines: Iterable[Line]) -> Passage:
        """Lines as `extract.shapes.running_text` joins them, with the place of each printed word."""
        text, words, starts = "", list[Word](), list[int]()
        for line in lines:
            if text:
                text = _up_to(text, line)
            at = len(text)
            for word in line.words:
                starts.append(at)
                at += len(word.text) + 1
            words += line.words
            text += line.text
        return cls(text, tuple(words), tuple(starts))

    @classmethod
    def joined(cls, passages: Iterable[Passage], gap: str = "\n") -> Passage:
        """Passages one after another with `gap` between those that are not empty."""
        filled = [passage for passage in passages if passage.text]
        if len(filled) < 2:
            return filled[0] if filled else cls("")
        text, words, starts = filled[0].text, list(filled[0].words), list(filled[0].starts)
        for passage in filled[1:]:
            text += gap
            at = len(text)
            words += passage.words
            starts += [start + at for start in passage.starts]
            text += passage.text
        return cls(text, tuple(words), tuple(starts))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The printed words, each with the letters of it that the passage holds."""
        ends = (*self.starts[1:], len(self.text))
        return tuple(
            Span(max(start, 0), min(start + len(word.text), end), word)
            for start, end, word in zip(self.starts, ends, self.words, strict=False)
        )

    def part(self, start: int, end: int | None = None) -> Passage:
        """The letters `start` to `end`, white space at both ends dropped."""
        end = len(self.text) if end is None else end
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if start == 0 and end == len(self.text):
            return self
        if not self.starts:
            return Passage(self.text[start:end])
        first, last = self._within(start, end)
        starts = self.starts[first:last]
        return Passage(
            self.text[start:end],
            self.words[first:last],
            tuple([at - start for at in starts]) if start else starts,
        )

    def paragraphs(self) -> Iterator[Passage]:
        """The passage cut at newlines, empty pieces left out."""
        for match in re.finditer(r"[^\n]+", self.text):
            piece = self.part(match.start(), match.end())
            if piece.text:
                yield piece

    def emphasised(self, start: int, end: int) -> bool:
        """Whether every printed word from `start` to `end` is bold or underlined (False for plain text)."""
        first, last = self._within(start, end)
        words = self.words[first:last]
        return bool(words) and all(word.bold or word.underlined for word in words)

    def italic(self, start: int, end: int) -> bool:
        """Whether most printed words from `start` to `end` are italic (False for plain text)."""
        first, last = self._within(start, end)
        return 2 * sum([word.italic for word in self.words[first:last]]) > last - first

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence | None:
        """Where the letters `start` to `end` are printed: one place a page; None for plain text."""
        end = len(self.text) if end is None else end
        first, last = self._within(start, end)
        words = self.words[first:last]
        if not words:
            return None
        pages = dict.fromkeys([word.page for word in words])
        if len(pages) == 1:  # as nearly always
            places: tuple[Place, ...] = (Place(words[0].page, Box.around([word.box for word in words])),)
        else:
            places = tuple(
                Place(page, Box.around([word.box for word in words if word.page == page])) for page in pages
            )
        return Evidence(places, self.text[start:end])

    @property
    def line_starts(self) -> tuple[int, ...]:
        """At which letter each printed line begins: its first word lies below the middle of the one before; () for plain text."""
        starts = list[int]()
        last = None
        for start, word in zip(self.starts, self.words, strict=True):
            if last is None or word.page != last.page or word.box.top >= last.box.middle[1]:
                starts.append(max(start, 0))
            last = word
        return tuple(starts)

    @property
    def first_line_end(self) -> int:
        """Behind which letter the first printed line ends; 0 where the passage has no second line, or is plain text."""
        starts = self.line_starts
        return len(self.text[: starts[1]].rstrip()) if len(starts) > 1 else 0

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys([word.page for word in self.words]))

    def _within(self, start: int, end: int) -> tuple[int, int]:
        """The first of the words that share letters with `start` to `end`, and the place behind the last of them."""
        first = bisect_right(self.starts, start) - 1
        if first < 0:
            first = 0
        elif self.starts[first] + len(self.words[first].text) <= start:
            first += 1
        return first, bisect_left(self.starts, end, first)


def _up_to(text: str, following: Line) -> str:
    """Text, ready for the words of the following line."""
    if following.joined == "glued":
        return text
    if following.joined == "dehyphenated":
        return text[:-1]
    return text + ("\n" if following.opens else " ")
