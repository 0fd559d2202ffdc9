"""Which doubtful and unknown labels are labels: those that a paper repeats, or that come again and again among known ones."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from pipeline.knowledge.language import decisions
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.patterns import asks
from pipeline.understanding.label_names import repeated_field
from pipeline.understanding.openings import key_of, style_of
from pipeline.understanding.pieces import PROSE, Piece, unlabelled
from pipeline.understanding.stated_values import names_parties, stated_field
from pipeline.understanding.verdicts import states_decision

_REPEATED = 2
_AMONG = 3  # times that an unknown label stands among known ones
_NEARLY_ALL = 0.8
_MOSTLY = 0.6
_WIDE = 1.0  # heights of a line between a label and its value


def settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces whose doubtful labels are labels only where the paper repeats them."""
    seen = Counter(key_of(piece) for piece in pieces if piece.field)
    return tuple(
        unlabelled(piece)
        if piece.field
        and piece.sure in ("if_repeated", "heading_unless_repeated")
        and seen[key_of(piece)] < _REPEATED
        else piece
        for piece in pieces
    )


def with_unknown_labels(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces whose unknown labels are labels only where they come again and again among those that are known."""
    answering = _answering_labels(pieces)
    asking = _asking_labels(pieces) if answering else frozenset[str]()
    among = _among_labels(pieces)

    def known(piece: Piece) -> Piece:
        key = key_of(piece)
        if key in answering:
            return _as_told(piece, answering[key])
        if key in asking:
            return _as_told(piece, "recommendation")
        if key in among:
            return msgspec.structs.replace(piece, field=repeated_field(piece.name), heading=False)
        return unlabelled(piece)

    return tuple(
        known(piece)
        if piece.sure == "if_among_labels"
        else _as_told(piece, answering[key_of(piece)])
        if piece.source != PROSE and piece.field == "other" and key_of(piece) in answering
        else piece
        for piece in pieces
    )


def _answering_labels(pieces: Sequence[Piece]) -> Mapping[str, Field]:
    """The unknown labels with a colon or a gap behind them, or in a form, whose values open with a decision, where several do, and what they name.

    Most of the values, where the label names who answers ("Trust: Accepted. …"); nearly all, where it is in other words.
    """
    named: dict[str, list[Piece]] = {}
    for piece in pieces:
        in_form = piece.source != PROSE and piece.field == "other"
        if piece.lines and piece.label and (in_form or _is_set_apart(piece)):
            named.setdefault(key_of(piece), []).append(piece)
    told: dict[str, Field] = {}
    decided = 0
    for key, values in named.items():
        count = sum(states_decision(piece, True) for piece in values)
        who = names_parties(values[0].name) or _body().fullmatch(values[0].name)
        if count >= (_MOSTLY if who else _NEARLY_ALL) * len(values) and (who or count >= _AMONG):
            alone = all(stated_field(piece.text) == "decision" for piece in values)
            told[key] = "decision" if alone else "response"
            decided += count
    return told if decided >= _AMONG else {}


def _is_set_apart(piece: Piece) -> bool:
    """Whether a colon or a wide gap parts an unknown label from its value."""
    if piece.sure != "if_among_labels":
        return False
    last, first = piece.label[-1], piece.lines[0]
    gap = first.box.x0 - last.box.x1 if first.page == last.page and first.box.top < last.box.bottom else 0.0
    return last.text.endswith(":") or gap > _WIDE * last.box.height


def _asking_labels(pieces: Sequence[Piece]) -> frozenset[str]:
    """The unknown labels with a colon whose values mostly ask for something, where others answer: "Panel: That the Council …"."""
    told: dict[str, list[bool]] = {}
    for piece in pieces:
        if piece.sure == "if_among_labels" and piece.lines and piece.label[-1].text.endswith(":"):
            told.setdefault(key_of(piece), []).append(asks(folded(piece.text)))
    return frozenset(key for key, asking in told.items() if sum(asking) >= max(_AMONG, _MOSTLY * len(asking)))


@functools.cache
def _body() -> re.Pattern[str]:
    """Those who decide: "Trust", "the Council"."""
    return re.compile("|".join(decisions().bodies), re.IGNORECASE)


def _as_told(piece: Piece, field: Field) -> Piece:
    """A piece whose label names who answers, or who asked."""
    return msgspec.structs.replace(
        piece, name=f"{piece.name} {field}", field=field, sure="if_repeated", heading=False
    )


def _among_labels(pieces: Sequence[Piece]) -> frozenset[str]:
    """The unknown labels that come again and again, each time with known labels or a named reference between."""
    places: dict[str, list[int]] = {}
    told = [0]  # known labels and references before each piece
    for i, piece in enumerate(pieces):
        unknown = piece.sure == "if_among_labels"
        if unknown:
            places.setdefault(key_of(piece), []).append(i)
        known = not unknown and (piece.field is not None or style_of(piece) is not None)
        told.append(told[-1] + known)
    return frozenset(
        key
        for key, at in places.items()
        if len(at) >= _AMONG
        and sum(told[b] - told[a] > 0 for a, b in itertools.pairwise(at)) >= _NEARLY_ALL * (len(at) - 1)
    )
