"""The papers inside a file: a short file is one, a pack has one for each run of pages with trackers, and for minutes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.shapes import Document
from pipeline.understanding.minute_pages import minutes_in
from pipeline.understanding.tracker import Tracker

LONGEST_PAPER = 24  # pages; a longer file is a pack
_APART = 1  # pages without a tracker that part two papers of a pack


class PaperPages(msgspec.Struct, frozen=True):
    """The pages of one paper, and its trackers in order."""

    pages: tuple[int, ...]
    trackers: tuple[Tracker, ...]


def papers_in(document: Document, trackers: Sequence[Tracker]) -> tuple[PaperPages, ...]:
    """The papers of a document in page order; a short document is one paper even without a tracker.

    In a pack, minutes are papers too.
    """
    if len(document.pages) <= LONGEST_PAPER:
        return (PaperPages(tuple(page.number for page in document.pages), tuple(trackers)),)
    runs: list[list[Tracker]] = []
    for tracker in trackers:
        if runs and tracker.table.pages[0] - runs[-1][-1].table.pages[-1] <= _APART:
            runs[-1].append(tracker)
        else:
            runs.append([tracker])
    tracked = [_paper(document, run) for run in runs]
    taken = {page for paper in tracked for page in paper.pages}
    minutes = [PaperPages(pages, ()) for pages in minutes_in(document, taken)]
    return tuple(sorted([*tracked, *minutes], key=lambda paper: paper.pages))


def _paper(document: Document, run: Sequence[Tracker]) -> PaperPages:
    first, last = run[0].table.pages[0], run[-1].table.pages[-1]
    known = {page.number for page in document.pages}
    return PaperPages(tuple(n for n in range(first, last + 1) if n in known), tuple(run))
