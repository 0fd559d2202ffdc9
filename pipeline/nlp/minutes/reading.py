"""An item's paragraphs as a record: what was decided, proposed, voted on, declared and asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.actions import read_actions, sets_owners_apart
from pipeline.nlp.minutes.decisions import Formal, apart, formal_decisions, told_decisions
from pipeline.nlp.minutes.items import Section
from pipeline.nlp.minutes.matching import compiled
from pipeline.nlp.minutes.motions import Proposal, proposals, put, result_of
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.nlp.minutes.people import people_in
from pipeline.nlp.minutes.sentences import sentences
from pipeline.nlp.minutes.votes import Found, moved_votes, named_votes, settled, told_votes
from pipeline.records import AgendaItem, Decision, Declaration, Motion, Vote

_OFTEN = 2  # items whose decisions a word opens
_FIRST_MINUTE = 3  # numbers that begin higher are minute numbers, not the agenda's
_BEFORE_VOTE = 3  # paragraphs before the names of a vote in which it is said what was put


class ItemRead(msgspec.Struct, frozen=True):
    """What an item's paragraphs hold, each with the place of its paragraph."""

    decisions: tuple[Decision, ...]
    votes: tuple[Vote, ...]
    motions: tuple[Motion, ...]


class Manner(msgspec.Struct, frozen=True):
    """How minutes are written: whether they open decisions with a word ("RESOLVED"), so that "it was agreed" is mere

    account; whether they set owners at the right edge; whether the numbers before titles are minute numbers.
    """

    formal: bool = False
    owners_apart: bool = False
    minute_numbers: bool = False


def manner_of(sections: Sequence[Section]) -> Manner:
    """How these minutes are written, from all their items."""
    opened = sum(bool(formal_decisions(apart(section.body))) for section in sections)
    paragraphs = [paragraph for section in sections for paragraph in section.body]
    return Manner(opened >= _OFTEN, sets_owners_apart(paragraphs), _has_minute_numbers(sections))


def _has_minute_numbers(sections: Sequence[Section]) -> bool:
    """Whether the numbers before titles are those of a book of minutes, not the agenda's."""
    numbers = [s.heading.number for s in sections if s.heading.number]
    if not numbers:
        return False
    printed_apart = any(s.agenda_item for s in sections)
    return printed_apart or numbers[0].form in ("slash", "code") or numbers[0].value > _FIRST_MINUTE


def read_item(section: Section, manner: Manner) -> AgendaItem:
    """The record of one item."""
    heading, body = section.heading, apart(section.body)
    read = _read_body(body, manner.formal)
    number = heading.number.printed if heading.number else None
    return AgendaItem(
        number=number,
        title=" ".join(heading.title.text.split()),
        minute_number=number if manner.minute_numbers else None,
        resolutions=tuple(d.text for d in read.decisions if d.kind == "resolution"),
        recommendations=tuple(d.text for d in read.decisions if d.kind == "recommendation"),
        actions=read_actions(body, manner.formal or manner.owners_apart),
        votes=read.votes,
        pages=tuple(
            dict.fromkeys([heading.paragraph.page, *(page for p in body for page in p.passage.pages)])
        ),
        evidence=heading.title.evidence(),
        agenda_item=section.agenda_item,
        decisions=read.decisions,
        motions=read.motions,
        declarations=_declarations(body),
    )


class _Account(msgspec.Struct, frozen=True):
    """An item's paragraphs with the decisions, set out votes and motions found over several of them."""

    body: tuple[Paragraph, ...]
    opened: tuple[Formal, ...]
    voted: tuple[Found, ...]
    moved: tuple[Proposal, ...]

    @property
    def taken(self) -> set[int]:
        """The paragraphs that belong to a decision or to a set out vote."""
        spans = [(f.first, f.behind) for f in self.opened] + [(v.first, v.behind) for v in self.voted]
        return {i for first, behind in spans for i in range(first, behind)}


def _read_body(body: Sequence[Paragraph], formal: bool) -> ItemRead:
    """Decisions, votes and motions in the order of their paragraphs."""
    account = _Account(tuple(body), formal_decisions(body), named_votes(body), proposals(body))
    decisions = [(f.first, d) for f in account.opened for d in f.decisions]
    votes = [
        (v.first, settled(v, put(account.moved, _said_before(body, v.first), v.first))) for v in account.voted
    ]
    motions = [_motion(proposal, account.voted, body) for proposal in account.moved]
    taken = account.taken
    for i in range(len(body)):
        told = () if i in taken else told_decisions(body, i, formal)
        moved = _moved_at(account, i, told)
        motions += [_as_motion(vote) for vote in moved]
        decisions += [(i, decision) for decision in told]
        votes += [
            (i, vote)
            for vote in (*moved, *_told_at(account, i, i in taken, motions))
            if vote.result or vote.for_ is not None
        ]
        votes += [] if i in taken else _resulted(body[i], i, account.moved)
    return ItemRead(
        tuple(d for _, d in sorted(decisions, key=lambda d: d[0])),
        tuple(vote for _, vote in sorted(votes, key=lambda v: v[0])),
        tuple(motions),
    )


