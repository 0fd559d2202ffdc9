"""What an item decided: resolutions and recommendations opened by a word, decisions told in running text."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.matching import compiled, first_match, spelled
from pipeline.nlp.minutes.motions import result_of
from pipeline.nlp.minutes.numbers import NO_LABEL
from pipeline.nlp.minutes.openers import Opening, opening_of
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.nlp.minutes.parts import Part, Parts, parts_of
from pipeline.nlp.minutes.sentences import sentences
from pipeline.passages import Passage
from pipeline.records import Decision

_RUN_ON = re.compile(rf"(?<=[.;:,])\s+(?={spelled(['RESOLVED', 'RECOMMENDED'])}(?![A-Za-z]))")
_BODY_LEAD = re.compile(
    r"(?:that\s+)?(?:the\s+)?(?:members|cabinet|council|county council|committee|board|panel|sub-committee|executive)\s*"
    r"(?::\s*-?\s*|-\s+|(?=to:?\s))(?:to:?(?=\s*$|\s*\())?",
    re.IGNORECASE,
)


_INDENT = 5.0  # points
_PROSE = 8  # words; a longer paragraph at the margin is no entry of a list


class Formal(msgspec.Struct, frozen=True):
    """A decision opened by a word, and the paragraphs of its item that it takes: from `first` up to `behind`."""

    decisions: tuple[Decision, ...]
    first: int
    behind: int
    unanimous: bool = False


def formal_decisions(body: Sequence[Paragraph]) -> tuple[Formal, ...]:
    """The decisions of an item that a word or a label opens, in printed order."""
    out: list[Formal] = []
    i = 0
    while i < len(body):
        opened = _opened(body[i])
        if opened is None:
            i += 1
            continue
        opening, passage = opened
        parts = parts_of(_without_body(passage.part(opening.end)), body[i], body[i + 1 :])
        decisions = tuple(d for part in parts.parts if (d := _decision(opening, part, parts)))
        out.append(Formal(decisions, i, i + 1 + parts.used, opening.unanimous))
        i += 1 + parts.used
    return tuple(out)


def _opened(paragraph: Paragraph) -> tuple[Opening, Passage] | None:
    """The decision that a paragraph opens."""
    if result_of(paragraph.text):
        return None
    opening = opening_of(paragraph.body.text)
    if opening:
        return None if opening.opens == "action" else (opening, paragraph.body)
    return None


def apart(body: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with those cut in two in which a decision in capitals follows behind a sentence."""
    out: list[Paragraph] = []
    for paragraph in body:
        match = _RUN_ON.search(folded(paragraph.text))
        if match is None:
            out.append(paragraph)
            continue
        before = msgspec.structs.replace(
            paragraph, passage=paragraph.passage.part(0, match.start()), tail=Passage("")
        )
        behind = paragraph.passage.part(match.end())
        out += [before, msgspec.structs.replace(paragraph, passage=behind, label=NO_LABEL, cuts=(), lead=0)]
    return tuple(out)


def _without_body(passage: Passage) -> Passage:
    """The words without who decides, where a list follows: "Cabinet:", "Members to:"."""
    match = _BODY_LEAD.match(folded(passage.text))
    if match and (match.end() == len(passage.text) or passage.text[match.end() :].lstrip()[:1] in "(123ai•"):
        return passage.part(match.end())
    return passage


def _decision(opening: Opening, part: Part, parts: Parts) -> Decision | None:
    """The part as a decision; an advice to another body is a recommendation to it."""
    passage = _without_movers(part.passage)
    if not re.search(r"[^\W\d_]{2}", passage.text):
        return None
    advice = first_match(minute_words().advises, passage.text) or first_match(
        minute_words().advises, parts.lead
    )
    kind = "recommendation" if advice or opening.opens == "recommendation" else "resolution"
    to = (
        (advice.groupdict().get("to") if advice else None)
        or _addressed(opening.words)
        or _addressed(parts.lead)
    )
    return Decision(kind, _joined(passage.text), part.ref, parts.lead, to, passage.evidence())  # type: ignore[arg-type]


def _without_movers(passage: Passage) -> Passage:
    """The decision without the sentence behind it that says who moved it."""
    match = compiled(minute_words().movers[0], True).search(folded(passage.text))
    before = passage.text[: match.start()].rstrip(" ([") if match else ""
    return (
        passage.part(0, len(before))
        if before.endswith((".", ";", ")", ",")) or (match and before)
        else passage
    )


def _addressed(words: str) -> str | None:
    match = re.search(r"\bto (?:the )?([^:]{3,60}?)\W*(?:\bthat\b\W*)?$", words, re.IGNORECASE)
    return match.group(1) if match else None


