"""States that stand in labels or right behind them: "Where we are now (On hold): …", "POSITION IN JUNE: AMBER" over the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from extract.shapes import Line, Word
from pipeline.headings.words import plain
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.choices import chosen, is_choice
from pipeline.nlp.people import is_task
from pipeline.understanding.pieces import NAMES, Piece
from pipeline.understanding.stated_values import names_parties, stated_field, stated_progress

_REPORTS: frozenset[Field] = frozenset({"update", "action_taken", "comment", "outcome"})
_LONGEST_PARTY = 12  # words
_LEAST_VERDICTS = 2  # behind a label of a report, which is then one of decisions
_MOSTLY = 0.6
# Written small in the titles of posts and bodies.
_SMALL = frozenset({"of", "and", "for", "the", "with", "&", "/", "-", "–"})


def with_states_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, the states of their labels as pieces of their own."""
    out: list[Piece] = []
    deciding = _deciding_labels(pieces)
    verdicts = sum(map(_is_verdict_alone, pieces)) >= _LEAST_VERDICTS
    for piece, after in zip_longest(pieces, pieces[1:]):
        if piece.label and plain(piece.name) in deciding and _verdict(piece):
            out.append(msgspec.structs.replace(piece, field="decision", name=NAMES["decision"]))
            continue
        if verdicts and _is_verdict_alone(piece):  # "ACCEPTED IN PART" on a line of its own is no heading
            lines = piece.label or piece.lines
            out.append(
                Piece(lines, piece.source, name=NAMES["decision"], field="decision", cells=piece.cells)
            )
            continue
        out += _in_label(piece) or _over_text(piece, after) or (_as_ticked(_with_party(piece)),)
    return tuple(out)


def _deciding_labels(pieces: Sequence[Piece]) -> frozenset[str]:
    """The labels of reports behind which mostly verdicts stand, which no state can be: "Position: SUPPORTED"."""
    said: dict[str, list[str]] = {}
    for piece in pieces:
        if piece.field in _REPORTS and piece.label and len(piece.lines) == 1:
            said.setdefault(plain(piece.name), []).append(piece.lines[0].text)
    return frozenset(
        name
        for name, texts in said.items()
        if sum(stated_field(text) == "decision" and stated_progress(text) is None for text in texts)
        >= max(_LEAST_VERDICTS, _MOSTLY * len(texts))
    )


def _is_verdict_alone(piece: Piece) -> bool:
    """Whether a heading is nothing but a verdict, which no state can be."""
    if not piece.heading or (piece.label and piece.lines) or piece.field not in (None, "other"):
        return False
    text = " ".join(line.text for line in piece.own_lines)
    return stated_field(text) == "decision" and stated_progress(text) is None


def _verdict(piece: Piece) -> bool:
    return len(piece.lines) == 1 and stated_field(piece.lines[0].text) == "decision"


def _in_label(piece: Piece) -> tuple[Piece, ...]:
    """The state in the brackets that a label ends with, and the piece itself; () where its label has none."""
    if piece.field not in _REPORTS or not piece.label:
        return ()
    words = piece.label[-1].words
    start = next((i for i, word in enumerate(words) if i and word.text.startswith("(")), None)
    if start is None or not words[-1].text.rstrip(":").endswith(")"):
        return ()
    field = stated_progress(" ".join(word.text for word in words[start:]).strip("():. "))
    if field is None:
        return ()
    label = msgspec.structs.replace(piece.label[-1], words=words[:start])
    state = Line(tuple(_bare(words[start:])))
    return (_state(piece, field, state), msgspec.structs.replace(piece, label=(*piece.label[:-1], label)))


def _over_text(piece: Piece, after: Piece | None) -> tuple[Piece, ...]:
    """A label whose value is but a state, with its text in the paragraph below, as two pieces; () where it is none."""
    if piece.field not in _REPORTS or len(piece.lines) != 1 or not piece.label:
        return ()
    if after is None or after.heading or after.source != piece.source:
        return ()
    if after.field and after.field not in _REPORTS:
        return ()
    field = stated_progress(piece.lines[0].text)
    if field is None:
        return ()
    return (_state(piece, field, piece.lines[0]), msgspec.structs.replace(piece, lines=()))


def _as_ticked(piece: Piece) -> Piece:
    """A piece, that of a status where the value of a report's label is a row of states of which one is ticked."""
    if piece.field not in _REPORTS or not piece.label or not is_choice(piece.text):
        return piece
    ticked = chosen(piece.text)
    if not ticked:  # none of them
        return msgspec.structs.replace(piece, field="other")
    states = stated_progress(piece.text[slice(*ticked)]) == "status"
    return msgspec.structs.replace(piece, field="status", name=NAMES["status"]) if states else piece


def _with_party(piece: Piece) -> Piece:
    """A piece, that of an owner where the value of an action's label says but who: "Action: Head of Parks"."""
    words = piece.text.split() if piece.field == "action" and piece.label else []
    titled = all(word[0].isupper() or word in _SMALL for word in words) and not piece.text.endswith(".")
    if not (0 < len(words) <= _LONGEST_PARTY and titled and names_parties(piece.text)) or is_task(piece.text):
        return piece
    return msgspec.structs.replace(piece, field="owner", name="Lead")


def _state(piece: Piece, field: Field, line: Line) -> Piece:
    return Piece((line,), piece.source, name=NAMES[field], field=field, cells=piece.cells)


def _bare(words: Sequence[Word]) -> Iterator[Word]:
    for word in words:
        if text := word.text.strip("():"):
            yield msgspec.structs.replace(word, text=text)
