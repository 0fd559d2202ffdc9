"""Where tests find papers: the samples of this repository, and the shared papers where a checkout lies beside it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings
from sqlalchemy import Engine, make_url, text

from models import database

# A busy machine is no fault of the code: laws are tried without a clock.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample papers of invented councils, each with its truth beside it."""
    return REPOSITORY / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared papers and scorers; the test is skipped where it is absent."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "papers").is_dir():
        pytest.skip("the shared papers are not here: they belong in ../shared, beside this repository")
    return folder


@pytest.fixture(scope="session")
def postgres() -> str:
    """The URL of a PostgreSQL database that a test may fill; the test is skipped where none is named."""
    url = os.environ.get("SCRUTINY_TEST_POSTGRES", "")
    if not url:
        pytest.skip("no PostgreSQL: name one in SCRUTINY_TEST_POSTGRES (postgresql+psycopg://…)")
    return url


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs Tesseract where there is none, and say so."""
    if item.get_closest_marker("ocr") and not shutil.which("tesseract"):
        pytest.skip("no Tesseract on the PATH: scanned pages are not tried")


@pytest.fixture
def fresh_postgres(postgres: str) -> Iterator[Engine]:
    """An engine on an empty schema of the PostgreSQL named in the environment; the schema goes with the test."""
    schema = f"scrutiny_trial_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    plain = database.open(postgres)
    with database.writing(plain) as connection:
        connection.execute(text(f"drop schema if exists {schema} cascade"))
        connection.execute(text(f"create schema {schema}"))
    url = make_url(postgres).update_query_dict({"options": f"-csearch_path={schema}"})
    engine = database.open(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with database.writing(plain) as connection:
        connection.execute(text(f"drop schema {schema} cascade"))
    plain.dispose()


class Golden(Protocol):
    """Compares a text with the file that holds what it should be."""

    def __call__(self, file: Path, text: str) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """Teach pytest --write-golden, which `make golden` uses."""
    parser.addoption(
        "--write-golden", action="store_true", help="write golden files anew instead of comparing with them"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file, or write the file where pytest was told --write-golden."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--write-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf8")
        assert file.exists(), f"{file} is missing: make golden writes it"
        assert file.read_text(encoding="utf8") == text, f"{file} is out of date: make golden, then look at it"

    return compare


class GoldenSection(Protocol):
    """Compares a text with the named section of a page of the docs."""

    def __call__(self, page: Path, name: str, text: str) -> None: ...


@pytest.fixture
def golden_section(golden: Golden) -> GoldenSection:
    """Compare, or write anew, what stands in a page between `<!-- begin: name -->` and `<!-- end: name -->`."""

    def compare(page: Path, name: str, text: str) -> None:
        written = page.read_text(encoding="utf8")
        begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
        section = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        assert section.search(written), f"{page} has no section {begin} … {end}"
        golden(page, section.sub(lambda _: f"{begin}\n\n{text.strip()}\n\n{end}", written))

    return compare
