"""What a night is asked to do: one YAML file, beside which the councils' files lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pipeline.settings import DATABASE, Settings, processors
from pipeline.sources.councils import Council, councils
from pipeline.sources.lined_yaml import SettingsError, not_empty, read


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mail(_Part):
    """A mail server that takes the report. The password stands in a file that only its owner can read."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    sender: str
    to: Annotated[tuple[str, ...], AfterValidator(not_empty)]
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path | None = None

    @model_validator(mode="after")
    def _keeps_the_password(self) -> Self:
        if self.user and self.security == "none":
            raise ValueError("a password is not sent without starttls or tls")
        return self


class NightSettings(_Part):
    """One night's file. Paths are taken from the folder that the file lies in."""

    contact: Annotated[str, Field(pattern=r"@|^https?://")]
    councils: Annotated[tuple[Path, ...], AfterValidator(not_empty)]
    database: Annotated[str, Field(pattern=r"^[a-z0-9]+(\+[a-z0-9_]+)?://")] = DATABASE
    store: Path | None = None
    reports: Path | None = None
    jobs: Annotated[int, Field(ge=1)] = Field(default_factory=processors)
    webhook: Annotated[str, Field(pattern=r"^https?://")] | None = None
    mail: Mail | None = None
    report_when: Literal["always", "trouble"] = "always"

    @field_validator("councils")
    @classmethod
    def _all_beside(cls, value: tuple[Path, ...], info: ValidationInfo) -> tuple[Path, ...]:
        return tuple(_folder(info) / path for path in value)

    @field_validator("store", "reports")
    @classmethod
    def _beside(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        return _folder(info) / value if value is not None else None

    @field_validator("database")
    @classmethod
    def _database_beside(cls, value: str, info: ValidationInfo) -> str:
        """An SQLite file's relative path is taken from the settings' folder, too: a timer starts anywhere."""
        opening = "sqlite:///"
        if not value.startswith(opening) or value.startswith((opening + "/", opening + ":memory:")):
            return value
        return opening + os.fspath(_folder(info).absolute() / value.removeprefix(opening))

    @property
    def batch(self) -> Settings:
        """The settings of the night's batch."""
        return Settings(database=self.database, store=self.store, jobs=self.jobs)

    @property
    def reports_folder(self) -> Path:
        """Where the written reports go."""
        return self.reports or self.batch.store_folder / "reports"

    def all_councils(self) -> tuple[Council, ...]:
        """The councils of all files. Raises SettingsError."""
        return councils(self.councils)


def _folder(info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get("folder", Path())
    return folder


def night_settings(path: Path) -> NightSettings:
    """The settings in a file. Raises SettingsError, naming file and line."""
    settings = read(path, NightSettings)
    for one in settings.councils:
        if not one.exists():
            raise SettingsError(f"{path}: councils: {one} is not there")
    return settings
