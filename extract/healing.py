"""Words broken at a line's end put together again, where the text itself gives the evidence."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from extract.shapes import Cell, Line, Row, Table

Joining = Literal["space", "glued", "dehyphenated"]

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$|\S+@\S*$", re.IGNORECASE)
_ADDRESS_GOES_ON = re.compile(r"^[\w%~#?=&./-]+$")
_SUSPENDED = frozenset(("and", "or", "to", "nor"))  # "short- and long-term": the hyphen ends the word
_SHORTEST = 4  # letters of what a column's edge leaves of a word
_NEVER_LAST = frozenset("ijquv")  # letters on which hardly any English word ends: "Recommendati|on"
_LONGEST_TAIL = 3  # letters of a rest that no word is by itself
_WORD_ENDS = re.compile(
    r"(?:ate|ing|ed|er|or|al|ity|ment|ion|ance|ence|ive|ble|ous|age|ure|ise|ent|ant|ic|th|ck|s|y)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:[aiu]?tion|ation|ing|ment|ness|able|ible|ance|ence|ical|ally|ities)s?\b")
_TYPESETTERS = re.compile(  # what no word starts with behind a hyphen of its own: "Communi-cations", "plan-ning"
    r"(?:[aiu]?tion|[clst]?ation|s?sion|[nt]?ing|ment|ness|ance|ence|ibility|ability|ically|ity|ture|tive|ative)s?",
    re.IGNORECASE,
)
_MONTHS = frozenset(name.lower() for name in calendar.month_name[1:])
_FULL = 1.2  # letters' widths: a line that fills its column up to so little


class Vocabulary:
    """The words of a paper that stand inside lines, where nothing can have cut them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        printed = {word.text for line in lines for word in line.words[0 if line.opens else 1 : -1]}
        self._words = frozenset(_TOKEN.findall(" ".join(printed).lower()))

    def knows(self, word: str) -> bool:
        """Whether the word stands somewhere in the paper."""
        return word.lower() in self._words


def healed(table: Table, known: Vocabulary) -> Table:
    """The table, its lines joined where a word goes on from one to the next."""
    rights = _rights(table)
    return msgspec.structs.replace(
        table,
        rows=tuple(
            Row(tuple(_healed_cell(cell, known, rights) for cell in row.cells), row.pages)
            for row in table.rows
        ),
    )


def healed_lines(lines: Sequence[Line], known: Vocabulary, right: float | None) -> tuple[Line, ...]:
    """Lines with `joined` set: glued or dehyphenated where a word, an address or a hyphenated word goes on."""
    out = list(lines[:1])
    for line in lines[1:]:
        joining = _joining(out[-1], line, known, right)
        same = joining == line.joined
        out.append(line if same else msgspec.structs.replace(line, joined=joining, opens=False))
    return tuple(out)


def _rights(table: Table) -> dict[int, float]:
    """How far text runs to the right in each column."""
    out: dict[int, float] = {}
    for row in table.rows:
        for cell in row.cells:
            for line in cell.lines:
                out[cell.column] = max(out.get(cell.column, 0.0), line.box.x1)
    return out


def _healed_cell(cell: Cell, known: Vocabulary, rights: dict[int, float]) -> Cell:
    if len(cell.lines) < 2:
        return cell
    lines = healed_lines(cell.lines, known, max(rights[cell.column], _inner_right(cell)))
    return cell if lines == cell.lines else msgspec.structs.replace(cell, lines=lines)


def _inner_right(cell: Cell) -> float:
    """How far text may run in a cell that keeps the same distance from both its sides; 0 where it spans columns."""
    if cell.column_span > 1:
        return 0.0
    box = cell.places[0].box
    return box.x1 - (min(line.box.x0 for line in cell.lines) - box.x0)


def _joining(before: Line, line: Line, known: Vocabulary, right: float | None) -> Joining:
    last, first = before.words[-1].text, line.words[0].text
    if _ADDRESS.search(last):
        return "glued" if _address_goes_on(before, first) else "space"
    if last.endswith("-") and len(last) > 1:
        return _hyphen(last, first, known)
    if not line.opens and len(before.words) == 1 and _cut(before, first, known, right):
        return "glued"
    return "space"


def _hyphen(last: str, first: str, known: Vocabulary) -> Joining:
    """A hyphen at a line's end stays unless the word without it is known, or what follows is only a word's ending."""
    head, tail = _TOKEN.findall(last), _TOKEN.match(first)
    if first[0].isdigit() and last[-2].isalnum():  # a range of years, or a name with a number
        return "glued"
    if tail is None or not last[-2].isalnum() or tail.group().lower() in _SUSPENDED:
        return "space"
    if not head:
        return "glued"
    stem = head[-1].rstrip("-")
    without, with_hyphen = stem + tail.group(), f"{stem}-{tail.group()}"
    if known.knows(with_hyphen):
        return "glued"
    if without.lower() in _MONTHS or known.knows(without) or _TYPESETTERS.fullmatch(tail.group()):
        return "dehyphenated"
    return "glued"


def _address_goes_on(before: Line, first: str) -> bool:
    """Whether a web or mail address breaks off at the line's end: at one of its signs, or the rest holds some."""
    last = before.words[-1].text
    if not _ADDRESS_GOES_ON.match(first):
        return False
    inner = first.rstrip(".,;")
    return last[-1] in "-/_=&?.%#@" or "/" in inner or "_" in inner or bool(re.search(r"\w\.\w", inner))


def _cut(before: Line, first: str, known: Vocabulary, right: float | None) -> bool:
    """Whether a narrow column cut a word: it fills its line, and the rest goes on in lower case."""
    word = before.words[0]
    rest = re.match(r"[a-z]+", first)
    if rest is None or not re.search(r"[A-Za-z]$", word.text):
        return False
    stem = re.sub(r"^\W+", "", word.text)
    whole = stem + rest.group()
    if known.knows(whole) and not (known.knows(stem) and known.knows(rest.group())):
        return True
    letter = word.box.width / max(len(word.text), 1)
    if right is None or word.box.x1 < right - _FULL * letter or len(stem) < _SHORTEST or known.knows(stem):
        return False
    if stem[-1] in _NEVER_LAST:
        return True
    return not known.knows(rest.group()) and not _both_words(stem, rest.group())


def _both_words(stem: str, rest: str) -> bool:
    """Whether both halves look like words of their own: "immediate|effect", but not "Implement|ation"."""
    return len(rest) > _LONGEST_TAIL and bool(_WORD_ENDS.search(stem)) and not _SUFFIX.match(rest)
