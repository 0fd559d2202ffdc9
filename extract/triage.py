"""Which pages of a long pack are worth reading in full: told from a glance, at the speed of pdfium's bare text."""

from __future__ import annotations

import re

from extract.pages import Glance

FEW_PAGES = 24  # papers no longer are read in full
_SCAN_COVERED = 0.5  # share of the page under a picture
_FEW_LETTERS = 40  # a page with fewer under a large picture is a scan
_MANY_PATHS = 12  # a table of two rows and two columns draws about so many rules

_ENOUGH_WORDS = 80
_LEAST_COMMON = 0.01
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

_ASKED = re.compile(r"\brecommend|\baction|\bresolved\b|\bresponse|\bminutes\b", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\b(?:lead|owner|responsib|progress|update|status|timescale|timetable|timeline|target|due|completed?|"
    r"accepted|agreed|apologies|present)\b",
    re.IGNORECASE,
)


def is_scan(glance: Glance) -> bool:
    """Whether the page is a picture of a page: much of it covered, and hardly a letter."""
    return glance.covered > _SCAN_COVERED and len(glance.text.split()) < _FEW_LETTERS / 4


def is_garbled(glance: Glance) -> bool:
    """Whether the page's letters are not those that it shows: shifted, or not mapped to letters at all.

    English text of some length cannot do without its commonest words.
    """
    words = _LETTERS.findall(glance.text)
    strange = sum(ch == "\ufffd" or "\ue000" <= ch <= "\uf8ff" for ch in glance.text)
    if strange > 0.3 * max(len(glance.text), 1) and strange > _FEW_LETTERS:
        return True
    if len(words) < _ENOUGH_WORDS:
        return False
    common = sum(word.lower() in _COMMON for word in words)
    return common < _LEAST_COMMON * len(words) and not _WELSH.search(glance.text)


def worth_reading(glance: Glance) -> bool:
    """Whether the page can hold a tracker, a table of responses, or minutes."""
    if is_scan(glance):
        return True
    return bool(_ASKED.search(glance.text)) and bool(_ANSWERED.search(glance.text))


def may_go_on(glance: Glance) -> bool:
    """Whether the page may continue a table of the page before it."""
    return glance.paths >= _MANY_PATHS or len(glance.text) < 2500
