"""Fields from the cells below: where the words of a heading are missing, unknown or leave doubt."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence

import msgspec

from pipeline.headings.asking import ask_most
from pipeline.headings.columns import (
    Column,
    Headings,
    as_headings,
    as_owner,
    bare_date,
    is_of_scrutiny,
)
from pipeline.headings.looks import MOST, look_of, most_are, said_in
from pipeline.headings.roles import (
    by_place,
    evidence_as_report,
    made_to,
    state_in_few_words,
    times_of_delivery,
    what_came_of_it,
    what_is_proposed,
    what_was_found,
)
from pipeline.headings.words import plain
from pipeline.knowledge.vocabulary import Field, Look, heading_words
from pipeline.records import Certainty

PROSE: tuple[Field, ...] = ("response", "update", "comment")
_REMARKS = re.compile(r"\b(?:comment|remark|observation)s?\b")
_GRADES: frozenset[Look] = frozenset({"status", "rag", "decision", "priority"})
ALONE: Mapping[Look, Field] = {
    "date": "deadline",
    "owner": "owner",
    "reference": "reference",
    "status": "status",
    "decision": "decision",
    "rag": "rag",
    "priority": "priority",
    "recommendation": "recommendation",
}
_TOLD_BY_LOOK: frozenset[Look] = frozenset({"owner", "date", "status", "decision", "rag"})
_MAY_ASK: frozenset[Field] = frozenset(
    {"other", "issue", "origin", "area", "report_title", "addressed_to", "measure"}
)
_DONE = re.compile(r"\b(matters?|actions?|tasks?|jobs?|steps?|items?|works?)\b")
_DAY = re.compile(r"\W*\d{1,2}(?:st|nd|rd|th)?[ ./-](?:[a-z]{3,9}|\d{1,2})[ ./-](?:20)?\d{2}\b")
_FOUND = re.compile(r"\b(found|findings?|heard|evidence|weakness(es)?|issues?|concerns?|conclu\w+)\b")
_AHEAD = re.compile(r"(what )?(happens |comes )?next|to do|still to do|plans?")
OVER_TEXTS: frozenset[Field] = frozenset({"recommendation", "action", "issue", "response", "response_action"})


def columns_by_content(columns: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Fields for columns without headings, told from their cells; every one is `unsure`, `other` where nothing tells.

    Prose is only told beside a column of recommendations ("That …"): the first the response, then update and comment.
    """
    looks = [look_of(cells) for cells in columns]
    prose = list(PROSE) if "recommendation" in looks else []
    told: list[Field] = []
    for look in looks:
        field = _field_of(look, prose)
        told.append("other" if field in told and field not in ("deadline", "owner") else field)
    return as_headings([Column(field, "", "unsure") for field in told]).columns


def settle(headings: Headings, rows: Sequence[Sequence[str]]) -> Headings:
    """The headings, corrected where the cells of `rows` (below the header) speak against or beyond the words.

    A column with no or an unknown heading gets a field (`unsure`); "Completed" over dates is the actual date; "Target" over
    words is a measure; "Recs" over sentences are the recommendations; a table without a recommendation or action column may have its text under "Item" or no heading.
    """
    told = [row for row in rows if sum(map(bool, row)) > 1] or rows  # not what stands over all columns
    cells = [[row[i] for row in told if i < len(row)] for i in range(len(headings.columns))]
    looks = [look_of(column) for column in cells]
    spread = _over_numbers(list(headings.columns), looks)
    columns = [
        _corrected(c, _graded(c, look, below) if c.field == "assessment" else look)
        for c, look, below in zip(spread, looks, cells, strict=True)
    ]
    columns = _answers_by_verdicts(what_is_proposed(columns), cells)
    columns = _measures_as_actions(columns, looks)
    columns = bare_date(_with_subject(as_owner(_bare_verdicts(columns, looks)), looks, cells))
    columns = [
        state_in_few_words(c, look, below) for c, look, below in zip(columns, looks, cells, strict=True)
    ]
    columns = times_of_delivery(columns, cells)
    columns = what_was_found(what_came_of_it(columns, looks), looks)
    columns = made_to(evidence_as_report(columns, looks), looks)
    held = {field for column in columns for field in column.fields}
    subject = Headings(tuple(columns), 0.0).subject or 0
    filled = [
        c if _found_before(c, i < subject) else _filled(c, look, held, below)
        for i, (c, look, below) in enumerate(zip(columns, looks, cells, strict=True))
    ]
    told_all = [
        state_in_few_words(c, look, below)
        for c, look, below in zip(by_place(filled, looks), looks, cells, strict=True)
    ]
    return as_headings(told_all) if rows else headings


