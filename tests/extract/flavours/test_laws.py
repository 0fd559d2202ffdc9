"""No word is lost: whatever a table looks like, each word in its box ends in exactly one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.shapes import Document, Page, Word

STYLES: list[dict[str, Any]] = [
    {"across": "all", "down": True},
    {"across": "all", "down": True, "dotted": True},
    {"across": "all"},
    {"across": "all", "middle": True},
    {"across": "ends", "row_gap": 9},
    {"row_gap": 14},
    {"cell_tint": "#dde6f0", "row_gap": 8},
    {"band_tint": "#e4e4e4"},
    {"across": "all", "down": True, "head_tint": "#c0d0e8"},
    {"cell_tint": "#dde6f0", "across": "all", "down": True, "white_rules": True},
]
WORDS = [
    "ash",
    "Birch",
    "cedar",
    "a)",
    "•",
    "12.5",
    "-3",
    "3",
    "Elm,",
    "fir.",
    "Councillor",
    "the",
    "-",
    "50%",
    "£1.2m",
]

texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """A table of random width, texts and look."""
    columns = draw(st.integers(2, 5))
    return {
        "label": "random",
        "widths": draw(st.lists(st.integers(40, 150), min_size=columns, max_size=columns)),
        "rows": draw(st.lists(st.lists(texts, min_size=columns, max_size=columns), min_size=2, max_size=6)),
        "style": draw(st.sampled_from(STYLES)),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=tables())
def test_every_word_in_a_tables_box_is_in_exactly_one_cell(
    case: dict[str, Any], read_table: Callable[[object], Document], words_drawn: Callable[[], Page]
) -> None:
    document = read_table(case)
    furniture = Counter(_key(w) for page in document.pages for line in page.furniture for w in line.words)
    words = [word for word in words_drawn().words if _key(word) not in furniture]
    held = Counter(_key(word) for table in document.page_tables for word in table.words)
    boxes = [table.places[0].box for table in document.page_tables]
    inside = Counter(_key(w) for w in words if any(box.holds(w.box.middle) for box in boxes))
    assert held == inside
    outside = Counter(_key(word) for line in document.lines for word in line.words)
    assert inside + outside == Counter(_key(w) for w in words)


def _key(word: Word) -> tuple[str, float, float]:
    return word.text, round(word.box.x0, 1), round(word.box.bottom, 1)
