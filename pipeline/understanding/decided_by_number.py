"""Decisions that one answer gives to several recommendations by their numbers: "Recommendation 2 is accepted. ... Recommendation 3 ... in part"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.records import Segment, Stated

_SENTENCE = re.compile(r"[^.;!?\n]+")
_NAMED = re.compile(r"\brecommendations? (?P<number>\d{1,3})\b(?!\.\d)", re.IGNORECASE)
_LEAST = 2  # recommendations that an answer names


def decided_by_number(segments: Sequence[Segment], number: int | None) -> Stated | None:
    """What an answer that names several recommendations says of the one with this number; None where none does."""
    for segment in segments:
        named = {found["number"] for found in _NAMED.finditer(segment.text)}
        if segment.kind != "response" or str(number) not in named or len(named) < _LEAST:
            continue
        for sentence in _about(segment.text, str(number)):
            if stated := read_decision(Passage.plain(sentence), column=False):
                return msgspec.structs.replace(stated, certainty="likely", evidence=segment.evidence)
    return None


def _about(text: str, number: str) -> Iterator[str]:
    """The sentences that name no other recommendation, as they would be said of it alone."""
    for sentence in _SENTENCE.findall(text):
        if {found["number"] for found in _NAMED.finditer(sentence)} == {number}:
            yield _NAMED.sub("this recommendation", sentence).strip()
