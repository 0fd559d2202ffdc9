"""Cleaning of text for matching: each step takes text and gives text; `folded` keeps every letter in its place."""

from __future__ import annotations

import re

# One letter for one letter, so that a match in folded text holds in the printed text too.
_FOLDS = {
    "‘": "'",
    "’": "'",
    "‛": "'",
    "′": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\t": " ",
    "：": ":",
}
_FOLDED = re.compile(f"[{''.join(_FOLDS)}]")
_SPACE = re.compile(r"\s+")
# Signs that are bullets wherever they open a paragraph, squares and arrows of Wingdings among them.
BULLETS = "•·●▪◦■‣➢➤►▸❖\uf0b7\uf0a7\uf076\uf0d8"
# A bullet at the start of a paragraph: "• ", "· ", "o ", "- "; ">" before what an e-mail quotes.
BULLET = re.compile(rf"[{BULLETS}][ ]*|[o–-] (?=\S)|[>»] (?=[A-Z(])")


def folded(text: str) -> str:
    """Text of the same length with plain quotes, hyphens and spaces, for matching."""
    if text.isascii():
        return text.replace("\t", " ")
    return _FOLDED.sub(lambda found: _FOLDS[found.group()], text)


def squeezed(text: str) -> str:
    """Text with every run of white space as one space, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def after_bullet(text: str, start: int = 0) -> int:
    """Where the words of a paragraph that starts at `start` begin, behind spaces and a bullet."""
    while start < len(text) and text[start] == " ":
        start += 1
    bullet = BULLET.match(text, start)
    return bullet.end() if bullet else start
