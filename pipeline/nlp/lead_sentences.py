"""Sentences of an answer that say who leads, and by when: 'Ada Pym will lead on this and report by June 2025'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import TypeVar

import msgspec

from pipeline.knowledge.owners import owner_words
from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations
from pipeline.nlp.clean import after_bullet
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.deadlines import read_deadlines
from pipeline.nlp.names import sort_of
from pipeline.nlp.owner_cells import read_owners
from pipeline.passages import Passage
from pipeline.records import Deadline, Owner

_SENTENCE = re.compile(
    r"(?:[^.!?\n]|[.!?](?!\s|$)|(?<=\b[A-Z])\.|(?<=\b(?:Cllr|Prof|Insp))\.|(?<=\b[DM][rs])\.)+"
)
_STOP = re.compile(r",? (?:and|who|which|with|by|in|from|on|at|for)\b|[,;]|$")  # where the names may end
_CLOSING = re.compile(
    r"\w\)?[.;]?\s(?:[–—-]\s(?P<said>[^()–—\n]{3,100}?)|\((?P<inside>[^()\n]{3,100})\))\.?$"
)
_PARTS = re.compile(r"[,;]\s|\s[–—-]\s|$")  # where who may end
_JOINED = re.compile(r"^[\s,;]*(?:and\s+)?")
_WILL = re.compile(r",?\s(?:will|would|shall|is to|are to)\b(?! (?:be|have)\b)")
_THAT = re.compile(r"(?:,| and) that the (?=[A-Z])")
_WORD = re.compile(r"\s*\S+")
_LONGEST_POST = 8  # words
_RESOLVED = re.compile(r"\b(?:resolved|agreed|decided|recommended)\b|\bbe (?:not )?[a-z]+ed\b", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:[A-Z][\w'’.&-]*|of|for|and|the|to|,)(?:\s+(?:[A-Z][\w'’.&-]*|of|for|and|the|to|,))*"
)
_LONGEST = 20  # words of the names
_MOSTLY_NAMED = 0.7
_DANGLING = frozenset({"on", "at", "by", "to", "in", "for", "of", "with", "the", "and"})
_LONGEST_TIME = dt.timedelta(days=200)  # a year named in passing is no time by which something is to be done
_WHO_DO = frozenset({"person", "post", "team"})
Value = TypeVar("Value", Owner, Deadline)
_DATED = frozenset({"date", "period", "recurring"})


class Lead(msgspec.Struct, frozen=True):
    """Who a sentence says is to lead, and by when where it says it."""

    owners: tuple[Owner, ...]
    deadline: Deadline | None


def leads_in(
    passage: Passage, anchor: Anchor, defined: Abbreviations = NONE_DEFINED, told: bool = False
) -> Iterator[Lead]:
    """The sentences that name a lead, in order, nothing in them more certain than 'likely'.

    Where answers are `told`, as in letters and minutes, without columns or labels, a sentence counts too that says who will
    do something by when, by whom it will be done, or who has been asked to.
    """
    if not told and not _hint().search(passage.text):
        return
    for match in _SENTENCE.finditer(passage.text):
        sentence = passage.part(match.start(), match.end())
        named = (
            _behind_words(sentence, defined)
            or _before_words(sentence, defined)
            or _asked_to(sentence, defined)
        )
        if named:
            owners, rest = named
            yield Lead(tuple(map(_likely, owners)), _due(rest, anchor))
        elif told and (doing := _will_do(sentence, defined)) and (due := _by_or_when(doing[1], anchor)):
            yield Lead(tuple(map(_likely, doing[0])), due)
        elif told and (
            resolved := _resolved_that(sentence, defined)
            or _to_be_done_by(sentence, defined)
            or _were_asked(sentence, defined)
        ):
            yield Lead(tuple(map(_likely, resolved[0])), _by_or_when(resolved[1], anchor))


def times_to_come(passage: Passage, anchor: Anchor) -> Iterator[Deadline]:
    """When the sentences say that something will be done, none of it surer than 'unsure' and nothing of what is past."""
    for match in _SENTENCE.finditer(passage.text):
        sentence = passage.part(match.start(), match.end())
        will = _to_come().search(sentence.text)
        found = _by_or_when(sentence.part(will.end()), anchor) if will else None
        gone = found and anchor.day and found.latest and found.latest < anchor.day.isoformat()
        if found and not gone and not _is_long(found):
            yield msgspec.structs.replace(found, certainty="unsure")


def _is_long(value: Deadline) -> bool:
    if not (value.earliest and value.latest):
        return False
    return dt.date.fromisoformat(value.latest) - dt.date.fromisoformat(value.earliest) > _LONGEST_TIME


def acting_leads(passage: Passage, anchor: Anchor, defined: Abbreviations = NONE_DEFINED) -> Iterator[Lead]:
    """Who is to act, and by when, as the paragraphs of an action open with them: "Arts Officer to write to owners by the end of May"."""
    for paragraph in passage.paragraphs():
        opening = paragraph.part(after_bullet(paragraph.text))
        acts = _to_act().search(opening.text)
        owners = _only_doers(opening.part(0, acts.start()), defined) if acts else ()
        if acts and owners:
            yield Lead(tuple(map(_likely, owners)), _by_or_when(opening.part(acts.end()), anchor))


def closing_leads(passage: Passage, anchor: Anchor, defined: Abbreviations = NONE_DEFINED) -> Iterator[Lead]:
    """Who acts, and by when, as the paragraphs of an action say at their ends: "Posters to be put up – Clerk, by May", "... (Clerk, May)"."""
    for paragraph in passage.paragraphs():
        closing = _CLOSING.search(paragraph.text)
        if closing is None:
            continue
        said = paragraph.part(*closing.span("said" if closing["said"] else "inside"))
        for stop in reversed(list(_PARTS.finditer(said.text))):
            due = _due(said.part(stop.end()), anchor)
            owners = _only_owners(said.part(0, stop.start()), defined)
            doers = all(owner.kind in _WHO_DO for owner in owners)
            if owners and (due or (doers and not said.text[stop.end() :])):
                yield Lead(tuple(map(_likely, owners)), due)
                break


def lead_opening(text: str) -> int:
    """How many words at the start of a text say that somebody leads ("Led by"); 0 where they do not."""
    opening = _openings().match(text)
    return len(opening.group().split()) if opening else 0


def _behind_words(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """The parties behind 'The lead officer is', as many as read as nothing but parties, and the rest of the sentence."""
    opening = _openings().match(sentence.text)
    if not opening:
        return None
    for stop in reversed(list(_STOP.finditer(sentence.text, opening.end()))):
        owners = _only_owners(sentence.part(opening.end(), stop.start()), defined)
        if owners:
            return owners, sentence.part(stop.start())
    return None


def _before_words(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """The parties with which a sentence opens before 'will lead on this', and the rest of the sentence."""
    verb = _verbs().search(sentence.text)
    owners = _only_owners(sentence.part(0, verb.start()), defined) if verb else ()
    return (owners, sentence.part(verb.end())) if verb and owners else None


def _asked_to(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """The people, posts or teams that a sentence says were asked to do something, and what they were asked to."""
    asked = _asked().search(sentence.text)
    end = sentence.text.find(" to ", asked.end()) if asked else -1
    if asked is None or end < 0:
        return None
    owners = _only_doers(sentence.part(asked.end(), end), defined)
    return (owners, sentence.part(end)) if owners else None


def _will_do(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """The people, posts or teams that a sentence or a clause of it opens with, which says what they will do, and what that is."""
    for will in _WILL.finditer(sentence.text):
        if _no_task().match(sentence.text, will.end()):
            continue
        for start in _clauses(sentence.text, will.start()):
            opening = sentence.part(start, will.start())
            owners = () if _no_name().search(opening.text) else _only_doers(opening, defined)
            if owners:
                return owners, sentence.part(will.end())
    return None


def _clauses(text: str, end: int) -> Iterator[int]:
    """Where a clause may begin that goes on to `end`, the longest first."""
    yield 0
    yield from (found.end() for found in _clause().finditer(text, 0, end))


def _were_asked(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """The people, posts or teams of whom a sentence says that they have been asked, or have agreed, to do something."""
    for asked in _were_asked_to().finditer(sentence.text):
        for start in _clauses(sentence.text, asked.start()):
            owners = _only_doers(sentence.part(start, asked.start()), defined)
            if owners:
                return owners, sentence.part(asked.end())
    return None


def _to_be_done_by(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """The parties by whom a sentence says that something will be done, and the rest: "A list will be drawn up by the Clerk by May"."""
    for done in _done_by().finditer(sentence.text):
        for stop in reversed(list(_STOP.finditer(sentence.text, done.end()))):
            owners = _only_owners(sentence.part(done.end(), stop.start()), defined)
            if owners:
                return owners, sentence.part(stop.start())
    return None


def _resolved_that(sentence: Passage, defined: Abbreviations) -> tuple[tuple[Owner, ...], Passage] | None:
    """Who is to do something by a resolution, and what: "... be accepted, and that the Parks Manager draw up a list by May"."""
    for that in _THAT.finditer(sentence.text):
        if not _RESOLVED.search(sentence.text, 0, that.start()):
            continue
        ends = [that.end() + word.end() for word in _WORD.finditer(sentence.text[that.end() :])][
            :_LONGEST_POST
        ]
        for end in reversed(ends):
            if not _TITLED.fullmatch(sentence.text, that.end(), end):
                continue
            owners = _only_doers(sentence.part(that.end(), end), defined)
            if owners and _base_verb().match(sentence.text, end):
                return owners, sentence.part(end)
    return None


def _only_owners(named: Passage, defined: Abbreviations) -> tuple[Owner, ...]:
    """The parties that words name and hardly more; () where they say anything else."""
    text = named.text.strip(" ,")
    if not text or len(text.split()) > _LONGEST:
        return ()
    owners = read_owners(named, defined)
    if any(owner.certainty == "unsure" or owner.kind == "unknown" for owner in owners):
        return ()
    if any(owner.name.split()[-1].lower() in _DANGLING for owner in owners):
        return ()  # "Manager for the Board's meeting on"
    return owners if sum(len(owner.printed) for owner in owners) >= _MOSTLY_NAMED * len(text) else ()


def _only_doers(named: Passage, defined: Abbreviations) -> tuple[Owner, ...]:
    """The people, posts or teams that words name for certain, or by their initials, and hardly more; () otherwise."""
    owners = _only_owners(named, defined)
    own = all(
        owner.kind in _WHO_DO and (owner.certainty == "certain" or sort_of(owner.name) == "initials")
        for owner in owners
    )
    return owners if own else ()


def _by_or_when(rest: Passage, anchor: Anchor) -> Deadline | None:
    """The time behind "by" or "before" in the rest of a sentence, or else the first that it gives."""
    by = _by().search(rest.text)
    return (_due(rest.part(by.start()), anchor) if by else None) or _due(rest, anchor)


def _due(rest: Passage, anchor: Anchor) -> Deadline | None:
    """The first time that the rest of the sentence gives."""
    said = rest.part(len(rest.text) - len(_JOINED.sub("", rest.text)))
    dated = (value for value in read_deadlines(said, anchor).values if value.kind in _DATED)
    return next((_likely(value) for value in dated), None)


def _likely(value: Value) -> Value:
    return value if value.certainty == "unsure" else msgspec.structs.replace(value, certainty="likely")


@cache
def _hint() -> re.Pattern[str]:
    words = owner_words()
    every = (*words.lead_openings, *words.lead_verbs, *words.asked)
    return re.compile("|".join(every), re.IGNORECASE)


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(owner_words().lead_openings)})(?!\w)\s*(?:the )?", re.IGNORECASE)


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(owner_words().asked)})(?!\w)\s*(?:the |our |my |your )?", re.IGNORECASE
    )


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{'|'.join(owner_words().lead_verbs)})(?!\w)", re.IGNORECASE)


@cache
def _clause() -> re.Pattern[str]:
    """Where a later clause opens with a name: "The work goes on, and the Clerk will ...", "Until then, Parks will ..."."""
    openings = "|".join(f"{words[0].upper()}{words[1:]}" for words in owner_words().clause_openings)
    return re.compile(
        rf"(?:^\s*(?:{openings}),? |[,;:] (?:and |but |so )?|\b(?:and|but|which|that|then|while|where) )"
        r"(?:the |our |my |both the )?(?=[A-Z])"
    )


@cache
def _were_asked_to() -> re.Pattern[str]:
    return re.compile(rf",? (?:{'|'.join(owner_words().were_asked)})")


@cache
def _done_by() -> re.Pattern[str]:
    """What is said to be done by somebody, up to the name: "A map will be drawn up by the Clerk"."""
    return re.compile(
        rf"\b(?:will|would|shall|is to|are to|to|can) be (?:\w+ly )?(?:\w+ed|{'|'.join(owner_words().participles)})\b"
        r"[^.;]{0,60}? by (?:the |our |my |its )?(?=[A-Z])"
    )


@cache
def _to_come() -> re.Pattern[str]:
    return re.compile("|".join(owner_words().to_come))


@cache
def _by() -> re.Pattern[str]:
    """Before a time: "by the end of May", not "by the Clerk"."""
    words = owner_words()
    return re.compile(
        rf"\b(?:{'|'.join(words.time_openings)}) (?=[^.;]{{0,40}}(?:\d|\b(?:{'|'.join(words.time_words)})\b))",
        re.IGNORECASE,
    )


@cache
def _to_act() -> re.Pattern[str]:
    """Before what somebody is to do: "Clerk to arrange", and not "Reply to Clerk"."""
    return re.compile(r",?\sto\s(?=[a-z]{3,}\b)(?!be\b|the\b)")


@cache
def _no_name() -> re.Pattern[str]:
    """What no name holds that opens a sentence: "Evening sittings at the library", "Officers have met ..."."""
    return re.compile(rf"\b(?:{'|'.join(owner_words().not_names)})\b|^\W*(?:[a-z]|for\b)")


@cache
def _no_task() -> re.Pattern[str]:
    """What nobody is given to do: "would like to thank", "is to retire"."""
    return re.compile(rf" (?:{'|'.join(owner_words().not_tasks)})\b")


@cache
def _base_verb() -> re.Pattern[str]:
    """The base form of a verb: what is resolved is that somebody "draw up" something, not that they "had" or "chaired" it."""
    return re.compile(
        rf"\s+(?!(?:{'|'.join(owner_words().not_base_verbs)})\b)(?![a-z]+(?:ed|[^s]s)\b)[a-z]{{3,}}\b"
    )
