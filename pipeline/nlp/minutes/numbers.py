"""Printed numbers at the head of paragraphs: list labels ("(a)", "3.", "•"), item and minute numbers ("77/21", "No. 12")."""

from __future__ import annotations

import re
from typing import Literal, cast

import msgspec

Style = Literal["bullet", "digit", "letter", "capital", "roman", "chain", "dotted", ""]
_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
LABEL = re.compile(
    r"(?P<bullet>[•·●▪◦■➢❖✓\uf0b7\uf0a7\uf076\uf0d8\ufffd\ue000-\uf8ff]|[o–—-](?=\s))\s*"
    r"|(?P<chain>\d{1,3}(?:\.\d{1,3})*(?:[ivx]+|[a-z])\))\s*"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3})+\.?\)?)(?=\s)\s*"
    rf"|\(?(?P<roman>{_ROMAN}|{_ROMAN.upper()})[).](?=\s|[A-Z])\s*"
    r"|\(?(?P<letter>[a-z]{1,2})\)\s*|(?P<letter2>[a-z])\.(?=\s)\s*"
    r"|\(?(?P<capital>[A-Z])[).](?=\s[A-Z])\s*"
    r"|\((?P<digit>\d{1,3})\)\s*|(?P<digit2>\d{1,3})[).](?=\s|[A-Z])\s*"
)
ITEM_NUMBER = re.compile(
    r"(?:(?:agenda )?item (?:no\.? ?|number )?|minute (?:no\.? ?|number )?|no\.? ?)?"
    r"(?:(?P<slash>\d{1,4}[/]\d{2,4}(?:[/.-]\d{1,4})?)|(?P<code>[A-Z]{1,6}[/ -]?\d{1,4}(?:[/:-]\d{1,4})+|[A-Z]{1,5}\d{1,4})"
    r"|(?P<dec>\d{1,4}\.\d{1,3}(?:\.\d{1,3})?)|(?P<int>\d{1,4}[a-zA-Z]?))"
    r"\s*[.):]?\s*(?:[-–—:]\s*)?(?=\S)",
    re.IGNORECASE,
)
NumberClass = Literal["slash", "code", "dec", "int"]
_FORMS: tuple[NumberClass, ...] = ("slash", "code", "dec", "int")


class Label(msgspec.Struct, frozen=True):
    """A list label: as printed, its style, the number it counts to, and how many letters it takes."""

    printed: str
    style: Style
    value: int
    length: int


class ItemNumber(msgspec.Struct, frozen=True):
    """The number before an item's title, in which form, its last number, and how many letters it takes."""

    printed: str
    form: NumberClass
    value: int
    length: int


NO_LABEL = Label("", "", 0, 0)


def label_of(text: str) -> Label:
    """The list label that `text` begins with; NO_LABEL where it begins with none."""
    match = LABEL.match(text)
    if not match or match.end() == 0:
        return NO_LABEL
    group = match.lastgroup or ""  # each form has one group
    style = cast(Style, group.rstrip("2"))
    return Label(match.group().strip(), style, _value(style, match[group]), match.end())


def follows(label: Label, before: Label) -> bool:
    """Whether `label` is the one after `before` in one list; "(i)" and "(v)" may be letters or Roman numbers."""
    if not (label.printed and before.printed) or _marks(label) != _marks(before):
        return False
    if label.style == before.style:
        return label.style == "bullet" or 1 <= label.value - before.value <= (
            1 if label.style != "dotted" else 99
        )
    letters = {"roman", "letter"}
    if {label.style, before.style} == letters:
        return _letter(label) - _letter(before) == 1
    return False


def _marks(label: Label) -> str:
    """The brackets and stops of a label: "(a)" has other marks than "b."."""
    return "" if label.style == "bullet" else re.sub(r"\w+", "x", label.printed)


def opens_list(label: Label) -> bool:
    """Whether a label is the first of a list."""
    return label.style == "bullet" or (bool(label.printed) and label.value == 1)


def item_number(text: str) -> ItemNumber | None:
    """The number that an item's heading begins with; None where it begins with none."""
    match = ITEM_NUMBER.match(text)
    if not match:
        return None
    form = next(form for form in _FORMS if match[form])
    digits = re.findall(r"\d+", match[form])
    value = int(digits[0] if form in ("slash", "int", "dec") else digits[-1])
    return ItemNumber(match[form].strip(), form, value, match.end())


def _letter(label: Label) -> int:
    text = re.sub(r"\W", "", label.printed).lower()
    return ord(text) - 96 if len(text) == 1 else 0


def _value(style: Style, said: str) -> int:
    if style == "digit":
        return int(said)
    if style == "dotted":
        return int(re.findall(r"\d+", said)[-1])
    if style == "roman":
        return _roman(said.lower())
    if style in ("letter", "capital"):
        return ord(said[0].lower()) - 96 + 26 * (len(said) - 1)
    return 0


def _roman(said: str) -> int:
    worth = {"i": 1, "v": 5, "x": 10}
    values = [worth[letter] for letter in said]
    return sum(-a if b > a else a for a, b in zip(values, [*values[1:], 0], strict=True))
