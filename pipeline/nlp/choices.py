"""Printed options of which one is ticked: "☐ Yes ☒ In part ☐ No", "Accepted ☒ Rejected ☐"."""

from __future__ import annotations

import re

_BOX = re.compile(r"[☐□❏❑]|\[ ?\]")  # of an option that was not chosen
_TICK, _OPTION = r"(?:[☒☑✓✔✗✘■]|\[[xX✓✔]\])", r"(?P<option>[^\W\d_][^☐□❏❑☒☑✓✔✗✘■\[\]\n]*)"
_BEFORE = re.compile(rf"{_TICK}\s*{_OPTION}")
_BEHIND = re.compile(rf"{_OPTION}\s*{_TICK}")
# Options with their boxes behind them: "Accepted ☒  Rejected ☐".
_BOXES_BEHIND = re.compile(rf"^[^\W\d_][^\n]*(?:{_TICK}|{_BOX.pattern})[ \t]*$", re.MULTILINE)


def chosen(text: str) -> tuple[int, int] | None:
    """Where the option stands that is ticked among several; None where the text prints no options."""
    if _BOX.search(text) is None:
        return None
    ticked = (_BEHIND if _BOXES_BEHIND.search(text) else _BEFORE).search(text)
    return ticked.span("option") if ticked else None


def is_choice(text: str) -> bool:
    """Whether a text prints several options of which one is ticked."""
    return chosen(text) is not None
