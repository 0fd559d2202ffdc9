"""Tables in minutes as paragraphs: lists of names, items with their owners in a last column, votes; and tables that are none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from extract.shapes import Box, Cell, Line, Row, Table, Word
from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.minutes.actions import is_owner
from pipeline.nlp.minutes.matching import is_label
from pipeline.nlp.minutes.numbers import item_number
from pipeline.nlp.minutes.paragraphs import Paragraph, paragraphs_of
from pipeline.passages import Passage

_SAME_LINE = 0.5  # of a word's height
_NUMBER_LETTERS = 12


def lines_of_table(table: Table) -> tuple[Line, ...]:
    """A table told by white space alone as the lines that it is in minutes, top to bottom."""
    words = sorted(table.words, key=lambda w: (w.page, w.box.bottom, w.box.x0))
    bands: list[list[Word]] = []
    for word in words:
        base = bands[-1][0] if bands else None
        if (
            base
            and base.page == word.page
            and word.box.bottom - base.box.bottom <= _SAME_LINE * base.box.height
        ):
            bands[-1].append(word)
        else:
            bands.append([word])
    lines = [Line(tuple(sorted(band, key=lambda w: w.box.x0))) for band in bands]
    return tuple(_opened(lines))


def _opened(lines: Sequence[Line]) -> list[Line]:
    """The lines with those behind a wide gap opening a paragraph."""
    out: list[Line] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        gap = line.box.top - before.box.bottom if before and before.page == line.page else None
        opens = before is None or (gap is not None and gap > 0.6 * line.box.height)
        out.append(msgspec.structs.replace(line, opens=opens))
    return out


def paragraphs_of_table(table: Table) -> tuple[Paragraph, ...]:
    """The rows of a drawn table as paragraphs: a number before its text, a name list behind its label, owners as tails."""
    owners = _owner_column(table)
    out: list[Paragraph] = []
    for row in _by_side(table) or table.rows:
        cells = [cell for cell in row.cells if cell.lines]
        if owners is not None and all(_is_heading(cell) for cell in cells):
            continue
        out += _row(cells, owners)
    return tuple(out)


def _owner_column(table: Table) -> int | None:
    """The last column where its heading says that it names owners, or all its cells do."""
    ends = [
        cell for row in table.rows for cell in row.cells if cell.column == table.columns - 1 and cell.lines
    ]
    if table.columns > 2 and len(ends) > 1 and all(is_owner(cell.text) for cell in ends):
        return table.columns - 1
    for row in table.rows[:2]:
        last = row.cells[-1] if row.cells else None
        if last and last.column and is_label(minute_words().owner_headings, last.text):
            return last.column
    return None


def _is_heading(cell: Cell) -> bool:
    return len(cell.text.split()) <= 4 and not cell.text.rstrip().endswith(".")


def _row(cells: Sequence[Cell], owners: int | None) -> list[Paragraph]:
    tail = next((cell for cell in cells if cell.column == owners), None)
    texts = [cell for cell in cells if cell is not tail]
    if not texts:
        return []
    number = texts[0] if len(texts) > 1 and _is_number(texts[0].text) else None
    label = texts[0] if len(texts) > 1 and not number and _labels_names(texts[0].text) else None
    out = _label_first(texts, label) if label else _texts(texts[1:] if number else texts)
    if number and out:
        passage = Passage.joined([Passage.of_lines(number.lines), out[0].passage], gap=" ")
        out[0] = msgspec.structs.replace(out[0], passage=passage, lead=_emphasised(passage))
    if tail and out:
        out[-1] = msgspec.structs.replace(out[-1], tail=Passage.of_lines(tail.lines))
    return out


def _texts(cells: Sequence[Cell]) -> list[Paragraph]:
    return [paragraph for cell in cells for paragraph in paragraphs_of(cell.lines)]


def _label_first(cells: Sequence[Cell], label: Cell) -> list[Paragraph]:
    """One paragraph "Present: A Bell, C Dunn"."""
    lines = [Passage.of_lines([line]) for cell in cells if cell is not label for line in cell.lines]
    names = Passage.joined([_continued(line) for line in lines], gap="; ")
    passage = Passage.joined(
        [Passage.of_lines(label.lines).part(0, len(label.text.rstrip(" :"))), names], gap=": "
    )
    first = label.lines[0].words[0]
    return [Paragraph(passage, left=first.box.x0, page=first.page, opens=True)]


def _continued(line: Passage) -> Passage:
    """A line of a cell of names without the comma at its end: each line begins with a name."""
    return line.part(0, len(line.text.rstrip(" ,;")))


def _labels_names(text: str) -> bool:
    words = minute_words()
    sides = (*words.sides.for_, *words.sides.against, *words.sides.abstain, *words.sides.absent)
    roles = tuple(label for role in words.attendance for label in role.labels)
    return is_label((*roles, *sides), text)


def _is_number(text: str) -> bool:
    found = item_number(text.strip() + " x")
    return found is not None and len(text.strip()) <= _NUMBER_LETTERS and found.length >= len(text.strip())


def _emphasised(passage: Passage) -> int:
    end = 0
    for span in passage.spans:
        if span.start and not (span.bold or span.underlined):
            return end
        end = span.end
    return end


def _by_side(table: Table) -> tuple[Row, ...]:
    """A table whose columns are "For", "Against", "Abstain" turned so that each side is a row; () for others."""
    heads = table.rows[0].cells if table.rows else ()
    sides = minute_words().sides
    if (
        len(heads) < 2
        or not is_label(sides.for_, heads[0].text)
        or not is_label(sides.against, heads[1].text)
    ):
        return ()
    rows: list[Row] = []
    for head in heads:
        below = [c for row in table.rows[1:] for c in row.cells if c.column == head.column and c.lines]
        lines = tuple(line for cell in below for line in cell.lines)
        names = Cell(0, 1, lines, tuple(p for c in below for p in c.places))
        rows.append(Row((head, names) if lines else (head,), (head.places[0].page,)))
    return tuple(rows)


def top_of(table: Table) -> tuple[int, float]:
    """Page and height at which a table begins."""
    place = table.places[0]
    return place.page, place.box.top


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Lines of all pages from top to bottom, those on one height from left to right."""
    out: list[Line] = []
    for _, group in groupby(sorted(lines, key=lambda line: line.page), key=lambda line: line.page):
        out += sorted(group, key=lambda line: (_height(line.box), line.box.x0))
    return out


def _height(box: Box) -> float:
    return round(box.bottom, 0)
