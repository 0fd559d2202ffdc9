"""Minutes as rows: the meeting, who was there, the items with all that was decided under them."""

from __future__ import annotations

from extract.shapes import Problem
from models import tables
from pipeline.keys import identity
from pipeline.load.advice import day_of, decisions_of
from pipeline.load.places import Places
from pipeline.load.sheet import Sheet, whole
from pipeline.load.summary import due_of
from pipeline.records import (
    AgendaItem,
    Attendance,
    Decision,
    Declaration,
    Meeting,
    MinuteAction,
    Motion,
    Vote,
)

_KINDS = {"resolution": "resolved", "recommendation": "recommended", "agreement": "agreed"}


def add_minutes(sheet: Sheet, places: Places) -> None:
    """Rows for the meeting of a file and all its items; none where the file is no minutes."""
    paper = places.reading.paper
    if not (paper.meeting or paper.items or paper.attendance):
        return
    meeting = paper.meeting or Meeting()
    council_id = places.council(meeting.council or paper.metadata.council)
    meeting_id = _add_meeting(sheet, places, council_id, meeting)
    for position, somebody in enumerate(paper.attendance, 1):
        _add_attendance(sheet, places, (council_id, meeting_id, position), somebody)
    for position, item in enumerate(paper.items, 1):
        _Item(sheet, places, council_id, f"{places.reading.extraction_id}.i{position}", item).add(
            meeting_id, position
        )


def _add_meeting(sheet: Sheet, places: Places, council_id: str, meeting: Meeting) -> str:
    """The row of a sitting: that of committee and day, or the document's own where either is not known."""
    committee_id = places.committee(council_id, meeting.committee)
    day = day_of(meeting)
    document_id = places.reading.document_id
    if committee_id and day and not places.unknown(council_id):
        key = f"{committee_id} {day}"
    else:
        key = f"document: {document_id}"
        message = "No council, committee and day to know the meeting by."
        places.problems.append(Problem("meeting_not_printed", message, words=meeting.date or ""))
    meeting_id = identity("meeting", council_id, key)
    sheet.add(
        tables.Meeting, id=meeting_id, council_id=council_id, committee_id=committee_id, key=key, held_on=day
    )
    sheet.add(
        tables.Minutes,
        extraction_id=places.reading.extraction_id,
        meeting_id=meeting_id,
        start_time=meeting.start_time,
        end_time=meeting.end_time,
        place=meeting.place,
        status=meeting.status,
        language=meeting.language,
    )
    return meeting_id


def _add_attendance(sheet: Sheet, places: Places, where: tuple[str, str, int], somebody: Attendance) -> None:
    council_id, meeting_id, position = where
    row_id = f"{places.reading.extraction_id}.a{position}"
    sheet.add(
        tables.Attendance,
        id=row_id,
        extraction_id=places.reading.extraction_id,
        meeting_id=meeting_id,
        party_id=places.party(council_id, somebody.name, somebody.name, "person"),
        position=position,
        name=somebody.name,
        role=somebody.role,
        note=somebody.note,
    )
    sheet.evidence(places.reading, (tables.Attendance, row_id, "name"), somebody.evidence)


