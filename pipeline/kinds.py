"""Tells what kind of paper it is, from its titles, its text and the columns of its tables, and says why."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import Field, KindName, KindWords, kinds_known

LONGEST_TITLE = 25  # words; what is longer is a sentence that only speaks of a plan or of minutes


class Kind(msgspec.Struct, frozen=True):
    """The kind of a paper and why it was taken for it."""

    name: KindName
    reason: str


def tell_kind(titles: Sequence[str], lines: Sequence[str], tables: Sequence[Collection[Field]]) -> Kind:
    """The kind of a paper.

    `titles` are its most prominent lines, the foremost first; `lines` the text of its first pages line by line, rows of tables too; `tables` the
    fields of each tracker table that was found. Text that reads like an agenda or minutes goes before tables, titles before both.
    """
    by_title = next(_by_titles(titles), None)
    if by_title is not None:
        return by_title
    by_text = _by_text(lines)
    if by_text is not None:
        return by_text
    by_table = _by_tables(tables)
    if by_table is not None:
        return by_table
    return Kind("other", "no title, text or table tells a kind")


def _by_titles(titles: Sequence[str]) -> Iterator[Kind]:
    for title in titles:
        text = " ".join(title.lower().split())
        if len(text.split()) > LONGEST_TITLE or not _titles_any().search(text):
            continue
        for kind, patterns, _ in _kinds():
            if match := next((m for p in patterns if (m := p.search(text))), None):
                yield Kind(kind.name, f"the title says “{match.group().strip()}”")


def _by_text(lines: Sequence[str]) -> Kind | None:
    """The kind of which most lines beyond the enough are said; the first of equals."""
    texts = [text for line in lines if _opens_any().match(text := " ".join(line.lower().split()))]
    best: tuple[int, Kind] | None = None
    for kind, _, patterns in _kinds():
        said: list[str] = []
        for pattern in patterns:
            said += itertools.islice((t for t in texts if t not in said and pattern.match(t)), 1)
        more = len(said) - kind.enough
        if patterns and more >= 0 and (best is None or more > best[0]):
            reason = "lines begin as in one: " + "; ".join(text[:40] for text in said[:3])
            best = more, Kind(kind.name, reason)
    return best[1] if best else None


def _by_tables(tables: Sequence[Collection[Field]]) -> Kind | None:
    """The kind with the longest list of columns that one table has them all of; the first of equals."""
    best: tuple[int, Kind] | None = None
    for kind, _, _ in _kinds():
        for columns in kind.columns:
            if any(set(columns) <= set(table) for table in tables) and (
                best is None or len(columns) > best[0]
            ):
                best = len(columns), Kind(kind.name, "a table has columns for " + ", ".join(columns))
    return best[1] if best else None


@functools.cache
def _kinds() -> tuple[tuple[KindWords, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (kind, tuple(map(re.compile, kind.titles)), tuple(map(re.compile, kind.text)))
        for kind in kinds_known().kinds
    )


@functools.cache
def _titles_any() -> re.Pattern[str]:
    """Any of the patterns of titles: most titles and first lines name none of the kinds."""
    return together(pattern for kind in kinds_known().kinds for pattern in kind.titles)


@functools.cache
def _opens_any() -> re.Pattern[str]:
    """Any of the patterns of text: most lines open none of the kinds, and are asked only once."""
    return together(pattern for kind in kinds_known().kinds for pattern in kind.text)