def _graded(column: Column, look: Look, cells: Sequence[str]) -> Look:
    """How the first lines of assessments look, as below a grade may stand why it was given; of longer remarks that open with none, prose."""
    first = look_of([text.split("\n", 1)[0] for text in cells])
    remarks = _REMARKS.search(plain(column.printed)) and first not in _GRADES
    return "prose" if remarks and look in ("prose", "recommendation") else first


def _measures_as_actions(columns: list[Column], looks: Sequence[Look]) -> list[Column]:
    """Bare "Measures" of some length, and milestones with who and when beside them, are what is to be done where no other column is."""
    held = {field for column in columns for field in column.fields}
    if held & {"action", "response_action"}:
        return columns
    measured = "delivery" not in held
    told = {"owner", "deadline"} <= held and "recommendation" not in held
    out = []
    for column, look in zip(columns, looks, strict=True):
        bare = (
            column.field == "measure" and measured and plain(column.printed) == "measures" and look == "prose"
        )
        milestone = column.field == "delivery" and told and look in ("prose", "unknown")
        acts = bare or milestone
        out.append(msgspec.structs.replace(column, field="action", certainty="likely") if acts else column)
    return out


def _bare_verdicts(columns: list[Column], looks: Sequence[Look]) -> list[Column]:
    """Answers that are nothing but verdicts are decisions where another column answers, or comments that are not scrutiny's own say why."""
    told = [
        i
        for i, c in enumerate(columns)
        if (c.field == "comment" and not is_of_scrutiny(c.printed)) or c.field == "response"
    ]
    return [
        msgspec.structs.replace(c, field="decision")
        if c.field == "response" and looks[i] == "decision" and set(told) - {i}
        else c
        for i, c in enumerate(columns)
    ]


