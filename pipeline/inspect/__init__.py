"""One page drawn with what was seen on it and why: words, rules, cells, columns with their fields, values, doubts."""

from __future__ import annotations

from pathlib import Path

from PIL.Image import Image

from extract import view_page
from pipeline.attempt import Task, document_of
from pipeline.flow import understand
from pipeline.inspect.drawing import drawn
from pipeline.inspect.seen import what_is_seen

__all__ = ["NoSuchPage", "inspect_page"]


class NoSuchPage(ValueError):
    """The file has no page of that number."""


def inspect_page(path: Path, number: int) -> Image:
    """Page `number` (from 1) of a PDF as a picture, what was read and understood of it drawn over it.

    Raises NoSuchPage, or NotRead with the cause (see `extract.errors`).
    """
    document, _ = document_of(Task(path))
    if number not in {page.number for page in document.pages}:
        raise NoSuchPage(
            f"{path.name} has {len(document.pages)} pages that can be drawn; page {number} is none"
        )
    view = view_page(path, number)
    return drawn(view, what_is_seen(document, understand(document), view.page))
