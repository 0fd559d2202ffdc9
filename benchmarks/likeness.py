"""When two readings count as the same: texts, names, references, days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from benchmarks.truth import When

SAME, LIKE = 97.0, 85.0  # of 100: texts that are the same, and texts that may belong to one recommendation
_QUOTES = str.maketrans({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})
_BULLETS = re.compile(r"(?:(?<=\s)|^)[•·●▪◦](?=\s)|(?m:^[o–](?= ))")


def reference(value: object) -> str:
    """A reference without brackets, stops, case and a leading "Recommendation"."""
    text = re.sub(
        r"^\s*rec(?:ommendation|\.)?s?\b", "", str(value if value is not None else ""), flags=re.IGNORECASE
    )
    return re.sub(r"[^a-z0-9]", "", text.lower())


def tidy(text: str | None) -> str:
    """A text on one line without bullets, its quotes straight."""
    return " ".join(_BULLETS.sub(" ", (text or "").translate(_QUOTES)).split())


def name(text: str) -> str:
    """A name without case, edge punctuation and a leading "the"."""
    return " ".join(tidy(text).lower().strip(" .,:;").split()).removeprefix("the ")


def names(texts: Iterable[str]) -> set[str]:
    """Names as they are compared."""
    return {name(text) for text in texts}


def alike(a: str, b: str) -> bool:
    """Whether two texts are the same but for some letters in a hundred."""
    return ratio(tidy(a), tidy(b)) >= SAME


def counting(when: When | None) -> When | None:
    """A timeline that says something; None where it says none."""
    if when is None or when.kind == "none":
        return None
    if not when.start and not when.end and when.kind not in ("ongoing", "recurring"):
        return None
    return when


def same_timeline(a: When, b: When) -> bool:
    """Whether a timeline as read is the true one `b`."""
    kinds = [("date" if when.kind == "period" else when.kind) for when in (a, b)]
    return kinds[0] == kinds[1] and a.recurrence == b.recurrence and close(a, b)


def close(a: When, b: When) -> bool:
    """Whether two spans are equal, or the true one is a deadline or within one month and the ends agree."""
    if (a.start, a.end) == (b.start, b.end):
        return True
    if not b.end or a.end != b.end:
        return False
    within = b.start is None or b.start[:7] == b.end[:7]
    return within and a.start in (None, b.end, b.end[:8] + "01")
