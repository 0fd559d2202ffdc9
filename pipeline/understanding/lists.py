"""Lists in running text: a paper's lines outside tables cut into paragraphs, and these into pieces."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Line, Word
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import BULLET, folded
from pipeline.understanding.abreast import with_labels_over_values
from pipeline.understanding.label_names import closes
from pipeline.understanding.labels import label_of, numbered_before, with_capital
from pipeline.understanding.pieces import begins, hints
from pipeline.understanding.wrapped_labels import with_labels_whole

_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\d{1,2}(?:\.\d{1,2}){1,2}\.?\s(?=[A-Z])")
_WIDER = 1.15  # times the usual distance of lines, from which on it parts paragraphs
_ANOTHER_SIZE = 0.6  # points
_WIDE = 1.6  # heights of a line between words that no longer belong together
_LEAST_HINTS = 2  # lines of a page and its neighbours that open like a list's
_SHORT: frozenset[Field] = frozenset(
    {"owner", "member", "deadline", "status", "rag", "priority", "assessment"}
)
_BRACKETS = (("(", ")"), ("[", "]"))
_LEAST_LABELS = 3  # lines that open with the same label
_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,2}(?::| [–—-])(?= [A-Z\d])")
_LABEL_AHEAD = 6  # words in which a label behind a wide gap ends


class Look(msgspec.Struct, frozen=True):
    """How the lines of a paper usually stand: base line to base line, and their right edge, in points.

    `labels` are what several lines open with that a colon or a dash parts from more words.
    """

    spacing: float
    right: float
    labels: frozenset[str] = frozenset()


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines in reading order as paragraphs; a line that holds two labels is cut between them."""
    look = look_of(lines)
    open_lines: list[Line] = []
    for whole in with_labels_whole(tuple(with_labels_over_values(lines))):
        closes_bracket = bool(open_lines) and _closes_bracket(open_lines[-1], whole)
        for i, line in enumerate(_parted(whole, _bracket_end(whole) if closes_bracket else 0)):
            if open_lines and not (closes_bracket and i == 0) and _starts(open_lines[-1], line, look):
                yield _opened(open_lines)
                open_lines = []
            open_lines.append(line)
    if open_lines:
        yield _opened(open_lines)


def pages_with_lists(lines: Iterable[Line]) -> frozenset[int]:
    """The pages that a list may stand on: those with lines that hint at one, and their neighbours."""
    hinted = Counter(line.page for line in lines if hints(line))
    return frozenset(
        page + by
        for page, count in hinted.items()
        if count + hinted[page - 1] + hinted[page + 1] >= _LEAST_HINTS
        for by in (-1, 0, 1)
    )


