"""What the cells of one recommendation say: each column read by its field."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from extract.colours import hue_name
from extract.shapes import Cell, Mark, Row
from pipeline.headings import Column, read_banner
from pipeline.knowledge.language import decisions
from pipeline.nlp.abbreviations import Abbreviations
from pipeline.nlp.bodies import Bodies
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.decisions import read_decision
from pipeline.nlp.progress import read_progress
from pipeline.nlp.rating_keys import BASIC, colour_names
from pipeline.nlp.ratings import Key, read_rating
from pipeline.passages import Passage
from pipeline.records import Rag, Stated, less_sure
from pipeline.understanding.groups import Group, in_one
from pipeline.understanding.ticked_options import TICKS

_DECIDED_BY_STATUS = frozenset({"accepted", "accepted_in_part", "accepted_in_principle", "rejected"})
_AND_STATE = re.compile(r"[ .]*|\s*(?:[-–—,;:/]|and\b).{0,40}", re.DOTALL)  # "Accepted", "Accepted – in hand"
_FOOTNOTED = re.compile(r"([A-Za-z][A-Za-z ,]{1,40}?)(?:\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹*†‡])")
_LONGEST_VERDICT = 60  # letters of a sentence that is nothing but a verdict
_SECTION_LETTER = re.compile(
    r"^(?:(?:part|section|list) )?(?:[A-Z]|\d{1,2})[.):]?\s+(?:[–—-]\s+)?(?=[A-Z])", re.IGNORECASE
)
_COUNTED = re.compile(r"\s*[(\[]\d{1,2}[)\]]$")  # "Delivered (3)"
_LONGEST_STATE = 4  # words of a heading that is but a state
_OF_STATES = frozenset({"status", "assessment", "rag"})
OF_DAYS = frozenset({"deadline", "actual_date"})
_OWN_FIELDS = frozenset(
    {
        "reference", "recommendation", "response", "action", "response_action", "action_taken", "update", "comment",
        "outcome", "decision", "owner", "member", "support", "deadline", "revised_deadline", "actual_date", "status",
        "rag", "assessment", "priority", "issue",
    }
)  # fmt: skip


class Setting(msgspec.Struct, frozen=True):
    """What the language stage knows of the whole paper when it reads one cell."""

    anchor: Anchor
    earlier: Anchor  # by which texts that stood in an earlier paper are dated
    styles: frozenset[str]
    key: Key
    defined: Abbreviations
    bodies: Bodies
    told: bool = False  # whether an answer's sentences say who does what by when, as in letters and minutes
    tinted: frozenset[int] = frozenset()  # columns of the tracker at hand that pale tints rate
    slanted: frozenset[int] = frozenset()  # columns of it whose answers are italic and whose reports are not
    itemised: bool = False  # whether all titles in its column of items open with the item's number


def read_decided(group: Group, columns: Sequence[tuple[int, Column]]) -> Stated | None:
    """The decision of the columns that are for it, else one that is all a status says ("Rejected")."""
    if ticked := _ticked(group, columns):
        return ticked
    for at, column in columns:
        if "decision" in column.fields and (stated := _decided_in(in_one(group.passages(at)))):
            return stated
    for at, column in reversed(columns):
        if "status" not in column.fields:
            continue
        cell = in_one(group.passages(at))
        stated = read_decision(cell, column=False)
        if (
            stated
            and stated.value in _DECIDED_BY_STATUS
            and _AND_STATE.fullmatch(cell.text, len(stated.words))
        ):
            return stated
    return _opens_report(group, columns)


def _decided_in(cell: Passage) -> Stated | None:
    """The decision of a cell of decisions; what is on hold there is deferred."""
    noted = _FOOTNOTED.fullmatch(cell.text)  # "No" with the mark of a footnote
    if stated := read_decision(cell.part(0, noted.end(1)) if noted else cell, column=True):
        return stated
    waits = read_progress(cell, column=True)
    if waits is None or waits.value != "paused":
        return None
    return msgspec.structs.replace(waits, value="deferred", certainty="likely")


def _opens_report(group: Group, columns: Sequence[tuple[int, Column]]) -> Stated | None:
    """The decision that is a report's whole first sentence ("Not supported. ..."), where no column is for answers."""
    if any(column.segment in ("response", "comment") for _, column in columns):
        return None
    for at, column in columns:
        cell = in_one(group.passages(at)) if column.segment == "update" else Passage("")
        first = cell.text.find(".", 0, _LONGEST_VERDICT)
        stated = read_decision(cell.part(0, first), column=False) if first > 0 else None
        if stated and stated.value in _DECIDED_BY_STATUS and len(stated.words) == first:
            return msgspec.structs.replace(stated, certainty="likely")
    return None


