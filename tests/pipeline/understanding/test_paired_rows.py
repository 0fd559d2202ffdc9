"""Two rows a recommendation, each below heads of its own, are read as one; no other table is touched, and no word lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from extract.shapes import Box, Cell, Document, Line, PageInfo, Place, Row, Table, Word
from pipeline.flow import understand
from pipeline.understanding.paired_rows import with_pairs_abreast

Spans = Sequence[tuple[int, int, str]]  # column, columns spanned, text
HEADS: tuple[Spans, ...] = (
    [(0, 1, "Ref"), (1, 1, "Meeting"), (2, 1, "Recommendation"), (3, 1, "Lead"), (4, 1, "Due")],
    [(1, 2, "Response"), (3, 2, "Latest position")],
)
TEXTS = ("That the ponds be dredged each spring.", "That the newts be counted by rangers.")
WORDS = st.sampled_from(["pond", "newts are counted", "Agreed.", ""])
LAYOUTS = st.sampled_from(
    [((0, 1), (1, 1), (2, 1)), ((0, 3),), ((0, 1), (1, 2)), ((1, 2),), ((1, 1), (2, 1))]
)


def table(rows: Sequence[Spans]) -> Table:
    """A ruled table of these cells, 20 points a row and 100 a column."""
    columns = max(column + span for row in rows for column, span, _ in row)
    place = Place(1, Box(0, 0, 100 * columns, 20 * len(rows)))
    return Table(tuple(_row(row, at) for at, row in enumerate(rows)), columns, (place,), "ruled")


def _row(spans: Spans, at: int) -> Row:
    return Row(tuple(_cell(at, *one) for one in spans), (1,))


def _cell(at: int, column: int, span: int, text: str) -> Cell:
    left, top = 100.0 * column, 20.0 * at
    words = tuple(
        Word(word, Box(left + 30 * i, top, left + 30 * i + 25, top + 10), 1, 10.0)
        for i, word in enumerate(text.split())
    )
    box = Box(left, top, left + 100 * span, top + 20)
    return Cell(at, column, (Line(words, opens=True),) if words else (), (Place(1, box),), column_span=span)


def document(*tables: Table) -> Document:
    return Document("case.pdf", "0" * 64, "test", (PageInfo(1, 595.0, 842.0, "text"),), tables)


def paired() -> Table:
    """A tracker of two recommendations in two rows each, below a section's name."""
    rows: list[Spans] = [*HEADS, [(0, 5, "A. In progress")]]
    for i, text in enumerate(TEXTS, start=1):
        rows.append(
            [(0, 1, f"R{i}"), (1, 1, "May 2024"), (2, 1, text), (3, 1, "Parks Manager"), (4, 1, "June 2025")]
        )
        rows.append(
            [(1, 2, "Agreed. The boat is hired for March."), (3, 2, "The boat came in March and went again.")]
        )
    return table(rows)


def test_what_stands_in_the_second_row_belongs_to_the_recommendation_above_it() -> None:
    read = understand(document(paired())).recommendations
    assert [one.text for one in read] == list(TEXTS)
    for one in read:
        assert one.decision is not None
        assert one.decision.value == "accepted"
        assert [(s.kind, s.text) for s in one.segments] == [
            ("response", "Agreed. The boat is hired for March."),
            ("update", "The boat came in March and went again."),
        ]
        assert [owner.name for owner in one.owners] == ["Parks Manager"]


def test_rows_that_do_not_take_turns_stay_as_they_are() -> None:
    rows: list[Spans] = [*HEADS]
    rows += [[(0, 1, "R1"), (1, 1, "May"), (2, 1, text), (3, 1, "Clerk"), (4, 1, "June")] for text in TEXTS]
    before = document(table(rows))
    assert with_pairs_abreast(before) == before


@given(st.lists(st.tuples(LAYOUTS, WORDS), min_size=1, max_size=8), st.booleans())
def test_no_word_is_lost_and_no_place_changes(
    drawn: list[tuple[tuple[tuple[int, int], ...], str]], headed: bool
) -> None:
    rows: list[Spans] = [[(column, span, text) for column, span in layout] for layout, text in drawn]
    before = document(table([*(HEADS if headed else ()), *rows]))
    after = with_pairs_abreast(before)
    assert Counter(word for t in after.tables for word in t.words) == Counter(
        word for t in before.tables for word in t.words
    )
