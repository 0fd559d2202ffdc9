"""The rows of a form as pieces: labels with their values beside or below them, bands, heads, ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Cell
from pipeline.nlp.rating_keys import colour_names
from pipeline.understanding.entry import as_answer
from pipeline.understanding.form_bands import are_labelled, label_pairs
from pipeline.understanding.form_cells import (
    LONGEST_LABEL,
    coded_title,
    has_own_label,
    is_initial,
    is_lettered,
    is_named_number,
    is_panel,
    is_reference,
    names_one,
    stands_over,
)
from pipeline.understanding.form_heads import (
    SUBJECTS,
    are_heads,
    are_values,
    heads_answer,
    heads_beside,
    holds_rows_of_heads,
    is_counted,
    numbers_of,
)
from pipeline.understanding.form_pairs import (
    ACTIONS,
    named,
    number_alone,
    of_cell,
    of_two,
    over_value,
    pair,
    stated_piece,
    whole_cell,
)
from pipeline.understanding.form_reports import parted_by_reports, pieces_of_reports
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.pieces import ORDER, Piece
from pipeline.understanding.stated_values import stated_field


def pieces_of_rows(rows: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    """The rows of a form as pieces, given as their filled cells; `source` is the number of its table."""
    for reports, part in parted_by_reports(_with_panels_whole(rows)):
        yield from pieces_of_reports(reports, part, source) if reports else _pieces_of_rows(part, source)


def _pieces_of_rows(rows: Sequence[Sequence[Cell]], source: int) -> Iterator[Piece]:
    heads: tuple[Cell, ...] = ()
    fresh = False
    twice = holds_rows_of_heads(rows)
    labels = _labels_of_pairs(rows)
    beside = heads_beside(rows)
    # where the first number stands above the form, as text, the others are to be read as it is
    counted = len(rows) > 1 and _counts_text(rows[0], rows[1])
    for i, cells in enumerate(rows):
        above, below = rows[i - 1] if i else (), rows[i + 1] if i + 1 < len(rows) else ()
        if beside and i == 0:
            continue
        if counted and _counts_text(cells, below):
            yield number_alone(cells[0], source)
        elif parts := _of_text_and_answer(above, cells, below, source):
            yield from parts
        elif beside and (extra := [cell for cell in cells if cell.column in beside]):
            yield from _of_row([cell for cell in cells if cell.column not in beside], source)
            for cell in extra:
                yield _under(beside[cell.column], cell, source, first=i == 1)
        elif heads and are_values(heads, cells, fresh):
            yield from _below(heads, cells, source, fresh)
            fresh = False
        elif len(cells) > 1 and cells[0].text not in labels and are_heads(cells, below, twice=twice):
            heads, fresh = tuple(cells), True
        else:
            yield from _of_row(cells, source)


def _of_text_and_answer(
    above: Sequence[Cell], cells: Sequence[Cell], below: Sequence[Cell], source: int
) -> tuple[Piece, ...]:
    """A number and a label over a text and its answer, and these; () of other rows."""
    if heads_answer(above, cells):
        own = has_own_label(above[1])
        answer = whole_cell(cells[1], source)
        answer = as_answer(answer, "response") if own else pair(above[1], cells[1], source)
        return (whole_cell(cells[0], source), answer)
    if not heads_answer(cells, below):
        return ()
    number = number_alone(cells[0], source)
    opening = (number,) if is_named_number(cells[0]) else tuple(named(cells[0], source))
    return (*opening, *(of_cell(cells[1], source) if has_own_label(cells[1]) else ()))


def _counts_text(cells: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a number alone stands over the label of a recommendation's text."""
    return (
        len(cells) == 1
        and is_reference(cells[0])
        and len(following) > 1
        and label_cell(following[0].text) in SUBJECTS
    )


