"""Finds the markers of a cell ("Response:", "Update –", "Evidence of Progress (June 2016):") and the false ones out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from pipeline.headings import read_heading, segment_of
from pipeline.knowledge.language import DecidedBy, MarkerWords, PartKind, markers, reference_words
from pipeline.nlp.clean import after_bullet, folded
from pipeline.nlp.patterns import MONTH, OPENS_WHEN, SENTENCE_END, WHEN, one_of
from pipeline.passages import Passage
from pipeline.records import Certainty

Style = Literal["colon", "dash", "line", "bare"]

_MONTH_WHEN = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH},? '?(?:20)?\d{{2}}\b|\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d{{2}}\b)"
# What may follow the word before its punctuation: "Action 3.1", "(June 2016)", "as at 9 July 2020"
_BEHIND = (
    rf"(?P<count>\s+\d{{1,2}}(?:\.\d{{1,2}})*(?![\d/]|[.-]\d|st|nd|rd|th|\s+(?:of\s+)?{MONTH}))?"
    r"(?:\s*\((?P<inside>[^()\n]{1,60})\)|\s*\[(?P<squared>[^\[\]\n]{1,40})\])?"
    r"(?:\s+(?:from|by)\s+(?P<whose>[^:\n.]{2,50}?)(?=\s*:))?"
    rf"(?:,?\s+(?:(?:as at|as of|at|on|to|for|-)\s+)?(?P<when>{WHEN}))?"
)
_STOP = r"(?P<colon>\s*:[ -]*)|(?P<dash>\s+-+\s*|-+\s+)|(?P<line>\.?[ ]*(?=\n|$))|(?P<bare>\s+)"
_RUN_IN_DATE = re.compile(rf"(?P<when>{_MONTH_WHEN})\s+(?=\S)", re.IGNORECASE)
# A month and a year in figures before what was written then: "10/24 Draft map shown". A lone one may be a count: "5/20 Schools".
_SHORT_DATE = re.compile(r"(?P<when>(?:0?[1-9]|1[0-2])/(?:1[3-9]|[23]\d))\s+(?=[A-Z])")
_SURE_SHORT_DATE = re.compile(rf"(?=0){_SHORT_DATE.pattern}")
_BARE_DATE = re.compile(rf"(?P<when>{_MONTH_WHEN})(?:\s*:|\s+-+\s|\s*(?=\n))", re.IGNORECASE)
# A day and who wrote then, before what was written: "09/02/2026 F Osei - Contract signed".
_SIGNED_DATE = re.compile(
    rf"(?P<when>{WHEN}),?\s+(?i:cllr |councillor )?[A-Z][\w.']*(?:\s+(?:[A-Z][\w.']*|(?<='s )\w+)){{0,4}}\s*(?:\s-+|:)\s+(?=[A-Z])"
)


_LETTERS = re.compile(r"[A-Za-z]+")
_BEHIND_FIRST = frozenset(" :\n(-s'")
_LONGEST_HEADED = 50  # letters before the colon


class Marker(msgspec.Struct, frozen=True):
    """A marker at the letters `start` to `end`; its part goes on at `after`.

    `word` is the marker's word in small letters, `when` the letters of its date, `by` who speaks in it.
    """

    start: int
    end: int
    after: int
    kind: PartKind
    word: str
    style: Style
    by: DecidedBy = ""
    when: tuple[int, int] | None = None
    certainty: Certainty = "certain"
    opens_paragraph: bool = True


@functools.cache
def _kinds() -> dict[str, MarkerWords]:
    return {word: entry for entry in markers().markers for word in entry.words}


@functools.cache
def _speakers() -> dict[str, DecidedBy]:
    return {word: entry.by for entry in markers().speakers for word in entry.words}


@functools.cache
def _shape() -> re.Pattern[str]:
    speaker = one_of(_speakers())
    return re.compile(
        rf"(?:(?P<first>{WHEN})\s+)?(?:the\s+)?(?P<speaker>(?:{speaker}(?:\s*(?:/|&|and)\s*{speaker})?\s+){{0,2}})"
        rf"(?P<word>{one_of(_kinds())})(?![\w'/]){_BEHIND}(?:{_STOP})",
        re.IGNORECASE,
    )


@functools.cache
def _first_words() -> re.Pattern[str]:
    """Line ends, and first words with a capital of what may be a marker inside a paragraph.

    A flat list of plain words: the expression then skips to capitals at the speed of a search for letters.
    """
    bare = [word for word, entry in _kinds().items() if entry.bare or entry.kind == "decision"]
    firsts = {word.split()[0].capitalize() for word in (*bare, *_speakers())} | {"Evidence"}
    capitals = sorted(firsts | {first.upper() for first in firsts})
    return re.compile("|".join((r"\n", *map(re.escape, capitals))))


def find_markers(cell: Passage, seen: frozenset[str] = frozenset()) -> tuple[Marker, ...]:
    """The markers of a cell in order. `seen` are the styles of the paper, as `marker_styles` gives them."""
    text = folded(cell.text)
    out = list[Marker]()
    for start, opens, shaped in _shaped(text):
        if out and start < out[-1].after:
            continue
        marker = shaped or ((_named(cell, text, start) or _headed(cell, text, start)) if opens else None)
        settled = _settled(cell, text, marker, seen) if marker else None
        if settled:
            out.append(settled)
    return tuple(out)


def marker_styles(cells: Iterable[Passage]) -> frozenset[str]:
    """The styles of markers that a paper's cells plainly use: "update bare", "response colon".

    Scans and plain text lose underlining; a paper that elsewhere sets "Update" alone on a line, with a dash or
    underlined is believed when it opens a paragraph with "Update" and a capital.
    """
    found = (m for cell in cells for m in find_markers(cell) if cell.text[m.after :].strip())
    return frozenset(f"{_stem(m.word)} {'colon' if m.style == 'colon' else 'bare'}" for m in found)


def dated_openings(
    cell: Passage, start: int, end: int, *, bold: bool
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Paragraphs between two letters that open with a date and a colon or dash, or with one in bold before plain text.

    (start, where the text goes on, the date); `bold` says that only those in bold count.
    """
    text = folded(cell.text)
    openings = [after_bullet(text, start + line.start()) for line in re.finditer(r"[^\n]+", text[start:end])]
    several = sum(bool(_SHORT_DATE.match(text, at)) for at in openings) > 1
    short = _SHORT_DATE if several else _SURE_SHORT_DATE
    for at in openings:
        match = _BARE_DATE.match(text, at) or short.match(text, at) or _RUN_IN_DATE.match(text, at)
        if not match:
            continue
        run_in = cell.emphasised(*match.span("when")) and not cell.emphasised(match.end(), match.end() + 1)
        if run_in or not (bold or match.re is _RUN_IN_DATE):
            yield at, match.end(), match.span("when")


