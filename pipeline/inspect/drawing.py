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
_FADED = 0.25  # how much the page gives way to what is drawn over it

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def drawn(view: View, seen: Seen) -> Image.Image:
    """The page's picture with all that was seen of it over and beside it."""
    page = Image.frombytes("RGB", (view.width, view.height), view.pixels)
    page = Image.blend(page, Image.new("RGB", page.size, _WHITE), _FADED)
    _draw_over(page, view.scale, seen.marks)
    used = {mark.layer for mark in seen.marks} | {note.layer for note in seen.notes}
    panel = _panel(seen, [layer for layer in LAYERS if layer in used])
    whole = Image.new("RGB", (page.width + panel.width, max(page.height, panel.height)), _WHITE)
    whole.paste(page, (0, 0))
    whole.paste(panel, (page.width, 0))
    return whole


def _draw_over(page: Image.Image, scale: float, marks: tuple[Mark, ...]) -> None:
    """All boxes, then all tags, so that no box hides a tag."""
    canvas = ImageDraw.Draw(
        page, "RGBA"
    )  # on a page without an alpha channel its colours mix with what is there
    for mark in marks:
        _draw_box(canvas, mark, scale)
    for mark in marks:
        if mark.tag:
            _draw_tag(canvas, mark, scale)


def _draw_box(canvas: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    box, colour = mark.box, mark.layer.colour
    x0, y0 = box.x0 * scale, box.top * scale
    corners = (x0, y0, max(box.x1 * scale, x0 + 1), max(box.bottom * scale, y0 + 1))
    inside = (*colour, mark.layer.inside) if mark.layer.inside else None
    canvas.rectangle(corners, fill=inside, outline=(*colour, 230), width=mark.layer.line)


def _draw_tag(canvas: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    """The tag inside a corner of its box, on a light ground; one that titles its box is white and cut to its width."""
    box, font, colour = mark.box, _font(_TAG), mark.layer.colour
    x, y = box.x0 * scale + 2, box.top * scale + 1
    if mark.place == "title":
        canvas.text((x, y), _cut(mark.tag, box.width * scale - 4, font), font=font, fill=_WHITE)
        return
    if mark.place == "end":
        x = box.x1 * scale - font.getlength(mark.tag) - 2
        y = box.bottom * scale - _TAG - 3
    left, top, right, bottom = canvas.textbbox((x, y), mark.tag, font=font)
    canvas.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill=(255, 255, 255, 190))
    canvas.text((x, y), mark.tag, font=font, fill=colour)


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
