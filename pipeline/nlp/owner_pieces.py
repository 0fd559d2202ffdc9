"""Cuts the text of an owner's cell at everything that may part two owners; what belongs together is decided later."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from pipeline.knowledge.owners import given_names, owner_words
from pipeline.nlp.names import INITIAL, is_lone_team, lexicon, sort_of, words_of
from pipeline.passages import Passage, Span

Sep = Literal[
    "start", "newline", "line", "slash", "semicolon", "comma", "and", "dash", "bracket", "opener", "colon"
]

# What stands in owners' cells and is no name: e-mail and web addresses (also broken), telephone numbers, dates,
# "(Recs 1&10)", numbering, and what the owner is to do.
NOISE = re.compile(
    r"""
    \b(?:e-?mail|tel(?:ephone)?|phone|ext(?:ension)?|mob(?:ile)?)\b\.?\s*(?:no\.?)?\s*:?(?=\s*[\w@.+(]) (?:\s*[\d\s()+-]{4,})?
    | [\w.+-]+@\s?[\w-]+(?:\s?\.\s?[\w-]+)*(?-i:\s[a-z]+(?:\.[a-z]+)*(?=\s|$))? | https?://\S+ | www\.\S+
    | (?<![\w/])(?:\+44|0)[\d()\s-]{8,}\d | \b\d{5,}\b
    | (?<=[\w.)])\s?[¹²³⁴⁵⁶⁷⁸⁹†‡§*]+(?=[\s,;]|$)
    | \(\s*(?:recs?|recommendations?|items?|actions?)\b[^)]*\)
    | \b(?:each|every)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|year|term|quarter|month|week|meeting)\b
    | (?<=\s)n/a(?!\w) | (?<=\s)(?:quarterly|annually|monthly|termly|yearly|ongoing|immediate(?:ly)?|straight\s+away|completed|no\s+date(?:\s+set)?)\b
    | \b(?:by\s+|from\s+|review\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?,?\s+['’]?\d{2,4}\b
    | \b(?:by\s+)?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b
    | (?<=[\w.])\s+(?:to|will|would|shall)\s+(?:not\s+)?(?!the\b|be\s+confirmed|an?\b|our\b)[a-z][^\n;/]*
    | (?:(?<=\s)|^)(?:\(?\d{1,2}[.)]|[ivx]+\)|\(?[a-h]\)(?:\s*(?:,|and|&)\s*\(?[a-h]\))*)\s+(?=[A-Z(]) | [•●▪◦·■*]
    """,
    re.IGNORECASE | re.VERBOSE,
)
SEPARATOR = re.compile(
    r"(?P<newline>\n)|(?P<semicolon>;|\||\b(?:(?:jointly|together|along|in partnership)\s+)?with\b(?!\s+(?:\w+\s+)?responsib))|(?P<slash>\s*/\s*|\s\+\s|\bor\b)|(?P<comma>,)"
    r"|(?P<and>\band\b|(?<![A-Z])&|&(?![A-Z])|\s&\s)|(?P<dash>\s[-–—]\s?|(?<=[a-z])[-–—]\s|[–—])|(?P<colon>:)|(?P<bracket>[()\[\]])",
    re.IGNORECASE,
)
LAST_WORD = re.compile(r"(?<![\w'’-])([\w'’-]+) $")
CLEAN = " \t,.;:"
_APART = frozenset({("person", "team"), ("member", "team")})  # sorts of two lines that are two owners
# Of several separators between two pieces the strongest counts.
STRENGTH = (
    "start",
    "opener",
    "line",
    "bracket",
    "newline",
    "colon",
    "comma",
    "and",
    "dash",
    "slash",
    "semicolon",
)


class Piece(msgspec.Struct, frozen=True):
    """The letters `start` to `end` of a cell, after the separator `sep`; `label` is the role that a label gave them."""

    start: int
    end: int
    sep: Sep
    label: str | None = None
    opens_role: bool = False
    bracketed: bool = False


@functools.cache
def _labels() -> re.Pattern[str]:
    """Labels with their colon, or without one where no name begins so; the group's name is the role."""
    words = owner_words()
    free = set(words.labels_without_colon)
    roles = []
    for role in ("lead", "support", "member"):
        listed = sorted(getattr(words.labels, role), key=len, reverse=True)
        colon = "|".join(re.escape(w) for w in listed)
        bare = "|".join(re.escape(w) for w in listed if w in free)
        # "with" alone is a label only behind a stop: "Schools Manager, with Age Concern"
        with_others = r"|(?<=[,;]\s)with\b|(?<=\()with\b" if role == "support" else ""
        roles.append(
            f"(?P<{role}>(?:{colon})\\s*:" + (f"|(?:{bare})\\b\\s*:?" if bare else "") + with_others + ")"
        )
    return re.compile(r"(?:^|(?<=[\s;,(/]))(?:" + "|".join(roles) + ")", re.IGNORECASE)


def cut(cell: Passage) -> tuple[Piece, ...]:
    """The pieces of an owner's cell in order, white space and noise left out, each with what parts it from the last."""
    text = _blanked(cell.text, NOISE)
    pieces: list[Piece] = []
    for start, end, role in _labelled(text):
        for i, piece in enumerate(_separated(text, start, end, _lines(cell, start, end))):
            opens = i == 0 and role is not None
            pieces.append(msgspec.structs.replace(piece, label=role, opens_role=opens))
    return tuple(pieces)


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what the pattern finds made into bars of the same length, so that places stay."""
    return pattern.sub(lambda m: "|" + " " * (len(m[0]) - 1) if m[0].strip() else m[0], text)


def _labelled(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Stretches of the text and the role that the label before each gives (None before the first label)."""
    start, role = 0, None
    for match in _labels().finditer(text):
        if match.start() > start:
            yield start, match.start(), role
        start, role = match.end(), match.lastgroup
    yield start, len(text), role


def _separated(text: str, start: int, end: int, lines: frozenset[int]) -> Iterator[Piece]:
    """Cut at separators, at deliberate ends of lines, and before words that open a name."""
    signs = [(m.start(), m.end(), str(m.lastgroup), m[0]) for m in SEPARATOR.finditer(text, start, end)]
    signs += [(place, place, "line", "") for place in lines]
    signs += [(place, place, "opener", "") for place in _openers(text, start, end)]
    at, sep, depth = start, "start", 0
    for left, right, kind, sign in [*sorted(signs), (end, end, "start", "")]:
        if left < at:
            continue
        if piece := _trimmed(text, at, left):
            yield Piece(*piece, sep=sep, bracketed=depth > 0)  # type: ignore[arg-type]
            sep = kind
        sep = max(sep, kind, key=STRENGTH.index)
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        at = right


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the piece begins and ends without white space and punctuation, an initial's stop kept."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(CLEAN + "-–—•*'’\"“”"))
    right = len(piece.rstrip(" \t,;:-–—"))
    if right <= left:
        return None
    if piece[:right].endswith(".") and not INITIAL.fullmatch(piece[left:right].split()[-1]):
        right = len(piece[:right].rstrip(CLEAN))
    return (start + left, start + right) if right > left else None


