"""Rows of a form that print options side by side, of which a tick in the row below, or beside it, tells the one that was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from extract.shapes import Cell
from pipeline.understanding.stated_values import stated_field

TICKS = frozenset("✓✔√☑☒✗✘xX\uf0fc\uf0fe")
_LEAST = 2  # options


def with_options_chosen(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows, those of options and of the tick below them as one: the label, where there is one, and the option that is ticked."""
    out = list[list[Cell]]()
    for cells in rows:
        above = out[-1] if out else []
        tick = cells[0] if len(cells) == 1 and _is_tick(cells[0]) else None
        chosen = _under(above, tick) if tick else None
        if chosen is None:
            out.append(list(cells))
        else:
            out[-1] = [*_label_of(above), chosen]
    return out


def _is_tick(cell: Cell) -> bool:
    return cell.text.strip() in TICKS or (not cell.lines and any(mark.mark == "tick" for mark in cell.marks))


def _under(above: Sequence[Cell], tick: Cell) -> Cell | None:
    """The option above a tick; None where the row above prints no options."""
    options = [cell for cell in above if _is_option(cell)]
    if len(options) < _LEAST or len(options) + len(_label_of(above)) < len(above):
        return None
    return next((one for one in options if 0 <= tick.column - one.column < one.column_span), None)


def _is_option(cell: Cell) -> bool:
    return stated_field(cell.text) in ("decision", "status")


def _label_of(cells: Sequence[Cell]) -> list[Cell]:
    """The first cell of a row of options, where it is none of them."""
    return [cell for cell in cells[:1] if not _is_option(cell)]
