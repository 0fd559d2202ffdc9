"""What the cells of a column look like: dates, names, states, verdicts, references, prose."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from pipeline.knowledge.language import decisions, progress
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import ContentKind, Look, heading_words

MOST = 0.6  # of the cells that are not empty
LONG = 8  # words on average: prose
BOX = "☐"  # of an option that was not ticked; all options of a decision take more letters
SHORT_CELL = 60  # letters; a longer cell is no date, name or status word
_DECIDES_TOO = frozenset({"noted", "rejected", "not_applicable"})  # words of progress that decide as often
# Words of progress that answer any question.
_ANSWERS = frozenset({"yes", "fully", "in full", "in part", "wholly", "some", "not yet"})
ORDER: tuple[ContentKind, ...] = (
    "recommendation",
    "rag",
    "priority",
    "status",
    "decision",
    "date",
    "reference",
    "owner",
)
NOTHING = re.compile(r"[-–—.]+|n/?a|nil|not applicable|none(?: at present| needed| required)?", re.IGNORECASE)
# Of an action or of its time: as a state, "No further action" says something.
NO_ACTION = re.compile(
    rf"{NOTHING.pattern}|nothing(?: further| outstanding)?"
    r"|no (?:further )?(?:action|commitment|steps?)(?: made| needed| required| proposed| planned)?",
    re.IGNORECASE,
)
FIGURE = re.compile(r"[-+(£$€ ]*\d[\d,.]*\s?(?:%|m|k|bn|million|p|pts?)?\s?\)?|[-–]|n/?a|nil", re.IGNORECASE)


def look_of(cells: Sequence[str]) -> Look:
    """What most of the cells look like: a kind of content, long prose, nothing, or unknown."""
    texts = said_in(cells)
    if not texts:
        return "empty"
    for kind in ORDER:
        if most_are(kind, texts):
            return kind
    return "prose" if sum(len(text.split()) for text in texts) >= LONG * len(texts) else "unknown"


def figures(cells: Sequence[str]) -> float:
    """The share of cells (empty ones left out) that are nothing but a figure: money, a percentage, a count."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    return sum(bool(FIGURE.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0


def said_in(cells: Sequence[str]) -> list[str]:
    """What the cells say, in small letters; those that say nothing left out."""
    texts = (" ".join(cell.lower().split()) for cell in cells)
    return [text for text in texts if text and not NOTHING.fullmatch(text)]


def most_are(kind: ContentKind, texts: Sequence[str]) -> bool:
    """Whether most texts are of a kind; given up at the text that leaves too few."""
    spare = len(texts) - MOST * len(texts)
    others = 0
    for text in texts:
        others += not _is(kind, text)
        if others > spare:
            return False
    return True


def _is(kind: ContentKind, text: str) -> bool:
    if kind != "recommendation" and len(text) > SHORT_CELL and not (kind == "decision" and BOX in text):
        return False
    return _content()[kind].search(text) is not None


@functools.cache
def _content() -> Mapping[ContentKind, re.Pattern[str]]:
    kinds = {kind: list(patterns) for kind, patterns in heading_words().content.items()}
    states = (state for state in progress().states if state.value not in _DECIDES_TOO)
    kinds["status"] += (rf"^(?:{words})\.?$" for state in states for words in (*state.words, *state.likely))
    kinds["status"] += (
        rf"^(?:{words})\.?$"
        for state in progress().column_only
        for words in state.words
        if words not in _ANSWERS and not words.startswith("part")
    )
    kinds["decision"] += (
        rf"^(?:{words})\.?$"
        for decided in decisions().decisions
        if decided.value not in _DECIDES_TOO
        for words in (*decided.words, *decided.column)
    )
    return {kind: together(patterns) for kind, patterns in kinds.items()}
