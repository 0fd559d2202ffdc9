"""The subject of a review and the stage of its after-life, out of a title."""

from __future__ import annotations

import functools
import re

from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import metadata_words
from pipeline.metadata.bodies import find_committees, find_councils
from pipeline.nlp.dates import Anchor, find_dates, read_single_date
from pipeline.passages import Passage
from pipeline.records import Evidence

SMALL = r"\b(?:of|on|for|from|to|the|and|into|by|in|at)\b"
EDGE = re.compile(rf"^(?:[\s:–—,/.)-]|{SMALL})+|(?:[\s:–—,/.(-]|{SMALL})+$", re.IGNORECASE)


def find_stage(passage: Passage) -> tuple[str, Evidence | None] | None:
    """The stage that a line names ("6 months on", "first progress report"), as printed; None where it names none."""
    if not _any_stage().search(passage.text):
        return None
    match = next((m for pattern in _stages() if (m := pattern.search(passage.text))), None)
    return (match.group(), passage.evidence(match.start(), match.end())) if match else None


def find_review(title: Passage) -> tuple[str, Evidence | None] | None:
    """The subject of the review that a title is about; None where the title tells none.

    The subject is what a pattern of metadata.yml names, else what is left of a title without its committee, council,
    date and the words for the sort of paper.
    """
    if not any(pattern.search(title.text) for pattern in _about()):
        return None
    start, end = _named(title.text) or (0, len(title.text))
    pieces = [piece for piece in _left(title, start, end) if _tells(piece, title.text)]
    if len(pieces) != 1:
        return None
    start, end = pieces[0]
    return title.text[start:end], title.evidence(start, end)


def _named(text: str) -> tuple[int, int] | None:
    match = next((m for pattern in _reviews() if (m := pattern.search(text))), None)
    return match.span("subject") if match else None


def _left(title: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches from `start` to `end` that no body, date, stage or word for a paper takes."""
    taken = [(n.start, n.end) for n in (*find_committees(title.text), *find_councils(title.text))]
    taken += [(d.start, d.end) for d in find_dates(title, Anchor())]
    single = read_single_date(title, Anchor())
    if single and (at := title.text.find(single.words)) >= 0:
        taken.append((at, at + len(single.words)))
    taken += [m.span() for pattern in (*_stages(), *_documents()) for m in pattern.finditer(title.text)]
    out, at = list[tuple[int, int]](), start
    for begin, stop in sorted(taken):
        if stop <= start or begin >= end:
            continue
        out.append((at, max(at, begin)))
        at = max(at, stop)
    return [_trimmed(title.text, begin, stop) for begin, stop in (*out, (at, max(at, end)))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while (match := EDGE.search(text[start:end])) and match.group():
        start, end = (start + match.end(), end) if match.start() == 0 else (start, start + match.start())
    return start, end


def _tells(piece: tuple[int, int], text: str) -> bool:
    words = text[piece[0] : piece[1]]
    return len(re.findall(r"[^\W\d_]{3,}", words)) >= 1


@functools.cache
def _stages() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in metadata_words().stages)


@functools.cache
def _any_stage() -> re.Pattern[str]:
    return together(metadata_words().stages, re.IGNORECASE)


@functools.cache
def _documents() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in metadata_words().document_words)


@functools.cache
def _about() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in metadata_words().about_reviews)


@functools.cache
def _reviews() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in metadata_words().review)
