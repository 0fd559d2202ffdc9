"""The recommendations of a row whose text numbers several (a, b, c), each with its share of the other cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.nlp.references import Reference, list_heading, listed_references, read_reference
from pipeline.passages import Passage
from pipeline.understanding.groups import Group, in_one
from pipeline.understanding.tracker import Texts, Tracker

# "(a-d, g and h)", "(Recs 1&10)": the recommendations that what stands before it is for
_MEMBER = r"\(?(?:\d{1,2}|[a-z])\)?"
_TAG = re.compile(
    rf"\(\s*(?:(?:recs?|recommendations?|parts?|points?|items?|for)\.?\s+)*({_MEMBER}(?:\s*(?:,|&|-|–|/|\bto\b|\band\b)\s*{_MEMBER})*)\s*\)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(\d{1,2}|[a-z])\b\)?(?:\s*(?:-|–|\bto\b)\s*\(?(\d{1,2}|[a-z])\b)?", re.IGNORECASE)


def with_shared_cells(group: Group, tracker: Tracker) -> Group:
    """The group with the cells beside its text that begin in rows above it and run down over its first row.

    One lead stands for three rows so. Of a cell that names recommendations in brackets, the group has its own share.
    """
    first = next((cell.row for cell in group.rows[0].cells), 0)
    keys = {tracker.headings.column_of("reference"), tracker.headings.subject}
    shared = {
        cell.column: passage
        for cell in tracker.merged
        if cell.row < first < cell.row + cell.row_span and cell.column not in keys
        if (passage := _meant_for(Passage.of_lines(cell.lines), _number_of(group, keys)))
    }
    own = group.texts[0]
    merged = [cell.column for cell in group.rows[0].cells if cell.row_span > 1 and cell.column not in keys]
    for column in set(merged) & own.keys():
        own = {**own, column: _meant_for(own[column], _number_of(group, keys)) or own[column]}
    return msgspec.structs.replace(group, texts=(shared | own, *group.texts[1:]))


def _number_of(group: Group, keys: Iterable[int | None]) -> str:
    """The last part of the group's own number; "" where it has none."""
    cells = [group.texts[0][key] for key in keys if key is not None and key in group.texts[0]]
    return next((found.parts[-1] for cell in cells if (found := read_reference(cell)).parts), "")


def _meant_for(cell: Passage, number: str) -> Passage | None:
    """What of a cell is meant for a number: all of it, unless brackets name others; None where nothing is."""
    tags = list(_TAG.finditer(cell.text))
    if not tags:
        return cell
    starts = [0, *(tag.end() for tag in tags)]
    own = [
        cell.part(start, tag.start())
        for start, tag in zip(starts, tags, strict=False)
        if number in _numbers_of(tag[1])
    ]
    return Passage.joined(own) if own else None


def parted(group: Group, subject: int, numbered: int | None = None) -> tuple[Group, ...]:
    """The recommendations of a group whose text numbers several (a, b, c), each with its share of the other cells.

    A cell that is numbered likewise is shared out by number; any other cell belongs to each of them. Where no cell is
    shared out and the column `numbered` gives the row one plain number, or the numbers only go on with a sentence
    ("That the Council: a) ..."), the list is the row's own text.
    """
    cell = in_one(group.passages(subject))
    plainly = listed_references(cell)
    listed = plainly or listed_references(cell, answered=True)
    if not listed:
        return (group,)
    wanted = [one.parts for one in listed]
    own = _whole_parts(cell, listed)
    section = group.section or list_heading(cell)
    if numbered is not None and (rows := _rows_by_number(group, numbered, wanted)):
        return tuple(
            Group(group.rows, (rows.get(parts, {}) | {subject: own[i]},), section, group.counted)
            for i, parts in enumerate(wanted)
        )
    columns = sorted({column for texts in group.texts for column in texts} - {subject})
    shares = {column: _shares(in_one(group.passages(column)), wanted) for column in columns}
    answered = sum(len(by.keys() - {None}) > 1 for by in shares.values())
    if not answered and (not plainly or _has_plain_number(group, numbered)):
        return (group,)
    if not plainly and ((numbered is not None and group.passages(numbered)) or read_reference(cell).ref):
        return (group,)
    return tuple(
        Group(
            group.rows,
            ({subject: own[i]} | {c: passage for c, by in shares.items() if (passage := _share(by, one))},),
            section,
            group.counted,
        )
        for i, one in enumerate(listed)
    )


