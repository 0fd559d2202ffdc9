"""Pieces of forms and lists: a label with its value, a paragraph without one, a heading; from lines or from cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Cell, Line, running_text
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import after_bullet, folded
from pipeline.nlp.numbering import Numbered, find_numbered
from pipeline.understanding.labels import Label, Sureness, closes, label_of

PROSE = -1  # the source of pieces that stand in no table
_LONGEST_HEADING = 14  # words
_NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_LONGEST_NUMBERED = 9
_LOOKED_AT = 80  # letters in which a number is looked for


class Piece(msgspec.Struct, frozen=True):
    """A step of a form: a label as printed with the lines of its value, or lines without a label.

    `field` is what the label names (None without one); `source` numbers the table it stands in (PROSE: none);
    `cells` are the cells that hold the value. A piece of a left cell that is only a number has that in `label`
    and no field.
    """

    lines: tuple[Line, ...]
    source: int = PROSE
    label: tuple[Line, ...] = ()
    name: str = ""
    field: Field | None = None
    sure: Sureness = "sure"
    heading: bool = False
    cells: tuple[Cell, ...] = ()

    @property
    def text(self) -> str:
        return running_text(self.lines)

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """Label and value as printed."""
        return (*self.label, *self.lines)

    def number(self) -> Numbered | None:
        """The reference that the piece opens with, in its left cell or in its text."""
        text = folded(running_text((self.label or self.lines)[:2])[:_LOOKED_AT])
        return find_numbered(text, after_bullet(text))


def pieces_of(
    paragraphs: Iterable[Sequence[Line]], source: int = PROSE, cells: tuple[Cell, ...] = ()
) -> Iterator[Piece]:
    """Paragraphs as pieces, in order."""
    for paragraph in paragraphs:
        yield _piece(tuple(paragraph), source, cells)


def unlabelled(piece: Piece) -> Piece:
    """A piece whose label proved to be none: its words stay together; on a line of its own it is a heading."""
    heading = piece.sure == "heading_unless_repeated"
    first = piece.label[-1]
    rest = piece.lines
    if rest and rest[0].page == first.page and rest[0].box.top < first.box.bottom:
        first, rest = msgspec.structs.replace(first, words=(*first.words, *rest[0].words)), rest[1:]
    return Piece((*piece.label[:-1], first, *rest), piece.source, heading=heading, cells=piece.cells)


def begins(line: Line) -> bool:
    """Whether a line opens with a label and a colon, or with a labelled reference: a paragraph starts there."""
    found = find_numbered(folded(line.text[:_LOOKED_AT]))
    if found and found.labelled:
        return True
    label = label_of(line.words)
    return label is not None and line.words[label.words - 1].text.endswith(":")


def _piece(paragraph: tuple[Line, ...], source: int, cells: tuple[Cell, ...]) -> Piece:
    plain = Piece(paragraph, source, cells=cells)
    found = plain.number()
    if found and found.labelled:
        return plain
    label = label_of(paragraph[0].words)
    if label and not (label.sure == "heading_unless_repeated" and len(paragraph) > 1):
        return _labelled(paragraph, label, source, cells)
    return msgspec.structs.replace(plain, heading=_is_heading(paragraph))


def _labelled(paragraph: tuple[Line, ...], label: Label, source: int, cells: tuple[Cell, ...]) -> Piece:
    first = paragraph[0]
    rest = first.words[label.words :]
    value = (msgspec.structs.replace(first, words=rest, opens=True),) if rest else ()
    return Piece(
        (*value, *paragraph[1:]),
        source,
        (msgspec.structs.replace(first, words=first.words[: label.words]),),
        label.name,
        label.field,
        label.sure,
        cells=cells,
    )


def _is_heading(paragraph: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in paragraph)
    words = len(text.split())
    if closes(text):
        return True
    if words > _LONGEST_HEADING or text[-1] in ".;,?" or len(paragraph) > 2:
        return False
    if all(word.bold or word.underlined for line in paragraph for word in line.words):
        return True
    return (words <= _LONGEST_NUMBERED and bool(_NUMBERED_HEADING.match(text))) or (
        text.isupper() and words > 1
    )
