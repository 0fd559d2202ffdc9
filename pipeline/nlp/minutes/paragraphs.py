"""Printed lines of minutes as paragraphs, each with its label, its look, and what stands at the right edge beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.minutes.breaks import first_width, right_half, starts_paragraph, wraps_of
from pipeline.nlp.minutes.looks import Look, look_of, text_of
from pipeline.nlp.minutes.numbers import NO_LABEL, Label, label_of
from pipeline.nlp.minutes.pieces import Edges, Pieces, cut_line
from pipeline.passages import Passage

_ALIGNED = 5.0  # points within which two lines begin at one place


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph: `passage` is all of it with its label, `tail` what stands at the right edge, boxes in points.

    `cuts` are letters of the passage before which a wide gap is printed, `breaks` those that begin a line although the
    line before had room for more; `lead` counts the letters at its beginning
    that are bold or underlined; `right` says that it is set to the right as a whole.
    """

    passage: Passage
    label: Label = NO_LABEL
    tail: Passage = Passage("")
    look: Look = Look()
    left: float = 0.0
    page: int = 0
    cuts: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()
    lead: int = 0
    right: bool = False
    opens: bool = False
    tail_left: float = 0.0

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def body(self) -> Passage:
        """The paragraph without its label."""
        return self.passage.part(self.label.length)

    @classmethod
    def plain(cls, text: str) -> Paragraph:
        """A paragraph of which nothing is known but its letters."""
        return cls(Passage.plain(text), label_of(text))


def paragraphs_of(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """Lines in reading order, those of one page together, as paragraphs; sideways lines are left out."""
    upright = [line for line in lines if line.words and not line.words[0].turned]
    edges = _edges(upright)
    whole = [cut_line(line, edges[line.page]) for line in upright]
    cut = [piece for line, below in zip_longest(whole, whole[1:]) for piece in _beside(line, below)]
    rights = wraps_of(cut)
    grouped: list[list[Pieces]] = []
    for i, (line, right) in enumerate(zip(cut, rights, strict=True)):
        before = cut[i - 1] if i else None
        if before is None or starts_paragraph(grouped[-1], line, rights[i - 1] if right else 0.0, edges):
            grouped.append([])
        grouped[-1].append(line)
    wraps = iter(rights)
    return tuple(_paragraph(group, [next(wraps) for _ in group], edges) for group in grouped)


def _beside(line: Pieces, below: Pieces | None) -> tuple[Pieces, ...]:
    """A bold word in the left margin and the text beside it, apart: "**Action**    Clerk to write"; else the line.

    The text goes on below at the place where it began beside the word.
    """
    columns = line.columns
    if len(columns) < 2 or label_of(text_of(columns[0])).printed or text_of(columns[0]).isdigit():
        return (line,)
    hangs = below is None or below.opens or abs(below.words[0].box.x0 - columns[1][0].box.x0) < _ALIGNED
    if not hangs:
        return (line,)
    if not look_of(columns[0]).bold or look_of(columns[1]).bold:
        return (line,)
    rest = msgspec.structs.replace(line, columns=columns[1:], opens=True, joined="space")
    return Pieces(columns[:1], (), line.joined, True), rest


def _edges(lines: Iterable[Line]) -> dict[int, Edges]:
    """Left and right of the text on each page."""
    out: dict[int, Edges] = {}
    for page, group in groupby(lines, key=lambda line: line.page):
        boxes = [line.box for line in group]
        out[page] = Edges(min(b.x0 for b in boxes), max(b.x1 for b in boxes))
    return out


def _paragraph(group: Sequence[Pieces], rights: Sequence[float], edges: dict[int, Edges]) -> Paragraph:
    lines = [_line(pieces, i) for i, pieces in enumerate(group)]
    passage = Passage.of_lines(lines)
    words = [word for pieces in group for word in pieces.words]
    tails = [Line(pieces.tail, joined="space") for pieces in group if pieces.tail]
    return Paragraph(
        passage=passage,
        label=label_of(passage.text),
        tail=Passage.of_lines(tails),
        look=look_of(words),
        left=words[0].box.x0,
        page=words[0].page,
        cuts=_starts_of([column[0] for p in group for column in p.columns[1:]], passage),
        breaks=_starts_of([line.words[0] for line in _behind_room(group, rights)], passage),
        lead=_lead(passage),
        right=all(p.words[0].box.x0 > right_half(edges[p.words[0].page]) for p in group),
        opens=group[0].opens,
        tail_left=tails[0].box.x0 if tails else 0.0,
    )


def _line(pieces: Pieces, i: int) -> Line:
    return Line(pieces.words, False, pieces.joined if i else "space")  # type: ignore[arg-type]


def _behind_room(group: Sequence[Pieces], rights: Sequence[float]) -> list[Pieces]:
    """The lines whose first word would still have fitted on the line before."""
    return [
        line
        for before, line, right in zip(group, group[1:], rights, strict=False)
        if before.words[-1].box.x1 + first_width(line) < right - 2.0
    ]


def _starts_of(words: Sequence[Word], passage: Passage) -> tuple[int, ...]:
    """The letters of the passage at which some printed words begin."""
    wanted = {(word.page, word.box.x0, word.box.top) for word in words}
    return tuple(s.start for s in passage.spans if (s.page, s.box.x0, s.box.top) in wanted)


def _lead(passage: Passage) -> int:
    """The letters at the beginning that are bold or underlined, the spaces between them too."""
    end = 0
    for span in passage.spans:
        if not (span.bold or span.underlined):
            return end
        end = span.end
    return end
