"""Text set in two columns is read down the left one, then down the right one; tables and labels beside values are not."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from extract.lines import lines_of
from extract.newspaper import columns_of_text
from extract.shapes import Box, Word

_SENTENCE = "the heron stood by the sluice until the miller came and the water fell"


def _line(text: str, x: float, top: float) -> list[Word]:
    out, at = [], x
    for part in text.split():
        out.append(Word(part, Box(at, top, at + 5.0 * len(part), top + 10.0), 1, 10.0))
        at += 5.0 * len(part) + 3.0
    return out


def _column(name: str, x: float, tops: Iterable[float], words: int = 9) -> list[Word]:
    text = _SENTENCE.split()[:words]
    return [word for i, top in enumerate(tops) for word in _line(" ".join([f"{name}{i}", *text]), x, top)]


def _firsts(groups: list[list[Word]]) -> list[str]:
    return [line.words[0].text for group in groups for line in lines_of(group)]


def test_columns_of_prose_are_read_one_after_the_other_between_what_stands_across() -> None:
    tops = [100.0 + 12 * i for i in range(15)]
    title = _line("News of the ponds " + _SENTENCE, 40, 60)
    foot = _line("Printed by the council " + _SENTENCE, 40, 400)
    # the paragraphs of the right column begin elsewhere than those of the left
    words = [*title, *_column("left", 40, tops), *_column("right", 310, [top + 4 for top in tops]), *foot]
    assert _firsts(columns_of_text(words)) == [
        "News",
        *(f"left{i}" for i in range(15)),
        *(f"right{i}" for i in range(15)),
        "Printed",
    ]


def test_labels_beside_their_values_stay_on_their_lines() -> None:
    tops = [100.0 + 12 * i for i in range(15)]
    words = [*_column("label", 40, tops, words=1), *_column("value", 310, tops)]
    assert len(columns_of_text(words)) == 1


def test_rows_of_two_texts_that_begin_together_are_a_table_and_no_columns() -> None:
    tops = [100.0 + 12 * i + 10 * (i // 3) for i in range(15)]  # five rows of three lines
    words = [*_column("asked", 40, tops), *_column("answered", 310, tops)]
    assert len(columns_of_text(words)) == 1


def test_a_page_of_lines_right_across_is_one_text() -> None:
    tops = [100.0 + 12 * i for i in range(20)]
    words = [word for i, top in enumerate(tops) for word in _line(f"line{i} {_SENTENCE}", 40, top)]
    assert columns_of_text(words) == [words]


@given(
    st.lists(
        st.tuples(
            st.integers(40, 500), st.integers(60, 700), st.integers(1, 12), st.sampled_from([0, 0, 0, 90])
        ),
        max_size=60,
    )
)
def test_no_word_is_lost_and_none_is_read_twice(places: list[tuple[int, int, int, int]]) -> None:
    tops = [100.0 + 12 * i for i in range(15)]
    words = [*_column("left", 40, tops), *_column("right", 310, tops)]
    words += [
        Word("x" * n, Box(float(x), float(top), x + 5.0 * n, top + 10.0), 1, 10.0, turned=turned)
        for x, top, n, turned in places
    ]
    read = [id(word) for group in columns_of_text(words) for word in group]
    assert sorted(read) == sorted(map(id, words))
