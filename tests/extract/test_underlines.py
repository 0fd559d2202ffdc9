"""Underlined words are marked, and what underlines them is no rule of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extract.shapes import Page

See = Callable[..., Page]


def marked(page: Page) -> list[str]:
    return [word.text for word in page.words if word.underlined]


def test_the_words_over_a_line_are_underlined_and_the_line_is_gone(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 100, "Response: the wall was mended")
        sheet.rule(50, 101, 98, 101)

    page = seen(paint)
    assert marked(page) == ["Response:"]
    assert page.rules == ()


def test_a_line_under_several_words_marks_each_of_them(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 100, "Lead officer")
        sheet.fill(50, 101, 103.5, 101.6)

    assert marked(seen(paint)) == ["Lead", "officer"]


def test_the_rule_of_a_table_that_touches_its_words_stays(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(52, 100, "Agreed")
        sheet.grid([50, 150, 250], [90, 101, 120])

    page = seen(paint)
    assert marked(page) == []
    assert len(page.rules) == 6


def test_a_rule_far_below_its_words_stays(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 100, "Agreed")
        sheet.rule(50, 108, 84, 108)

    page = seen(paint)
    assert marked(page) == []
    assert len(page.rules) == 1


def test_a_line_through_words_does_not_underline_them(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 100, "Agreed")
        sheet.rule(50, 95.5, 83, 95.5)

    assert marked(seen(paint)) == []
