"""Tables that go on over pages: headers repeated or not, rows cut by a page's end, and what is not joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.join import joined, same_columns
from extract.shapes import Line, Page, Place, Table, Word

MakeTable = Callable[..., Table]
MakePage = Callable[..., Page]
MakeLine = Callable[..., Line]

HEAD = ["Recommendation", "Response", "Owner"]
FIRST = ["1. Trim the hedges.", "Agreed.", "A Bell"]
SECOND = ["2. Mow the verges.", "Agreed in part.", "B Dale"]
THIRD = ["3. Mend the walls.", "Not agreed.", "C Elms"]


@pytest.fixture
def join(table: MakeTable, page_around: MakePage) -> Callable[..., list[list[list[str]]]]:
    """Join tables given as rows, one a page (None: a blank page), and give them back as rows of running texts."""

    def run(*pages: Sequence[Sequence[str | None]] | None) -> list[list[list[str]]]:
        tables = [table(rows, page=n) for n, rows in enumerate(pages, start=1) if rows is not None]
        around = [page_around(n, [t for t in tables if t.pages == (n,)]) for n in range(1, len(pages) + 1)]
        return [[[cell.text for cell in row.cells] for row in one.rows] for one in joined(tables, around)]

    return run


Join = Callable[..., list[list[list[str]]]]


def test_a_table_that_goes_on_with_its_header_repeated_is_one(join: Join) -> None:
    assert join([HEAD, FIRST, SECOND], [HEAD, THIRD]) == [[HEAD, FIRST, SECOND, THIRD]]


def test_a_repeated_header_is_kept_apart_and_counted(table: MakeTable, page_around: MakePage) -> None:
    tables = [table([HEAD, FIRST]), table([HEAD, SECOND], page=2)]
    (one,) = joined(tables, [page_around(n + 1, [t]) for n, t in enumerate(tables)])
    assert (one.header_rows, [row.text for row in one.repeated]) == (1, ["Recommendation | Response | Owner"])
    assert one.pages == (1, 2)


def test_a_header_of_two_rows_may_be_repeated(join: Join) -> None:
    top = ["Hedges", "By whom", "When"]
    assert join([top, HEAD, FIRST], [top, HEAD, SECOND]) == [[top, HEAD, FIRST, SECOND]]


def test_a_repeated_header_may_break_its_lines_elsewhere(join: Join) -> None:
    head = ["Recommen-\ndation", "Cabinet response", "Owner"]
    again = ["Recommen- dation", "Cabinet\nresponse", "Owner"]
    (one,) = join([head, FIRST], [again, SECOND])
    assert len(one) == 3


def test_a_table_that_goes_on_without_its_header_is_one(join: Join) -> None:
    assert join([HEAD, FIRST, SECOND], [THIRD]) == [[HEAD, FIRST, SECOND, THIRD]]


@pytest.mark.parametrize(
    ("end", "rest", "whole"),
    [
        (
            ["2. Mow the verges.", "The team will mow", "B Dale"],
            ["", "all of them in May.", ""],
            ["2. Mow the verges.", "The team will mow all of them in May.", "B Dale"],
        ),
        (
            ["2. Mow the verges of", "The team will", "B Dale"],
            ["every lane.", "do so.", ""],
            ["2. Mow the verges of every lane.", "The team will do so.", "B Dale"],
        ),
        (
            ["2. Mow the verges.", "Agreed, with a cost of", "B Dale"],
            ["", "25% more.", ""],
            ["2. Mow the verges.", "Agreed, with a cost of 25% more.", "B Dale"],
        ),
    ],
    ids=["first cell empty", "cut in mid-sentence in both", "cut before a figure"],
)
def test_a_row_cut_by_the_pages_end_is_one_row(
    join: Join, end: list[str], rest: list[str], whole: list[str]
) -> None:
    assert join([HEAD, FIRST, end], [rest, THIRD]) == [[HEAD, FIRST, whole, THIRD]]
    assert join([HEAD, FIRST, end], [HEAD, rest, THIRD]) == [[HEAD, FIRST, whole, THIRD]]


def test_a_row_may_go_on_over_three_pages(join: Join) -> None:
    end, middle, rest = (
        ["2. Mow.", "They will mow", "B Dale"],
        ["", "the verge and", ""],
        ["", "rake it.", ""],
    )
    assert join([HEAD, FIRST, end], [middle], [rest, THIRD]) == [
        [HEAD, FIRST, ["2. Mow.", "They will mow the verge and rake it.", "B Dale"], THIRD]
    ]


def test_a_row_that_opens_like_the_others_is_a_row_of_its_own(join: Join) -> None:
    end = ["2. Mow the verges.", "The team will mow", "B Dale"]
    (one,) = join([HEAD, FIRST, end], [["3. Mend it.", "every wall", "C Elms"]])
    assert len(one) == 4


def test_a_row_with_only_its_first_cell_empty_is_a_row_where_no_sentence_goes_on(join: Join) -> None:
    (one,) = join([HEAD, FIRST, SECOND], [["", "Further work is planned.", "D Firth"]])
    assert one[-1] == ["", "Further work is planned.", "D Firth"]


def test_a_blank_page_between_parts_no_table(join: Join) -> None:
    assert join([HEAD, FIRST], None, [SECOND]) == [[HEAD, FIRST, SECOND]]


def test_a_page_of_text_between_parts_tables(table: MakeTable, page_around: MakePage, line: MakeLine) -> None:
    tables = [table([HEAD, FIRST]), table([SECOND], page=3)]
    text = page_around(2, [], [line("A report on something else", 50, 200, 2)])
    pages = [page_around(1, tables[:1]), text, page_around(3, tables[1:])]
    assert len(joined(tables, pages)) == 2


@pytest.mark.parametrize(("page", "bottom"), [(1, 700), (2, 60)])
def test_text_below_the_first_or_above_the_second_parts_tables(
    table: MakeTable, page_around: MakePage, line: MakeLine, page: int, bottom: float
) -> None:
    tables = [table([HEAD, FIRST]), table([SECOND], page=2)]
    between = line("A note of the panel", 50, bottom, page)
    pages = [page_around(n, [tables[n - 1]], [between] if n == page else []) for n in (1, 2)]
    assert len(joined(tables, pages)) == 2


def test_tables_with_other_columns_are_not_joined(table: MakeTable, page_around: MakePage) -> None:
    tables = [
        table([HEAD, FIRST]),
        table([["2012", "400", "12"]], page=2, lefts=(50, 90, 300, 420)),
        table([["a", "b"]], page=3),
    ]
    pages = [page_around(n + 1, [t]) for n, t in enumerate(tables)]
    assert len(joined(tables, pages)) == 3


def test_columns_may_drift_a_little_from_page_to_page(table: MakeTable) -> None:
    a, b = table([HEAD]), table([SECOND], page=2, lefts=(54, 155, 246, 350))
    far = table([SECOND], page=2, lefts=(50, 170, 250, 350))
    assert same_columns(a, b)
    assert not same_columns(a, far)


def test_without_rules_columns_are_the_same_where_their_words_begin_at_the_same_place(
    table: MakeTable,
) -> None:
    a = table([HEAD])
    b = table([SECOND], page=2)
    wider = tuple(
        msgspec.structs.replace(cell, places=tuple(_wider(place) for place in cell.places))
        for cell in b.rows[0].cells
    )
    moved = msgspec.structs.replace(b, rows=(msgspec.structs.replace(b.rows[0], cells=wider),))
    assert same_columns(a, moved)


def _wider(place: Place) -> Place:
    """The same place with its left edge in the middle of a wider gap."""
    return msgspec.structs.replace(place, box=msgspec.structs.replace(place.box, x0=place.box.x0 - 14))


def test_two_tables_of_one_page_stay_two(table: MakeTable, page_around: MakePage) -> None:
    tables = [table([HEAD, FIRST]), table([HEAD, SECOND], top=400)]
    assert len(joined(tables, [page_around(1, tables)])) == 2


def test_the_rest_of_a_row_goes_into_a_cell_that_spans_rows_above(
    table: MakeTable, page_around: MakePage
) -> None:
    tables = [
        table([HEAD, ["1. Trim the hedges and", "Agreed.", "A Bell"], [None, "Second answer is", "B Dale"]]),
        table([["also the verges.", "a longer one.", ""], SECOND], page=2),
    ]
    (one,) = joined(tables, [page_around(n + 1, [t]) for n, t in enumerate(tables)])
    assert one.rows[1].cells[0].text == "1. Trim the hedges and also the verges."
    assert one.rows[1].cells[0].row_span == 2
    assert [cell.text for cell in one.rows[2].cells] == ["Second answer is a longer one.", "B Dale"]
    assert [place.page for place in one.rows[1].cells[0].places] == [1, 2]
    assert one.rows[2].pages == (1, 2)


def test_a_finished_sentence_and_a_new_one_over_the_page_are_two_paragraphs(join: Join) -> None:
    end = ["2. Mow the verges.", "Agreed.\nThe team has begun to\nmow.", "The head of"]
    (one,) = join([HEAD, FIRST, end], [["", "More will be done.", "verges"]])
    assert one[-1] == [
        "2. Mow the verges.",
        "Agreed. The team has begun to mow.\nMore will be done.",
        "The head of verges",
    ]


texts = st.lists(
    st.text("abcABC 1.\n", min_size=0, max_size=20).map(lambda t: "\n".join(t.split())),
    min_size=3,
    max_size=3,
)


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=4))
def test_joining_neither_loses_a_word_nor_makes_one(
    table: MakeTable, page_around: MakePage, pages: list[list[list[str]]]
) -> None:
    tables = [table(rows, page=n) for n, rows in enumerate(pages, start=1)]
    around = [page_around(n, [t]) for n, t in enumerate(tables, start=1)]
    before = [word for one in tables for word in one.words]
    after = [word for one in joined(tables, around) for word in one.words]
    assert sorted(after, key=_order) == sorted(before, key=_order)


def _order(word: Word) -> bytes:
    return msgspec.json.encode(word)


def test_a_merged_cell_goes_on_beside_a_row_with_its_next_number(join: Join) -> None:
    head = ["Recommendation", "Ref", "Action", "Lead"]
    one = ["1. Trim the hedges of", "1.1", "Buy shears.", "A Bell"]
    two = ["2. Mow every verge and", "2.1", "Buy a mower.", "B Dale"]
    cut = ["keep the grass.", "2.2", "Hire a hand.", "C Elms"]
    whole = ["2. Mow every verge and keep the grass.", *two[1:]]
    assert join([head, one, two], [cut]) == [[head, one, whole, cut[1:]]]


def test_a_row_that_opens_with_small_letters_but_has_its_next_number_is_a_row_of_its_own(join: Join) -> None:
    head = ["Due", "Lead", "No.", "Recommendation"]
    rows = [["by May", "A Bell", "R1", "Trim the hedges."], ["by June", "B Dale", "R2", "Mow the verges."]]
    below = ["before the summer", "Clerk", "R3", "Mend the walls."]
    assert join([head, *rows], [below]) == [[head, *rows, below]]


def test_a_head_without_rules_that_stands_over_both_pages_does_not_part_a_table(
    table: MakeTable, page_around: MakePage, line: MakeLine
) -> None:
    over = [line("Partners reply", 50, 95, page=n) for n in (1, 2)]
    tables = [table([HEAD, FIRST]), table([HEAD, SECOND], page=2)]
    pages = [page_around(n + 1, [t], [over[n]]) for n, t in enumerate(tables)]
    assert len(joined(tables, pages)) == 1


def test_a_part_of_a_recommendation_has_a_row_of_its_own_though_its_text_opens_with_small_letters(
    join: Join,
) -> None:
    above = [["No.", "Text", "Owner"], ["4", "The Board should:", ""], ["4(a)", "mow the verges", "A Bell"]]
    (rows,) = join(above, [["4(b)", "trim the hedges", "B Dale"]])
    assert rows[-2:] == [["4(a)", "mow the verges", "A Bell"], ["4(b)", "trim the hedges", "B Dale"]]


def test_a_list_in_one_row_goes_on_over_the_page_where_the_text_beside_it_is_cut(join: Join) -> None:
    answer = "1. Agreed. The verges of the northern lanes will be mown by the team that"
    rest = "mows the southern ones."
    (rows,) = join(
        [HEAD, ["1. Mow the verges.", answer, "A Bell"]], [["2. Trim the hedges.", rest, "B Dale"]]
    )
    assert rows[-1] == [
        "1. Mow the verges.\n2. Trim the hedges.",
        f"{answer} mows the southern ones.",
        "A Bell B Dale",
    ]
