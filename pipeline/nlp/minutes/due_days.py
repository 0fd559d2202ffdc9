"""The words by which minutes say when an action is due, as days counted from the day of the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from extract.shapes import Problem
from pipeline.nlp.dates import Anchor
from pipeline.nlp.deadlines import read_deadlines
from pipeline.passages import Passage
from pipeline.records import AgendaItem, MinuteAction

_SOURCE = "meeting date"


class Dated(msgspec.Struct, frozen=True):
    """Items whose actions have their deadlines, and what is doubtful in them."""

    items: tuple[AgendaItem, ...]
    problems: tuple[Problem, ...] = ()


def with_days(items: Sequence[AgendaItem], held_on: str | None) -> Dated:
    """The items with the deadlines of their actions; `held_on` is the day of the meeting (ISO) where it is known.

    Without it no year is told that is not printed. Words that are no time that is known are a problem.
    """
    anchor = Anchor(dt.date.fromisoformat(held_on), held_on, _SOURCE) if held_on else Anchor()
    problems: list[Problem] = []
    dated = [
        msgspec.structs.replace(
            item, actions=tuple(_dated(action, anchor, problems) for action in item.actions)
        )
        for item in items
    ]
    return Dated(tuple(dated), tuple(problems))


def _dated(action: MinuteAction, anchor: Anchor, problems: list[Problem]) -> MinuteAction:
    """The action with the deadlines that its words of time give; doubts join `problems`, with the action's place."""
    if not action.due:
        return action
    read = read_deadlines(Passage.plain(action.due), anchor)
    place = next(iter(action.evidence.places), None) if action.evidence else None
    problems += [
        msgspec.structs.replace(one, page=place.page, box=place.box) if place else one
        for one in read.problems
    ]
    return msgspec.structs.replace(action, deadlines=read.values)
