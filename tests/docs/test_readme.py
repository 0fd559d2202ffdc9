"""The README's first query is true: run on a database of the sample papers, it answers what is printed there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.database import migrate


@pytest.fixture(scope="module")
def demo(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """The sample papers, ingested as `make demo` does."""
    url = f"sqlite:///{tmp_path_factory.mktemp('readme')}/demo.db"
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "ingest",
        *map(str, sorted(samples.glob("*.pdf"))),
        "--db",
        url,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    engine = migrate(url)
    yield engine
    engine.dispose()


@pytest.mark.slow
def test_the_first_query_answers_what_the_readme_prints(
    demo: sa.Engine, repository: Path, golden_section: Callable[[Path, str, str], None]
) -> None:
    page = repository / "README.md"
    queries = re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf8"), re.DOTALL)
    with demo.connect() as connection:
        answer = connection.execute(sa.text(queries[0]))
        table = _markdown(tuple(answer.keys()), [tuple(row) for row in answer])
    assert table.count("\n") > 2, "the first query finds nothing"
    golden_section(page, "first answer", table)


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
