"""Finds the printed number of a recommendation where a text opens: "Recommendation 1 -", "c)", "SR (25/26) 01"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from pipeline.knowledge.language import reference_words
from pipeline.nlp.patterns import ROMAN, number_words, one_of
from pipeline.records import Certainty

_DECIMAL = r"\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?"
_NUMBER = r"\d{1,3}[a-z]?"
# "(i)", "(a)", "(2)" behind a number: "Recommendation A (i)(ii)"
_SUB = r"(?:\s?\((?:[ivx]{1,4}|[a-z]|\d{1,2})\))*"
# What stands between a reference and its text: ":", ".", ")", " - ", several of them, or a line's end.
_SEPARATOR = re.compile(r"(?:\s*[:)\]]|\.(?!\d)|\s+-+(?=\s|[A-Z\"']|$)|-+(?=\s|[A-Z]|$))+|\s*\n|\s*$")
_CAPITAL = re.compile(r"\s+(?=[\"'(\[]?[A-Z]|\((?:page|pages|p\.|paragraph|paragraphs|para|paras|section)\b)")
# What parts a named number from its text in a sentence or in brackets: "Recommendation 1 was to ...", "Recommendation 1 (priority: High)".
_TOLD = re.compile(
    r"\s+(?:(?:is|was|asks|asked|says|said)(?::|\s+(?=(?:to|that|for|us|the)\b))|(?=\([a-z]+(?: [a-z]+)?:\s))",
    re.IGNORECASE,
)
_OF_HOW_MANY = re.compile(r"\s+of\s+\d{1,3}(?=\s*(?:\n|$))")  # "Recommendation 2 of 6"
_LINK = r"\s*(?:,|&|and|,\s*and)\s*"
_RANGE = r"\s*(?:-|to|and|&|,)\s*"


class Numbered(msgspec.Struct, frozen=True):
    """A reference at the letters `start` to `end` of a text, and where the text behind it goes on (`after`).

    `ident` is the reference without its label; `code` says that it is letters and digits of a scheme of its own.
    """

    start: int
    end: int
    after: int
    ident: str
    code: bool = False
    labelled: bool = False
    certainty: Certainty = "certain"

    @property
    def number(self) -> int | None:
        """The plain single number that the reference is, in figures or in words; None for all others."""
        if self.code:
            return None
        plain = self.ident.strip("() ").lower()
        return int(plain) if plain.isdigit() else number_words().get(plain)

    @property
    def several(self) -> bool:
        """Whether the reference is a list or a range: "1 & 10", "a) - d)"."""
        return not self.code and bool(re.search(r"\w\)?\s*(?:,|&|-|\band\b|\bto\b)\s*\(?\w", self.ident))

    @property
    def parts(self) -> tuple[str, ...]:
        """What the reference is made of; ranges written out, numbers in figures."""
        if self.code:
            return tuple(p for p in re.split(r"[^\w&/]+|/(?!\d{2}\))|(?<![(\d])/", self.ident) if p)
        return tuple(_members(self.ident))


def _members(ident: str) -> Iterator[str]:
    tokens = re.findall(r"\d+|[A-Za-z]+(?:-[a-z]+)?|-", ident.replace("(", " ").replace(")", " "))
    span = False
    last = ""
    for word in tokens:
        if word in ("-", "to"):
            span = bool(last)
        elif word != "and":
            value = str(number_words().get(word.lower(), word))
            if span:
                yield from _between(last, value)
            yield value
            span, last = False, value


def _between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit() and int(last) - int(first) < 50:
        yield from (str(n) for n in range(int(first) + 1, int(last)))
    elif len(first) == len(last) == 1 and not first.isdigit() and not last.isdigit():
        yield from (chr(n) for n in range(ord(first) + 1, ord(last)))


@functools.cache
def _labelled() -> re.Pattern[str]:
    known = reference_words()
    bracketed = rf"\((?:[a-z]|\d{{1,2}}|{ROMAN})\)"
    unit = rf"(?:{bracketed}|{_DECIMAL}|{_NUMBER}(?!\w)|(?-i:[A-Z]{{1,3}}\d{{1,3}})(?!\w)|{one_of(known.number_words)}(?![\w-])|{ROMAN}(?!\w)|[a-z](?![\w']))"
    whole = rf"{unit}{_SUB}(?:{_LINK}{unit}{_SUB})*"
    plural = rf"{unit}{_SUB}(?:{_RANGE}{unit}{_SUB})*"
    no = r"(?:\.?\s+(?:nos?\b\.?|number))?[\s.#]*"
    return re.compile(
        rf"(?P<label>(?:{one_of(w for w in known.labels if w.endswith('s'))}{no}(?P<many>{plural})"
        rf"|{one_of(known.labels)}{no}(?P<one>{whole})))",
        re.IGNORECASE,
    )


@functools.cache
def _short_labelled() -> re.Pattern[str]:
    unit = rf"(?:{_DECIMAL}|{_NUMBER})(?!\w){_SUB}"
    return re.compile(rf"{one_of(reference_words().short_labels)}\.?\s?(?P<one>{unit})")


@functools.cache
def _codes() -> tuple[tuple[re.Pattern[str], bool], ...]:
    part = r"(?: ?\((?:[a-z]|[ivx]{2,4}|\d)\)| [A-Z](?=\s*$))?"  # "OS/24/07(b)", "AGS 23/24 A"
    return tuple((re.compile(rf"(?:{c.pattern}){part}(?![\w/])"), c.alone) for c in reference_words().codes)


@functools.cache
def _any_code() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _codes()))


@functools.cache
def _no_code() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(reference_words().not_codes) + r")(?!\w)", re.IGNORECASE)


# "31.7.17", "22-11-18": figures that are a date
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)")
# Openers in capitals that make a bare number a reference: "1 That", "2 We recommend".
_BARE_OPENER = re.compile(r"\s+(?=(?:That|THAT|To|We recommend|It is recommended|The)\b)")
_OPENER = re.compile(r"[\"']?(?:That|THAT|that|To|We|It is|The|to)\b")
_UNIT = rf"(?:{_DECIMAL}|{_NUMBER}|{ROMAN}|[A-Za-z])"
# A range in brackets, as in "a) - d)" or "(a) to (c)"
_BRACKET_RANGE = re.compile(rf"\(?{_UNIT}\)(?:{_RANGE}\(?{_UNIT}\))+(?=\s|$|:|\.)")
# One in brackets, as in "(1)", "c)" or "4a)"
_BRACKET = re.compile(rf"(?:\({_UNIT}\)|{_UNIT}\)){_SUB}(?=\s|$|[A-Z]|:|\.|-)", re.IGNORECASE)
# A number with a stop, as in "1." or "3.2:" or "1 -"
_STOPPED = re.compile(
    rf"(?:{_DECIMAL}|{_NUMBER}){_SUB}(?=\.(?=\s|$|[A-Z])|\s?:(?=\s|$|[A-Z])|\s*-+\s+[\"'(]?[A-Z]|\s+-+\s*[\"'(]?[A-Z])"
)
# "a.", "ii." and "A:" before words that open a recommendation
_LETTERED = re.compile(rf"(?:{ROMAN}|[A-Za-z])(?=[.:]\s)", re.IGNORECASE)
# "4", "4a", "3.2", "89, 90 and 91", "46 (a)" as a paragraph of its own
_ALONE = re.compile(rf"{_UNIT}{_SUB}(?:{_RANGE}{_UNIT}{_SUB})*\.?(?=\s*(?:\n|$))")
_BARE = re.compile(rf"(?:{_DECIMAL}|{_NUMBER}){_SUB}(?![\w(])")


def find_numbered(text: str, start: int = 0) -> Numbered | None:
    """The reference that opens folded `text` at `start`, or None; text that merely begins with a number is none."""
    if _DATE.match(text, start):
        return None
    for find in (_find_label, _find_code, _find_enumerator, _find_alone, _find_bare):
        found = find(text, start)
        if found:
            return found
    return None


def _find_label(text: str, start: int) -> Numbered | None:
    match = _labelled().match(text, start)
    if match:
        ident = match["many"] or match["one"]
        at = match.start("many") if match["many"] else match.start("one")
    else:
        match = _short_labelled().match(text, start)
        if not match:
            return None
        ident, at = match["one"], match.start("one")
    if len(ident) == 1 and ident.isalpha() and text[at - 1].isalpha():
        return None  # "RECOMMENDATIONS OF ..." has no number S
    of = _OF_HOW_MANY.match(text, match.end())
    end = of.end() if of else match.end()
    after = separated(text, end)
    if after is None and (told := _TOLD.match(text, end)):
        after = told.end()
    if after is None or (len(ident) == 1 and ident.islower() and text[match.end() : match.end() + 1] != ")"):
        return None
    return Numbered(start, at + len(ident), after, ident, labelled=True)


def separated(text: str, end: int) -> int | None:
    """Where the text goes on behind a reference that ends at `end`; None where nothing parts them."""
    match = _SEPARATOR.match(text, end) or _CAPITAL.match(text, end)
    if not match:
        return None
    after = match.end()
    while after < len(text) and text[after].isspace():
        after += 1
    return after


def opening_code(text: str) -> Numbered | None:
    """The code that a text opens with, whatever follows it: "OSC/17/13 Cycling Update"."""
    if _no_code().match(text):
        return None
    found = (pattern.match(text) for pattern, alone in _codes() if not alone)
    match = next((m for m in found if m), None)
    return Numbered(0, match.end(), match.end(), match.group(), code=True) if match else None


def _find_code(text: str, start: int) -> Numbered | None:
    if not text[start : start + 1].isalnum() or not _any_code().match(text, start):
        return None
    if _no_code().match(text, start):
        return None
    for pattern, alone in _codes():
        match = pattern.match(text, start)
        after = separated(text, match.end()) if match else None
        if match and after is not None and _code_stands(text, match.end(), after, alone):
            return Numbered(start, match.end(), after, match.group(), code=True)
    return None


def _code_stands(text: str, end: int, after: int, alone: bool) -> bool:
    gap = text[end:after]
    if after == len(text) or "\n" in gap or _OPENER.match(text, after):
        return True
    return gap.strip() != "" and (not alone or text[after : after + 1].isupper())


def _find_enumerator(text: str, start: int) -> Numbered | None:
    for pattern in (_BRACKET_RANGE, _BRACKET, _STOPPED):
        match = pattern.match(text, start)
        after = separated(text, match.end()) if match else None
        if match and pattern is _BRACKET and after is None:
            after = match.end()
        if match and after is not None:
            return Numbered(start, match.end(), after, match.group())
    match = _LETTERED.match(text, start)
    after = separated(text, match.end()) if match else None
    if match and after is not None and (_OPENER.match(text, after) or len(match.group()) > 1):
        return Numbered(start, match.end(), after, match.group())
    return None


def _find_alone(text: str, start: int) -> Numbered | None:
    match = _ALONE.match(text, start)
    if not match:
        return None
    ident = match.group().rstrip(".")
    return Numbered(start, start + len(ident), separated(text, match.end()) or match.end(), ident)


def _find_bare(text: str, start: int) -> Numbered | None:
    match = _BARE.match(text, start)
    opener = _BARE_OPENER.match(text, match.end()) if match else None
    if not match or not opener:
        return None
    return Numbered(start, match.end(), opener.end(), match.group(), certainty="likely")
