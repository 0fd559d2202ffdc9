"""Who acts and by when: as columns and labels say, else as the sentences of the answers do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Problem
from pipeline.headings import Column
from pipeline.nlp.deadlines import announced_deadlines
from pipeline.nlp.lead_sentences import acting_leads, closing_leads, leads_in, times_to_come
from pipeline.passages import Passage
from pipeline.records import Deadline, Owner, Segment
from pipeline.understanding.cells import Setting
from pipeline.understanding.groups import Group
from pipeline.understanding.who_and_when import DEADLINE_ROLES, WHO, read_due, read_parties, read_tasks

_ANSWERS = frozenset({"response", "action"})


class Led(msgspec.Struct, frozen=True):
    """Who acts and by when, the doubts of it, and the segments without those that said nothing else."""

    segments: tuple[Segment, ...]
    owners: tuple[Owner, ...]
    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]


def read_leads(
    group: Group,
    columns: Sequence[tuple[int, Column]],
    text: Passage,
    segments: tuple[Segment, ...],
    setting: Setting,
) -> Led:
    """Of one group of rows; a column that is filled and says neither is believed, and its answers are not asked."""
    owners = read_parties(group, columns, setting)
    deadlines, problems = read_due(group, columns, setting)
    if not owners and not deadlines:
        segments, owners, deadlines = read_tasks(segments, setting)
    filled = {field for at, column in columns for field in column.fields if group.passages(at)}
    unnamed, undated = filled.isdisjoint(WHO), filled.isdisjoint(DEADLINE_ROLES)
    if not owners and unnamed:
        owners, led = _led(segments, setting)
        deadlines = deadlines or (led if undated else ())
    if not deadlines and undated:
        deadlines = tuple(_announced(text, segments, setting))
    return Led(segments, owners, deadlines, problems)


def _led(segments: Sequence[Segment], setting: Setting) -> tuple[tuple[Owner, ...], tuple[Deadline, ...]]:
    """Who the answers say leads, and by when, where the tracker has no column for either."""
    owners: list[Owner] = []
    deadlines: list[Deadline] = []
    for segment in segments:
        if segment.kind not in _ANSWERS:
            continue
        said = Passage.plain(segment.text)
        leads = [*leads_in(said, setting.anchor, setting.defined, setting.told)]
        if not leads and segment.kind == "action":
            leads = [*acting_leads(said, setting.anchor, setting.defined)]
        if not leads and (segment.kind == "action" or setting.told):
            leads = [*closing_leads(said, setting.anchor, setting.defined)]
        owners += [
            msgspec.structs.replace(owner, evidence=segment.evidence) for one in leads for owner in one.owners
        ]
        due = [lead.deadline for lead in leads if lead.deadline]
        if not due and setting.told:
            due = [*times_to_come(said, setting.anchor)]
        deadlines += [msgspec.structs.replace(value, evidence=segment.evidence) for value in due]
    return tuple(owners), tuple(deadlines)


def _announced(text: Passage, segments: Sequence[Segment], setting: Setting) -> Iterator[Deadline]:
    """The deadlines that the texts announce, where the tracker has no column for them."""
    yield from announced_deadlines(text, setting.anchor).values
    for segment in segments:
        for value in announced_deadlines(Passage.plain(segment.text), setting.anchor).values:
            yield msgspec.structs.replace(value, evidence=segment.evidence)
