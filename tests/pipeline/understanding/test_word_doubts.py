"""Texts that may be cut, joined or none are no surer than likely, and nothing becomes surer by its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Certainty, Recommendation, Segment
from pipeline.understanding.word_doubts import with_words_doubted

WHOLE = "That the ponds be dredged each spring."
SUREST_LAST: tuple[Certainty, ...] = ("unsure", "likely", "certain")
WORDS = st.lists(
    st.sampled_from(["That", "the", "ponds", "be", "dredged.", "Lead: Clerk", "a", "\n"]), max_size=9
)


def read(*texts: str, refs: tuple[str | None, ...] = ()) -> tuple[Recommendation, ...]:
    """Recommendations with these texts, numbered from 1 or as `refs` say."""
    numbered = refs or tuple(str(i) for i, _ in enumerate(texts, start=1))
    return tuple(Recommendation(text=text, ref=ref) for text, ref in zip(texts, numbered, strict=True))


def sureness(*texts: str, refs: tuple[str | None, ...] = ()) -> list[Certainty]:
    return [one.certainty for one in with_words_doubted(read(*texts, refs=refs))]


def test_a_text_of_a_few_words_is_doubted() -> None:
    assert sureness(WHOLE, "The ponds") == ["certain", "likely"]


def test_a_text_that_begins_in_mid_sentence_is_doubted() -> None:
    assert sureness(WHOLE, "and that the newts be counted each spring.") == ["certain", "likely"]


def test_a_text_that_holds_a_label_is_doubted() -> None:
    assert sureness(WHOLE, f"{WHOLE} Lead officer: Parks Manager.") == ["certain", "likely"]


def test_a_text_without_an_end_is_doubted_only_where_the_others_end() -> None:
    bare = "That the newts be counted each spring"
    assert sureness(WHOLE, WHOLE, bare) == ["certain", "certain", "likely"]
    assert sureness(bare, bare, bare) == ["certain"] * 3


def test_a_text_that_brackets_follow_is_doubted() -> None:
    assert sureness(WHOLE, f"{WHOLE} (see below)") == ["certain", "likely"]


def test_a_segment_that_only_names_somebody_or_a_day_is_doubted() -> None:
    said = (
        "The boat was hired for the whole of March.",
        "Head of Parks and Open Spaces",
        "5 October 2023 Pond review",
    )
    segments = tuple(Segment("response", text) for text in said)
    (read_again,) = with_words_doubted((Recommendation(text=WHOLE, ref="1", segments=segments),))
    assert [segment.certainty for segment in read_again.segments] == ["certain", "likely", "likely"]


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4), st.sampled_from(SUREST_LAST))
def test_nothing_becomes_surer_and_no_word_changes(texts: list[str], certainty: Certainty) -> None:
    before = tuple(
        Recommendation(
            text=text, certainty=certainty, segments=(Segment("response", text, certainty=certainty),)
        )
        for text in texts
    )
    after = with_words_doubted(before)
    assert [one.text for one in after] == texts
    for one in after:
        for sure in (one.certainty, *(segment.certainty for segment in one.segments)):
            assert SUREST_LAST.index(sure) <= SUREST_LAST.index(certainty)
