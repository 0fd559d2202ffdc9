"""Actions: owners set at the right edge, "Action: …" lines and lists, and sentences that give somebody something to do."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.dates import Anchor, read_single_date
from pipeline.nlp.minutes.matching import any_pattern, compiled, first_match
from pipeline.nlp.minutes.openers import opening_of
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.nlp.minutes.people import people_in
from pipeline.nlp.minutes.sentences import sentences
from pipeline.nlp.owners import read_owners
from pipeline.passages import Passage
from pipeline.records import MinuteAction

_INITIALS = r"[A-Z]{2,4}(?:\s?[/&]\s?(?:[A-Z]{2,4}|Clerk))*"
_NAMED = (
    r"(?:(?:County |District |Borough |City |Parish |Town )?(?:Cllrs?|Councillors?)\b\.?|Mr|Mrs|Ms|Miss|Dr|Officer|PCSO)"
    r"(?:\s+(?:[A-Z][\w'-]*\.?|and|&|(?<=,)))+"
)
_WOULD = re.compile(r"\bwould\b")
_AGREED = re.compile(r"\b(?:agreed|decided|resolved|noted) that\b")
_LONGEST_OWNER = 9  # words
_ENOUGH_TAILS = 3
_BARE = 5  # words of a sentence that only says who acts


class Task(msgspec.Struct, frozen=True):
    """A clause that gives a task: who, and the letters of the sentence that it takes."""

    owner: str
    start: int
    end: int


def sets_owners_apart(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether minutes set the owners of their actions at the right edge, so that they are not told in sentences."""
    return sum(bool(p.tail.text) and is_owner(p.tail.text) for p in paragraphs) >= _ENOUGH_TAILS


def read_actions(body: Sequence[Paragraph], formal: bool) -> tuple[MinuteAction, ...]:
    """The actions of an item in printed order; in `formal` minutes only those set apart, or undertaken."""
    out: list[MinuteAction] = []
    block = False
    for i, paragraph in enumerate(body):
        opening = opening_of(paragraph.body.text)
        if opening and opening.opens == "action":
            rest = paragraph.body.part(opening.end)
            block = not rest.text
            out += _labelled(rest, body[i - 1] if i else None) if rest.text else []
        elif block and not paragraph.look.bold and not opening:
            out += _labelled(paragraph.body, None, paragraph.tail.text)
        else:
            block = False
            out += _told(paragraph, bool(opening), formal)
    return tuple(out)


def _labelled(text: Passage, before: Paragraph | None, tail: str = "") -> list[MinuteAction]:
    """What stands behind "Action:": a task with its owner, or an owner alone for what stands before."""
    owned = compiled(minute_words().owner_in_brackets).search(folded(text.text))
    if owned:
        asked = text.part(0, owned.start())
        return [_action(asked, text.text[owned.start("owner") : owned.end("owner")].strip())]
    if tail and is_owner(tail):
        return [_action(text, tail)]
    if before is not None and _names_only(text):
        told = sentences(before.body)
        return [_action(told[-1], text.text.rstrip("."))] if told else []
    task = tasked(text)
    owner = task.owner if task else _owner_first(text)
    return [_action(text, owner)]


def _owner_first(text: Passage) -> str | None:
    """The owner of "Clerk – write to the county council", "Clerk: write …" or "Director of Roads to write …"."""
    match = re.match(
        r"(?:[Tt]he )?(?P<owner>[A-Z][\w.'’&/, -]{1,80}?)(?:\s*(?:[–—:]|\s-)\s+|\s+(?:to|will|is to|are to)\s+(?=[a-z]))",
        text.text,
    )
    return match["owner"] if match and is_owner(match["owner"]) else None


def _told(paragraph: Paragraph, opened: bool, formal: bool) -> list[MinuteAction]:
    """The action of a paragraph with an owner at its edge, else those that its sentences give."""
    body = paragraph.body
    tail = _tail_owner(paragraph.tail.text)
    if tail is not None:
        return [_tailed(body, *tail, labelled=bool(paragraph.label.printed), where=paragraph.tail)]
    bracketed = compiled(minute_words().owner_in_brackets).search(folded(body.text))
    if bracketed:
        owner = body.text[bracketed.start("owner") : bracketed.end("owner")].strip()
        told = sentences(body.part(0, bracketed.start()))
        return [_action(told[-1], owner)] if told else []
    if opened:
        return []
    told = sentences(body)
    return [
        _action(_with_matter(told, i), task.owner, undertaken=True)
        for i, sentence in enumerate(told)
        if (task := undertaking(sentence) or (None if formal else tasked(sentence, told=True)))
    ]


def _with_matter(told: Sequence[Passage], i: int) -> Passage:
    """A sentence, with the one before it where it only says who acts: "The hedge is too high. Clerk to action."."""
    if i and len(told[i].text.split()) <= _BARE:
        return Passage.joined([told[i - 1], told[i]], gap=" ")
    return told[i]


def _tail_owner(said: str) -> tuple[str | None, str | None] | None:
    """Owner and due date at the right edge; None where what stands there is neither."""
    words = minute_words()
    bare = folded(said).strip(" .")
    if not bare or any_pattern(words.not_owners).fullmatch(bare):
        return None
    said_when = compiled(words.due_tail).fullmatch(bare)
    if said_when or (len(bare.split()) <= 4 and read_single_date(Passage.plain(bare), Anchor())):
        return None, said.strip()
    return (said.strip(), None) if is_owner(bare) else None


