"""The tables of a document sorted: trackers with their columns known, and all others with the reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from extract.join import same_columns
from extract.shapes import Document, Line, Problem, Row, Table
from pipeline.headings import (
    Headings,
    columns_by_content,
    find_header,
    find_unknown_header,
    holds_values,
    is_tracker,
    read_banner,
    settle,
)
from pipeline.headings.columns import as_headings
from pipeline.headings.tables import HeaderFound
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.references import read_reference
from pipeline.passages import Passage
from pipeline.understanding.answered_by_number import ANSWERS, answers_by_number, with_texts
from pipeline.understanding.boxes import read_boxes
from pipeline.understanding.drawn_out import DrawnOut, find_drawn_out
from pipeline.understanding.tracker import Apart, Sorted, Tracker, texts
from pipeline.understanding.tracker_doubts import doubts_about, rows_below

_HEADER_AMONG = 6  # rows at a table's top among which its header is looked for
_CONTEXT = 60.0  # points above a table within which its caption stands
_BANNERS = 2  # sorts of progress that lines above tables tell apart
_LEAST_ROWS_UNHEADED = 2
_TOLD: frozenset[Field] = frozenset(
    {
        "owner",
        "deadline",
        "revised_deadline",
        "actual_date",
        "status",
        "decision",
        "response",
        "update",
        "rag",
    }
)
_LEAST_TOLD = 2  # of them beside the text, where no heading is known
_ALIKE = 60  # letters by which a recommendation is known again


def sort_tables(document: Document) -> Sorted:
    """Every table of the document as a tracker or apart; forms and lists are trackers too."""
    found_out = find_drawn_out(document)
    lines = _lines_by_page(document)
    used = {id(table) for one in found_out for table in one.sources}
    trackers: list[Tracker] = []
    apart: list[Apart] = []
    problems: list[Problem] = []
    tables = [_headed(table) for table in document.tables if id(table) not in used]
    alike = _rows_alike(tables)
    for headed in tables:
        table = headed.table
        if boxed := read_boxes(table):
            trackers.append(_of_drawn_out(DrawnOut(boxed, (table,))))
            continue
        before = trackers[-1] if trackers else None
        found = _as_tracker(headed, before, _caption(table, lines[table.places[0].page]), alike)
        if isinstance(found, Apart):
            apart.append(found)
            continue
        trackers.append(found)
        problems += doubts_about(found)
    problems += [doubt for one in trackers for doubt in rows_below(one.table, lines)]
    trackers, apart, answered = _with_answers(trackers, apart, document)
    problems += [doubt for one in answered for doubt in doubts_about(one)]
    trackers = _with_banners(trackers, lines)
    drawn_out = [_of_drawn_out(one) for one in _not_told(found_out, trackers)]
    problems += [doubt for one in drawn_out for doubt in doubts_about(one)]
    return Sorted(tuple(sorted((*trackers, *drawn_out), key=_stands)), tuple(apart), tuple(problems))


def _lines_by_page(document: Document) -> Mapping[int, Sequence[Line]]:
    out: defaultdict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        out[line.page].append(line)
    return out


def _not_told(found_out: Sequence[DrawnOut], trackers: Sequence[Tracker]) -> Iterable[DrawnOut]:
    """The forms, and the lists that do not only repeat what a tracker says."""
    if all(one.sources for one in found_out):
        return found_out
    told = {text for tracker in trackers for text in _subjects(tracker) if text}
    return (one for one in found_out if one.sources or not _repeats(one, told))


def _subjects(tracker: Tracker) -> Iterable[str]:
    at = tracker.headings.subject
    return (_bare(cell.text) for row in tracker.body for cell in row.cells if cell.column == at)


def _bare(text: str) -> str:
    """A recommendation's opening letters without its reference, by which two printings of it are known as one."""
    passage = read_reference(Passage.plain(text)).text
    return "".join(re.findall(r"\w", passage.text.lower()))[:_ALIKE]


