"""Cells of a form as pieces: a label beside, over or in the cell of its value, a title, a state, a part of a card."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Cell, Line
from pipeline.headings import NO_ACTION, NOTHING
from pipeline.headings.columns import is_certain
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.understanding.form_bands import with_rating, with_verdict
from pipeline.understanding.form_cells import (
    LONGEST_LABEL,
    bold,
    coded_title,
    has_labels,
    has_own_label,
    has_prompt,
    holds_labels_over_values,
    is_label_over,
    is_named_number,
    is_panel,
    is_reference,
    is_title,
    is_title_beside_label,
    label_lines,
    more_labels_over,
    names_one,
    rating_below,
)
from pipeline.understanding.form_heads import SUBJECTS, numbers_of
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.labels import label_of
from pipeline.understanding.lists import paragraphs
from pipeline.understanding.pieces import NAMES, ORDER, Piece, pieces_of
from pipeline.understanding.stated_values import stated_field, stated_progress

ACTIONS: frozenset[Field] = frozenset({"action", "response_action", "delivery"})
_LONGEST_REFERENCE = 40  # letters of a left cell that is only a reference
_ACTION = "Action"


def of_two(left: Cell, right: Cell, source: int) -> Iterator[Piece]:
    """A row of two cells: two parts of a card, a title or a state beside something, or a label beside its value."""
    yield from (
        _parts_of_card(left, right, source)
        or _title_beside(left, right, source)
        or _state_or_rating(left, right, source)
        or (pair(left, right, source),)
    )


def _parts_of_card(left: Cell, right: Cell, source: int) -> tuple[Piece, ...]:
    """Labels over their values in both cells, or a number beside several labels; () of no such cells."""
    if is_panel(left, right):
        return (*_of_panel(left, source), *_of_panel(right, source))
    if holds_labels_over_values(left) and holds_labels_over_values(right):
        return tuple(
            piece for cell in (left, right) for piece in pieces_of(paragraphs(cell.lines), source, (cell,))
        )
    if is_named_number(left) and label_cell(right.text) in SUBJECTS:
        return (number_alone(left, source),)  # "Rec 1 | The recommendation" over its text
    if is_reference(left) and has_labels(right):
        return (number_alone(left, source), *pieces_of(paragraphs(right.lines), source, (right,)))
    return ()


def _title_beside(left: Cell, right: Cell, source: int) -> tuple[Piece, ...]:
    """A recommendation beside a label with its value, a verdict, a rating or a state; () where the left cell names none."""
    if is_title_beside_label(left, right):
        return (coded_title(left, source) or whole_cell(left, source), *of_cell(right, source))
    if with_verdict((left, right)) and names_one(left) and label_cell(left.text) is None:
        return (*named(left, source), stated_piece(right, "decision", source))
    if with_rating((left, right)) and names_one(left):
        own = pieces_of(paragraphs(left.lines), source, (left,))
        rated = stated_field(right.text)  # None of a dash, which says nothing
        return (*own, *((stated_piece(right, rated, source),) if rated else ()))
    if is_title(left) and stated_progress(right.text) == "status":
        return (coded_title(left, source) or whole_cell(left, source), stated_piece(right, "status", source))
    return ()


def _state_or_rating(left: Cell, right: Cell, source: int) -> tuple[Piece, ...]:
    """A state beside a label with its value, or a label with a rating below it beside its value; () of no such cells."""
    if stated_progress(left.text) == "status" and right.lines and has_own_label(right):
        return (stated_piece(left, "status", source), *of_cell(right, source))
    if rating := rating_below(left):
        label = msgspec.structs.replace(left, lines=left.lines[:1])
        rated = Piece(rating, source, name=NAMES["rag"], field="rag", cells=(left,))
        return (pair(label, right, source), rated)
    return ()


def stated_piece(cell: Cell, field: Field, source: int) -> Piece:
    """A cell that states something, without a label."""
    return Piece(cell.lines, source, name=NAMES[field], field=field, cells=(cell,))


def _of_panel(cell: Cell, source: int) -> Iterator[Piece]:
    """What opens a cell of a card, and its labels with the values below them."""
    starts = label_lines(cell)
    if opening := cell.lines[: next(iter(starts), len(cell.lines))]:
        yield Piece(opening, source, cells=(cell,))
    yield from _under_labels(cell, starts, source)


def named(cell: Cell, source: int) -> Iterator[Piece]:
    """A cell that names a recommendation, with or without its code, title or text."""
    title = coded_title(cell, source)
    yield from (title,) if title else pieces_of(paragraphs(cell.lines), source, (cell,))


def number_alone(cell: Cell, source: int) -> Piece:
    """A cell that is but the number of a recommendation, as the label of what stands beside or below it."""
    return Piece((), source, cell.lines, cells=(cell,))


def whole_cell(cell: Cell, source: int) -> Piece:
    """A cell as it stands, without a label."""
    return Piece(cell.lines, source, cells=(cell,))


def over_value(cell: Cell, source: int) -> Iterator[Piece]:
    """The labels of a cell that each stand over their value, in the letters of the first."""
    yield from _under_labels(cell, [0, *more_labels_over(cell)], source)


def _under_labels(cell: Cell, starts: Sequence[int], source: int) -> Iterator[Piece]:
    """The labels of a cell, each a line of its own at one of `starts`, with the values below them."""
    for start, end in itertools.pairwise((*starts, len(cell.lines))):
        label = msgspec.structs.replace(cell, lines=cell.lines[start : start + 1])
        yield pair(label, msgspec.structs.replace(cell, lines=cell.lines[start + 1 : end]), source)


def of_cell(cell: Cell, source: int) -> Iterator[Piece]:
    """A cell of its own: a band, a label with its value behind it, or more of the value above."""
    if counted := _numbered_by_label(cell):
        yield Piece((), source, counted, cells=(cell,))
        return
    across = cell.lines and cell.column_span > 1 and (bold(cell) or cell.fill is not None)
    labelled = across and any(label_of(line.words) for line in cell.lines[1:])
    title = coded_title(cell, source) if across and not labelled else None
    if title and ":" not in title.lines[0].text:  # "LIB 02 Duty officers" is no label of an officer
        yield title
        return
    whole = cell.lines and not cell.text.endswith(".") and not has_own_label(cell)
    field = label_cell(cell.text) if whole else None
    number = find_numbered(folded(cell.text)) if field else None
    if field and (number is None or (not number.labelled and is_certain(cell.text[number.after :]))):
        yield Piece((), source, cell.lines, _name(cell), field)
    elif is_label_over(cell):
        yield from over_value(cell, source)
    elif cell.lines and NO_ACTION.fullmatch(cell.text.strip(" .")) and not NOTHING.fullmatch(cell.text):
        yield Piece(cell.lines, source, name=_ACTION, field="action", cells=(cell,))
    elif cell.lines:
        yield from pieces_of(paragraphs(cell.lines), source, (cell,))
    else:
        yield Piece((), source, cells=(cell,))


def _numbered_by_label(cell: Cell) -> tuple[Line, ...]:
    """The number behind its label in a cell that says nothing else: "Number: 3"."""
    words = cell.lines[0].words if len(cell.lines) == 1 else ()
    at = next((i for i, word in enumerate(words, start=1) if word.text.endswith(":")), 0)
    if not 0 < at < len(words) or numbers_of(" ".join(word.text for word in words[:at]).rstrip(":")) is None:
        return ()
    number = msgspec.structs.replace(cell.lines[0], words=words[at:])
    found = find_numbered(folded(number.text))
    return (number,) if found and found.after >= len(number.text) else ()


def pair(label: Cell, value: Cell | None, source: int) -> Piece:
    """A label, or a number, with the value beside or below it."""
    lines: tuple[Line, ...] = value.lines if value else ()
    cells = (value,) if value else ()
    text = folded(label.text)
    number = find_numbered(text) if text else None
    if (
        number
        and (number.after >= len(text) or len(text) <= _LONGEST_REFERENCE)
        and (number.labelled or number.code or text[0] in "(0123456789")
    ):
        return Piece(lines, source, label.lines, cells=cells)
    if value and label_cell(label.text) == "recommendation" and is_reference(value):
        return Piece((), source, value.lines, cells=cells)  # "Request to close | LIB/01"
    field = label_cell(label.text) or (label_cell(label.lines[0].text) if has_prompt(label) else None)
    if field is None and len(label.text) > LONGEST_LABEL:
        return Piece((*label.lines, *lines), source, cells=(label, *cells))
    if field in ACTIONS and value and is_reference(value):  # "Step" over "a": the action's number
        return Piece(lines, source, label.lines, ORDER, "other", cells=cells)
    return Piece(lines, source, label.lines, _name(label), field or "other", cells=cells)


def _name(cell: Cell) -> str:
    return " ".join(cell.text.split()).rstrip(" :")
