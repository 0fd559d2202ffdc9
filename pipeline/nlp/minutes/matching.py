"""Patterns of minutes.yml as they are used: compiled once, matched against text with plain quotes and small letters."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from pipeline.knowledge.patterns import together
from pipeline.nlp.clean import folded


@functools.cache
def any_pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that is any of `patterns`; named groups must stand in one of them only."""
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


@functools.cache
def compiled(pattern: str, case: bool = False) -> re.Pattern[str]:
    """One pattern, letters alike unless `case`."""
    return re.compile(pattern, 0 if case else re.IGNORECASE)


def first_match(patterns: Iterable[str], text: str, case: bool = False) -> re.Match[str] | None:
    """The match of the first of `patterns` that is anywhere in `text` (folded here)."""
    plain, listed = folded(text), tuple(patterns)
    if len(listed) > 1 and not _together(listed, case).search(plain):
        return None
    return next((m for p in listed if (m := compiled(p, case).search(plain))), None)


@functools.cache
def _together(patterns: tuple[str, ...], case: bool) -> re.Pattern[str]:
    return together(patterns, 0 if case else re.IGNORECASE)


def is_label(patterns: tuple[str, ...], text: str) -> bool:
    """Whether `text`, less colons and dashes at its end, is nothing but one of `patterns`."""
    bare = folded(text).strip().strip(":;.-– ").strip()
    return bool(bare) and any_pattern(patterns).fullmatch(unspaced(bare)) is not None


def label_length(patterns: tuple[str, ...], text: str) -> int:
    """The letters of a label at the head of `text` with its colon; 0 where there is none."""
    plain = folded(text)
    match = _labelled(patterns).match(plain)
    return match.end() if match else 0


@functools.cache
def _labelled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})\s*(?::\s*-?|-(?=\s)|\s-)\s*", re.IGNORECASE)


def spelled(words: Iterable[str]) -> str:
    """A pattern for words in capitals, their letters with or without spaces between: "R E S O L V E D"."""
    return "(?:" + "|".join(r"\s?".join(word) for word in words) + ")"


def unspaced(text: str) -> str:
    """Text with words of single letters put together: "T H A T the" → "THAT the"."""
    return re.sub(r"\b(?:\w ){2,}\w\b", lambda m: m.group().replace(" ", ""), text)
