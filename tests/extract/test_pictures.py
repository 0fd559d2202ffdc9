"""Small pictures as signs: the colour that they show, and whether they are ticked or crossed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw

from extract.shapes import Page, Picture

See = Callable[..., Page]


def disc(colour: str, mark: str = "") -> Image.Image:
    image = Image.new("RGBA", (120, 120), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((4, 4, 116, 116), fill=colour)
    if mark == "tick":
        pen.line([(32, 62), (52, 84), (90, 36)], fill="white", width=13)
    if mark == "cross":
        pen.line([(36, 36), (84, 84)], fill="white", width=13)
        pen.line([(36, 84), (84, 36)], fill="white", width=13)
    return image


def shown(see: See, image: Image.Image, side: float = 14) -> Picture:
    (picture,) = see(lambda sheet: sheet.picture(image, 50, 100, 50 + side, 100 + side)).pictures
    return picture


def test_a_picture_has_the_place_it_is_seen_in(seen: See) -> None:
    box = shown(seen, disc("#00b050")).box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((50, 100, 64, 114), abs=0.1)


@pytest.mark.parametrize("colour", ["#ff0000", "#ffc000", "#00b050", "#0070c0"])
def test_a_small_picture_shows_its_colour(seen: See, colour: str) -> None:
    found = shown(seen, disc(colour)).colour
    assert found is not None
    assert bytes.fromhex(found[1:]) == pytest.approx(bytes.fromhex(colour[1:]), abs=12)


@pytest.mark.parametrize("mark", ["tick", "cross"])
def test_a_sign_may_be_ticked_or_crossed(seen: See, mark: str) -> None:
    assert shown(seen, disc("#00b050", mark)).mark == mark


def test_a_plain_disc_has_no_mark(seen: See) -> None:
    assert shown(seen, disc("#00b050")).mark is None


def test_a_grey_picture_shows_no_colour(seen: See) -> None:
    assert shown(seen, Image.new("RGB", (40, 40), "#808080")).colour is None


def test_a_large_picture_is_no_sign(seen: See) -> None:
    picture = shown(seen, Image.new("RGB", (80, 80), "#ff0000"), side=120)
    assert (picture.colour, picture.mark) == (None, None)


def test_a_picture_in_a_scaled_form_is_measured_as_seen(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.beginForm("sign", 0, 0, 400, 300)
        sheet.picture(disc("#ff0000"), 0, 200, 100, 300)
        sheet.canvas.endForm()
        sheet.canvas.translate(100, 100)
        sheet.canvas.scale(0.2, 0.2)
        sheet.canvas.doForm("sign")

    (picture,) = seen(paint).pictures
    box = picture.box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((100, 180, 120, 200), abs=0.1)
    assert picture.colour == "#ff0000"
