"""Finds what a text mentions: paragraphs of its own report, other recommendations, and who is asked to act."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from pipeline.knowledge.language import reference_words
from pipeline.nlp.clean import folded, squeezed
from pipeline.nlp.patterns import ROMAN, number_words, one_of
from pipeline.records import CrossReference

_PARAGRAPH = r"\d{1,3}(?:\.\d{1,3}){0,3}(?:\s?\([a-z]{1,3}\))?"
# "of the National Plan", "in Schedule 2": the paragraph is another document's unless these words are our own.
_OF_OTHERS = re.compile(
    r"\s*\)?\s*(?:of|in|to|from|under)\s+(?:the\s+|this\s+|its\s+|our\s+)?(?P<what>\w+(?:\s\w+)?)",
    re.IGNORECASE,
)
# "(section 4.3)": with a decimal and in brackets of its own, a section is a paragraph of the report.
_SECTION = re.compile(r"\(\s*(?:see\s+)?sections?\s+(?P<list>\d{1,2}(?:\.\d{1,2}){1,3})\s*\)", re.IGNORECASE)


# Letters without which no other recommendation is mentioned.
_HINT = re.compile(r"[Rr](?:ec|EC|\d)")


@functools.cache
def _paragraphs() -> re.Pattern[str]:
    words = one_of(reference_words().paragraph_words)
    link = r"\s*(?:,\s*and|,|&|;|\band\b|\bto\b|-)\s*"
    return re.compile(
        rf"\b{words}\b\.?\s*(?P<list>{_PARAGRAPH}(?:{link}{_PARAGRAPH})*)(?![\d%])", re.IGNORECASE
    )


def paragraph_refs(text: str) -> tuple[str, ...]:
    """The paragraphs of the report that a recommendation rests on, each once, in order; ranges written out."""
    plain = folded(text)
    found = list[str]()
    for match in _paragraphs().finditer(plain):
        if not _is_of_others(plain, match.end()):
            found += _written_out(match["list"])
    found += (match["list"] for match in _SECTION.finditer(plain))
    return tuple(dict.fromkeys(found))


def _is_of_others(text: str, end: int) -> bool:
    match = _OF_OTHERS.match(text, end)
    if not match:
        return False
    what = match["what"].lower()
    return not any(what == own or what.startswith(own + " ") for own in reference_words().own_documents)


def _written_out(listed: str) -> Iterator[str]:
    tokens = re.findall(rf"{_PARAGRAPH}|\bto\b|-", listed)
    for i, token in enumerate(tokens):
        if token in ("to", "-"):
            yield from _paragraphs_between(tokens[i - 1], tokens[i + 1]) if 0 < i < len(tokens) - 1 else ()
        else:
            yield token.strip()


def _paragraphs_between(first: str, last: str) -> Iterator[str]:
    """The paragraphs between two of the same chapter: 4.1 and 4.4 give 4.2, 4.3."""
    (head, _, low), (tail, _, high) = first.rpartition("."), last.rpartition(".")
    if head == tail and low.isdigit() and high.isdigit() and int(high) - int(low) < 40:
        yield from (f"{head}.{n}" if head else str(n) for n in range(int(low) + 1, int(high)))


@functools.cache
def _mentions() -> re.Pattern[str]:
    known = reference_words()
    number = (
        rf"(?:\d{{1,3}}(?:\.\d{{1,2}})*[a-z]?(?![\w/])|{one_of(known.number_words)}(?![\w-])"
        rf"|{ROMAN}(?!\w)|(?-i:[A-Z])(?=\s*(?:[,.;:)&-]|and\b|or\b|above|below|$)))"
    )
    link = r"\s*(?:,\s*and|,|&|\band\b|\bor\b|\bto\b|-)\s*"
    return re.compile(
        r"\b(?:recommendations?|recs?\b\.?|(?-i:R)(?=\d))\s*(?:nos?\b\.?|number)?\s*"
        rf"(?P<list>{number}(?:{link}{number})*)(?:\s+(?:above|below|actions?|responses?|updates?)\b)?",
        re.IGNORECASE,
    )


@functools.cache
def _lead() -> re.Pattern[str]:
    """The words before a mention that belong to it: "See the response to ..."."""
    leads = one_of(reference_words().mention_leads)
    return re.compile(
        rf"(?:\b{leads}\s+)?(?:(?:the\s+)?\b(?:responses?|answers?|updates?|actions?|comments?)\s+"
        r"(?:to|for|on|under|against|at|in)\s+)?(?:the\s+)?$",
        re.IGNORECASE,
    )


def cross_references(text: str) -> tuple[CrossReference, ...]:
    """Other recommendations that a text mentions, in order; `ref` in figures, `words` as printed."""
    plain = folded(text)
    found = list[CrossReference]()
    if not _HINT.search(plain):
        return ()
    for match in _mentions().finditer(plain):
        if _is_count(plain, match) or _is_of_others(plain, match.end("list")):
            continue
        before = max(0, match.start() - 60)
        lead = _lead().search(plain[before : match.start()])
        start = before + lead.start() if lead else match.start()
        words = squeezed(text[start : match.end()])
        found += (CrossReference(ref, words) for ref in _listed(match["list"]))
    return tuple(found)


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether a number in words goes on as a count or a pronoun: "recommendation one of us", "recs one could"."""
    word = match["list"].lower()
    return word == "one" and bool(re.match(r"\s+(?:of|could|should|might|can)\b", text[match.end("list") :]))


