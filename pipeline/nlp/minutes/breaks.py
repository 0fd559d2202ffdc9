"""Where paragraphs of minutes begin: told by gaps, indents, looks, list points, and lines that break too early."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.nlp.minutes.numbers import Label, label_of
from pipeline.nlp.minutes.openers import opens_decision
from pipeline.nlp.minutes.pieces import Edges, Pieces

_ENDS = (".", "!", "?", ":", ";", "”", '"', "’", ")")
_JOINTS = ("and", "or", "and/or", "that", "to", "-", "–")  # words before a list's point
_INDENT = 5.0  # points that make another indent
_FEW = 3  # lines; a shorter block does not tell where its lines break
_MUCH_ROOM = 0.35  # of the text's width; lines of running text never leave so much free
_NARROW = 0.75  # of the widest text; a block no wider is made of short lines
_RIGHT = 0.55  # share of the width beyond which a line that starts there is set to the right


def wraps_of(lines: Sequence[Pieces]) -> list[float]:
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


def starts_paragraph(group: Sequence[Pieces], line: Pieces, right: float, edges: dict[int, Edges]) -> bool:
    """Whether a line begins a new paragraph behind the lines of `group`, whose text runs as far as `right`."""
    before = group[-1]
    label = label_of(line.text)
    if before.look != line.look and _changes_look(before, line):
        return True
    if before.words[-1].page != line.words[0].page:
        return not _goes_on_overleaf(before, line, label, right)
    if line.opens or before.tail:
        lower = line.text[:1].islower()
        return not (before.tail and not line.opens and lower and _ends_open(before))
    if line.joined != "space":
        return False
    return _stands_apart(group, line, edges) or _reads_apart(group, line, label, right)


def _stands_apart(group: Sequence[Pieces], line: Pieces, edges: dict[int, Edges]) -> bool:
    """Whether a line begins further left than its paragraph, or is set to the right as that is not."""
    first, opened = line.words[0], group[0].words[0]
    if opened.box.x0 - first.box.x0 > _INDENT:
        return True
    middle = right_half(edges[first.page])
    return first.box.x0 > middle > group[-1].words[0].box.x0


def _reads_apart(group: Sequence[Pieces], line: Pieces, label: Label, right: float) -> bool:
    """Whether a line is a list point, a decision, or stands behind one that broke too early."""
    before = group[-1]
    if label.printed and _may_open(group, line, label):
        return True
    if not _ends_open(before) and opens_decision(line.text):
        return True
    return _ended_early(before, line, right)


def right_half(edges: Edges) -> float:
    """Where the part of the page begins in which lines are set to the right."""
    return edges.left + _RIGHT * edges.width


def _goes_on_overleaf(before: Pieces, line: Pieces, label: Label, right: float) -> bool:
    """Whether the first line of a page goes on with the paragraph of the page before."""
    if before.tail or (label.printed and label.style != "capital"):
        return False
    if line.text[:1].islower() or before.words[-1].text.endswith((",", "-")):
        return True
    full = before.words[-1].box.x1 + first_width(line) > right
    return full and _ends_open(before)


def _ends_open(pieces: Pieces) -> bool:
    """Whether a line ends inside a sentence."""
    return not pieces.words[-1].text.endswith(_ENDS)


def _changes_look(before: Pieces, line: Pieces) -> bool:
    """Whether two lines of different looks cannot be of one paragraph."""
    was, is_ = before.look, line.look
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
    return joint or not _ends_open(before) or label_of(group[0].text).style == label.style


def _ended_early(before: Pieces, line: Pieces, right: float) -> bool:
    """Whether the line before broke although the next word would have fitted: behind a sentence, or far too early."""
    room = right - 2.0 - before.words[-1].box.x1 - first_width(line)
    if _ends_open(before):
        return room > _MUCH_ROOM * (right - before.words[0].box.x0) and not line.text[:1].islower()
    return room > 0


def first_width(line: Pieces) -> float:
    """The room that the first word of a line takes behind another, in points."""
    first = line.words[0]
    return first.box.width + 0.3 * first.box.height
