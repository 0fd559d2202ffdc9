"""The account of a group's words: what is in no field is named with its place, word by word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Document
from pipeline.records import Recommendation, Segment
from pipeline.understanding.accounts import left_over
from pipeline.understanding.groups import Group, group_rows
from pipeline.understanding.trackers import sort_tables

MakeDocument = Callable[..., Document]


@pytest.fixture(scope="session")
def group(document: MakeDocument) -> Callable[..., Group]:
    """The group that one row makes."""

    def build(text: str, answer: str) -> Group:
        made = document([["No.", "Recommendation", "Response"], ["1", text, answer]])
        (found,) = group_rows(sort_tables(made).trackers[0]).groups
        return found

    return build


MakeGroup = Callable[..., Group]


def test_words_in_a_field_are_accounted_for(group: MakeGroup) -> None:
    whole = Recommendation("Trim the hedges.", ref="1", segments=(Segment("response", "Agreed."),))
    assert left_over(group("Trim the hedges.", "Agreed."), [whole]) == ()


def test_words_in_no_field_are_named_in_runs_with_their_place(group: MakeGroup) -> None:
    kept = Recommendation("Trim hedges.", ref="1", segments=(Segment("response", "Agreed."),))
    made = group("Trim all the hedges.", "Agreed. It will cost more.")
    found = left_over(made, [kept])
    assert [(u.words, u.page) for u in found] == [("all the", 1), ("It will cost more", 1)]
    assert found[0].box.x0 > made.rows[0].cells[1].lines[0].words[0].box.x1


def test_a_word_printed_twice_and_kept_once_is_left_over_once(group: MakeGroup) -> None:
    kept = Recommendation("Trim it.", ref="1", segments=(Segment("response", "Agreed."),))
    assert [u.words for u in left_over(group("Trim it. Trim it.", "Agreed."), [kept])] == ["Trim it"]


def test_a_marker_and_punctuation_between_fields_are_no_loss(group: MakeGroup) -> None:
    segment = Segment("response", "Agreed", marker="Response")
    kept = Recommendation("Trim the hedges", ref="1", segments=(segment,))
    assert left_over(group("– Trim the hedges;", "Response: “Agreed”."), [kept]) == ()


words = st.lists(st.sampled_from(["trim", "mow", "mend", "rake", "hedge"]), min_size=1, max_size=8)


@given(words, words, st.data())
def test_kept_and_left_over_make_up_all_the_words(
    group: MakeGroup, text: list[str], answer: list[str], data: st.DataObject
) -> None:
    kept_text = [word for word in text if data.draw(st.booleans())]
    kept = Recommendation(" ".join(kept_text), ref="1")
    found = left_over(group(" ".join(text), " ".join(answer)), [kept])
    over = [word for one in found for word in one.words.split()]
    # A word that is kept but printed in another cell counts there: the sum is what is held to.
    assert sorted(over + kept_text) == sorted(text + answer)


def test_the_label_of_a_value_inside_a_cell_is_called_a_label(group: MakeGroup) -> None:
    whole = Recommendation("Trim the hedges.", ref="1", segments=(Segment("response", "Agreed. Ann Bell"),))
    (left,) = left_over(group("Trim the hedges.", "Agreed. Lead: Ann Bell"), [whole])
    assert (left.words, left.reason) == ("Lead", "a label")
