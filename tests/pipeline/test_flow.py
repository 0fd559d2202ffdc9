"""The journey of one paper from Document to Paper: kind, front matter, trackers, and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.document import read
from extract.limits import Limits
from extract.shapes import Document
from pipeline.flow import understand

MakeDocument = Callable[..., Document]

HEAD = ["No.", "Recommendation", "Response", "Lead officer", "Timescale"]
FIRST = [
    "1",
    "Trim every hedge beside the lane.",
    "Agreed. The team will do so.",
    "Head of Highways",
    "May 2016",
]
SECOND = ["2", "Mow the verges twice a year.", "Not agreed.", "Verges Manager", "June 2016"]
ABOVE = """Ashby District Council

Hedges and Verges Scrutiny Review

Action plan in response to the recommendations

15 March 2016"""


def test_a_tracker_becomes_a_recommendation_a_row(document: MakeDocument) -> None:
    paper = understand(document([HEAD, FIRST, SECOND], above=ABOVE))
    assert [(one.number, one.text) for one in paper.recommendations] == [
        (1, "Trim every hedge beside the lane."),
        (2, "Mow the verges twice a year."),
    ]
    first, second = paper.recommendations
    assert first.decision is not None
    assert second.decision is not None
    assert (first.decision.value, second.decision.value) == ("accepted", "rejected")
    assert [owner.name for owner in first.owners] == ["Head of Highways"]
    assert [(d.words, d.latest) for d in first.deadlines] == [("May 2016", "2016-05-31")]


def test_the_paper_says_what_it_is(document: MakeDocument) -> None:
    paper = understand(document([HEAD, FIRST, SECOND], above=ABOVE))
    assert paper.kind == "action_plan"
    assert paper.kind_reason
    assert paper.metadata.council == "Ashby District Council"
    assert paper.metadata.date is not None
    assert paper.metadata.date.latest == "2016-03-15"


def test_a_bare_month_takes_its_year_from_the_papers_date_and_says_so(document: MakeDocument) -> None:
    paper = understand(document([HEAD, [*FIRST[:4], "October"]], above=ABOVE))
    (deadline,) = paper.recommendations[0].deadlines
    assert (deadline.words, deadline.latest) == ("October", "2016-10-31")
    assert deadline.inferred_from == "paper date 2016-03-15"


def test_a_file_without_a_table_is_read_and_holds_none(document: MakeDocument) -> None:
    paper = understand(document([], above=ABOVE))
    assert paper.recommendations == ()
    assert paper.coverage.words == 0
    assert len(paper.papers) == 1


def test_a_pack_has_a_paper_for_each_run_of_trackers(document: MakeDocument) -> None:
    other = ["No.", "Action", "Owner", "Update"]
    pages = [
        [HEAD, FIRST, SECOND],
        *([[]] * 28),
        [other, ["1", "Write to the owner.", "A Bell", "Done in May."]],
    ]
    paper = understand(document(*pages))
    assert [(part.pages[0], part.pages[-1]) for part in paper.papers] == [(1, 1), (30, 30)]
    assert [one.paper for one in paper.recommendations] == [0, 0, 1]
    assert paper.recommendations[-1].kind == "action"


def test_the_papers_metadata_are_those_of_the_part_with_the_most_recommendations(
    document: MakeDocument,
) -> None:
    other = ["No.", "Action", "Owner", "Update"]
    pages = [[other, ["1", "Write to the owner.", "A Bell", "Done."]], *([[]] * 28), [HEAD, FIRST, SECOND]]
    paper = understand(document(*pages))
    assert paper.kind == paper.papers[1].kind
    assert paper.metadata == paper.papers[1].metadata


def test_every_word_of_the_tracker_is_counted_once(document: MakeDocument) -> None:
    made = document([HEAD, FIRST], [HEAD, SECOND])
    coverage = understand(made).coverage
    assert coverage.words == sum(1 for table in made.page_tables for _ in table.words)
    assert (coverage.tables, coverage.tables_read, coverage.pages) == (1, 1, 2)
    headings = 2 * sum(len(text.split()) for text in HEAD)
    assert coverage.unassigned == headings
    assert coverage.assigned == coverage.words - headings


def test_a_table_of_figures_is_left_alone_and_counted(document: MakeDocument) -> None:
    figures = [["Year", "Budget", "Spent"], ["2014", "£1,200", "£1,100"], ["2015", "£1,300", "£900"]]
    coverage = understand(document([HEAD, FIRST], figures)).coverage
    assert (coverage.tables, coverage.tables_read) == (2, 1)


def test_the_problems_of_reading_go_with_the_paper(samples: Path) -> None:
    document = read(samples / "whinmoor-borderless-action-plan.pdf", Limits())
    assert set(document.problems) <= set(understand(document).problems)


@pytest.mark.parametrize("name", ["harrowdene-community-transport-update", "inverlune-action-log"])
def test_recommendations_come_in_the_order_of_their_pages(samples: Path, name: str) -> None:
    paper = understand(read(samples / f"{name}.pdf", Limits()))
    pages = [one.pages[0] for one in paper.recommendations]
    assert pages == sorted(pages)
