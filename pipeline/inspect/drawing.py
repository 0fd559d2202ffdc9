"""Marks and notes as a picture: the page on the left, the legend and the notes on its right."""

from __future__ import annotations

import textwrap

from PIL import Image, ImageDraw, ImageFont

from extract import View
from pipeline.inspect.marks import LAYERS, Layer, Mark, Note, Seen

_PANEL = 620  # pixels beside the page
_MARGIN, _LINE, _LETTERS = 16, 19, 74  # pixels around and a line of the panel, and letters in such a line
_TEXT, _TAG, _TITLE = 14, 12, 18  # pixels: sizes of letters
_WHITE, _BLACK = (255, 255, 255), (20, 20, 20)
_FADED = 70  # of 255: how much the page gives way to what is drawn over it

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def drawn(view: View, seen: Seen) -> Image.Image:
    """The page's picture with all that was seen of it over and beside it."""
    page = Image.frombytes("RGB", (view.width, view.height), view.pixels).convert("RGBA")
    page = Image.blend(page, Image.new("RGBA", page.size, (255, 255, 255, 255)), _FADED / 255)
    page = Image.alpha_composite(page, _overlay(page.size, view.scale, seen.marks))
    used = {mark.layer for mark in seen.marks} | {note.layer for note in seen.notes}
    panel = _panel(seen, [layer for layer in LAYERS if layer in used])
    whole = Image.new("RGB", (page.width + panel.width, max(page.height, panel.height)), _WHITE)
    whole.paste(page.convert("RGB"), (0, 0))
    whole.paste(panel, (page.width, 0))
    return whole


def _overlay(size: tuple[int, int], scale: float, marks: tuple[Mark, ...]) -> Image.Image:
    """The marks on glass: each box on its own sheet would be dear, so later boxes replace what they cover thinly."""
    glass = Image.new("RGBA", size, (0, 0, 0, 0))
    canvas = ImageDraw.Draw(glass, "RGBA")
    for mark in marks:
        _draw_box(canvas, mark, scale)
    for mark in marks:
        if mark.tag:
            _draw_tag(canvas, mark, scale)
    return glass


def _draw_box(canvas: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    box, colour = mark.box, mark.layer.colour
    x0, y0 = box.x0 * scale, box.top * scale
    corners = (x0, y0, max(box.x1 * scale, x0 + 1), max(box.bottom * scale, y0 + 1))
    inside = (*colour, mark.layer.inside) if mark.layer.inside else None
    canvas.rectangle(corners, fill=inside, outline=(*colour, 230), width=mark.layer.line)


def _draw_tag(canvas: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    """The tag at the box's corner on a light ground, cut to the box's width; above the box it is white on colour."""
    font, colour = _font(_TAG), mark.layer.colour
    x, y = mark.box.x0 * scale + 2, mark.box.top * scale + 1
    text = _cut(mark.tag, mark.box.width * scale - 4, font) if mark.above else mark.tag
    ground = None if mark.above else (255, 255, 255, 215)
    left, top, right, bottom = canvas.textbbox((x, y), text, font=font)
    if ground:
        canvas.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill=ground)
    canvas.text((x, y), text, font=font, fill=(*(_WHITE if mark.above else colour), 255))


def _cut(text: str, room: float, font: Font) -> str:
    while len(text) > 1 and font.getlength(text) > room:
        text = text[:-1]
    return text


def _panel(seen: Seen, layers: list[Layer]) -> Image.Image:
    """The title, the legend of the layers that are in use, and the notes."""
    lines = [(line, note.layer) for note in seen.notes for line in _wrapped(note)]
    height = 3 * _MARGIN + _LINE * (len(lines) + len(layers) + 4)
    panel = Image.new("RGB", (_PANEL, height), _WHITE)
    canvas = ImageDraw.Draw(panel)
    canvas.text((_MARGIN, _MARGIN), seen.title[:_LETTERS], font=_font(_TITLE), fill=_BLACK)
    y = _MARGIN + 2 * _LINE
    for layer in layers:
        _draw_sample(canvas, layer, y)
        y += _LINE
    y += _LINE
    for line, of in lines:
        if of is not None:
            canvas.rectangle((_MARGIN, y + 3, _MARGIN + 5, y + _LINE - 3), fill=of.colour)
        canvas.text((_MARGIN + 12, y), line, font=_font(_TEXT), fill=_BLACK)
        y += _LINE
    return panel


def _draw_sample(canvas: ImageDraw.ImageDraw, layer: Layer, y: int) -> None:
    """A small box as the layer draws it, and what it means."""
    ground = tuple(255 - round((255 - channel) * layer.inside / 255) for channel in layer.colour)
    corners = (_MARGIN, y + 2, _MARGIN + 24, y + _LINE - 3)
    canvas.rectangle(corners, fill=ground, outline=layer.colour, width=layer.line)
    canvas.text((_MARGIN + 34, y), layer.meaning, font=_font(_TEXT), fill=_BLACK)


def _wrapped(note: Note) -> list[str]:
    indent = " " * (len(note.text) - len(note.text.lstrip()) + 2)
    return textwrap.wrap(note.text, _LETTERS, subsequent_indent=indent)


def _font(size: int) -> Font:
    return ImageFont.load_default(size)
