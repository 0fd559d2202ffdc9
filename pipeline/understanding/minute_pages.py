"""Finds minutes in a long file: the page that opens like minutes, and those that go on with them."""

from __future__ import annotations

import re
from collections.abc import Collection

from extract.shapes import Document
from pipeline.kinds import tell_kind
from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.matching import is_label, label_length

_FIRST_LINES = 60
_HEAD_LINES = 25
_FRONT = 2  # a file whose minutes begin on so early a page is minutes as a whole


def minutes_in(document: Document, taken: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """The pages of each set of minutes in a file, those of other papers (`taken`) left out."""
    runs: list[list[int]] = []
    closed = True
    for info in document.pages:
        if info.number in taken:
            closed = True
        elif _opens(document, info.number) and (closed or _has_head(document, info.number)):
            runs.append([info.number])
            closed = _closes(document, info.number)
        elif not closed and (info.kind != "skipped" or runs[-1][0] <= _FRONT):
            runs[-1].append(info.number)
            closed = _closes(document, info.number)
        else:
            closed = True
    return tuple(tuple(run) for run in runs)


def _lines(document: Document, page: int) -> list[str]:
    return [line.text for line in document.lines if line.page == page]


def _opens(document: Document, page: int) -> bool:
    return tell_kind([], _lines(document, page)[:_FIRST_LINES], []).name == "minutes"


def _has_head(document: Document, page: int) -> bool:
    """Whether the page begins by saying who was present, as only the first page of minutes does."""
    labels = next(entry.labels for entry in minute_words().attendance if entry.role == "present")
    first = _lines(document, page)[:_HEAD_LINES]
    return any(is_label(labels, line) or label_length(labels, line) for line in first)


def _closes(document: Document, page: int) -> bool:
    """Whether the page says that the meeting closed; words cut by the end of a line are not found."""
    text = folded(" ".join(_lines(document, page)))
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in minute_words().closed)
