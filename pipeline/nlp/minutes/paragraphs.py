"""Printed lines of minutes as paragraphs, each with its label, its look, and what stands at the right edge beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

import msgspec

from extract.shapes import Line, Word
from pipeline.nlp.minutes.numbers import NO_LABEL, Label, label_of
from pipeline.nlp.minutes.openers import opens_decision
from pipeline.nlp.minutes.pieces import Edges, Pieces, cut_line
from pipeline.passages import Passage

_ENDS = (".", "!", "?", ":", ";", "”", '"', "’", ")")
_JOINTS = ("and", "or", "and/or", "that", "to", "-", "–")  # words before a list's point
_INDENT = 5.0  # points that make another indent
_FEW = 3  # lines; a shorter block does not tell where its lines break
_MUCH_ROOM = 0.35  # of the text's width; lines of running text never leave so much free
_NARROW = 0.75  # of the widest text; a block no wider is made of short lines
_RIGHT = 0.55  # share of the width beyond which a line that starts there is set to the right


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
    rights = _wraps(cut)
    grouped: list[list[Pieces]] = []
    for i, (line, right) in enumerate(zip(cut, rights, strict=True)):
        before = cut[i - 1] if i else None
        if before is None or _starts(grouped[-1], line, rights[i - 1] if right else 0.0, edges):
            grouped.append([])
        grouped[-1].append(line)
    wraps = iter(rights)
    return tuple(_paragraph(group, [next(wraps) for _ in group], edges) for group in grouped)


def _beside(line: Pieces, below: Pieces | None) -> tuple[Pieces, ...]:
    """A bold word in the left margin and the text beside it, apart: "**Action**    Clerk to write"; else the line.

    The text goes on below at the place where it began beside the word.
    """
    columns = line.columns
    if len(columns) < 2 or label_of(_text(columns[0])).printed or _text(columns[0]).isdigit():
        return (line,)
    hangs = below is None or below.opens or abs(below.words[0].box.x0 - columns[1][0].box.x0) < _INDENT
    if not hangs:
        return (line,)
    if not _look(columns[0]).bold or _look(columns[1]).bold:
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


def _wraps(lines: Sequence[Pieces]) -> list[float]:
    """For each line, how far the text of its block runs to the right before it breaks."""
    out: list[float] = []
    block: list[Pieces] = []
    for i, line in enumerate(lines):
        block.append(line)
        last = i + 1 == len(lines) or lines[i + 1].opens
        if not last:
            continue
        out += [max(one.words[-1].box.x1 for one in block)] * len(block)
        block = []
    return _of_pages(lines, out)


def _of_pages(lines: Sequence[Pieces], wraps: list[float]) -> list[float]:
    """The wraps, those of short blocks as wide as the page's widest text."""
    widest: dict[int, float] = {}
    for line in lines:
        page = line.words[0].page
        widest[page] = max(widest.get(page, 0.0), line.words[-1].box.x1)
    sizes: list[int] = []
    start = 0
    for i in range(len(lines)):
        if i + 1 == len(lines) or lines[i + 1].opens:
            sizes += [i + 1 - start] * (i + 1 - start)
            start = i + 1
    return [
        widest[line.words[0].page] if size <= _FEW or wrap < _NARROW * widest[line.words[0].page] else wrap
        for line, wrap, size in zip(lines, wraps, sizes, strict=True)
    ]


def _starts(group: Sequence[Pieces], line: Pieces, right: float, edges: dict[int, Edges]) -> bool:
    """Whether a line begins a new paragraph behind the lines of `group`."""
    before, first = group[-1], line.words[0]
    label = label_of(_text(line.words))
    if _look(before.words) != _look(line.words) and _changes_look(before, line):
        return True
    if before.words[-1].page != first.page:
        return not _goes_on_overleaf(before, line, label, right)
    if line.opens or before.tail:
        return not (before.tail and not line.opens and _text(line.words)[:1].islower() and _ends_open(before))
    if line.joined != "space":
        return False
    if group[0].words[0].box.x0 - first.box.x0 > _INDENT:
        return True
    if first.box.x0 > _right_of(edges[first.page]) and before.words[0].box.x0 < _right_of(edges[first.page]):
        return True
    if label.printed and _may_open(group, line, label):
        return True
    if not _ends_open(before) and opens_decision(_text(line.words)):
        return True
    return _ended_early(before, line, right)