def _answers_by_verdicts(columns: list[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Reports whose first lines are verdicts ("Supported" over the reasons) are answers, where no other column answers."""
    if {"response", "decision"} & {field for column in columns for field in column.fields}:
        return columns
    return [
        msgspec.structs.replace(
            c, field="response", certainty="likely", also=("decision", *c.also), segment="response"
        )
        if c.field == "update" and look_of([text.split("\n", 1)[0] for text in below]) == "decision"
        else c
        for c, below in zip(columns, cells, strict=True)
    ]


def _field_of(look: Look, prose: list[Field]) -> Field:
    if look == "prose":
        return prose.pop(0) if prose else "other"
    return "other" if look in ("empty", "unknown") else ALONE[look]


def _corrected(column: Column, look: Look) -> Column:
    if column.printed.strip().lower() == "target" and look in ("prose", "unknown"):
        return msgspec.structs.replace(column, field="measure", certainty="unsure")
    if column.stage and column.field == "report_title" and look in ("prose", "unknown"):
        return msgspec.structs.replace(column, field="update", certainty="likely")  # "Report to June 2023"
    if column.field == "decision" and look == "prose":
        return msgspec.structs.replace(column, field="response", also=("decision", *column.also))
    if column.field == "status" and "comment" in column.also and look == "prose":
        return msgspec.structs.replace(column, field="update", also=("status", *column.also))
    if look == "status" and plain(column.printed) in ("outcome", "outcomes"):
        return column  # what it is depends on the other columns
    told = _BY_LOOK.get((column.field, look))
    if told == ("update", "likely") and plain(column.printed) == "outstanding":
        told = ("action", "likely")  # what is still to be done
    both = column.field in ("owner", "deadline")  # "Who and when"
    if column.field == "owner" and look in ("prose", "unknown") and plain(column.printed) == "delivery":
        return msgspec.structs.replace(column, field="delivery", certainty="likely")
    if told is None or (both and told[0] in column.also):
        return column
    return msgspec.structs.replace(column, field=told[0], certainty=told[1])


# What a heading's field becomes where the cells below speak against it.
_BY_LOOK: Mapping[tuple[Field, Look], tuple[Field, Certainty]] = {
    ("status", "date"): ("actual_date", "likely"),
    ("issue", "status"): ("status", "likely"),
    ("issue", "rag"): ("rag", "likely"),
    ("recommendation", "decision"): ("decision", "likely"),
    ("issue", "decision"): ("decision", "likely"),
    ("status", "prose"): ("update", "likely"),
    ("origin", "recommendation"): ("recommendation", "likely"),
    ("outcome", "date"): ("deadline", "likely"),
    ("outcome", "decision"): ("decision", "likely"),
    ("outcome", "status"): ("status", "likely"),
    ("delivery", "date"): ("deadline", "likely"),
    ("decision", "date"): ("decision_date", "likely"),
    ("addressed_to", "date"): ("decision_date", "likely"),
    ("addressed_to", "recommendation"): ("recommendation", "likely"),
    ("addressed_to", "prose"): ("recommendation", "likely"),
    ("owner", "date"): ("deadline", "unsure"),
    ("deadline", "owner"): ("owner", "likely"),
    ("assessment", "prose"): ("comment", "likely"),
    ("report_title", "reference"): ("reference", "likely"),
    ("measure", "reference"): ("reference", "likely"),
    ("action", "reference"): ("reference", "likely"),
    ("recommendation", "reference"): ("reference", "likely"),
    ("area", "reference"): ("reference", "likely"),
    ("reference", "prose"): ("recommendation", "unsure"),
    ("reference", "recommendation"): ("recommendation", "unsure"),
    ("area", "priority"): ("priority", "likely"),
    ("update", "status"): ("status", "likely"),
    ("update", "decision"): ("decision", "likely"),
    ("update", "rag"): ("rag", "likely"),
    ("update", "date"): ("other", "unsure"),
    ("comment", "status"): ("status", "likely"),
    ("decision", "status"): ("status", "likely"),
}


def _over_numbers(columns: list[Column], looks: list[Look]) -> list[Column]:
    """Where a heading stands over the numbers of its texts and the texts have none, it is theirs: "Actions" over "1.1 | Hire ..."."""
    out = list(columns)
    for i, (column, beside) in enumerate(itertools.pairwise(columns)):
        texts = looks[i] == "reference" and looks[i + 1] in ("prose", "recommendation", "unknown")
        if texts and column.field in OVER_TEXTS and not beside.printed.strip():
            held = any("reference" in one.fields for one in columns)
            number: Field = "reference" if column.field == "recommendation" and not held else "other"
            out[i] = Column(number, column.printed, "likely")
            out[i + 1] = column
    return out


def _with_subject(columns: list[Column], looks: list[Look], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Where no column is the text of the row, one of prose without a heading is, of "That ...", of items, of an unknown heading.

    An issue is the text of its row unless a column before it is called what was asked for. Above all the one is that
    mostly asks for something, whatever its heading.
    """
    held = {field for column in columns for field in column.fields}
    companions: set[Field] = {"owner", "deadline", "status", "actual_date", "update", "decision", "response"}
    if "decision" in held:
        companions.add("comment")  # says why
    like = sum(c.field == "other" and look in _TOLD_BY_LOOK for c, look in zip(columns, looks, strict=True))
    if held & {"recommendation", "action"} or len(held & companions) + like < 2:
        return columns
    asking = next(
        (
            i
            for i, (c, below) in enumerate(zip(columns, cells, strict=True))
            if c.field in _MAY_ASK and ask_most(below)
        ),
        None,
    )
    if asking is not None:
        heading = plain(columns[asking].printed)
        said = looks[asking] == "recommendation"
        done = not said and (not heading or _DONE.search(heading))
        field: Field = "action" if done else "recommendation"
        asked = msgspec.structs.replace(columns[asking], field=field, certainty="unsure")
        return [*columns[:asking], asked, *columns[asking + 1 :]]
    if len(held & companions) < 2:
        return columns
    wanted: tuple[Look, ...] = ("prose", "recommendation", "unknown")
    called = {i: _called_text(c.printed, looks[i]) for i, c in enumerate(columns) if c.field == "other"}
    named = next((i for i, field in called.items() if field), None)
    issue = next((i for i, c in enumerate(columns) if c.field == "issue"), None)
    if named is not None and (issue is None or named < issue):
        told = msgspec.structs.replace(columns[named], field=called[named], certainty="unsure")
        return [*columns[:named], told, *columns[named + 1 :]]
    if issue is not None:
        return columns
    blank = [i for i, c in enumerate(columns) if not c.printed.strip() and looks[i] in wanted]
    asking_that = [i for i, c in enumerate(columns) if c.field == "other" and looks[i] == "recommendation"]
    items = [i for i, c in enumerate(columns) if c.field == "report_title" and looks[i] in wanted[:2]]
    strange = [i for i, c in enumerate(columns) if c.field == "other" and looks[i] == "prose"]
    many = len(held & companions) > 2
    at = next(iter(blank or asking_that or items or (strange if many else [])), None)
    if at is None:
        return columns
    field = "recommendation" if looks[at] == "recommendation" else "action"
    text = msgspec.structs.replace(columns[at], field=field, certainty="unsure")
    return [*columns[:at], text, *columns[at + 1 :]]


def _found_before(column: Column, before: bool) -> bool:
    """Whether an unknown heading before the text tells what was found there, which is why it was asked for."""
    return before and _FOUND.search(plain(column.printed)) is not None


def _filled(column: Column, look: Look, held: set[Field], cells: Sequence[str]) -> Column:
    if column.field != "other" or column.certainty != "unsure" or look == "empty":
        return column
    pointed = _pointed_to(column.printed, look)
    answered = held & {"response", "response_action", "comment"} or _AHEAD.fullmatch(plain(column.printed))
    if pointed == "action" and "decision" in held and not answered:
        pointed = "response_action"  # what follows a decision says why, and what will be done
    if pointed and pointed not in held:
        return msgspec.structs.replace(column, field=pointed)
    if look == "unknown":
        return column
    if look == "prose":
        # Prose under an unknown heading is only taken for something where the heading carries a date, as an update does.
        return msgspec.structs.replace(column, field="update") if column.stage else column
    field = ALONE[look]
    if column.printed.strip() and not _tells(look, cells):
        return column
    return column if field in held else msgspec.structs.replace(column, field=field)


def _are_dated(cells: Sequence[str]) -> bool:
    """Whether most texts open with the day on which they were written: "12 January 2024: ..."."""
    texts = said_in(cells)
    return sum(bool(_DAY.match(text)) for text in texts) >= MOST * len(texts) > 0


def _tells(look: Look, cells: Sequence[str]) -> bool:
    """Whether cells tell their field even under an unknown heading; what a date or two words are for, only words tell."""
    if look == "reference":  # a code of its own in each row
        codes = said_in(cells)
        return len(set(codes)) == len(codes) > 1
    return look in ("status", "decision", "rag") or (look == "owner" and most_are("post", said_in(cells)))


def _called_text(printed: str, look: Look) -> Field | None:
    """The field of the row's own text that the words of an unknown heading point to."""
    found = _pointed_to(printed, look) if look in ("prose", "recommendation", "unknown") else None
    return found if found in ("recommendation", "action") else None


def _pointed_to(printed: str, look: Look) -> Field | None:
    """The field that the words of an unknown heading and the look of its cells point to together."""
    words = plain(printed)
    return next(
        (f for pattern, looks, f in _cues() if words and look in looks and pattern.search(words)), None
    )


@functools.cache
def _cues() -> tuple[tuple[re.Pattern[str], tuple[Look, ...], Field], ...]:
    return tuple((re.compile(cue.pattern), cue.looks, cue.field) for cue in heading_words().cues)
