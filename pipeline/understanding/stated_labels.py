"""States that stand in labels or right behind them: "Where we are now (On hold): …", "POSITION IN JUNE: AMBER" over the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from extract.shapes import Line, Word
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.progress import read_progress
from pipeline.nlp.rating_keys import colour_names
from pipeline.passages import Passage
from pipeline.understanding.pieces import Piece

_NAMES: dict[Field, str] = {"rag": "RAG", "status": "Status"}
_REPORTS: frozenset[Field] = frozenset({"update", "action_taken", "comment", "outcome"})
_LONGEST = 5  # words of a state
_ALL = 0.9  # of the words must say it


def with_states_parted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, the states of their labels as pieces of their own."""
    out: list[Piece] = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        out += _in_label(piece) or _over_text(piece, after) or (piece,)
    return tuple(out)


def _in_label(piece: Piece) -> tuple[Piece, ...]:
    """The state in the brackets that a label ends with, and the piece itself; () where its label has none."""
    if piece.field not in _REPORTS or not piece.label:
        return ()
    words = piece.label[-1].words
    start = next((i for i, word in enumerate(words) if i and word.text.startswith("(")), None)
    if start is None or not words[-1].text.rstrip(":").endswith(")"):
        return ()
    field = _stated(" ".join(word.text for word in words[start:]).strip("():. "))
    if field is None:
        return ()
    label = msgspec.structs.replace(piece.label[-1], words=words[:start])
    state = Line(tuple(_bare(words[start:])))
    return (_state(piece, field, state), msgspec.structs.replace(piece, label=(*piece.label[:-1], label)))


def _over_text(piece: Piece, after: Piece | None) -> tuple[Piece, ...]:
    """A label whose value is but a state, with its text in the paragraph below, as two pieces; () where it is none."""
    if piece.field not in _REPORTS or len(piece.lines) != 1 or not piece.label:
        return ()
    if after is None or after.field or after.heading or after.source != piece.source:
        return ()
    field = _stated(piece.lines[0].text)
    if field is None:
        return ()
    return (_state(piece, field, piece.lines[0]), msgspec.structs.replace(piece, lines=()))


def _state(piece: Piece, field: Field, line: Line) -> Piece:
    return Piece((line,), piece.source, name=_NAMES[field], field=field, cells=piece.cells)


def _bare(words: Sequence[Word]) -> Iterator[Word]:
    for word in words:
        if text := word.text.strip("():"):
            yield msgspec.structs.replace(word, text=text)


def _stated(text: str) -> Field | None:
    """Whether words are a rating or a state and nothing else."""
    said = text.strip(" .:")
    if not said or len(said.split()) > _LONGEST:
        return None
    if said.lower() in colour_names():
        return "rag"
    stated = read_progress(Passage.plain(said), column=True)
    return "status" if stated is not None and len(stated.words) >= _ALL * len(said) else None
