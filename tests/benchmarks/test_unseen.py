"""The held-out texts are held out, their truth is printed in them, and what is counted is counted right."""

from __future__ import annotations

from benchmarks.lessons import lessons, varied
from benchmarks.unseen import Counts, Unseen, counted, held_out, lessons_beside


def test_no_held_out_text_is_a_lesson() -> None:
    sentences, cells = held_out()
    taught = {" ".join(lesson.text.casefold().split()) for lesson in lessons_beside(sentences + cells)}
    assert len(sentences) >= 120
    assert [one.text for one in sentences + cells if " ".join(one.text.casefold().split()) in taught] == []


def test_a_third_of_the_held_out_sentences_name_nobody_who_acts() -> None:
    sentences, _ = held_out()
    assert 3 * sum(not one.parties for one in sentences) >= 0.99 * len(sentences)


def test_every_held_out_party_is_printed_in_its_text() -> None:
    sentences, cells = held_out()
    assert all(party in one.text.casefold() for one in (*sentences, *cells) for party in one.parties)


def test_a_lesson_marks_whole_words_and_copies_mark_the_names_that_they_exchange() -> None:
    for lesson in varied(lessons()[:40]):
        for start, end, _ in lesson.spans:
            assert lesson.text[start:end].strip() == lesson.text[start:end] != ""
            assert not lesson.text[end : end + 1].isalnum()


def test_parties_are_counted_by_text() -> None:
    texts = [Unseen("a", frozenset({"x", "y"})), Unseen("b", frozenset())]
    counts = counted(lambda _: frozenset({"x"}), texts)
    assert counts == Counts(right=1, spurious=1, missed=1)
    assert counts.f1 == 0.5
