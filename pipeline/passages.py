"""Running text that still knows the words it was printed as: their page, box, and whether bold or underlined.

The language stage works on passages, so that every value it finds can show its evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

import msgspec

from extract.shapes import Box, Line, Place, Word
from pipeline.records import Evidence

_FIRST_LETTER, _LAST_LETTER = attrgetter("start"), attrgetter("end")


class Span(msgspec.Struct, frozen=True, gc=False):
    """The letters `start` to `end` of a passage, printed as one word.

    Spans are made by the hundred thousand and can hold no cycle, so the garbage collector need not look at them.
    """

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
    """Text with a newline between paragraphs, and the printed words that it is made of (none for plain text)."""

    text: str
    spans: tuple[Span, ...] = ()

    @classmethod
    def plain(cls, text: str) -> Passage:
        """Text of which nothing is known but its letters."""
        return cls(text)

    @classmethod
    def of_lines(cls, lines: Iterable[Line]) -> Passage:
        """Lines as `extract.shapes.running_text` joins them, with a span for each printed word."""
        text, spans = "", list[Span]()
        for line in lines:
            if text:
                text, spans = _end_of_line(text, spans, line)
            at = len(text)
            for word in line.words:
                end = at + len(word.text)
                spans.append(Span(at, end, word))
                at = end + 1
            text += line.text
        return cls(text, tuple(spans))

    @classmethod
    def joined(cls, passages: Iterable[Passage], gap: str = "\n") -> Passage:
        """Passages one after another with `gap` between those that are not empty."""
        filled = [passage for passage in passages if passage.text]
        if len(filled) < 2:
            return filled[0] if filled else cls("")
        text, spans = filled[0].text, list(filled[0].spans)
        for passage in filled[1:]:
            text += gap
            spans += _moved(passage.spans, len(text))
            text += passage.text
        return cls(text, tuple(spans))

    def part(self, start: int, end: int | None = None) -> Passage:
        """The letters `start` to `end`, white space at both ends dropped."""
        end = len(self.text) if end is None else end
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if start == 0 and end == len(self.text):
            return self
        return Passage(self.text[start:end], _cut(_within(self.spans, start, end), start, end))

    def paragraphs(self) -> Iterator[Passage]:
        """The passage cut at newlines, empty pieces left out."""
        for match in re.finditer(r"[^\n]+", self.text):
            piece = self.part(match.start(), match.end())
            if piece.text:
                yield piece

    def emphasised(self, start: int, end: int) -> bool:
        """Whether every printed word from `start` to `end` is bold or underlined (False for plain text)."""
        spans = _within(self.spans, start, end)
        return bool(spans) and all(s.word.bold or s.word.underlined for s in spans)

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence | None:
        """Where the letters `start` to `end` are printed: one place a page; None for plain text."""
        end = len(self.text) if end is None else end
        spans = _within(self.spans, start, end)
        if not spans:
            return None
        words = [span.word for span in spans]
        places = tuple(
            Place(page, Box.around([word.box for word in words if word.page == page]))
            for page in dict.fromkeys([word.page for word in words])
        )
        return Evidence(places, self.text[start:end])

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys([span.word.page for span in self.spans]))


def _within(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans that share letters with `start` to `end`; spans stand in the order of their letters."""
    first = bisect_right(spans, start, key=_LAST_LETTER)
    return spans[first : bisect_left(spans, end, first, key=_FIRST_LETTER)]


def _cut(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """What of the spans lies between two letters, counted from the first of them."""
    if not spans:
        return ()
    moved = _moved(spans, -start) if start else list(spans)
    moved[0] = msgspec.structs.replace(moved[0], start=max(moved[0].start, 0))
    moved[-1] = msgspec.structs.replace(moved[-1], end=min(moved[-1].end, end - start))
    return tuple(moved)


def _moved(spans: Iterable[Span], by: int) -> list[Span]:
    return [Span(s.start + by, s.end + by, s.word) for s in spans]


def _end_of_line(text: str, spans: list[Span], following: Line) -> tuple[str, list[Span]]:
    """Text and spans, ready for the words of the following line."""
    if following.joined == "glued":
        return text, spans
    if following.joined == "dehyphenated":
        return text[:-1], [*spans[:-1], msgspec.structs.replace(spans[-1], end=spans[-1].end - 1)]
    return text + ("\n" if following.opens else " "), spans
