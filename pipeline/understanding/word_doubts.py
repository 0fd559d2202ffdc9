"""Doubts that texts raise by their own words: what reads like the rest, or like more than one part, is no surer than likely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from pipeline.nlp.clean import folded
from pipeline.nlp.patterns import MONTH, WHEN
from pipeline.records import Recommendation, Segment, less_sure
from pipeline.understanding.stated_values import names_parties

_ENDS = re.compile(r"[.!?;:][\"')\]]*$")
_LABEL_INSIDE = re.compile(r"[A-Za-z)]: (?=[A-Z\d(])")  # "... each month. Lead: Clerk" may be two parts
_LABEL_AHEAD = re.compile(r"[A-Z][\w ,]{2,30}: ")
_BRACKETS_BEHIND = re.compile(r"[.!?;] ?[(\[][^()\[\]]{2,40}[)\]]$")  # "... each week. (agreed)"
_DATED = re.compile(rf"{WHEN}\s+[A-Z][\w ]*$", re.IGNORECASE)
_OPENS_WITH_DAY = re.compile(rf"(?:\d{{1,2}} )?{MONTH} (?:19|20)\d\d\s+[A-Z]", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[a-z)]{2}[.!?]\s+(?=[A-Z])")
_MORE = 1  # sentences than a text of the same list usually has
_LONGEST_NAME = 8  # words
_LEAST_TEXT, _LEAST_SEGMENT = 5, 4  # words
_MOSTLY = 0.6


def with_words_doubted(
    recommendations: Sequence[Recommendation], running: bool = False
) -> tuple[Recommendation, ...]:
    """The recommendations of one tracker, texts and segments that may be cut, joined or none no surer than likely.

    That a sentence is not ended says something only where most of its like are.
    `running` says that the tracker is a list in running text, of which no rule says where an answer ends.
    """
    usual = median(_sentences(one.text) for one in recommendations) if recommendations else 0
    texts_end = _mostly(bool(_ENDS.search(folded(one.text))) for one in recommendations if one.text)
    said = [segment for one in recommendations for segment in one.segments]
    ending = {
        kind
        for kind in {one.kind for one in said}
        if _mostly(_ended(one) for one in said if one.kind == kind)
    }
    return tuple(
        msgspec.structs.replace(
            one,
            certainty=less_sure(one.certainty, "likely")
            if _is_text_doubted(one.text, texts_end) or _sentences(one.text) > usual + _MORE
            else one.certainty,
            segments=tuple(_doubted(segment, segment.kind in ending, running) for segment in one.segments),
        )
        for one in recommendations
    )


def _sentences(text: str) -> int:
    """How many sentences end inside of a text."""
    return len(_SENTENCE_ENDS.findall(folded(text)))


def _is_text_doubted(text: str, texts_end: bool) -> bool:
    if not text:
        return False
    unlike = texts_end and not _ENDS.search(folded(text))
    more = _LABEL_AHEAD.match(text) or _BRACKETS_BEHIND.search(text)
    return unlike or more is not None or _reads_badly(text, _LEAST_TEXT)


def _doubted(segment: Segment, ends: bool, running: bool) -> Segment:
    meant = segment.kind in (
        "outcome",
        "comment",
    )  # what is hoped for, or has come of it; a remark on any of them
    long = running and segment.kind == "response" and "\n" in segment.text  # its end may be something else
    unlike = ends and not _ended(segment)
    stamped = (
        _OPENS_WITH_DAY.match(folded(segment.text)) is not None
    )  # a day that belongs to a label, or is cut from one
    if not (meant or long or unlike or stamped or _reads_badly(segment.text, _LEAST_SEGMENT)):
        return segment
    return msgspec.structs.replace(segment, certainty=less_sure(segment.certainty, "likely"))


def _reads_badly(text: str, least: int) -> bool:
    """Whether a text is but a few words, begins in mid-sentence, or holds what may be a label."""
    plain = folded(text)
    if len(plain.split()) <= _LONGEST_NAME and (_DATED.match(plain) or names_parties(text)):
        return True  # "5 October 2023 Direct payments", "Head of Parks"
    return len(plain.split()) < least or plain[:1].islower() or _LABEL_INSIDE.search(plain) is not None


def _ended(segment: Segment) -> bool:
    return _ENDS.search(folded(segment.text)) is not None


def _mostly(found: Iterable[bool]) -> bool:
    values = list(found)
    return bool(values) and sum(values) >= _MOSTLY * len(values)
