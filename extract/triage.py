"""Which pages of a long pack are worth reading in full: told from a glance, at the speed of pdfium's bare text."""

from __future__ import annotations

import re

from extract.pages import Glance

FEW_PAGES = 24  # papers no longer are read in full
_SCAN_COVERED = 0.5  # share of the page under a picture
_FEW_LETTERS = 40  # a page with fewer under a large picture is a scan
_MANY_PATHS = 12  # a table of two rows and two columns draws about so many rules

_ASKED = re.compile(r"\brecommend|\baction|\bresolved\b|\bresponse|\bminutes\b", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\b(?:lead|owner|responsib|progress|update|status|timescale|timetable|timeline|target|due|completed?|"
    r"accepted|agreed|apologies|present)\b",
    re.IGNORECASE,
)


def is_scan(glance: Glance) -> bool:
    """Whether the page is a picture of a page: much of it covered, and hardly a letter."""
    return glance.covered > _SCAN_COVERED and len(glance.text.split()) < _FEW_LETTERS / 4


def worth_reading(glance: Glance, page_count: int) -> bool:
    """Whether the page can hold a tracker, a table of responses, or minutes; every page of a short paper is read."""
    if page_count <= FEW_PAGES or is_scan(glance):
        return True
    return bool(_ASKED.search(glance.text)) and bool(_ANSWERED.search(glance.text))


def may_go_on(glance: Glance) -> bool:
    """Whether the page may continue a table of the page before it."""
    return glance.paths >= _MANY_PATHS or len(glance.text) < 2500