def _repeats(one: DrawnOut, told: Collection[str]) -> bool:
    """Whether a list mostly says again what a table of the document has: the table is read, and the list is left."""
    texts = [_bare(text) for text in one.transposed.subjects]
    return sum(text in told for text in texts) > len(texts) / 2


def _of_drawn_out(one: DrawnOut) -> Tracker:
    made = one.transposed
    return Tracker(
        made.table,
        made.headings,
        0,
        made.reason,
        sources=one.sources,
        reasons=made.reasons,
        unlabelled=made.unlabelled,
    )


def _stands(tracker: Tracker) -> tuple[int, float]:
    place = tracker.table.places[0]
    return place.page, place.box.top


class _Headed(msgspec.Struct, frozen=True):
    """A table with its rows as texts and its header, None where it has none."""

    table: Table
    rows: list[list[str]]
    header: HeaderFound | None

    @property
    def printed(self) -> tuple[str, ...]:
        """The headings as printed; () where there are none."""
        return tuple(column.printed for column in self.header.headings.columns) if self.header else ()

    @property
    def first(self) -> int:
        """The place of the first row below the header."""
        return self.header.index + self.header.count if self.header else 0

    @property
    def below(self) -> list[list[str]]:
        """The rows below the header."""
        return self.rows[self.first :]


def _headed(table: Table) -> _Headed:
    rows = texts(table.rows, table.columns)
    header = find_header(rows[:_HEADER_AMONG])
    if header and header.index and holds_values(rows[header.index]) and find_unknown_header(rows):
        header = None  # heads that are not known, over values that are known as words of heads
    return _Headed(table, rows, header)


def _rows_alike(tables: Iterable[_Headed]) -> dict[tuple[str, ...], list[list[str]]]:
    """The rows of all tables that print the same headings: what their columns hold is told from all of them together."""
    alike: dict[tuple[str, ...], list[list[str]]] = {}
    for one in tables:
        alike.setdefault(one.printed, []).extend(one.below)
    return alike


def _as_tracker(
    headed: _Headed,
    before: Tracker | None,
    context: str,
    alike: Mapping[tuple[str, ...], list[list[str]]],
) -> Tracker | Apart:
    table, rows, header = headed.table, headed.rows, headed.header
    if header is not None:
        headings = _with_signs(settle(header.headings, alike[headed.printed]), table.rows[headed.first :])
        judged = is_tracker(headings, headed.below, context)
        if judged.tracker:
            return Tracker(table, headings, headed.first, judged.reason, context, _banner_over(table, header))
        return Apart(table, judged.reason, headings, headed.first)
    if before is not None and same_columns(before.table, table):
        return Tracker(table, before.headings, 0, "goes on from the table before it", context, inherited=True)
    return _by_unknown_heads(table, rows, context) or _by_content(table, rows, context)


def _with_signs(headings: Headings, rows: Sequence[Row]) -> Headings:
    """The headings; an unknown column of nothing but colours, of two sorts or more, rates its rows."""
    columns = list(headings.columns)
    for i, column in enumerate(columns):
        cells = [cell for row in rows for cell in row.cells if cell.column == i and cell.column_span == 1]
        colours = {mark.name for cell in cells for mark in cell.marks} - {None}
        if column.field == "other" and len(colours) > 1 and not any(cell.lines for cell in cells):
            columns[i] = msgspec.structs.replace(column, field="rag", certainty="unsure")
    return as_headings(columns) if columns != list(headings.columns) else headings


def _by_unknown_heads(table: Table, rows: Sequence[Sequence[str]], context: str) -> Tracker | None:
    """A tracker whose heads are not known by their words, where its cells leave little doubt of what they hold."""
    header = find_unknown_header(rows)
    if header is None:
        return None
    first = header.index + header.count
    headings = _with_signs(settle(header.headings, rows[first:]), table.rows[first:])
    judged = is_tracker(headings, rows[first:], context)
    told = headings.fields & _TOLD
    if not judged.tracker or headings.subject is None or len(told) < _LEAST_TOLD:
        return None
    return Tracker(table, headings, first, f"told by its cells: {judged.reason}", context)


