"""Words into lines in reading order, and lines into paragraphs."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

import msgspec

from extract.shapes import Line, Word

# "(a)", "b)", "3.": a number of a list with its signs, as the first word of a line
_JOINS_NUMBERS = frozenset({"and", "&", "to", "-", "–", ","})
_ENUMERATOR = re.compile(r"(\(?)(\d{1,2}|[a-z])([).]|\.\))")
# Words behind which a number is none of a list: "as set out in (a) and / (b) above"
_LEADS_ON = frozenset({"and", "or", "to", "in", "of", "at", "see", "paragraph", "paragraphs", "section", "recommendation", "recommendations", "recs", "rec", "-", "–", "&"})  # fmt: skip
BULLET = re.compile(r"^[•·●▪◦■‣➢➤►▸❖>»\uf0b7\uf0a7\uf076\uf0d8–o-]$")
_BOTTOM, _LEFT = attrgetter("box.bottom"), attrgetter("box.x0")
_DATE = re.compile(r"\d{1,2}(?:[./]\d|$|st$|nd$|rd$|th$)|(?:" + "|".join(calendar.month_name[1:]) + ")$")
_LONGEST_DATE = 4  # words with the first behind it
_OVERLAP = 0.5  # of the lower word's height: words that share so much stand on one line
_LONGEST_LABEL = 7  # words
_WIDE_GAP = 1.28  # times the usual distance of base lines: a paragraph begins
_WIDER_GAP = 1.09  # the same where lines stand at exact distances
_EXACT = 0.012  # of the usual distance
_LEAST_RATIOS, _MANY_RATIOS = 3, 8
_NEARLY_ALL = 0.6
_SAME_SIZE = 0.1  # points
# How a sentence ends, closing quotes and brackets behind its stop included.
SENTENCE_END = re.compile(r"[.!?;:][\"'”’)\]]*$")


def lines_of(words: Iterable[Word]) -> tuple[Line, ...]:
    """Words of one cell or column on one page as lines from top to bottom, paragraphs not told apart yet.

    Sideways words become lines of their own direction, before the upright ones.
    """
    upright, sideways = list[Word](), dict[int, list[Word]]()
    for word in words:
        if word.turned:
            sideways.setdefault(word.turned, []).append(word)
        else:
            upright.append(word)
    return (
        *(line for turned, group in sorted(sideways.items()) for line in _sideways_lines(group, turned)),
        *(Line(tuple(sorted(group, key=_LEFT))) for group in _bands(upright)),
    )


def _bands(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by the height that they stand at, top first."""
    bands: list[list[Word]] = []
    base = height = 0.0
    for word in sorted(words, key=_BOTTOM):
        bottom = word.box.bottom
        own = bottom - word.box.top
        if bands and bottom - base <= (1 - _OVERLAP) * min(own, height):
            bands[-1].append(word)
            continue
        bands.append([word])
        base, height = bottom, own
    return bands


def _sideways_lines(words: Sequence[Word], turned: int) -> Iterable[Line]:
    """Words that run up (270) or down (90) the page, or upside down (180), as lines in reading order."""
    across, along = _directions(turned)
    lines: list[list[Word]] = []
    for word in sorted(words, key=across):
        if lines and abs(across(word) - across(lines[-1][0])) < 0.5 * _thickness(word, turned):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=along))) for line in lines]


def _directions(turned: int) -> tuple[Callable[[Word], float], Callable[[Word], float]]:
    """How far on a word's line is, and how far on the word is in its line, for text turned so."""
    if turned == 180:
        return (lambda w: -w.box.top), (lambda w: -w.box.x0)
    if turned == 90:
        return (lambda w: -w.box.x0), (lambda w: w.box.top)
    return (lambda w: w.box.x0), (lambda w: -w.box.top)


def _thickness(word: Word, turned: int) -> float:
    return word.box.height if turned == 180 else word.box.width


class Leading(msgspec.Struct, frozen=True):
    """The usual distance of base lines in type sizes, and from how many times of it on a paragraph begins."""

    usual: float = 1.15
    wide: float = _WIDE_GAP


def leading(lines: Sequence[Line]) -> Leading:
    """How lines follow one another; where nearly all do at the very same distance, a little more begins a paragraph.

    (1.15 type sizes where there is too little text to tell.)
    """
    ratios = [
        (b.box.bottom - a.box.bottom) / a.box.height
        for a, b in pairwise(lines)
        if 0.8 < (b.box.bottom - a.box.bottom) / max(a.box.height, 0.1) < 2.2
    ]
    if len(ratios) < _LEAST_RATIOS:
        return Leading()
    usual = median(ratios)
    alike = sum(abs(ratio - usual) <= _EXACT * usual for ratio in ratios)
    exact = len(ratios) >= _MANY_RATIOS and alike >= _NEARLY_ALL * len(ratios)
    return Leading(usual, _WIDER_GAP if exact else _WIDE_GAP)


