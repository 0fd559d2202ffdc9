"""How well papers as councils published them are read: rows of real tables, and minutes, by the shared scorers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.places import SHARED, scorer
from extract import Sandbox
from pipeline.flow import understand
from pipeline.output import read_line

REAL = SHARED / "papers" / "real"
HEADINGS = ("field", "precision", "recall", "F1", "right", "spurious", "missed")
ROW_FIELDS = (
    "found", "text", "text~", "owners", "timeline.sure", "end", "decision", "status", "rag", "segments", "segments~", "pages",
)  # fmt: skip
LEAST = 0.95  # of `CLAIMED`
CLAIMED = ("found", "text~", "owners", "status")
Tallies = Mapping[str, Any]  # the scorers' own tallies by field


def published() -> list[tuple[str, Chapter]]:
    """The two chapters, each with the section of the page that it belongs in; none where the papers are not here."""
    rows, minutes = scorer("score_rows"), scorer("score_minutes")
    if rows is None or minutes is None:
        return []
    golds = [*sorted((REAL / "rows").glob("*.json")), *sorted((REAL / "minutes").glob("*.json"))]
    read = _read({REAL / "pdf" / Path(msgspec.json.decode(gold.read_bytes())["pdf"]).name for gold in golds})
    return [
        ("rows", _rows(rows.score(read, REAL / "rows"))),
        ("minutes", _minutes(minutes.score(read, REAL / "minutes"))),
    ]


def _read(papers: set[Path]) -> dict[str, Any]:
    """Each paper as `scrutiny read --json` prints it, by the name of its file."""
    with Sandbox() as sandbox:
        return {
            paper.name: msgspec.to_builtins(
                read_line(paper.name, understand(sandbox.read(paper).document)), str_keys=True
            )
            for paper in sorted(papers)
        }


def _rows(scores: Mapping[str, Tallies]) -> Chapter:
    """Field by field over all documents, and the F1 of what was promised document by document."""
    whole = scores["ALL"]
    by_document = [
        [name, *(_figure(tallies[field].row()["f1"]) for field in CLAIMED)]
        for name, tallies in scores.items()
        if name != "ALL"
    ]
    return Chapter(
        "Rows of real tables",
        [
            "Risk actions, mitigation forms, a status register and a note, read by hand; by `score_rows.py`.",
            Table(HEADINGS, [_row(field, whole[field]) for field in ROW_FIELDS if field in whole]),
            "F1 by document:",
            Table(("document", *CLAIMED), by_document),
        ],
        [_claim(field, whole[field].row()["f1"]) for field in CLAIMED],
    )


def _minutes(scores: Mapping[str, Tallies]) -> Chapter:
    whole = scores["ALL"]
    return Chapter(
        "Minutes",
        [
            f"{len(scores) - 1} sets of minutes read by hand; by `score_minutes.py`.",
            Table(HEADINGS, [_row(field, tally) for field, tally in whole.items()]),
        ],
    )


def _row(field: str, tally: Any) -> list[str]:
    row = tally.row()
    shares = (_figure(row[key]) for key in ("precision", "recall", "f1"))
    return [field, *shares, str(row["right"]), str(row["spurious"]), str(row["missed"])]


def _claim(field: str, f1: float | None) -> Claim:
    return Claim(f"{field} of real rows", f"at least {LEAST}", _figure(f1), f1 is not None and f1 >= LEAST)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
