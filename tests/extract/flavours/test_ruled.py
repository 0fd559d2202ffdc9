"""Rules as papers draw them: a tint that fades is no stack of rules."""

from __future__ import annotations

from extract.flavours.ruled import without_gradients
from extract.shapes import Box, Rule


def _strips(count: int, step: float) -> list[Rule]:
    return [Rule(Box(50, 100 + step * i, 120, 101 + step * i), True) for i in range(count)]


def test_of_the_strips_of_a_gradient_its_first_and_last_are_left() -> None:
    strips = _strips(40, 1.0)
    border = Rule(Box(50, 90, 400, 90), True)
    assert without_gradients([border, *strips]) == [border, strips[0], strips[-1]]


def test_a_double_or_triple_border_is_kept() -> None:
    rules = _strips(3, 2.0)
    assert without_gradients(rules) == rules


def test_the_rules_of_many_low_rows_are_kept() -> None:
    rules = _strips(30, 9.0)
    assert without_gradients(rules) == rules


def test_strips_that_stand_side_by_side_are_a_gradient_too() -> None:
    strips = [Rule(Box(50 + i, 100, 51 + i, 140), False) for i in range(20)]
    assert without_gradients(strips) == [strips[0], strips[-1]]
