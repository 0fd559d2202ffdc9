"""Labels inside a cell: "Lead officer: ...", "Target date: ..." among the paragraphs of an answer, as columns of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from pipeline.headings import Column, read_heading
from pipeline.knowledge.vocabulary import Field
from pipeline.passages import Passage
from pipeline.records import Certainty
from pipeline.understanding.groups import Group
from pipeline.understanding.label_names import label_field
from pipeline.understanding.stated_values import names_parties, stated_field, stated_progress
from pipeline.understanding.tracker import Texts

_FIELDS: frozenset[Field] = frozenset(
    {"owner", "member", "support", "deadline", "revised_deadline", "actual_date", "status", "rag", "priority"}
)
_WHO: frozenset[Field] = frozenset({"owner", "member", "support"})
_WHO_AND_WHEN: frozenset[Field] = frozenset({"owner", "deadline"})  # one cell: "Who: Clerk By when: May"
_SUBJECTS: frozenset[Field] = frozenset({"recommendation", "action"})
_LONGEST_VALUE = 30  # words; a longer one is an answer that happens to open like a label
_SHORT_VALUE = 4
_LONGEST_INSIDE = 12  # words of one that stands behind sentences in their paragraph
_SENTENCE_ENDS = re.compile(r"[a-z]{3,}[.!?] [A-Z]")
_LONGEST_LABEL = 5  # words
_LONGEST_PARTY = 14  # words
_OPENING = re.compile(r"(?:^|(?<=\n)|(?<=[.!?)] ))(?P<label>[A-Z][A-Za-z/&()'’ -]{1,40}):(?=\s)")
_COLON = re.compile(r":(?=\s|$)")
_WORD = re.compile(r"\S+")


class _RunIn(msgspec.Struct, frozen=True):
    """A label of a cell with its field, where it begins, where its value begins and ends; no surer than likely if none is printed."""

    field: Field
    label: str
    start: int
    value: int
    end: int
    certainty: Certainty = "certain"


def with_run_in_labels(
    group: Group, columns: Sequence[tuple[int, Column]]
) -> tuple[Group, list[tuple[int, Column]]]:
    """The group and its columns, what run-in labels name moved from its prose into columns behind the table's own."""
    texts: list[Texts] = []
    made: dict[str, tuple[int, Column]] = {}
    told: dict[int, set[Field]] = {}  # by labels, of each column
    answering = {at for at, column in columns if column.segment}
    unnamed = not any(_WHO & set(column.fields) for _, column in columns if column.field not in _SUBJECTS)
    prose = {
        at
        for at, column in columns
        if column.segment or column.field in _SUBJECTS or _WHO_AND_WHEN.issubset(column.fields)
    }
    for row in group.texts:
        own: Texts = {}
        for at, cell in row.items():
            found = tuple(_labels(cell)) if at in prose else ()
            if at in prose and not found and unnamed:
                found = tuple(_set_out(cell, answers=at in answering))
            if rest := _without(cell, found):
                own[at] = rest
            told.setdefault(at, set()).update(one.field for one in found)
            for one in found:
                value = cell.part(one.value, one.end)
                if not value.text:  # "Target date:" over the next label
                    continue
                column = (len(columns) + len(made), Column(one.field, one.label, one.certainty))
                place, _ = made.setdefault(one.field, column)
                own[place] = Passage.joined((own[place], value)) if place in own else value
        texts.append(own)
    if not made:
        return group, list(columns)
    own_columns = [(at, _without_fields(column, told.get(at, ()))) for at, column in columns]
    return msgspec.structs.replace(group, texts=tuple(texts)), [*own_columns, *made.values()]


def _without_fields(column: Column, told: Collection[Field]) -> Column:
    """A column of several fields without those that labels in its cell have told apart: what is left says the others."""
    left = [field for field in column.fields if field not in told]
    if not told or not left or len(left) == len(column.fields):
        return column
    return msgspec.structs.replace(column, field=left[0], also=tuple(left[1:]))