def look_of(lines: Sequence[Line]) -> Look:
    """The usual look of the lines: the closer quarter of their distances, where most of the longest end, labels they repeat."""
    steps = sorted(
        b.box.top - a.box.top
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and 0 < b.box.top - a.box.top < 3 * a.box.height
    )
    ends = sorted(line.box.x1 for line in lines)
    labels = Counter(label for line in lines if (label := _opening_label(line)))
    return Look(
        steps[len(steps) // 4] if steps else 0.0,
        ends[int(0.8 * (len(ends) - 1))] if ends else 0.0,
        frozenset(label for label, count in labels.items() if count >= _LEAST_LABELS),
    )


def _opening_label(line: Line) -> str:
    """What a line opens with up to a colon or a dash ("To:", "Reply –"); "" where it opens with no label."""
    head = _LABEL.match(line.text)
    return head.group() if head else ""


def _opened(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A paragraph opens with its first line and nowhere else, wherever its pages break."""
    return tuple(
        line if line.opens == (i == 0) else msgspec.structs.replace(line, opens=i == 0)
        for i, line in enumerate(lines)
    )


def _bracket_end(line: Line) -> int:
    """How many words of a line go on with what stands in brackets that the line before it has opened."""
    ends = (i for i, word in enumerate(line.words, 1) if any(right in word.text for _, right in _BRACKETS))
    return next(ends, len(line.words))


def _parted(line: Line, kept: int = 0) -> Iterator[Line]:
    """A line cut where a wide gap, a turn to bold or a stop stands before another label ("Lead: Head of Parks. By: May").

    Its first `kept` words belong to the line before it.
    """
    if not any(word.text.endswith(":") for word in line.words[kept or 2 :]) and not any(
        _is_wide(a, b) or _may_part(a, b) for a, b in itertools.pairwise(line.words)
    ):
        yield line
        return
    start, labelled = 0, label_of(line.words) is not None
    for i in range(max(kept, numbered_before(line.words) + 1), len(line.words)):
        before, word = line.words[i - 1], line.words[i]
        wide = _is_wide(before, word)
        ahead = line.words[i : i + _LABEL_AHEAD]
        stop = before.text.endswith("|") or (before.text.endswith((".", ";")) and labelled)
        if not wide and not _may_part(before, word) and not any(w.text.endswith(":") for w in ahead):
            continue
        behind = line.words[i:]
        if before.text.endswith(";") and labelled:
            behind = with_capital(behind)  # "Lead: Clerk; by when: May"
        rest = msgspec.structs.replace(line, words=behind)
        short = labelled and _is_short(line.words[start:i], rest)
        parts = wide or stop or _turns_bold(line, i) or short or i == kept
        if parts and (begins(rest) or (before.text.endswith(";") and label_of(rest.words))):
            yield msgspec.structs.replace(line, words=_without_sign(line.words[start:i]))
            start, line = i, msgspec.structs.replace(line, words=(*line.words[:i], *behind))
    yield msgspec.structs.replace(line, words=line.words[start:]) if start else line


def _is_wide(before: Word, word: Word) -> bool:
    return word.box.x0 - before.box.x1 > _WIDE * max(word.box.height, before.box.height)


def _may_part(before: Word, word: Word) -> bool:
    """Whether a label without a colon may stand behind a word: one in bold behind a stop, one with a dash behind ";"."""
    capitals = len(word.text) > 1 and word.text.isupper() and not before.text.isupper()
    turns = (word.bold and not before.bold) or capitals
    return word.text[:1].isupper() and (
        before.text.endswith(";") or (turns and before.text.endswith((".", "|")))
    )


def _without_sign(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words before the sign that parts them from the next label."""
    return tuple(words[:-1] if len(words) > 1 and words[-1].text == "|" else words)


def _closes_bracket(before: Line, line: Line) -> bool:
    """Whether a line goes on with what stands in brackets that the line before it has opened."""
    if line.page != before.page:
        return False
    opened = (before.text.count(left) - before.text.count(right) for left, right in _BRACKETS)
    closed = (line.text.count(right) - line.text.count(left) for left, right in _BRACKETS)
    return any(0 < o <= c for o, c in zip(opened, closed, strict=True))


def _is_short(words: Sequence[Word], rest: Line) -> bool:
    """Whether words are a label with who or when behind it, and another such label follows: "Officer: Clerk Date: May"."""
    label, following = label_of(words), label_of(rest.words)
    return (
        label is not None
        and following is not None
        and (label.field in _SHORT or label.field == "action")
        and following.field in _SHORT
        and label.field != following.field
        and len(words) > label.words
        and rest.words[0].text[:1].isupper()
        and not any(label_of(rest.words[i:]) for i in range(1, following.words))  # "Officer Timescale:"
    )


def _turns_bold(line: Line, at: int) -> bool:
    return line.words[at].bold and not line.words[at - 1].bold


def _starts(before: Line, line: Line, look: Look) -> bool:
    if begins(line) or closes(line.text) or closes(before.text) or _opening_label(line) in look.labels:
        return True
    if label_of(line.words) is not None and _is_short_value(before):
        return True
    text = folded(line.text)
    if _goes_on(text):
        return _is_label_alone(before) and _looks_other(before, line, ended=False)
    ended = bool(_ENDED.search(before.text)) or _is_item(folded(before.text))
    if _is_item(text) or _looks_other(before, line, ended) or (ended and label_of(line.words)):
        return True
    if before.page != line.page:
        return ended or _fitted(before, line, look)
    step = line.box.top - before.box.top
    return line.opens or step > _WIDER * look.spacing or (ended and _fitted(before, line, look))


def _is_short_value(line: Line) -> bool:
    """Whether a line is a label with who or when behind it, so that another label begins a paragraph."""
    label = label_of(line.words)
    return label is not None and label.field in _SHORT and label.words < len(line.words)


def _goes_on(text: str) -> bool:
    return text[0].islower() and not _is_item(text)


def _is_label_alone(line: Line) -> bool:
    """Whether a line says nothing but a label, over its value: "Due" over "n/a"."""
    label = label_of(line.words)
    return label is not None and label.words == len(line.words)


def _is_item(text: str) -> bool:
    return bool(BULLET.match(text) or _ENUMERATED.match(text))


def _looks_other(before: Line, line: Line, ended: bool) -> bool:
    if abs(before.words[0].size - line.words[0].size) > _ANOTHER_SIZE:
        return True
    if all(word.bold for word in before.words) and not line.words[0].bold:
        return True
    if all(word.bold for word in line.words) and not before.words[-1].bold:
        return True
    turns = _all_italic(before) != _all_italic(line) and not (_any_italic(before) and _any_italic(line))
    if turns and (ended or _is_label_alone(before) or before.words[-1].text.endswith((")", "]"))):
        return True
    return ended and line.words[0].bold and not before.words[-1].bold


def _all_italic(line: Line) -> bool:
    return all(word.italic for word in line.words)


def _any_italic(line: Line) -> bool:
    return any(word.italic for word in line.words)


def _fitted(before: Line, line: Line, look: Look) -> bool:
    """Whether the first word of a line would have had room at the end of the one before it."""
    first = line.words[0].box
    return before.box.x1 + 0.3 * first.height + first.width < look.right