def signed_openings(cell: Passage, start: int, end: int) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Paragraphs between two letters that open with a date and the name of who wrote then, as `dated_openings` gives them."""
    text = folded(cell.text)
    for line in re.finditer(r"[^\n]+", text[start:end]):
        at = after_bullet(text, start + line.start())
        if match := _SIGNED_DATE.match(text, at):
            yield at, match.end(), match.span("when")


# A cell is searched for the paper's styles, for its decision and for its parts: the words are looked at once.
@functools.lru_cache(maxsize=1024)
def _shaped(text: str) -> tuple[tuple[int, bool, Marker | None], ...]:
    """(letter, whether a paragraph opens there, what has the shape of a marker there), in order."""
    return tuple((start, opens, _read(text, start, opens)) for start, opens in _candidates(text))


def _candidates(text: str) -> Iterator[tuple[int, bool]]:
    """(letter, whether a paragraph opens there), in order."""
    opening = after_bullet(text)
    yield opening, True
    for match in _first_words().finditer(text):
        start, end = match.span()
        if text[start] == "\n":
            opening = after_bullet(text, end)
            yield opening, True
        elif start > opening and not text[start - 1].isalnum() and text[end : end + 1] in _BEHIND_FIRST:
            yield start, False


def _read(text: str, start: int, opens: bool) -> Marker | None:
    """The marker that the letters at `start` have the shape of, whether or not it is one."""
    match = _shape().match(text, start) if _may_open(text, start) else None
    if not match or (match["count"] and match["bare"]):
        return None
    word = _plain(match["word"])
    style = _style(match)
    stop = match.start(style)
    return Marker(
        start=start,
        end=text.index(":", stop) + 1 if style == "colon" else stop,
        after=match.end(),
        kind=_kinds()[word].kind,
        word=word,
        style=style,
        by=_by(_plain(match["speaker"])),
        when=_when(match),
        opens_paragraph=opens,
    )


def _may_open(text: str, start: int) -> bool:
    """Whether a marker may begin with the word at `start`, which is far faster told than whether one does."""
    if text[start : start + 1].islower():
        return False
    letters = _LETTERS.match(text, start)
    return bool(letters and letters.group().lower() in _openings()) or bool(OPENS_WHEN.match(text, start))


@functools.cache
def _openings() -> frozenset[str]:
    """The first letters, up to a sign or a space, of all that a marker may begin with but dates."""
    return frozenset(
        found.group() for word in ("the", *_kinds(), *_speakers()) if (found := _LETTERS.match(word))
    )


@functools.cache
def _whose() -> re.Pattern[str]:
    """A body or post of any name before a marker: "Parks Team update:", "Head of Quays Response:"."""
    bare = one_of(word for word, entry in _kinds().items() if entry.bare)
    return re.compile(
        rf"(?P<name>[A-Z][\w&/'.,-]*(?:\s+[\w&/'.,-]+){{0,6}}?)\s+(?P<word>(?i:{bare}))\s*(?P<colon>:)\s*"
    )


def _named(cell: Passage, text: str, start: int) -> Marker | None:
    """A marker behind a name that is in no list: in bold before plain text, or the name of a known sort of body."""
    if ":" not in text[start : start + 80]:
        return None
    match = _whose().match(text, start)
    if not match:
        return None
    end = match.end("colon")
    run_in = cell.emphasised(start, end) and not cell.emphasised(match.end(), match.end() + 1)
    if not run_in and match["name"].split()[-1].lower() not in reference_words().bodies:
        return None
    word = _plain(match["word"])
    return Marker(start, end, match.end(), _kinds()[word].kind, word, "colon")


def _headed(cell: Passage, text: str, start: int) -> Marker | None:
    """Words in bold or underlined before plain ones that would head a column of answers, actions or reports: "We will:"."""
    end = text.find(":", start, start + _LONGEST_HEADED)
    words = text[start:end] if end > 0 else ""
    if not words or "\n" in words or not words[0].isupper() or not cell.emphasised(start, end):
        return None
    column = read_heading(words)
    kind = segment_of(column.field) if column else None
    after = end + 1 + (text[end + 1 : end + 2] == " ")
    if kind is None or cell.emphasised(after, after + 1):
        return None
    return Marker(start, end + 1, after, kind, kind, "colon")


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


@functools.cache
def _by(speaker: str) -> DecidedBy:
    """Who speaks: the first known speaker of "lead officer", "cabinet and executive"."""
    told = (by for words, by in _speakers().items() if by and f"{speaker} ".startswith(f"{words} "))
    return next(told, "")


def _style(match: re.Match[str]) -> Style:
    styles: tuple[Style, ...] = ("colon", "dash", "bare")
    return next((style for style in styles if match[style]), "line")


def _when(match: re.Match[str]) -> tuple[int, int] | None:
    for group in ("when", "first"):
        if match[group]:
            return match.span(group)
    for group in ("inside", "squared"):
        inside = re.search(WHEN, match[group] or "", re.IGNORECASE)
        if inside:
            at = match.start(group)
            return at + inside.start(), at + inside.end()
    return None


def _settled(cell: Passage, text: str, marker: Marker, seen: frozenset[str]) -> Marker | None:
    """The marker with its certainty, or None where it is a false one."""
    certainty = (
        _opening_certainty(cell, text, marker, seen)
        if marker.opens_paragraph
        else _inner_certainty(cell, text, marker, seen)
    )
    return msgspec.structs.replace(marker, certainty=certainty) if certainty else None


def _opening_certainty(cell: Passage, text: str, marker: Marker, seen: frozenset[str]) -> Certainty | None:
    run_in = _run_in(cell, marker)
    known = _kinds()[marker.word]
    if marker.style == "colon" or run_in:
        return "certain"
    if marker.style == "dash":
        return "certain" if _starts_anew(text, marker.after) else "likely"
    if marker.style == "line":
        return "certain" if known.bare or known.kind == "decision" or _emphasised(cell, marker) else None
    if not known.bare or not _starts_anew(text, marker.after):
        return None
    if marker.when and re.fullmatch(_MONTH_WHEN, text[slice(*marker.when)], re.IGNORECASE):
        return "certain"
    return "likely" if f"{_stem(marker.word)} bare" in seen and not _goes_on(text, marker) else None


def _inner_certainty(cell: Passage, text: str, marker: Marker, seen: frozenset[str]) -> Certainty | None:
    """Inside a paragraph, where lines of a scan or a borderless table may have run together."""
    if _run_in(cell, marker) and not cell.emphasised(marker.start - 2, marker.start - 1):
        return "certain"
    ended = bool(SENTENCE_END.search(text[max(0, marker.start - 12) : marker.start]))
    style = f"{_stem(marker.word)} {'colon' if marker.style == 'colon' else 'bare'}"
    if marker.style == "colon":
        return "likely" if ended or (style in seen and not _is_mention(text, marker)) else None
    if not ended or not _kinds()[marker.word].bare or not (style in seen or marker.style == "dash"):
        return None
    return "likely" if _starts_anew(text, marker.after) and not _goes_on(text, marker) else None


def _emphasised(cell: Passage, marker: Marker) -> bool:
    return cell.emphasised(marker.start, marker.end)


def _run_in(cell: Passage, marker: Marker) -> bool:
    """Whether the marker is bold or underlined and the words behind it are not."""
    return _emphasised(cell, marker) and not cell.emphasised(marker.after, marker.after + 1)


def _starts_anew(text: str, at: int) -> bool:
    """Whether a sentence, a number or a quotation starts here."""
    letter = text[at : at + 1]
    return letter.isupper() or letter.isdigit() or letter in ("'", '"', "(", "\n", "")


def _goes_on(text: str, marker: Marker) -> bool:
    """Whether the word behind makes the marker's word part of a name: "Action Fraud", "Progress Board"."""
    following = re.match(r"[\w']+", text[marker.after :])
    compounds = markers().compounds.get(marker.word, frozenset())
    return bool(following) and (following or [""])[0].lower() in compounds


def _is_mention(text: str, marker: Marker) -> bool:
    """Whether the word before makes it a mention: "see Recommendation One Action: ..."."""
    before = re.search(r"([\w']+)\s*$", text[max(0, marker.start - 30) : marker.start])
    return bool(before) and (
        (before or [""])[0].strip().lower() in markers().mention_words or text[marker.start - 2].isdigit()
    )


def _stem(word: str) -> str:
    return word.rstrip("s") if word != "progress" else word
