"""Red-amber-green ratings by word, fill, circle and picture, and the keys of papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.shapes import Box, Cell, Line, Mark, Place, Row, Table, Word
from pipeline.nlp.ratings import Key, KeyEntry, read_key, read_rating
from pipeline.passages import Passage

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "ratings.json").read_text(encoding="utf-8")
)
SOMEWHERE = Box(0.0, 0.0, 10.0, 10.0)


def label(case: dict[str, Any]) -> str:
    return str(case["label"])


def key_of(case: dict[str, Any]) -> Key:
    """The key that a paper with the case's lines would print, read as papers' keys are read."""
    lines = [line(f"{sign} – {meaning}", i) for i, (sign, meaning) in enumerate(case.get("key", {}).items())]
    return read_key([line("Key", -1), *lines])


def line(text: str, row: int) -> Line:
    """A line of text; one that starts with "+" goes on with the paragraph before."""
    words = tuple(
        Word(word, Box(50.0 * i, 20.0 * row, 50.0 * i + 40, 20.0 * row + 10), 1)
        for i, word in enumerate(text.removeprefix("+").split())
    )
    return Line(words, opens=not text.startswith("+"))


@pytest.mark.parametrize("case", CASES["ratings"], ids=label)
def test_words_of_a_rating_cell_are_read(case: dict[str, Any]) -> None:
    rag = read_rating(Passage(case["text"]), (), key_of(case))
    read = {"value": rag.value, "colour": rag.colour, "label": rag.label} if rag else None
    assert read == case["expect"]


@pytest.mark.parametrize("case", CASES["signs"], ids=label)
def test_coloured_signs_of_a_rating_cell_are_read(case: dict[str, Any]) -> None:
    marks = [Mark(m["kind"], "#00aa00", m["name"], SOMEWHERE, 1, m["mark"]) for m in case["marks"]]
    rag = read_rating(Passage(""), marks, key_of(case))
    assert ([rag.value, rag.source] if rag else None) == case["expect"]


@pytest.mark.parametrize("case", CASES["keys"], ids=label)
def test_a_key_in_words_is_read(case: dict[str, Any]) -> None:
    assert read_key([line(text, i) for i, text in enumerate(case["lines"])]).as_dict() == case["expect"]


@pytest.mark.parametrize("case", CASES["drawn_keys"], ids=label)
def test_a_key_of_signs_takes_the_words_beside_each(case: dict[str, Any]) -> None:
    marks = [Mark("circle", "#00aa00", n, Box(x, y, x + 15, y + 15), 1, m) for x, y, n, m in case["marks"]]
    lines = [Line((Word(text, Box(x, y, x + 25, y + 10), 1),)) for x, y, text in case["words"]]
    assert read_key(lines, marks).as_dict() == case["expect"]


def table(rows: list[list[str]]) -> Table:
    cells = [
        [Cell(i, j, (line(text, i),), (Place(1, SOMEWHERE),)) for j, text in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    return Table(tuple(Row(tuple(row), (1,)) for row in cells), 2, (Place(1, SOMEWHERE),), "ruled")


def test_a_key_may_be_a_table_of_signs_and_their_meanings() -> None:
    signs = table([["1", "Achieved"], ["2", "On track"], ["3", "Slipped"]])
    key = read_key([], (), [table([["Visits", "14"]]), signs])
    assert [(entry.sign, entry.meaning) for entry in key.entries] == [
        ("1", "Achieved"), ("2", "On track"), ("3", "Slipped"),
    ]  # fmt: skip


def test_a_rating_shows_where_it_is_drawn() -> None:
    rag = read_rating(Passage(""), [Mark("circle", "#ff0000", "red", SOMEWHERE, 4)])
    assert rag is not None
    assert rag.evidence is not None
    assert (rag.evidence.places[0].page, rag.evidence.places[0].box) == (4, SOMEWHERE)


def test_words_count_more_than_colours() -> None:
    rag = read_rating(Passage("Amber"), [Mark("fill", "#00ff00", "green", SOMEWHERE, 1)])
    assert rag is not None
    assert (rag.value, rag.source) == ("amber", "word")


def test_a_sign_means_what_the_key_says() -> None:
    key = Key((KeyEntry("purple", "Closed by the Board", "complete"),))
    assert key.meaning("purple") == "Closed by the Board"
    assert key.value("green") is None
