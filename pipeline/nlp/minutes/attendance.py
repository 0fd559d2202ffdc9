"""Who was there: the names under the headings of the head of minutes, apologies and arrivals told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.knowledge.minutes import AttendanceRole, minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.matching import compiled, first_match, is_label, label_length
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.nlp.minutes.people import Person, people_in
from pipeline.nlp.minutes.sentences import sentences
from pipeline.nlp.names import party_key
from pipeline.passages import Passage
from pipeline.records import Attendance

_MEMBERS = "present"
_FEW_WORDS = 12  # a line of so many words without a name ends a list of names


class Listed(msgspec.Struct, frozen=True):
    """Names and the role of the heading that they stand under."""

    role: AttendanceRole
    passage: Passage
    cuts: tuple[int, ...] = ()


def read_attendance(head: Sequence[Paragraph], body: Iterable[Paragraph]) -> tuple[Attendance, ...]:
    """Everyone that minutes name as present, absent or attending, each person once.

    `head` are the paragraphs before the first item, `body` those of the items, in which apologies, substitutes,
    arrivals and departures are told in sentences.
    """
    told = [sentence for p in (*head, *body) for sentence in sentences(p.body)]
    people = [a for listed in _lists(head) for a in _listed(listed)]
    people += [a for sentence in told for a in _apologies(sentence)]
    people += [a for sentence in told for a in _substitutes(sentence)]
    return _moved(_once(people), told)


def _lists(head: Sequence[Paragraph]) -> list[Listed]:
    """The lists of names of the head: behind "PRESENT:" in the same paragraph, or in those below the heading."""
    out: list[Listed] = []
    role: AttendanceRole | None = None
    for paragraph in head:
        if is_label(minute_words().not_items, paragraph.text) and not _role_of(paragraph.text)[0]:
            role = None
            continue
        found, length = _role_of(paragraph.text)
        if not found and first_match(
            (*minute_words().apologies, *minute_words().substitutions), paragraph.text
        ):
            role = None
            continue
        if found:
            role = found
            rest = paragraph.passage.part(length)
            if rest.text:
                out += [Listed(role, rest, _shifted(paragraph, rest)), Listed(role, paragraph.tail)]
        elif role and (
            people_in(paragraph.passage, _shifted(paragraph, paragraph.passage))
            or len(paragraph.text.split()) <= _FEW_WORDS
        ):
            out.append(Listed(role, paragraph.passage, _shifted(paragraph, paragraph.passage)))
            out.append(Listed(role, paragraph.tail))
        else:
            role = None
    return out


def _shifted(paragraph: Paragraph, rest: Passage) -> tuple[int, ...]:
    """The wide gaps and broken lines of a paragraph counted from the first letter of `rest`, its end."""
    by = len(paragraph.text) - len(rest.text)
    return tuple(cut - by for cut in (*paragraph.cuts, *paragraph.breaks) if cut > by)


def _role_of(text: str) -> tuple[AttendanceRole | None, int]:
    """The role that the label at the head of a text gives, and how many letters the label takes."""
    for entry in minute_words().attendance:
        if is_label(entry.labels, text):
            return entry.role, len(text)
    for entry in minute_words().attendance:
        if length := label_length(entry.labels, text):
            return entry.role, length
    return None, 0


def _listed(listed: Listed) -> list[Attendance]:
    if listed.role == "apologies" and first_match(minute_words().no_apologies, listed.passage.text):
        return []
    return [
        _attendance(person, _role(person, listed.role), listed.passage)
        for person in people_in(listed.passage, listed.cuts)
    ]


def _role(person: Person, role: AttendanceRole) -> AttendanceRole:
    """A clerk among those present is an officer, a county councillor at a parish's meeting attends."""
    words = minute_words()
    if role != _MEMBERS:
        return role
    if any(said in words.officer_roles for said in person.role_words):
        return "officer"
    if any(said.startswith("substitut") for said in person.role_words):
        return "substitute"
    return "in_attendance" if person.title.lower().rstrip(".") in words.outside_titles else role


def _attendance(person: Person, role: AttendanceRole, passage: Passage) -> Attendance:
    return Attendance(person.name, role, person.note, passage.evidence(person.start, person.end))


def _apologies(sentence: Passage) -> list[Attendance]:
    """Those from whom a sentence reports apologies."""
    words = minute_words()
    plain = folded(sentence.text)
    if first_match(words.no_apologies, plain) or not (match := first_match(words.apologies, plain)):
        return []
    before, behind = sentence.part(0, match.start()), sentence.part(match.end())
    named = behind if people_in(behind) else before
    named = named.part(0, _reason(named.text))
    return [_attendance(person, "apologies", named) for person in people_in(named)]


def _reason(text: str) -> int:
    """Where the names of a sentence of apologies end: at a substitute or a reason."""
    match = re.search(r"\b(?:who|due to|because|for whom|as (?:he|she|they)|with|were|was)\b|\(sub", text)
    return match.start() if match else len(text)


def _substitutes(sentence: Passage) -> list[Attendance]:
    match = first_match(minute_words().substitutions, sentence.text)
    if not match:
        return []
    who = sentence.part(match.start("who"), match.end("who"))
    named = people_in(sentence.part(match.start("whom"), match.end("whom")))
    whom = named[-1].name if named else " ".join(match["whom"].split())
    return [
        msgspec.structs.replace(_attendance(p, "substitute", who), note=f"for {whom}")
        for p in people_in(who)[-1:]
    ]


def _once(people: Iterable[Attendance]) -> list[Attendance]:
    """Each person once in a role; a substitute that is also listed present keeps that role with the note."""
    out: dict[str, Attendance] = {}
    for one in people:
        key = party_key(one.name).removeprefix("cllr ")
        known = out.get(key)
        if known is None:
            out[key] = one
        elif one.role == "substitute":
            out[key] = msgspec.structs.replace(known, note="; ".join(filter(None, (known.note, one.note))))
    return list(out.values())


def _moved(people: list[Attendance], told: Iterable[Passage]) -> tuple[Attendance, ...]:
    """The people with a note of when they came or went."""
    for sentence in told:
        for pattern in minute_words().moved:
            for match in compiled(pattern).finditer(folded(sentence.text)):
                people = [_noted(one, match) for one in people]
    return tuple(people)


def _noted(one: Attendance, match: re.Match[str]) -> Attendance:
    if not _same(one.name, match["who"]):
        return one
    said = " ".join(match.group()[match.start("what") - match.start() :].split())
    return msgspec.structs.replace(one, note="; ".join(filter(None, (one.note, said))))


def _same(name: str, said: str) -> bool:
    """Whether two prints of a name may be of one person: the same surname, and no other initial."""
    ours, theirs = party_key(name).split(), party_key(said).split()
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    return len(ours) == 1 or len(theirs) == 1 or ours[0][0] == theirs[0][0]
