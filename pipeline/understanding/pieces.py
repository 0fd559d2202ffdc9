"""Pieces of forms and lists: a label with its value, a paragraph without one, a heading; from lines or from cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Cell, Line, Word, running_text
from pipeline.knowledge.forms import form_words
from pipeline.knowledge.language import reference_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.choices import chosen
from pipeline.nlp.clean import after_bullet, folded
from pipeline.nlp.numbering import Numbered, find_numbered
from pipeline.nlp.patterns import MONTH
from pipeline.understanding.label_names import closes, may_number
from pipeline.understanding.labels import Label, Sureness, label_of, numbered_before, unknown_label
from pipeline.understanding.stated_values import stated_field

# The names of what stands without a label of its own.
NAMES: dict[Field, str] = {"decision": "Decision", "status": "Status", "rag": "RAG"}
ORDER = "Order"  # of the number of an action, which no heading is called
_LONGEST_CHOICE = 2  # lines of options
PROSE = -1  # the source of pieces that stand in no table
_LONGEST_HEADING = 14  # words
_NUMBERED_HEADING = re.compile(
    rf"\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+(?!(?i:{MONTH}))[A-Z]"
)  # "30 April 2026" is none
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.):]?")
_THAT = re.compile(r"(?:\(?(?:\d{1,2}|[a-z])[.):]?\s+)?That\b")  # "4. That the Council:"
_PART = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]\s")
_LONGEST_NUMBERED = 9
_LOOKED_AT = 80  # letters in which a number is looked for
_WORDS_LOOKED_AT = 10
_MOSTLY = 0.8


class Piece(msgspec.Struct, frozen=True):
    """A step of a form: a label as printed with the lines of its value, or lines without a label.

    `field` is what the label names (None without one); `source` numbers the table it stands in (PROSE: none);
    `cells` are the cells that hold the value. A piece of a left cell that is only a number has that in `label`
    and no field; `mark` is the number of a paragraph ("2.1") before the words that open a recommendation.
    """

    lines: tuple[Line, ...]
    source: int = PROSE
    label: tuple[Line, ...] = ()
    name: str = ""
    field: Field | None = None
    sure: Sureness = "sure"
    heading: bool = False
    cells: tuple[Cell, ...] = ()
    mark: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return running_text(self.lines)

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """Label and value as printed."""
        return (*self.mark, *self.label, *self.lines)

    @property
    def emphasised(self) -> bool:
        """Whether most of its words are bold, italic or underlined."""
        words = [word for line in self.lines for word in line.words]
        return sum(w.bold or w.italic or w.underlined for w in words) > _MOSTLY * len(words)

    @property
    def only_number(self) -> bool:
        """Whether it says nothing but its reference."""
        if self.label and not self.field and not self.lines:
            return True
        found = self.number()
        return (
            found is not None and not self.lines
            if self.label
            else bool(found and found.after >= len(folded(self.text)))
        )

    def number(self) -> Numbered | None:
        """The reference that the piece opens with, in its left cell or in its text."""
        text = folded(running_text((self.label or self.lines)[:2])[:_LOOKED_AT])
        return find_numbered(text, after_bullet(text))


def pieces_of(
    paragraphs: Iterable[Sequence[Line]], source: int = PROSE, cells: tuple[Cell, ...] = ()
) -> Iterator[Piece]:
    """Paragraphs as pieces, in order."""
    before, label = "", False
    for paragraph in paragraphs:
        piece = _piece(tuple(paragraph), source, cells, before)
        if piece.heading and label and stated_field(running_text(paragraph)):
            piece = msgspec.structs.replace(piece, heading=False)  # "ACCEPTED" on the line below its label
        elif label and _is_unknown(piece) and not piece.label[-1].text.endswith(":"):
            piece = Piece(tuple(paragraph), source, cells=cells)  # "High" below "PRIORITY"
        yield piece
        before, label = paragraph[-1].text, bool(piece.field) and not piece.lines


def _is_unknown(piece: Piece) -> bool:
    """Whether a piece is but a label in words that are not known, without a value."""
    return piece.sure == "if_among_labels" and bool(piece.label) and not piece.lines


def unlabelled(piece: Piece) -> Piece:
    """A piece whose label proved to be none: its words stay together; on a line of its own it is a heading."""
    heading = piece.heading or piece.sure == "heading_unless_repeated"
    first = piece.label[-1]
    rest = piece.lines
    if rest and rest[0].page == first.page and rest[0].box.top < first.box.bottom:
        first, rest = msgspec.structs.replace(first, words=(*first.words, *rest[0].words)), rest[1:]
    return Piece((*piece.label[:-1], first, *rest), piece.source, heading=heading, cells=piece.cells)


def hints(line: Line) -> bool:
    """Whether a line opens like a part of a form or list: with a named reference, a label, a verdict, or a number and "That"."""
    words = line.words
    if (
        opens_numbered(line)
        or _asks_numbered(line)
        or words[0].text.rstrip(".,:;").lower() in form_words().verdicts
    ):
        return True
    return names_reference(words[numbered_before(words) :]) or label_of(words) is not None


def opens_numbered(line: Line) -> bool:
    """Whether a line opens with a number and "That"."""
    words = line.words
    return len(words) > 1 and words[1].text == "That" and _NUMBER.fullmatch(words[0].text) is not None


def _asks_numbered(line: Line) -> bool:
    """Whether an emphasised line opens with a number and says that something should be done."""
    words = line.words
    numbered = words[0].text[0] in "(0123456789" and _NUMBER.fullmatch(words[0].text) is not None
    return numbered and words[-1].bold and any(word.text in reference_words().modals for word in words)


def begins(line: Line) -> bool:
    """Whether a line opens with a label parted from its value, or with a named reference: a paragraph starts there."""
    if names_reference(line.words[numbered_before(line.words) :]):
        return True
    label = label_of(line.words)
    return label is not None and label.parted


def names_reference(words: Sequence[Word]) -> bool:
    """Whether words open with a reference that is named: "Recommendation 3", "R1"."""
    if not may_number(words[0].text):
        return False
    found = find_numbered(folded(" ".join(word.text for word in words[:_WORDS_LOOKED_AT])))
    return found is not None and found.labelled


def _piece(paragraph: tuple[Line, ...], source: int, cells: tuple[Cell, ...], before: str) -> Piece:
    first = paragraph[0]
    marks = numbered_before(first.words)
    if names_reference(first.words[marks:]):
        rest = msgspec.structs.replace(first, words=first.words[marks:])
        mark = (msgspec.structs.replace(first, words=first.words[:marks]),) if marks else ()
        return Piece((rest, *paragraph[1:]), source, cells=cells, mark=mark)
    label = label_of(paragraph[0].words)
    if label and label.sure == "heading_unless_repeated" and _stands_over(paragraph, label):
        label = msgspec.structs.replace(label, sure="if_repeated")
    if label and not (label.sure == "heading_unless_repeated" and len(paragraph) > 1):
        return _labelled(paragraph, label, source, cells)
    options = running_text(paragraph) if len(paragraph) <= _LONGEST_CHOICE else ""
    if ticked := chosen(options):
        field = stated_field(options[slice(*ticked)]) or "decision"
        return Piece(paragraph, source, name=NAMES[field], field=field, cells=cells)
    heading = _is_heading(paragraph, before)
    if unknown := unknown_label(first.words):
        return msgspec.structs.replace(_labelled(paragraph, unknown, source, cells), heading=heading)
    return Piece(paragraph, source, heading=heading, cells=cells)


def _stands_over(paragraph: Sequence[Line], label: Label) -> bool:
    """Whether a label is all of a bold or underlined line over plain ones."""
    first, *below = paragraph
    stands = len(first.words) == label.words and all(word.bold or word.underlined for word in first.words)
    return stands and bool(below) and not (below[0].words[0].bold or below[0].words[0].underlined)


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


def _is_heading(paragraph: Sequence[Line], before: str) -> bool:
    text = " ".join(line.text for line in paragraph)
    words = len(text.split())
    if closes(text):
        return True
    if words > _LONGEST_HEADING or text[-1] in ".;,?" or len(paragraph) > 2 or _THAT.match(text):
        return False
    if _PART.match(text) and before.endswith((":", ";", "and", "or")):
        return False  # "(a) counts the newts; and": part of what stands before it
    if all(word.bold or word.underlined for line in paragraph for word in line.words):
        return True
    if text.isupper() and words > 1:
        return True
    listed = before.endswith(":") or bool(_NUMBERED_HEADING.match(before))
    return not listed and words <= _LONGEST_NUMBERED and bool(_NUMBERED_HEADING.match(text))
