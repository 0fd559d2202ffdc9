"""Common nouns for those who act: their forms, and what of a phrase is the name."""

from __future__ import annotations

import pytest

from pipeline.knowledge.agents import agent_nouns, agent_words, plural
from pipeline.nlp.agents import find_agents
from pipeline.nlp.tokens import read_tokens


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("trader", "traders"),
        ("nursery", "nurseries"),
        ("church", "churches"),
        ("fisherman", "fishermen"),
        ("railway", "railways"),
        ("witness", "witnesses"),
    ],
)
def test_a_plural_is_made(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_irregular_plurals_are_known_and_people_are_told_from_bodies() -> None:
    nouns = agent_nouns()
    assert (nouns["midwives"].many, nouns["midwives"].person) == (True, True)
    assert (nouns["laboratory"].many, nouns["laboratory"].person) == (False, False)
    assert "guide" not in nouns


def test_the_lists_are_broad_and_name_nothing_twice() -> None:
    words = agent_words()
    for known in (words.people, words.bodies):
        assert len(known) >= 100
        assert len(set(known)) == len(known)
    assert set(words.people).isdisjoint(words.bodies)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("all eleven of the remaining taxi drivers", ["taxi drivers"]),
        ("the parents' association and the credit union", ["parents' association", "credit union"]),
        ("the county's geography adviser", ["geography adviser"]),
        ("to support workers, and the support workers", ["workers", "support workers"]),
        ("Remind drivers of the rules", ["drivers"]),
        ("a bus service for an age group", []),
        ("the group and its office", []),
        ("the advice centre in the town centre", ["advice centre"]),
        ("town and parish councils", ["town and parish councils"]),
        ("local residents and local authorities", ["residents", "local authorities"]),
        ("drafted for school visits", []),
        ("The Contractor Company", []),
    ],
)
def test_a_phrase_gives_the_name_without_what_points_and_counts(text: str, names: list[str]) -> None:
    assert [agent.name for agent in find_agents(read_tokens(text))] == names
