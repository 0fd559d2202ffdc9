"""Pages that lie on their side read upright: by their key, or because their text is drawn so."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.lines import lines_of
from extract.pages.turning import made_upright
from extract.shapes import Box, Fill, Page, Picture, Rule, Word

See = Callable[..., Page]
WIDE, HIGH = 400.0, 300.0  # of the page as it is to be read


def content(sheet: Any) -> None:
    """A line of text and a rule under a heading, on a page that is WIDE and HIGH as read."""
    canvas = sheet.canvas
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, HIGH - 100, "Trim every hedge beside the lane")
    canvas.line(50, HIGH - 120, 350, HIGH - 120)
    canvas.setFillColor("#ffc000")
    canvas.rect(300, HIGH - 200, 60, 30, stroke=0, fill=1)


def laid(degrees: int, noise: float = 0.0) -> Callable[[Any], None]:
    """The content turned anticlockwise by so many degrees, filling the page."""

    def paint(sheet: Any) -> None:
        turn = math.radians(degrees)
        c, s = round(math.cos(turn)), round(math.sin(turn))
        x, y = {0: (0, 0), 90: (HIGH, 0), 180: (WIDE, HIGH), 270: (0, WIDE)}[degrees]
        sheet.canvas.transform(c + noise, s + noise, -s + noise, c - noise, x, y)
        content(sheet)

    return paint


def size(degrees: int) -> tuple[float, float]:
    return (WIDE, HIGH) if degrees % 180 == 0 else (HIGH, WIDE)


def check(page: Page) -> None:
    assert (page.width, page.height) == (WIDE, HIGH)
    assert [word.text for word in page.words] == ["Trim", "every", "hedge", "beside", "the", "lane"]
    assert {word.turned for word in page.words} == {0}
    first, (rule,), (fill,) = page.words[0].box, page.rules, page.fills
    assert (first.x0, first.bottom) == pytest.approx((50, 102.2), abs=1.5)
    assert rule.across
    assert (rule.box.x0, rule.box.top, rule.box.x1) == pytest.approx((50, 120, 350), abs=0.2)
    assert (fill.box.x0, fill.box.top, fill.box.x1, fill.box.bottom) == pytest.approx(
        (300, 170, 360, 200), abs=0.2
    )


@pytest.mark.parametrize("noise", [0.0, 1e-5])
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_rotate_key_is_undone(seen: See, degrees: int, noise: float) -> None:
    check(seen(laid(degrees, noise), size=size(degrees), turned=degrees))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_text_drawn_sideways_without_the_key_reads_upright(seen: See, degrees: int) -> None:
    check(seen(laid(degrees), size=size(degrees)))


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_key_and_the_drawing_may_disagree(seen: See, degrees: int) -> None:
    check(seen(laid(degrees), size=size(degrees), turned=(degrees + 90) % 360))


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_signs_without_height_stay_on_the_line_they_are_printed_on(seen: See, degrees: int) -> None:
    def paint(sheet: Any) -> None:
        x, y = {0: (0, 0), 90: (HIGH, 0), 180: (WIDE, HIGH), 270: (0, WIDE)}[degrees]
        sheet.canvas.translate(x, y)
        sheet.canvas.rotate(degrees)
        sheet.canvas.setFont("Helvetica", 10)
        sheet.canvas.drawString(50, 200, "a gap - once . seen ' there")

    page = seen(paint, size=size(degrees))
    assert [line.text for line in lines_of(page.words)] == ["a gap - once . seen ' there"]
    assert {(word.box.top, word.box.bottom) for word in page.words} == {
        (page.words[0].box.top, page.words[0].box.bottom)
    }


@pytest.mark.parametrize(("degrees", "turned"), [(90, 270), (-90, 90)])
def test_upright_headings_of_columns_stay_turned_and_keep_their_letters(
    seen: See, degrees: int, turned: int
) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 200, "Most of the text runs from left to right")
        sheet.canvas.translate(300, 150)
        sheet.canvas.rotate(degrees)
        sheet.canvas.drawString(0, 0, "Lead officer")

    words = [word for word in seen(paint).words if word.turned]
    assert [(word.text, word.turned) for word in words] == [("Lead", turned), ("officer", turned)]
    assert all(word.box.height > word.box.width for word in words)


boxes = st.tuples(*[st.integers(0, 140)] * 4).map(
    lambda n: Box(min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]) + 1.0, max(n[1], n[3]) + 1.0)
)


@given(st.lists(boxes, min_size=1, max_size=6), st.sampled_from([90, 180, 270]))
def test_turning_a_page_loses_nothing_and_keeps_every_size(found: list[Box], direction: int) -> None:
    page = Page(
        1,
        150.0,
        150.0,
        words=tuple(Word(f"w{i}", box, 1, turned=direction) for i, box in enumerate(found)),
        rules=tuple(Rule(box, across=True) for box in found),
        fills=tuple(Fill(box, "#ff0000") for box in found),
        pictures=tuple(Picture(box) for box in found),
    )
    turned = made_upright(page)
    assert [word.text for word in turned.words] == [word.text for word in page.words]
    assert {word.turned for word in turned.words} == {0}
    for before, *after in zip(found, turned.words, turned.rules, turned.fills, turned.pictures, strict=True):
        want = (before.width, before.height) if direction == 180 else (before.height, before.width)
        assert {(one.box.width, one.box.height) for one in after} == {want}
        assert all(one.box.x0 >= 0 and one.box.x1 <= 150 and one.box.top >= 0 for one in after)
