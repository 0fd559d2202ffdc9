"""Parts the title of a recommendation from its text, by emphasis, by paragraphs or by the words that open a text."""

from __future__ import annotations

import functools
import re

from pipeline.knowledge.language import reference_words
from pipeline.nlp.clean import folded
from pipeline.nlp.patterns import one_of, opener, strong_opener
from pipeline.passages import Passage

_LONGEST = 16  # words of a title; real ones end at about a dozen
_OPENS_FLAT = re.compile(
    r"\s(?=(?:We recommend(?:ed)?|It (?:is|was) recommended|The (?:\w+ ){1,4}recommends)\b|That (?:the|a|all|[A-Z])\w*)"
)
_TAIL = re.compile(r"[\s:;-]+$")


_VERDICTS = frozenset({"resolved", "agreed", "decision", "unanimously resolved", "unanimously agreed"})


def split_title(rest: Passage, labelled: bool) -> tuple[Passage | None, Passage]:
    """Title and text of what stands behind a reference; the title is None where none is told from the text.

    `labelled` says that the reference is one in words ("Recommendation 2:"), after which titles are common.
    """
    text = folded(rest.text)
    at = _emphasised_head(rest, text) or (_paragraph_head(text) or _flat_head(text) if labelled else 0)
    if not at:
        return None, rest
    title = rest.part(0, at)
    if title.text.strip(" :.-–—").lower() in _VERDICTS:
        return None, rest  # "RESOLVED: That ..."
    return title.part(0, len(_TAIL.sub("", folded(title.text)))), rest.part(at)


def heading_before(text: str, start: int) -> bool:
    """Whether the letters before `start` can be a title printed above its reference."""
    head = text[:start].strip()
    return bool(head) and len(head.split()) <= _LONGEST and not _asks().search(head) and head[-1] not in ".;,"


def emphasis_end(passage: Passage) -> int:
    """How many letters from the start are bold or underlined without a break; 0 for plain text."""
    for word, start in zip(passage.words, passage.starts, strict=True):
        if not (word.bold or word.underlined):
            return max(start, 0)
    return len(passage.text) if passage.words else 0


@functools.cache
def _asks() -> re.Pattern[str]:
    known = reference_words()
    verbs = one_of(known.asks)
    return re.compile(
        rf"\b(?:should|must|will|shall|would|be|{one_of(known.modals)}|to {verbs})\b", re.IGNORECASE
    )


def _emphasised_head(rest: Passage, text: str) -> int:
    stop = emphasis_end(rest)
    head = text[:stop].strip()
    if not head or stop >= len(text) or len(head.split()) > _LONGEST:
        return 0
    if head[0].islower() or strong_opener().match(head) or len(text[stop:].split()) < 3:
        return 0
    run_in = "\n" not in text[stop - 1 : stop + 1]
    return 0 if run_in and head[-1] not in ".:;-" and not text[stop].isupper() else stop


def _paragraph_head(text: str) -> int:
    """The end of a first short paragraph (or two, three) before the paragraph that opens the text."""
    at = -1
    for _ in range(3):
        at = text.find("\n", at + 1)
        head = text[: max(at, 0)]
        if at <= 0 or len(head.split()) > _LONGEST or head[0].islower() or strong_opener().match(head):
            return 0
        if strong_opener().match(text, at + 1) and head[-1] not in ":;," and not _asks().search(head):
            return at
        if _can_head(head) and _plain_heading(head, text[at + 1 :]):
            return at
    return 0


def _can_head(head: str) -> bool:
    return bool(head) and not head[0].islower() and not opener().match(head)


def _plain_heading(head: str, tail: str) -> bool:
    if head[-1] in ".;,-" or "\n" in head or _asks().search(head):
        return False
    return tail[:1].isupper() and len(tail.split()) >= 6 and not tail.partition("\n")[0].endswith(":")


def _flat_head(text: str) -> int:
    match = _OPENS_FLAT.search(text)
    if not match or not _can_head(text):
        return 0
    head = text[: match.start()].rstrip()
    long = len(head.split()) > _LONGEST
    return 0 if long or "\n" in head or head[-1] in ",;" or _asks().search(head) else match.start()