def _moved_at(account: _Account, i: int, told: Sequence[Decision]) -> tuple[Vote, ...]:
    """Motions of which a paragraph names the movers apart, on what it or the decision beside it says."""
    if any(proposal.place == i for proposal in account.moved):
        return ()
    own = told[-1].text if told else ""
    found = (
        msgspec.structs.replace(vote, motion=vote.motion or own) for vote in moved_votes(account.body, i)
    )
    return tuple(_with_motion(vote, i, (), account.opened) for vote in found)


def _told_at(account: _Account, i: int, taken: bool, before: Sequence[Motion]) -> tuple[Vote, ...]:
    """The votes that the sentences of a paragraph tell; on the last motion `before` them where they do not say on what."""
    told = [vote for vote in told_votes(account.body[i]) if not (taken and vote.proposer)]
    if before and not before[-1].result and not account.moved:
        last = before[-1]
        told = [vote if vote.motion else _on(vote, last) for vote in told]
    return tuple(_with_motion(vote, i, account.moved, account.opened) for vote in told)


def _on(vote: Vote, motion: Motion) -> Vote:
    return msgspec.structs.replace(
        vote, motion=motion.text, proposer=motion.proposer, seconder=motion.seconder
    )


def _as_motion(vote: Vote) -> Motion:
    kind: Literal["motion", "amendment"] = (
        "amendment" if compiled(r"\bamend(?:ed|ment)\b").search(vote.motion) else "motion"
    )
    return Motion(kind, vote.motion, vote.proposer, vote.seconder, vote.result or None, vote.evidence)


def _said_before(body: Sequence[Paragraph], first: int) -> str:
    """The paragraph that puts a motion to the vote, just before the names."""
    for paragraph in reversed(body[max(0, first - _BEFORE_VOTE) : first]):
        if compiled(minute_words().put_to_vote).search(folded(paragraph.text)):
            return paragraph.text
    return ""


def _with_motion(vote: Vote, i: int, moved: Sequence[Proposal], opened: Sequence[Formal]) -> Vote:
    """A vote told in a sentence that does not say on what: on the motion before it, or the decision it stands in."""
    if vote.motion:
        return vote
    beside = [f for f in opened if f.first - 1 <= i < f.behind or f.behind == i]
    proposal = put(moved, "", i)
    text = proposal.text if proposal else " ".join(d.text for f in beside[:1] for d in f.decisions)
    return msgspec.structs.replace(
        vote,
        motion=text,
        proposer=vote.proposer or (proposal.proposer if proposal else None),
        seconder=vote.seconder or (proposal.seconder if proposal else None),
    )


def _resulted(paragraph: Paragraph, i: int, moved: Sequence[Proposal]) -> list[tuple[int, Vote]]:
    """A result printed by itself behind a motion of which no votes are printed."""
    result = result_of(paragraph.text) or result_of(paragraph.tail.text)
    proposal = put(moved, "", i)
    if not result or proposal is None:
        return []
    vote = Vote(
        proposal.text,
        result,
        proposer=proposal.proposer,
        seconder=proposal.seconder,
        evidence=paragraph.passage.evidence(),
    )
    return [(i, vote)]


def _motion(proposal: Proposal, voted: Sequence[Found], body: Sequence[Paragraph]) -> Motion:
    """The proposal with the result of the first vote on it."""
    on_it = (
        v.result
        for v in voted
        if (p := put([proposal], _said_before(body, v.first), v.first))
        and v.first > p.place
        and proposal.paragraph in (None, _paragraph_said(body, v))
    )
    return Motion(
        "amendment" if proposal.amendment else "motion",
        proposal.text,
        proposal.proposer,
        proposal.seconder,
        next(on_it, None),
        proposal.evidence,
    )


def _paragraph_said(body: Sequence[Paragraph], vote: Found) -> int | None:
    match = compiled(minute_words().paragraph_said).search(folded(_said_before(body, vote.first)))
    return int(match["paragraph"]) if match else None


def _declarations(body: Sequence[Paragraph]) -> tuple[Declaration, ...]:
    """Interests that somebody declared, sentence by sentence."""
    out: list[Declaration] = []
    for sentence in (s for p in body for s in sentences(p.body)):
        match = next(
            (m for d in minute_words().declared if (m := compiled(d, True).search(folded(sentence.text)))),
            None,
        )
        if match is None:
            continue
        people = people_in(sentence.part(match.start("who"), match.end("who")))
        out += [Declaration(p.name, " ".join(sentence.text.split()), sentence.evidence()) for p in people]
    return tuple(out)
