"""The form of what the benchmark tells: chapters of tables, as Markdown that reads well on a terminal too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first column is words, the others figures."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        columns = list(zip_longest(self.headings, *self.rows, fillvalue=""))
        widths = [max(map(len, column)) for column in columns]
        ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        return "\n".join(_line(row, widths) for row in (self.headings, ruler, *self.rows))


@dataclass(frozen=True)
class Claim:
    """A figure that was promised, and whether it holds."""

    what: str
    bound: str
    measured: str
    holds: bool

    def __str__(self) -> str:
        return f"{'holds' if self.holds else 'FAILS'}: {self.what}: {self.measured} ({self.bound})"


@dataclass(frozen=True)
class Chapter:
    """A title, sentences and tables in order, and the claims that they bear out or not."""

    title: str
    parts: Sequence[str | Table]
    claims: Sequence[Claim] = field(default=())

    def __str__(self) -> str:
        claims = ["\n".join(f"- {claim}" for claim in self.claims)] if self.claims else []
        return "\n\n".join([f"## {self.title}", *map(str, self.parts), *claims])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = [cell or "" for cell in cells]
    padded = [
        first.ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=False)),
    ]
    return "| " + " | ".join(padded) + " |"
