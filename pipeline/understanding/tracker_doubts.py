"""What is doubtful about a tracker: columns that are not known, lines below it that may be its rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from extract.shapes import Line, Problem, Table
from pipeline.understanding.tracker import Tracker
from pipeline.understanding.transposed import TRANSPOSED

_NEAR_BELOW = (
    2.5  # heights of a line within which the next line belongs to the table above, or to its lines below
)
_LEAST_LOST = 2
_SLACK = 3.0  # points


def doubts_about(tracker: Tracker) -> Iterable[Problem]:
    """Columns whose headings are missing or not known for sure, answers that have no label."""
    page = tracker.table.pages[0]
    if tracker.table.flavour == TRANSPOSED:
        if tracker.unlabelled:
            yield Problem("headings-missing", "answers without a label were told by what they say", page)
        yield from _unknown(tracker)
        return
    if tracker.first_row == 0 and not tracker.inherited:
        yield Problem("headings-missing", "columns were told by their content", page, tracker.context)
        return
    yield from _unknown(tracker)


def rows_below(table: Table, lines: Mapping[int, Sequence[Line]]) -> Iterable[Problem]:
    """A doubt where lines that keep to a table's columns go on right below its end: they may be rows that were lost."""
    place = table.places[-1]
    edges = sorted({cell.places[-1].box.x0 for row in table.rows for cell in row.cells} - {place.box.x0})
    below = [line for line in lines[place.page] if line.box.top > place.box.bottom - 1]
    lost: list[Line] = []
    reach = place.box.bottom
    for line in below:
        if line.box.top - reach > _NEAR_BELOW * line.box.height:
            break
        reach = line.box.bottom
        if _keeps_to(line, edges):
            lost.append(line)
    if len(lost) >= _LEAST_LOST:
        message = "lines in the columns of a table stand below its end and are in no row of it"
        yield Problem("rows-below", message, place.page, lost[0].text, lost[0].box)


def _keeps_to(line: Line, edges: Sequence[float]) -> bool:
    """Whether a line has a gap at the edge of a column with words on either side, and no word across one."""
    gaps = [
        (a.box.x1, b.box.x0)
        for a, b in itertools.pairwise(line.words)
        if b.box.x0 - a.box.x1 > line.box.height
    ]
    parted = any(x0 < edge <= x1 + _SLACK for x0, x1 in gaps for edge in edges)
    return parted and not any(
        word.box.x0 < edge - _SLACK < edge + _SLACK < word.box.x1 for word in line.words for edge in edges
    )


def _unknown(tracker: Tracker) -> Iterable[Problem]:
    page = tracker.table.pages[0]
    for column in tracker.headings.columns:
        if column.printed.strip() and (column.field == "other" or column.certainty == "unsure"):
            message = f"a heading is not known for sure; its column was read as {column.field}"
            yield Problem("heading-unknown", message, page, column.printed)