def _ticked(group: Group, columns: Sequence[tuple[int, Column]]) -> Stated | None:
    """The decision of the column that is ticked, where each of several is headed by one ("Agree", "Do not agree")."""
    headed = [
        (at, stated)
        for at, column in columns
        if column.field in ("decision", "other") and (stated := _headed_by(column.printed))
    ]
    if len(headed) < 2:
        return None
    for at, stated in headed:
        cell = in_one(group.passages(at))
        drawn = any(mark.mark == "tick" for one in group.cells(at) for mark in one.marks)
        if drawn or cell.text.strip() in TICKS:
            return msgspec.structs.replace(stated, evidence=cell.evidence())
    return None


def _headed_by(printed: str) -> Stated | None:
    """The decision that a heading is, or the lower of two that stand one over the other: "Decision (please tick) Reject"."""
    words = printed.split()
    for start in range(len(words)):
        said = Passage.plain(" ".join(words[start:]))
        stated = read_decision(said, column=True)
        if stated and len(stated.words) == len(said.text):
            return stated
    return None


def read_status(group: Group, columns: Sequence[tuple[int, Column]], setting: Setting) -> Stated | None:
    """The progress that a status column states, else one that an update opens with; a committee's own is marked so.

    "Completed" in a deadline's cell is progress; "Ongoing" there is a time without an end. Comments tell of progress
    where no column is for it.
    """
    reporting = {column.segment for _, column in columns} & {"update", "response"}
    reports = "update" if reporting else "comment"
    found: list[Stated] = []
    for at, column in columns:
        own = not _OF_STATES.isdisjoint(column.fields)
        if not own and column.segment != reports and OF_DAYS.isdisjoint(column.fields):
            continue
        cell = in_one(group.passages(at))
        stated = read_progress(cell, own, setting.key) if cell.text else None
        if stated and stated.value == "not_applicable":  # says that there is none
            continue
        if stated and (own or stated.value == "complete" or "deadline" not in column.fields):
            by = "committee" if "assessment" in column.fields else "officer"
            stated = msgspec.structs.replace(
                stated, by=by, certainty=less_sure(stated.certainty, column.certainty)
            )
            found.insert(0, stated) if own else found.append(stated)
    return found[0] if found else None


def read_banner_status(*banners: Passage, by_state: bool = False) -> Stated | None:
    """The progress that the nearest words over a group's rows state: "Completed since the last meeting".

    `by_state` says that headings sort the rows by it, so that one may be no more than a state: "B. In hand".
    """
    for banner in banners:
        if value := read_banner(banner.text) or (_state_alone(banner) if by_state else None):
            known = "in_progress" if value == "extended" else value
            return Stated(known, " ".join(banner.text.split()), "officer", "likely", banner.evidence())
    return None


def is_state_alone(banner: Passage) -> bool:
    """Whether words over rows say how far something has come and nothing else."""
    return (read_banner(banner.text) or _state_alone(banner)) is not None


def _state_alone(banner: Passage) -> str | None:
    """The state that words over rows are, behind the letter of their section: "B. In hand"; None of any others."""
    said = _COUNTED.sub("", _SECTION_LETTER.sub("", " ".join(banner.text.split()))).strip(" .:")
    stated = (
        read_progress(Passage.plain(said), column=True) if 0 < len(said.split()) <= _LONGEST_STATE else None
    )
    return stated.value if stated and len(stated.words) == len(said) else None


