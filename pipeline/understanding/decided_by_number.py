"""Decisions that one answer gives to several recommendations by their numbers: "Recommendation 2 is accepted. ... Recommendation 3 ... in part"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.nlp.decisions import read_decision
from pipeline.passages import Passage
from pipeline.records import Segment, Stated

_SENTENCE = re.compile(r"[^.;!?\n]+")
_NAMED = re.compile(
    r"\brecommendations? (?P<numbers>\d{1,3}(?:(?:, | and | & )\d{1,3})*)\b(?!\.\d)", re.IGNORECASE
)
_LEAST = 2  # recommendations that an answer names


def decided_by_number(segments: Sequence[Segment], number: int | None) -> Stated | None:
    """What an answer that names several recommendations says of the one with this number; None where none does."""
    for segment in segments:
        named = _numbers(segment.text)
        if segment.kind != "response" or number not in named or len(named) < _LEAST:
            continue
        for sentence in _about(segment.text, number):
            alone = Passage.plain(_NAMED.sub("this recommendation", sentence))
            if stated := read_decision(alone, column=False):
                return msgspec.structs.replace(
                    stated, words=sentence, certainty="likely", evidence=segment.evidence
                )
    return None


def _about(text: str, number: int) -> Iterator[str]:
    """The sentences that name the recommendation once, alone or with others."""
    for sentence in _SENTENCE.findall(text):
        if len(_NAMED.findall(sentence)) == 1 and number in _numbers(sentence):
            yield sentence.strip()


def _numbers(text: str) -> frozenset[int]:
    found = (figure for named in _NAMED.finditer(text) for figure in re.findall(r"\d+", named["numbers"]))
    return frozenset(map(int, found))
