"""What was read and understood of one page, gathered from its words up to the doubts about them."""

from __future__ import annotations

from collections.abc import Iterator

from extract.shapes import Document, Page, PageInfo, Problem
from pipeline.inspect.marks import (
    DOUBTFUL_WORD,
    FILL,
    FURNITURE,
    PROBLEM,
    RULE,
    UNASSIGNED,
    WORD,
    Mark,
    Note,
    Seen,
)
from pipeline.inspect.tables import table_marks, table_notes
from pipeline.inspect.values import value_marks, value_notes
from pipeline.records import Paper
from pipeline.understanding.trackers import sort_tables

_SURE = 0.6  # of a recognised word; below it the reader names the word in a problem
_LONGEST_WORDS = 140  # letters of a problem's words that are shown


def what_is_seen(document: Document, paper: Paper, page: Page) -> Seen:
    """Marks and notes for one page. `page` is the page as drawn; document and paper are what was made of it."""
    info = next(info for info in document.pages if info.number == page.number)
    tables = sort_tables(document)
    marks = (
        *_drawn(page),
        *(Mark(FURNITURE, line.box) for line in info.furniture),
        *value_marks(paper, page.number),
        *table_marks(tables, page.number),
        *_left_over(paper, page.number),
        *_doubted(paper, page.number),
    )
    notes = (
        *_page_notes(info, page),
        *table_notes(document, tables, page.number),
        *value_notes(paper, page.number),
        *_left_over_notes(paper, page.number),
        *_doubt_notes(paper, page.number),
    )
    return Seen(f"{document.name}, page {page.number} of {len(document.pages)}", marks, notes)


def _drawn(page: Page) -> Iterator[Mark]:
    yield from (Mark(FILL, fill.box) for fill in page.fills)
    yield from (Mark(RULE, rule.box) for rule in page.rules)
    yield from (Mark(WORD if word.confidence >= _SURE else DOUBTFUL_WORD, word.box) for word in page.words)


def _page_notes(info: PageInfo, page: Page) -> Iterator[Note]:
    kinds = {
        "text": "no table was found on this page",
        "table": "a page with tables",
        "blank": "an empty page",
        "scan": "a picture of a page; its words were recognised",
        "skipped": "a glance showed no sign of a tracker or minutes, so the page was not read further",
    }
    yield Note(kinds[info.kind])
    counts = f"{len(page.words)} words, {len(page.rules)} rules, {len(page.fills)} filled shapes"
    yield Note(f"{counts}, {len(page.pictures)} pictures")
    if info.label:
        yield Note(f"its printed number is {info.label}", FURNITURE)


def _left_over(paper: Paper, number: int) -> Iterator[Mark]:
    return (Mark(UNASSIGNED, one.box) for one in paper.unassigned if one.page == number)


def _left_over_notes(paper: Paper, number: int) -> Iterator[Note]:
    reasons = dict.fromkeys(one.reason for one in paper.unassigned if one.page == number)
    for reason in reasons:
        words = sum(
            len(one.words.split()) for one in paper.unassigned if (one.page, one.reason) == (number, reason)
        )
        yield Note(f"{words} words in no field: {reason}", UNASSIGNED)


def _doubted(paper: Paper, number: int) -> Iterator[Mark]:
    for i, problem in enumerate(_problems(paper, number), start=1):
        if problem.box is not None:
            yield Mark(PROBLEM, problem.box, f"!{i}")


def _doubt_notes(paper: Paper, number: int) -> Iterator[Note]:
    for i, problem in enumerate(_problems(paper, number), start=1):
        words = " ".join(problem.words.split())
        shown = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…"
        yield Note(f"!{i} {problem.code}: {problem.message}" + (f" “{shown}”" if shown else ""), PROBLEM)


def _problems(paper: Paper, number: int) -> list[Problem]:
    return [problem for problem in paper.problems if problem.page == number]
