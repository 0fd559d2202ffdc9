"""Label-value lines and label tables of a title block: 'Lead Officer: …', 'Date of this update: …'."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

import msgspec

from extract.shapes import Line
from pipeline.knowledge.vocabulary import LabelRole
from pipeline.metadata.bodies import find_committees, is_only
from pipeline.metadata.front import GAP, FrontMatter, opens_body
from pipeline.metadata.headlines import LARGER, NEAR, is_date, is_plain_name, same_look
from pipeline.metadata.roles import role_of
from pipeline.passages import Passage

LONGEST_LABEL = 12  # words
LONGEST_GAPPED = 5  # words of a label that a gap parts from its value
MOST_VALUE_LINES = 6
LABEL = re.compile(r"\s*([^\W\d_][^:\n]{1,90}?)\s*(?::|\s[–-]\s|\s[–-]$)\s*")
LABEL_WITH_COLON = re.compile(r"\s*([^\W\d_][^:\n]{1,90}?)\s*:\s*")


class Label(msgspec.Struct, frozen=True):
    """A label as printed, what it tells (None where it is not known), and the value behind it."""

    label: str
    role: LabelRole | None
    value: Passage


class Block(msgspec.Struct, frozen=True):
    """A title block taken apart: its label-value lines, the other lines in order, and all of them as printed."""

    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    printed: tuple[Line, ...]


_SHORT_LABEL = 3  # words
_FILLED = 0.7  # of the text's width: a title's line that may have gone on below


def read_block(front: FrontMatter) -> Block:
    """The label-value lines of the title block (its label tables too), and the lines that are neither."""
    labels: list[Label] = []
    rest: list[Line] = []
    at, lines = 0, _up_to_body(front)
    if not any(len(line.words) <= _SHORT_LABEL and role_of(line.text) for line in front.beside):
        lines = [*lines, *front.beside]
    while at < len(lines):
        of_title = at > 0 and rest[-1:] == [lines[at - 1]] and _wraps_title(lines[at - 1], lines[at], front)
        found = None if of_title else _label_at(lines[at])
        if found is None:
            rest += [] if _role_before_gap(lines[at]) == "not_metadata" else [lines[at]]
            at += 1
            continue
        taken = _value_lines(lines, at)
        whole = Passage.of_lines(lines[at:taken])
        labels.append(Label(found[0], found[1], whole.part(_label_end(lines[at]))))
        at = taken
    return Block((*labels, *_of_forms(front)), tuple(rest), tuple(lines))


def _wraps_title(before: Line, line: Line, front: FrontMatter) -> bool:
    """Whether a line goes on with a title that filled the line before it: "... the Community" over "Commission: Parks"."""
    if line.page != before.page or not same_look(before, line) or is_plain_name(before.text):
        return False
    near = line.box.top - before.box.bottom < NEAR * before.box.height
    larger = (
        line.box.height > before.box.height - 1 and min(w.size for w in line.words) > front.body_size + LARGER
    )
    return near and larger and before.box.width > _FILLED * front.width and LABEL.match(before.text) is None


def _label_at(line: Line) -> tuple[str, LabelRole | None] | None:
    match = _before_colon(line)
    if match is None or len(match.group(1).split()) > LONGEST_LABEL:
        return _before_gap(line)
    label, role = match.group(1).strip(), role_of(match.group(1))
    colon = match.group().rstrip().endswith(":")
    if is_only(label, find_committees(label)) and _is_titled(line.text[match.end() :], label, colon):
        return None
    if role is not None and (colon or role not in ("not_metadata", "other_date")):
        return label, role
    # An unknown label is one where it is set off from its value: bold before plain.
    bold = Passage.of_lines([line]).emphasised(match.start(1), match.end(1))
    return (label, None) if colon and bold and not _all_bold(line) else _before_gap(line)


def _before_colon(line: Line) -> re.Match[str] | None:
    """What stands before the first colon or dash, but where a wide gap parts a known label before it ("Title    Parks: a review")."""
    match = LABEL.match(line.text)
    gapped = _before_gap(line) if match else None
    return None if match and gapped and len(gapped[0].split()) < len(match.group(1).split()) else match


def _is_titled(rest: str, label: str, colon: bool) -> bool:
    """Whether what stands behind a committee's name is a title: "Overview and Scrutiny Committee – Action Tracker"."""
    named = len(label.split()) > (2 if colon else 1)
    return named and bool(rest.strip()) and not is_date(rest) and not find_committees(rest)


