"""Laws 1, 2, 3 and 6 over the whole reading: no word lost, evidence for every value, the same again, doubt said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.document import read
from extract.furniture import without_furniture
from extract.limits import Limits
from extract.pages import open_pdf
from extract.shapes import Box, Document, Table, Word
from pipeline.flow import understand
from pipeline.records import Evidence, Paper, Recommendation
from pipeline.understanding.trackers import sort_tables

MakeDocument = Callable[..., Document]

SUBJECTS = ["Recommendation", "Recommendations", "Action", "Recommendation and rationale"]
ANSWERS = [
    "Response", "Cabinet response", "Decision", "Action", "Actions taken", "Progress", "Update", "Latest position",
    "Status", "RAG", "Lead officer", "Owner", "Cabinet member", "Timescale", "Target date", "Revised date",
    "Completed", "Priority", "Comments", "Outcome", "Resources", "Evidence of success", "Committee", "Supported by",
]  # fmt: skip
TEMPLATES = [
    "{}", "{} {}", "{}\n{}", "{}\n\n{}", "{}. {}", "{}, {} and {}", "{} / {}", "{}; {}", "({})", "“{}”", "{}:", "– {}",
    "• {}\n\n• {}", "1. {}", "a) {}\n\nb) {}", "Agreed. {}", "{} agreed in part", "Not accepted: {}", "Response: {}",
    "Response: {}\n\nAction: {}", "Update\n\n{}", "{}\n\nUpdate – {}", "Actions:\n{}", "March 2016 {}", "{} by 4 May",
    "31 June {}", "Ongoing {}", "Ongoing", "Complete", "Completed {}", "In progress – {}", "Green", "Amber {}", "Red",
    "Head of {}", "Head of {} and {}", "Jane {}", "Councillor {}", "{} (support)", "Lead: {}", "High", "N/A", "N/A {}",
    "TBC", "see recommendation 2 {}", "Recommendation 3: {}", "R4 {}", "(paragraph 4.2) {}", "{} {} {} {} {} {}",
]  # fmt: skip
SECTIONS = ["{}", "Theme 1: {}", "{} and {}", "Completed", "Ongoing {}", "(A) Completed items"]


class Drawn(msgspec.Struct, frozen=True):
    """Rows of a tracker, page by page."""

    pages: list[list[list[str]]]


def word(number: int) -> str:
    """A word that stands nowhere else and in no list of words."""
    letters = "bcdfghjklm"
    return ("Qu" if number % 3 == 0 else "qu") + "".join(letters[int(digit)] for digit in str(number)) + "z"


@st.composite
def trackers(draw: st.DrawFn) -> Drawn:
    """Trackers with usual headings in any order, odd cells, section rows, rows without a first cell, page ends."""
    count = iter(range(1000))

    def text(templates: list[str]) -> str:
        template = draw(st.sampled_from(templates))
        return template.format(*(word(next(count)) for _ in range(template.count("{}"))))

    others = draw(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5, unique=True))
    headings = draw(st.permutations([draw(st.sampled_from(SUBJECTS)), *others]))
    if draw(st.booleans()):
        headings = ["No.", *headings]
    body = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        kind = draw(st.sampled_from(["row", "row", "row", "sub-row", "section"]))
        if kind == "section":
            body.append([text(SECTIONS)])
            continue
        row = [text(TEMPLATES) if draw(st.integers(0, 4)) else "" for _ in headings]
        if kind == "sub-row":
            row[0] = ""
        elif headings[0] == "No.":
            row[0] = str(number)
        body.append(row)
    cut = draw(st.integers(0, len(body)))
    again = [list(headings)] if draw(st.booleans()) else []
    pages = [[list(headings), *body[:cut]], [*again, *body[cut:]]]
    return Drawn([page for page in pages if page])


def texts_of(one: Recommendation) -> Iterator[str]:
    """Everything printed that a recommendation keeps."""
    yield from (text for text in (one.text, one.ref, one.title, one.section, one.priority) if text)
    yield from (stated.words for stated in (one.decision, one.status) if stated)
    if one.rag:
        yield one.rag.label
    for segment in one.segments:
        yield from (segment.marker, segment.text)
    yield from (owner.printed for owner in one.owners)
    yield from (deadline.words for deadline in one.deadlines)
    yield from one.fields.values()


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def kept(paper: Paper) -> Counter[str]:
    """How often each word stands in a field or in the account of what is in none."""
    fields = [text for one in paper.recommendations for text in texts_of(one)]
    return Counter(
        token for text in [*fields, *(u.words for u in paper.unassigned)] for token in tokens(text)
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(trackers())
def test_every_word_of_a_tracker_is_in_a_field_or_among_the_unassigned(
    document: MakeDocument, drawn: Drawn
) -> None:
    made = document(*drawn.pages)
    found = understand(made)
    printed = Counter(
        token
        for tracker in sort_tables(made).trackers
        for one in tracker.table.words
        for token in tokens(one.text)
    )
    lost = printed - kept(found)
    assert not lost
    assert found.coverage.words == found.coverage.assigned + found.coverage.unassigned
    assert found.coverage.assigned >= 0


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(trackers())
def test_every_value_of_a_tracker_shows_where_it_is_printed(document: MakeDocument, drawn: Drawn) -> None:
    made = document(*drawn.pages)
    assert unproved(made, understand(made)) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(trackers())
def test_the_same_document_is_understood_the_same(document: MakeDocument, drawn: Drawn) -> None:
    made = document(*drawn.pages)
    assert msgspec.json.encode(understand(made)) == msgspec.json.encode(understand(made))


def values(paper: Paper) -> Iterator[tuple[str, str, Evidence | None]]:
    """(what it is, its printed words, its evidence) of every value that is read from one place."""
    for one in paper.recommendations:
        yield "recommendation", one.text, one.evidence
        for segment in one.segments:
            yield "segment", segment.text, segment.evidence
        for owner in one.owners:
            yield "owner", owner.printed, owner.evidence
        for deadline in one.deadlines:
            yield "deadline", deadline.words, deadline.evidence
        if one.decision:
            yield "decision", one.decision.words, one.decision.evidence
        if one.status:
            yield "status", one.status.words, one.status.evidence
        if one.rag:
            yield "rag", one.rag.label if one.rag.source == "word" else "", one.rag.evidence


def unproved(document: Document, paper: Paper) -> list[tuple[str, str, str]]:
    """The values that have no place on a page of the document, or whose words are not printed there."""
    pages = {page.number: Box(0, 0, page.width, page.height) for page in document.pages}
    words = [word for table in document.tables for word in table.words]
    words += [word for line in document.lines for word in line.words]
    return [
        (what, said, fault)
        for what, said, evidence in values(paper)
        if (fault := _fault(said, evidence, pages, words))
    ]


def _fault(said: str, evidence: Evidence | None, pages: Mapping[int, Box], words: list[Word]) -> str:
    if evidence is None or not evidence.places:
        return "no place"
    for place in evidence.places:
        corners = ((place.box.x0, place.box.top), (place.box.x1, place.box.bottom))
        if place.page not in pages or not all(pages[place.page].holds(corner) for corner in corners):
            return f"{place} is on no page"
    there = "".join(
        squeezed(word.text)
        for word in words
        if any(place.page == word.page and place.box.holds(word.box.middle) for place in evidence.places)
    )
    missing = [token for token in tokens(said) if token not in there]
    return f"{missing} is not printed there" if missing else ""


def squeezed(text: str) -> str:
    return "".join(tokens(text))


@pytest.fixture(scope="module")
def papers(samples: Path) -> dict[str, Document]:
    """The samples read, by name; those that are read by recognition are left to their own tests."""
    return {path.stem: read(path, Limits()) for path in sorted(samples.glob("*.pdf"))}


@pytest.fixture(scope="module")
def understood(papers: Mapping[str, Document]) -> dict[str, Paper]:
    """What was understood of the samples, by name."""
    return {name: understand(document) for name, document in papers.items()}


def test_every_word_of_a_page_is_in_one_cell_or_one_line_or_is_furniture(
    samples: Path, papers: Mapping[str, Document]
) -> None:
    for name, document in papers.items():
        with open_pdf(samples / f"{name}.pdf") as pdf:
            pages = [pdf.read(page.number)[0] for page in document.pages if page.kind != "skipped"]
        drawn = [(word.text, word.page, word.box) for page in pages for word in page.words]
        found = [word for table in document.page_tables for word in table.words]
        found += [word for line in document.lines for word in line.words]
        found += [word for page in document.pages for line in page.furniture for word in line.words]
        assert Counter((w.text, w.page, w.box) for w in found) == Counter(drawn), name


def test_every_word_inside_a_tables_box_is_in_exactly_one_of_its_cells(
    samples: Path, papers: Mapping[str, Document]
) -> None:
    for name, document in papers.items():
        with open_pdf(samples / f"{name}.pdf") as pdf:
            pages = [pdf.read(page.number)[0] for page in document.pages if page.kind != "skipped"]
        kept = {found.page.number: found.page.words for found in without_furniture(pages)}
        for table in document.page_tables:
            (place,) = table.places
            inside = [word for word in kept[place.page] if place.box.holds(word.box.middle)]
            assert _counted(table) == Counter((word.text, word.box) for word in inside), (name, place.page)


def _counted(table: Table) -> Counter[tuple[str, Box]]:
    return Counter((word.text, word.box) for word in table.words)


def test_joining_tables_over_pages_keeps_every_word(papers: Mapping[str, Document]) -> None:
    for name, document in papers.items():
        drawn = [_counted(table) for table in document.page_tables]
        joined = [_counted(table) for table in document.tables]
        assert sum(drawn, Counter()) == sum(joined, Counter()), name


def test_every_word_of_a_samples_trackers_is_in_a_field_or_among_the_unassigned(
    papers: Mapping[str, Document], understood: Mapping[str, Paper]
) -> None:
    for name, document in papers.items():
        found = understood[name]
        printed = Counter(
            token
            for tracker in sort_tables(document).trackers
            for text in [
                *(cell.text for row in tracker.body for cell in row.cells),
                *(cell.printed for row in (*tracker.head, *tracker.table.repeated) for cell in row.cells),
            ]
            for token in tokens(text)
        )
        assert found.coverage.words > 0, name
        assert printed - kept(found) == Counter(), name
        assert found.coverage.words == found.coverage.assigned + found.coverage.unassigned, name


def test_every_value_of_a_sample_shows_the_page_and_the_box_where_its_words_are(
    papers: Mapping[str, Document], understood: Mapping[str, Paper]
) -> None:
    for name, document in papers.items():
        assert understood[name].recommendations, name
        assert unproved(document, understood[name]) == [], name


SAID_OF_ITSELF = (
    "title", "subtitle", "council", "committee", "review", "date", "stage", "lead_officers", "cabinet_member",
)  # fmt: skip


def test_what_a_sample_says_of_itself_shows_where_it_says_so(understood: Mapping[str, Paper]) -> None:
    for name, paper in understood.items():
        for metadata in (part.metadata for part in paper.papers):
            said = {field for field in SAID_OF_ITSELF if getattr(metadata, field)}
            proved = {field for field, evidence in metadata.evidence.items() if evidence.places}
            assert said, name
            assert said <= proved, name
            assert {f"other_dates.{i}" for i in range(len(metadata.other_dates))} <= proved, name


_TWICE = """
import sys
from pathlib import Path
import msgspec
from extract.document import read
from extract.limits import Limits
from pipeline.flow import understand
document = read(Path(sys.argv[1]), Limits())
sys.stdout.buffer.write(document.to_json() + msgspec.json.encode(understand(document)))
"""


def test_reading_a_file_twice_gives_the_same_bytes(
    samples: Path, papers: Mapping[str, Document], understood: Mapping[str, Paper]
) -> None:
    name = "ashdown-vale-scraip"
    path = samples / f"{name}.pdf"
    here = papers[name].to_json() + msgspec.json.encode(understood[name])
    # Another process hashes strings in another way: what is written in a set's order would differ.
    there = subprocess.run(
        [sys.executable, "-c", _TWICE, str(path)],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    ).stdout
    assert there == here


def test_a_document_survives_its_journey_through_json(
    papers: Mapping[str, Document], understood: Mapping[str, Paper]
) -> None:
    for name, document in papers.items():
        again = Document.from_json(document.to_json())
        assert again == document, name
        assert msgspec.json.encode(understand(again)) == msgspec.json.encode(understood[name]), name


def doubts(document: Document) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.page, problem.words) for problem in understand(document).problems]


HEAD = ["No.", "Recommendation", "Response", "Lead officer", "Timescale"]
ROW = [
    "1",
    "Trim every hedge beside the lane.",
    "Agreed. The team will do so.",
    "Head of Highways",
    "May 2016",
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(trackers())
def test_every_doubt_about_a_tracker_names_its_page(document: MakeDocument, drawn: Drawn) -> None:
    problems = understand(document(*drawn.pages)).problems
    assert [problem for problem in problems if problem.page is None] == []


def test_a_doubt_about_a_date_in_the_text_names_the_place_of_its_words(document: MakeDocument) -> None:
    made = document([HEAD, ROW], [["2", "Mow it.", "Agreed. It was done on 31 June 2016.", "", ""]])
    (problem,) = [p for p in understand(made).problems if p.code == "impossible-date"]
    assert problem.page == 2
    assert problem.box is not None
    assert problem.box.holds(made.tables[0].rows[2].cells[2].lines[0].words[-2].box.middle)


def test_a_heading_that_is_not_known_is_a_doubt(document: MakeDocument) -> None:
    made = document([[*HEAD, "Zorble"], [*ROW, "a word about it"]])
    assert ("heading-unknown", 1, "Zorble") in doubts(made)


def test_a_date_that_is_not_in_the_calendar_is_a_doubt_and_no_date(document: MakeDocument) -> None:
    made = document([HEAD, [*ROW[:4], "31 June 2016"]])
    assert ("impossible-date", 1) in {
        (code, page) for code, page, words in doubts(made) if "31 June" in words
    }
    assert not any(
        deadline.earliest for one in understand(made).recommendations for deadline in one.deadlines
    )


def test_words_in_a_cell_of_deadlines_that_are_no_time_are_a_doubt(document: MakeDocument) -> None:
    made = document([HEAD, [*ROW[:4], "Zorble"]])
    assert [(code, page) for code, page, words in doubts(made) if words == "Zorble"] == [
        ("deadline-not-read", 1)
    ]


def test_a_table_without_headings_is_read_with_a_doubt(document: MakeDocument) -> None:
    rows = [
        [
            str(n),
            f"That the council {verb} every hedge beside the lane by spring.",
            "Agreed. It will be done.",
        ]
        for n, verb in enumerate(("trims", "plants", "counts", "names"), start=1)
    ]
    made = document(rows)
    assert [(code, page) for code, page, _ in doubts(made) if code == "headings-missing"] == [
        ("headings-missing", 1)
    ]
    assert len(understand(made).recommendations) == 4


def test_a_table_that_is_no_tracker_is_named_with_the_reason(document: MakeDocument) -> None:
    made = document([["Year", "Budget", "Spent"], ["2014", "£1,200", "£1,100"], ["2015", "£1,300", "£900"]])
    (problem,) = [p for p in understand(made).problems if p.code == "table-apart"]
    assert problem.page == 1
    assert problem.words == "Year | Budget | Spent"
    assert understand(made).recommendations == ()


def test_words_that_found_no_field_are_named_with_their_place(document: MakeDocument) -> None:
    made = document([["Themes", "", "", "", ""], HEAD, ROW, ["A lonely section"]])
    lonely = [u for u in understand(made).unassigned if u.words == "A lonely section"]
    assert [(u.page, u.reason) for u in lonely] == [(1, "a section without a recommendation")]
    assert lonely[0].box.holds(made.tables[0].rows[-1].cells[0].lines[0].box.middle)
