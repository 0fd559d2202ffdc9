"""Labels in running text: the words before a colon, a gap or a dash, in bold, in italics or in capitals that name a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from extract.shapes import Word
from pipeline.headings.words import could_be_cell, plain
from pipeline.knowledge.forms import form_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import BULLETS
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.deadlines import read_deadlines
from pipeline.nlp.decisions import read_decision
from pipeline.nlp.patterns import MONTH
from pipeline.passages import Passage
from pipeline.understanding.label_names import (
    LONGEST,
    closes,
    is_certain_label,
    label_field,
    may_label,
    may_number,
    read_label,
)
from pipeline.understanding.stated_values import names_parties, stated_field

_LONGEST_PLAIN = 4  # of one that only its place on a line of its own marks
_LONGEST_DASHED = 4
_LONGEST_UNKNOWN = 7  # of one that is known only by its place among other labels
_LONGEST_QUESTION = 3  # words of a label that asks: "Accepted?"
_LONGEST_TIME = 6  # words of a time behind a label
_LONGEST_DAY = 5  # words of a day with the dash behind it
_DAY = re.compile(
    rf"(?P<day>\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH} 20\d\d|{MONTH} 20\d\d(?=:| [–—-]\s))(?::| ?[–—-])(?=\s)",
    re.IGNORECASE,
)
_WIDE = 1.0  # heights of a line between a label and a value set apart from it
_APART = 0.5  # the same behind capitals
_DASHES = ("-", "–", "—")
_SENTENCE_INSIDE = re.compile(r"[a-z]{3,}[.;] ")  # "Agreed. (Tree Officer; ongoing)" is no label
_PARAGRAPH_NUMBER = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?$|[{BULLETS}>»–—-]$")

_MAY_BE_TIMES: frozenset[Field] = frozenset({"owner", "delivery"})
_WHO: frozenset[Field] = frozenset({"owner", "member"})

Sureness = Literal["sure", "if_repeated", "heading_unless_repeated", "if_among_labels"]


class Label(msgspec.Struct, frozen=True):
    """A label of `words` printed words, numbers of a paragraph before it included.

    `sure` tells a label that stands by itself from one that counts only where the paper repeats it, or does so among other labels; `parted` that a
    colon, the end of the bold or a wide gap parts it from its value, so that a paragraph surely starts with it.
    """

    words: int
    name: str
    field: Field
    sure: Sureness = "sure"
    parted: bool = True


def numbered_before(words: Sequence[Word]) -> int:
    """How many words at the start of a line are only the number of its paragraph ("2.1") or a bullet."""
    return 1 if len(words) > 1 and is_paragraph_number(words[0].text) else 0


def is_paragraph_number(word: str) -> bool:
    """Whether a word is the number of a report's paragraph ("2.1") or a bullet."""
    return _PARAGRAPH_NUMBER.match(word) is not None


