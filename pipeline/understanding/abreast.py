"""Labels abreast over their values, without rules or boxes: "LEAD   DUE   POSITION" over "Clerk   May 2025   Done"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.understanding.labels import Label, label_of, unknown_label

_WIDE = 1.0  # heights of a line between two labels, or between two values
_SAME_EDGE = 3.0  # points
_NEXT = 1.9  # heights of a line from the labels to their values
_CLOSE = 1.5  # heights of a line from one line of values to the next
_MOST_LINES = 4  # of values
_LEAST_KNOWN = 2  # labels

Columns = list[list[Line]]


def with_labels_over_values(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of labels abreast and of their values as a line a label and lines a value, column by column."""
    i = 0
    while i < len(lines):
        columns, end = _strip(lines, i)
        yield from (line for column in columns for line in column) if columns else (lines[i],)
        i = end


def _strip(lines: Sequence[Line], at: int) -> tuple[Columns, int]:
    """Label and values by column where a line is nothing but labels, and the line behind them; ([], at + 1) where it is not."""
    heads = list(_chunks(lines[at])) if _is_wide_apart(lines[at]) else []
    if len(heads) < _LEAST_KNOWN or not _are_labels(heads):
        return [], at + 1
    columns = [[_line(lines[at], head)] for head in heads]
    edges = [head[0].box.x0 for head in heads]
    end, room = at + 1, _NEXT
    while end < len(lines) and end - at <= _MOST_LINES:
        before, line = lines[end - 1], lines[end]
        near = line.page == before.page and line.box.top - before.box.top <= room * line.box.height
        values = _values(line, edges) if near else {}
        if not values or (end == at + 1 and len(values) < _LEAST_KNOWN):
            break
        for column, words in values.items():
            first = len(columns[column]) == 1
            columns[column].append(msgspec.structs.replace(_line(line, words), opens=first))
        end, room = end + 1, _CLOSE
    return (columns, end) if end > at + 1 else ([], at + 1)


def _is_wide_apart(line: Line) -> bool:
    return any(_parts(a, b, line) for a, b in itertools.pairwise(line.words))


def _parts(before: Word, word: Word, line: Line) -> bool:
    return word.box.x0 - before.box.x1 > _WIDE * line.box.height


def _chunks(line: Line) -> Iterator[tuple[Word, ...]]:
    start = 0
    for i, (before, word) in enumerate(itertools.pairwise(line.words), 1):
        if _parts(before, word, line):
            yield line.words[start:i]
            start = i
    yield line.words[start:]


def _are_labels(heads: Sequence[tuple[Word, ...]]) -> bool:
    """Whether texts are labels as wholes, two of them at least in words that are known."""
    known = [_is_whole(head, label_of(head)) for head in heads]
    either = (told or _is_whole(head, unknown_label(head)) for told, head in zip(known, heads, strict=True))
    return sum(known) >= _LEAST_KNOWN and all(either)


def _is_whole(words: Sequence[Word], label: Label | None) -> bool:
    return label is not None and label.words == len(words)


def _values(line: Line, edges: Sequence[float]) -> dict[int, tuple[Word, ...]]:
    """The words of a line by the label above them; {} where one runs from under a label to under the next."""
    values: dict[int, tuple[Word, ...]] = {}
    for chunk in _chunks(line):
        at = next((i for i, edge in enumerate(edges) if abs(edge - chunk[0].box.x0) <= _SAME_EDGE), None)
        if at is None or (at + 1 < len(edges) and chunk[-1].box.x1 >= edges[at + 1]):
            return {}
        values[at] = chunk
    return {} if label_of(line.words) else values


def _line(line: Line, words: tuple[Word, ...]) -> Line:
    return msgspec.structs.replace(line, words=words, opens=True)
