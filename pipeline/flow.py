"""The journey of one paper from Document to Paper. Read this first.

tables of several heads parted > tables sorted > papers told apart > each one's front matter and kind > its trackers assembled > actions of one put to
the recommendations of another that they name > minutes read > every word counted.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import msgspec

from extract.shapes import Document, Line, Problem, Table
from pipeline.kinds import tell_kind
from pipeline.metadata import front_matter, prominent_lines, read_metadata, take_apart
from pipeline.minutes import MinutesRead, read_minutes
from pipeline.nlp.abbreviations import find_abbreviations
from pipeline.nlp.bodies import gather_bodies
from pipeline.nlp.dates import Anchor
from pipeline.nlp.marking import marker_styles
from pipeline.nlp.ratings import read_key
from pipeline.records import Coverage, Metadata, Paper, Part
from pipeline.understanding.assemble import Assembled, assemble
from pipeline.understanding.cells import Setting
from pipeline.understanding.labelled_rows import with_labels_as_columns
from pipeline.understanding.letters import is_letter
from pipeline.understanding.new_heads import with_heads_parted
from pipeline.understanding.paired_rows import with_pairs_abreast
from pipeline.understanding.parts import PaperPages, papers_in
from pipeline.understanding.tied_actions import with_actions_tied
from pipeline.understanding.tracker import Apart, Sorted, Tracker
from pipeline.understanding.trackers import sort_tables

_FIRST_LINES = 60  # lines of a paper by which its kind is told


def understand(document: Document) -> Paper:
    """Everything that a document says, as records; doubts are problems."""
    document = with_labels_as_columns(with_pairs_abreast(with_heads_parted(document)))
    tables = sort_tables(document)
    papers = papers_in(document, tables.trackers)
    parts = tuple(_part(document, pages) for pages in papers)
    read = [
        _read_part(document, pages, part, i)
        for i, (pages, part) in enumerate(zip(papers, parts, strict=True))
    ]
    main = _main_part(parts, read)
    minutes = _minutes(document, parts)
    unassigned = tuple(word for one in read for word in one.unassigned)
    return Paper(
        file=document.name,
        sha256=document.sha256,
        kind=main.kind,
        kind_reason=main.reason,
        reader=document.reader,
        metadata=main.metadata,
        papers=parts,
        recommendations=tuple(rec for one in read for rec in one.recommendations),
        meeting=minutes.meeting if minutes else None,
        attendance=minutes.attendance if minutes else (),
        items=minutes.items if minutes else (),
        problems=(
            *document.problems,
            *tables.problems,
            *_kept_apart(tables.apart),
            *(problem for one in read for problem in one.problems),
            *(minutes.problems if minutes else ()),
        ),
        unassigned=unassigned,
        coverage=_coverage(document, tables, sum(len(u.words.split()) for u in unassigned)),
        page_count=len(document.pages),
    )


def _part(document: Document, pages: PaperPages) -> Part:
    """What one paper of the file says of itself, and its kind."""
    first = pages.trackers[0] if pages.trackers else None
    front = front_matter(
        document,
        pages.pages,
        first.table if first else None,
        max(first.first_row - 1, 0) if first else 0,
        [table for tracker in pages.trackers for table in tracker.drawn],
    )
    block = take_apart(front)
    titles = prominent_lines(block)
    lines = [line.text for line in document.lines if line.page in pages.pages][:_FIRST_LINES]
    kind = tell_kind(titles, lines, [tracker.headings.fields for tracker in pages.trackers])
    metadata = read_metadata(block)
    return Part(kind.name, kind.reason, pages.pages, metadata.title, metadata)


def _minutes(document: Document, parts: Sequence[Part]) -> MinutesRead | None:
    """What the file's minutes say; of several sets the first, with a problem for each of the others."""
    found = [part for part in parts if part.kind == "minutes"]
    if not found:
        return None
    others = tuple(
        Problem("more-minutes", "a second set of minutes in one file was not read", part.pages[0])
        for part in found[1:]
        if part.pages
    )
    read = read_minutes(document, found[0].pages)
    return msgspec.structs.replace(read, problems=(*read.problems, *others))