def _right_of(edges: Edges) -> float:
    return edges.left + _RIGHT * edges.width


def _goes_on_overleaf(before: Pieces, line: Pieces, label: Label, right: float) -> bool:
    """Whether the first line of a page goes on with the paragraph of the page before."""
    if before.tail or (label.printed and label.style != "capital"):
        return False
    if _text(line.words)[:1].islower() or before.words[-1].text.endswith((",", "-")):
        return True
    full = before.words[-1].box.x1 + _first_width(line) > right
    return full and _ends_open(before)


def _ends_open(pieces: Pieces) -> bool:
    """Whether a line ends inside a sentence."""
    return not pieces.words[-1].text.endswith(_ENDS)


def _changes_look(before: Pieces, line: Pieces) -> bool:
    """Whether two lines of different looks cannot be of one paragraph."""
    was, is_ = _look(before.words), _look(line.words)
    if was.bold != is_.bold or was.italic != is_.italic or was.underlined != is_.underlined:
        return was.emphasised or was.italic or _ended(before, line)
    return False


def _ended(before: Pieces, line: Pieces) -> bool:
    return not _ends_open(before) or line.opens


def _may_open(group: Sequence[Pieces], line: Pieces, label: Label) -> bool:
    """Whether a line that begins like a list point is one: further left than the lines before, or behind a full stop."""
    before, first = group[-1], line.words[0]
    if label.style == "bullet":
        return True
    if before.words[0].box.x0 - first.box.x0 > _INDENT and len(group) > 1:
        return True
    joint = before.words[-1].text.lower() in _JOINTS
    return joint or not _ends_open(before) or label_of(_text(group[0].words)).style == label.style


def _ended_early(before: Pieces, line: Pieces, right: float) -> bool:
    """Whether the line before broke although the next word would have fitted: behind a sentence, or far too early."""
    room = right - 2.0 - before.words[-1].box.x1 - _first_width(line)
    if _ends_open(before):
        return room > _MUCH_ROOM * (right - before.words[0].box.x0) and not _text(line.words)[:1].islower()
    return room > 0


def _first_width(line: Pieces) -> float:
    first = line.words[0]
    return first.box.width + 0.3 * first.box.height


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _paragraph(group: Sequence[Pieces], rights: Sequence[float], edges: dict[int, Edges]) -> Paragraph:
    lines = [_line(pieces, i) for i, pieces in enumerate(group)]
    passage = Passage.of_lines(lines)
    words = [word for pieces in group for word in pieces.words]
    tails = [Line(pieces.tail, joined="space") for pieces in group if pieces.tail]
    return Paragraph(
        passage=passage,
        label=label_of(passage.text),
        tail=Passage.of_lines(tails),
        look=_look(words),
        left=words[0].box.x0,
        page=words[0].page,
        cuts=_starts_of([column[0] for p in group for column in p.columns[1:]], passage),
        breaks=_starts_of([line.words[0] for line in _behind_room(group, rights)], passage),
        lead=_lead(passage),
        right=all(p.words[0].box.x0 > _right_of(edges[p.words[0].page]) for p in group),
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
        if before.words[-1].box.x1 + _first_width(line) < right - 2.0
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


def _look(words: Sequence[Word]) -> Look:
    spoken = [word for word in words if any(ch.isalnum() for ch in word.text)] or list(words)
    if len(spoken) > 1 and not spoken[0].text[:1].isalpha():
        spoken = spoken[1:]  # a number before a bold title need not be bold
    letters = [ch for word in spoken for ch in word.text if ch.isalpha()]
    return Look(
        bold=all(word.bold for word in spoken),
        italic=all(word.italic for word in spoken),
        underlined=all(word.underlined for word in spoken),
        capitals=len(letters) > 2 and sum(ch.isupper() for ch in letters) >= 0.9 * len(letters),
        size=round(spoken[0].size, 1),
    )