def _banner_over(table: Table, header: HeaderFound) -> Passage:
    """The line inside a table that stands over its heads and gives all its rows a status ("Completed since May")."""
    over = [cell.lines for row in table.rows[: header.index] for cell in row.cells if cell.lines]
    banner = Passage.of_lines(over[0]) if len(over) == 1 else Passage("")
    return banner if read_banner(banner.text) else Passage("")


def _with_answers(
    trackers: list[Tracker], apart: list[Apart], document: Document
) -> tuple[list[Tracker], list[Apart], list[Tracker]]:
    """The trackers and the other tables, once tables that answer by number have found their recommendations.

    A table of nothing but recommendations that one answers is part of it; the last of the three are those that answer.
    """
    bare = [one for one in trackers if not one.headings.fields & ANSWERS and one.sources == ()]
    texts = [(one.table, one.headings, one.first_row) for one in bare]
    texts += [
        (one.table, one.headings, one.first_row)
        for one in apart
        if one.headings and one.headings.subject is not None
    ]
    answered: list[Tracker] = []
    used: set[int] = set()
    for one in apart:
        if one.headings is None or not answers_by_number(one.headings):
            continue
        found = with_texts(one.table, one.headings, one.first_row, document, texts)
        if found:
            sources = (one.table, found.source) if found.source else (one.table,)
            reason = "answers by number to recommendations that stand elsewhere"
            answered.append(Tracker(found.table, found.headings, one.first_row, reason, sources=sources))
            used |= {id(table) for table in sources}
    left = [one for one in trackers if id(one.table) not in used]
    return [*left, *answered], [one for one in apart if id(one.table) not in used], answered


def _by_content(table: Table, rows: Sequence[Sequence[str]], context: str) -> Tracker | Apart:
    """A table without headings is a tracker only where its cells leave little doubt."""
    if table.columns < 2 or len(rows) < _LEAST_ROWS_UNHEADED:
        return Apart(table, "no heading row")
    headings = as_headings(columns_by_content([list(column) for column in zip(*rows, strict=True)]))
    judged = is_tracker(headings, rows, context)
    if judged.tracker and "recommendation" in headings.fields:
        return Tracker(table, headings, 0, f"without headings: {judged.reason}", context)
    return Apart(table, "no heading row that is known")


def _caption(table: Table, lines: Sequence[Line]) -> str:
    """The words right above the table among the lines of its first page, after the last heading above them."""
    near = [line.text for line in _above(table, lines)[-2:]]
    top = table.places[0].box.top
    headings = [
        line.text for line in lines if line.box.bottom <= top and all(word.bold for word in line.words)
    ]
    return " ".join(dict.fromkeys((*headings[-1:], *near)))


def _above(table: Table, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Those of its page's lines that stand right above a table."""
    top = table.places[0].box.top
    return tuple(line for line in lines if 0 <= top - line.box.bottom < _CONTEXT)


def _with_banners(trackers: Sequence[Tracker], lines: Mapping[int, Sequence[Line]]) -> list[Tracker]:
    """Trackers with the lines right above them that state a progress; one line for all of them is only a title."""
    above = (_above(tracker.table, lines[tracker.table.places[0].page]) for tracker in trackers)
    banners = [Passage.of_lines(near[-1:]) for near in above]
    if len({read_banner(banner.text) for banner in banners} - {None}) < _BANNERS:
        return list(trackers)
    return [
        msgspec.structs.replace(tracker, banner=tracker.banner if tracker.banner.text else banner)
        for tracker, banner in zip(trackers, banners, strict=True)
    ]
