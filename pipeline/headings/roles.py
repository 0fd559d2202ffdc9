"""What a column is for beside the others of its table: reports, outcomes, findings, and what no heading has told."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.headings.columns import Column, Headings
from pipeline.headings.looks import said_in
from pipeline.headings.words import plain
from pipeline.knowledge.vocabulary import Field, Look

_COMPANIONS: frozenset[Field] = frozenset({"owner", "deadline", "status", "actual_date", "decision", "rag"})
_NEARLY_ALL = 0.8
_FEW_WORDS = 6  # of a cell that only says how far something has come
_ACTED: frozenset[Field] = frozenset({"owner", "member", "deadline", "response", "decision", "status"})
_WHY_ASKED = re.compile(r"\bweakness(es)?\b")  # before anything was recommended
_PROPOSED = re.compile(r"\bpropos(?:als?|ed)\b")
_BARE_OUTCOMES = frozenset({"outcome", "outcomes"})
_LONGEST_TIME = 12  # words of a cell that tells a time and what for
_TIME = re.compile(
    r"\b(?:20)?\d\d\b|\b(?:spring|summer|autumn|winter|easter|christmas|tbc|none|n/a|immediate|ongoing|no date)\b",
    re.IGNORECASE,
)


def state_in_few_words(column: Column, look: Look, cells: Sequence[str]) -> Column:
    """A column of reports that are but a few words without a stop holds states, in an officer's own words too."""
    texts = said_in(cells)
    few = sum(len(text.split()) <= _FEW_WORDS and not text.endswith(".") for text in texts)
    brief = few >= _NEARLY_ALL * len(texts)
    if column.field != "update" or column.also or look != "unknown" or not brief:
        return column
    return msgspec.structs.replace(column, field="status", certainty="likely", also=("update",))


def times_of_delivery(columns: list[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Short cells of delivery ("Milestone") that nearly all tell a time are deadlines where no other column gives them."""
    if any("deadline" in column.fields for column in columns):
        return columns
    return [
        msgspec.structs.replace(c, field="deadline", certainty="likely")
        if c.field == "delivery" and _tell_times(said_in(below))
        else c
        for c, below in zip(columns, cells, strict=True)
    ]


def _tell_times(texts: Sequence[str]) -> bool:
    timed = sum(len(text.split()) <= _LONGEST_TIME and _TIME.search(text) is not None for text in texts)
    return timed >= _NEARLY_ALL * len(texts) > 1


def what_is_proposed(columns: list[Column]) -> list[Column]:
    """Proposals behind the recommendations are what is proposed to be done about them."""
    first = next((i for i, c in enumerate(columns) if c.field == "recommendation"), len(columns))
    held = {field for column in columns for field in column.fields}
    answers: Field = "response" if "action" in held else "action"
    return [
        msgspec.structs.replace(c, field=answers, certainty="likely", segment=answers)
        if c.field == "recommendation" and i > first and _PROPOSED.search(plain(c.printed))
        else c
        for i, c in enumerate(columns)
    ]


def what_came_of_it(columns: list[Column], looks: list[Look]) -> list[Column]:
    """An "Outcome" over short cells behind the text is a decision, a state or a remark on what came of it.

    In a log of actions that has no other report, it is the report, whose first line may be the state.
    """
    subject = Headings(tuple(columns), 0.0).subject
    held = {field for column in columns for field in column.fields}
    told = {"update", "action_taken", "status", "response", "comment"} & held
    if subject is not None and columns[subject].field == "action" and not told:
        columns = [
            msgspec.structs.replace(c, field="update", certainty="likely", also=("status",))
            if c.field == "outcome"
            and i > subject
            and looks[i] == "prose"
            and plain(c.printed) in _BARE_OUTCOMES
            else c
            for i, c in enumerate(columns)
        ]
    return [
        msgspec.structs.replace(c, field="status", certainty="likely", also=("decision", "update"))
        if c.field == "outcome"
        and plain(c.printed) in _BARE_OUTCOMES
        and looks[i] in ("unknown", "status")
        and subject is not None
        and i > subject
        else c
        for i, c in enumerate(columns)
    ]


def evidence_as_report(columns: list[Column], looks: list[Look]) -> list[Column]:
    """Where no other column reports or answers, the evidence behind the text does."""
    subject = Headings(tuple(columns), 0.0).subject
    held = {field for column in columns for field in column.fields}
    if subject is None or held & {
        "update",
        "action_taken",
        "response",
        "response_action",
        "comment",
        "action",
    } - {columns[subject].field}:
        return columns
    return [
        msgspec.structs.replace(c, field="update", certainty="likely")
        if c.field == "evidence" and i > subject and looks[i] in ("prose", "unknown")
        else c
        for i, c in enumerate(columns)
    ]


def what_was_found(columns: list[Column], looks: list[Look]) -> list[Column]:
    """Findings, feedback or conclusions behind who acts, when, or what was answered tell how far things have come."""
    subject = Headings(tuple(columns), 0.0).subject
    if subject is None or columns[subject].field == "issue" or _holds(columns, "update"):
        return columns
    acted = next((i for i, c in enumerate(columns) if i > subject and _ACTED & set(c.fields)), len(columns))
    return [
        msgspec.structs.replace(c, field="update", certainty="likely")
        if c.field == "issue"
        and i > acted
        and looks[i] in ("prose", "unknown")
        and not _WHY_ASKED.search(plain(c.printed))
        else c
        for i, c in enumerate(columns)
    ]


def _holds(columns: Sequence[Column], field: Field) -> bool:
    return any(field in column.fields for column in columns)


def made_to(columns: list[Column], looks: list[Look]) -> list[Column]:
    """Where no column says who is to act, those to whom the recommendations were made are."""
    if any(field in ("owner", "member", "support") for column in columns for field in column.fields):
        return columns
    return [
        msgspec.structs.replace(c, also=(*c.also, "owner"))
        if c.field == "addressed_to" and look == "owner"
        else c
        for c, look in zip(columns, looks, strict=True)
    ]


def by_place(columns: list[Column], looks: list[Look]) -> list[Column]:
    """Columns behind the text of the row that nothing has told yet, from the look of their cells and what is still missing.

    Who and when, where the table says neither; the first prose is the answer behind a decision, before who and when
    what will be done, and behind them how far it has come.
    """
    subject = Headings(tuple(columns), 0.0).subject
    held = {field for column in columns for field in column.fields}
    if subject is None or columns[subject].field == "issue" or not held & _COMPANIONS:
        return columns
    out = list(columns)
    for i, column in enumerate(columns):
        told = (
            i > subject
            and column.field == "other"
            and column.certainty == "unsure"
            and column.printed.strip()
        )
        field = _missing(looks[i], held, out[:i]) if told else None
        if field is not None:
            out[i] = msgspec.structs.replace(column, field=field)
            held.add(field)
    return out


def _missing(look: Look, held: set[Field], before: Sequence[Column]) -> Field | None:
    """What a column of that look is for in a table that holds these fields, with these columns before it."""
    if look == "owner" and not held & {"owner", "member"}:
        return "owner"
    if look == "date" and not held & {"deadline", "revised_deadline", "actual_date"}:
        return "deadline"
    if look != "prose" or held & {"response", "response_action"}:
        return None
    passed = {field for column in before for field in column.fields}
    if passed & {"owner", "deadline", "status", "rag"}:
        return None if held & {"update", "action_taken", "comment"} else "update"
    if "decision" in passed:
        return "response"
    return None if held & {"action", "update", "action_taken"} else "action"
