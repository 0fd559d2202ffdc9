"""How far a run has come: a bar on a terminal, a plain line a file otherwise; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

Step = TypeVar("Step")

# Told of what is done: how many are to be done in all, the name of the latest, and what became of it in words.
Tell = Callable[[int, str, str], None]


def progress_over(steps: Iterable[Step], total: int) -> Iterator[Step]:
    """The same steps, shown as they come; nothing is shown where stderr is no terminal."""
    if not sys.stderr.isatty() or total == 1:
        yield from steps
        return
    with _bar() as bar:
        task = bar.add_task("", total=total)
        for step in steps:
            bar.advance(task)
            yield step


@contextmanager
def telling() -> Iterator[Tell]:
    """What a batch calls after each file."""
    if not sys.stderr.isatty():
        yield _line
        return
    with _bar() as bar:
        task = bar.add_task("", total=None)
        yield lambda total, name, _words: bar.update(task, total=total, advance=1, description=name)


def _line(_total: int, _name: str, words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _bar() -> Progress:
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn(
            "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
        ),
        console=Console(stderr=True),
        transient=True,
    )