def with_answers_below(
    group: Group, columns: list[tuple[int, Column]], subject: int | None
) -> tuple[Group, list[tuple[int, Column]]]:
    """The group and its columns, what stands in rows below its text moved into a column of answers."""
    texts = list(group.texts)
    at = len(columns)
    for i, row in enumerate(texts):
        if i and subject is not None and subject in row:
            texts[i] = {column: cell for column, cell in row.items() if column != subject} | {
                at: row[subject]
            }
    answer = (at, Column("response", certainty="likely", segment="response"))
    return msgspec.structs.replace(group, texts=tuple(texts)), [*columns, answer]


def _labels(cell: Passage) -> Iterator[_RunIn]:
    """The labels at the starts of paragraphs or behind their sentences, and those that follow the value of one ("Lead: Clerk. By when: May")."""
    done = 0
    for opening in _OPENING.finditer(cell.text):
        if opening.start() < done or _field_of(opening["label"]) not in _FIELDS:
            continue
        inside = opening.start() > 0 and cell.text[opening.start() - 1] != "\n"
        end = cell.text.find("\n", opening.end())
        end = done = len(cell.text) if end < 0 else end
        found = list(_labels_within(cell.text, opening.start(), end))
        for one, until in zip(found, [*(one.start for one in found[1:]), end], strict=True):
            value = cell.text[one.value : until].strip()
            if inside and _SENTENCE_ENDS.search(value):
                break  # more follows than a value: the label was part of a sentence
            if len(value.split()) > _SHORT_VALUE and stated_progress(one.label):
                break  # "Achieved: the figures came in July": a state, and what is said of it
            empty = not value and not inside and len(found) == 1
            if empty or 0 < len(value.split()) <= (_LONGEST_INSIDE if inside else _LONGEST_VALUE):
                yield msgspec.structs.replace(one, end=until)


def _set_out(cell: Passage, answers: bool) -> Iterator[_RunIn]:
    """The party in bold or underlined with which a cell of plain words ends, or an answer opens: who is to act, or has."""
    spans = cell.spans
    standing = [span.word.bold or span.word.underlined for span in spans]
    if not spans or all(standing):
        return
    first = next(i for i, stands in enumerate(standing) if not stands)
    last = next(i for i, stands in enumerate(reversed(standing)) if not stands)
    for run in (spans[: first if answers else 0], spans[len(spans) - last :]):
        if 0 < len(run) <= _LONGEST_PARTY and names_parties(said := cell.text[run[0].start : run[-1].end]):
            if _stands_apart(cell.text, run[0].start, run[-1].end) and not stated_field(said.strip(" .:")):
                yield _RunIn("owner", "Lead", run[0].start, run[0].start, run[-1].end, "likely")
            return


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether words are no part of a sentence: behind the end of one, and before a new one."""
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    behind = not before or before.endswith((".", ";", ":", ")", "?", "\n"))
    return behind and (not after or after[0] in ":\n–-" or (after[0].isupper() or after[0].isdigit()))


def _field_of(label: str) -> Field | None:
    """The field that a label names; a bare "Date" among an answer's labels is when it is to be done."""
    return "deadline" if label.strip() == "Date" else label_field(label)


def _labels_within(text: str, start: int, end: int) -> Iterator[_RunIn]:
    """Every label of a paragraph: the most words before a colon that name a field, behind a capital."""
    for colon in _COLON.finditer(text, start, end):
        words = list(_WORD.finditer(text, start, colon.start()))[-_LONGEST_LABEL:]
        stop = max(
            (i for i, word in enumerate(words) if word.group().endswith((".", ";", ",", "|"))), default=-1
        )
        labels = [(word.start(), text[word.start() : colon.start()]) for word in words[stop + 1 :]]
        named = [(at, label) for at, label in labels if label[0].isupper() and _field_of(label) in _FIELDS]
        if named:
            # "Tree Officer By when": who acts stands before the label, which names one thing
            at, label = next((one for one in named if not _names_several(one[1])), named[0])
            yield _RunIn(_field_of(label) or "other", label, at, colon.end(), end)
            start = colon.end()


def _names_several(label: str) -> bool:
    column = read_heading(label)
    return column is not None and bool(column.also)


def _without(cell: Passage, found: Sequence[_RunIn]) -> Passage | None:
    """The cell without its labels and their values; None where nothing is left."""
    if not found:
        return cell
    edges = [0, *(edge for one in found for edge in (one.start, one.end)), len(cell.text)]
    rest = Passage.joined(cell.part(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return rest if rest.text else None