@functools.cache
def _taken_by() -> re.Pattern[str]:
    """Who decided, behind a verdict: "Accepted by the Executive"."""
    return re.compile(rf"\s+by (?:{'|'.join(decisions().bodies)})$", re.IGNORECASE)


def read_banner_decision(banner: Passage) -> Stated | None:
    """The decision that words over rows are and nothing else, with or without who took it: "B. Accepted by Cabinet"."""
    said = _COUNTED.sub("", _SECTION_LETTER.sub("", " ".join(banner.text.split()))).strip(" .:")
    words = _taken_by().sub("", said)
    stated = read_decision(Passage.plain(words), column=True) if words else None
    if stated is None or len(stated.words) != len(words):
        return None
    return msgspec.structs.replace(stated, words=said, certainty="likely", evidence=banner.evidence())


def read_rag(group: Group, columns: Sequence[tuple[int, Column]], setting: Setting) -> Rag | None:
    """The rating of the columns that may hold one, by word or by sign; of several ("Q4", "Q1") the last that holds one."""
    shared = _banding(group)
    for at, column in sorted(columns, key=lambda one: ("rag" in one[1].fields, one[0]), reverse=True):
        number = column.field == "reference" and at in setting.tinted
        if number or not _OF_STATES.isdisjoint(column.fields):
            marks = [
                m
                for cell in group.cells(at)
                for m in (*cell.marks, *(_pale(cell) if at in setting.tinted else ()))
                if m.kind != "fill" or m.colour not in shared
            ]
            rated = "rag" in column.fields
            said = Passage("") if number else in_one(group.passages(at))
            if rag := read_rating(said, marks, setting.key, rated):
                return rag
    return None


def tinted_columns(rows: Sequence[Row], columns: Sequence[Column]) -> frozenset[int]:
    """The columns of states or ratings whose cells are tinted in two basic colours or more, pale as they may be.

    Where the table has none, a column of numbers may be tinted so.
    """
    rated = {i for i, column in enumerate(columns) if not _OF_STATES.isdisjoint(column.fields)}
    rated = rated or {i for i, column in enumerate(columns) if column.field == "reference"}
    seen: dict[int, set[str]] = {}
    for cell in (cell for row in rows for cell in row.cells if cell.fill):
        if cell.column in rated:
            seen.setdefault(cell.column, set()).add(_tint(cell))
    return frozenset(column for column, hues in seen.items() if len(hues & BASIC) > 1)


def _pale(cell: Cell) -> Iterator[Mark]:
    """The tint of a cell as a sign, where it is too pale to be one by itself."""
    tint = _tint(cell)
    if cell.fill and tint in {*BASIC, "blue"} and not any(mark.kind == "fill" for mark in cell.marks):
        place = cell.places[0]
        yield Mark("fill", cell.fill, tint, place.box, place.page)


def _tint(cell: Cell) -> str:
    """The rating colour that a cell's tint is nearest to; "" for white, grey and colours that rate nothing."""
    return colour_names().get(hue_name(cell.fill), "") if cell.fill else ""


def _banding(group: Group) -> frozenset[str]:
    """Background colours that more than one column of the rows has: they tell rows apart and rate nothing."""
    seen: dict[str, set[int]] = {}
    for row in group.rows:
        for cell in row.cells:
            if cell.fill:
                seen.setdefault(cell.fill, set()).add(cell.column)
    return frozenset(colour for colour, columns in seen.items() if len(columns) > 1)


def other_fields(group: Group, columns: Sequence[tuple[int, Column]]) -> Iterator[tuple[str, str]]:
    """(heading, text) of the columns that have no field of their own, so that their words are kept."""
    for at, column in columns:
        if not _OWN_FIELDS.issuperset(column.fields) and (text := in_one(group.passages(at)).text):
            yield column.printed.replace("\n", " ") or f"column {at + 1}", text
