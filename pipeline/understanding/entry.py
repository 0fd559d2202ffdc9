"""A recommendation of a form or a list as it is put together, and the run of them that one list holds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from extract.shapes import Word
from pipeline.knowledge.vocabulary import Field
from pipeline.understanding.pieces import PROSE, Piece

ANSWERS: frozenset[Field] = frozenset(
    {"response", "response_action", "decision", "update", "action_taken", "assessment", "status", "rag"}
)
DOINGS: frozenset[Field] = frozenset(
    {"owner", "member", "deadline", "revised_deadline", "actual_date", "action"}
)
_REPLIES: frozenset[Field] = frozenset({"response", "response_action"})
_REPORTS: frozenset[Field] = frozenset({"update", "status"})
MOST = 0.6  # of the recommendations of a list that must have an answer
_LEAST_REPLY = 8  # words of one that says more than what was decided
_LONGEST_TITLE = 12  # words, the number's own among them


class Entry(msgspec.Struct, frozen=True):
    """One recommendation of a form or list: the pieces of its text, then those beside it; `heading` stood over it.

    `rank` is its number in the list, 0 where it has none; `loose` are paragraphs behind its labels that have none;
    `in_text` says that the label of its text stood behind others, so that what has no label goes on with the text.
    """

    rank: int
    opening: tuple[Piece, ...]
    beside: tuple[Piece, ...] = ()
    heading: Piece | None = None
    loose: tuple[Piece, ...] = ()
    in_text: bool = False

    @property
    def fields(self) -> frozenset[Field]:
        """What its labels name."""
        return frozenset(piece.field for piece in self.beside if piece.field)

    @property
    def answered(self) -> bool:
        """Whether anything beside the text answers it or says who acts, or by when."""
        return bool(self.fields & (ANSWERS | DOINGS))


class Block(msgspec.Struct, frozen=True):
    """A run of recommendations that one list or one series of forms holds; `style` is how each of them opens."""

    style: str
    entries: tuple[Entry, ...]

    @property
    def words(self) -> Iterator[Word]:
        """All words of its pieces, labels included; headings over its entries left out."""
        pieces = (piece for entry in self.entries for piece in (*entry.opening, *entry.beside))
        return (word for piece in pieces for line in piece.own_lines for word in line.words)

    @property
    def has_replies(self) -> bool:
        """Whether it stands in tables, or most of its recommendations have a reply with its label or one of some length."""
        labelled = [
            any(
                (piece.field in _REPLIES and (piece.label or len(piece.text.split()) >= _LEAST_REPLY))
                or (piece.field in _REPORTS and piece.label)
                or (piece.field == "decision" and piece.label and len(piece.text.split()) >= _LEAST_REPLY)
                for piece in entry.beside
            )
            or any(piece.source != PROSE for piece in (*entry.opening, *entry.beside))
            for entry in self.entries
        ]
        return sum(labelled) >= MOST * len(labelled)


def is_bare(piece: Piece) -> bool:
    """Whether an opening is its number alone, or that and a title."""
    return piece.only_number or is_title(piece)


def is_title(piece: Piece) -> bool:
    """Whether a numbered opening is but a few words, as a title over the recommendation's text is."""
    return (
        (piece.number() is not None or (bool(piece.label) and piece.field is None))
        and len(piece.text.split()) <= _LONGEST_TITLE
        and not piece.text.endswith(".")
    )


def with_number(piece: Piece) -> Piece:
    """A title with its number as one text, which is told apart as in any other text; a number alone as it is."""
    found = piece.number()
    if piece.only_number or found is None:
        return piece
    if piece.label and not found.labelled and "." not in found.ident:
        return piece  # "1 | School streets": its number stays beside it
    return msgspec.structs.replace(piece, lines=piece.own_lines, label=(), mark=())


def as_answer(piece: Piece, field: Field) -> Piece:
    """A paragraph without a label as what it was found to be: an answer or a report."""
    return msgspec.structs.replace(piece, name=field.capitalize(), field=field)
