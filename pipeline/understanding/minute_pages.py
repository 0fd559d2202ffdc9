"""Finds minutes in a long file: the page that opens like minutes, and those that go on with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from extract.shapes import Document
from pipeline.kinds import tell_kind
from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.minutes.matching import first_match, is_label, label_length

_FIRST_LINES = 60
_HEAD_LINES = 25
_FRONT = 2  # a file whose minutes begin on so early a page is minutes as a whole


def minutes_in(document: Document, taken: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """The pages of each set of minutes in a file, those of other papers (`taken`) left out."""
    lines = _lines_by_page(document)
    runs: list[list[int]] = []
    closed = True
    for info in document.pages:
        if info.number in taken:
            closed = True
        elif _opens(lines[info.number]) and (closed or _has_head(lines[info.number])):
            runs.append([info.number])
            closed = _closes(lines[info.number])
        elif not closed and (info.kind != "skipped" or runs[-1][0] <= _FRONT):
            runs[-1].append(info.number)
            closed = _closes(lines[info.number])
        else:
            closed = True
    return tuple(tuple(run) for run in runs)


def _lines_by_page(document: Document) -> Mapping[int, Sequence[str]]:
    out: defaultdict[int, list[str]] = defaultdict(list)
    for line in document.lines:
        out[line.page].append(line.text)
    return out


def _opens(lines: Sequence[str]) -> bool:
    return tell_kind([], lines[:_FIRST_LINES], []).name == "minutes"


def _has_head(lines: Sequence[str]) -> bool:
    """Whether the page begins by saying who was present, as only the first page of minutes does."""
    labels = next(entry.labels for entry in minute_words().attendance if entry.role == "present")
    return any(is_label(labels, line) or label_length(labels, line) for line in lines[:_HEAD_LINES])


def _closes(lines: Sequence[str]) -> bool:
    """Whether the page says that the meeting closed; words cut by the end of a line are not found."""
    return first_match(minute_words().closed, " ".join(lines)) is not None
