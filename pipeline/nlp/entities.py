"""Finds the people and bodies that a recommendation's answers say, and which of them act."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.nlp.abbreviations import NONE_DEFINED, Abbreviations
from pipeline.nlp.acting import acting
from pipeline.nlp.agents import find_agents, joined_mentions
from pipeline.nlp.bodies import NO_BODIES, Bodies, entity_key, last_head
from pipeline.nlp.mentions import Mention, find_mentions
from pipeline.nlp.names import kind_of, kind_of_sort, lexicon, tidy
from pipeline.nlp.tokens import read_tokens
from pipeline.passages import Passage
from pipeline.records import Entity


def find_entities(
    passages: Iterable[tuple[str, Passage]], defined: Abbreviations = NONE_DEFINED, bodies: Bodies = NO_BODIES
) -> tuple[Entity, ...]:
    """The parties said in the passages of one recommendation, each given as (kind, passage), in printed order.

    One entity a party: it acts where any of its mentions does. `bodies` joins the spellings of the whole paper.
    """
    found: dict[str, Entity] = {}
    said_last: dict[str, str] = {}
    for _, passage in passages:
        tokens = read_tokens(passage.text)
        mentions = joined_mentions(tokens, find_mentions(tokens, bodies.words), find_agents(tokens))
        for mention, acts in zip(mentions, acting(tokens, mentions), strict=True):
            name = _name(mention, acts, said_last, bodies)
            if name is None:
                continue
            said_last[last_head(name, bodies.shorts)] = name
            key = entity_key(name, bodies.shorts)
            key = bodies.same.get(key, key)
            kept = bodies.names.get(key, defined.resolve(name))
            found[key] = _joined(found.get(key), Entity(kept, mention.name, _kind(mention, kept), acts))
    return tuple(found.values())


def _joined(before: Entity | None, now: Entity) -> Entity:
    """One entity of two mentions of a party: what was printed first is kept, but an acting mention is the better one."""
    if before is None:
        return now
    return now if now.acting and not before.acting else before


def _name(mention: Mention, acts: bool, said_last: dict[str, str], bodies: Bodies) -> str | None:
    """The party that a mention names; a bare head means the party said last with that head; None for nobody."""
    name = tidy(mention.name)
    if mention.common:
        return _common_name(mention, name, acts, said_last, bodies)
    if mention.sort == "group":
        return _group(name)
    if mention.bare:
        head = last_head(name, bodies.shorts)
        known = (
            said_last.get(head) or said_last.get("sub" if head == "group" else head) or bodies.heads.get(head)
        )
        own = _stands_alone(name) or (acts and (" " in name or name in lexicon().lone_bodies))
        return known or (name[:1].upper() + name[1:] if own else None)
    if mention.sort in {"part", "initials"} or (mention.sort in {"post", "bare_post"} and name.islower()):
        return name if acts else None
    return name


def _common_name(
    mention: Mention, name: str, acts: bool, said_last: dict[str, str], bodies: Bodies
) -> str | None:
    """The party that a common noun names where it acts; a lone one means the party said last with that head."""
    if mention.sort == "group":
        return _group(name) if acts else None
    head = last_head(name, bodies.shorts)
    if mention.bare:
        return said_last.get(head, name) if acts else None
    said_last[head] = name
    return name if acts else None


def _kind(mention: Mention, name: str) -> str:
    kind = kind_of_sort(mention.sort)
    return kind_of(name) if kind == "unknown" and mention.sort != "part" else kind


def _group(name: str) -> str:
    """A group by its plain name: 'all schools' are 'Schools'."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in {"all", "our", "the", "local"}:
        words = words[1:]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def _stands_alone(name: str) -> bool:
    return name.lower() in lexicon().lone_bodies and name[:1].isupper()
