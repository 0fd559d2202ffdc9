"""The papers inside a file: one where it is short, a run of trackers each in a pack."""

from __future__ import annotations

from collections.abc import Callable

from extract.shapes import Document
from pipeline.understanding.parts import LONGEST_PAPER, PaperPages, papers_in
from pipeline.understanding.trackers import sort_tables

MakeDocument = Callable[..., Document]

TRACKER = [["No.", "Recommendation", "Response"], ["1", "Trim every hedge beside the lane.", "Agreed."]]
OTHER = [["No.", "Action", "Owner", "Update"], ["1", "Write to the owner.", "A Bell", "Done in May."]]
THIRD = [["Ref", "Recommendation", "Owner", "Status", "Due"], ["1", "Mow it.", "B Dale", "Open", "May"]]
EMPTY: list[list[str]] = []


def papers(made: Document) -> tuple[PaperPages, ...]:
    return papers_in(made, sort_tables(made).trackers)


def numbers(made: Document) -> list[tuple[int, ...]]:
    return [one.pages for one in papers(made)]


def test_a_short_file_is_one_paper_with_all_its_pages(document: MakeDocument) -> None:
    (one,) = papers(document(EMPTY, TRACKER, EMPTY, EMPTY, OTHER))
    assert (one.pages, len(one.trackers)) == ((1, 2, 3, 4, 5), 2)


def test_a_short_file_without_a_tracker_is_one_paper_still(document: MakeDocument) -> None:
    (one,) = papers(document(EMPTY, EMPTY))
    assert one == PaperPages((1, 2), ())


def test_a_pack_has_a_paper_a_run_of_trackers(document: MakeDocument) -> None:
    pages = [EMPTY] * 10 + [TRACKER, OTHER] + [EMPTY] * 15 + [THIRD]
    assert numbers(document(*pages)) == [(11, 12), (28,)]


def test_a_page_between_two_trackers_that_holds_none_parts_their_papers(document: MakeDocument) -> None:
    pages = [TRACKER, EMPTY, OTHER] + [EMPTY] * LONGEST_PAPER
    assert numbers(document(*pages)) == [(1,), (3,)]


def test_a_pack_without_a_tracker_has_no_paper(document: MakeDocument) -> None:
    assert papers(document(*[EMPTY] * (LONGEST_PAPER + 1))) == ()
