"""Whole answers, letter for letter: what `scrutiny read` says of two samples, and the Document of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from extract import read_document
from extract.shapes import Document, Table
from pipeline.flow import understand
from pipeline.output import read_line

FOLDER = Path(__file__).parent
ENCODER = msgspec.json.Encoder()


class Golden(Protocol):
    def __call__(self, file: Path, text: str) -> None: ...


@pytest.mark.parametrize("name", ["wexmoor-air-quality-action-plan", "tillingbourne-revised-dates"])
def test_what_is_understood_of_a_whole_paper(name: str, samples: Path, golden: Golden) -> None:
    paper = understand(read_document(samples / f"{name}.pdf"))
    line = json.loads(ENCODER.encode(read_line(f"{name}.pdf", paper)))
    golden(
        FOLDER / "read" / f"{name}.json",
        json.dumps(_without_reader(line), indent=1, ensure_ascii=False) + "\n",
    )


def test_what_is_read_of_a_whole_pdf(samples: Path, golden: Golden) -> None:
    document = read_document(samples / "quarrington-parking-lettered.pdf")
    golden(FOLDER / "document" / "quarrington-parking-lettered.jsonl", "\n".join(_pieces(document)) + "\n")


def test_a_document_is_the_same_after_a_journey_through_json(samples: Path) -> None:
    document = read_document(samples / "quarrington-parking-lettered.pdf")
    assert Document.from_json(document.to_json()) == document


def _without_reader(line: dict[str, object]) -> dict[str, object]:
    """The line without the reader's version, which changes more often than what is read."""
    return {key: value for key, value in line.items() if key != "reader"}


def _pieces(document: Document) -> Iterator[str]:
    """The document a line of JSON a page, row, line of text or problem."""
    for page in document.pages:
        yield _told("page", page)
    for i, table in enumerate(document.page_tables):
        yield from _table(f"table as drawn {i + 1}", table)
    for i, table in enumerate(document.tables):
        yield from _table(f"table {i + 1}", table)
    for line in document.lines:
        yield _told("line", line)
    for problem in document.problems:
        yield _told("problem", problem)


def _table(name: str, table: Table) -> Iterator[str]:
    yield _told(name, (table.flavour, table.reason, table.header_rows, table.columns, table.places))
    for row in table.rows:
        yield _told(f"{name}, row", row)
    for row in table.repeated:
        yield _told(f"{name}, repeated", row)


def _told(what: str, value: object) -> str:
    return f"{what}: {ENCODER.encode(_rounded(msgspec.to_builtins(value))).decode()}"


def _rounded(value: object) -> object:
    """Points to a tenth: farther digits are the library's arithmetic."""
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return value