def _listed(listed: str) -> Iterator[str]:
    tokens = re.findall(r"[\d.]*\d[a-z]?|[A-Za-z]+(?:-[a-z]+)?|-", listed)
    for i, token in enumerate(tokens):
        if token in ("to", "-") and 0 < i < len(tokens) - 1:
            yield from _paragraphs_between(_figure(tokens[i - 1]), _figure(tokens[i + 1]))
        elif token not in ("and", "or", "to", "-"):
            yield _figure(token)


def _figure(token: str) -> str:
    return str(number_words().get(token.lower(), token))


@functools.cache
def _asked() -> re.Pattern[str]:
    known = reference_words()
    verbs = "|".join(rf"{verb}(?:s|es)?" for verb in sorted(known.asks, key=len, reverse=True))
    asked = rf"(?:,[^,]{{1,40}},)?\s+(?:(?:also|then|actively|urgently|formally)\s+)?(?:(?P<modal>{one_of(known.modals)})|(?P<verb>{verbs}))\b"
    lead = (
        r"(?:that\s+|(?:we|the\s+(?:\w+\s+){0,3}(?:committee|panel|group|board|commission))\s+recommends?\s+(?:that\s+)?"
        r"|it\s+is\s+recommended\s+that\s+)"
    )
    return re.compile(rf"\s*(?P<lead>{lead})?(?P<who>[^.;:?!()\n]{{2,90}}?){asked}", re.IGNORECASE)


def addressed_to(text: str) -> tuple[str, ...]:
    """Who a recommendation asks, as printed; empty where the words do not say it plainly."""
    match = _asked().match(folded(text))
    if not match or not (match["lead"] or match["modal"]):
        return ()
    names = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["who"].strip())
    plain = [name for name in names if _is_body(name)]
    return tuple(plain) if len(plain) == len(names) else ()


def _is_body(name: str) -> bool:
    words = name.split()
    if not words or len(words) > 8:
        return False
    known = reference_words().bodies
    last = words[-1].lower().rstrip("s")
    acronym = words[-1].isupper() and len(words[-1]) > 1
    heads = any(w.lower() in known for w in words) and bool(re.search(r"\b(?:of|for)\b", name))
    return acronym or heads or any(last == body.rstrip("s") for body in known)
