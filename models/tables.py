"""All tables at one address, in the order in which rows can be written."""

from __future__ import annotations

from sqlalchemy import Table

from models.base import Base
from models.corrections import Correction
from models.documents import Document, DocumentLocation, Extraction, Part
from models.evidence import Evidence, Problem, Unassigned
from models.minutes import (
    Action,
    AgendaItem,
    Attendance,
    Declaration,
    Minutes,
    Motion,
    Resolution,
    Vote,
    VoteName,
)
from models.parties import Assignment, Party, PartyAlias
from models.places import Committee, Council, Meeting
from models.recommendations import (
    Deadline,
    Mention,
    Observation,
    PrintedField,
    Recommendation,
    Review,
    Segment,
    Status,
)
from models.runs import Run
from models.standings import SchemaState, SearchText, Standing, StandingOwner

metadata = Base.metadata


def table(model: type[Base]) -> Table:
    """The Core table of a model, for inserts and queries over many rows."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


__all__ = [
    "Action", "AgendaItem", "Assignment", "Attendance", "Base", "Committee", "Correction", "Council", "Deadline",
    "Declaration", "Document", "DocumentLocation", "Evidence", "Extraction", "Meeting", "Mention", "Minutes", "Motion",
    "Observation", "Part", "Party", "PartyAlias", "PrintedField", "Problem", "Recommendation", "Resolution", "Review",
    "Run", "SchemaState", "SearchText", "Segment", "Standing", "StandingOwner", "Status", "Unassigned", "Vote",
    "VoteName", "metadata", "table",
]  # fmt: skip
