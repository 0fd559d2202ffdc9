"""A recommendation with one more of its pieces: more of its text, an answer, more of a label's value, or loose text."""

from __future__ import annotations

import re

import msgspec

from pipeline.knowledge.forms import form_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.choices import is_choice
from pipeline.nlp.clean import BULLET, folded
from pipeline.nlp.numbering import find_numbered
from pipeline.nlp.patterns import MONTH, asks, strong_opener
from pipeline.understanding.entry import Entry, as_answer, is_bare, is_title, with_number
from pipeline.understanding.labels import is_paragraph_number, numbered_before
from pipeline.understanding.pieces import PROSE, Piece
from pipeline.understanding.verdicts import states_decision

_ACTIONS: frozenset[Field] = frozenset({"action", "response_action"})
_NEAR = 0.8  # heights of a line of white space
_SAME_EDGE = 2.0  # points
_DAY = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH} (?:19|20)\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d",
    re.IGNORECASE,
)
_LONGEST_PARTY = 8  # words


def with_piece(entry: Entry, piece: Piece, said: Field | None) -> Entry:
    """An entry with one more piece, where it belongs to it."""
    if piece.heading and piece.source != PROSE:  # only parts the labels of a form
        return entry
    if piece.field == "recommendation" and all(map(is_bare, entry.opening)):
        opening = (*map(with_number, entry.opening), piece)
        return msgspec.structs.replace(entry, opening=opening, in_text=bool(entry.beside))
    if piece.field:
        return msgspec.structs.replace(entry, beside=(*entry.beside, piece), in_text=False)
    if entry.in_text:
        return msgspec.structs.replace(entry, opening=(*entry.opening, piece))
    if not entry.beside or awaits_text(entry):
        return _with_text(entry, piece, said)
    return _with_bullets(entry, piece) or _with_more(entry, piece)


def _with_more(entry: Entry, piece: Piece) -> Entry:
    """An entry with what has no label behind its last label: more of its value, a reply to its decision, or loose text."""
    last = entry.beside[-1]
    if last.field == "decision" and not piece.label and (piece.source == PROSE or is_choice(last.text)):
        return msgspec.structs.replace(entry, beside=(*entry.beside, as_answer(piece, "response")))
    goes_on = piece.source == last.source and (
        piece.source != PROSE
        or not last.lines
        or last.field in form_words().prose
        or _lists_on(last, piece)
        or _counts_on(last, piece)
    )
    if (
        goes_on and last.label and _DAY.fullmatch(last.text)
    ):  # "Cabinet response | 14 November 2022" over its text
        last = msgspec.structs.replace(last, label=(*last.label, *last.lines), lines=(), cells=())
    if not goes_on:
        return msgspec.structs.replace(entry, loose=(*entry.loose, piece)) if piece.source == PROSE else entry
    piece = _without_number(piece)
    more = msgspec.structs.replace(
        last,
        lines=(*last.lines, *piece.label, *piece.lines),
        cells=(*last.cells, *piece.cells),
        mark=(*last.mark, *piece.mark),
    )
    return msgspec.structs.replace(entry, beside=(*entry.beside[:-1], more))


def _with_bullets(entry: Entry, piece: Piece) -> Entry | None:
    """An entry with a bullet under the label of its action, which only who and when in brackets follow: "Action: [Clerk, May]"."""
    if not BULLET.match(folded(piece.text)):
        return None
    at = next((i for i, one in enumerate(entry.beside) if one.field in _ACTIONS), None)
    own = entry.beside[at] if at is not None else None
    if at is None or own is None or (own.lines and not BULLET.match(folded(own.text))):
        return None
    behind = entry.beside[at + 1 :]
    if not behind or any(one.label or one.field not in ("owner", "support", "deadline") for one in behind):
        return None
    filled = msgspec.structs.replace(own, lines=(*own.lines, *piece.own_lines))
    return msgspec.structs.replace(entry, beside=(*entry.beside[:at], filled, *behind))


def _counts_on(last: Piece, piece: Piece) -> bool:
    """Whether a paragraph has the next number of a list that a label's value opens with: "(i) A shorter form" over "(ii) A named officer"."""
    first, more = find_numbered(folded(last.text)), piece.number()
    if first is None or more is None or first.labelled or more.labelled or first.code:
        return False
    return _shape(first.ident) == _shape(more.ident)


def _shape(ident: str) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", ident))