def _rows_by_number(
    group: Group, numbered: int, wanted: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], Texts]:
    """The rows beside a list in one cell by the number that each has in a column of its own; {} where they are no such rows."""
    out: dict[tuple[str, ...], Texts] = {}
    for texts in group.texts:
        number = read_reference(texts[numbered]) if numbered in texts else None
        if number is None or number.text.text or number.parts not in wanted or number.parts in out:
            return {}
        out[number.parts] = {column: text for column, text in texts.items() if column != numbered}
    return out if len(out) > 1 else {}


def _has_plain_number(group: Group, column: int | None) -> bool:
    """Whether a column of numbers of its own has exactly one plain number for the group."""
    numbers = group.passages(column) if column is not None else ()
    return len(numbers) == 1 and numbers[0].text.strip(" .)").isdigit()


def _shares(cell: Passage, wanted: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...] | None, Passage]:
    """A cell's parts by the number that opens them; all under None where none of the wanted numbers does."""
    out: dict[tuple[str, ...] | None, Passage] = {}
    open_parts: tuple[tuple[str, ...] | None, ...] = (None,)
    for paragraph in cell.paragraphs():
        found = read_reference(paragraph)
        named = _members(found, wanted)
        text = paragraph
        if named and not any(one in out for one in named):
            open_parts, text = named, found.text
        for one in open_parts:
            out[one] = Passage.joined((out.get(one, Passage("")), text))
    return out if set(out) - {None} else _tagged(cell, wanted) or out


def _tagged(cell: Passage, wanted: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...] | None, Passage] | None:
    """A cell's parts by the numbers that stand in brackets behind each: "Head of Parks (a-c) Clerk (d and e)"."""
    out: dict[tuple[str, ...] | None, Passage] = {}
    start = 0
    for tag in _TAG.finditer(cell.text):
        named = [one for one in wanted if one[-1] in _numbers_of(tag[1])]
        if not named:
            return None
        part = cell.part(start, tag.start())
        for one in named:
            out[one] = Passage.joined((out.get(one, Passage("")), part))
        start = tag.end()
    return out if out and not cell.text[start:].strip(" .;,") else None


def _numbers_of(tag: str) -> frozenset[str]:
    """The numbers that a list with ranges names: "a-d, g and h"."""
    found = set[str]()
    for first, last in _RANGE.findall(tag):
        if last and first.isdigit() and last.isdigit():
            found |= {str(n) for n in range(int(first), int(last) + 1)}
        elif last and len(first) == len(last) == 1:
            found |= {chr(n) for n in range(ord(first.lower()), ord(last.lower()) + 1)}
        else:
            found |= {first.lower()}
    return frozenset(found)


def _members(found: Reference, wanted: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Which of the wanted numbers a reference names: itself, or each of a range ("a) - c)"); () where it names another."""
    if found.parts in wanted:
        return (found.parts,)
    each = tuple((part,) for part in found.parts) if found.several else ()
    return each if all(one in wanted for one in each) else ()


def _whole_parts(cell: Passage, parts: Sequence[Reference]) -> list[Passage]:
    """The parts with their numbers, each from the end of the one before it."""
    out, start = [], 0
    for one in parts:
        begin = max(cell.text.find(one.ref or "", start), start)
        start = cell.text.find(one.text.text, begin) + len(one.text.text)
        out.append(cell.part(begin, start))
    return out


def _share(by: dict[tuple[str, ...] | None, Passage], one: Reference) -> Passage | None:
    if set(by) == {None}:
        return by[None]
    return by.get(one.parts)
