"""The arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="PDF files.", exists=True, dir_okay=False, show_default=False),
]
Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Files, or folders to walk.", exists=True, show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one object a file.")]
Database = Annotated[
    str | None,
    typer.Option("--db", metavar="URL", help="Any SQLAlchemy URL.", show_default="sqlite:///scrutiny.db"),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        help="How many files to read at once.",
        show_default="a processor each",
    ),
]
