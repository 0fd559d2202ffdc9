"""The patterns of a list as one, so that a text is asked for all of them in one look."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What patterns often open with: said once for all that do, it is tried once at each letter of a text.
_OPENINGS = (r".*\b", r"\b", "^")
_ESCAPED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_BRACKETED = re.compile(r"\([^()]*\)")
_NAMED = re.compile(r"\(\?P<\w+>")


def together(patterns: Iterable[str], flags: re.RegexFlag | int = 0) -> re.Pattern[str]:
    """A pattern that is found where any of `patterns` is; which of them, and how much of a text, it does not tell.

    Their groups lose their names, as two patterns may use one; no pattern may refer back to a group.
    """
    grouped: dict[str, list[str]] = {}
    for pattern in patterns:
        opening = _opening(pattern)
        grouped.setdefault(opening, []).append(_NAMED.sub("(?:", pattern.removeprefix(opening)))
    return re.compile("|".join(f"{opening}(?:{'|'.join(rest)})" for opening, rest in grouped.items()), flags)


def _opening(pattern: str) -> str:
    opening = next((opening for opening in _OPENINGS if pattern.startswith(opening)), "")
    return "" if _has_alternatives(pattern) else opening


def _has_alternatives(pattern: str) -> bool:
    """Whether a bar stands outside all brackets, so that the opening is that of the first alternative alone."""
    bare, shorter = "", _ESCAPED.sub("", pattern)
    while bare != shorter:
        bare, shorter = shorter, _BRACKETED.sub("", shorter)
    return "|" in bare
