"""Deadlines that running text announces: "The completion date has been extended to March 2025"."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates.forms import any_of
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.deadlines.cell import Deadlines, read_deadlines
from pipeline.passages import Passage


def announced_deadlines(passage: Passage, anchor: Anchor) -> Deadlines:
    """The dates in running text that follow "target date", "deadline" and the like in the same sentence.

    Only dates count, and at most likely ones: the words between may say something else.
    """
    found = [
        read_deadlines(passage.part(match.start(), match.end()), anchor)
        for match in _announcement().finditer(passage.text)
    ]
    dated = [v for read in found for v in read.values if v.edtf and v.kind in ("date", "period")]
    values = [replace(v, certainty="likely") if v.certainty == "certain" else v for v in dated]
    problems = [p for read in found for p in read.problems if p.code != "deadline-not-read"]
    return Deadlines(tuple(values), tuple(problems))


@cache
def _announcement() -> re.Pattern[str]:
    words = any_of(date_words().announced)
    denied = r"(?!\s+(?:cannot|(?:can|could|is|was|has|will)\s+not)\b)"
    return re.compile(rf"(?<!\w){words}s?(?!\w){denied}(?:[^.\n]|\.(?=\d))*", re.IGNORECASE)
