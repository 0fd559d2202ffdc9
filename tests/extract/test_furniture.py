"""Page numbers, stamps and running headers are taken off a page; rows of tables that look like them are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from extract.furniture import without_furniture
from extract.shapes import Box, Line, Page, Rule

MakeLine = Callable[..., Line]
HEIGHT = 800.0
BODY = [(50, 200 + 14 * i, f"Sentence {word} of the body of the page") for i, word in enumerate("abcdefghij")]


@pytest.fixture(scope="session")
def page(line: MakeLine) -> Callable[..., Page]:
    """A page with texts at (x, bottom): page(number, texts, body=True, rules=())."""

    def build(
        number: int,
        texts: Sequence[tuple[float, float, str]],
        body: bool = True,
        rules: Sequence[Rule] = (),
    ) -> Page:
        all_texts = [*texts, *(BODY if body else [])]
        words = [word for x, bottom, text in all_texts for word in line(text, x, bottom, number).words]
        return Page(number, 600.0, HEIGHT, tuple(words), tuple(rules))

    return build


def off(pages: Sequence[Page]) -> list[list[str]]:
    return [[line.text for line in found.furniture] for found in without_furniture(pages)]


@pytest.mark.parametrize(
    ("stamp", "label"),
    [
        ("Page 45", "45"),
        ("Agenda Page 112", "112"),
        ("page 3 of 9", "3"),
        ("Page 3/9", "3"),
        ("3 of 9", "3"),
        ("- 4 -", "4"),
        ("– 4 –", "4"),
        ("17", "17"),
        ("xii", "xii"),
    ],
)
@pytest.mark.parametrize("bottom", [40, 780])
def test_a_page_number_is_furniture_and_the_pages_label(
    page: Callable[..., Page], stamp: str, label: str, bottom: float
) -> None:
    (found,) = without_furniture([page(1, [(280, bottom, stamp)])])
    assert [line.text for line in found.furniture] == [stamp]
    assert found.label == label
    assert stamp.rsplit(maxsplit=1)[-1] not in [word.text for word in found.page.words]


def test_the_stamp_of_a_pack_is_the_label_and_not_the_papers_own_number(page: Callable[..., Page]) -> None:
    (found,) = without_furniture([page(1, [(280, 770, "3"), (280, 790, "Page 45")])])
    assert (found.label, len(found.furniture)) == ("45", 2)


@pytest.mark.parametrize(
    "stamp",
    [
        "This page is intentionally left blank",
        "This page has been intentionally left blank.",
        "Page intentionally left blank",
        "THIS PAGE LEFT BLANK",
    ],
)
def test_a_page_left_blank_is_blank(page: Callable[..., Page], stamp: str) -> None:
    (found,) = without_furniture([page(1, [(200, 400, stamp)], body=False)])
    assert [line.text for line in found.furniture] == [stamp]
    assert found.page.words == ()


def test_a_sentence_about_a_page_left_blank_stays(page: Callable[..., Page]) -> None:
    sentence = "The panel asked why this page is left blank in the report"
    assert off([page(1, [(100, 40, sentence)], body=False)]) == [[]]


@pytest.mark.parametrize("number", ["3", "3.", "Recommendation 3", "2016", "1,000"])
def test_a_number_in_the_middle_of_a_page_stays(page: Callable[..., Page], number: str) -> None:
    assert off([page(1, [(50, 500, number)])]) == [[]]


def test_a_running_header_is_furniture_on_every_page_though_its_number_counts_on(
    page: Callable[..., Page],
) -> None:
    pages = [
        page(n, [(50, 30, f"Hedges and Verges Panel, part {n}"), (50, 790, "Ashby Council")])
        for n in range(1, 5)
    ]
    assert off(pages) == [[f"Hedges and Verges Panel, part {n}", "Ashby Council"] for n in range(1, 5)]


def test_two_pages_are_enough_in_a_short_paper_and_not_in_a_long_one(page: Callable[..., Page]) -> None:
    def pages(count: int) -> list[Page]:
        texts = ["Ashby Council"] * 2 + [f"Opening of {n * 'x'}" for n in range(count)]
        return [page(n + 1, [(50, 30, texts[n])]) for n in range(count)]

    assert off(pages(3))[:2] == [["Ashby Council"], ["Ashby Council"]]
    assert off(pages(12))[:2] == [[], []]


def test_a_line_that_stands_on_one_page_only_stays(page: Callable[..., Page]) -> None:
    assert off([page(1, [(50, 30, "Hedges: an action plan")]), page(2, []), page(3, [])]) == [[], [], []]


def table_rules(xs: Sequence[float], tops: Sequence[float]) -> list[Rule]:
    return [Rule(Box(a, y, b, y), across=True) for y in tops for a, b in pairwise(xs)] + [
        Rule(Box(x, a, x, b), across=False) for x in xs for a, b in pairwise(tops)
    ]


def test_a_tables_heading_row_that_is_repeated_on_every_page_is_no_furniture(
    page: Callable[..., Page],
) -> None:
    rules = table_rules([45, 245, 445, 560], [20, 50, 700])
    headings = [(50, 40, "Recommendation"), (250, 40, "Response"), (450, 40, "Owner")]
    assert off([page(n, headings, rules=rules) for n in range(1, 4)]) == [[], [], []]


def test_a_heading_row_without_rules_is_told_by_the_columns_below_it(page: Callable[..., Page]) -> None:
    headings = [(50, 40, "Recommendation"), (250, 40, "Response"), (450, 40, "Owner")]
    cells = [
        (x, 60.0 + 14 * i, text)
        for i in range(4)
        for x, text in ((50, f"Trim {i * 'x'} hedges"), (250, f"Agreed {i * 'y'} so"), (450, "Officer"))
    ]
    assert off([page(n, [*headings, *cells]) for n in range(1, 4)]) == [[], [], []]


def test_a_cell_that_says_the_same_at_the_same_height_on_every_page_is_no_furniture(
    page: Callable[..., Page],
) -> None:
    pages = [
        page(n, [(50, 740, f"Trim the hedge of {name}"), (450, 740, "Ongoing")])
        for n, name in enumerate(("Alder", "Birch", "Cedar"), start=1)
    ]
    assert off(pages) == [[], [], []]


def test_a_header_at_both_ends_of_one_line_is_furniture_with_its_number(page: Callable[..., Page]) -> None:
    pages = [page(n, [(50, 30, "Ashby Council"), (500, 30, f"Page {n}")]) for n in range(1, 4)]
    assert off(pages) == [["Ashby Council", f"Page {n}"] for n in range(1, 4)]


def test_no_word_is_lost_between_page_and_furniture(page: Callable[..., Page]) -> None:
    pages = [page(n, [(50, 30, "Ashby Council"), (280, 790, f"Page {n}")]) for n in range(1, 4)]
    for before, after in zip(pages, without_furniture(pages), strict=True):
        kept = [*after.page.words, *(word for line in after.furniture for word in line.words)]
        assert sorted(kept, key=str) == sorted(before.words, key=str)


def test_a_heading_of_the_text_that_happens_to_open_two_pages_stays(page: Callable[..., Page]) -> None:
    heading = "What we have done"
    first = page(1, [(50, 40, heading), (50, 400, heading)])
    second = page(2, [(50, 40, heading), (50, 500, heading)])
    assert off([first, second]) == [[], []]


def test_a_numbered_heading_of_the_text_that_happens_to_open_two_pages_stays(
    page: Callable[..., Page],
) -> None:
    first = page(1, [(50, 400, "Recommendation 1"), (50, 500, "Recommendation 2")])
    pages = [first, *(page(n, [(50, 40, f"Recommendation {n + 1}"), (50, 400, "Agreed.")]) for n in (2, 3))]
    assert off(pages) == [[], [], []]


def test_a_footer_right_below_a_table_is_furniture_all_the_same(page: Callable[..., Page]) -> None:
    frame = [Rule(Box(x, 300, x + 0.5, 760), False) for x in (45.0, 300.0, 555.0)]
    pages = [
        page(n, [(50, 756, f"row {n}"), (310, 756, "Agreed."), (50, 768, "Oxley Council log")], rules=frame)
        for n in (1, 2)
    ]
    assert off(pages) == [["Oxley Council log"], ["Oxley Council log"]]
