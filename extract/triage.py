"""Which pages of a long pack are worth reading in full: told from a glance, at the speed of pdfium's bare text."""

from __future__ import annotations

import re

from extract.pages import Glance

FEW_PAGES = 60  # papers no longer are read in full
_SCAN_COVERED = 0.5  # share of the page under a picture
_FEW_LETTERS = 40  # a page with fewer under a large picture is a scan
_MANY_PATHS = 4  # a table draws at least so many rules
_LITTLE_TEXT = 1200  # letters
PAGES_OF_TALK = 2

_ENOUGH_WORDS = 80
_LEAST_COMMON = 0.01
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff]")  # letters that mean nothing: replaced, or of private use
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_COMMON = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "in",
        "for",
        "is",
        "be",
        "by",
        "on",
        "that",
        "with",
        "this",
        "will",
        "are",
        "was",
        "at",
        "from",
        "has",
        "have",
        "not",
        "as",
    ]
)
_WELSH = re.compile(
    r"\b(?:yn|y|yr|ac|ar|wedi|gan)\b.*\b(?:yn|y|yr|ac|ar|wedi|gan)\b", re.IGNORECASE | re.DOTALL
)

# Words of a tracker's headings, as headings are written: with a capital, in short lines.
_ASKED = re.compile(
    r"\b(?:Recommend|RECOMMEND|Action|ACTION|Request|REQUEST|Proposal|Resolution|Issue|Inquiry|Number)"
)
_ANSWERED = re.compile(
    r"\b(?:Respon|RESPON|Repl(?:y|ies)|Lead|LEAD|Owner|OWNER|Officer|OFFICER|Progress|PROGRESS|Update|UPDATE|Status|"
    r"STATUS|Time(?:scale|table|line)|TIME|Target|TARGET|Due|DUE|Date|DATE|Deadline|Complet|Accepted|Agree|AGREE|"
    r"Decision|DECISION|Comment|COMMENT|RAG|Outcome|OUTCOME|Taken|TAKEN)"
)
_LONGEST_HEADING = 110  # letters of a line
_HEADING_LINES = 9
_NUMBERED = re.compile(
    r"(?m)^\W{0,3}(?:Rec(?:ommendation|\.)?|REC(?:OMMENDATION)?|R)\s*(?:[Nn]o\.?\s*)?(?:\d+|[A-Z][a-z]+|[A-Z])\b"
)
_MARKED = re.compile(
    r"(?m)^\W{0,3}(?:[A-Z]\w+ ){0,2}(?:Response|RESPONSE|Actions?|ACTIONS?|Update|Progress|Lead|Lead [Oo]fficer|Owner|Status)"
    r"\s*[:–-]"
)
_MINUTES = re.compile(
    r"(?m)^\W{0,3}(?:\d+[.)]?\s+)?(?:RESOLVED|R E S O L V E D|PRESENT\b|Present\s*:|MINUTES OF|Minutes of the|In attendance|"
    r"IN ATTENDANCE|Apologies were received|It was resolved|AGREED that)"
)


def is_scan(glance: Glance) -> bool:
    """Whether the page is a picture of a page: much of it covered, and hardly a letter."""
    return glance.covered > _SCAN_COVERED and len(glance.text.split()) < _FEW_LETTERS / 4


def is_garbled(glance: Glance) -> bool:
    """Whether the page's letters are not those that it shows: shifted, or not mapped to letters at all.

    English text of some length cannot do without its commonest words.
    """
    words = _LETTERS.findall(glance.text.lower())
    strange = 0 if glance.text.isascii() else len(_STRANGE.findall(glance.text))
    if strange > 0.3 * max(len(glance.text), 1) and strange > _FEW_LETTERS:
        return True
    if len(words) < _ENOUGH_WORDS:
        return False
    common = sum(map(_COMMON.__contains__, words))
    return common < _LEAST_COMMON * len(words) and not _WELSH.search(glance.text)


def worth_reading(glance: Glance) -> bool:
    """Whether the page can hold a tracker, a list of answered recommendations, or minutes."""
    text = glance.text
    if is_scan(glance) or is_minutes(glance):
        return True
    numbered, marked = _NUMBERED.search(text), _MARKED.search(text)
    return bool(numbered and (marked or glance.paths >= _MANY_PATHS)) or _has_headings(text)


def is_minutes(glance: Glance) -> bool:
    """Whether the page reads like one of minutes: who was there, or what was resolved."""
    return bool(_MINUTES.search(glance.text))


def _has_headings(text: str) -> bool:
    """Whether a short line, or a few short lines, hold words of a tracker's headings of both sorts.

    Lines with a colon are the labels of a report's title block ("Lead officer: ...").
    """
    if not _ASKED.search(text) or not _ANSWERED.search(text):
        return False
    lines = [line.strip() for line in text.splitlines()]
    short = [
        line if len(line) <= _LONGEST_HEADING and not re.search(r":(?:\s|$)|\.$", line) else ""
        for line in lines
    ]
    return any(
        _ASKED.search(line)
        and _ANSWERED.search(_ASKED.sub(" ", " ".join(short[max(i - 4, 0) : i + _HEADING_LINES])))
        for i, line in enumerate(short)
        if line
    )


def may_go_on(glance: Glance) -> bool:
    """Whether the page may continue what the page before it begins: a table is drawn on it, or hardly any text."""
    return glance.paths >= _MANY_PATHS or len(glance.text) < _LITTLE_TEXT