def _with_panels_whole(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows, those of panels that the end of a page has cut as one."""
    out: list[Sequence[Cell]] = []
    for cells in rows:
        above = out[-1] if out else ()
        if not (len(above) == 2 and 0 < len(cells) <= 2 and is_panel(*above) and _are_rest(cells, above)):
            out.append(cells)
            continue
        rest = {cell.column: cell for cell in cells}
        out[-1] = [_joined(cell, rest.get(cell.column)) for cell in above]
    return out


def _are_rest(cells: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a row is the rest of the panel above it, at the top of the next page and in its columns."""
    anew = any(cell.lines and (names_one(cell) or has_own_label(cell)) for cell in cells)
    last = max(cell.places[-1].page for cell in above)
    columns = {cell.column for cell in above}
    return not anew and all(cell.places[0].page == last + 1 and cell.column in columns for cell in cells)


def _joined(cell: Cell, rest: Cell | None) -> Cell:
    if rest is None:
        return cell
    replace = msgspec.structs.replace
    return replace(cell, lines=(*cell.lines, *rest.lines), places=(*cell.places, *rest.places))


def _labels_of_pairs(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """The left cells of rows of two cells that stand again beside another value: labels, and no heads."""
    beside: dict[str, set[str]] = {}
    for cells in rows:
        if len(cells) == 2:
            beside.setdefault(cells[0].text, set()).add(cells[1].text)
    return frozenset(label for label, values in beside.items() if len(values) > 1)


def _under(head: Cell, value: Cell, source: int, first: bool) -> Piece:
    """A value under the head of its column, which counts to the first of them."""
    piece = pair(head, value, source)
    return piece if first else msgspec.structs.replace(piece, label=())


def _below(heads: Sequence[Cell], cells: Sequence[Cell], source: int, fresh: bool) -> Iterator[Piece]:
    """The values of a row under their heads, which are printed once and count to the first row."""
    values = {cell.column: cell for cell in cells}
    if is_counted(heads, cells):
        yield Piece(cells[0].lines, source, name=ORDER, field="other", cells=(cells[0],))
    fields = [label_cell(head.text) for head in heads]
    of_texts = not SUBJECTS.isdisjoint(fields)
    of_actions = not ACTIONS.isdisjoint(fields)
    for head in heads:
        value = values.get(head.column)
        if of_texts and value and numbers_of(head.text) and is_reference(value):
            yield number_alone(value, source)  # "Ref" over "a)"
        elif of_actions and value and numbers_of(head.text) and is_reference(value):  # "Task no." over "1a"
            label = head.lines if fresh else ()
            yield Piece(value.lines, source, label, ORDER, "other", cells=(value,))
        elif fresh:
            yield pair(head, value, source)
        elif value:
            yield msgspec.structs.replace(pair(head, value, source), label=())


def _of_row(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    if len(cells) == 3 and is_initial(*cells[:2]):
        cells = cells[1:]
    if len(cells) == 1:
        yield from of_cell(cells[0], source)
    elif _stands_beside_labels(cells):
        yield whole_cell(cells[0], source)
        yield from _of_row(cells[1:], source)
    elif _is_named_with_states(cells):
        yield from _of_named_with_states(cells, source)
    elif are_labelled(cells):
        yield from _of_labelled(cells, source)
    elif _opens_with_name(cells):
        counted = is_named_number(cells[0]) or is_reference(cells[0])
        number = number_alone(cells[0], source) if counted else None
        yield number or coded_title(cells[0], source) or whole_cell(cells[0], source)
        yield from _of_row(cells[1:], source)
    elif cells:
        yield from _of_pairs(cells, source)


def _of_pairs(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    """Labels beside their values, one pair or several, and what stands behind a pair."""
    pairs = label_pairs(cells)
    if len(cells) == 2 and pairs[0][1] is not None:
        yield from of_two(cells[0], cells[1], source)
        return
    if not pairs:
        yield pair(cells[0], cells[1], source)
        yield from (_behind_pair(cell, cells[0], source) for cell in cells[2:])
    for label, value in pairs:
        own = value is None and label.lines and has_own_label(label)
        yield from of_cell(label, source) if own else (pair(label, value, source),)


def _of_named_with_states(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    yield from named(cells[0], source)
    for cell in cells[1:]:
        stated = None if has_own_label(cell) else stated_field(cell.text)
        yield from (stated_piece(cell, stated, source),) if stated else of_cell(cell, source)


def _stands_beside_labels(cells: Sequence[Cell]) -> bool:
    """Whether a text runs down beside rows of labels with their values."""
    if len(cells) != 3 or cells[0].row_span < 2 or is_reference(cells[0]):
        return False
    said = len(cells[0].text) > LONGEST_LABEL or cells[0].text.endswith(".")
    return said and label_cell(cells[1].text) is not None


def _is_named_with_states(cells: Sequence[Cell]) -> bool:
    """Whether a row names a recommendation and says with labels or in a word how it stands: "R1 | Priority: High | Implemented"."""
    if len(cells) < 3 or not all(cell.lines for cell in cells) or not names_one(cells[0]):
        return False
    return any(stated_field(cell.text) for cell in cells[1:]) and all(
        has_own_label(cell) or stated_field(cell.text) for cell in cells[1:]
    )


def _opens_with_name(cells: Sequence[Cell]) -> bool:
    """Whether the number or name of a recommendation stands left of labels with their values."""
    if len(cells) < 3 or not (are_labelled(cells[1:]) or label_cell(cells[1].text) is not None):
        return False
    counted = is_reference(cells[0]) and cells[0].column == 0
    return counted or is_named_number(cells[0]) or names_one(cells[0])


def _behind_pair(cell: Cell, first: Cell, source: int) -> Piece:
    """A further cell of a row: a verdict in the tint of a title, a rating, or plain text."""
    tinted = cell.fill is not None and cell.fill == first.fill
    if tinted and names_one(first) and (stated := stated_field(cell.text)):  # "R1 | Markets | AGREED"
        return stated_piece(cell, stated, source)
    rated = cell.text.strip().lower() in colour_names() or is_lettered(cell)
    return stated_piece(cell, "rag", source) if rated else whole_cell(cell, source)


def _of_labelled(cells: Sequence[Cell], source: int) -> Iterator[Piece]:
    for cell in cells:
        yield from (over_value(cell, source) if stands_over(cell) else of_cell(cell, source))
