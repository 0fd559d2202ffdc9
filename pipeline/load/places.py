"""Councils, committees, parties and reviews of a paper: found by their keys, added where they are new."""

from __future__ import annotations

from extract.shapes import Problem
from models import tables
from pipeline.keys import (
    NOT_PRINTED,
    council_key,
    identity,
    party_key,
    plain,
    subject_key,
)
from pipeline.load.advice import day_of
from pipeline.load.sheet import Sheet, writable
from pipeline.load.values import Reading
from pipeline.records import Meeting, Part

# Kinds of paper that go on from meeting to meeting: without a subject they are the committee's own list.
STANDING_LISTS = {"tracker", "action_log"}


class Places:
    """The shared rows that one paper needs, gathered on a sheet.

    Names of an unknown council are kept apart by document: nobody is taken for a namesake elsewhere.
    """

    def __init__(self, sheet: Sheet, reading: Reading) -> None:
        self.sheet = sheet
        self.reading = reading
        self.problems: list[Problem] = []
        self._seen = set[str]()

    def council(self, printed: str | None) -> str:
        """The id of a council: the one given by the settings, else the one printed, else 'not printed'."""
        given = self.reading.given.council
        if given and printed and council_key(given) != council_key(printed):
            self._note_problem("council_differs", f"The settings say {given!r}.", printed)
        name = given or printed
        key = council_key(name) if name else NOT_PRINTED
        council_id = identity("council", key)
        known = key != NOT_PRINTED
        self._add_once(
            tables.Council, id=council_id, key=key, name=name if known else None, is_known=int(known)
        )
        return council_id

    def committee(self, council_id: str, printed: str | None) -> str | None:
        """The id of a committee, None where none is printed or given."""
        name = printed or self.reading.given.committee
        if not name or not plain(name):
            return None
        key = self._scoped(council_id, plain(name))
        committee_id = identity("committee", council_id, key)
        self._add_once(tables.Committee, id=committee_id, council_id=council_id, key=key, name=name)
        return committee_id

    def party(self, council_id: str, name: str, printed: str, kind: str = "unknown") -> str:
        """The id of a person, post or body; what is printed is kept as one of its aliases."""
        key = self._scoped(council_id, party_key(name) or writable(name))
        party_id = identity("party", council_id, key)
        self.sheet.add(tables.Party, id=party_id, council_id=council_id, key=key, name=name, kind=kind)
        self.sheet.add(tables.PartyAlias, party_id=party_id, printed=printed)
        return party_id

    def review(self, part: Part, position: int, council_id: str, committee_id: str | None) -> str:
        """The id of the review that a paper's recommendations belong to.

        One without a printed subject is the document's own: papers are not joined by a guess.
        """
        subject = part.metadata.review
        if self.unknown(council_id) or not (subject and subject_key(subject)):
            if part.kind in STANDING_LISTS and committee_id and not self.unknown(council_id):
                key = f"list of committee: {committee_id} {part.kind}"
            else:
                key = f"document: {self.reading.document_id}" + (f" part {position}" if position > 1 else "")
                self._note_problem(
                    "review_not_printed", "No council and subject to know the review by.", part.title
                )
        else:
            key = f"subject: {subject_key(subject)}"
        review_id = identity("review", council_id, key)
        self._add_once(tables.Review, id=review_id, council_id=council_id, key=key, papers=0)
        return review_id

    def meeting_review(self, council_id: str, part: Part, meeting: Meeting) -> str:
        """The id of the review that the recommendations of minutes belong to: one for each meeting of a committee.

        One without a committee and a day is the document's own. Drafts and approved minutes of a meeting share one.
        """
        committee_id = self.committee(council_id, meeting.committee or part.metadata.committee)
        day = day_of(meeting)
        if committee_id and day and not self.unknown(council_id):
            key = f"meeting: {committee_id} {day}"
        else:
            key = f"document: {self.reading.document_id} minutes"
        review_id = identity("review", council_id, key)
        self._add_once(tables.Review, id=review_id, council_id=council_id, key=key, papers=0)
        return review_id

    def unknown(self, council_id: str) -> bool:
        """Whether a council is the row that stands for 'not printed'."""
        return council_id == identity("council", NOT_PRINTED)

    def _scoped(self, council_id: str, key: str) -> str:
        return f"{key} in {self.reading.document_id}" if self.unknown(council_id) else key

    def _add_once(self, model: type[tables.Base], **values: str | int | None) -> None:
        if values["id"] not in self._seen:
            self._seen.add(str(values["id"]))
            self.sheet.add(model, **values)

    def _note_problem(self, code: str, message: str, words: str | None) -> None:
        problem = Problem(code, message, words=words or "")
        if problem not in self.problems:
            self.problems.append(problem)
