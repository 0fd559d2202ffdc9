"""docs/data-dictionary.md knows every table and column, in the words of the schema itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.database import migrate
from models.tables import metadata
from models.views import view_names

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


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """A new SQLite database without a row."""
    engine = migrate(f"sqlite:///{tmp_path_factory.mktemp('dictionary')}/empty.db")
    yield engine
    engine.dispose()


def test_the_views_and_their_columns_are_current(
    repository: Path, empty: sa.Engine, golden_section: GoldenSection
) -> None:
    rows = ["| View | Columns |", "|---|---|"]
    for view in view_names():
        columns = ", ".join(column["name"] for column in sa.inspect(empty).get_columns(view))
        rows.append(f"| `{view}` | {columns} |")
    golden_section(repository / PAGE, "views", "\n".join(rows))


def test_every_view_says_what_a_row_is(repository: Path) -> None:
    told = re.findall(r"^\| `(v_\w+)` \| an? ", (repository / PAGE).read_text(encoding="utf8"), re.MULTILINE)
    assert sorted(told) == sorted(view_names())


def test_the_query_of_the_page_runs(repository: Path, empty: sa.Engine) -> None:
    queries = re.findall(r"```sql\n(.*?)```", (repository / PAGE).read_text(encoding="utf8"), re.DOTALL)
    assert queries
    with empty.connect() as connection:
        assert [connection.execute(sa.text(query)).all() for query in queries] == [[] for _ in queries]


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
