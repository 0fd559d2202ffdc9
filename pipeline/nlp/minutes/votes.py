"""Votes: named ones set out under "For", "Against" and "Abstain", counted ones in a sentence, and those said to be unanimous."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.decisions import moved_decision, proposed
from pipeline.nlp.minutes.matching import any_pattern, compiled, first_match
from pipeline.nlp.minutes.motions import Proposal, result_of
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.nlp.minutes.people import people_in
from pipeline.nlp.minutes.sentences import sentences
from pipeline.nlp.patterns import number_words
from pipeline.passages import Passage
from pipeline.records import Evidence, Vote

_SIDE_TAIL = r"\s*:?\s*[(\[]?\s*(?P<count>\d{1,3}|nil|none)?\s*[)\]]?\s*(?:votes?|members?)?\s*[:–-]?\s*"
_SOON = 90  # letters behind the movers in which the result stands
_SIDES = ("for", "against", "abstain", "absent")


class Count(msgspec.Struct, frozen=True):
    """One side of a vote: how many, and who."""

    side: str
    count: int | None
    names: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """A vote without its motion: the paragraph that it begins with, and the one behind its last."""

    first: int
    behind: int
    counts: tuple[Count, ...]
    result: str
    evidence: Evidence | None


def named_votes(body: Sequence[Paragraph]) -> tuple[Found, ...]:
    """The votes of an item that are set out side by side, with the result printed below them."""
    out: list[Found] = []
    i = 0
    while i < len(body):
        found = _named(body, i)
        if found is None:
            i += 1
        else:
            out.append(found)
            i = found.behind
    return tuple(out)


def _named(body: Sequence[Paragraph], start: int) -> Found | None:
    if (first := _side(body[start])) is None or first[0] != "for":
        return None
    counts: list[Count] = []
    i = start
    while i < len(body) and (side := _side(body[i])):
        name, count, rest = side
        i += 1
        listed = [rest] if rest.text else []
        while i < len(body) and not _side(body[i]) and not result_of(body[i].text) and _is_names(body[i]):
            listed.append(body[i].passage)
            i += 1
        names = tuple(person.name for passage in listed for person in people_in(passage))
        counts.append(Count(name, count if count is not None else len(names) or None, names))
    if len(counts) < 2:
        return None
    result, behind = _result_below(body, i)
    places = Passage.joined(p.passage for p in body[start:behind])
    return Found(start, behind, tuple(counts), result, places.evidence())


def _side(paragraph: Paragraph) -> tuple[str, int | None, Passage] | None:
    """The side that a paragraph heads, its count, and the names that stand behind it in the paragraph."""
    plain = folded(paragraph.text)
    for side, words in zip(_SIDES, _side_words(), strict=True):
        match = re.match(rf"(?:{'|'.join(words)}){_SIDE_TAIL}", plain, re.IGNORECASE)
        if not match or not (match["count"] or match.end() == len(plain) or ":" in match.group()):
            continue
        rest = paragraph.passage.part(match.end())
        if (
            rest.text
            and not people_in(rest)
            and not re.fullmatch(r"\W*(?:none|nil|0)\W*", rest.text, re.IGNORECASE)
        ):
            continue
        said = match["count"]
        return side, (int(said) if said.isdigit() else 0) if said else None, rest
    return None


def _side_words() -> tuple[tuple[str, ...], ...]:
    sides = minute_words().sides
    return sides.for_, sides.against, sides.abstain, sides.absent


def _is_names(paragraph: Paragraph) -> bool:
    """Whether a paragraph is nothing but a list of people."""
    if paragraph.label.printed and paragraph.label.style != "bullet":
        return False
    people = people_in(paragraph.passage)
    return bool(people) and 6 * len(people) >= len(paragraph.text.split())


def _result_below(body: Sequence[Paragraph], i: int) -> tuple[str, int]:
    """The result printed behind the names, at once or after one paragraph, and where the vote ends."""
    if i and (said := result_of(body[i - 1].tail.text)):
        return said, i
    if i < len(body) and (said := result_of(body[i].text)):
        return said, i + 1
    return "", i


def told_votes(paragraph: Paragraph) -> tuple[Vote, ...]:
    """The votes that the sentences of a paragraph tell; `motion` is '' where the sentence does not say it."""
    out: list[Vote] = []
    hands = False
    told = sentences(paragraph.body)
    for sentence, below in zip_longest(told, told[1:]):
        plain = folded(sentence.text)
        vote = _proposed_vote(sentence, below) or _counted(sentence) or _put(sentence)
        if vote is None and hands:
            vote = _chosen(sentence)
        hands = hands or bool(compiled(minute_words().hands).search(plain))
        if vote:
            out.append(vote)
    return tuple(out)


def _proposed_vote(sentence: Passage, below: Passage | None) -> Vote | None:
    """The vote of "proposed by A, seconded by B and agreed"; where they resolved, only if all were for it."""
    plain = folded(sentence.text)
    match = proposed().search(plain)
    if not match:
        return None
    unanimous = "unanimous" in ((match["how"] or "") + (match["how2"] or "")).lower()
    verb = match["verb"].lower()
    said = _carried(folded(below.text)) if below else ""
    if verb == "resolved" and not unanimous and not said:
        return None
    decided = moved_decision(sentence)
    return Vote(
        motion=decided.text if decided else "",
        result=f"{verb} unanimously" if unanimous else said or verb,
        proposer=_name(match["proposer"]),
        seconder=_name(match["seconder"]),
        evidence=sentence.evidence(),
    )


def _counted(sentence: Passage) -> Vote | None:
    """A vote whose counts a sentence gives: "by 6 votes to 2, with 1 abstention"."""
    words, plain = minute_words(), folded(sentence.text)
    if not compiled(words.put_to_vote).search(plain) and not any_pattern(
        (r"\babst\w+", r"\bagainst\b")
    ).search(plain):
        return None
    for pattern in words.counts:
        match = compiled(pattern).search(plain)
        if match and (for_ := _number(match["for"])) is not None and (match["against"] or match["abstain"]):
            against, abstain = _number(match["against"]), _number(match["abstain"])
            if against is None and abstain is None:
                continue
            result = result_of(plain) or _result_within(plain)
            return Vote("", result, for_, against, abstain, evidence=sentence.evidence())
    return None


def _put(sentence: Passage) -> Vote | None:
    """A vote of which only the result is told: "was put to the vote and agreed unanimously"."""
    match = compiled(minute_words().put_result).search(folded(sentence.text))
    return Vote("", match["result"].lower(), evidence=sentence.evidence()) if match else None


def _result_within(plain: str) -> str:
    match = re.search(
        r"\b(carried|lost|agreed|resolved|approved|rejected|defeated|negatived|passed|fell)\b",
        plain,
        re.IGNORECASE,
    )
    return match.group().lower() if match else ""


def _number(said: str | None) -> int | None:
    if not said:
        return None
    if said.isdigit():
        return int(said)
    return {"no": 0, "nil": 0, "none": 0, **number_words()}.get(said.lower())


def _chosen(sentence: Passage) -> Vote | None:
    """What a show of hands chose."""
    match = first_match([minute_words().chosen], sentence.text, case=True)
    if not match:
        return None
    unanimous = "unanimous" in ((match["how"] or "") + (match["how2"] or "")).lower()
    verb = match["verb"].lower()
    return Vote(match["motion"], f"{verb} unanimously" if unanimous else verb, evidence=sentence.evidence())


def moved_votes(body: Sequence[Paragraph], i: int) -> tuple[Vote, ...]:
    """The votes of paragraph `i` that name their movers without a verb of decision: "Proposed A, seconded B. All in favour."

    `result` is '' where neither the paragraph nor the one below it says what became of the motion.
    """
    passage = body[i].passage
    plain = folded(passage.text)
    if proposed().search(plain):
        return ()
    out: list[Vote] = []
    for pattern in minute_words().movers:
        for match in compiled(pattern, True).finditer(plain):
            result = _carried(plain[match.end() :]) or _carried_below(body, i)
            motion = " ".join((match.groupdict().get("motion") or "").split())
            where = passage.evidence(match.start(), match.end())
            out.append(
                Vote(
                    motion,
                    result,
                    proposer=_name(match["proposer"]),
                    seconder=_name(match["seconder"]),
                    evidence=where,
                )
            )
        if out:
            break
    return tuple(out)


def _carried_below(body: Sequence[Paragraph], i: int) -> str:
    """The result that the paragraph below says, unless that tells a vote of its own."""
    if i + 1 == len(body) or told_votes(body[i + 1]):
        return ""
    return _carried(folded(body[i + 1].text))


def _carried(plain: str) -> str:
    """The result that a text begins to say within its first words; '' for none."""
    match = compiled(minute_words().carried).search(plain[:_SOON])
    return (match["result"] or match["alone"]).lower() if match else ""


def _name(said: str) -> str:
    return " ".join(said.strip(" ,;").split())


def settled(found: Found, proposal: Proposal | None) -> Vote:
    """A named vote with the motion that was put."""
    count = {c.side: c.count for c in found.counts}
    return Vote(
        motion=proposal.text if proposal else "",
        result=found.result,
        for_=count.get("for"),
        against=count.get("against"),
        abstain=count.get("abstain"),
        names={c.side: list(c.names) for c in found.counts},
        proposer=proposal.proposer if proposal else None,
        seconder=proposal.seconder if proposal else None,
        evidence=found.evidence,
    )
