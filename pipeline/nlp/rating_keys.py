"""Reads the key of a paper's ratings: which meaning each colour, letter, number or sign is given in words."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Cell, Line, Mark, Table, Word
from pipeline.knowledge.language import ratings
from pipeline.knowledge.patterns import together
from pipeline.nlp.clean import folded, squeezed
from pipeline.nlp.patterns import one_of

BASIC = frozenset({"red", "amber", "green"})
_LONGEST_MEANING = 14  # words of a numbered entry; longer ones are paragraphs of a list
_CLOSED = re.compile(
    r"(?:^|[.;:,|•]\s*(?:and\s+)?)[\"']?[Cc]losed[\"']?\s*(?:[-:=]+|\bmeans\b|\bthat\b)\s*(?P<meaning>[^.;|]{4,120})"
)
_LINE_GAP = 1.9  # heights of a line after which its words belong to something else


class KeyEntry(msgspec.Struct, frozen=True):
    """One line of a key: the sign (a colour, a number, "tick", "closed") and what it means, in the paper's words.

    `value` is the rating that it stands for: red, amber, green, complete, or None for a colour of its own.
    """

    sign: str
    meaning: str
    value: str | None


class Key(msgspec.Struct, frozen=True):
    """The key of a paper; without entries where it prints none."""

    entries: tuple[KeyEntry, ...] = ()

    def meaning(self, sign: str) -> str | None:
        """What a sign means in the paper's words."""
        return next((entry.meaning for entry in self.entries if entry.sign == sign), None)

    def value(self, sign: str) -> str | None:
        """The rating that a sign stands for."""
        return next((entry.value for entry in self.entries if entry.sign == sign), None)

    def as_dict(self) -> dict[str, str]:
        """{rating, or sign where it is none: meaning}, as `records.Metadata.rag_key` keeps it."""
        return {entry.value or entry.sign: entry.meaning for entry in self.entries}


@functools.cache
def colour_names() -> dict[str, str]:
    """{word or drawn name in small letters: colour}."""
    return {word: colour.value for colour in ratings().colours for word in (*colour.words, *colour.drawn)}


@functools.cache
def colour_letters() -> dict[str, str]:
    """{letter: colour}."""
    return {letter: colour.value for colour in ratings().colours for letter in colour.letters}


def read_key(lines: Iterable[Line], marks: Iterable[Mark] = (), tables: Iterable[Table] = ()) -> Key:
    """The key that lines, coloured signs (in page points) and tables around a tracker make; empty where they make none.

    A sign's meaning stands to its right, up to the next sign; colours, numbers and "Closed" in words open theirs.
    """
    all_lines = tuple(lines)
    drawn = tuple(_drawn_entries(tuple(marks), [word for line in all_lines for word in line.words]))
    tabled = next((found for table in tables if (found := tuple(_tabled_entries(table)))), ())
    entries = tabled or (drawn if len(drawn) > 1 else tuple(_worded_entries(all_lines)))
    return Key(_once((*entries, *_closed_entries(all_lines))))


def _tabled_entries(table: Table) -> tuple[KeyEntry, ...]:
    """The entries of a table in which each sign stands in a cell of its own, with its meaning beside or below it.

    A sign may also stand over its meaning in one cell. () of a table that is no key.
    """
    readings = (
        (_lone_entry(sign.text, meaning.text) for sign, meaning in pairs)
        for pairs in (_beside_each_other(table), _below_each_other(table), _in_one_cell(table))
    )
    found = (tuple(entry for entry in reading if entry) for reading in readings)
    return next((entries for entries in found if _is_scheme(entries, headed=True)), ())


def _lone_entry(sign: str, meaning: str) -> KeyEntry | None:
    found = _lone_sign().fullmatch(folded(sign).strip())
    return _entry(_sign_of(found), squeezed(meaning)) if found else None


def _beside_each_other(table: Table) -> Iterator[tuple[Cell | Line, Cell | Line]]:
    for row in table.rows:
        cells = [cell for cell in row.cells if cell.lines]
        yield from zip(cells[::2], cells[1::2], strict=False)


