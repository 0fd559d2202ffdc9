"""Labels abreast over their values, without rules or boxes: "LEAD   DUE   POSITION" over "Clerk   May 2025   Done"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.knowledge.vocabulary import Field
from pipeline.understanding.labels import Label, label_of, unknown_label

_WIDE = 1.0  # heights of a line between two labels, or between two values
_SAME_EDGE = 3.0  # points
_NEXT = 1.9  # heights of a line from the labels to their values
_CLOSE = 1.5  # heights of a line from one line of values to the next
MOST_LINES = 4  # of values
_LEAST_KNOWN = 2  # labels

_TEXTS: frozenset[Field] = frozenset({"recommendation", "action", "response", "response_action", "issue"})

Columns = list[list[Line]]


def with_labels_over_values(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of labels abreast and of their values column by column, each label above its value."""
    i = 0
    while i < len(lines):
        columns, end = _strip(lines, i)
        yield from (line for column in columns for line in column) if columns else (lines[i],)
        i = end


def are_abreast(line: Line) -> bool:
    """Whether a line is nothing but labels far from one another, two of them at least in words that are known, none over texts."""
    if not any(_parts(a, b, line) for a, b in itertools.pairwise(line.words)):
        return False
    heads = list(_chunks(line))
    known = [label_of(head) for head in heads]
    named = [_is_whole(head, label) for head, label in zip(heads, known, strict=True)]
    either = (told or _is_whole(head, unknown_label(head)) for told, head in zip(named, heads, strict=True))
    over_texts = any(label is not None and label.field in _TEXTS for label in known)
    return sum(named) >= _LEAST_KNOWN and not over_texts and all(either)


def _strip(lines: Sequence[Line], at: int) -> tuple[Columns, int]:
    """Label and values by column where a line is nothing but labels, and the line behind them; ([], at + 1) where it is not."""
    if not are_abreast(lines[at]):
        return [], at + 1
    heads = list(_chunks(lines[at]))
    columns = [[msgspec.structs.replace(lines[at], words=head, opens=True)] for head in heads]
    edges = [head[0].box.x0 for head in heads]
    end, room = at + 1, _NEXT
    while end < len(lines) and end - at <= MOST_LINES:
        before, line = lines[end - 1], lines[end]
        near = line.page == before.page and line.box.top - before.box.top <= room * line.box.height
        values = _values(line, edges) if near else {}
        if not values or (end == at + 1 and len(values) < _LEAST_KNOWN):
            break
        for column, words in values.items():
            above = columns[column][-1]
            opens = len(columns[column]) == 1 or _fitted(above, words[0], edges[column + 1 : column + 2])
            columns[column].append(msgspec.structs.replace(line, words=words, opens=opens))
        end, room = end + 1, _CLOSE
    return (columns, end) if end > at + 1 else ([], at + 1)


def _fitted(above: Line, word: Word, edge: Sequence[float]) -> bool:
    """Whether the first word of a value's line would have had room behind the line above it, before the next column."""
    return bool(edge) and above.box.x1 + word.box.width + word.box.height < edge[0] - word.box.height


def _parts(before: Word, word: Word, line: Line) -> bool:
    return word.box.x0 - before.box.x1 > _WIDE * line.box.height


def _chunks(line: Line) -> Iterator[tuple[Word, ...]]:
    start = 0
    for i, (before, word) in enumerate(itertools.pairwise(line.words), 1):
        if _parts(before, word, line):
            yield line.words[start:i]
            start = i
    yield line.words[start:]


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
