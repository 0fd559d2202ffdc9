"""A council's settings: its name and where its papers come from, one YAML file a council."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pipeline.sources.lined_yaml import SettingsError, not_empty, read

# What is asked of a stranger's host: two seconds between requests, unless it is this machine.
LEAST_PAUSE = 2.0
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_STEM = re.compile(r"[a-z0-9][a-z0-9-]*")


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise ValueError(
            "must be like https://democracy.example.org, the folder that holds mgWebService.asmx"
        )
    return value.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    """Which names are wanted: one of `include` must fit, none of `exclude` may; `*` stands for any words."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        """Whether a name is wanted; case and doubled spaces do not count."""
        plain = " ".join(name.casefold().split())
        return any(fnmatchcase(plain, p.casefold()) for p in self.include) and not any(
            fnmatchcase(plain, p.casefold()) for p in self.exclude
        )


class Window(_Part):
    """Which meetings are looked at, in days from today, and after how many days an unchanged paper is asked for again."""

    back: Annotated[int, Field(ge=0, le=3660)] = 120
    ahead: Annotated[int, Field(ge=0, le=366)] = 30
    recheck: Annotated[int, Field(ge=1, le=366)] = 7


class Manners(_Part):
    """Seconds between two requests to one host, how often a passing fault is tried, and the first pause before that."""

    pause_seconds: Annotated[float, Field(ge=0, le=600)] = LEAST_PAUSE
    tries: Annotated[int, Field(ge=1, le=10)] = 4
    back_off_seconds: Annotated[float, Field(ge=0, le=600)] = 5.0


class Bounds(_Part):
    """What one answer may cost: megabytes of a paper or of XML, seconds by the clock."""

    paper_megabytes: Annotated[float, Field(gt=0)] = 300.0
    answer_megabytes: Annotated[float, Field(gt=0)] = 30.0
    seconds: Annotated[float, Field(gt=0)] = 180.0


class ModernGov(_Part):
    """A ModernGov host. `private` allows addresses that are not on the open internet."""

    kind: Literal["moderngov"]
    address: WebAddress
    hosts: tuple[str, ...] = ()
    private: bool = False
    committees: Choice = Choice()
    papers: Choice = Choice()
    window: Window = Window()
    manners: Manners = Manners()
    bounds: Bounds = Bounds()
    pack: str = "documents/g{meeting}/Public%20reports%20pack.pdf?T=10"
    minutes: str = "documents/g{meeting}/Printed%20minutes.pdf?T=1"

    @field_validator("pack", "minutes")
    @classmethod
    def _names_the_meeting(cls, value: str) -> str:
        if value and "{meeting}" not in value:
            raise ValueError("must hold {meeting}, or be empty where the host has none")
        return value

    @model_validator(mode="after")
    def _is_polite(self) -> Self:
        strange = urlsplit(self.address).hostname not in THIS_MACHINE
        if strange and self.manners.pause_seconds < LEAST_PAUSE:
            raise ValueError(f"manners.pause_seconds must be at least {LEAST_PAUSE:g} for another's host")
        return self


class Folder(_Part):
    """A folder into which papers are put by hand or by another program; a path is taken from the settings file's folder."""

    kind: Literal["folder"]
    path: Path

    @field_validator("path")
    @classmethod
    def _beside_the_file(cls, value: Path, info: ValidationInfo) -> Path:
        folder: Path = (info.context or {}).get("folder", Path())
        return folder / value


Source = Annotated[ModernGov | Folder, Field(discriminator="kind")]


class CouncilSettings(_Part):
    """One council's file."""

    name: Annotated[str, Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], AfterValidator(not_empty)]


class Council(_Part):
    """A council with the name of its settings file, by which its papers' places are known."""

    key: str
    name: str
    sources: tuple[Source, ...]

    @property
    def label(self) -> str:
        """What the database calls its web service."""
        return f"moderngov:{self.key}"


def council(path: Path) -> Council:
    """The council of one file. Raises SettingsError, naming file and line."""
    if not _STEM.fullmatch(path.stem):
        raise SettingsError(f"{path}: a council's file is named like west-wexmoor.yml: a-z, 0-9 and hyphens")
    settings = read(path, CouncilSettings)
    if sum(isinstance(source, ModernGov) for source in settings.sources) > 1:
        raise SettingsError(f"{path}: two ModernGov hosts in one file: give the second a file of its own")
    return Council(key=path.stem, name=settings.name, sources=settings.sources)


def councils(paths: tuple[Path, ...]) -> tuple[Council, ...]:
    """The councils of files and of folders' *.yml. Raises SettingsError where one is wrong, twice there, or none."""
    files = [file for path in paths for file in (sorted(path.glob("*.yml")) if path.is_dir() else [path])]
    found = [council(file) for file in files]
    keys = [one.key for one in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise SettingsError(f"two files are named {twice[0]}.yml")
    if not found:
        raise SettingsError(f"no council's file in {', '.join(map(str, paths)) or 'the settings'}")
    return tuple(found)
