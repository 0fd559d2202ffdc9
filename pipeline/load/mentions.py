"""What the texts of a recommendation name: dates, bodies, other recommendations, paragraphs."""

from __future__ import annotations

from collections.abc import Mapping

from models import tables
from pipeline.keys import reference_key
from pipeline.load.places import Places
from pipeline.load.sheet import Sheet
from pipeline.records import DateSpan, Entity, Evidence, Recommendation


class _Mentions:
    """Adds mentions of one observation, each with the place of the text that names it."""

    def __init__(self, sheet: Sheet, places: Places, one: Recommendation, observation_id: str) -> None:
        self.sheet = sheet
        self.places = places
        self.one = one
        self.observation_id = observation_id

    def add(self, kind: str, position: int, words: str, **values: str | int | None) -> None:
        row_id = f"{self.observation_id}.{kind}{position}"
        self.sheet.add(
            tables.Mention,
            id=row_id,
            observation_id=self.observation_id,
            kind=kind,
            position=position,
            words=words,
            **values,
        )
        self.sheet.evidence(self.places.reading, (tables.Mention, row_id, "words"), None, self._place(words))

    def date(self, position: int, date: DateSpan) -> None:
        self.add(
            "date",
            position,
            date.words,
            value=date.edtf,
            is_deadline=int(date.deadline),
            earliest=date.earliest,
            latest=date.latest,
            inferred_from=date.inferred_from,
        )

    def entity(self, position: int, entity: Entity) -> None:
        self.add(
            "entity",
            position,
            entity.printed,
            value=entity.name,
            sort=entity.kind,
            is_acting=int(entity.acting),
        )

    def _place(self, words: str) -> Evidence | None:
        """The place of the segment that holds `words`, else of the whole recommendation."""
        segments = (segment.evidence for segment in self.one.segments if words and words in segment.text)
        return next((found for found in segments if found and found.places), self.one.evidence)


def add_mentions(
    sheet: Sheet, places: Places, one: Recommendation, observation_id: str, targets: Mapping[str, str]
) -> None:
    """Rows for all that a recommendation names; `targets` gives the recommendation a reference leads to."""
    mentions = _Mentions(sheet, places, one, observation_id)
    for position, date in enumerate(one.dates, 1):
        mentions.date(position, date)
    for position, entity in enumerate(one.entities, 1):
        mentions.entity(position, entity)
    for position, reference in enumerate(one.cross_references, 1):
        target = targets.get(reference_key(reference.ref) or "")
        mentions.add(
            "cross_reference", position, reference.words, value=reference.ref, recommendation_id=target
        )
    for position, paragraph in enumerate(one.paragraph_refs, 1):
        mentions.add("paragraph", position, paragraph, value=paragraph)
    for position, name in enumerate(one.addressed_to, 1):
        mentions.add("addressed_to", position, name, value=name)
