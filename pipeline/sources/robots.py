"""What a host's robots.txt allows: RFC 9309, with `*` and `$` in its paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

_LARGEST = 500 * 1024  # bytes that RFC 9309 asks a crawler to read at least


class Rule(msgspec.Struct, frozen=True):
    """One line of a group; `path` as written."""

    allow: bool
    path: str

    def fits(self, target: str) -> bool:
        """Whether the rule speaks of `target`, a path with its query."""
        # Piece by piece, each at its first place: a pattern of many stars would take a regular expression for ever.
        first, *others = self.path.removesuffix("$").split("*")
        if not target.startswith(first):
            return False
        end = len(first)
        for piece in others:
            start = target.find(piece, end)
            if start < 0:
                return False
            end = start + len(piece)
        if not self.path.endswith("$") or end == len(target):
            return True
        # The last piece may stand again at the very end, behind all others.
        return (
            bool(others)
            and target.endswith(others[-1])
            and len(target) - len(others[-1]) >= end - len(others[-1])
        )


class Robots(msgspec.Struct, frozen=True):
    """The rules for us on one host, and the seconds that it asks for between requests."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether `target` may be asked for: the longest rule that fits decides, an allowing one where two are equal."""
        fitting = [rule for rule in self.rules if rule.fits(target)]
        return max(fitting, key=lambda rule: (len(rule.path), rule.allow)).allow if fitting else True


ALL_ALLOWED = Robots()


def robots_of(body: bytes, product: str) -> Robots:
    """The rules of the groups that name `product`, else of those for all; no rule where the page is something else."""
    lines = list(_lines(body[:_LARGEST].decode("utf-8", "replace")))
    for name in (product.casefold(), "*"):
        mine = list(_group(lines, name))
        if mine or any(key == "user-agent" and value.casefold() == name for key, value in lines):
            rules = tuple(
                Rule(key == "allow", value) for key, value in mine if key != "crawl-delay" and value
            )
            return Robots(rules, max(_delays(mine), default=0.0))
    return ALL_ALLOWED


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().casefold(), value.strip()


def _group(lines: Iterable[tuple[str, str]], name: str) -> Iterator[tuple[str, str]]:
    """The rules below a user-agent line of `name`; several such lines may open one group."""
    mine, in_rules = False, True
    for key, value in lines:
        if key == "user-agent":
            mine = (mine and not in_rules) or value.casefold() == name
            in_rules = False
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            if mine:
                yield key, value


def _delays(rules: Iterable[tuple[str, str]]) -> Iterator[float]:
    for key, value in rules:
        if key == "crawl-delay" and re.fullmatch(r"\d{1,3}(\.\d+)?", value):
            yield float(value)
