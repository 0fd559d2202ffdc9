"""Fills, circles and pictures as coloured signs: their common names, and the cells that they stand in."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

import msgspec

from extract.shapes import Box, Cell, Mark, Page, Row, Table

_PALE = 0.28  # saturation of a tint, below which it is pale
_TINTED = 0.04  # saturation of the palest tint; below it a colour is grey or white
_SMALLEST, _LARGEST = 4.0, 60.0  # points: what is smaller is a bullet, what is larger no sign


def colour_name(colour: str) -> str | None:
    """The common name of "#rrggbb": red, amber, yellow, green, blue, purple, grey, black, white.

    None for pale tints, which shade rows and headings and say nothing.
    """
    _, saturation, value = _hsv(colour)
    return None if _TINTED < saturation < _PALE and value > 0.8 else hue_name(colour)


def hue_name(colour: str) -> str:
    """The common name of "#rrggbb", whether or not it is pale."""
    hue, saturation, value = _hsv(colour)
    if saturation < (_TINTED if value > 0.8 else 0.15):
        return "white" if value > 0.95 else "black" if value < 0.2 else "grey"
    degrees = hue * 360
    for upper, name in (
        (14, "red"),
        (49, "amber"),
        (66, "yellow"),
        (170, "green"),
        (262, "blue"),
        (335, "purple"),
    ):
        if degrees < upper:
            return name
    return "red"


def _hsv(colour: str) -> tuple[float, float, float]:
    r, g, b = (v / 255 for v in bytes.fromhex(colour[1:]))
    return colorsys.rgb_to_hsv(r, g, b)


def signs(page: Page) -> list[Mark]:
    """The circles and small pictures of a page that show a colour."""
    marks = [
        Mark("circle", fill.colour, colour_name(fill.colour), fill.box, page.number)
        for fill in page.fills
        if fill.shape == "round" and _sized(fill.box)
    ]
    marks += [
        Mark("picture", picture.colour, colour_name(picture.colour), picture.box, page.number, picture.mark)
        for picture in page.pictures
        if picture.colour and _sized(picture.box)
    ]
    return marks


def marked(table: Table, page: Page) -> Table:
    """The page's table with the coloured signs and backgrounds of its cells as marks."""
    found = signs(page)
    rows = tuple(Row(tuple(_marked_cell(cell, found) for cell in row.cells), row.pages) for row in table.rows)
    return msgspec.structs.replace(table, rows=rows)


def signs_outside(page: Page, tables: Iterable[Table]) -> tuple[Mark, ...]:
    """The signs of a page that stand in no table: those of a key."""
    boxes = [place.box for table in tables for place in table.places if place.page == page.number]
    return tuple(mark for mark in signs(page) if not any(box.holds(mark.box.middle) for box in boxes))


def _sized(box: Box) -> bool:
    return min(box.width, box.height) >= _SMALLEST and max(box.width, box.height) <= _LARGEST


def _marked_cell(cell: Cell, found: Iterable[Mark]) -> Cell:
    place = cell.places[0]
    marks = tuple(mark for mark in found if place.box.holds(mark.box.middle))
    if cell.fill and (name := colour_name(cell.fill)):
        marks += (Mark("fill", cell.fill, name, place.box, place.page),)
    return msgspec.structs.replace(cell, marks=cell.marks + marks) if marks else cell
