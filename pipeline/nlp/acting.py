"""Decides whether a party said in a text acts: does, did or will do something, or is asked to."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.nlp.clauses import (
    NOBODY,
    WHO,
    after,
    behind_modifier,
    goes_on,
    grammar,
    infinitive,
    left_of,
    sentence_start,
    skip,
    verb_at,
)
from pipeline.nlp.mentions import Mention
from pipeline.nlp.tokens import SENTENCE_END, Tokens
from pipeline.nlp.verbs import may_be_verb, verbs

BETWEEN = frozenset({"and", "&", ",", "/", "the", "both", "or", "as", "well", "along", "with", "together"})
PEOPLE = frozenset({"person", "member"})
BODIES = frozenset({"body", "team", "partnership", "abbreviation"})
COULD = frozenset({"can", "ca", "could"})
DASHES = frozenset({"–", "—", "-"})


def acting(tokens: Tokens, mentions: Sequence[Mention]) -> tuple[bool, ...]:
    """For each mention whether it acts; parties joined by 'and', a comma or a slash act together."""
    out = [False] * len(mentions)
    for first, last in chains(tokens, mentions):
        if _acts(tokens, mentions[first], mentions[last]):
            out[first : last + 1] = [True] * (last + 1 - first)
        elif (
            last > first
            and _is_subject(tokens, mentions[last], mentions[last])
            and _after_comma(tokens, mentions[last])
        ):
            out[last] = True
    for i in range(1, len(mentions)):
        _hand_over(tokens, mentions, i, out)
    return tuple(acts and not mention.possessive for acts, mention in zip(out, mentions, strict=True))


def _hand_over(tokens: Tokens, mentions: Sequence[Mention], i: int, out: list[bool]) -> None:
    """What a mention's deed says of another: 'the Forum, whose members offered', 'Ada took up the post of Tree Officer'."""
    start = mentions[i].start
    if out[i] and start and tokens.small[start - 1] == "whose":
        out[i - 1], out[i] = True, False
    elif not out[i] and out[i - 1] and mentions[i - 1].sort in PEOPLE:
        out[i] = _takes_office(tokens, mentions[i - 1].end, start)


def _takes_office(tokens: Tokens, end: int, start: int) -> bool:
    """Whether between a person and a post stands 'took up the new post of'."""
    between, g = tokens.small[end:start], grammar()
    return (
        len(between) > 2
        and between[-1] == "of"
        and between[-2] in g.offices
        and any(word in g.takes_office for word in between)
        and not any(word in SENTENCE_END for word in between)
    )


def _after_comma(tokens: Tokens, mention: Mention) -> bool:
    before = mention.start - 1
    while before >= 0 and tokens.small[before] in grammar().before | BETWEEN - {","}:
        before -= 1
    return before >= 0 and tokens.small[before] == ","


