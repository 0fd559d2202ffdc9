"""The command `inspect`: a page as a picture, with what was seen on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paper = Annotated[
    Path, typer.Argument(metavar="FILE", help="A PDF file.", exists=True, dir_okay=False, show_default=False)
]
Number = Annotated[int, typer.Option("--page", metavar="N", min=1, help="The page of the file, from 1.")]
Picture = Annotated[
    Path | None,
    typer.Option("--out", metavar="PNG", help="Where to write the picture.", show_default="FILE-pN.png"),
]


def inspect(file: Paper, page: Number = 1, out: Picture = None) -> None:
    """Draw what was seen on a page over the page.

    Words, rules, cells, columns with their fields, values, problems, and beside the page a legend and the reasons.

    Example: scrutiny inspect action-plan.pdf --page 3 --out page3.png
    """
    # Loaded here, so that help is there at once.
    from extract import NotRead
    from pipeline.inspect import NoSuchPage, inspect_page
    from pipeline.report import exit_code

    target = out or Path(f"{file.stem}-p{page}.png")
    try:
        picture = inspect_page(file, page)
    except NoSuchPage as error:
        raise typer.BadParameter(str(error), param_hint="--page") from error
    except NotRead as error:
        typer.echo(f"{file}: {error.code}: {error}\n{error.advice}", err=True)
        raise typer.Exit(exit_code(0, 1)) from error
    picture.save(target, "PNG")
    typer.echo(target)
