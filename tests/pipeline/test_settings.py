"""Settings are checked when they are made, and say where read documents are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.settings import Settings


@pytest.mark.parametrize(
    ("database", "folder"),
    [
        ("sqlite:///scrutiny.db", "scrutiny.store"),
        ("sqlite:////var/lib/scrutiny/north.db", "/var/lib/scrutiny/north.store"),
        ("sqlite+pysqlite:///build/demo.db?timeout=5", "build/demo.store"),
        ("sqlite:///:memory:", "scrutiny.store"),
        ("sqlite://", "scrutiny.store"),
        ("postgresql+psycopg://localhost/scrutiny", "scrutiny.store"),
    ],
)
def test_read_documents_are_kept_beside_the_database_file(database: str, folder: str) -> None:
    assert Settings(database=database).store_folder == Path(folder)


def test_a_store_that_was_asked_for_is_used() -> None:
    assert Settings(store=Path("papers")).store_folder == Path("papers")


@pytest.mark.parametrize(
    ("field", "value"), [("database", "scrutiny.db"), ("jobs", 0), ("jobs", "many"), ("colour", "red")]
)
def test_a_wrong_setting_is_named(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Settings.model_validate({field: value})


def test_settings_never_change_and_are_equal_by_value() -> None:
    assert Settings(jobs=2) == Settings(jobs=2)
    with pytest.raises(ValidationError, match="frozen"):
        Settings(jobs=2).jobs = 3  # type: ignore[misc]  # the point of the test
