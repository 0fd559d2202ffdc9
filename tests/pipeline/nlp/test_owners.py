"""Owners: the cells, sentences, title blocks and pairs of names of tests/cases/owners.json, and laws."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Box, Line, Word
from pipeline.nlp.abbreviations import Abbreviations
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.lead_sentences import Lead, closing_leads, leads_in, times_to_come
from pipeline.nlp.names import party_key, same_party, tidy
from pipeline.nlp.owners import owners_in_sentence, read_owners, read_people, says_no_owner
from pipeline.passages import Passage

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "owners.json").read_text("utf8")
)
LETTER = 5.0  # width of a letter in points, of the cells that tests print

names = st.sampled_from(
    ["Ada Thorne", "Head of Libraries", "Quay Team", "Clerk", "Cllr Orme", "MASH", "Harbour Board", "All"]
)
separators = st.sampled_from([" / ", "\n", "; ", " and ", " & ", ", ", " – "])


def printed(lines: list[str]) -> Passage:
    """A cell whose lines are set one under the other, five points a letter."""
    return Passage.of_lines(_line(text, 12.0 * i) for i, text in enumerate(lines))


def _line(text: str, top: float) -> Line:
    words, x = [], 0.0
    for word in text.split():
        words.append(Word(word, Box(x, top, x + LETTER * len(word), top + 10), 1))
        x += LETTER * (len(word) + 1)
    return Line(tuple(words))


def said(leads: Iterable[Lead]) -> list[list[object]]:
    """Who acts and by when, of each sentence that says so."""
    return [
        [[owner.name for owner in lead.owners], lead.deadline.latest if lead.deadline else None]
        for lead in leads
    ]


def labels(cases: list[dict[str, Any]]) -> list[str]:
    return [case["label"] for case in cases]


@pytest.mark.parametrize("case", CASES["cells"], ids=labels(CASES["cells"]))
def test_a_cell_gives_the_owners_that_it_names(case: dict[str, Any]) -> None:
    cell = printed(case["lines"]) if "lines" in case else Passage.plain(case["text"])
    found = read_owners(cell, Abbreviations(case.get("defined", {})))
    assert [owner.name for owner in found] == [expected["name"] for expected in case["expect"]]
    for owner, expected in zip(found, case["expect"], strict=True):
        assert {field: getattr(owner, field) for field in expected} == expected


@pytest.mark.parametrize("case", CASES["sentences"], ids=labels(CASES["sentences"]))
def test_a_sentence_gives_the_owners_that_it_tasks(case: dict[str, Any]) -> None:
    found = owners_in_sentence(Passage.plain(case["text"]))
    assert [owner.name for owner in found] == case["expect"]
    assert all(owner.certainty != "certain" for owner in found)


@pytest.mark.parametrize("case", CASES["leads"], ids=labels(CASES["leads"]))
def test_a_sentence_says_who_leads_and_by_when(case: dict[str, Any]) -> None:
    found = list(leads_in(Passage.plain(case["text"]), Anchor()))
    assert said(found) == ([case["expect"]] if case["expect"] else [])
    assert all(owner.certainty != "certain" for lead in found for owner in lead.owners)


@pytest.mark.parametrize("case", CASES["told"], ids=labels(CASES["told"]))
def test_a_letter_or_minutes_tell_who_will_do_something_by_when(case: dict[str, Any]) -> None:
    assert said(leads_in(Passage.plain(case["text"]), Anchor(), told=True)) == (
        [case["expect"]] if case["expect"] else []
    )


@pytest.mark.parametrize("case", CASES["closing"], ids=labels(CASES["closing"]))
def test_an_action_ends_with_who_does_it_and_by_when(case: dict[str, Any]) -> None:
    assert said(closing_leads(Passage.plain(case["text"]), Anchor())) == (
        [case["expect"]] if case["expect"] else []
    )


@pytest.mark.parametrize("case", CASES["to_come"], ids=labels(CASES["to_come"]))
def test_an_answer_says_when_something_will_be_done(case: dict[str, Any]) -> None:
    found = list(times_to_come(Passage.plain(case["text"]), Anchor()))
    assert [due.latest for due in found] == ([case["expect"]] if case["expect"] else [])
    assert all(due.certainty == "unsure" for due in found)


@pytest.mark.parametrize("case", CASES["people"], ids=labels(CASES["people"]))
def test_a_title_block_names_people_and_whom_they_speak_for(case: dict[str, Any]) -> None:
    found = read_people(Passage.plain(case["text"]))
    assert [[person.name, person.on_behalf_of] for person in found] == case["expect"]


@pytest.mark.parametrize("case", CASES["parties"], ids=labels(CASES["parties"]))
def test_two_names_are_one_party_only_where_that_is_sure(case: dict[str, Any]) -> None:
    assert same_party(case["a"], case["b"]) is case["expect"]


def test_an_owner_shows_the_box_and_the_words_that_it_was_read_from() -> None:
    cell = printed(["Ada Thorne, Head of Libraries", "Harbour Improvement and Licensing Team"])
    first = read_owners(cell)[0]
    assert first.evidence is not None
    assert first.evidence.words == "Ada Thorne, Head of Libraries"
    assert first.evidence.places[0].box == Box(0, 0, LETTER * len("Ada Thorne, Head of Libraries"), 10)


def test_a_telephone_number_is_in_no_name() -> None:
    (owner,) = read_owners(Passage.plain("Ada Thorne 01632 960123"))
    assert not any(letter.isdigit() for letter in owner.name)


@pytest.mark.parametrize("text", ["", "  ", "N/A", "tbc", "To be confirmed.", "-"])
def test_a_cell_may_say_that_there_is_no_owner(text: str) -> None:
    assert says_no_owner(text)


@pytest.mark.parametrize("text", ["Clerk", "N/A – Clerk", "All"])
def test_a_cell_that_names_somebody_does_not_say_that_there_is_no_owner(text: str) -> None:
    assert not says_no_owner(text)


@given(st.text(max_size=80))
def test_any_text_is_read_and_each_owner_was_printed_in_it(text: str) -> None:
    for owner in read_owners(Passage.plain(text)):
        assert owner.printed in text
        assert owner.name


@given(st.lists(names, min_size=1, max_size=4, unique=True))
def test_names_on_lines_of_their_own_are_each_found(listed: list[str]) -> None:
    found = read_owners(Passage.plain("\n".join(listed)))
    said = {name for owner in found for name in (owner.name, owner.post) if name}
    assert said == set(listed)


@given(st.lists(st.tuples(names, separators), min_size=1, max_size=4))
def test_no_party_is_named_twice_in_a_cell(parts: list[tuple[str, str]]) -> None:
    keys = [party_key(o.name) for o in read_owners(Passage.plain("".join(n + s for n, s in parts)))]
    assert len(keys) == len(set(keys))
    assert all(a != b for a, b in pairwise(keys))


@given(st.text(max_size=40))
def test_tidying_a_name_twice_changes_nothing_more_in_its_key(name: str) -> None:
    assert party_key(tidy(name)) == party_key(tidy(tidy(name)))


@pytest.mark.parametrize(
    ("defined", "certainty"), [({}, "likely"), ({"PT": "Parks Team"}, "certain")], ids=["bare", "resolved"]
)
def test_letters_that_the_paper_does_not_resolve_are_no_certain_owner(
    defined: dict[str, str], certainty: str
) -> None:
    (owner,) = read_owners(Passage.plain("PT"), Abbreviations(defined))
    assert owner.certainty == certainty
