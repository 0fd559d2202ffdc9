"""Answers that say nothing: "None" to be done, a day or "awaited" beside a verdict, a row of boxes to tick."""

from __future__ import annotations

import re

from pipeline.headings import NO_ACTION
from pipeline.nlp.patterns import MONTH
from pipeline.records import Segment

_NO_ANSWER = re.compile(
    rf"\(?\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d{{2}}\)?\.?|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH} 20\d\d|(?:(?:response|reply|answer|decision) )?(?:still )?(?:is )?(?:awaited|pending)\.?"
    r"|awaiting (?:an? |the )?(?:formal |written )?(?:response|reply|answer|decision)\.?",
    re.IGNORECASE,
)
_LONGEST_OPTION = 6  # words with the box
_BOXES = frozenset("☐☒☑")
_ACTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[a-z]?")


def is_empty(segment: Segment) -> bool:
    """Whether an action or an answer is there in form only."""
    return _is_no_action(segment) or _is_no_answer(segment)


def _is_no_action(segment: Segment) -> bool:
    """Whether a segment says only that there is nothing to be done ("None"), or is no more than an action's number."""
    said = segment.text.strip(" .")
    return segment.kind == "action" and bool(NO_ACTION.fullmatch(said) or _ACTION_NUMBER.fullmatch(said))


def _is_no_answer(segment: Segment) -> bool:
    """Whether an answer says only when it was given or that it is still to come, or is a row of boxes to tick."""
    boxes = sum(letter in _BOXES for letter in segment.text)
    answers = segment.kind in ("response", "comment", "update")
    options = boxes > 1 and len(segment.text.split()) <= _LONGEST_OPTION * boxes
    return answers and (options or _NO_ANSWER.fullmatch(segment.text) is not None)