_PARTING = re.compile(r"[/,&;\n(:]|\band\b|\bwith\b|\s[-–—]\s")
_BODY = re.compile(r"[A-Z]{3,6}")  # "ICB Director of Primary Care": the body is part of the post


@functools.cache
def _opening() -> re.Pattern[str]:
    """A post's head with its area, or an honorific."""
    lex = lexicon()
    heads = "|".join(sorted((re.escape(h) for h in lex.post_heads), key=len, reverse=True))
    titles = "|".join(sorted((re.escape(h) for h in lex.honorifics), key=len, reverse=True))
    return re.compile(rf"\b(?:(?:{heads})\s+(?:of|for)\s+(?=\S)|(?:{titles})\b\.?\s(?=[A-Z]))", re.IGNORECASE)


def _openers(text: str, start: int, end: int) -> Iterator[int]:
    """Where 'Head of' or 'Cllr' opens a name in mid-run, the words that belong before it ('Deputy') counted in."""
    for match in _opening().finditer(text, start, end):
        place = match.start()
        while (before := LAST_WORD.search(text[start:place])) and before[1].lower() in _before_posts():
            place = start + before.start(1)
        words = words_of(text[start:place])
        titled = bool(words) and words[-1].lower().rstrip(".") in lexicon().honorifics  # "Cllr Mrs Pye"
        statute = bool(words) and words[-1].isdigit()  # "Section 151 Officers of"
        body = _BODY.fullmatch(_PARTING.split(text[start:place])[-1].strip()) is not None
        if (
            words
            and not titled
            and not statute
            and not body
            and text[start:place].rstrip(" ")[-1:] not in "/,&;\n(–-:"
        ):
            yield place


