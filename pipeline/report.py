"""What a run did with each file: read, read and none found, not read and why, or left alone and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.sources.folder import LeftAlone

FileOutcome = Literal["read", "read_none_found", "not_read"]

# Exit codes of the command line; 1 is usage.
ALL_READ, SOME_NOT_READ, NONE_READ = 0, 3, 4


class FileReport(msgspec.Struct, frozen=True):
    """What became of one file. `fresh` is False where its content was known from before or lies elsewhere as well.

    `cause` is a code of docs/errors.md, `message` and `advice` say it in words, `detail` may hold a traceback.
    """

    path: Path
    outcome: FileOutcome
    fresh: bool = True
    sha256: str | None = None
    cause: str = ""
    message: str = ""
    advice: str = ""
    detail: str = ""
    recommendations: int = 0
    items: int = 0
    problems: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0


class BatchReport(msgspec.Struct, frozen=True):
    """Every file of a run with what became of it, in the order in which the files were found."""

    files: tuple[FileReport, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    interrupted: bool = False

    @property
    def read(self) -> tuple[FileReport, ...]:
        """The files that were read, those that hold nothing to find included."""
        return tuple(file for file in self.files if file.outcome != "not_read")

    @property
    def not_read(self) -> tuple[FileReport, ...]:
        return tuple(file for file in self.files if file.outcome == "not_read")

    @property
    def fresh(self) -> tuple[FileReport, ...]:
        """The files whose content was new to the database."""
        return tuple(file for file in self.files if file.fresh)

    @property
    def left_alone_by_reason(self) -> dict[str, int]:
        return dict(Counter(entry.reason for entry in self.left_alone))

    @property
    def exit_code(self) -> int:
        """0 all read (or nothing to read), 3 some not read, 4 none read."""
        return exit_code(len(self.read), len(self.not_read))


def exit_code(read: int, not_read: int) -> int:
    """The exit code of a command that read so many files and failed on so many."""
    if not not_read:
        return ALL_READ
    return SOME_NOT_READ if read else NONE_READ
