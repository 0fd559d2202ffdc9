"""The commands of the nightly job: `nightly`, and `sources check` to try a council's settings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

sources = typer.Typer(
    name="sources",
    help="Where papers come from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Config = Annotated[
    Path,
    typer.Option("--config", "-c", metavar="FILE", help="The night's settings.", exists=True, dir_okay=False),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be fetched and read; change nothing.")
]
Again = Annotated[bool, typer.Option("--retry", help="Try again what failed, without waiting for its day.")]
Day = Annotated[
    datetime | None,
    typer.Option("--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Take this day for today."),
]
CouncilFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A council's settings.", exists=True, dir_okay=False)
]
Contact = Annotated[
    str,
    typer.Option("--contact", metavar="ADDRESS", help="Whom a council may write to: a mail or web address."),
]


def nightly(
    config: Config = Path("nightly.yml"),
    dry_run: DryRun = False,
    again: Again = False,
    date: Day = None,
) -> None:
    """Fetch and read what councils have newly published.

    Looks at every source of the settings, fetches what is new or changed, reads it into the database and writes a
    report. It can be stopped and started again at any moment. Exit codes: 0 all well, 3 something failed tonight, 4 no
    source answered, 5 another night is at work.

    Example: scrutiny nightly --config nightly.yml
    """
    # Loaded here, so that help is there at once; so below.
    from pipeline.cli.nights import run_night

    run_night(config, date.date() if date else None, dry_run, again)


@sources.command("check")
def check(file: CouncilFile, contact: Contact, date: Day = None) -> None:
    """Try a council's settings without storing anything.

    Example: scrutiny sources check councils/west-wexmoor.yml --contact papers@example.org
    """
    from pipeline.cli.nights import check_council

    check_council(file, contact, date.date() if date else None)
