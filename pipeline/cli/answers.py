"""Answers of the database on stdout: a table for people, JSON Lines and CSV for machines."""

from __future__ import annotations

import csv
import sys
from typing import Literal

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.ask import Answer, Value

PLAIN_WIDTH = 160  # columns of text where stdout is no terminal


def print_answer(answer: Answer, form: Literal["table", "json", "csv"]) -> None:
    """Print an answer: nothing is shortened, and null is an empty cell of a table, `null` in JSON."""
    if form == "json":
        lines = (msgspec.json.encode(dict(zip(answer.columns, row, strict=True))) for row in answer.rows)
        sys.stdout.write("".join(f"{line.decode()}\n" for line in lines))
    elif form == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([answer.columns, *answer.rows])
    else:
        Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH).print(_table(answer))


def _table(answer: Answer) -> Table:
    table = Table(show_lines=True)
    for column in answer.columns:
        table.add_column(escape(column), overflow="fold")
    for row in answer.rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: Value) -> str:
    return "" if value is None else escape(str(value))