def with_capital(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words as they would stand at the start of a line: "priority: High" with a capital."""
    text = words[0].text
    return (msgspec.structs.replace(words[0], text=text[:1].upper() + text[1:]), *words[1:])


def label_of(words: Sequence[Word]) -> Label | None:
    """The label that a line of running text opens with, or None."""
    first = numbered_before(words)
    if words[first].text[0].islower():
        return None
    found = (
        _dated(words)
        or _with_colon(words, first)
        or _with_gap(words, first)
        or _with_dash(words, first)
        or _in_capitals(words, first)
        or _emphasised(words, first)
    )
    if found and found.sure == "sure" and plain(found.name) in form_words().closing_once:
        return msgspec.structs.replace(found, sure="if_repeated")
    return found


def unknown_label(words: Sequence[Word]) -> Label | None:
    """What stands where a label would, in words that name no field: before a colon, in bold, before a gap, on a line of its own."""
    first = numbered_before(words)
    if not words[first].text[0].isupper() or may_number(words[first].text):
        return None
    end = _end_of_unknown(words, first)
    name = " ".join(word.text for word in words[first : end or 0]).rstrip(" :–—-")
    if end is None or not name or any(letter.isdigit() for letter in name) or closes(name):
        return None
    if not words[end - 1].text.endswith(":") and stated_field(name):
        return None  # "ACCEPTED" below its label
    dashed = not words[end - 1].text.endswith(":") and end < len(words) - 1 and words[end].text in _DASHES
    return Label(end + dashed, name, "other", "if_among_labels", parted=end < len(words))


def _end_of_unknown(words: Sequence[Word], first: int) -> int | None:
    """The words of an unknown label, those before it included; None where nothing parts it from what follows."""
    emphasised = True  # from the first word on
    slanted = _slanted(words, first)
    for i in range(first, min(len(words), first + _LONGEST_UNKNOWN)):
        word, after = words[i], words[i + 1] if i + 1 < len(words) else None
        emphasised = emphasised and (word.bold or word.underlined)
        if word.text.endswith((".", ",", ";")):
            return None
        if word.text.endswith((":", "?")) or after is None:
            return i + 1
        if after.box.x0 - word.box.x1 > _WIDE * max(word.box.height, after.box.height):
            return i + 1
        if emphasised and not (after.bold or after.underlined):
            return i + 1
        if i + 1 == slanted:
            return slanted
    return None


def _dated(words: Sequence[Word]) -> Label | None:
    """A day or an emphasised month with a dash or a colon behind it, before what was written then: "11.04.22 – Register in draft"."""
    month = len(words) > 2 and (words[1].text.endswith(":") or words[2].text in _DASHES)
    if not words[0].text[0].isdigit() and not month:
        return None
    day = _DAY.match(" ".join(word.text for word in words[:_LONGEST_DAY]))
    if day is None:
        return None
    end = len(day.group().split())
    named = [word for word in words[:end] if word.text not in _DASHES]
    if words[0].text[0].isalpha() and not all(w.italic or w.bold or w.underlined for w in named):
        return None  # "May 2025: consult the wards" may be a step of a plan
    return Label(end, f"Update {day['day']}", "update", "if_repeated") if end < len(words) else None


def _with_colon(words: Sequence[Word], first: int) -> Label | None:
    for i in range(first, min(len(words), first + LONGEST)):
        if words[i].text.endswith(":") or (words[i].text.endswith("?") and i - first < _LONGEST_QUESTION):
            return _named(words, first, i + 1)
    return None


def _named(words: Sequence[Word], first: int, end: int) -> Label | None:
    name = " ".join(word.text for word in words[first:end]).rstrip(" :")
    found = read_label(name) if not _SENTENCE_INSIDE.search(name) and not _opens_with_state(name) else None
    if found is None or not (may_label(name, found.field) or _is_of_time(name, words[end:])):
        return None
    of_time = _is_of_time(name, words[end:]) if found.field == "owner" else _says_time(words[end:])
    if found.field in _MAY_BE_TIMES and of_time:  # "By: May 2025", "Milestone: May 2025"
        found, name = msgspec.structs.replace(found, field="deadline"), "When"
    bold = all(word.bold or word.underlined for word in words[first:end])
    sure: Sureness = "sure" if bold or found.certainty == "certain" else "if_repeated"
    return Label(end, name, found.field, sure)


def _opens_with_state(name: str) -> bool:
    """Whether the value of a label stands before another: "Complete Lead"."""
    words = name.split()
    return any(
        words[i][0].isupper()  # "Taken forward by" is a label
        and stated_field(" ".join(words[:i]))
        and label_field(" ".join(words[i:]))
        for i in range(1, len(words))
    )


def _is_of_time(name: str, value: Sequence[Word]) -> bool:
    """Whether a label that is none over other words stands before a time: "Target: 31 July 2023"."""
    return plain(name) in form_words().labels_of_times and _says_time(value)


def _says_time(value: Sequence[Word]) -> bool:
    """Whether the words behind a label, up to a bar, say no more than when."""
    value = value[: next((i for i, word in enumerate(value) if word.text.endswith("|")), len(value))]
    if not 0 < len(value) <= _LONGEST_TIME:
        return False
    read = read_deadlines(Passage.plain(" ".join(word.text for word in value)), Anchor())
    return bool(read.values) and not any(problem.code == "deadline-not-read" for problem in read.problems)


def _with_gap(words: Sequence[Word], first: int) -> Label | None:
    """A label whose value stands in a column of its own behind it, without a rule between."""
    for i in range(first + 1, min(len(words), first + _LONGEST_PLAIN + 1)):
        before, word = words[i - 1].box, words[i].box
        if word.x0 - before.x1 > _WIDE * max(before.height, word.height):
            name = " ".join(word.text for word in words[first:i])
            if _is_of_time(name, words[i:]):  # "Target   April 2023"
                return Label(i, "When", "deadline", "if_repeated")
            return _certain(words, first, i, i, "if_repeated")
    return None


def _with_dash(words: Sequence[Word], first: int) -> Label | None:
    for i in range(first + 1, min(len(words), first + _LONGEST_DASHED + 1)):
        if words[i].text in _DASHES:
            if _is_of_time(" ".join(word.text for word in words[first:i]), words[i + 1 :]):
                return Label(i + 1, "When", "deadline", "if_repeated", parted=False)
            if all(word.bold or word.underlined for word in words[first:]) and _says_time(words[i + 1 :]):
                return _certain(words, first, i, len(words), "if_repeated")  # "Formal response – May 2024"
            found = _certain(words, first, i, i + 1, "if_repeated") or _who_dashed(words, first, i)
            return found and msgspec.structs.replace(found, parted=False)
    return None


def _who_dashed(words: Sequence[Word], first: int, dash: int) -> Label | None:
    """A label of who acts, which may be a post's name, before a dash and parties: "Officer – Parks Manager"."""
    name = " ".join(word.text for word in words[first:dash])
    found = read_label(name)
    if found is None or found.field not in _WHO or names_parties(name):  # "Parks Manager – Jane Doe"
        return None
    if not names_parties(" ".join(word.text for word in words[dash + 1 :])):
        return None
    return Label(dash + 1, name, found.field, "if_repeated")


def _in_capitals(words: Sequence[Word], first: int) -> Label | None:
    """Words in capitals up to a stop or a gap, before others: "WHAT REMAINS. Advertise the fund.", "BY WHOM   Parks Manager"."""
    end = first
    while end < len(words) and end - first < LONGEST and words[end].text.upper() == words[end].text:
        end += 1
        if words[end - 1].text.endswith("."):
            more = end < len(words) and words[end].text.upper() != words[end].text
            return _certain(words, first, end, end, "sure") if more and end - first > 1 else None
    if end < len(words) and end > first and _is_set_apart(words[end - 1], words[end]):
        return _certain_in_capitals(words, first, end)
    if end > first and words[end - 1].text.isdigit() and words[first].text.isalpha():
        return _before_figures(words, first, end)
    return None


def _before_figures(words: Sequence[Word], first: int, end: int) -> Label | None:
    """A label in capitals that a gap parts from a figure behind it: "MARK   2 On track"."""
    at = next(i for i in range(first, end) if words[i].text.isdigit())
    if not _is_set_apart(words[at - 1], words[at]):
        return None
    return _certain_in_capitals(words, first, at)


def _is_set_apart(before: Word, word: Word) -> bool:
    """Whether more than the space between words stands before one."""
    return word.box.x0 - before.box.x1 > _APART * max(before.box.height, word.box.height)


def _emphasised(words: Sequence[Word], first: int) -> Label | None:
    """Bold words before plain ones, italic ones before upright ones, or a line that is nothing but the label."""
    end = first
    while end < len(words) and end - first <= LONGEST and (words[end].bold or words[end].underlined):
        end += 1
    if (
        end == first
        and (slanted := _slanted(words, first))
        and (found := _certain(words, first, slanted, slanted, "if_repeated"))
    ):
        return found
    stop = next((i + 1 for i in range(first, end - 1) if words[i].text.endswith(".")), end)
    if stop < end and (found := _certain(words, first, stop, stop, "sure")):
        return found  # "Executive response. Agreed. The work has begun."
    if first < end < len(words):
        return _certain(words, first, end, end, "sure") or _likely(words, first, end, "if_repeated")
    whole = len(words)
    if end == whole and whole - first <= LONGEST:
        sure: Sureness = "heading_unless_repeated"
        return _certain(words, first, whole, whole, sure) or _likely(words, first, whole, sure)
    return (
        _certain(words, first, whole, whole, "heading_unless_repeated")
        if whole - first <= _LONGEST_PLAIN
        else None
    )


def _slanted(words: Sequence[Word], first: int) -> int:
    """Where words in italics end that others follow which are upright; 0 where a line is not so parted."""
    end = next((i for i in range(first, len(words)) if not words[i].italic), 0)
    return end if first < end <= first + LONGEST else 0


def _certain(words: Sequence[Word], first: int, end: int, after: int, sure: Sureness) -> Label | None:
    if not is_certain_label(" ".join(word.text for word in words[first:end])):
        return None
    found = _likely(words, first, end, sure)
    return found and msgspec.structs.replace(found, words=after)


def _certain_in_capitals(words: Sequence[Word], first: int, end: int) -> Label | None:
    """A label of words that are surely known, also of such as may stand in a cell ("OUTSTANDING")."""
    if not is_certain_label(" ".join(word.text for word in words[first:end])):
        return None
    return _likely(words, first, end, "if_repeated", among_cells=True)


def _likely(
    words: Sequence[Word], first: int, end: int, sure: Sureness, among_cells: bool = False
) -> Label | None:
    name = " ".join(word.text for word in words[first:end])
    found = read_label(name) if not _SENTENCE_INSIDE.search(name) else None
    if found is None or not may_label(name, found.field):
        return None
    if stated_field(name) and (not among_cells or _says_time(words[end:])):  # "COMPLETE   May 2024"
        return None
    by_stop = name.endswith(".") and found.field in _WHO  # "Officer. Ada Pym"
    if could_be_cell(name) and not by_stop and not among_cells:
        return None
    if found.field == "decision" and read_decision(Passage.plain(name), column=False):
        return None  # "Agreed in principle, subject to a bid."
    return Label(end, name, found.field, sure, parted=sure != "heading_unless_repeated")
