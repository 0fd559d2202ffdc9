"""Minutes from the printed page to records: the cases of tests/cases/minutes, set in type here; laws; the shared gold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Box, Cell, Document, Line, PageInfo, Place, Row, Table, Word
from pipeline.minutes import MinutesRead, read_minutes

FOLDER = Path(__file__).parents[1] / "cases" / "minutes"
CASES: list[dict[str, Any]] = [
    {**case, "label": f"{file.stem}: {case['label']}"}
    for file in sorted(FOLDER.glob("*.json"))
    for case in json.loads(file.read_text("utf8"))
]
LETTER, PITCH, LEFT, RIGHT, STOP = 5.0, 12.0, 50.0, 545.0, 90.0


def set_line(text: str, page: int, top: float) -> list[Word]:
    """The words of a line: ** bold, __ underlined, a tab goes to the next stop, >> to the right edge."""
    left, _, tail = text.partition(">>")
    x = LEFT + LETTER * (len(left) - len(left.lstrip(" ")))
    words: list[Word] = []
    bold = underlined = False
    for mark, tab, word in re.findall(r"(\*\*|__)|(\t)|((?:(?!\*\*|__)[^\s])+)", left):
        if mark:
            bold, underlined = bold ^ (mark == "**"), underlined ^ (mark == "__")
        elif tab:
            x = LEFT + STOP * ((x - LEFT) // STOP + 1)
        else:
            words.append(_word(word, page, (x, top), bold, underlined))
            x += LETTER * (len(word) + 1)
    x = RIGHT - LETTER * len(tail.strip())
    for word in tail.split():
        words.append(_word(word, page, (x, top), False, False))
        x += LETTER * (len(word) + 1)
    return words


def _word(text: str, page: int, at: tuple[float, float], bold: bool, underlined: bool) -> Word:
    x, top = at
    return Word(text, Box(x, top, x + LETTER * len(text), top + 10), page, 10.0, bold, False, underlined)


def set_pages(lines: list[str]) -> Iterator[Line]:
    """Lines set one below the other; an empty one is a gap, a form feed a new page."""
    page, top, opens = 1, 60.0, True
    for text in lines:
        if text == "\f":
            page, top, opens = page + 1, 60.0, True
        elif not text.strip():
            top, opens = top + PITCH, True
        else:
            yield Line(tuple(set_line(text, page, top)), opens)
            top, opens = top + PITCH, False


def set_table(rows: list[list[str]], page: int, top: float) -> Table:
    """A ruled table of plain cells, 150 points a column, a line a cell ("|" breaks it)."""
    set_rows: list[Row] = []
    for i, texts in enumerate(rows):
        cells = []
        for column, text in enumerate(texts):
            place = Box(LEFT + 150 * column, top, LEFT + 150 * (column + 1), top + 40)
            lines = tuple(
                Line(tuple(_shifted(set_line(part, page, top + 12 * k), 150.0 * column)), k == 0)
                for k, part in enumerate(text.split("|"))
                if part.strip()
            )
            cells.append(Cell(i, column, lines, (Place(page, place),)))
        set_rows.append(Row(tuple(cells), (page,)))
        top += 40
    box = Box(LEFT, top - 40 * len(rows), LEFT + 150 * len(rows[0]), top)
    return Table(tuple(set_rows), len(rows[0]), (Place(page, box),), "ruled")


def _shifted(words: list[Word], by: float) -> list[Word]:
    return [
        msgspec.structs.replace(w, box=Box(w.box.x0 + by, w.box.top, w.box.x1 + by, w.box.bottom))
        for w in words
    ]


def printed(case: dict[str, Any]) -> Document:
    """The document that a case prints."""
    lines = tuple(set_pages(case["page"]))
    bottom = max((line.box.bottom for line in lines if line.page == 1), default=60.0)
    tables = (set_table(case["table"], 1, bottom + 20),) if "table" in case else ()
    below = tuple(
        Line(
            tuple(
                msgspec.structs.replace(w, box=Box(w.box.x0, w.box.top + 700, w.box.x1, w.box.bottom + 700))
                for w in line.words
            ),
            line.opens,
        )
        for line in set_pages(case.get("below", []))
    )
    infos = tuple(
        PageInfo(n, 595.0, 842.0, "text") for n in range(1, max((line.page for line in lines), default=1) + 1)
    )
    return Document("case.pdf", "0" * 64, "test", infos, tables, tables, (*lines, *below))


def read(case: dict[str, Any]) -> MinutesRead:
    document = printed(case)
    return read_minutes(document, [info.number for info in document.pages])


def told(found: MinutesRead) -> dict[str, Any]:
    """What was read, in the words of a case's `expect`."""
    roles = ("present", "apologies", "substitute", "officer", "in_attendance")
    return {
        "meeting": msgspec.to_builtins(found.meeting),
        **{role: [a.name for a in found.attendance if a.role == role] for role in roles},
        "notes": {a.name: a.note for a in found.attendance if a.note},
        "items": msgspec.json.decode(msgspec.json.encode(found.items)),
        "problems": [problem.code for problem in found.problems],
    }


