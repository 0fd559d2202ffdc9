"""Rules and fills from the paths of a page: however a program draws them, and however deep in forms."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from extract.pages import open_pdf
from extract.pages.drawing import MAX_SEGMENTS
from extract.shapes import Box, Page, Rule

See = Callable[..., Page]


def corners(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def across(page: Page) -> list[Rule]:
    return [rule for rule in page.rules if rule.across]


def upright(page: Page) -> list[Rule]:
    return [rule for rule in page.rules if not rule.across]


def test_a_stroke_is_a_rule_where_it_is_seen(seen: See) -> None:
    (rule,) = seen(lambda sheet: sheet.rule(50, 100, 250, 100)).rules
    assert rule.across
    assert corners(rule.box) == pytest.approx((50, 100, 250, 100), abs=0.1)


def test_a_thin_filled_box_is_a_rule(seen: See) -> None:
    page = seen(lambda sheet: sheet.fill(50, 100, 250, 100.6))
    assert [rule.across for rule in page.rules] == [True]
    assert page.fills == ()


def test_a_stroked_box_is_four_rules(seen: See) -> None:
    page = seen(lambda sheet: sheet.canvas.rect(50, 100, 200, 80))
    assert (len(across(page)), len(upright(page))) == (2, 2)
    assert {round(rule.box.top) for rule in across(page)} == {120, 200}
    assert {round(rule.box.x0) for rule in upright(page)} == {50, 250}


def test_a_polygon_of_straight_strokes_is_a_rule_each(seen: See) -> None:
    def paint(sheet: Any) -> None:
        path = sheet.canvas.beginPath()
        path.moveTo(50, 200)
        path.lineTo(250, 200)
        path.lineTo(250, 100)
        sheet.canvas.drawPath(path)

    page = seen(paint)
    assert (len(across(page)), len(upright(page))) == (1, 1)


def test_a_slanting_stroke_is_no_rule(seen: See) -> None:
    assert seen(lambda sheet: sheet.rule(50, 100, 250, 140)).rules == ()


@pytest.mark.parametrize("step", [0.96, 2.0, 4.0])
def test_a_dotted_border_of_small_squares_is_a_rule_a_side(seen: See, step: float) -> None:
    def paint(sheet: Any) -> None:
        dots = [50 + step * i for i in range(int(120 / step))]
        for top in (60, 180):
            for x in dots:
                sheet.fill(x, top, x + step / 2, top + step / 2)
        for x in (50, 170):
            for y in dots:
                sheet.fill(x, y + 10, x + step / 2, y + 10 + step / 2)

    page = seen(paint)
    assert (len(across(page)), len(upright(page))) == (2, 2)
    around = Box.around([rule.box for rule in page.rules])
    assert corners(around) == pytest.approx((50, 60, 170, 180), abs=step)


def test_dots_of_one_path_are_a_rule_too(seen: See) -> None:
    def paint(sheet: Any) -> None:
        path = sheet.canvas.beginPath()
        for i in range(50):
            path.rect(50 + 2 * i, 200, 1, 1)
        sheet.canvas.drawPath(path, stroke=0, fill=1)

    (rule,) = seen(paint).rules
    assert rule.across
    assert corners(rule.box) == pytest.approx((50, 99, 149, 100), abs=0.1)


def test_a_dot_alone_is_no_rule(seen: See) -> None:
    assert seen(lambda sheet: sheet.fill(50, 100, 51, 101)).rules == ()


def test_a_page_of_dotted_borders_is_no_drawing(seen: See) -> None:
    def paint(sheet: Any) -> None:
        for row in range(30):
            for i in range(200):
                sheet.fill(10 + 0.96 * i, 20 + 9 * row, 10.48 + 0.96 * i, 20.48 + 9 * row)

    page = seen(paint)
    assert page.problems == ()
    assert len(page.rules) == 30


@pytest.mark.parametrize("white", ["#ffffff", "#fcfcfd"])
def test_what_is_drawn_in_white_is_not_seen(seen: See, white: str) -> None:
    def paint(sheet: Any) -> None:
        sheet.fill(50, 100, 250, 150, white)
        sheet.fill(50, 160, 250, 160.5, white)
        sheet.canvas.setStrokeColor(white)
        sheet.rule(50, 170, 250, 170)

    page = seen(paint)
    assert (page.fills, page.rules) == ((), ())


def test_a_filled_box_has_its_colour_and_its_place(seen: See) -> None:
    (fill,) = seen(lambda sheet: sheet.fill(50, 100, 250, 150, "#ffc000")).fills
    assert (fill.colour, fill.shape) == ("#ffc000", "box")
    assert corners(fill.box) == pytest.approx((50, 100, 250, 150), abs=0.1)


@pytest.mark.parametrize(("width", "shape"), [(16, "round"), (60, "other")])
def test_a_circle_is_round_and_an_ellipse_is_not(seen: See, width: float, shape: str) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.setFillColor("#00b050")
        sheet.canvas.ellipse(50, 100, 50 + width, 116, stroke=0, fill=1)

    (fill,) = seen(paint).fills
    assert (fill.shape, fill.colour) == (shape, "#00b050")


def test_a_wholly_transparent_fill_is_not_seen(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.setFillColor("#ff0000", alpha=0)
        sheet.canvas.rect(50, 100, 200, 50, stroke=0, fill=1)

    assert seen(paint).fills == ()


def nested(depth: int) -> Callable[[Any], None]:
    """A rule inside `depth` forms, each shifted by (10, 5) and the outermost half as large."""

    def paint(sheet: Any) -> None:
        canvas = sheet.canvas
        canvas.beginForm("form1", 0, 0, 400, 300)
        canvas.line(100, 100, 300, 100)
        canvas.endForm()
        for i in range(2, depth + 1):
            canvas.beginForm(f"form{i}", 0, 0, 400, 300)
            canvas.saveState()
            canvas.translate(10, 5)
            canvas.doForm(f"form{i - 1}")
            canvas.restoreState()
            canvas.endForm()
        canvas.scale(0.5, 0.5)
        canvas.doForm(f"form{depth}")

    return paint


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_rules_in_nested_forms_stand_where_they_are_seen(seen: See, depth: int) -> None:
    (rule,) = seen(nested(depth)).rules
    left, up = 50 + 5 * (depth - 1), 50 + 2.5 * (depth - 1)
    assert corners(rule.box) == pytest.approx((left, 300 - up, left + 100, 300 - up), abs=0.1)


def test_a_rule_in_a_form_that_is_turned_is_turned(seen: See) -> None:
    def paint(sheet: Any) -> None:
        canvas = sheet.canvas
        canvas.beginForm("side", 0, 0, 400, 300)
        canvas.line(0, 0, 100, 0)
        canvas.endForm()
        canvas.translate(200, 100)
        canvas.rotate(90)
        canvas.doForm("side")

    (rule,) = seen(paint).rules
    assert not rule.across
    assert corners(rule.box) == pytest.approx((200, 100, 200, 200), abs=0.1)


def test_float_noise_in_a_matrix_makes_no_rule_slant(seen: See) -> None:
    def paint(sheet: Any) -> None:
        noise = 2e-5
        sheet.canvas.transform(noise, 1, -1, noise, 400, 0)
        sheet.canvas.line(10, 50, 290, 50)

    (rule,) = seen(paint).rules
    assert not rule.across
    assert (rule.box.width, rule.box.height) == pytest.approx((0, 280), abs=0.1)


def test_a_crop_box_moves_words_and_rules_alike(drawn: Callable[..., Any]) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.setCropBox((40, 20, 390, 280))
        sheet.write(100, 100, "cropped")
        sheet.rule(100, 105, 300, 105)

    with open_pdf(drawn(paint)) as pdf:
        page = pdf.read(1)[0]
    assert (page.width, page.height) == (350, 260)
    assert (page.words[0].box.x0, page.words[0].box.top) == pytest.approx((60, 72.4), abs=1)
    assert corners(page.rules[0].box) == pytest.approx((60, 85, 260, 85), abs=0.1)


def test_a_page_that_is_a_drawing_says_so_and_keeps_its_words(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 20, "Map of the parish")
        path = sheet.canvas.beginPath()
        path.moveTo(200, 150)
        for i in range(MAX_SEGMENTS + 1):
            path.lineTo(200 + 100 * math.cos(i), 150 + 100 * math.sin(i))
        sheet.canvas.drawPath(path)

    page = seen(paint)
    assert [(p.code, p.page) for p in page.problems] == [("dense-drawing", 1)]
    assert [word.text for word in page.words] == ["Map", "of", "the", "parish"]


def test_a_crest_of_many_curves_beside_a_table_hides_none_of_its_rules(seen: See) -> None:
    def paint(sheet: Any) -> None:
        for i in range(40):
            path = sheet.canvas.beginPath()
            path.moveTo(20, 250)
            for j in range(300):
                path.curveTo(20 + j % 9, 251, 22, 255 + i % 5, 24 + j % 7, 250)
            sheet.canvas.drawPath(path, stroke=0, fill=1)
        sheet.grid([50, 150, 250], [100, 130, 160])

    page = seen(paint)
    assert page.problems == ()
    assert (len(across(page)), len(upright(page))) == (3, 3)
