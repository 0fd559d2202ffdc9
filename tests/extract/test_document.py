"""The journey of a whole PDF: its pages, tables and lines, and what is said of pages that are not as others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.document import read
from extract.errors import LimitReached
from extract.limits import Limits
from extract.pages.drawing import MAX_SEGMENTS
from extract.shapes import Document

Draw = Callable[..., Path]

XS = [40, 90, 300, 460]
SIZE = (500, 400)
HEAD = ["No.", "Recommendation", "Response"]
FIRST = ["1.", "Trim the hedges of every lane.", "Agreed."]
SECOND = ["2.", "Mow the verges twice a year.", "Not agreed."]


def tracker(*rows: Sequence[str], top: float = 60) -> Callable[[Any], None]:
    """A ruled table of rows 30 points high."""

    def paint(sheet: Any) -> None:
        sheet.grid(XS, [top + 30 * i for i in range(len(rows) + 1)])
        for i, row in enumerate(rows):
            for x, text in zip(XS, row, strict=False):
                for j, line in enumerate(text.split("\n")):
                    sheet.write(x + 4, top + 30 * i + 12 + 12 * j, line)

    return paint


def both(*painters: Callable[[Any], None]) -> Callable[[Any], None]:
    def paint(sheet: Any) -> None:
        for painter in painters:
            painter(sheet)

    return paint


def text(x: float, base: float, words: str) -> Callable[[Any], None]:
    return lambda sheet: sheet.write(x, base, words)


@pytest.fixture
def read_drawn(drawn: Draw) -> Callable[..., Document]:
    return lambda *painters: read(drawn(*painters, size=SIZE), Limits())


Read = Callable[..., Document]


def grid(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_paper_is_its_tables_its_lines_and_its_furniture(read_drawn: Read) -> None:
    document = read_drawn(
        both(text(40, 40, "Hedges: an action plan"), tracker(HEAD, FIRST, SECOND), text(230, 390, "Page 45"))
    )
    assert grid(document) == [HEAD, FIRST, SECOND]
    assert [line.text for line in document.lines] == ["Hedges: an action plan"]
    (page,) = document.pages
    assert (page.kind, page.label, page.number) == ("table", "45", 1)
    assert [line.text for line in page.furniture] == ["Page 45"]
    assert document.problems == ()


def test_a_table_over_pages_is_joined_and_kept_as_drawn(read_drawn: Read) -> None:
    document = read_drawn(tracker(HEAD, FIRST), tracker(HEAD, SECOND))
    assert grid(document) == [HEAD, FIRST, SECOND]
    assert [table.pages for table in document.page_tables] == [(1,), (2,)]
    assert document.tables[0].pages == (1, 2)


def test_a_row_cut_by_the_pages_end_is_whole_again(read_drawn: Read) -> None:
    cut = ["2.", "Mow the verges and", "The team will"]
    document = read_drawn(tracker(HEAD, FIRST, cut), tracker(["", "the greens.", "do so."]))
    assert grid(document)[-1] == ["2.", "Mow the verges and the greens.", "The team will do so."]


def test_stamps_between_two_pages_part_no_row(read_drawn: Read) -> None:
    cut = ["2.", "Mow the verges and", "The team will"]
    stamps = [both(text(230, 390, f"Page {n}"), text(40, 20, "Ashby Council")) for n in (7, 8)]
    document = read_drawn(
        both(tracker(HEAD, FIRST, cut), stamps[0]), both(tracker(["", "the greens.", "do so."]), stamps[1])
    )
    assert grid(document)[-1] == ["2.", "Mow the verges and the greens.", "The team will do so."]
    assert [page.label for page in document.pages] == ["7", "8"]


def test_a_page_left_blank_parts_no_table(read_drawn: Read) -> None:
    blank = text(150, 200, "This page is intentionally left blank")
    document = read_drawn(tracker(HEAD, FIRST), blank, tracker(SECOND))
    assert grid(document) == [HEAD, FIRST, SECOND]
    assert [page.kind for page in document.pages] == ["table", "blank", "table"]


def test_a_last_line_alone_on_a_page_goes_to_its_row(read_drawn: Read) -> None:
    cut = ["2.", "Mow the verges twice.", "The team will do this in"]
    document = read_drawn(tracker(HEAD, FIRST, cut), text(XS[2] + 4, 50, "the spring."))
    assert grid(document)[-1] == ["2.", "Mow the verges twice.", "The team will do this in the spring."]


def test_a_page_that_opens_with_a_marker_goes_to_the_row_before(read_drawn: Read) -> None:
    document = read_drawn(
        tracker(HEAD, FIRST, SECOND),
        tracker(HEAD, ["", "", "Action:\nBuy a mower."], ["3.", "Mend it.", "Agreed."]),
    )
    texts = [text for row in grid(document) for text in row]
    assert any("Action:" in text and "Buy a mower." in text for text in texts)
    assert grid(document)[-1] == ["3.", "Mend it.", "Agreed."]


def test_words_cut_by_a_narrow_column_are_healed(read_drawn: Read) -> None:
    document = read_drawn(tracker(HEAD, ["1.", "Review the anti-\nfraud measures.", "Improve-\nment is needed."],
                                  ["2.", "An improvement plan is drawn up.", "Agreed."]))  # fmt: skip
    assert grid(document)[1] == ["1.", "Review the anti-fraud measures.", "Improvement is needed."]


def test_a_page_too_dense_to_search_is_a_problem_and_keeps_its_words(read_drawn: Read) -> None:
    def dense(sheet: Any) -> None:
        sheet.write(40, 40, "Map of the parish")
        path = sheet.canvas.beginPath()
        path.moveTo(100, 100)
        for i in range(MAX_SEGMENTS + 10):
            path.lineTo(100 + i % 300, 100 + i % 7)
        sheet.canvas.drawPath(path)

    document = read_drawn(dense, tracker(HEAD, FIRST))
    assert [(p.code, p.page) for p in document.problems] == [("dense-drawing", 1)]
    assert [line.text for line in document.lines] == ["Map of the parish"]
    assert grid(document) == [HEAD, FIRST]


def test_rules_that_cross_too_often_are_a_problem_and_cost_no_minutes(read_drawn: Read) -> None:
    def lattice(sheet: Any) -> None:
        sheet.grid([10 + 4 * i for i in range(100)], [10 + 4 * i for i in range(90)])

    document = read_drawn(both(lattice, text(41, 41, "x")))
    assert [(p.code, p.page) for p in document.problems] == [("dense-drawing", 1)]


def test_more_pages_than_allowed_are_refused(drawn: Draw) -> None:
    path = drawn(*[text(40, 40, "A page")] * 3, size=SIZE)
    with pytest.raises(LimitReached) as refused:
        read(path, Limits(pages=2))
    assert refused.value.code == "limit: pages"


def test_a_pack_reads_its_tracker_and_passes_over_its_reports(drawn: Draw) -> None:
    prose = "The panel considered a report on the upkeep of hedges beside the lanes of the parish."

    def report(sheet: Any) -> None:
        for i in range(25):
            sheet.write(40, 40 + 14 * i, prose)

    document = read(
        drawn(*[report] * 40, tracker(HEAD, FIRST), tracker(SECOND), *[report] * 25, size=SIZE), Limits()
    )
    assert grid(document) == [HEAD, FIRST, SECOND]
    kinds = Counter(page.kind for page in document.pages)
    assert kinds == {"table": 2, "skipped": 65}
    assert document.pages[0].words == 25 * len(prose.split())


def test_the_document_says_which_file_it_was_read_from(drawn: Draw) -> None:
    path = drawn(tracker(HEAD, FIRST), size=SIZE)
    document = read(path, Limits())
    assert document.name == path.name
    assert len(document.sha256) == 64
    assert document.sha256 != read(drawn(tracker(HEAD, SECOND), size=SIZE), Limits()).sha256


def test_reading_twice_gives_the_same_bytes(drawn: Draw) -> None:
    path = drawn(tracker(HEAD, FIRST), tracker(SECOND), size=SIZE)
    assert read(path, Limits()).to_json() == read(path, Limits()).to_json()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_on_its_side_gives_the_same_table(drawn: Draw, turned: int) -> None:
    def paint(sheet: Any) -> None:
        x, y = {0: (0, 0), 90: (SIZE[1], 0), 180: SIZE, 270: (0, SIZE[0])}[turned]
        sheet.canvas.translate(x, y)
        sheet.canvas.rotate(turned)
        sheet.height = SIZE[1]
        tracker(HEAD, FIRST, SECOND)(sheet)

    lying = SIZE if turned % 180 == 0 else SIZE[::-1]
    assert grid(read(drawn(paint, size=lying, turned=turned), Limits())) == [HEAD, FIRST, SECOND]
    assert grid(read(drawn(paint, size=lying), Limits())) == [HEAD, FIRST, SECOND]


def test_a_table_inside_a_scaled_form_is_read_where_it_is_seen(read_drawn: Read) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.beginForm("page", 0, 0, *SIZE)
        tracker(HEAD, FIRST, SECOND)(sheet)
        sheet.canvas.endForm()
        sheet.canvas.translate(20, 30)
        sheet.canvas.scale(0.9, 0.9)
        sheet.canvas.doForm("page")

    document = read_drawn(paint)
    assert grid(document) == [HEAD, FIRST, SECOND]
    box = document.tables[0].places[0].box
    assert (box.x0, box.x1) == pytest.approx((20 + 0.9 * XS[0], 20 + 0.9 * XS[-1]), abs=0.5)


def test_signs_stand_in_their_cells_and_a_key_outside(read_drawn: Read) -> None:
    def circle(x: float, top: float, colour: str) -> Callable[[Any], None]:
        def paint(sheet: Any) -> None:
            sheet.canvas.setFillColor(colour)
            sheet.canvas.circle(x, sheet.height - top, 6, stroke=0, fill=1)
            sheet.canvas.setFillColor("#000000")

        return paint

    document = read_drawn(
        both(
            tracker(HEAD, FIRST),
            circle(400, 105, "#ff0000"),
            circle(50, 300, "#00b050"),
            text(70, 303, "done"),
        )
    )
    (_, row) = document.tables[0].rows
    assert [[mark.name for mark in cell.marks] for cell in row.cells] == [[], [], ["red"]]
    assert [mark.name for mark in document.pages[0].marks] == ["green"]