@functools.cache
def _before_posts() -> frozenset[str]:
    return lexicon().post_prefixes | {"the", "relevant", "all", "each", "both"}


def _lines(cell: Passage, start: int, end: int) -> frozenset[int]:
    """Where a printed line ends on purpose: its next word would have fitted on it, or a person stands on each line."""
    lines = _printed_lines(cell)
    if len(lines) < 2:
        return frozenset()
    widest = max(line[-1].box.x1 - line[0].box.x0 for line in lines)
    return frozenset(
        after[0].start
        for line, after in pairwise(lines)
        if start < after[0].start < end
        and (
            _would_fit(line, after, widest)
            or (_is_whole(cell, line) and _is_whole(cell, after))
            or _sorts(cell, line, after) in _APART
            or _opens_post_of(cell, line, after)
        )
    )


def doubtful_lines(cell: Passage) -> Iterator[tuple[int, int]]:
    """Where two printed lines stand that may be one party or two: each names one, both together too, and the break tells nothing."""
    lines = _printed_lines(cell)
    widest = max((line[-1].box.x1 - line[0].box.x0 for line in lines), default=0.0)
    for line, after in pairwise(lines):
        if _would_fit(line, after, widest) or cell.text[after[0].start].islower():
            continue  # a break on purpose, or "of Adult Services" below "Director"
        both = (*_sorts(cell, line, after), *_sorts(cell, [*line, *after]))
        if not {"part", "initials"}.intersection(both):
            yield line[0].start, after[-1].end


def _sorts(cell: Passage, *lines: list[Span]) -> tuple[str, ...]:
    return tuple(sort_of(cell.text[line[0].start : line[-1].end]) for line in lines)


def _is_whole(cell: Passage, line: list[Span]) -> bool:
    """Whether a printed line is a whole person's name, a post with its head at the end, or a team without one."""
    said = cell.text[line[0].start : line[-1].end]
    if len(line) < 2:
        return False
    comma = next((i for i, span in enumerate(line[:-1], start=1) if span.word.text.endswith(",")), 0)
    if comma > 1 and _sorts(cell, line[:comma])[0] in {"person", "member"}:  # "Jane Doe, Parks Manager"
        return _is_whole(cell, line[comma:])
    sort = sort_of(said)
    # "Attwell, Executive" below "Councillor Janet" is no post
    headed = (
        "," not in said
        and line[0].start < line[-1].start
        and words_of(said)[-1].lower() in lexicon().post_heads
    )
    return sort in {"person", "member"} or (sort in {"post", "bare_post"} and headed) or is_lone_team(said)


def _opens_post_of(cell: Passage, line: list[Span], after: list[Span]) -> bool:
    """Whether a line that is a whole name, its first a known one, stands over a post's area: 'Jane Doe' over 'Parks and'."""
    first = line[0].word.text.lower()
    named = len(line) == 2 and first in given_names() and _sorts(cell, line) == ("person",)
    return named and after[0].word.text.lower().strip(",;") in lexicon().areas


def _would_fit(line: list[Span], after: list[Span], widest: float) -> bool:
    """Whether the first word of a line, with the stroke that no line begins with, had room on the line before."""
    kept = after[: 2 if after[1:] and after[1].word.text.startswith("/") else 1]
    gap = 0.25 * kept[0].box.height
    width = kept[-1].box.x1 - kept[0].box.x0
    return line[-1].box.x1 - line[0].box.x0 + gap + width <= widest + 0.5


def _printed_lines(cell: Passage) -> list[list[Span]]:
    """The words line by line."""
    starts, lines = frozenset(cell.line_starts), list[list[Span]]()
    for span in cell.spans:
        if span.start in starts:
            lines.append([])
        lines[-1].append(span)
    return lines
