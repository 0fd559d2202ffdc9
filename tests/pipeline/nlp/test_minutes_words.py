"""The small steps of reading minutes: times, labels, item numbers, sentences, lists of people, owners."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.minutes.actions import is_owner
from pipeline.nlp.minutes.meeting import clock
from pipeline.nlp.minutes.numbers import follows, item_number, label_of
from pipeline.nlp.minutes.openers import opening_of
from pipeline.nlp.minutes.people import people_in
from pipeline.nlp.minutes.sentences import sentences
from pipeline.passages import Passage


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("7.30pm", "19:30"),
        ("10 am", "10:00"),
        ("12.05 a.m.", "00:05"),
        ("18:33", "18:33"),
        ("4", None),
        ("29.99", None),
    ],
)
def test_a_printed_time_is_hours_and_minutes(said: str, time: str | None) -> None:
    assert clock(said) == time


@pytest.mark.parametrize(
    ("before", "label", "goes_on"),
    [
        ("(a)", "(b)", True),
        ("(h)", "(i)", True),
        ("(i)", "(j)", True),
        ("(i)", "(ii)", True),
        ("2.", "3.", True),
        ("2)", "3.", False),
        ("(a)", "(c)", False),
        ("•", "•", True),
        ("2.1", "2.2", True),
    ],
)
def test_a_label_goes_on_with_the_list_of_the_one_before(before: str, label: str, goes_on: bool) -> None:
    assert follows(label_of(f"{label} The"), label_of(f"{before} The")) is goes_on


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("77/31 Minutes", "77/31"),
        ("No. 12 Roads", "12"),
        ("3107.02 Roads", "3107.02"),
        ("OM-31-9 Roads", "OM-31-9"),
        ("Roads", None),
    ],
)
def test_the_number_before_a_title_is_kept_as_printed(text: str, number: str | None) -> None:
    found = item_number(text)
    assert (found.printed if found else None) == number


def test_an_abbreviation_ends_no_sentence() -> None:
    told = sentences(Passage.plain("Cllr. C. Dunn, C.B.C. Highways, would write. Mr. Bell went home."))
    assert [sentence.text for sentence in told] == [
        "Cllr. C. Dunn, C.B.C. Highways, would write.",
        "Mr. Bell went home.",
    ]


@pytest.mark.parametrize(
    "said", ["Clerk", "Cllr. P. Hale/Clerk", "All", "Website and Notice Boards", "JG", "Head of Roads"]
)
def test_words_at_the_right_edge_can_name_an_owner(said: str) -> None:
    assert is_owner(said)


@pytest.mark.parametrize(
    "said", ["Noted", "Signed by the Chair", "Ongoing", "the matter", "", "Motion carried."]
)
def test_words_at_the_right_edge_that_name_nobody_are_no_owner(said: str) -> None:
    assert not is_owner(said)


@pytest.mark.parametrize(
    "text", ["The meeting resolved nothing.", "Agreement was near.", "Actions speak louder than words."]
)
def test_a_sentence_that_only_begins_like_a_decision_opens_none(text: str) -> None:
    assert opening_of(text) is None


@given(
    st.lists(
        st.sampled_from(["Ann Bell", "C Dunn", "Eve Fry-Hale", "G O'Keefe"]),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_everybody_in_a_list_is_found_where_printed(names: list[str]) -> None:
    text = "Councillors " + ", ".join(names)
    found = people_in(Passage.plain(text))
    assert [person.name for person in found] == names
    assert [text[person.start : person.end] for person in found] == names
