"""What loading is asked for and what it answers."""

from __future__ import annotations

from typing import Literal

import msgspec

from pipeline.records import Paper

Change = Literal["new", "reread", "unchanged"]
Outcome = Literal["read", "read_none_found", "not_read"]


class Location(msgspec.Struct, frozen=True):
    """Where a document was found: the source that lists it, its path or web address there, and the day it came out."""

    path: str
    source: str = "folder"
    published_on: str | None = None


class Given(msgspec.Struct, frozen=True):
    """What the settings say of the place a paper came from, for papers that do not print it."""

    council: str | None = None
    committee: str | None = None


class Failure(msgspec.Struct, frozen=True):
    """A document that was not read: `cause` is a code of docs/errors.md, `sha256` is None where no bytes were had."""

    sha256: str | None
    reader: str
    cause: str
    message: str
    advice: str = ""


class LoadResult(msgspec.Struct, frozen=True):
    """What loading one document did. `change`: new, another reading of a known one, or nothing."""

    document_id: str
    extraction_id: str
    outcome: Outcome
    change: Change
    recommendations: int = 0
    agenda_items: int = 0
    problems: int = 0


class Reading(msgspec.Struct, frozen=True):
    """One paper about to be written, with the ids its rows hang on and a hash of all that was understood."""

    document_id: str
    extraction_id: str
    digest: str
    paper: Paper
    given: Given = Given()
    run_id: str | None = None
