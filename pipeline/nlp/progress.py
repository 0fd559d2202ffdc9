"""Reads how far a recommendation has come, from words that state it: "Completed", "On-going", "75% complete"."""

from __future__ import annotations

import functools
import re

import msgspec

from pipeline.knowledge.language import progress
from pipeline.nlp.choices import chosen
from pipeline.nlp.clean import after_bullet, folded
from pipeline.nlp.ratings import Key, colour_lead
from pipeline.passages import Passage
from pipeline.records import Certainty, Stated

_LABEL = re.compile(
    r"(?:(?:current|new|progress|overall)\s+)?(?:status|progress|position|rag)\s*(?::|\s-)\s*", re.IGNORECASE
)
# A stop behind the word: an end, punctuation, a bracket, a dash.
_STOP = re.compile(r"\s*(?:$|\n|[.;:,()/!]|-\s|\s-)")
_DASH = re.compile(r"\s+-\s")
_PER_CENT = re.compile(
    r"(?:approximately |about |circa )?(?P<share>\d{1,3}) ?(?:%|per cent|percent)(?: (?:complete[d]?|done|achieved|implemented|delivered|progress))?(?P<stop>\W|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<number>[1-9])\s*$")
_LONGEST_STATUS = 40  # letters of a status with words of its own behind ("Completed March 2024")
_FURTHER = re.compile(r"\s*[,:]\s*|\s+-+\s+")
_FEW_WORDS = 5
_DENIED = re.compile(
    r"\b(?:not|no|to be|until|when|once|if|by|will|unless|never|is|was|half|part|partly|largely|mostly|nearly|almost)\b",
    re.IGNORECASE,
)


class _State(msgspec.Struct, frozen=True):
    """A state at the letters `start` to `end`."""

    value: str
    start: int
    end: int
    certainty: Certainty = "certain"


def read_progress(cell: Passage, column: bool, key: Key | None = None) -> Stated | None:
    """The state that a cell states; None where it states none.

    In a `column` of statuses the cell opens with the state; elsewhere only a state with a stop behind it counts
    ("Ongoing. Staff ..."), never one inside prose. `key` is the paper's own key of numbers and words, by which a
    bare "3" or "Closed" is told.
    """
    text = folded(cell.text)
    if column and (ticked := chosen(text)):
        return read_progress(cell.part(*ticked), column, key)
    start = after_bullet(text)
    label = _LABEL.match(text, start)
    start = label.end() if label else start
    found = (
        _by_key(text, start, key)
        or _per_cent(text, start, column)
        or _by_words(text, start, column)
        or _by_line(cell, text, start)
    )
    if not found and column:
        lead = colour_lead(text, start)
        found = _by_words(text, lead, column) if lead > start else _at_end(text, start)
    return _stated(cell, found) if found else None


def _stated(cell: Passage, found: _State) -> Stated:
    words = cell.text[found.start : found.end].strip()
    return Stated(found.value, words, "", found.certainty, cell.evidence(found.start, found.end))


