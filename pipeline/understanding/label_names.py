"""Which words are a label's, wherever they stand: the field that they name, and how surely."""

from __future__ import annotations

import functools
import re

from pipeline.headings import Column, read_heading
from pipeline.headings.columns import is_certain
from pipeline.headings.words import could_be_cell, plain, squeezed
from pipeline.knowledge.forms import form_words
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.numbering import opening_code

LONGEST = 9  # words of a label in running text
_LONGEST_CELL = 12
_NOTE_BEHIND = re.compile(r":\s*\([^()]*\)$")  # "Assessment of Progress: (with reasons if required)"
_INSTRUCTION = re.compile(
    r"\s*\((?:please|tick|if|where|delete|give|leave|to be|for (?:office|official|the)|e\.?g)\b[^()]*\)$",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"(?:(?:part|section|step|box|stage) (?:[a-z]|\d{1,2}|[ivx]{1,4})[.:)]?|\d{1,2}[.)])\s+(?:[–—-]\s+)?(?=\S)",
    re.IGNORECASE,
)


def label_cell(printed: str) -> Field | None:
    """The field that the left cell of a form names; None where its words are no known label."""
    text = _NOTE_BEHIND.sub(":", " ".join(printed.split()))
    bare = text.rstrip(" :?") or text
    found = read_label(bare) if ":" not in bare else None
    told = _INSTRUCTION.search(bare)  # "Comments (please give reasons if not accepted)"
    if found is None and told:
        found = read_label(bare[: told.start()].rstrip(" :?"))
    if found is None or (could_be_cell(text) and not text.endswith((":", "?"))):
        return None
    return found.field


def label_field(name: str) -> Field | None:
    """The field that words with a colon behind them surely name; None where they are no label."""
    found = read_label(name.strip())
    sure = found is not None and found.certainty == "certain" and may_label(name, found.field)
    return found.field if found and sure else None


def repeated_field(name: str) -> Field:
    """The field of a label that a paper repeats among others, also of words that are a value elsewhere ("Officer"); "other" where it is not known."""
    found = read_label(name)
    return found.field if found and found.field in form_words().in_text else "other"


def closes(text: str) -> bool:
    """Whether words are a label or a heading behind which nothing belongs to a recommendation."""
    return not text[:1].islower() and text.count(" ") <= LONGEST and _closes(text)


def may_number(first: str) -> bool:
    """Whether a word can be the first of a reference that is named: "Recommendation", "Rec.", "R1"."""
    return _opening_word().match(first) is not None


@functools.lru_cache(maxsize=4096)
def read_label(name: str) -> Column | None:
    """A label read as a heading; None where it is not known. One that only a stage parts from a known one is as sure."""
    part = _PART_BEFORE.match(name)
    if opening_code(name):  # "OSC 26/01 High priority"
        return None
    if not 0 < len(name.split()) <= _LONGEST_CELL or not (name[0].isalpha() or part):
        return None
    column = read_heading(name)
    sure = column is not None and column.certainty == "certain"
    if part and not sure:  # "Part B Cabinet's decision", "2. Response"
        column = read_heading(name[part.end() :]) or column
    return None if column is None or column.certainty == "unsure" or column.field == "other" else column


@functools.lru_cache(maxsize=4096)
def is_certain_label(name: str) -> bool:
    """Whether words are surely known as a heading, which is quicker told than what they name."""
    return 0 < name.count(" ") + 1 <= _LONGEST_CELL and name[0].isalpha() and is_certain(name)


def may_label(name: str, field: Field) -> bool:
    """Whether words that name a field may do so within text, and are not such as stand there for themselves."""
    return field in form_words().in_text and squeezed(plain(name)) not in _not_labels() and not closes(name)


@functools.lru_cache(maxsize=4096)
def _closes(text: str) -> bool:
    return _closing().search(plain(text)) is not None


@functools.cache
def _closing() -> re.Pattern[str]:
    return together(form_words().closing)


@functools.cache
def _opening_word() -> re.Pattern[str]:
    first = sorted({phrase.split()[0] for phrase in form_words().opening_words})
    return re.compile(rf"(?:{'|'.join(first)})s?(?![A-Za-z])", re.IGNORECASE)


@functools.cache
def _not_labels() -> frozenset[str]:
    return frozenset(squeezed(plain(word)) for word in form_words().not_labels)
