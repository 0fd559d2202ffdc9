"""Of several readings of one place the better is kept, and says why."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from extract.choose import chosen, doubtful, reconsidered
from extract.shapes import Table

MakeTable = Callable[..., Table]

ROWS = [["Ref", "Action", "Owner"], ["1", "Mend the gate", "A Bell"], ["2", "Dig the ditch", "B Dale"]]


@pytest.fixture
def reading(table: MakeTable) -> Callable[..., Table]:
    """Build a reading: reading(rows, flavour, score=1.0, top=100)."""

    def build(rows: list[list[str]], flavour: str, score: float = 1.0, top: float = 100.0) -> Table:
        return msgspec.structs.replace(table(rows, top=top), flavour=flavour, score=score)

    return build


def test_the_first_of_two_readings_as_good_as_each_other_is_kept(reading: MakeTable) -> None:
    first, second = reading(ROWS, "ruled"), reading(ROWS, "boxed")
    assert chosen([[first], [second]]) == [first]


def test_a_reading_that_holds_more_of_the_text_is_kept_and_says_why(reading: MakeTable) -> None:
    part, whole = reading(ROWS[:2], "ruled"), reading(ROWS, "lined")
    assert chosen([[part], [whole]]) == [
        msgspec.structs.replace(whole, reason="lined holds more of the text than ruled")
    ]


def test_rules_that_tell_more_columns_apart_are_kept_before_white_space(reading: MakeTable) -> None:
    merged = reading([["Ref", "Action Owner"], ["1", "Mend the gate A Bell"]], "aligned")
    parted = reading([["Ref", "Action", "Owner"], ["1", "Mend the gate", "A Bell"]], "lined")
    assert chosen([[merged], [parted]]) == [
        msgspec.structs.replace(parted, reason="lined tells more columns apart than aligned")
    ]


def test_tables_of_different_places_are_all_kept_from_the_top(reading: MakeTable) -> None:
    low, high = reading(ROWS, "ruled", top=400), reading(ROWS, "aligned", top=100)
    assert chosen([[low], [high]]) == [high, low]


def test_boxes_without_text_are_no_table(reading: MakeTable) -> None:
    assert chosen([[reading([["", ""], ["", ""]], "ruled")]]) == []


def test_a_diagram_of_boxes_and_arrows_is_no_table(reading: MakeTable) -> None:
    boxes = [["", "", "Taxes", ""], ["", "", "", ""], ["Grants", "", "", ""], ["", "", "", ""]]
    assert chosen([[reading(boxes, "boxed")]]) == []


def test_a_form_to_be_filled_in_is_a_table(reading: MakeTable) -> None:
    form = reading([["Ref", "Action", "Owner"], ["", "", ""], ["", "", ""], ["", "", ""]], "ruled")
    assert chosen([[form]]) == [form]


def test_lines_of_a_text_that_are_tinted_one_by_one_are_no_table(reading: MakeTable) -> None:
    lines = [["The warden spoke of"], ["the bracken, which had been"], ["cut twice, and of the"], ["ponds."]]
    assert chosen([[reading(lines, "boxed", score=0.0)]]) == []


def test_marked_words_in_the_line_of_a_text_are_no_table(reading: MakeTable) -> None:
    assert chosen([[reading([["at", "the", "gate"]], "boxed", score=0.3)]]) == []


def test_a_table_of_rules_that_fits_its_words_badly_is_doubtful(reading: MakeTable) -> None:
    bad, good, spaced = reading(ROWS, "ruled", 0.9), reading(ROWS, "ruled"), reading(ROWS, "aligned", 0.9)
    assert doubtful([bad, good, spaced]) == [bad]


def test_a_second_opinion_takes_a_doubtful_tables_place_and_no_others(reading: MakeTable) -> None:
    bad, good = reading(ROWS, "ruled", 0.8), reading(ROWS, "ruled", top=400)
    better, elsewhere = reading(ROWS, "camelot"), reading(ROWS, "camelot", top=700)
    assert reconsidered([bad, good], [better, elsewhere]) == [
        msgspec.structs.replace(better, reason="camelot holds more of the text than ruled"),
        good,
    ]


def test_a_second_opinion_that_is_no_better_changes_nothing(reading: MakeTable) -> None:
    bad, same = reading(ROWS, "ruled", 0.8), reading(ROWS, "camelot", 0.8)
    assert reconsidered([bad], [same]) == [bad]


def test_a_table_inside_of_another_tables_cell_stays_in_that_cell(reading: MakeTable) -> None:
    outer = reading([["Ref", "Action"], ["1", "Posts 120\nHinges 40"]], "ruled")
    inner = reading([["Posts", "120"], ["Hinges", "40"]], "ruled", top=110)
    assert chosen([[inner, outer]]) == [outer]
