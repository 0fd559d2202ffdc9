"""Small pictures for RAG columns: coloured discs, one with a tick."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

COLOURS = {"green": "#00a651", "amber": "#ffbf00", "red": "#e3000f", "complete": "#1f8f3a", "blue": "#0070c0"}


def disc(name: str) -> bytes:
    """A PNG of 96 pixels; `complete` has a white tick."""
    big = Image.new("RGB", (384, 384), "white")
    pen = ImageDraw.Draw(big)
    pen.ellipse((8, 8, 376, 376), fill=COLOURS[name])
    if name == "complete":
        pen.line(((96, 200), (168, 272), (292, 124)), fill="white", width=44, joint="curve")
    out = io.BytesIO()
    big.resize((96, 96), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
