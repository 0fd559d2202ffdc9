"""Motions and amendments: who proposed and seconded them, their words, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.matching import any_pattern, compiled, first_match
from pipeline.nlp.minutes.numbers import follows
from pipeline.nlp.minutes.openers import opens_decision
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.passages import Passage
from pipeline.records import Evidence

_OPEN, _CLOSE = '“‘"', '”’"'


class Proposal(msgspec.Struct, frozen=True):
    """What was proposed in paragraph `place` of an item, numbered `paragraph` where the item's paragraphs are."""

    amendment: bool
    text: str
    proposer: str
    seconder: str
    place: int
    paragraph: int | None
    evidence: Evidence | None


def result_of(text: str) -> str:
    """The result that a line gives and nothing else ("Motion carried.", "Amendment lost."), in its words; '' for none."""
    words, plain = minute_words(), folded(text).strip()
    if len(plain.split()) > 8:
        return ""
    match = compiled(words.result_line).match(plain) or compiled(words.result_alone).match(plain)
    return plain.rstrip(".") if match else ""


def proposals(body: Sequence[Paragraph]) -> tuple[Proposal, ...]:
    """The motions and amendments that an item prints with their words, in printed order."""
    return tuple(found for i in range(len(body)) if (found := _proposal(body, i)))


def _proposal(body: Sequence[Paragraph], i: int) -> Proposal | None:
    paragraph = body[i]
    plain = folded(paragraph.text)
    match = compiled(minute_words().proposed_only, True).search(plain)
    if not match or opens_decision(paragraph.body.text):
        return None
    behind = paragraph.passage.part(match.end())
    text = _words(behind, body, i)
    return Proposal(
        bool(compiled(minute_words().amendment).search(plain[match.end() :])),
        " ".join(text.text.split()),
        _name(match["proposer"]),
        _name(match["seconder"]),
        i,
        paragraph.label.value if paragraph.label.style == "digit" else None,
        text.evidence() or paragraph.passage.evidence(),
    )


def _words(behind: Passage, body: Sequence[Paragraph], i: int) -> Passage:
    """The motion's words: behind the proposal, or the paragraphs below up to the next of the item's numbered ones."""
    inline = re.match(r"[^:]{0,60}?\bthat:?\s+(?=\w)|[^:]{0,60}:\s*(?=\S)", behind.text)
    if inline and len(behind.text[inline.end() :].split()) > 3:
        return _unquoted(behind.part(inline.end()))
    taken: list[Passage] = []
    for paragraph in body[i + 1 :]:
        if _ends(paragraph, body[i]):
            break
        if any_pattern(minute_words().motion_heads).match(folded(paragraph.text)) and not taken:
            continue
        if any_pattern(minute_words().motion_aside).match(folded(paragraph.text)):
            break
        taken.append(paragraph.passage)
        if taken[0].text[:1] in _OPEN and paragraph.text.rstrip(" .")[-1:] in _CLOSE:
            break
    return _unquoted(Passage.joined(taken, gap=" "))


def _ends(paragraph: Paragraph, opener: Paragraph) -> bool:
    """Whether a paragraph belongs to the account again: the next number, a side of a vote, a decision, a result."""
    numbered = (
        bool(opener.label.printed)
        and follows(paragraph.label, opener.label)
        and paragraph.left <= opener.left + 3
    )
    sides = minute_words().sides
    side = re.match(rf"(?:{'|'.join(sides.for_)})\s*[:(]", folded(paragraph.text), re.IGNORECASE)
    return numbered or bool(side) or bool(result_of(paragraph.text)) or opens_decision(paragraph.body.text)


def _unquoted(passage: Passage) -> Passage:
    text = passage.text
    start = 1 if text[:1] in _OPEN else 0
    end = len(text.rstrip())
    if start and text[:end].rstrip(".")[-1:] in _CLOSE:
        end = len(text[:end].rstrip(".")) - 1
    return passage.part(start, end)


def put(found: Sequence[Proposal], said: str, before: int) -> Proposal | None:
    """The proposal that a vote is on: the one of the paragraph that `said` names, else the last one before it."""
    match = first_match([minute_words().paragraph_said], said)
    if match:
        named = [p for p in found if p.paragraph == int(match["paragraph"])]
        if named:
            return named[-1]
    earlier = [p for p in found if p.place < before]
    if re.search(r"\bsubstantive\b", said, re.IGNORECASE):
        earlier = [p for p in earlier if not p.amendment] or earlier
    return earlier[-1] if earlier else None


def _name(said: str) -> str:
    return re.sub(r"\s*\(.*$", "", " ".join(said.strip(" ,;").split()))