@functools.cache
def _words(column: bool) -> tuple[tuple[str, Certainty, re.Pattern[str]], ...]:
    """(value, certainty, pattern) of every wording, states of columns only where asked."""
    known = progress()
    states = (*known.states, *(known.column_only if column else ()))
    out = list[tuple[str, Certainty, re.Pattern[str]]]()
    grades: tuple[Certainty, Certainty] = ("certain", "likely")
    for state in states:
        for certainty, words in zip(grades, (state.words, state.likely), strict=True):
            if words:
                out.append(
                    (
                        state.value,
                        certainty,
                        re.compile(
                            rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![\w'])", re.IGNORECASE
                        ),
                    )
                )
    return tuple(out)


@functools.cache
def _any_wording(column: bool) -> re.Pattern[str]:
    """All wordings at once: most texts open with none, which this tells in one look."""
    return re.compile("|".join(pattern.pattern for _, _, pattern in _words(column)), re.IGNORECASE)


def _by_words(text: str, start: int, column: bool) -> _State | None:
    """The longest wording that the text opens with, where it can be a statement."""
    scale = _scale().match(text, start)
    at = scale.end() if scale else start
    if not _any_wording(column).match(text, at):
        return None
    best: _State | None = None
    for value, certainty, pattern in _words(column):
        match = pattern.match(text, at)
        if match and (best is None or match.end() > best.end) and not _opens_sentence(text, match):
            best = _State(value, start, match.end(), certainty)
    if best is None:
        return None
    further = _FURTHER.match(text, best.end) if text[start : best.end].lower() in ("yes", "no") else None
    if further and (said := _by_words(text, further.end(), column=True)):  # "No - no progress to date"
        return msgspec.structs.replace(said, start=start)
    return _sure(text, best, column)


def _by_line(cell: Passage, text: str, start: int) -> _State | None:
    """A state that is the whole first line, with a new sentence on the next: "Recommended for closure", "Note sent."."""
    end = cell.first_line_end
    if not end or not text[end:].lstrip()[:1].isupper():
        return None
    state = _by_words(text[:end], start, column=False)
    sure = state and state.certainty == "certain"  # the capital may be a name's that the line only broke
    return msgspec.structs.replace(state, certainty="likely") if state and sure else state


def _at_end(text: str, start: int) -> _State | None:
    """A state at the end of a status of a few words: "Review complete", "Work on-going"."""
    words = list(re.finditer(r"\S+", text[start:]))
    if len(words) > _FEW_WORDS or _DENIED.search(text, start):
        return None
    for word in words[1:]:
        state = _by_words(text, start + word.start(), column=False)
        if state and state.certainty == "certain" and not text[state.end :].strip(" ."):
            return msgspec.structs.replace(state, certainty="likely")
    return None


def _opens_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether "No" or "Yes" is the first word of a sentence and no answer: "No lamps have come"."""
    return match.group().lower() in ("no", "yes") and not _STOP.match(text, match.end())


@functools.cache
def _scale() -> re.Pattern[str]:
    return re.compile("|".join(scale.pattern for scale in progress().scales), re.IGNORECASE)


def _sure(text: str, state: _State, column: bool) -> _State | None:
    stop = bool(_STOP.match(text, state.end))
    if column:
        short = len(text) <= _LONGEST_STATUS
        return state if stop or short else msgspec.structs.replace(state, certainty="unsure")
    alone = not text[state.end :].strip(" .")
    dashed = _DASH.match(text, state.end) is not None  # "Open – the first return is due in August"
    return state if alone or (stop and state.certainty == "certain") or dashed else None


def _per_cent(text: str, start: int, column: bool) -> _State | None:
    match = _PER_CENT.match(text, start)
    if not match or int(match["share"]) > 100:
        return None
    said = match.end() - match.start() > len(match["share"]) + 3
    if not column and not said:
        return None
    share = int(match["share"])
    value = "complete" if share == 100 else "in_progress" if share else "not_started"
    return _State(value, start, match.start("stop"), "certain" if said else "likely")


def _by_key(text: str, start: int, key: Key | None) -> _State | None:
    """A bare number, or the word "closed", by the meaning that the paper's key gives it."""
    if not key:
        return None
    number = _NUMBER.fullmatch(text, start)
    if number:
        meaning = key.meaning(number["number"])
        state = _by_words(folded(meaning), 0, column=True) if meaning else None
        return _State(state.value, start, number.end("number"), state.certainty) if state else None
    return _closed(text, start, key)


def _closed(text: str, start: int, key: Key) -> _State | None:
    meaning = (key.meaning("closed") or "").lower()
    if not meaning or not re.match(r"closed\b", text[start:], re.IGNORECASE):
        return None
    for value in ("superseded", "complete"):
        if any(word in meaning for word in progress().closed_means[value]):
            return _State(value, start, start + len("closed"))
    return None
