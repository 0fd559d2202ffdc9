"""One pattern for a list of them is found where any of the list is, however they open."""

from __future__ import annotations

import re

import pytest

from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import heading_words, kinds_known, metadata_words

LISTS = (
    (r"^red|green$", r"^blue\b"),
    (r"\bbridge", r"\b(?:lane|street)s?\b", r"river$"),
    (r".*\bmet at (?P<time>\d+)", r"^opened at (?P<time>\d+)", r"\w[)|]"),
    tuple(pattern for field in heading_words().fields for pattern in field.patterns),
    tuple(pattern for sort in heading_words().apart for pattern in sort.headings),
    tuple(pattern for kind in kinds_known().kinds for pattern in (*kind.titles, *kind.text)),
    metadata_words().not_title,
    metadata_words().stages,
)
TEXTS = (
    "red", "light green", "a green lane", "blue", "blueish", "footbridge", "the bridge", "two lanes", "river",
    "riverside", "the panel met at 7", "opened at 7", "reopened at 7", "b)", "b|", "", "responsible officer",
    "in place to deliver", "impact score", "minutes of the meeting", "six months on", "appendix 1", "1. apologies for absence",
)  # fmt: skip


@pytest.mark.parametrize("patterns", LISTS)
@pytest.mark.parametrize("text", TEXTS)
def test_one_pattern_finds_what_the_list_finds(patterns: tuple[str, ...], text: str) -> None:
    whole = together(patterns)
    assert bool(whole.search(text)) == any(re.search(pattern, text) for pattern in patterns)
    assert bool(whole.match(text)) == any(re.match(pattern, text) for pattern in patterns)
