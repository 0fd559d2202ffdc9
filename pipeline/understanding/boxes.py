"""Tables of one column that hold actions: boxes of entries that a status opens, and forms with labels above their values."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Box, Cell, Line, Place, Row, Table
from pipeline.headings import read_headings
from pipeline.headings.words import match
from pipeline.knowledge.owners import owner_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.progress import read_progress
from pipeline.nlp.references import read_reference
from pipeline.passages import Passage
from pipeline.understanding.transposed import TRANSPOSED, Transposed

_COLUMNS: dict[Field, str] = {
    "reference": "Reference",
    "action": "Action",
    "owner": "Owner",
    "deadline": "Deadline",
    "status": "Status",
    "update": "Update",
}
_LONGEST_STATUS = 4  # words
_LONGEST_LABEL = 14
_LEAST_LABELS = 2  # of actions, in a form that is believed
_OF_WHAT = re.compile(r"\s*(?:\bfor\b|\bof\b|\bin relation to\b|\s[–-]\s|:).*", re.DOTALL)

Values = dict[Field, tuple[Line, ...]]


class _Entry(msgspec.Struct, frozen=True):
    """One action: the lines of its values by field, and the heading it stands under."""

    values: Values
    section: tuple[Line, ...] = ()

    def with_value(self, field: Field, lines: tuple[Line, ...]) -> _Entry:
        """The same with one value more; a value that is there stays."""
        return msgspec.structs.replace(self, values={field: lines} | self.values)


def read_boxes(table: Table) -> Transposed | None:
    """A table of one column as a table of actions; None where it holds none."""
    if table.columns != 1:
        return None
    cells = [cell for row in table.rows for cell in row.cells if cell.lines]
    entries = tuple(_of_statuses(cells)) or _of_labels(cells)
    return _transposed(table, entries) if entries else None


# ---- a box: its title, then entries that each open with a status on a line of its own ----


def _of_statuses(cells: Sequence[Cell]) -> Iterator[_Entry]:
    if len(cells) < 2 or not _is_status_line(cells[1].lines[0]):
        return
    title = cells[0].lines
    reference = _reference_of(title)
    lines = [line for cell in cells[1:] for line in cell.lines]
    starts = [i for i, line in enumerate(lines) if _is_status_line(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        body = lines[start + 1 : end]
        named = next((i for i, line in enumerate(body) if not _all_bold(line)), len(body)) or len(body)
        values: Values = {"status": (lines[start],), "action": tuple(body[:named])}
        if reference:
            values["reference"] = reference
        if named < len(body):
            values["update"] = (msgspec.structs.replace(body[named], opens=True), *body[named + 1 :])
        if body:
            yield _Entry(values, title)


def _is_status_line(line: Line) -> bool:
    """Whether a line is a status and nothing else, set off from the text."""
    if len(line.words) > _LONGEST_STATUS or not all(w.bold or w.underlined or w.italic for w in line.words):
        return False
    stated = read_progress(Passage.of_lines([line]), column=True)
    return stated is not None and len(stated.words) >= len(line.text.strip(" .:"))


def _all_bold(line: Line) -> bool:
    return all(word.bold for word in line.words)


def _reference_of(title: Sequence[Line]) -> tuple[Line, ...]:
    """The words of the reference that a title opens with."""
    first = title[0]
    opening = first.words[0]
    code = msgspec.structs.replace(opening, text=opening.text.rstrip(":"))
    if code != opening and read_reference(Passage.plain(code.text)).ref:  # "CR03: Floods"
        return (msgspec.structs.replace(first, words=(code,)),)
    ref = read_reference(Passage.of_lines(title)).ref
    return (msgspec.structs.replace(first, words=first.words[: len(ref.split())]),) if ref else ()


# ---- a form: labels and their values one below the other ----


def _of_labels(cells: Sequence[Cell]) -> tuple[_Entry, ...]:
    entries: list[_Entry] = []
    labels = 0
    section: tuple[Line, ...] = ()
    label: Field | None = None
    filled = False
    for lines in _blocks(cells):
        field = _label(lines)
        if field:
            labels += field == "action"
            label, filled = field, False
        elif _is_heading(lines) or lines[-1].text.endswith("?"):
            section = section if lines[-1].text.endswith("?") else lines
            label = None
        elif label == "action":
            entries = _with_action(entries, lines, section, goes_on=filled)
            filled = True
        elif label and entries:
            entries[-1] = entries[-1].with_value(label, lines)
            label = None
    believed = labels >= _LEAST_LABELS and any(len(entry.values) > 1 for entry in entries)
    return tuple(entry for entry in entries if not _says_none(entry)) if believed else ()


def _with_action(
    entries: Sequence[_Entry], lines: tuple[Line, ...], section: tuple[Line, ...], goes_on: bool
) -> list[_Entry]:
    """One entry more, or the last with more of its action."""
    if not goes_on:
        return [*entries, _Entry({"action": lines}, section)]
    last = entries[-1]
    values = last.values | {"action": (*last.values["action"], *lines)}
    return [*entries[:-1], msgspec.structs.replace(last, values=values)]


def _blocks(cells: Sequence[Cell]) -> Iterator[tuple[Line, ...]]:
    """The cells' lines; a cell that opens with a line of label is two."""
    for cell in cells:
        first, rest = cell.lines[:1], cell.lines[1:]
        if rest and rest[0].opens and _label(first):
            yield first
            yield rest
        else:
            yield cell.lines


