"""Finds the names of councils and of their committees in printed text."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import body_words

NAME = r"(?:St\.|[A-Z][\w’'-]*)"
SMALL = r"(?:and|&|of|upon|on|in|the|with|le|la|cum|by|next|for|under)"
Sort = Literal["typed", "plain", "small"]
_COUNCIL_HINT = re.compile(
    r"ouncil|OUNCIL|Borough|City of|Authority|AUTHORITY|BOROUGH OF|CITY OF|COUNTY OF|DISTRICT OF"
)
WEIGHT: dict[Sort, int] = {"typed": 3, "plain": 1, "small": 0}


class Named(msgspec.Struct, frozen=True):
    """A body's name and the letters `start` to `end` of the text that print it."""

    name: str
    start: int
    end: int
    sort: Sort = "plain"


def find_councils(text: str) -> tuple[Named, ...]:
    """The councils that a text names, in printed order: "Oakshire County Council", "London Borough of Elmley".

    `typed` names say their sort, `plain` ones only "Council", `small` ones are of towns and parishes.
    """
    if not _COUNCIL_HINT.search(text):
        return ()
    found = [_trimmed(match.group(1), match.start(1), sort) for match, sort in _council_matches(text)]
    kept: list[Named] = []
    for named in sorted((n for n in found if n), key=lambda n: (n.start, -n.end)):
        if not _is_general(named.name) and not any(k.start <= named.start < k.end for k in kept):
            kept.append(named)
    return tuple(kept)


def likeliest_council(texts: Iterable[str], small: bool = False) -> str | None:
    """The council that the texts name most, a name with its sort before one without; the first of equals.

    `small` lets councils of towns and parishes count.
    """
    counts: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for text in texts:
        for named in find_councils(text):
            if named.sort == "small" and not small:
                continue
            counts[named.name.lower()] += max(1, WEIGHT[named.sort])
            printed.setdefault(named.name.lower(), named.name)
    return printed[counts.most_common(1)[0][0]] if counts else None


def find_committees(text: str, scrutiny_only: bool = False) -> tuple[Named, ...]:
    """The committees that a text names, in printed order; `scrutiny_only` leaves out those that do not scrutinise."""
    if not _committee_type().search(text):
        return ()
    found = []
    for match in _committee().finditer(text):
        named = _trimmed(match.group(), match.start(), "plain")
        if named is None or as_title(named.name) in body_words().no_name:
            continue
        if not scrutiny_only or any(word in as_title(named.name) for word in body_words().scrutiny_types):
            found.append(named)
    return tuple(found)


def is_only(text: str, names: Sequence[Named]) -> bool:
    """Whether a text is nothing but one of the names."""
    bare = text.strip(" .,:;–-")
    return any(bare in (named.name, f"The {named.name}") for named in names)


def find_executive(text: str) -> Named | None:
    """The cabinet, executive or full council that a line names and nothing else; None where it says more or other."""
    bare = text.strip(" .,:;–-")
    known = as_title(bare) in body_words().executives
    return Named(bare, text.find(bare), text.find(bare) + len(bare)) if known else None


def is_organisation(text: str) -> bool:
    """Whether a line looks like nothing but the name of an organisation: few words, the last says which sort."""
    words = text.strip(" .,:;–-").split()
    named = all(word[0].isupper() or re.fullmatch(SMALL, word) for word in words)
    return (
        bool(words) and named and len(words) <= 6 and as_title(words[-1]) in body_words().organisation_types
    )


def likeliest_said(texts: Iterable[str]) -> str | None:
    """The council that running texts speak of: named twice at least, and in most of the places that name one."""
    counts: Counter[str] = Counter(n.name for t in texts for n in find_councils(t) if n.sort != "small")
    if not counts:
        return None
    name, most = counts.most_common(1)[0]
    return name if most >= 2 and most > 0.5 * counts.total() else None


def as_title(name: str) -> str:
    """A name in capitals as one would write it: 'OAKSHIRE COUNTY COUNCIL' → 'Oakshire County Council'."""
    if not name.isupper():
        return name
    words = re.split(r"([ -])", name.lower())
    return "".join(
        word if i and re.fullmatch(SMALL, word) else word.capitalize() for i, word in enumerate(words)
    )


def _council_matches(text: str) -> Iterable[tuple[re.Match[str], Sort]]:
    for pattern, ending, sort in _councils():
        if ending.search(text):  # much faster than to try all names
            for match in pattern.finditer(text):
                yield match, sort


def _trimmed(name: str, start: int, sort: Sort) -> Named | None:
    """The name without what stands before it and is not of it ("Response of the …")."""
    cut = True
    while cut:
        cut = False
        for pattern in _leading():
            if (match := pattern.match(name.lower())) and match.end() < len(name):
                name, start, cut = name[match.end() :], start + match.end(), True
    return Named(name, start, start + len(name), sort) if name[:1].isupper() else None


def _is_general(name: str) -> bool:
    """Whether a name, or what follows its last small word ("Chair of the Parish Council"), names no council of its own."""
    bare = name.lower().replace("’", "'")
    tail = re.split(rf"\b{SMALL} (?:the )?", bare)[-1]
    return any(_not_councils().search(text) for text in (bare, tail))


@functools.cache
def _councils() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Sort], ...]:
    """(pattern of a name, pattern of how such a name ends, its sort)."""
    words = body_words()
    run = rf"{NAME}(?: (?:{SMALL} (?:the )?)?{NAME}){{0,4}}? "
    typed = "|".join(re.escape(t) for t in sorted(words.council_types, key=len, reverse=True))
    small = "|".join(re.escape(t) for t in words.small_council_types)
    endings: tuple[tuple[str, str, Sort], ...] = (
        (rf"(?:{typed}) Council", r"\b", "typed"),
        (rf"(?:{typed.upper()}) COUNCIL", r"\b", "typed"),
        (rf"(?:{small}) Council", r"\b", "small"),
        (rf"(?:{small.upper()}) COUNCIL", r"\b", "small"),
        ("(?:Council|COUNCIL)", r"\b(?! (?:Tax|House|Chamber|TAX))", "plain"),
    )
    named = [
        (re.compile(rf"\b({run}{end}){behind}"), re.compile(end + behind), s) for end, behind, s in endings
    ]
    return (*((re.compile(p), re.compile(p), "typed") for p in words.council_of), *named)


@functools.cache
def _committee() -> re.Pattern[str]:
    words = body_words()
    connectors = "|".join(re.escape(c) for c in words.connectors)
    upper = connectors.upper()
    run = rf"(?:{NAME},? (?:(?:{connectors}|{upper}) (?:the )?)*){{0,9}}?"
    return re.compile(rf"(?<![\w’'&]){run}{_committee_type().pattern}")


@functools.cache
def _committee_type() -> re.Pattern[str]:
    """How a committee's name ends; to look for that alone is much faster than to try all names."""
    known = body_words().committee_types
    types = sorted({*known, *(t.upper() for t in known)}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(t) for t in types)})\b(?!s\b)")


@functools.cache
def _leading() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in body_words().leading)


@functools.cache
def _not_councils() -> re.Pattern[str]:
    return together(body_words().not_councils)