def chains(tokens: Tokens, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """First and last of mentions that stand in one list: 'X, Y and Z', 'X/Y', a person and the post after it."""
    found: list[tuple[int, int]] = []
    for i, mention in enumerate(mentions):
        if found and _listed_with(tokens, mentions[i - 1], mention):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _listed_with(tokens: Tokens, before: Mention, mention: Mention) -> bool:
    end = left_of(tokens, mention.start) + 1 if mention.common else mention.start
    gap = tokens.small[before.end : end]
    return bool(gap) and all(word in BETWEEN for word in gap) and gap[0] not in {"the", "with"}


def _acts(tokens: Tokens, first: Mention, last: Mention) -> bool:
    return _is_made_to_act(tokens, first, last) or _is_subject(tokens, first, last)


def _is_made_to_act(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """'expected by X', 'working with X', 'will ask X to', 'for X to', 'due to X taking'."""
    g, i = grammar(), left_of(tokens, first.start)
    if i < 0 or ((last.common or last.sort == "part") and _is_modifier(tokens, last.end)):
        return False
    before, following = tokens.small[i], tokens.small[last.end] if last.end < len(tokens.small) else ""
    if before == "by":
        return _by(tokens, i, last) and not any(word in g.vague for word in tokens.small[i : first.start])
    if _shares(tokens, i, last) or _says_who(tokens, last):
        return True
    if following == "to" and _is_asked(before, last):
        return infinitive(tokens, last.end)
    doing = following in g.doing and following in verbs().doing
    return doing and last.sort != "group" and before in g.prepositions


def _shares(tokens: Tokens, i: int, mention: Mention) -> bool:
    """Whether the words up to `i` say that a deed was done with, at or through the party."""
    g, before, recent = grammar(), tokens.small[i], tokens.small[max(0, i - 3) : i]
    if before == "with" and _made_together(recent):
        return True
    if before == "at" and recent and recent[-1] in g.made_at:
        return mention.sort in BODIES and not mention.possessive
    if mention.sort == "group":
        return False
    if before == "with":
        return any(word in g.joint_work for word in recent)
    if before in {"through", "via"} and recent:
        return recent[-1] == "place" or recent[-1] in verbs().past
    return before == "alongside"


def _is_modifier(tokens: Tokens, end: int) -> bool:
    """Whether a common noun only opens a longer one: 'by the school gates'."""
    word = tokens.small[end] if end < len(tokens.small) else "."
    g = grammar()
    known = word in g.prepositions or word in g.before or word in g.adverbs or word in BETWEEN
    return word.isalpha() and not (
        known or may_be_verb(word) or word in WHO or word in {"that", "when", "but", "so"}
    )


def _by(tokens: Tokens, i: int, mention: Mention) -> bool:
    """Whether 'by' at `i` names the doer: of anything for a body, of a deed said before it for people."""
    if not mention.common and mention.sort != "group":
        return i > 0
    before = tokens.small[sentence_start(tokens, i) : i]
    if mention.sort != "group" and mention.sort in BODIES:
        return bool(before)
    return any(word in verbs().passive for word in before)


def _made_together(recent: tuple[str, ...]) -> bool:
    """'agreed with X', 'drawn up with X': X has done it too."""
    made = grammar().made_with
    return bool(recent) and (recent[-1] in made or recent[-2:] == ("drawn", "up"))


def _is_asked(before: str, mention: Mention) -> bool:
    """Whether the word before a party makes it act with 'to' behind it; common nouns are made so by what directs alone."""
    if mention.common:
        return before in verbs().directing
    return before in verbs().asking or before in {"for", "with"}


def _says_who(tokens: Tokens, mention: Mention) -> bool:
    """Whether 'who' or 'which' and what the party does follow: 'the Monitoring Officer, who advised'.

    Behind a common noun a comma is needed: 'drivers who park here' says which, not what they do.
    """
    i, small = mention.end, tokens.small
    if mention.loose and small[i : i + 1] != (",",):
        return False
    i += small[i : i + 1] == (",",)
    return (
        i < len(small)
        and small[i] in WHO
        and verb_at(tokens, skip(tokens, i + 1), plural=mention.plural or not mention.loose)
    )


def _is_subject(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """Whether the parties stand before a verb of which they are the subject."""
    i = left_of(tokens, first.start)
    before = tokens.small[i] if i >= 0 else ""
    if before in grammar().prepositions and not tokens.opens_sentence(first.start):
        return _takes_up(tokens, last)
    place = after(tokens, last.end + _closes_apposition(tokens, first, last))
    if last.loose and not _is_object(tokens, i):
        place = behind_modifier(tokens, place)
    if place >= len(tokens.small) or _is_no_deed(tokens, i, first, last, place):
        return False
    if before in grammar().conditions or (before in grammar().while_ and not tokens.opens_sentence(i)):
        return _in_the_past(tokens, place)
    plural = first is not last or last.plural
    return (
        verb_at(tokens, place, plural, last.loose)
        or goes_on(tokens, place, plural)
        or _takes_up(tokens, last)
        or _labels(tokens, first, last)
    )


def _is_no_deed(tokens: Tokens, i: int, first: Mention, last: Mention, place: int) -> bool:
    """Whether what stands before a subject, from `i` on, takes its verb at `place` the force of a deed."""
    g, before = grammar(), tokens.small[i] if i >= 0 else ""
    pointing = tokens.small[i + 1 : first.start]
    if (
        before in NOBODY
        or any(word in NOBODY for word in pointing)
        or (before in g.reasons and tokens.small[place] in COULD)
    ):
        return True
    if not last.loose:
        return False
    return (
        (_only_tells_which(tokens, before, last) and tokens.small[max(0, i - 1) : i] != ("it",))
        or ("that" in pointing and _says_which(before, tokens.small[place]))
        or (tokens.small[place] == "to" and _is_object(tokens, i))
    )


def _only_tells_which(tokens: Tokens, before: str, mention: Mention) -> bool:
    """'to be partners in', 'those who pay': a common noun that says what somebody is, or is told apart by what it does."""
    following = tokens.small[mention.end : mention.end + 1]
    return before in grammar().bes or following == ("that",) or (bool(following) and following[0] in WHO)


def _says_which(before: str, verb: str) -> bool:
    """Whether 'that' between these words only says which thing is meant: 'the hours that parents want'."""
    return verb in verbs().plain and before.isalpha() and before != "so" and not may_be_verb(before)


def _is_object(tokens: Tokens, i: int) -> bool:
    """Whether the word at `i` before a party is a verb that takes it: 'will count visitors on'."""
    return i >= 0 and not tokens.opens_sentence(i + 1) and may_be_verb(tokens.small[i])


def _in_the_past(tokens: Tokens, place: int) -> bool:
    """Whether a plain past form stands at `place`: 'when the contractor left' tells a deed, 'once it has met' none."""
    return tokens.small[place] in verbs().past and verb_at(tokens, place, plural=False)


def _closes_apposition(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """Whether a comma goes back to the first party: 'Jane Doe, Head of Libraries, has …', 'X, along with Y, will …'."""
    if first is last or tokens.small[last.end : last.end + 1] != (",",):
        return False
    g, following = grammar(), tokens.small[last.end + 1 : last.end + 2]
    helper = bool(following) and (
        following[0] in g.modals or following[0] in g.haves or following[0] in g.bes or following[0] == "to"
    )
    return helper or (first.sort in PEOPLE and last.sort in {"post", "bare_post"})


def _takes_up(tokens: Tokens, mention: Mention) -> bool:
    """'With Jane Doe now in post': a named person who has taken up a task."""
    i = skip(tokens, mention.end)
    return mention.sort in PEOPLE and any(
        tokens.small[i : i + len(said)] == said for said in grammar().takes_up
    )


def _labels(tokens: Tokens, first: Mention, last: Mention) -> bool:
    """'JC: to draft the letter', 'St Wilfrid's – railings installed': the party stands before its task like a label."""
    i = last.end
    if first is not last or not tokens.opens_sentence(first.start) or i + 1 >= len(tokens.small):
        return False
    if tokens.small[first.start] == "st" or last.name.endswith(("'s", "’s")):
        return tokens.small[i] in DASHES
    return last.sort in {"person", "member", "initials"} and (
        tokens.small[i] == ":" or tokens.small[i] in DASHES
    )