def _is_heading(lines: Sequence[Line]) -> bool:
    words = [word for line in lines for word in line.words]
    return len(words) <= _LONGEST_LABEL and all(word.bold for word in words)


def _label(lines: Sequence[Line]) -> Field | None:
    """The field that a short text names as a label: "Responsible officer for mitigating actions"."""
    text = " ".join(line.text for line in lines)
    if len(text.split()) > _LONGEST_LABEL or text.endswith("."):
        return None
    found = match(_OF_WHAT.sub("", text).strip())
    if found is None or len(found.fields) > 1:
        return None
    return found.fields[0] if found.fields[0] in _COLUMNS and found.fields[0] != "reference" else None


def _says_none(entry: _Entry) -> bool:
    said = " ".join(line.text for line in entry.values["action"]).lower().strip(" .")
    return said in _none_words()


@functools.cache
def _none_words() -> frozenset[str]:
    return frozenset(word.strip(" .") for word in owner_words().no_owner)


# ---- both as one table ----


def _transposed(table: Table, entries: Sequence[_Entry]) -> Transposed:
    fields = [field for field in _COLUMNS if any(field in entry.values for entry in entries)]
    headings = read_headings([_COLUMNS[field] for field in fields])
    rows: list[Row] = []
    section: tuple[Line, ...] = ()
    for entry in entries:
        if entry.section and entry.section is not section and len(fields) > 2:
            section = entry.section
            rows.append(_row(len(rows), {0: section}, len(fields)))
        values = {at: entry.values[field] for at, field in enumerate(fields) if field in entry.values}
        rows.append(_row(len(rows), values))
    held = {id(word) for row in rows for cell in row.cells for word in cell.words}
    outside = tuple(_outside(table, held))
    made = Table(
        tuple(rows), len(fields), table.places, TRANSPOSED, "actions in one column", repeated=outside
    )
    return Transposed(
        made, headings, "actions in a table of one column", ("outside its actions",) * len(outside)
    )


def _row(at: int, values: dict[int, tuple[Line, ...]], span: int = 1) -> Row:
    cells = tuple(
        Cell(at, column, lines, _places(lines), column_span=span) for column, lines in values.items()
    )
    return Row(cells, tuple(sorted({place.page for cell in cells for place in cell.places})))


def _places(lines: Sequence[Line]) -> tuple[Place, ...]:
    pages = dict.fromkeys(line.page for line in lines)
    return tuple(Place(page, Box.around(line.box for line in lines if line.page == page)) for page in pages)


def _outside(table: Table, held: set[int]) -> Iterator[Row]:
    """What of the table is in no action."""
    for row in (*table.rows, *table.repeated):
        for cell in row.cells:
            lines = tuple(line for line in cell.lines if not all(id(word) in held for word in line.words))
            if lines:
                yield Row((msgspec.structs.replace(cell, lines=lines),), row.pages)
