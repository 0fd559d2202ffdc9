"""What the commands print on stdout: JSON Lines for machines, tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.output import ProblemOut, ReadLine, TablesLine
from pipeline.output.minutes import ItemOut
from pipeline.output.recommendations import RecommendationOut, TimelineOut


def print_line(line: ReadLine | TablesLine) -> None:
    """One object as one line of JSON."""
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def show_tables(line: TablesLine) -> None:
    """Each table of a file with its page."""
    console = Console()
    for found in line.tables:
        title = f"{line.file}, page {found.page} ({found.flavour})"
        table = Table(title=escape(title), show_header=False, show_lines=True)
        for row in found.rows:
            table.add_row(*(escape(text) for text in row))
        console.print(table)
    if not line.tables and line.outcome == "read":
        console.print(f"{line.file}: no table", markup=False)
    _show_problems(console, line.file, line.problems)


def show_paper(line: ReadLine) -> None:
    """What was understood of a file, in tables."""
    console = Console()
    if line.metadata is not None:
        what = (line.metadata.title, line.metadata.council, line.metadata.date_words, line.kind)
        console.print(f"{line.file}: " + " · ".join(part for part in what if part), markup=False)
    if line.recommendations:
        console.print(_recommendations(line.recommendations))
    if line.items:
        console.print(_items(line.items))
    if line.outcome == "read_none_found":
        console.print(f"{line.file}: read, no recommendation or agenda item found", markup=False)
    _show_problems(console, line.file, line.problems)


def _recommendations(found: tuple[RecommendationOut, ...]) -> Table:
    table = Table(show_lines=True, expand=True)
    table.add_column("Recommendation", ratio=3)
    table.add_column("Where it stands", ratio=2)
    for rec in found:
        heading = " ".join(filter(None, (rec.ref or str(rec.number or ""), rec.title)))
        said = "\n".join(filter(None, (heading, rec.text)))
        table.add_row(escape(said), escape("\n".join(_standing(rec))))
    return table


def _standing(rec: RecommendationOut) -> Iterator[str]:
    """What is known of a recommendation, a line a field."""
    fields = {
        "decision": rec.decision,
        "progress": rec.status.normalised if rec.status else None,
        "RAG": rec.rag,
        "owners": "; ".join(rec.owners),
        "due": _due(rec.timeline),
        "pages": _pages(rec.pages),
    }
    return (f"{name}: {value}" for name, value in fields.items() if value)


def _items(found: tuple[ItemOut, ...]) -> Table:
    table = Table(show_lines=True)
    for heading in ("Item", "Title", "Resolved", "Recommended", "Actions", "Pages"):
        table.add_column(heading, overflow="fold")
    for item in found:
        actions = (" ".join(filter(None, (a.text, a.owner, a.due))) for a in item.actions)
        cells = (
            item.number or "",
            item.title or "",
            "\n".join(item.resolutions),
            "\n".join(item.recommendations),
            "\n".join(actions),
            _pages(item.pages),
        )
        table.add_row(*(escape(cell) for cell in cells))
    return table


def _due(timeline: TimelineOut | None) -> str:
    if timeline is None or timeline.kind == "none":
        return ""
    return timeline.end or timeline.recurrence or timeline.words or timeline.kind


def _pages(pages: tuple[int, ...]) -> str:
    return ", ".join(str(page) for page in pages)


def _show_problems(console: Console, file: str, problems: tuple[ProblemOut, ...]) -> None:
    for problem in problems:
        where = f"{file}, page {problem.page}" if problem.page else file
        console.print(f"{where}: {problem.code}: {problem.message}", markup=False)
