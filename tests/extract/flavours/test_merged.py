"""Cells that several rows share, in tables that only horizontal rules hold together."""

from __future__ import annotations

from collections.abc import Callable

from extract.shapes import Document, Table

XS = [40.0, 200.0, 440.0, 640.0]
HEADS = ["Meeting", "Recommendation", "Response"]
ROWS = [
    ["4 May 2016", "That every hedge beside the lane be trimmed.", "Agreed. The team will do so."],
    ["", "That the verges be mown twice.", "Not agreed."],
    ["8 June 2016", "That the gate be mended before the fair.", "Agreed. It is done."],
    ["", "That the pond be dredged.", "Agreed in part."],
]
TOPS = [80.0, 110.0, 150.0, 190.0, 230.0]


def drawn(short: bool) -> dict[str, object]:
    """The rows with their rules; between rows that share a first cell they begin behind it where they are `short`."""
    blocks = [
        {"x": x, "top": top, "width": 150.0, "text": text}
        for top, row in zip(TOPS, [HEADS, *ROWS], strict=True)
        for x, text in zip(XS, row, strict=False)
        if text
    ]
    rules = [(XS[0] - 4, top - 6, XS[-1] + 100, top - 6) for top in (TOPS[0], TOPS[1], TOPS[3], 275.0)]
    left = XS[1] - 4 if short else XS[0] - 4
    rules += [(left, top - 6, XS[-1] + 100, top - 6) for top in (TOPS[2], TOPS[4])]
    return {"label": "hedges", "blocks": blocks, "rules": rules}


def answers(table: Table) -> list[list[str]]:
    """The texts of all columns but the first below the heads, each in one line."""
    return [[" ".join(text.split()) for text in row[1:]] for row in table.grid()[1:]]


def test_shorter_rules_part_rows_beside_a_cell_that_they_share(
    read_text: Callable[[object], Document],
) -> None:
    (table,) = read_text(drawn(short=True)).page_tables
    first = [cell for row in table.rows for cell in row.cells if cell.column == 0 and cell.lines]
    assert [(cell.text, cell.row, cell.row_span) for cell in first] == [
        ("Meeting", 0, 1),
        ("4 May 2016", 1, 2),
        ("8 June 2016", 3, 2),
    ]
    assert answers(table) == [row[1:] for row in ROWS]


def test_rules_right_across_leave_every_cell_to_its_row(read_text: Callable[[object], Document]) -> None:
    (table,) = read_text(drawn(short=False)).page_tables
    assert all(cell.row_span == 1 for row in table.rows for cell in row.cells)
    assert answers(table) == [row[1:] for row in ROWS]
