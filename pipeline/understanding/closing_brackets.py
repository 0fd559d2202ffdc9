"""Who acts, when, and what was decided, said in a few words without labels, become labels with values.

In brackets that close a paragraph ("(Head of Parks – July 2024)"), or on a line of its own ("Accepted · Under way").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from extract.shapes import Line, Word
from pipeline.headings import NO_ACTION
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import BULLET, folded
from pipeline.nlp.dates.years import Anchor
from pipeline.nlp.deadlines import read_deadlines
from pipeline.nlp.lead_sentences import lead_opening
from pipeline.nlp.numbering import find_numbered
from pipeline.passages import Passage
from pipeline.understanding.labels import label_of, numbered_before, with_capital
from pipeline.understanding.pieces import PROSE, Piece
from pipeline.understanding.stated_values import names_parties, stated_field, stated_progress

_LONGEST = 28  # words in the brackets
_PARTS = re.compile(r"[;|]$|^[–—|·•/-]$")  # a word that ends, or is, what parts who from when
_SIGNS = frozenset("–—|·•-")  # that part a line of its own
_BEHIND_NUMBERS = frozenset({"rag", "status", "decision", "priority"})
_LEAST = 2  # such brackets in a paper, and parts in each
_MOSTLY_TIME = 0.4  # of a part: what a day is for may stand beside it
_ALL_TIME = 0.8
# Bodies that meet: the day beside one is its meeting's.
_MEET = frozenset({"cabinet", "commission", "committee", "council", "panel"})
_DUE = re.compile(
    r"(?:(?:and|which|who) )?(?:(?:is|are|will be) )?(?:due|expected|planned|intended|to be|will)(?: to be)?"
    r"(?: (?:finished|completed?|done|delivered|in place|implemented|concluded))?\s",
    re.IGNORECASE,
)
_INITIAL = 2  # letters of a word that a stop only abbreviates: "J."
_PRIORITY = re.compile(r"[(\[](?P<priority>[A-Za-z]+|\d) priority[)\]]\.?", re.IGNORECASE)
_PRIORITY_BEHIND = re.compile(r"(?P<level>very high|high|medium|low|urgent) priority", re.IGNORECASE)
_LEAST_TEXT = 4  # words
_ENDS = (".", "]", ")")
_OPENING, _CLOSING = re.compile(r"[(\[]"), re.compile(r"[)\]]")
_WIDE = 3.0  # heights of a line before what stands at its right end
_LONGEST_PLAIN = 12  # words of a line of nothing but who and when
_LONGEST_OPENING = 12  # words in which it is told that somebody leads
_LONGEST_STATE = 4  # words behind a number
_NAMES: Mapping[Field, str] = {
    "rag": "RAG",
    "decision": "Decision",
    "owner": "Lead",
    "deadline": "When",
    "status": "Status",
    "priority": "Priority",
}


def with_brackets_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, those that close with who and when in brackets cut before them, where the paper does so more than once."""
    cut = {
        i: parted
        for i, piece in enumerate(pieces)
        if (
            parted := _parted(piece)
            or _on_own_line(piece)
            or _behind_number(piece)
            or _led_by(piece)
            or _behind_gap(piece)
            or _closing_state(piece)
            or _priority(piece)
            or _closing_label(piece)
            or _verdict(piece)
            or _who_and_when(piece)
        )
    }
    if len(cut) < _LEAST:
        return tuple(pieces)
    cut |= {
        i: parted for i, piece in enumerate(pieces) if i not in cut and (parted := _parted(piece, least=1))
    }
    return tuple(part for i, piece in enumerate(pieces) for part in cut.get(i, (piece,)))


def _parted(piece: Piece, least: int = _LEAST) -> tuple[Piece, ...]:
    """What stands before the brackets, the owners, the time and the state; () where a piece closes with no such brackets.

    In a paper of such brackets those that name nobody but who acts count too, with one part at `least`.
    """
    words = [word for line in piece.lines for word in line.words]
    if piece.source != PROSE or not words or not words[-1].text.rstrip(".").endswith((")", "]")):
        return ()
    start = _opening(words)
    if start is None or len(words) - start > _LONGEST:
        return ()
    parts = [_named(piece, part) for part in _parts(_without_action(_bare(words[start:])))]
    told = [part for part in parts if part]
    if len(told) < max(least, len(parts)) or not any(part.field == "owner" for part in told):
        return ()
    before = tuple(_lines_of(piece.lines, words[:start]))
    kept = (_as_action(msgspec.structs.replace(piece, lines=before)),) if before or piece.label else ()
    return (*kept, *told)


