"""What a run was asked for: one frozen value, checked when it is made."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from extract.limits import Limits

DATABASE = "sqlite:///scrutiny.db"
SQLITE_FILE = re.compile(r"sqlite(?:\+\w+)?:///(?P<path>[^?]+)")  # sqlite:///folder/name.db?timeout=5


def processors() -> int:
    """How many processors this process may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseModel):
    """A run's settings.

    `database` is any SQLAlchemy URL, `jobs` how many papers are read at once, `limits` what one paper may cost.
    Raises pydantic.ValidationError, which names the field, where a value cannot be.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    database: Annotated[str, Field(pattern=r"^[a-z0-9]+(\+[a-z0-9_]+)?://")] = DATABASE
    store: Path | None = None
    jobs: Annotated[int, Field(ge=1)] = Field(default_factory=processors)
    limits: Limits = Limits()

    @property
    def store_folder(self) -> Path:
        """Where read documents and fetched papers are kept: beside the database file unless told otherwise."""
        if self.store is not None:
            return self.store
        found = SQLITE_FILE.match(self.database)
        if found and found["path"] != ":memory:":
            return Path(found["path"]).with_suffix(".store")
        return Path("scrutiny.store")

    @property
    def papers_folder(self) -> Path:
        """Where fetched papers are kept: they outlive the site they came from, and are not to be deleted."""
        return self.store_folder / "papers"

    @property
    def sources_folder(self) -> Path:
        """Where the nights note what they have seen of each source."""
        return self.store_folder / "sources"