def _lists_on(last: Piece, piece: Piece) -> bool:
    """Whether a short line right below a party that stands under its label names one more."""
    if last.field not in ("owner", "support") or not last.label or len(piece.lines) != 1 or piece.label:
        return False
    above, line = last.lines[-1], piece.lines[0]
    under = above.page == line.page and last.label[-1].box.bottom <= last.lines[0].box.top + 1
    near = 0 < line.box.top - above.box.bottom < _NEAR * line.box.height
    aligned = abs(line.box.x0 - above.box.x0) < _SAME_EDGE
    return under and near and aligned and len(line.words) <= _LONGEST_PARTY and not line.text.endswith(".")


def awaits_text(entry: Entry) -> bool:
    """Whether only short labels have followed a bare number or title, so that its text is still to come: "Action 41 | Status: Closed"."""
    return (
        bool(entry.opening)
        and all(map(is_bare, entry.opening))
        and all(piece.field not in form_words().prose for piece in entry.beside)
    )


def _with_text(entry: Entry, piece: Piece, said: Field | None) -> Entry:
    """More of the recommendation's own text, or an answer or a report without a label."""
    if entry.opening and piece.source == PROSE:
        bare = _without_number(piece)
        set_off = _set_off(entry, piece)
        asked = _is_asked_for(entry, bare)
        answers = said == "response"
        if states_decision(bare, answers or set_off or bool(bare.mark)) or (
            answers and not asked and (bare.mark or set_off)
        ):
            return _answered(entry, bare, "response")
        if said == "decision" and set_off and not asked:  # what a meeting said before it decided
            return _answered(entry, bare, "response")
        if said == "update" and set_off and not asked:
            return _answered(entry, bare, "update")
        if said and not asked and (counted := _counted_on(entry, piece)):
            return _answered(entry, counted, "update" if said == "update" else "response")
        if asked and bare.mark:
            piece = msgspec.structs.replace(bare, mark=())
    whole = (
        msgspec.structs.replace(piece, lines=piece.own_lines, label=(), mark=()) if entry.opening else piece
    )
    return msgspec.structs.replace(entry, opening=(*entry.opening, whole))


def _answered(entry: Entry, piece: Piece, field: Field) -> Entry:
    return msgspec.structs.replace(entry, beside=(as_answer(piece, field),))


def _is_asked_for(entry: Entry, piece: Piece) -> bool:
    """Whether plain text below a number with a title is what is recommended: emphasised, or "... should ..."."""
    if not all(map(is_bare, entry.opening)):
        return False
    return piece.emphasised or asks(folded(piece.text))


def _set_off(entry: Entry, piece: Piece) -> bool:
    """Whether plain text stands below a recommendation that is all emphasised, and is not itself what is recommended."""
    said = [one for one in entry.opening if not one.only_number]
    if strong_opener().match(folded(piece.text)) and all(is_title(one) for one in said):
        return False
    return bool(said) and all(one.emphasised for one in said) and not piece.emphasised


def _counted_on(entry: Entry, piece: Piece) -> Piece | None:
    """A paragraph with a number of the paper's own ("34.3") below a text that has none, which says what was said of it; None of any other."""
    if any(_without_number(one).mark for one in entry.opening):
        return None
    label = piece.label[0].text if piece.label and piece.field is None else ""
    apart = label[:1].isdigit() and is_paragraph_number(label)
    counted = msgspec.structs.replace(piece, mark=piece.label, label=()) if apart else _without_number(piece)
    return counted if counted.mark and counted.lines else None


def numbered_apart(piece: Piece) -> Piece:
    """A paragraph whose first word is a number of the paper's own ("16."), which is kept as its mark."""
    first, *more = piece.lines or (None,)
    if first is None or piece.label or len(first.words) < 2:
        return piece
    number = msgspec.structs.replace(first, words=first.words[:1])
    rest = msgspec.structs.replace(first, words=first.words[1:])
    return msgspec.structs.replace(piece, mark=(number,), lines=(rest, *more))


def _without_number(piece: Piece) -> Piece:
    """A paragraph of a report without its number ("3.1"), which is kept as its mark."""
    first = piece.lines[0] if piece.lines else None
    marks = numbered_before(first.words) if first and not piece.label and not piece.mark else 0
    if not first or not marks or not first.words[0].text[:1].isdigit():
        return piece
    return numbered_apart(piece)
