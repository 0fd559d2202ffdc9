"""Where tests find papers: the samples of this repository, and the shared papers where a checkout lies beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
