"""The second engine sees what rules draw, and says when it cannot read a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.flavours import NoOpinion, ruled, second_opinion
from extract.shapes import Document, Page

CASES = json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf8"))
LABELS = (
    "a table with all its rules keeps every cell",
    "labels of sections across a ruled table keep rows of their own",
    "a heading across two columns stands over both where all rules are drawn",
)


@pytest.mark.slow
@pytest.mark.parametrize("label", LABELS)
def test_two_engines_see_the_same_cells(
    label: str, read_table: Callable[[object], Document], words_drawn: Callable[[], Page], tmp_path: Path
) -> None:
    read_table(next(case for case in CASES if case["label"] == label))
    page = words_drawn()
    assert [t.grid() for t in second_opinion(tmp_path / "table.pdf", page)] == [t.grid() for t in ruled(page)]


# camelot leaves a file open that it cannot read: the child that reads the document ends soon after.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
def test_a_file_that_the_second_engine_cannot_read_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    with pytest.raises(NoOpinion):
        second_opinion(tmp_path / "broken.pdf", Page(1, 100.0, 100.0))
