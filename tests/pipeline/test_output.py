"""The JSON of `read`: nothing that was understood is left out, and forms are as promised."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from extract.errors import LimitReached
from extract.shapes import Box, Cell, Document, Line, PageInfo, Place, Problem, Row, Table, Word
from pipeline.output import not_read, read_line, tables_line, tables_not_read
from pipeline.records import (
    AgendaItem,
    Attendance,
    Coverage,
    CrossReference,
    DateSpan,
    Deadline,
    Entity,
    Evidence,
    Meeting,
    Metadata,
    MinuteAction,
    OfficerName,
    OtherDate,
    Owner,
    Paper,
    Part,
    Rag,
    Recommendation,
    Segment,
    Stated,
    Unassigned,
    Vote,
)

BOX = Box(1.0, 2.0, 3.0, 4.0)


def evidence(words: str) -> Evidence:
    return Evidence((Place(7, BOX),), words)


def span(words: str, earliest: str | None, latest: str | None, deadline: bool = False) -> DateSpan:
    return DateSpan(words, "edtf-" + words, earliest, latest, "inferred-" + words, deadline)


METADATA = Metadata(
    title="m-title",
    subtitle="m-subtitle",
    council="m-council",
    committee="m-committee",
    review="m-review",
    date=span("m-date", "2021-10-01", "2021-10-31"),
    stage="m-stage",
    lead_officers=(OfficerName("m-officer", "m-behalf"),),
    cabinet_member="m-member",
    other_dates=(OtherDate("m-what", span("m-other", "2021-01-27", "2021-01-27")),),
    rag_key={"m-red": "m-meaning"},
    evidence={"m-field": evidence("m-evidence")},
)
RECOMMENDATION = Recommendation(
    text="r-text",
    number=41,
    ref="r-ref",
    title="r-title",
    paragraph_refs=("r-paragraph",),
    addressed_to=("r-addressed",),
    decision=Stated("r-accepted", "r-agreed", "executive", "likely", evidence("r-decision-evidence")),
    status=Stated("r-complete", "r-done", "officer", "certain", evidence("r-status-evidence")),
    rag=Rag("r-amber", "r-label", "#ffc000", "r-scheme", "circle", evidence("r-rag-evidence")),
    priority="r-priority",
    segments=(
        Segment(
            "r-kind", "r-segment", "r-marker", span("r-sd", None, "2021-01-01"), evidence("r-se"), "unsure"
        ),
    ),
    owners=(
        Owner(
            "r-owner", "r-printed", "r-post-kind", "support", "r-post", "r-behalf", "likely", evidence("r-oe")
        ),
        Owner("r-owner", "r-printed-again"),
    ),
    deadlines=(
        Deadline(
            "r-by", "date", "target", "r-edtf", None, "2022-06-30", None, "r-from", "likely", evidence("r-de")
        ),
        Deadline("r-late", "date", "revised", "r-edtf2", "2022-09-01", "2022-09-30"),
        Deadline("r-when", "date", "actual", "r-edtf3", "2022-08-02", "2022-08-02"),
        Deadline("r-each", "recurring", "target", recurrence="r-annual"),
    ),
    dates=(
        span("r-said", "2021-03-01", "2021-03-31", deadline=True),
        span("r-on", "2021-04-01", "2021-04-30"),
    ),
    entities=(
        Entity("r-acts", "r-acts-printed", "r-body"),
        Entity("r-idle", "r-idle-printed", "r-x", acting=False),
    ),
    cross_references=(CrossReference("r-cross", "r-cross-words"),),
    section="r-section",
    fields={"r-column": "r-value"},
    pages=(7, 8),
    evidence=evidence("r-evidence"),
    certainty="likely",
)
PAPER = Paper(
    file="p-file",
    sha256="p-sha256",
    kind="p-kind",
    kind_reason="p-reason",
    reader="p-reader",
    metadata=METADATA,
    papers=(Part("pp-kind", "pp-reason", (7, 8), "pp-title", Metadata(review="pp-review")),),
    recommendations=(RECOMMENDATION,),
    meeting=Meeting(
        "g-council", "g-committee", "g-date", "g-start", "g-end", "g-place", "g-status", "g-language"
    ),
    attendance=(
        Attendance("a-present", "present", "a-note", evidence("a-evidence")),
        Attendance("a-substitute", "substitute"),
        Attendance("a-sorry", "apologies"),
        Attendance("a-officer", "officer"),
    ),
    items=(
        AgendaItem(
            "i-number",
            "i-title",
            "i-minute",
            ("i-resolved",),
            ("i-recommended",),
            (MinuteAction("i-action", "i-owner", "i-due", "likely", evidence("i-ae")),),
            (
                Vote(
                    "v-motion", "v-result", 51, 52, 53, {"for": ["v-name"]}, "v-by", "v-with", evidence("v-e")
                ),
            ),
            (9,),
            evidence("i-evidence"),
        ),
    ),
    problems=(Problem("q-code", "q-message", 6, "q-words", BOX),),
    unassigned=(Unassigned("u-words", "u-reason", 5, BOX),),
    coverage=Coverage(61, 62, 63, 64, 65, 66),
    page_count=67,
)


@pytest.fixture(scope="module")
def line() -> Any:
    return json.loads(msgspec.json.encode(read_line("a/file.pdf", PAPER)))


def words_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {word for part in value.values() for word in words_in(part)}
    if isinstance(value, list):
        return {word for part in value for word in words_in(part)}
    return {str(value)}


def test_every_word_and_number_that_was_understood_is_in_the_json(line: Any) -> None:
    understood = {
        word for word in words_in(json.loads(msgspec.json.encode(PAPER))) if "-" in word[:3] or word.isdigit()
    }
    assert len(understood) > 100
    assert understood - words_in(line) == {"p-file"}  # the file is named as it was asked for


def test_a_value_shows_its_page_its_box_and_its_words(line: Any) -> None:
    shown = line["recommendations"][0]["decision_details"]["evidence"]
    assert shown == {"places": [{"page": 7, "box": [1.0, 2.0, 3.0, 4.0]}], "words": "r-decision-evidence"}


def test_names_stand_once_and_only_those_that_act_are_entities(line: Any) -> None:
    rec = line["recommendations"][0]
    assert rec["owners"] == ["r-owner"]
    assert rec["entities"] == ["r-acts"]


def test_decision_progress_and_rating_are_three_things(line: Any) -> None:
    rec = line["recommendations"][0]
    assert (rec["decision"], rec["rag"]) == ("r-accepted", "r-amber")
    assert (rec["status"]["raw"], rec["status"]["normalised"]) == ("r-done", "r-complete")


def test_dates_have_a_start_and_an_end_and_a_deadline_said_in_a_text_has_an_open_start(line: Any) -> None:
    rec = line["recommendations"][0]
    assert [(date["start"], date["end"]) for date in rec["dates"]] == [
        (None, "2021-03-31"),
        ("2021-04-01", "2021-04-30"),
    ]
    assert rec["expected"] == {"start": None, "end": "2022-06-30"}
    assert rec["revised"] == {"start": "2022-09-01", "end": "2022-09-30"}
    assert rec["actual"] == {"start": "2022-08-02", "end": "2022-08-02"}
    assert (rec["timeline"]["kind"], rec["timeline"]["end"]) == ("date", "2022-09-30")


def test_a_papers_date_is_a_day_or_a_span(line: Any) -> None:
    assert line["metadata"]["date"] == {"start": "2021-10-01", "end": "2021-10-31"}
    on_a_day = Paper("x", "y", "z", "", "1", Metadata(date=span("d", "2021-10-05", "2021-10-05")))
    assert json.loads(msgspec.json.encode(read_line("x", on_a_day)))["metadata"]["date"] == "2021-10-05"


def test_a_recommendation_names_the_inquiry_of_its_own_paper(line: Any) -> None:
    assert line["recommendations"][0]["inquiry"] == "pp-review"


def test_who_was_there_and_who_was_not(line: Any) -> None:
    assert line["present"] == ["a-present", "a-substitute"]
    assert line["apologies"] == ["a-sorry"]
    assert line["items"][0]["votes"][0]["for"] == 51


def test_read_and_none_found_is_another_answer_than_not_read() -> None:
    none_found = read_line("x.pdf", Paper("x.pdf", "y", "other", "", "1"))
    failed = not_read("x.pdf", LimitReached("memory"))
    assert none_found.outcome == "read_none_found"
    assert (failed.outcome, failed.coverage) == ("limit: memory", None)
    assert failed.problems[0].message.startswith("reading needed more memory than a document may. ")
    assert tables_not_read("x.pdf", LimitReached("pages")).outcome == "limit: pages"


def test_a_table_is_printed_as_the_grid_drawn_on_its_page() -> None:
    word = Word("Lead", BOX, 3)
    cell = Cell(0, 1, (Line((word,)), Line((word,))), (Place(3, BOX),))
    table = Table((Row((cell,), (3,)),), 2, (Place(3, BOX),), "ruled", "the best")
    document = Document("x.pdf", "y", "1", (PageInfo(3, 1.0, 1.0, "table"),), page_tables=(table,))
    [printed] = tables_line("x.pdf", document).tables
    assert (printed.page, printed.rows, printed.flavour) == (3, [["", "Lead\nLead"]], "ruled")