def _without_action(words: list[Word]) -> list[Word]:
    """What stands in brackets behind the word that says why: "[Action: Clerk, by May]"."""
    label = label_of(with_capital(words)) if words else None
    return words[label.words :] if label and label.field == "action" and label.words < len(words) else words


def _priority(piece: Piece) -> tuple[Piece, ...]:
    """A paragraph and the priority that closes it in brackets ("(High priority)"), each a piece; () where none does."""
    words = [word for line in piece.lines for word in line.words]
    if piece.source != PROSE or piece.label or len(words) < _LEAST_TEXT:
        return ()
    closing = _PRIORITY.fullmatch(" ".join(word.text for word in words[-2:]))
    if closing is None:
        return ()
    said = msgspec.structs.replace(words[-2], text=closing["priority"])
    before = tuple(_lines_of(piece.lines, words[:-2]))
    line = next(line for line in piece.lines if any(word.box == said.box for word in line.words))
    value = msgspec.structs.replace(line, words=(said,))
    rated = Piece((value,), piece.source, name="Priority", field="priority", cells=piece.cells)
    return (msgspec.structs.replace(piece, lines=before), rated)


def _closing_label(piece: Piece) -> tuple[Piece, ...]:
    """A paragraph, the decision in brackets behind it, and the short label that closes it ("... [agreed] Priority: High"), each a piece; () where none does."""
    words = [word for line in piece.lines for word in line.words]
    if piece.source != PROSE or piece.label or piece.field:
        return ()
    for at in range(len(words) - 2, max(_LEAST_TEXT - 1, len(words) - _LONGEST_STATE - 2), -1):
        label = label_of(words[at:]) if words[at - 1].text.endswith(_ENDS) else None
        closes = label is not None and words[at + label.words - 1].text.endswith(":")
        if label and closes and label.field in _BEHIND_NUMBERS and (value := _named(piece, words[at:])):
            before = msgspec.structs.replace(piece, lines=tuple(_lines_of(piece.lines, words[:at])))
            return (*(_verdict(before) or (before,)), value)
    return ()


def _verdict(piece: Piece) -> tuple[Piece, ...]:
    """A paragraph and the decision that closes it in brackets ("(Agreed in part)"), or a title and its state ("[IN PROGRESS]"), each a piece; () where none does."""
    words = [word for line in piece.lines for word in line.words]
    if (
        piece.source != PROSE
        or piece.field
        or not words
        or not words[-1].text.rstrip(".").endswith((")", "]"))
    ):
        return ()
    at = _opening(words)
    if not at or len(words) - at > _LONGEST_STATE or at < _LEAST_TEXT:
        return ()
    said = _bare(words[at:])
    field = stated_field(_text(said))
    found = piece.number() if field and field != "decision" else None
    if field is None or (field != "decision" and not (found and found.labelled and len(piece.lines) == 1)):
        return ()
    before, value = tuple(_lines_of(piece.lines, words[:at])), tuple(_lines_of(piece.lines, said))
    stated = Piece(value, piece.source, name=_NAMES[field], field=field, cells=piece.cells)
    return (msgspec.structs.replace(piece, lines=before), stated)


def _who_and_when(piece: Piece) -> tuple[Piece, ...]:
    """The parts of a line of its own that says who acts and, behind a comma, by when, whatever its letters: "B Conroy, 31 May 2022"."""
    alone = piece.sure == "heading_unless_repeated" and not piece.lines  # "Parks Manager, April 2022"
    lines = piece.label if alone else piece.lines if not piece.field and not piece.label else ()
    words = lines[0].words if len(lines) == 1 else ()
    if piece.source != PROSE or not _LEAST <= len(words) <= _LONGEST_PLAIN:
        return ()
    commas = [i for i, word in enumerate(words[:-1], start=1) if word.text.endswith(",")]
    behind = (at for at in commas if _is_time(words[at:], _ALL_TIME) and names_parties(_text(words[:at])))
    at = next(behind, None)
    if at and words[at - 1].text.rstrip(",").lower() in _MEET:
        return ()  # "Overview Committee, 12 March 2024" is a meeting
    told: dict[Field, Sequence[Word]] = {"owner": words[:at], "deadline": words[at:]} if at else {}
    return tuple(
        Piece(tuple(_lines_of(lines, part)), piece.source, name=_NAMES[field], field=field)
        for field, part in told.items()
    )


def _as_action(piece: Piece) -> Piece:
    """A paragraph with a bullet that has closed with who acts and when is what they are to do."""
    if piece.field or not piece.lines or not BULLET.match(folded(piece.text)):
        return piece
    return msgspec.structs.replace(piece, name="Action", field="action")


