"""What is known of how minutes are written, loaded from minutes.yml and checked once."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from pipeline.knowledge.vocabulary import check_patterns, load

AttendanceRole = Literal["present", "apologies", "substitute", "officer", "in_attendance"]


class RoleLabels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of the headings over names of one role."""

    role: AttendanceRole
    labels: tuple[str, ...]


class Openers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a decision: words in capitals that may be spelled out, words as in a sentence, and labels."""

    labels: tuple[str, ...]
    spelled: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()


class StatusWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns by which minutes say that they are a draft, or approved."""

    draft: tuple[str, ...]
    approved: tuple[str, ...]


class Sides(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """Headings over the names of those who voted one way."""

    for_: tuple[str, ...]
    against: tuple[str, ...]
    abstain: tuple[str, ...]
    absent: tuple[str, ...]


class MinuteWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of minutes.yml; what each list is for stands there."""

    attendance: tuple[RoleLabels, ...]
    apologies: tuple[str, ...]
    no_apologies: tuple[str, ...]
    substitutions: tuple[str, ...]
    moved: tuple[str, ...]
    roles: frozenset[str]
    officer_roles: frozenset[str]
    honours: frozenset[str]
    titles: tuple[str, ...]
    member_titles: frozenset[str]
    outside_titles: frozenset[str]
    not_people: tuple[str, ...]
    particles: frozenset[str]
    not_items: tuple[str, ...]
    own_titles: tuple[str, ...]
    agenda_item: tuple[str, ...]
    agenda_item_behind: tuple[str, ...]
    closed: tuple[str, ...]
    after_the_end: tuple[str, ...]
    start_time: tuple[str, ...]
    end_time: tuple[str, ...]
    place: tuple[str, ...]
    status: StatusWords
    meeting_of: tuple[str, ...]
    meeting_kinds: tuple[str, ...]
    decided: Openers
    recommended: Openers
    acting: Openers
    advises: tuple[str, ...]
    bodies: tuple[str, ...]
    plain_decision: str
    proposed_decision: str
    proposed_only: str
    movers: tuple[str, ...]
    put_result: str
    carried: str
    amendment: str
    following_agreed: str
    not_decided: tuple[str, ...]
    fronted: tuple[str, ...]
    sides: Sides
    result_line: str
    result_alone: str
    unanimous: str
    hands: str
    chosen: str
    counts: tuple[str, ...]
    put_to_vote: str
    paragraph_said: str
    motion_heads: tuple[str, ...]
    motion_aside: tuple[str, ...]
    not_owners: tuple[str, ...]
    owner_headings: tuple[str, ...]
    everyone: frozenset[str]
    channels: frozenset[str]
    actors: tuple[str, ...]
    undertook: tuple[str, ...]
    asked: tuple[str, ...]
    due_tail: str
    owner_in_brackets: str
    owner_label: str
    due: tuple[str, ...]
    due_label: str
    declared: tuple[str, ...]
    welsh: frozenset[str]
    english: frozenset[str]


_PLAIN = {
    "roles",
    "officer_roles",
    "honours",
    "titles",
    "member_titles",
    "outside_titles",
    "particles",
    "bodies",
}
_PLAIN |= {"everyone", "channels", "actors", "undertook", "welsh", "english"}


@functools.cache
def minute_words() -> MinuteWords:
    """minutes.yml, its patterns checked. Raises KnowledgeError, naming file and key."""
    words = load("minutes", MinuteWords)
    for key in MinuteWords.__struct_fields__:
        value = getattr(words, key)
        if isinstance(value, str):
            check_patterns("minutes.yml", key, [value.replace("{bodies}", "x")])
        elif key not in _PLAIN and isinstance(value, tuple) and all(isinstance(one, str) for one in value):
            check_patterns("minutes.yml", key, value)
    for entry in words.attendance:
        check_patterns("minutes.yml", f"attendance.{entry.role}", entry.labels)
    for name in ("decided", "recommended", "acting"):
        check_patterns("minutes.yml", f"{name}.labels", getattr(words, name).labels)
    for side in Sides.__struct_fields__:
        check_patterns("minutes.yml", f"sides.{side}", getattr(words.sides, side))
    return words
