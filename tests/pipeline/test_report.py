"""Exit codes say how much was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.report import BatchReport, FileReport


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], 0),
        (["read"], 0),
        (["read_none_found"], 0),
        (["read", "not_read"], 3),
        (["read_none_found", "not_read"], 3),
        (["not_read", "not_read"], 4),
    ],
)
def test_the_exit_code_tells_all_some_or_none(outcomes: list[str], code: int) -> None:
    files = tuple(FileReport(Path(f"{i}.pdf"), outcome) for i, outcome in enumerate(outcomes))  # type: ignore[arg-type]
    assert BatchReport(files).exit_code == code