class _Item:
    """Adds one agenda item and what stands under it."""

    def __init__(self, sheet: Sheet, places: Places, council_id: str, item_id: str, item: AgendaItem) -> None:
        self.sheet = sheet
        self.places = places
        self.council_id = council_id
        self.id = item_id
        self.item = item

    def add(self, meeting_id: str, position: int) -> None:
        self.sheet.add(
            tables.AgendaItem,
            id=self.id,
            extraction_id=self.places.reading.extraction_id,
            meeting_id=meeting_id,
            position=position,
            number=self.item.number,
            minute_number=self.item.minute_number,
            title=self.item.title,
            first_page=min(self.item.pages, default=None),
        )
        self.sheet.evidence(self.places.reading, (tables.AgendaItem, self.id, "title"), self.item.evidence)
        decisions = decisions_of(self.item)
        for kind in _KINDS:
            for number, decision in enumerate((d for d in decisions if d.kind == kind), 1):
                self._decision(number, decision)
        for number, motion in enumerate(self.item.motions, 1):
            self._motion(number, motion)
        for number, declaration in enumerate(self.item.declarations, 1):
            self._declaration(number, declaration)
        for number, action in enumerate(self.item.actions, 1):
            self._action(number, action)
        for number, vote in enumerate(self.item.votes, 1):
            self._vote(number, vote)

    def _decision(self, position: int, decision: Decision) -> None:
        row_id = f"{self.id}.{_KINDS[decision.kind]}{position}"
        self.sheet.add(
            tables.Resolution,
            id=row_id,
            agenda_item_id=self.id,
            kind=_KINDS[decision.kind],
            position=position,
            text=decision.text,
            ref=decision.ref,
            lead=decision.lead or None,
            addressed_to=decision.to,
        )
        found = (decision.evidence, self.item.evidence)
        self.sheet.evidence(self.places.reading, (tables.Resolution, row_id, "text"), *found)

    def _motion(self, position: int, motion: Motion) -> None:
        row_id = f"{self.id}.m{position}"
        self.sheet.add(
            tables.Motion,
            id=row_id,
            agenda_item_id=self.id,
            position=position,
            kind=motion.kind,
            text=motion.text,
            proposer=motion.proposer,
            seconder=motion.seconder,
            result=motion.result,
        )
        found = (motion.evidence, self.item.evidence)
        self.sheet.evidence(self.places.reading, (tables.Motion, row_id, "text"), *found)

    def _declaration(self, position: int, declaration: Declaration) -> None:
        row_id = f"{self.id}.n{position}"
        self.sheet.add(
            tables.Declaration,
            id=row_id,
            agenda_item_id=self.id,
            party_id=self.places.party(self.council_id, declaration.name, declaration.name, "person"),
            position=position,
            name=declaration.name,
            text=declaration.text,
        )
        found = (declaration.evidence, self.item.evidence)
        self.sheet.evidence(self.places.reading, (tables.Declaration, row_id, "text"), *found)

    def _action(self, position: int, action: MinuteAction) -> None:
        row_id = f"{self.id}.x{position}"
        due = due_of(action.deadlines)
        self.sheet.add(
            tables.Action,
            id=row_id,
            agenda_item_id=self.id,
            position=position,
            text=action.text,
            owner=action.owner,
            due=action.due,
            due_earliest=due.earliest,
            due_latest=due.latest,
            due_inferred_from=due.inferred_from or None,
            certainty=action.certainty,
        )
        found = (action.evidence, self.item.evidence)
        self.sheet.evidence(self.places.reading, (tables.Action, row_id, "text"), *found)
        if action.due:
            self.sheet.evidence(self.places.reading, (tables.Action, row_id, "due"), None, *found)
        if action.owner:
            self._action_owner(row_id, action.owner)
            subject = (tables.Assignment, f"{row_id}.o1", "printed")
            self.sheet.evidence(self.places.reading, subject, None, *found)

    def _action_owner(self, action_id: str, owner: str) -> None:
        self.sheet.add(
            tables.Assignment,
            id=f"{action_id}.o1",
            action_id=action_id,
            party_id=self.places.party(self.council_id, owner, owner),
            position=1,
            role="lead",
            printed=owner,
            certainty="likely",
        )

    def _vote(self, position: int, vote: Vote) -> None:
        row_id = f"{self.id}.v{position}"
        self.sheet.add(
            tables.Vote,
            id=row_id,
            agenda_item_id=self.id,
            position=position,
            motion=vote.motion,
            result=vote.result,
            votes_for=whole(vote.for_),
            votes_against=whole(vote.against),
            abstentions=whole(vote.abstain),
            proposer=vote.proposer,
            seconder=vote.seconder,
        )
        for side, names in sorted(vote.names.items()):
            for number, name in enumerate(names, 1):
                self.sheet.add(tables.VoteName, vote_id=row_id, side=side, position=number, name=name)
        found = (vote.evidence, self.item.evidence)
        self.sheet.evidence(self.places.reading, (tables.Vote, row_id, "motion"), *found)
