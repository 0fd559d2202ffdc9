"""Tables held together by white space alone, or by horizontal rules alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.shapes import Page, Table


def aligned(pages: Sequence[Page], drawn: Mapping[int, Sequence[Sequence[Table]]]) -> dict[int, list[Table]]:
    """The tables that white space makes on pages; `drawn` is what rules and boxes make there."""
    return {}
