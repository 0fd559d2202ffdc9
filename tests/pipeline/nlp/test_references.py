"""References, titles and texts of recommendations, and what texts mention."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.language import reference_words
from pipeline.nlp.numbering import find_numbered
from pipeline.nlp.references import (
    addressed_to,
    cross_references,
    paragraph_refs,
    read_beside_reference,
    read_reference,
    read_reference_cell,
    split_references,
)
from pipeline.passages import Passage

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "references.json").read_text(encoding="utf-8")
)
PassageOf = Callable[[str], Passage]


def label(case: dict[str, Any]) -> str:
    return str(case["label"])


@pytest.mark.parametrize("case", CASES["references"], ids=label)
def test_a_cell_gives_its_reference_title_and_text(case: dict[str, Any], passage_of: PassageOf) -> None:
    read = read_reference(passage_of(case["text"]))
    assert {
        "ref": read.ref,
        "number": read.number,
        "parts": list(read.parts),
        "title": read.title.text if read.title else None,
        "text": read.text.text,
        "several": read.several,
    } == {"several": False, **case["expect"]}


@pytest.mark.parametrize("case", CASES["reference_cells"], ids=label)
def test_a_short_cell_of_a_reference_column_is_the_reference_as_printed(case: dict[str, Any]) -> None:
    read = read_reference_cell(Passage(case["text"]))
    assert {"ref": read.ref, "number": read.number} == case["expect"]


@pytest.mark.parametrize("case", CASES["lists"], ids=label)
def test_a_cell_that_numbers_its_paragraphs_in_order_is_cut_there(case: dict[str, Any]) -> None:
    assert [[read.ref, read.text.text] for read in split_references(Passage(case["text"]))] == case["expect"]


@pytest.mark.parametrize("case", CASES["paragraphs"], ids=label)
def test_paragraphs_of_the_report_are_found_and_those_of_others_are_not(case: dict[str, Any]) -> None:
    assert list(paragraph_refs(case["text"])) == case["expect"]


@pytest.mark.parametrize("case", CASES["mentions"], ids=label)
def test_mentions_of_other_recommendations_are_found(case: dict[str, Any]) -> None:
    assert [[found.ref, found.words] for found in cross_references(case["text"])] == case["expect"]


@pytest.mark.parametrize("case", CASES["addressed"], ids=label)
def test_who_is_asked_is_read_where_the_words_say_it_plainly(case: dict[str, Any]) -> None:
    assert list(addressed_to(case["text"])) == case["expect"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Quay lamps\nThat the Board light its quays.", "Quay lamps"),
        ("Recommendation:\nThat the Board light its quays.", None),
        ("Light the quays\nSweep the quays in summer and in winter", None),
        ("That lamps be lit\nThat quays be swept every week.", None),
        ("The Board should:\nlight its quays\nsweep them every week", None),
    ],
)
def test_beside_a_column_of_numbers_a_title_stands_above_a_text_that_opens_as_one(
    text: str, title: str | None
) -> None:
    read = read_beside_reference(Passage(text))
    assert (read.title.text if read.title else None) == title


def test_a_reference_shows_where_it_is_printed(passage_of: PassageOf) -> None:
    evidence = read_reference(passage_of("**R4** - That fares be frozen.")).evidence
    assert evidence is not None
    assert (evidence.words, evidence.places[0].page) == ("R4", 1)


@pytest.mark.parametrize("code", reference_words().codes, ids=lambda code: code.example)
def test_every_code_of_the_knowledge_reads_its_own_example(code: Any) -> None:
    found = find_numbered(code.example)
    assert found is not None
    assert found.ident == code.example


WORDS = st.text(alphabet="abcdefg ABC123.:-–()\n'“”•", max_size=80)


@given(WORDS)
def test_no_letter_of_a_cell_is_lost_but_separators(text: str) -> None:
    read = read_reference(Passage(text))
    kept = (read.ref or "") + (read.title.text if read.title else "") + read.text.text
    letters = [c for c in text if c.isalnum()]
    assert sorted(c for c in kept if c.isalnum()) == sorted(letters)


@given(WORDS)
def test_cutting_a_cell_by_its_numbers_loses_no_letter(text: str) -> None:
    reads = split_references(Passage(text))
    kept = "".join((r.ref or "") + (r.title.text if r.title else "") + r.text.text for r in reads)
    assert sorted(c for c in kept if c.isalnum()) == sorted(c for c in text if c.isalnum())


@given(st.integers(min_value=1, max_value=999), st.sampled_from([":", ".", " -", " –", ")", ""]))
def test_a_labelled_number_is_read_with_any_separator(number: int, separator: str) -> None:
    read = read_reference(Passage(f"Recommendation {number}{separator} That fares be frozen."))
    assert (read.ref, read.number) == (f"Recommendation {number}", number)
    assert read.text.text == "That fares be frozen."
