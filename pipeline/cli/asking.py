"""The command `ask`: a question in SQL, answered as a table for people, as JSON Lines or CSV for machines."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pipeline.cli.options import Database

Query = Annotated[str, typer.Argument(metavar="SQL", help="One query.", show_default=False)]
Form = Annotated[
    Literal["table", "json", "csv"], typer.Option("--as", help="A table, JSON Lines, or CSV with a header.")
]


def ask(query: Query, db: Database = None, form: Form = "table") -> None:
    """Answer a question in SQL; a question cannot change the database.

    Example: scrutiny ask "select ref, owners, due_latest from v_overdue"
    """
    # Loaded here, so that help is there at once.
    from pipeline.ask import ask as answer_of
    from pipeline.cli.answers import print_answer
    from pipeline.settings import DATABASE

    print_answer(answer_of(db or DATABASE, query), form)