def _below_each_other(table: Table) -> Iterator[tuple[Cell | Line, Cell | Line]]:
    for above, row in itertools.pairwise(table.rows):
        below = {cell.column: cell for cell in row.cells if cell.lines}
        yield from ((sign, below[sign.column]) for sign in above.cells if sign.column in below)


def _in_one_cell(table: Table) -> Iterator[tuple[Cell | Line, Cell | Line]]:
    for cell in (cell for row in table.rows for cell in row.cells if len(cell.lines) > 1):
        yield cell.lines[0], msgspec.structs.replace(cell, lines=cell.lines[1:])


def _closed_entries(lines: Iterable[Line]) -> Iterator[KeyEntry]:
    """What a list of status words says that "Closed" means, wherever it stands in its line."""
    for line in lines:
        if found := _CLOSED.search(folded(line.text)):
            yield _entry("closed", found["meaning"].strip())


def _once(entries: Iterable[KeyEntry]) -> tuple[KeyEntry, ...]:
    return tuple({entry.sign: entry for entry in reversed(tuple(entries))}.values())[::-1]


def _entry(sign: str, meaning: str) -> KeyEntry:
    return KeyEntry(sign, meaning, _value(sign, meaning))


def _value(sign: str, meaning: str) -> str | None:
    if sign in BASIC:
        return sign
    if sign == "tick":
        return "complete"
    known = ratings()
    plain = meaning.lower()
    finished = any(re.search(pattern, plain) for pattern in known.finished)
    unfinished = any(re.search(pattern, plain) for pattern in known.unfinished)
    return "complete" if sign in colour_names().values() and finished and not unfinished else None


def _drawn_entries(marks: Sequence[Mark], words: Sequence[Word]) -> Iterator[KeyEntry]:
    for mark in marks:
        sign = mark.mark or colour_names().get(mark.name or "")
        meaning = _beside(mark, marks, words)
        if sign and meaning:
            yield _entry(sign, meaning)


def _beside(mark: Mark, marks: Sequence[Mark], words: Sequence[Word]) -> str:
    """The words to the right of a sign, up to the next sign beside or below it."""
    others = [m for m in marks if m.page == mark.page and m != mark]
    rows = [m for m in others if m.box.top < mark.box.bottom and mark.box.top < m.box.bottom]
    right = min((m.box.x0 for m in rows if m.box.x0 >= mark.box.x1), default=float("inf"))
    low = min((m.box.top for m in others if m.box.top >= mark.box.bottom - 1), default=float("inf"))
    inside = [
        word
        for word in words
        if word.page == mark.page
        and mark.box.x1 - 1 <= word.box.x0 < right
        and mark.box.top - 3 <= word.box.middle[1] < low
    ]
    return squeezed(" ".join(_upper_block(inside)))


def _upper_block(words: Sequence[Word]) -> Iterator[str]:
    """The words, line by line, until a gap wider than a line parts them from what follows."""
    ordered = sorted(words, key=lambda w: (round(w.box.middle[1] / 4), w.box.x0))
    last = None
    for _, line in itertools.groupby(ordered, key=lambda w: round(w.box.middle[1] / 4)):
        row = list(line)
        middle = row[0].box.middle[1]
        if last is not None and middle - last > _LINE_GAP * max(row[0].box.height, 8.0):
            return
        last = middle
        yield from (word.text for word in row)


@functools.cache
def _sign() -> re.Pattern[str]:
    """A colour, a letter or a number with a stop before its meaning: "Green - ", "R = ", "1: "."""
    colours = one_of(colour_names())
    letters = "|".join(colour_letters())
    return re.compile(
        rf"(?<![\w(])(?:(?i:(?:[RAGBYP]\s*[-:=(]?\s*)?(?P<colour>{colours})(?:\s+(?:rating|status))?\)?|(?P<closed>closed))\s*(?:[-:=]+|means)"
        rf"|(?P<letter>{letters})\s*(?:[-:=]+)|(?P<number>[1-9])(?:\s*[-:=)]+|\.(?=\s)|(?=\s[A-Z])))\s*(?=\S)"
    )


