"""Tables drawn with rules or filled boxes, through pdfplumber's geometry.

pdfplumber's own reading of a page costs far more than its geometry: here the geometry is fed with the rules that
pdfium gives, after edges that a page break or a missing border left open have been closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.flavours.grid import table_of
from extract.flavours.inside import parted
from extract.flavours.open_rows import with_open_rows
from extract.flavours.quality import scored
from extract.flavours.strips import with_strips
from extract.shapes import Box, Fill, Page, Rule, Table

_SNAP = 3.0  # points: rules nearer than this are one (double borders, boxes drawn side by side)
_TOUCH = 3.5  # points: rules that come so near to each other cross
_STRIPS = 6  # parallel rules side by side: borders have three at most
MAX_CROSSINGS = 5_000  # finding cells costs the fourth power of a dense grid's side


class TooDense(Exception):
    """The page has more crossings of rules than can be searched for cells."""


def ruled(page: Page) -> list[Table]:
    """The tables of a page whose cells are closed by rules."""
    return _tables(page, page.rules, "ruled")


def boxed(page: Page) -> list[Table]:
    """The tables of a page whose cells are closed by rules and by the edges of filled boxes together."""
    if not any(fill.shape == "box" for fill in page.fills):
        return []
    return _tables(page, [*page.rules, *_box_edges(page.fills)], "boxed")


def _tables(page: Page, rules: Sequence[Rule], flavour: str) -> list[Table]:
    edges = closed(merged([_edge(rule) for rule in without_gradients(rules)]))
    down, across = _split(edges)
    if len(down) < 2 or len(across) < 2:
        return []
    crossings = edges_to_intersections(edges, _TOUCH, _TOUCH)
    if len(crossings) > MAX_CROSSINGS:
        raise TooDense(f"{len(crossings)} crossings")
    groups = cells_to_tables(intersections_to_cells(crossings))
    tables = (table_of(page, [Box(*cell) for cell in group], flavour) for group in groups)
    whole = (with_open_rows(parted(table, page), page) for table in tables if table is not None)
    return scored([with_strips(table, page) for table in whole], page)


def without_gradients(rules: Sequence[Rule]) -> list[Rule]:
    """The rules without the strips that a gradient is drawn with: many of one width, each right beside the next.

    The first and the last of them are kept: they are the edges of the tinted cell.
    """
    groups: dict[tuple[bool, int, int], list[Rule]] = {}
    for rule in rules:
        box = rule.box
        ends = (box.x0, box.x1) if rule.across else (box.top, box.bottom)
        groups.setdefault((rule.across, round(ends[0]), round(ends[1])), []).append(rule)
    strips = {id(rule) for group in groups.values() if len(group) >= _STRIPS for rule in _strips(group)}
    return [rule for rule in rules if id(rule) not in strips] if strips else list(rules)


def _strips(group: Sequence[Rule]) -> list[Rule]:
    """Of parallel rules with the same ends, those with others close by on both sides, in runs of many."""
    across = group[0].across
    ordered = sorted(group, key=lambda rule: rule.box.top if across else rule.box.x0)
    places = [rule.box.top if across else rule.box.x0 for rule in ordered]
    out, start = list[Rule](), 0
    for i in range(1, len(ordered) + 1):
        if i == len(ordered) or places[i] - places[i - 1] > _SNAP:
            if i - start >= _STRIPS:
                out += ordered[start + 1 : i - 1]
            start = i
    return out


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule as pdfplumber writes edges; a thick rule counts at its middle."""
    x, y = rule.box.middle
    if rule.across:
        return _across(rule.box.x0, rule.box.x1, y)
    return _down(rule.box.top, rule.box.bottom, x)


def _across(x0: float, x1: float, y: float) -> dict[str, Any]:
    return {"x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0.0, "orientation": "h"}


def _down(top: float, bottom: float, x: float) -> dict[str, Any]:
    return {
        "x0": x,
        "x1": x,
        "top": top,
        "bottom": bottom,
        "width": 0.0,
        "height": bottom - top,
        "orientation": "v",
    }


def _box_edges(fills: Iterable[Fill]) -> Iterable[Rule]:
    for fill in fills:
        if fill.shape == "box":
            x0, top, x1, bottom = fill.box.x0, fill.box.top, fill.box.x1, fill.box.bottom
            yield Rule(Box(x0, top, x1, top), True)
            yield Rule(Box(x0, bottom, x1, bottom), True)
            yield Rule(Box(x0, top, x0, bottom), False)
            yield Rule(Box(x1, top, x1, bottom), False)


def merged(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Edges with those on one line snapped together and joined."""
    return list(merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)) if edges else []


def _split(edges: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    down: list[dict[str, Any]] = []
    across: list[dict[str, Any]] = []
    for edge in edges:
        (across if edge["orientation"] == "h" else down).append(edge)
    return down, across


def closed(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The edges and those that are missing: the closing rule of a row cut by the page's end, an outer border."""
    down, across = _split(edges)
    extra = [
        _across(lo, hi, y)
        for end in ("top", "bottom")
        for y, lo, hi in _open_ends([e for e in down if _crosses(e, across)], end, across)
    ]
    across = across + extra
    extra += [
        _down(lo, hi, x)
        for end in ("x0", "x1")
        for x, lo, hi in _open_ends([e for e in across if _crosses(e, down)], end, down)
    ]
    return merged(edges + extra) if extra else edges


def _open_ends(
    edges: list[dict[str, Any]], end: str, others: list[dict[str, Any]]
) -> Iterable[tuple[float, float, float]]:
    """Where two or more parallel edges end at the same place and nothing crosses there: (place, from, to)."""
    if not edges:
        return
    side, low, high, place = (
        ("x0", "x0", "x1", "top") if end in ("top", "bottom") else ("top", "top", "bottom", "x0")
    )
    groups: list[list[dict[str, Any]]] = []
    for edge in sorted(edges, key=lambda e: e[end]):
        if groups and edge[end] - groups[-1][-1][end] <= _SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    for group in (part for whole in groups for part in _connected(whole, side, others)):
        if len(group) < 2:
            continue
        at = sum(e[end] for e in group) / len(group)
        first, last = group[0][side], group[-1][side]
        ending = [o for o in others if abs(o[place] - at) <= _TOUCH]
        covered = all(any(o[low] - _TOUCH <= e[side] <= o[high] + _TOUCH for o in ending) for e in group)
        if not covered and last - first > _SNAP:
            # Without outer borders the rules that cross reach farther than the edges that end: the row is as wide.
            reaching = [o for o in others if sum(_crosses(e, [o]) for e in group) > 1]
            yield at, min([first, *(o[low] for o in reaching)]), max([last, *(o[high] for o in reaching)])


def _connected(
    edges: list[dict[str, Any]], side: str, others: list[dict[str, Any]]
) -> Iterable[list[dict[str, Any]]]:
    """Parallel edges in order, parted where no edge of the other direction runs from one to the next."""
    run: list[dict[str, Any]] = []
    for edge in sorted(edges, key=lambda e: e[side]):
        if run and not any(_crosses(run[-1], [o]) and _crosses(edge, [o]) for o in others):
            yield run
            run = []
        run.append(edge)
    yield run


def _crosses(edge: dict[str, Any], others: Iterable[dict[str, Any]]) -> bool:
    return any(
        edge["x0"] <= o["x1"] + _TOUCH
        and o["x0"] <= edge["x1"] + _TOUCH
        and edge["top"] <= o["bottom"] + _TOUCH
        and o["top"] <= edge["bottom"] + _TOUCH
        for o in others
    )