def compare(expected: Any, actual: Any, where: str = "") -> None:
    """Everything that is expected is there; keys that a case leaves out may hold anything."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            compare(value, actual[key], f"{where}.{key}")
    elif isinstance(expected, list) and expected and isinstance(expected[0], dict):
        assert len(expected) == len(actual), f"{where}: {actual}"
        for i, (one, other) in enumerate(zip(expected, actual, strict=True)):
            compare(one, other, f"{where}[{i}]")
    else:
        assert actual == expected, f"{where}: {actual}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_minutes_are_read_as_printed(case: dict[str, Any]) -> None:
    compare(case["expect"], told(read(case)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_every_value_read_from_minutes_shows_where_it_is_printed(case: dict[str, Any]) -> None:
    found = read(case)
    for item in found.items:
        assert item.evidence is not None
        shown = [decision.evidence for decision in item.decisions]
        shown += [motion.evidence for motion in item.motions]
        shown += [declaration.evidence for declaration in item.declarations]
        shown += [action.evidence for action in item.actions]
        shown += [vote.evidence for vote in item.votes]
        assert all(evidence is not None and evidence.places for evidence in shown)
    assert all(somebody.evidence is not None for somebody in found.attendance)


@given(st.lists(st.text(alphabet="aZ .:;,()1R\u2019RESOLVEDthat", max_size=60), max_size=25))
def test_any_page_can_be_read_as_minutes_without_a_fault(lines: list[str]) -> None:
    found = read({"page": lines})
    assert isinstance(found, MinutesRead)


def test_the_gold_minutes_are_read_as_well_as_the_project_promises(shared: Path, tmp_path: Path) -> None:
    gold = shared / "papers" / "real" / "minutes"
    files = [
        shared / "papers" / "real" / "pdf" / json.loads(f.read_text("utf8"))["pdf"]
        for f in gold.glob("*.json")
    ]
    # `scrutiny read` starts its own processes; a test must see what a user sees.
    command = [sys.executable, "-m", "pipeline", "read", *map(str, files), "--json"]
    printed_lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    predictions = tmp_path / "read.jsonl"
    predictions.write_text(printed_lines, "utf8")
    scorer = [
        sys.executable,
        str(shared / "eval" / "score_minutes.py"),
        str(predictions),
        str(gold),
        "--json",
    ]
    scored = subprocess.run(scorer, capture_output=True, text=True, check=False)
    if "rapidfuzz" in scored.stderr:
        pytest.skip("the scorer needs rapidfuzz")
    fields = json.loads(scored.stdout)["ALL"]
    for field, least in {"items": 0.97, "resolutions": 0.97, "votes": 0.97, "present": 0.97}.items():
        assert fields[field]["f1"] >= least, field
    for field in ("actions.text", "actions.owner"):
        assert fields[field]["f1"] >= 0.93, field
