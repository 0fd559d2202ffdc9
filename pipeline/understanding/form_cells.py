"""What a cell of a form is by itself: a title, a label over its value, a reference, part of a card."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from extract.shapes import Cell, Line, Word, running_text
from pipeline.headings import NOTHING
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import find_numbered
from pipeline.nlp.rating_keys import BASIC, colour_names
from pipeline.understanding.label_names import label_cell
from pipeline.understanding.labels import label_of, unknown_label
from pipeline.understanding.pieces import Piece, names_reference
from pipeline.understanding.stated_values import names_parties, stated_field

_LEAST_LABELS = 3  # in a cell that holds a whole form
_LEAST_LINES = 4  # of a cell with two labels over their values
_LONGEST_CODE = 3  # words: "21 BCFU 07"
LONGEST_LABEL = 60  # letters
_LONGEST_OVER = 160  # of a small cell that opens with its label
_ANOTHER_SIZE = 0.6  # points


def is_label(cell: Cell) -> bool:
    """Whether a cell is a known label or names a recommendation."""
    return bool(cell.lines) and (label_cell(cell.text) is not None or names_reference(cell.lines[0].words))


def bold(cell: Cell) -> bool:
    """Whether all words of a cell are bold."""
    return all(word.bold for word in cell.words)


def names_one(cell: Cell) -> bool:
    """Whether a cell names a recommendation, by a number or a code with or without its title."""
    return bool(cell.lines) and (names_reference(cell.lines[0].words) or is_title(cell))


def is_lettered(cell: Cell) -> bool:
    """Whether a coloured cell holds but the letter of its colour."""
    return cell.fill is not None and cell.text.strip() in {name[0].upper() for name in BASIC}


def is_initial(letter: Cell, label: Cell) -> bool:
    """Whether a cell only repeats the first letter of the label beside it: "S | Specific"."""
    text = letter.text.strip().lower()
    return len(text) == 1 and text.isalpha() and label.text.strip().lower().startswith(text)


def is_title_beside_label(title: Cell, labelled: Cell) -> bool:
    """Whether a row is a numbered title with a label and its value at its right: "CR1 Bank details | Priority: High"."""
    return is_title(title) and bool(labelled.lines) and has_own_label(labelled)


def is_named_number(cell: Cell) -> bool:
    """Whether a cell is a number with its word and nothing else: "No. 4"."""
    text = folded(cell.text)
    found = find_numbered(text) if text else None
    return found is not None and found.labelled and found.after >= len(text)


def is_reference(cell: Cell) -> bool:
    """Whether a cell is a number or a code and nothing else."""
    text = folded(cell.text)
    found = find_numbered(text) if text else None
    return found is not None and found.after >= len(text)


def has_labels(cell: Cell) -> bool:
    """Whether a cell holds a whole form: several labels, each with its value behind it."""
    labels = [label for line in cell.lines if (label := label_of(line.words)) and label.parted]
    return len({label.field for label in labels}) >= _LEAST_LABELS


def holds_labels_over_values(cell: Cell) -> bool:
    """Whether a cell is a part of a card: labels on lines of their own, each over its value."""
    return _labels_on_lines(cell) > 1 and label_of(cell.lines[0].words) is not None


def is_panel(left: Cell, right: Cell) -> bool:
    """Whether two cells are a card: its number over labels with their values at the left, its text over more of them at the right."""
    named = bool(left.lines) and names_reference(left.lines[0].words)
    return named and _labels_on_lines(left) > 1 and _labels_on_lines(right) > 0


def label_lines(cell: Cell) -> list[int]:
    """The lines of a cell that are labels by themselves."""
    sure = next((line for line in cell.lines if _is_label_line(line)), None)
    if sure is None:
        return []
    found: list[int] = []
    for i, line in enumerate(cell.lines):
        alike = not _looks_other(line.words[0], sure.words[0])
        may = line.text[0].isupper() and not line.text.endswith(".") and alike
        below = (
            bool(found) and found[-1] == i - 1 and names_parties(line.text)
        )  # "Parks Manager" below "Lead"
        if may and not below and (_is_label_line(line) or label_cell(line.text) is not None):
            found.append(i)
    return found


def _is_label_line(line: Line) -> bool:
    label = label_of(line.words)
    return label is not None and label.words == len(line.words) and not stated_field(line.text)


def _labels_on_lines(cell: Cell) -> int:
    """How many different labels stand on lines of their own in a cell."""
    if len(cell.lines) < _LEAST_LINES:
        return 0
    return len({cell.lines[i].text for i in label_lines(cell)})


def is_title(cell: Cell) -> bool:
    """Whether a cell is a number or a code with words behind it."""
    if not cell.lines or label_cell(cell.text) is not None:
        return False
    number = find_numbered(folded(cell.text))
    return (number is not None and number.after < len(cell.text)) or coded_title(cell, 0) is not None


def coded_title(cell: Cell, source: int) -> Piece | None:
    """A title that opens with a code ("CR1 Bank details"), the code as its number; None where a cell is no such title."""
    first = cell.lines[0]
    for n in range(1, min(_LONGEST_CODE, len(first.words) - 1) + 1):
        found = find_numbered(folded(" ".join(word.text for word in first.words[:n])))
        counted = found is not None and found.ident.isdigit() and n == 1 and len(cell.lines) == 1
        if found and (found.code or "." in found.ident or counted) and first.words[n].text[:1].isupper():
            code = msgspec.structs.replace(first, words=first.words[:n])
            title = msgspec.structs.replace(first, words=first.words[n:], opens=True)
            return Piece((title, *cell.lines[1:]), source, label=(code,), cells=(cell,))
    return None


def rating_below(cell: Cell) -> tuple[Line, ...]:
    """The lines below the label of a form's cell that are a rating: "Update" over "GREEN"."""
    rating = running_text(cell.lines[1:]).strip()
    labelled = bool(rating) and label_cell(cell.text) is None and label_cell(cell.lines[0].text) is not None
    return (
        cell.lines[1:] if labelled and (rating.lower() in colour_names() or NOTHING.fullmatch(rating)) else ()
    )