def in_paragraphs(lines: Sequence[Line], known: Leading, right: float | None) -> tuple[Line, ...]:
    """The lines with `opens` set where a paragraph begins.

    `known` is how far apart lines are; `right` is where the text may run to (None: not known). A paragraph begins
    at a wider gap, at a bullet, at the next number of a list, or behind a line that broke although the next word would
    still have fitted.
    """
    out = list[Line]()
    listed: dict[str, str] = {}  # the last number of each style that a paragraph opened with
    for line in lines:
        before = out[-1] if out else None
        number = _ENUMERATOR.fullmatch(line.words[0].text) if len(line.words) > 1 else None
        opens = before is None or _opens(before, line, known, right) or _lists_on(before, number, listed)
        if opens and number:
            listed[number[1] + number[3]] = _last_number(line, number)
        out.append(msgspec.structs.replace(line, opens=opens) if opens != line.opens else line)
    return tuple(out)


def _last_number(line: Line, number: re.Match[str]) -> str:
    """The last of the numbers that a line opens with: "c" of "b) and c) ..."."""
    last = number[2]
    for joining, word in pairwise(line.words[1:_LONGEST_LABEL]):
        another = _ENUMERATOR.fullmatch(word.text)
        if another and joining.text in _JOINS_NUMBERS and another[1] + another[3] == number[1] + number[3]:
            last = another[2]
    return last


def _lists_on(before: Line, number: re.Match[str] | None, listed: Mapping[str, str]) -> bool:
    """Whether a line opens with the number that comes next in a list of its cell: "e)" after "d)"."""
    ended = len(before.words) > 1 and before.words[-2].text.endswith(";")  # "...; and" over "(b) that"
    if number is None or (before.words[-1].text.lower() in _LEADS_ON and not ended):
        return False
    last = listed.get(number[1] + number[3], "")
    if last.isdigit() and number[2].isdigit():
        return int(number[2]) == int(last) + 1
    return len(last) == len(number[2]) == 1 and ord(number[2]) == ord(last) + 1


def _opens(before: Line, line: Line, known: Leading, right: float | None) -> bool:
    if before.page != line.page:
        return False
    gap = line.box.bottom - before.box.bottom
    same = abs(before.box.height - line.box.height) < _SAME_SIZE
    wide = known.wide if same else _WIDE_GAP
    if gap > wide * known.usual * min(before.box.height, line.box.height) or BULLET.match(line.words[0].text):
        return True
    if _is_heading_below(before, line) or _is_run_in(before, line):
        return True
    if right is None or line.words[0].turned:
        return False
    turns_plain = all(word.bold for word in before.words) and not line.words[0].bold  # behind a title
    # a lone letter or figure may keep to the word behind it: "6 January"
    kept = line.words[: 1 if len(line.words[0].text) > 1 or turns_plain else 2]
    space = 0.3 * line.box.height
    return before.box.x1 + space + kept[-1].box.x1 - kept[0].box.x0 < right - 2.0


def _is_heading_below(before: Line, line: Line) -> bool:
    """Whether a line all in bold stands below plain words that have ended their sentence."""
    return (
        line.words[0].bold
        and not before.words[-1].bold
        and all(word.bold for word in line.words)
        and bool(SENTENCE_END.search(before.text))
    )


def _is_run_in(before: Line, line: Line) -> bool:
    """Whether a line opens with a bold label and its colon ("Lead officer:"), below words that have ended their sentence."""
    if not line.words[0].bold or not SENTENCE_END.search(before.text):
        return False
    label = next((i for i, word in enumerate(line.words[:_LONGEST_LABEL]) if word.text.endswith(":")), None)
    if label is None and _DATE.match(line.words[0].text):  # "16.04.24 A trial ..."
        return not before.words[-1].bold and any(not word.bold for word in line.words[:_LONGEST_DATE])
    if label is None or not all(word.bold for word in line.words[: label + 1]):
        return False
    return label + 1 == len(line.words) or not line.words[label + 1].bold


def shape(text: str) -> str:
    """How a text opens: its first word ("recommendation"), or the kind of its signs ("#.", "a)")."""
    word = text.split(maxsplit=1)[0] if text.split() else ""
    if re.fullmatch(r"[A-Za-z]{3,}:?", word):
        return word.lower().rstrip(":")
    return re.sub(r"[A-Za-z]", "a", re.sub(r"\d+", "#", word))
