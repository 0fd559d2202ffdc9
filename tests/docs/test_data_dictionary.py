"""docs/data-dictionary.md knows every table and column, in the words of the schema itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa

from models.tables import metadata

PAGE = "docs/data-dictionary.md"
GoldenSection = Callable[[Path, str, str], None]


def test_the_tables_and_columns_are_current(repository: Path, golden_section: GoldenSection) -> None:
    golden_section(repository / PAGE, "tables", "\n".join(_chapters(metadata)))


def test_every_table_and_column_says_what_it_is_for() -> None:
    tables = [table.name for table in metadata.tables.values() if not table.comment]
    columns = [
        str(column) for table in metadata.tables.values() for column in table.columns if not column.comment
    ]
    assert (tables, columns) == ([], [])


def _chapters(schema: sa.MetaData) -> Iterator[str]:
    """A chapter a table, by name; its columns in their order."""
    for table in sorted(schema.tables.values(), key=lambda table: table.name):
        yield f"### {table.name}\n\n{table.comment}\n"
        yield "| Column | Type | Meaning |\n|---|---|---|"
        yield from (_row(column) for column in table.columns)
        yield ""


def _row(column: sa.Column[object]) -> str:
    targets = "".join(f" → `{key.target_fullname}`" for key in column.foreign_keys)
    name = f"**{column.name}**" if column.primary_key else column.name
    null = ", may be null" if column.nullable else ""
    meaning = (column.comment or "").replace("|", "\\|")
    return f"| {name} | {column.type}{null}{targets} | {meaning} |"