def _read_part(document: Document, pages: PaperPages, part: Part, number: int) -> Assembled:
    """The recommendations of one paper's trackers."""
    setting = _setting(document, pages, part)
    read = [assemble(tracker, setting, number) for tracker in pages.trackers]
    tied = with_actions_tied(pages.trackers, [one.recommendations for one in read])
    return Assembled(
        tuple(itertools.chain.from_iterable(tied)),
        tuple(problem for one in read for problem in one.problems),
        tuple(word for one in read for word in one.unassigned),
    )


def _setting(document: Document, pages: PaperPages, part: Part) -> Setting:
    """What the whole paper tells about reading one of its cells."""
    cells = [text for tracker in pages.trackers for texts in tracker.row_texts for text in texts.values()]
    defined = find_abbreviations(cells)
    others = _other_tables(document, pages)
    key = read_key(
        _lines_of(document, pages, others),
        [mark for page in document.pages if page.number in pages.pages for mark in page.marks],
        others,
    )
    anchor = anchor_of(part.metadata)
    return Setting(
        anchor,
        _earlier(part.metadata, pages, anchor),
        marker_styles(cells),
        key,
        defined,
        gather_bodies(cells, defined),
        part.kind == "minutes" or is_letter([line for line in document.lines if line.page in pages.pages]),
    )


def anchor_of(metadata: Metadata) -> Anchor:
    """The day by which a paper's bare months and years are settled: the last one of its own date."""
    date = metadata.date
    day = date.latest or date.earliest if date else None
    return Anchor(dt.date.fromisoformat(day), date.words) if date and day else Anchor()


def _earlier(metadata: Metadata, pages: PaperPages, anchor: Anchor) -> Anchor:
    """The day of the answers in a paper that reports on them later: the last day before its own that it names."""
    reports = any("update" in tracker.headings.fields for tracker in pages.trackers)
    days = [
        (day, other.what)
        for other in metadata.other_dates
        if (day := other.date.latest) and anchor.day and dt.date.fromisoformat(day) < anchor.day
    ]
    if not reports or not days:
        return anchor
    day, what = max(days)
    return Anchor(dt.date.fromisoformat(day), what, "date in the paper")


def _other_tables(document: Document, pages: PaperPages) -> list[Table]:
    """The tables of a paper that are no trackers."""
    own = {id(table) for tracker in pages.trackers for table in tracker.drawn}
    return [table for table in document.tables if id(table) not in own and table.pages[0] in pages.pages]


def _lines_of(document: Document, pages: PaperPages, others: Sequence[Table]) -> list[Line]:
    """The lines of a paper that stand in no tracker."""
    lines = [line for line in document.lines if line.page in pages.pages]
    return lines + [
        line for table in others for row in table.rows for cell in row.cells for line in cell.lines
    ]


def _main_part(parts: Sequence[Part], read: Sequence[Assembled]) -> Part:
    """The paper of a file that holds the most recommendations; the first where none does."""
    if not parts:
        return Part("other", "no page holds a tracker or minutes", ())
    best = max(range(len(parts)), key=lambda i: (len(read[i].recommendations), -i))
    return parts[best]


def _kept_apart(apart: Sequence[Apart]) -> list[Problem]:
    return [
        Problem("table-apart", f"not read as a tracker: {one.reason}", one.table.pages[0], _opening(one))
        for one in apart
    ]


def _opening(apart: Apart) -> str:
    return apart.table.rows[0].text.replace("\n", " ")[:200] if apart.table.rows else ""


def _coverage(document: Document, tables: Sorted, unassigned: int) -> Coverage:
    words = sum(_words(tracker) for tracker in tables.trackers)
    return Coverage(
        words=words,
        assigned=words - unassigned,
        unassigned=unassigned,
        tables=len(document.tables),
        tables_read=sum(len(tracker.drawn) for tracker in tables.trackers),
        pages=len(document.pages),
    )


def _words(tracker: Tracker) -> int:
    table = tracker.table
    cells = (cell for row in (*table.rows, *table.repeated) for cell in row.cells)
    return sum(len(line.words) for cell in cells for line in cell.lines)
