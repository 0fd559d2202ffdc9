"""docs/schema/ holds the JSON Schema of what `tables --json` and `read --json` print, made from their types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import msgspec
import pytest

from pipeline.output import ReadLine, TablesLine

LINES = [("tables", TablesLine), ("read", ReadLine)]


@pytest.mark.parametrize(("command", "line"), LINES, ids=[name for name, _ in LINES])
def test_the_schema_of_a_printed_line_is_current(
    command: str, line: type, repository: Path, golden: Callable[[Path, str], None]
) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of scrutiny {command} --json",
        **msgspec.json.schema(line),
    }
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    golden(repository / "docs" / "schema" / f"{command}.json", text)


@pytest.mark.parametrize("command", [name for name, _ in LINES])
def test_the_schema_is_a_schema_and_refuses_an_empty_line(command: str, repository: Path) -> None:
    schema = json.loads((repository / "docs" / "schema" / f"{command}.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert not jsonschema.Draft202012Validator(schema).is_valid({})
