"""Colours of fills, circles and pictures: their common names, and the cells that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.colours import colour_name, marked, signs, signs_outside
from extract.shapes import Box, Fill, Page, Picture, Table

MakeTable = Callable[..., Table]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#ff0000", "red"),
        ("#c00000", "red"),
        ("#ff5050", "red"),
        ("#ffc000", "amber"),
        ("#ed7d31", "amber"),
        ("#ff9900", "amber"),
        ("#ffff00", "yellow"),
        ("#00b050", "green"),
        ("#92d050", "green"),
        ("#70ad47", "green"),
        ("#0070c0", "blue"),
        ("#00b0f0", "blue"),
        ("#7030a0", "purple"),
        ("#7f7f7f", "grey"),
        ("#d9d9d9", "grey"),
        ("#000000", "black"),
        ("#ffffff", "white"),
        ("#fce4d6", None),
        ("#e2efda", None),
        ("#deeaf6", None),
    ],
)
def test_the_colours_of_office_programs_have_their_common_names_and_tints_have_none(
    colour: str, name: str | None
) -> None:
    assert colour_name(colour) == name


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_has_a_name_or_none(number: int) -> None:
    known = {"red", "amber", "yellow", "green", "blue", "purple", "grey", "black", "white", None}
    assert colour_name(f"#{number:06x}") in known


def page(*fills: Fill, pictures: tuple[Picture, ...] = ()) -> Page:
    return Page(1, 600.0, 800.0, fills=fills, pictures=pictures)


CIRCLE = Fill(Box(160, 102, 172, 114), "#ff0000", "round")
TICK = Picture(Box(260, 102, 272, 114), "#00b050", "tick")


def test_circles_and_pictures_are_signs() -> None:
    found = signs(page(CIRCLE, pictures=(TICK,)))
    assert [(m.kind, m.name, m.mark, m.page) for m in found] == [
        ("circle", "red", None, 1),
        ("picture", "green", "tick", 1),
    ]


@pytest.mark.parametrize("side", [2.0, 100.0])
def test_bullets_and_large_shapes_are_no_signs(side: float) -> None:
    box = Box(100, 100, 100 + side, 100 + side)
    assert signs(page(Fill(box, "#ff0000", "round"), pictures=(Picture(box, "#ff0000"),))) == []


def test_a_sign_is_a_mark_of_the_cell_it_stands_in(table: MakeTable) -> None:
    found = marked(table([["a", "b", "c"], ["d", "e", "f"]]), page(CIRCLE, pictures=(TICK,)))
    marks = {(c.row, c.column): [m.kind for m in c.marks] for row in found.rows for c in row.cells}
    assert marks == {
        (0, 0): [],
        (0, 1): ["circle"],
        (0, 2): ["picture"],
        (1, 0): [],
        (1, 1): [],
        (1, 2): [],
    }


def test_a_sign_outside_every_table_belongs_to_a_key(table: MakeTable) -> None:
    key = Fill(Box(160, 702, 172, 714), "#ffc000", "round")
    outside = signs_outside(page(CIRCLE, key), [table([["a", "b", "c"]])])
    assert [mark.name for mark in outside] == ["amber"]


def test_a_disc_that_is_printed_as_a_coloured_letter_is_a_sign_and_a_black_one_is_none(
    seen: Callable[..., Page],
) -> None:
    def paint(sheet: Any) -> None:
        for y, colour in ((100, "#00b050"), (140, "#000000")):
            sheet.canvas.setFillColor(colour)
            sheet.write(50, y, chr(0x6C), 14, "ZapfDingbats")

    found = signs(seen(paint))
    assert [(mark.kind, mark.name) for mark in found] == [("circle", "green")]