def _all_bold(line: Line) -> bool:
    return all(word.bold for word in line.words)


def _before_gap(line: Line) -> tuple[str, LabelRole | None] | None:
    """A known label that only a wide gap parts from its value: "Committee        Health Scrutiny Panel"."""
    at = _wide_gap(line)
    label = " ".join(word.text for word in line.words[:at])
    role = role_of(label) if at else None
    return (
        (label, role)
        if role
        and role != "not_metadata"
        and (line.words[at].text[0].isupper() or line.words[at].text[0].isdigit())
        else None
    )


def _role_before_gap(line: Line) -> LabelRole | None:
    """The role of what stands before the first wide gap of a line, whatever follows it."""
    at = _wide_gap(line)
    return role_of(" ".join(word.text for word in line.words[:at])) if at else None


def _wide_gap(line: Line) -> int:
    """The place of the word behind the first wide gap of a line; 0 where there is none near its beginning."""
    for i in range(1, min(len(line.words), LONGEST_GAPPED + 1)):
        before, word = line.words[i - 1].box, line.words[i].box
        if word.x0 - before.x1 > GAP * max(word.height, before.height):
            return i
    return 0


def _label_end(line: Line) -> int:
    """How many letters of a line with a label the label takes."""
    match = _before_colon(line)
    if match:
        return match.end()
    return len(" ".join(word.text for word in line.words[: _wide_gap(line)])) + 1


def _value_lines(lines: Sequence[Line], at: int) -> int:
    """Up to which line the value of the label in line `at` goes: a value may go on, or stand below its label."""
    end = at + 1
    empty = not lines[at].text[_label_end(lines[at]) :].strip()
    while end < len(lines) and end - at < MOST_VALUE_LINES:
        following = lines[end]
        if _label_at(following) or _looks_other(lines[at], following) or opens_body(following.text):
            break
        if _role_before_gap(following):
            break  # a label that tells nothing of the paper: "Wards        All"
        if following.opens and not (empty and end == at + 1):
            break
        end += 1
    return end


def _looks_other(labelled: Line, following: Line) -> bool:
    """Whether a line is set like a heading, not like what follows a label."""
    larger = following.words[0].size > labelled.words[-1].size + 0.6
    return larger or (_all_bold(following) and not labelled.words[-1].bold)


def _up_to_body(front: FrontMatter) -> list[Line]:
    """The lines of the title block: where no table ends it, the paper's text does."""
    lines = list(front.lines)
    for i, line in enumerate(lines):
        if i and opens_body(line.text) and not _tells(line) and not _goes_on(lines[i - 1], line):
            return [*lines[:i], *_subject_of_letter(lines[i:])]
    return lines


def _subject_of_letter(lines: Sequence[Line]) -> Iterable[Line]:
    """What a letter is about, set in bold below "Dear …"."""
    return itertools.takewhile(_all_bold, lines[1:]) if lines[0].words[0].text == "Dear" else ()


def _tells(line: Line) -> bool:
    label = _label_at(line)
    return label is not None and label[1] != "not_metadata"


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line is set as the bold or large one before it: a title goes on there, whatever its words."""
    same = before.words[-1].bold == line.words[0].bold and before.words[-1].size == line.words[0].size
    return same and not line.opens and line.page == before.page


def _of_forms(front: FrontMatter) -> Iterable[Label]:
    for label_cell, value_cell in front.forms:
        label = Passage.of_lines(label_cell.lines).text.replace("\n", " ").strip().rstrip(":")
        role = role_of(label)
        if len(label.split()) <= LONGEST_LABEL and role:
            yield Label(label, role, Passage.of_lines(value_cell.lines))