def _on_own_line(piece: Piece) -> tuple[Piece, ...]:
    """The parts of a line that says nothing but who, when or what was decided; () where a piece is no such line."""
    words = [word for line in piece.lines for word in line.words]
    if piece.source != PROSE or piece.field or piece.label or len(piece.lines) > 1 or len(words) > _LONGEST:
        return ()
    if piece.heading or all(word.bold for word in words):
        return ()
    if not any(word.text in _SIGNS for word in words):
        return ()
    parts = [_named(piece, part) for part in _parts(words)]
    told = [part for part in parts if part]
    return tuple(told) if _LEAST <= len(told) == len(parts) else ()


def _led_by(piece: Piece) -> tuple[Piece, ...]:
    """The parts of a paragraph that says nothing but who leads and by when: "Led by Head of Parks (target: May 2024)  On track"."""
    words = [word for line in piece.lines for word in line.words]
    if piece.source != PROSE or piece.field or piece.label or piece.heading or not 0 < len(words) <= _LONGEST:
        return ()
    first = numbered_before(words)
    opening = lead_opening(" ".join(word.text for word in words[first : first + _LONGEST_OPENING]))
    if not opening or first + opening >= len(words):
        return ()
    rest = words[first + opening :]
    gap = next((i for i, (a, b) in enumerate(pairwise(rest), start=1) if _is_wide(a, b)), len(rest))
    rest, behind = rest[:gap], rest[gap:]
    at = _opening(rest) if rest[-1].text.rstrip(".").endswith((")", "]")) else None
    parts = [*_parts(rest[:at]), *(_parts(_bare(rest[at:])) if at else ()), *([behind] if behind else ())]
    if len(parts) == 1 and (due := _due_in(rest)):
        parts = [rest[:due], rest[due:]]
    told = [part for words in parts if (part := _named(piece, words))]
    if len(told) < len(parts) or told[0].field != "owner":
        return ()
    label = tuple(_lines_of(piece.lines, words[: first + opening]))
    return (msgspec.structs.replace(told[0], label=label), *told[1:])


def _due_in(words: Sequence[Word]) -> int:
    """Where a sentence goes on from who leads to by when: "... the Head of Parks and is due to be finished by May"; 0 where it does not."""
    for i in range(1, len(words)):
        due = _DUE.match(" ".join(word.text for word in words[i:]))
        if due and _is_time(words[i + len(due.group().split()) :]) and names_parties(_text(words[:i])):
            return i
    return 0


def _closing_state(piece: Piece) -> tuple[Piece, ...]:
    """Who or when and the state that its last sentence is, each a piece: "Who: Clerk, by May. Still open."."""
    if piece.source != PROSE or piece.field not in ("owner", "deadline") or not piece.lines:
        return ()
    words = [word for line in piece.lines for word in line.words]
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i - 1].text.endswith(".")), 0)
    if not at or len(words) - at > _LONGEST_STATE or stated_progress(_text(words[at:])) != "status":
        return ()
    before, state = tuple(_lines_of(piece.lines, words[:at])), tuple(_lines_of(piece.lines, words[at:]))
    said = Piece(state, piece.source, name=_NAMES["status"], field="status", cells=piece.cells)
    return (msgspec.structs.replace(piece, lines=before), said)


def _is_wide(before: Word, word: Word) -> bool:
    return word.box.x0 - before.box.x1 > _WIDE * max(before.box.height, word.box.height)


def _behind_number(piece: Piece) -> tuple[Piece, ...]:
    """A named number and the state or rating behind it ("Recommendation 3 (RED)"), each a piece; () where none stands there."""
    found = piece.number() if piece.lines and not piece.label and not piece.field else None
    if found is None or not found.labelled:
        return ()
    first = piece.lines[0]
    number = next((n for n in range(1, len(first.words)) if _is_number(first.words[:n])), 0)
    behind = list(first.words[number:])
    if not number or not behind:
        return ()
    if behind[0].text[0] in "([":
        end = next((i for i, word in enumerate(behind) if word.text.rstrip(":.").endswith((")", "]"))), None)
        said = _bare([*behind[:end], _without_stop(behind[end])]) if end is not None else []
        rest = behind[(end or 0) + 1 :]
    else:
        said, rest = [word for word in behind if word.text not in _SIGNS], []
    stated = _named(piece, said) if 0 < len(said) <= _LONGEST_STATE else None
    if stated is None or stated.field not in _BEHIND_NUMBERS:
        return ()
    lines = [msgspec.structs.replace(first, words=first.words[:number])]
    lines += [msgspec.structs.replace(first, words=tuple(rest), opens=True)] if rest else []
    return (msgspec.structs.replace(piece, lines=(*lines, *piece.lines[1:])), stated)