@functools.cache
def _bracketed() -> re.Pattern[str]:
    """A meaning before its colour: "on target (green)"."""
    return re.compile(rf"(?P<meaning>[^(),;/]+?)\s*\((?P<colour>{one_of(colour_names())})\)", re.IGNORECASE)


@functools.cache
def _spoken() -> re.Pattern[str]:
    """Colours and their meanings without a stop, as in "Green achieved / Amber acceptable"."""
    return re.compile(
        rf"(?<!\w)(?P<colour>{one_of(colour_names())})\s+(?P<meaning>[a-z][^/;,|\n]*)", re.IGNORECASE
    )


def _worded_entries(lines: Sequence[Line]) -> tuple[KeyEntry, ...]:
    """The entries of the first block of lines that is a key: a head or not, entries, and nothing in between."""
    headed = False
    entries = list[KeyEntry]()
    for line in lines:
        text = folded(line.text)
        found = _signed(text, line.text) or (tuple(_plain(text)) if headed or _is_head(text) else ())
        if found:
            entries += found
        elif entries and not line.opens and not _is_head(text):
            last = entries.pop()
            entries.append(_entry(last.sign, f"{last.meaning} {line.text}"))
        elif _is_scheme(entries, headed):
            break
        else:
            entries = []
        headed = _is_head(text) or (headed and bool(entries))
    return tuple(entries) if _is_scheme(entries, headed) else ()


def _is_head(text: str) -> bool:
    return len(text.split()) <= 12 and _heads().search(text.lower()) is not None


@functools.cache
def _heads() -> re.Pattern[str]:
    return together(ratings().heads)


def _is_scheme(entries: Sequence[KeyEntry], headed: bool) -> bool:
    """Whether entries make a key: colours under a head, two basic colours, or numbers from one on that tell progress."""
    signs = [entry.sign for entry in entries]
    if len(signs) < 2 or len(BASIC.intersection(signs)) > 1:
        return len(signs) > 1
    if any(sign.isdigit() for sign in signs):
        counted = signs == [str(n) for n in range(1, len(signs) + 1)]
        return counted and len(signs) > 2 and any(_tells_progress(entry.meaning) for entry in entries)
    return headed


def _tells_progress(meaning: str) -> bool:
    known = ratings()
    short = len(meaning.split()) <= _LONGEST_MEANING
    return short and any(
        re.search(pattern, meaning.lower()) for pattern in (*known.finished, *known.unfinished)
    )


def _signed(text: str, printed: str) -> tuple[KeyEntry, ...]:
    found = list(_sign().finditer(text))
    before = text[: found[0].start()] if found else ""
    if not found or (before.strip(" |•-") and not _is_head(before)):
        return ()
    ends = [*(match.start() for match in found[1:]), len(text)]
    meanings = (printed[m.end() : end].strip(" ;,|/") for m, end in zip(found, ends, strict=True))
    return tuple(_entry(_sign_of(m), meaning) for m, meaning in zip(found, meanings, strict=True) if meaning)


@functools.cache
def _lone_sign() -> re.Pattern[str]:
    """A sign that is all that a cell holds: "Green", "R", "1", "Closed"."""
    return re.compile(
        rf"(?i:(?P<colour>{one_of(colour_names())})|(?P<closed>closed))|(?P<letter>{'|'.join(colour_letters())})|(?P<number>[1-9])"
    )


def _sign_of(match: re.Match[str]) -> str:
    if match["colour"]:
        return colour_names()[match["colour"].lower()]
    return colour_letters()[match["letter"]] if match["letter"] else match["number"] or "closed"


def _plain(text: str) -> Iterator[KeyEntry]:
    pattern = _bracketed() if _bracketed().search(text) else _spoken()
    for match in pattern.finditer(text):
        yield _entry(colour_names()[match["colour"].lower()], match["meaning"].strip())