def is_drawn_as_label(cell: Cell, label: Cell, value: Cell) -> bool:
    """Whether a cell of unknown words is tinted or set like the label of its row, and the value beside that is not."""
    if label_cell(label.text) is None or len(cell.text) > LONGEST_LABEL or not cell.lines or not value.lines:
        return False
    tinted = cell.fill == label.fill != value.fill
    return tinted or bold(cell) == bold(label) != bold(value)


def has_own_label(cell: Cell) -> bool:
    """Whether a cell holds a label with its value behind it: "Lead: Parks Manager"."""
    first = cell.lines[0].words
    label = label_of(first)
    if label is None:
        return _is_set_over(cell) or _has_colon(first)
    if label.words == sum(1 for _ in cell.words) or is_label_throughout(cell):
        return False
    return label.parted or (label.words == len(first) and _looks_other(first[-1], cell.lines[1].words[0]))


def is_label_throughout(cell: Cell) -> bool:
    """Whether all words of a cell are one long label, in one look: "Evidence of progress (and date if not yet complete)"."""
    words = list(cell.words)
    alike = not any(_looks_other(words[0], word) for word in words)
    parted = any(word.text.endswith((":", "?")) for word in words[:-1])
    return alike and not parted and not cell.text.endswith(".") and label_cell(cell.text) is not None


def _has_colon(words: Sequence[Word]) -> bool:
    """Whether a few words with a colon stand before others, as a label does whose words are not known."""
    label = unknown_label(words)
    return label is not None and label.words < len(words) and words[label.words - 1].text.endswith(":")


def _is_set_over(cell: Cell) -> bool:
    """Whether a short line in other letters stands over the text of a cell, as a label does whose words are not known."""
    if len(cell.lines) < 2 or unknown_label(cell.lines[0].words) is None:
        return False
    first, below = cell.lines[0].words, cell.lines[1].words[0]
    return _looks_other(first[-1], below) and not any(word.bold for word in cell.lines[-1].words)


def stands_over(cell: Cell) -> bool:
    """Whether the first line of a small cell is nothing but the label of what stands below it."""
    label = label_of(cell.lines[0].words) or unknown_label(cell.lines[0].words)
    if any(label_of(line.words) for line in cell.lines[2:-1]):  # over its own value
        return False
    return label is not None and label.words == len(cell.lines[0].words) and len(cell.text) <= _LONGEST_OVER


def _looks_other(label: Word, value: Word) -> bool:
    """Whether a label over its value is set in another size or weight, or in italics."""
    return (
        label.bold != value.bold
        or label.italic != value.italic
        or abs(label.size - value.size) > _ANOTHER_SIZE
    )


def is_label_over(cell: Cell) -> bool:
    """Whether a line in other letters that is a known label, but too long for one in a text, stands over its value."""
    if len(cell.lines) < 2 or label_of(cell.lines[0].words) is not None:
        return False
    first, below = cell.lines[0].words[-1], cell.lines[1].words[0]
    return label_cell(cell.lines[0].text) is not None and _looks_other(first, below)


def more_labels_over(cell: Cell) -> list[int]:
    """The lines of a cell behind the first that are known labels in its letters, each below a value in other ones."""
    first = cell.lines[0].words[0]
    return [
        i
        for i, (above, line) in enumerate(itertools.pairwise(cell.lines), start=1)
        if i > 1
        and label_cell(line.text) is not None
        and not _looks_other(first, line.words[0])
        and _looks_other(above.words[-1], line.words[0])
    ]


def has_prompt(label: Cell) -> bool:
    """Whether a label is followed by a prompt in other letters: "Specific" over "What exactly will we do?"."""
    return len(label.lines) > 1 and _looks_other(label.lines[0].words[-1], label.lines[1].words[0])