def is_owner(said: str) -> bool:
    """Whether words name who is to act: a person, a post, a body, initials, a channel."""
    words, bare = minute_words(), folded(said).strip(" .")
    small = bare.lower()
    if not bare or len(bare.split()) > _LONGEST_OWNER or any_pattern(words.not_owners).fullmatch(bare):
        return False
    if (
        re.fullmatch(rf"{_INITIALS}|(?=(?:.*[A-Z]){{2}})[A-Z][A-Za-z]{{1,5}}", bare)
        or small in words.everyone
    ):
        return True
    pieces = [p.strip() for p in re.split(r"\s*(?:,|/|&|\band\b)\s*", small) if p.strip()]
    if all(p in words.channels or p in words.everyone for p in pieces):
        return True
    if people_in(Passage.plain(bare)):
        return True
    owners = read_owners(Passage.plain(bare))
    return bool(owners) and all(o.kind != "unknown" for o in owners) and not bare.endswith(".")


def _names_only(text: Passage) -> bool:
    """Whether a text is nothing but an owner."""
    return is_owner(text.text) and not tasked(text)


def _tailed(
    body: Passage, owner: str | None, due: str | None, labelled: bool, where: Passage
) -> MinuteAction:
    """A paragraph with its owner at the edge: the sentence that gives the owner the task, or all of it."""
    told = sentences(body)
    named = [s for s in told if owner and (task := tasked(s)) and _same_owner(task.owner, owner)]
    text = named[-1] if named and not (labelled and len(told) < 2) else body
    action = _action(text, owner)
    return msgspec.structs.replace(
        action, due=due or action.due, evidence=Passage.joined([text, where]).evidence()
    )


def _same_owner(one: str, other: str) -> bool:
    """Whether a task's owner is among those at the edge."""
    last = re.sub(r"\W+", " ", one).lower().split()
    return bool(last) and last[-1] in re.sub(r"\W+", " ", other).lower().split()


def tasked(sentence: Passage, told: bool = False) -> Task | None:
    """The clause of a sentence that gives a task: "Clerk to arrange", "agreed that Cllr Bell would write", "was asked to".

    Where it is only `told`, what somebody "would" do is a task if it was agreed or noted.
    """
    plain = folded(sentence.text)
    match = _task().search(plain)
    if match and told and _WOULD.search(match.group()) and not _AGREED.search(plain[: match.start() + 5]):
        return None
    return Task(_shown(sentence, match), match.start(), match.end()) if match else None


def undertaking(sentence: Passage) -> Task | None:
    """The clause in which somebody undertakes something: "The Director undertook to confirm"."""
    match = _undertaking().search(folded(sentence.text))
    return Task(_shown(sentence, match), match.start(), match.end()) if match else None


def _shown(sentence: Passage, match: re.Match[str]) -> str:
    said = " ".join(sentence.text[match.start("owner") : match.end("owner")].split())
    return re.sub(r"^[Tt]he (?=Clerk\b)", "", said)


@functools.cache
def _task() -> re.Pattern[str]:
    words = minute_words()
    actors = "|".join(sorted((re.escape(a) for a in words.actors), key=len, reverse=True))
    owner = rf"(?P<owner>(?:{_NAMED}|{_INITIALS}|[A-Z][a-z]+ [A-Z][a-z'-]+|(?i:{actors}))(?:\s*(?:,|and|&|/)\s*(?:{_NAMED}|{_INITIALS}|(?i:{actors})))*)"
    asked = "|".join(re.escape(a) for a in words.asked)
    start = r"(?:^|(?<=[;:,–-])\s+|\bthat\s+|\band\s+)"
    return re.compile(
        rf"{start}{owner}\s+(?:to\s+(?=[a-z]+\b)|would\s+(?!have\b|be\b|like\b|not\b|also\b|need\b)(?=[a-z]+\b)|will\s+(?=[a-z]+\b)|(?:{asked})\s+|(?=inform\b|write\b|contact\b|arrange\b|report\b|ask\b|obtain\b|be authorised to))"
    )


@functools.cache
def _undertaking() -> re.Pattern[str]:
    verbs = "|".join(
        v
        for v in minute_words().undertook
        if v.startswith(("undertook", "offered", "volunteered", "promised", "committed"))
    )
    return re.compile(
        rf"(?:^|[,;:]\s+|\band\s+)(?P<owner>(?:The |the )?[A-Z][\w.'&/-]*(?:(?:\s+(?:of|for|and|the|to))*\s+[A-Z][\w.'&/-]*){{0,8}})(?:\s*\([^)]*\))?,?\s+(?:also\s+)?(?:{verbs})\b"
    )


def _action(text: Passage, owner: str | None, undertaken: bool = False) -> MinuteAction:
    """The action with the due date that its words give."""
    labelled = first_match([minute_words().due_label], text.text)
    due = labelled or first_match(minute_words().due, text.text)
    shown = text.text[due.start("due") : due.end("due")].strip() if due else None
    return MinuteAction(
        text=" ".join(text.text.split()),
        owner=owner and (" ".join(owner.split()) or None),
        due=shown,
        certainty="likely" if undertaken else "certain",
        evidence=text.evidence(),
    )
