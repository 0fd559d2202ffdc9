"""The night's report as Markdown for people: what came first, what failed and what to do, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.nightly.values import (
    CoverageLine,
    FailureLine,
    NightReport,
    Overdue,
    PaperLine,
    SourceLine,
)
from pipeline.sources.moderngov.visit import Trouble

_SHORT = 160  # letters of a recommendation
_TALLIES = (
    "Meetings",
    "Cancelled",
    "Listed",
    "Restricted",
    "Left aside",
    "Fetched",
    "Read",
    "None found",
    "Not read",
    "Not fetched",
)


def markdown_of(report: NightReport) -> str:
    """The whole report."""
    what = "Dry run" if report.dry_run else "Night"
    chapters = [f"# {what} of {report.date.isoformat()}", summary_of(report), *_chapters(report)]
    return "\n\n".join(chapter for chapter in chapters if chapter) + "\n"


def summary_of(report: NightReport) -> str:
    """What happened, in a few lines."""
    if report.dry_run:
        return f"{len(report.would_fetch)} papers would be asked for, {len(report.would_read)} files read."
    counts = ", ".join(f"{report.count(change)} {change}" for change in ("new", "changed", "gone"))
    found = sum(line.recommendations for line in report.papers), sum(line.items for line in report.papers)
    links = f"{report.linked.known} of the {report.linked.seen} recommendations seen tonight were known"
    lines = [
        f"Papers: {counts}, {report.unchanged} unchanged; {report.reread} read again.",
        f"Found in them: {found[0]} recommendations and actions, {found[1]} agenda items; {links} before.",
        f"Failed tonight: {len(report.failed_tonight)} papers, {len(report.troubles)} troubles with sources.",
        f"Overdue: {report.overdue.total} in all, {len(report.overdue.new)} of them since the last night.",
    ]
    if report.linked.by_people or report.linked.lost:
        moved, lost = report.linked.by_people, report.linked.lost
        lines.append(f"People's links: {moved} sights moved, {lost} links lead to nothing that is there.")
    return "\n".join(lines)


def _chapters(report: NightReport) -> Iterator[str]:
    yield _chapter("Troubles with sources", (_trouble(one) for one in report.troubles))
    yield _chapter("Failed tonight", (_failure(one) for one in report.failed_tonight))
    for change in ("new", "changed", "gone"):
        lines = (_paper(line) for line in report.papers if line.change == change)
        yield _chapter(change.capitalize(), lines)
    yield _chapter("Would be asked for", (f"- {address}" for address in report.would_fetch))
    yield _chapter("Would be read", (f"- {path}" for path in report.would_read))
    yield _overdue(report.overdue)
    yield _chapter("Failed before", (_failure(one) for one in report.failures if not one.tonight))
    yield _coverage(report.coverage)
    yield _chapter("Sources", (_source(line) for line in report.sources))


def _chapter(title: str, lines: Iterable[str]) -> str:
    written = "\n".join(lines)
    return f"## {title}\n\n{written}" if written else ""


def _trouble(one: Trouble) -> str:
    return f"- {one.council}, {one.where}: {one.cause}: {one.message}. {one.advice}"


def _failure(one: FailureLine) -> str:
    state = "given up" if one.given_up else f"tried on {one.nights} {'nights' if one.nights > 1 else 'night'}"
    message = f": {one.message}" if one.message else ""
    return f"- {one.stage} ({one.cause}{message}; {state}): {one.council}: {one.title}: {one.address}. {one.advice}"


def _paper(line: PaperLine) -> str:
    day = f" of {line.meeting.isoformat()}" if line.meeting else ""
    held = (
        f"; {line.recommendations} recommendations, {line.items} agenda items"
        if line.outcome == "read"
        else ""
    )
    ends = {"read": f" (read{held})", "read_none_found": " (read, none found)", "not_read": " (not read)"}
    place = ", ".join(filter(None, (line.council, f"{line.committee}{day}")))
    return f"- {line.title}, {place}: {line.address}{ends.get(line.outcome, '')}"


def _overdue(overdue: Overdue) -> str:
    if overdue.since is None:
        return ""
    lines = (
        f"- {one.due}: {' '.join(filter(None, (one.council + ',', one.review, one.ref)))}: "
        f"{_shortened(one.text)} ({one.owners or 'no owner'}; {one.page_link})"
        for one in overdue.new
    )
    return _chapter(f"Overdue since {overdue.since.isoformat()}", lines)


def _coverage(lines: Sequence[CoverageLine]) -> str:
    rows = [_cells(line) for line in lines]
    heads = ("Council", "Committee", "Month", *_TALLIES, "Minutes awaited")
    table = [heads, tuple("---" for _ in heads), *rows]
    return _chapter("Coverage", (_row(row) for row in table)) if rows else ""


def _cells(line: CoverageLine) -> tuple[object, ...]:
    tallies = (getattr(line, head.casefold().replace(" ", "_")) for head in _TALLIES)
    awaited = ", ".join(day.isoformat() for day in line.awaited)
    return (line.council, line.committee, line.month, *tallies, awaited)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def _source(line: SourceLine) -> str:
    if not line.answered:
        return f"- {line.council}, {line.source}: did not answer"
    outside = f", {line.rows_outside} rows outside the days asked for" if line.rows_outside else ""
    return f"- {line.council}, {line.source}: {line.committees} committees, {line.meetings} meetings{outside}"


def _shortened(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHORT else f"{flat[:_SHORT].rstrip()}…"
