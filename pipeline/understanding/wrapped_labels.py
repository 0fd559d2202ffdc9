"""Labels in a column of their own that run over two lines beside their values, put together: "What we said we / would do"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extract.shapes import Line, Word

_WIDE = 1.0  # heights of a line between a label and its value
_NEXT = 1.7  # heights of a line from one to the next of the same label
_SAME_EDGE = 3.0  # points
_LONGEST = 7  # words of a label's first line
_NUMBER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]")  # of the next item of a list


def with_labels_whole(lines: Sequence[Line]) -> list[Line]:
    """The lines, what goes on below a label moved up behind it, where their values stand in a column beside both."""
    out: list[Line] = []
    for line in lines:
        parted = _rest_of_label(out[-1], line) if out else None
        if parted is None:
            out.append(line)
            continue
        rest, value = parted
        edge = _edge_of_value(out[-1]) or 0
        words = (*out[-1].words[:edge], *rest, *out[-1].words[edge:])
        out[-1] = msgspec.structs.replace(out[-1], words=words)
        if value:
            out.append(msgspec.structs.replace(line, words=value, opens=False))
    return out


def _rest_of_label(before: Line, line: Line) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The words of a line that go on with the label of the line before it, and those of the value; None where none do."""
    edge = _edge_of_value(before)
    if edge is None or before.page != line.page or not _goes_on(line.words[0].text):
        return None
    first, value = before.words[0], before.words[edge]
    if abs(line.words[0].box.x0 - first.box.x0) > _SAME_EDGE or line.words[0].bold != first.bold:
        return None
    if line.box.bottom - before.words[edge - 1].box.bottom > _NEXT * line.box.height:
        return None
    rest = tuple(word for word in line.words if word.box.x1 < value.box.x0)
    behind = line.words[len(rest) :]
    if behind and abs(behind[0].box.x0 - value.box.x0) > _SAME_EDGE:
        return None
    return rest, behind


def _goes_on(word: str) -> bool:
    return not _NUMBER.fullmatch(word) and (word[0].islower() or word[0] == "(")


def _edge_of_value(line: Line) -> int | None:
    """The place of the first word of a value that a gap parts from the label before it; None where a line has none."""
    for i in range(1, min(len(line.words), _LONGEST + 1)):
        before, word = line.words[i - 1], line.words[i]
        if word.box.x0 - before.box.x1 > _WIDE * max(word.box.height, before.box.height):
            return i
    return None
