"""The `scrutiny` command: parse, call one function, print, map what became of the files to exit codes.

Commands import what they need when they are called, so that help is there at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import asking, database, inspecting, night, reading

app = typer.Typer(
    name="scrutiny",
    help="Reads councils' scrutiny papers into a database in which every value shows its evidence.",
    epilog="Exit codes: 0 all read, 1 usage, 3 some files not read, 4 none read.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing what it takes would double the time that help takes
)

app.command()(reading.tables)
app.command()(reading.read)
app.command()(inspecting.inspect)
app.command()(database.ingest)
app.command()(database.status)
app.command()(asking.ask)
app.command()(database.retry)
app.command()(database.reprocess)
app.command()(night.nightly)
app.add_typer(night.sources)


@app.callback()
def options(
    log: Annotated[
        str, typer.Option(metavar="LEVEL", help="What to tell on stderr: debug, info, warning, error.")
    ] = "warning",
) -> None:
    """What holds for every command."""
    # structlog is quick, but help should not wait even for it.
    from pipeline.logs import set_up_logs

    try:
        set_up_logs(log)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--log") from error
