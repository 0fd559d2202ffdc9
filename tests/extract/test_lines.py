"""Words into lines in reading order, and lines into paragraphs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.lines import Leading, in_paragraphs, leading, lines_of
from extract.shapes import Box, Line, Word, running_text

MakeLine = Callable[..., Line]


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def test_words_are_read_line_by_line_from_the_left(line: MakeLine) -> None:
    words = [*line("Trim every hedge", 50, 112).words, *line("beside the lane", 50, 124).words]
    random.Random(1).shuffle(words)
    assert texts(lines_of(words)) == ["Trim every hedge", "beside the lane"]


def test_a_smaller_word_beside_a_larger_one_is_on_its_line() -> None:
    words = [
        Word("Large", Box(50, 90, 90, 112), 1, 20.0),
        Word("small", Box(95, 101, 120, 110), 1, 9.0),
        Word("below", Box(50, 113, 90, 124), 1, 10.0),
    ]
    assert texts(lines_of(words)) == ["Large small", "below"]


def test_words_that_run_up_the_page_are_lines_of_their_own_read_upwards() -> None:
    def up(text: str, x: float, bottom: float) -> Word:
        return Word(text, Box(x, bottom - 5 * len(text), x + 10, bottom), 1, 10.0, turned=270)

    words = [up("officer", 62, 200), up("Lead", 50, 200), up("name", 50, 170)]
    assert texts(lines_of(words)) == ["Lead name", "officer"]


def test_words_that_run_down_the_page_are_read_downwards_from_the_right() -> None:
    def down(text: str, x: float, top: float) -> Word:
        return Word(text, Box(x, top, x + 10, top + 5 * len(text)), 1, 10.0, turned=90)

    words = [down("officer", 50, 100), down("name", 62, 130), down("Lead", 62, 100)]
    assert texts(lines_of(words)) == ["Lead name", "officer"]


def test_words_upside_down_are_read_from_the_bottom_right() -> None:
    words = [
        Word("first", Box(90, 112, 115, 122), 1, 10.0, turned=180),
        Word("second", Box(50, 112, 80, 122), 1, 10.0, turned=180),
        Word("third", Box(90, 100, 115, 110), 1, 10.0, turned=180),
    ]
    assert texts(lines_of(words)) == ["first second", "third"]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(6, 20), st.booleans())))
def test_no_word_is_lost_and_none_is_read_twice(spots: list[tuple[int, int, int, bool]]) -> None:
    words = [
        Word(f"w{i}", Box(x, y, x + 20.0, y + size), 1, float(size), turned=270 if turned else 0)
        for i, (x, y, size, turned) in enumerate(spots)
    ]
    found = [word for line in lines_of(words) for word in line.words]
    assert sorted(found, key=str) == sorted(words, key=str)


def test_the_usual_distance_of_lines_is_told_from_the_text(line: MakeLine) -> None:
    assert leading([line("some words", 50, 100 + 14 * i) for i in range(6)]).usual == pytest.approx(1.4)
    assert leading([line("some words", 50, 100)]).usual == 1.15


def paragraphs(lines: Sequence[Line], right: float | None = None) -> str:
    return running_text(in_paragraphs(lines, Leading(1.2), right))


def test_a_wider_gap_begins_a_paragraph(line: MakeLine) -> None:
    lines = [line("Trim the hedge", 50, 112), line("and the verge.", 50, 124), line("Mow.", 50, 142)]
    assert paragraphs(lines) == "Trim the hedge and the verge.\nMow."


@pytest.mark.parametrize("bullet", ["•", "▪", "-", "o", "\uf0b7"])
def test_a_bullet_begins_a_paragraph(line: MakeLine, bullet: str) -> None:
    lines = [line("Trim the hedge", 50, 112), line(f"{bullet} and the verge", 50, 124)]
    assert paragraphs(lines) == f"Trim the hedge\n{bullet} and the verge"


def test_a_line_that_broke_although_the_next_word_would_have_fitted_ends_a_paragraph(line: MakeLine) -> None:
    lines = [line("Trim.", 50, 112), line("Mow the verge beside the lane", 50, 124)]
    assert paragraphs(lines, 250) == "Trim.\nMow the verge beside the lane"
    assert paragraphs(lines) == "Trim. Mow the verge beside the lane"


def test_a_line_that_is_full_goes_on_in_the_next(line: MakeLine) -> None:
    lines = [line("Trim the hedges of the", 50, 112), line("allotments", 50, 124)]
    assert paragraphs(lines, 180) == "Trim the hedges of the allotments"


def test_the_next_number_of_a_list_opens_a_paragraph_however_full_the_line_above_is(line: MakeLine) -> None:
    lines = [
        line("a) Trim every hedge in the lane", 50, 100),
        line("b) Mow the verges and the green", 50, 112),
        line("c) Mend the wall (see a) of the", 50, 124),
        line("b) there and the report)", 50, 136),
    ]
    opened = in_paragraphs(lines, Leading(1.2), lines[0].box.x1)
    assert [one.opens for one in opened] == [True, True, True, False]


def test_a_bold_label_with_its_colon_opens_a_paragraph_behind_a_sentence() -> None:
    def words(text: str, bottom: float, bold: int) -> Line:
        out, x = list[Word](), 50.0
        for i, word in enumerate(text.split()):
            out.append(Word(word, Box(x, bottom - 10, x + 5 * len(word), bottom), 1, 10.0, bold=i < bold))
            x += 5 * len(word) + 5
        return Line(tuple(out))

    lines = [
        words("Agreed and the hedge is cut.", 100, 0),
        words("Lead officer: the Clerk to us", 112, 2),
        words("as of: the plain kind of text", 124, 0),
    ]
    assert [one.opens for one in in_paragraphs(lines, Leading(1.2), lines[0].box.x1)] == [True, True, False]


def test_a_number_opens_a_paragraph_behind_a_stop_and_its_conjunction(line: MakeLine) -> None:
    lines = [
        line("a) trims the hedges of the lane; and", 50, 112),
        line("b) mows the verges twice.", 50, 124),
    ]
    assert [one.opens for one in in_paragraphs(lines, Leading(1.2), None)] == [True, True]