def _behind_gap(piece: Piece) -> tuple[Piece, ...]:
    """A title, or who or when, and the state at the right end of its line, each a piece; () where none stands there."""
    titled = piece.lines and piece.field in (None, "owner", "deadline")
    words = piece.lines[0].words if titled else ()
    gaps = [i for i, (a, b) in enumerate(pairwise(words), start=1) if _is_wide(a, b)]
    at = gaps[-1] if gaps else len(words)
    stated = _stated(piece, words[at:]) if 0 < len(words) - at <= _LONGEST_STATE else None
    if stated is None:
        return ()
    title = msgspec.structs.replace(piece.lines[0], words=words[:at])
    return (msgspec.structs.replace(piece, lines=(title, *piece.lines[1:])), stated)


def _stated(piece: Piece, words: Sequence[Word]) -> Piece | None:
    """What words behind a gap state; "On-going" is a state there and no time."""
    field = stated_field(_text(words))
    if field is None and (priority := _PRIORITY_BEHIND.fullmatch(_text(words))):
        field, words = "priority", words[: len(priority["level"].split())]
    lines = tuple(_lines_of(piece.lines, words))
    return field and Piece(lines, piece.source, name=_NAMES[field], field=field, cells=piece.cells)


def _is_number(words: Sequence[Word]) -> bool:
    text = folded(" ".join(word.text for word in words))
    found = find_numbered(text)
    return found is not None and found.labelled and found.after >= len(text)


def _without_stop(word: Word) -> Word:
    return msgspec.structs.replace(word, text=word.text.rstrip(":."))


def _opening(words: Sequence[Word]) -> int | None:
    """The word at which the brackets open that the last word closes."""
    depth = 0
    for i in range(len(words) - 1, -1, -1):
        depth += len(_CLOSING.findall(words[i].text)) - len(_OPENING.findall(words[i].text))
        if depth <= 0:
            return i if words[i].text[0] in "([" else None
    return None


def _bare(words: Sequence[Word]) -> list[Word]:
    """The words without the brackets around them."""
    out = list(words)
    out[0] = msgspec.structs.replace(out[0], text=out[0].text[1:])
    out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(".")[:-1])
    return [word for word in out if word.text]


def _parts(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The words between the signs that part them; a comma parts the time from all before it."""
    if not any(_PARTS.search(word.text) for word in words):
        commas = [i + 1 for i, word in enumerate(words[:-1]) if word.text.endswith(",")]
        if at := next((at for at in commas if _is_time(words[at:])), None):
            yield from (words[:at], words[at:])
            return
    start = 0
    for i, word in enumerate(words):
        after = words[i + 1].text[:1] if i + 1 < len(words) else ""
        if _PARTS.search(word.text) or (
            word.text.endswith(".") and after.isupper() and len(word.text) > _INITIAL
        ):
            end = i if len(word.text) == 1 else i + 1
            if start < end:
                yield (
                    *words[start : end - 1],
                    msgspec.structs.replace(words[end - 1], text=words[end - 1].text.rstrip(".;|")),
                )
            start = i + 1
    if start < len(words):
        yield words[start:]


def _named(piece: Piece, words: Sequence[Word]) -> Piece | None:
    """A part with its own label, or with the one for what it says; None where it says neither who, when nor how far."""
    label = label_of(with_capital(words))
    if label and label.words < len(words):
        named = tuple(_lines_of(piece.lines, words[: label.words]))
        value = tuple(_lines_of(piece.lines, words[label.words :]))
        return Piece(value, piece.source, named, label.name, label.field, cells=piece.cells)
    stated = stated_field(_text(words))
    field: Field | None = (
        stated
        if stated in ("rag", "decision")
        else "deadline"
        if _is_time(words)
        else "owner"
        if names_parties(_text(words))
        else stated
    )
    lines = tuple(_lines_of(piece.lines, words))
    return field and Piece(lines, piece.source, name=_NAMES[field], field=field, cells=piece.cells)


def _is_time(words: Sequence[Word], least: float = _MOSTLY_TIME) -> bool:
    text = _text(words)
    read = read_deadlines(Passage.plain(text), Anchor())
    if NO_ACTION.fullmatch(text):
        return True
    to_come = not stated_field(text)  # "TBC", and not "Done"
    told = sum(len(one.words) for one in read.values if one.kind != "none" or (to_come and one.words == text))
    unread = any(problem.code == "deadline-not-read" for problem in read.problems)
    return told >= least * len(text) and not unread


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).strip(" ;|.,")


def _lines_of(lines: Sequence[Line], words: Sequence[Word]) -> Iterator[Line]:
    """The lines that some of their words make, in order; a word is known by its place."""
    places = {(word.page, word.box): word for word in words}
    for line in lines:
        kept = tuple(places[word.page, word.box] for word in line.words if (word.page, word.box) in places)
        if kept:
            yield msgspec.structs.replace(line, words=kept)