def told_decisions(body: Sequence[Paragraph], i: int, formal: bool) -> tuple[Decision, ...]:
    """The decisions that the sentences of paragraph `i` of an item tell: "it was agreed that …".

    In `formal` minutes, which open their decisions with a word, and beside a motion in the same paragraph, what is
    only said to be agreed stays an agreement.
    """
    if following := _following_agreed(body, i):
        return following
    told = sentences(body[i].body)
    moved = [moved_decision(sentence) for sentence in told]
    out: list[Decision] = []
    for k, sentence in enumerate(told):
        found = moved[k] or _plain(sentence, strong=formal)
        if found and not moved[k] and k + 1 == len(told):
            found = _with_bullets(found, body, i)
        if found:
            out.append(found)
    if formal or any(moved):
        return tuple(out)
    return tuple(msgspec.structs.replace(d, kind="resolution") for d in out)


def moved_decision(sentence: Passage) -> Decision | None:
    """What was "proposed by A, seconded by B and agreed"; it may stand before or behind those words."""
    match = proposed().search(folded(sentence.text))
    if not match:
        return None
    behind, before = sentence.part(match.end()), sentence.part(0, match.start())
    text = behind if match["lead"] or (re.search(r"\w+ \w+", behind.text) and not before.text) else before
    text = text.part(0, len(text.text.rstrip(" ,;–-")))
    if not re.search(r"[^\W\d_]{2}", text.text):
        return None
    return Decision("resolution", _joined(text.text), evidence=sentence.evidence())


def _plain(sentence: Passage, strong: bool) -> Decision | None:
    """What a body "agreed that" or "decided to"; nothing where the sentence tells of an earlier decision.

    "resolved" is a decision wherever it stands; `strong` leaves the others as agreements.
    """
    words, plain = minute_words(), folded(sentence.text)
    match = plain_decision().search(plain)
    if not match or first_match(words.not_decided, plain):
        return None
    start = match.end() if match["lead"].lower() in ("that", ":") else match.start("lead")
    if first_match(words.fronted, plain[: match.start()].strip()):
        start = 0
    text = sentence.part(start)
    if len(text.text.split()) < 2:
        return None
    kind: Literal["resolution", "agreement"] = (
        "resolution" if strong and match["verb"].lower() == "resolved" else "agreement"
    )
    return Decision(kind, _joined(text.text), evidence=text.evidence())


def _with_bullets(decision: Decision, body: Sequence[Paragraph], i: int) -> Decision:
    """The decision with the bullets below it, where it ends in a colon."""
    points: list[Passage] = []
    for paragraph in body[i + 1 :] if decision.text.rstrip().endswith(":") else ():
        if not paragraph.label.printed or paragraph.label.style == "chain":
            break
        points.append(paragraph.passage)
    if not points:
        return decision
    whole = Passage.joined(points, gap=" ")
    return msgspec.structs.replace(decision, text=f"{decision.text} {_joined(whole.text)}")


def _following_agreed(body: Sequence[Paragraph], i: int) -> tuple[Decision, ...]:
    """The blocks below "The following observations were agreed:", each one decision."""
    if not compiled(minute_words().following_agreed).search(folded(body[i].text)):
        return ()
    blocks: list[list[Passage]] = []
    indented = any(paragraph.left > body[i].left + _INDENT for paragraph in body[i + 1 :])
    for paragraph in body[i + 1 :]:
        if blocks and _is_prose(paragraph, body[i]):
            break
        outdented = indented and paragraph.left < body[i].left + _INDENT
        labelled = paragraph.label.printed and paragraph.label.style != "bullet"
        if not blocks or paragraph.cuts or labelled or outdented:
            blocks.append([])
        blocks[-1].append(paragraph.passage)
    passages = [Passage.joined(block, gap=" ") for block in blocks]
    return tuple(Decision("resolution", _joined(p.text), evidence=p.evidence()) for p in passages)


def _is_prose(paragraph: Paragraph, opener: Paragraph) -> bool:
    """Whether a paragraph goes on with the account: a sentence that begins where the opening one did."""
    begins = abs(paragraph.left - opener.left) < 3 and not paragraph.label.printed and not paragraph.cuts
    return begins and len(paragraph.text.split()) > _PROSE


def _joined(text: str) -> str:
    return " ".join(text.split())


def proposed() -> re.Pattern[str]:
    """A sentence that names proposer and seconder and says that the motion was agreed."""
    return compiled(minute_words().proposed_decision)


@functools.cache
def plain_decision() -> re.Pattern[str]:
    """A sentence that says who agreed that what."""
    words = minute_words()
    bodies = "(?:" + "|".join(sorted(words.bodies, key=len, reverse=True)) + ")"
    return re.compile(words.plain_decision.replace("{bodies}", bodies), re.IGNORECASE)
