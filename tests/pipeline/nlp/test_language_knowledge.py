"""The words of the language stage are data that is checked when it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.knowledge.language import (
    Decisions,
    Markers,
    decisions,
    markers,
    progress,
    ratings,
    reference_words,
)
from pipeline.knowledge.vocabulary import KnowledgeError, read


@pytest.mark.parametrize("load", [decisions, markers, progress, ratings, reference_words])
def test_every_file_of_words_loads_and_its_patterns_compile(load: object) -> None:
    assert callable(load)
    assert load() is load()


def test_a_key_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    path.write_text(
        "decisions: []\nsentences: []\nbodies: []\nconditions: []\ndeciders: {}\ncontinues: []\nmore: 1\n"
    )
    with pytest.raises(KnowledgeError, match=r"decisions\.yml.*more"):
        read(path, Decisions)


def test_a_kind_of_part_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "markers.yml"
    path.write_text("markers: [{kind: replies, bare: true, words: [reply]}]\n")
    with pytest.raises(KnowledgeError, match=r"markers\.yml"):
        read(path, Markers)


def test_no_marker_word_has_two_kinds() -> None:
    words = [word for entry in markers().markers for word in entry.words]
    assert sorted(words) == sorted(set(words))
