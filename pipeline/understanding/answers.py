"""What the answering columns of one recommendation say: their parts in printed order, and the decision that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pipeline.headings import Column
from pipeline.nlp.decisions import read_decision, take_decision
from pipeline.nlp.marking import find_markers
from pipeline.nlp.progress import read_progress
from pipeline.nlp.segments import continue_segments, split_segments
from pipeline.passages import Passage
from pipeline.records import Segment, Stated, less_sure
from pipeline.understanding.cells import Setting
from pipeline.understanding.groups import Group
from pipeline.understanding.stated_values import stated_field

_MORE_WORDS = 5  # of a cell of decisions besides its decision: a remark; more is an answer
_LONGEST_STATE = 5  # words of a line that is nothing but a state
_BEHIND_SUBJECT = frozenset({"outcome", "response", "update", "decision"})
_IN_BRACKETS = re.compile(r"[(\[](?P<said>[^()\[\]]{2,40})[)\]]\.?$")  # that close a text
_ANSWERS = frozenset({"response", "comment"})
_ONE_KIND = frozenset({"action", "action_taken", "update", "response"})


def read_segments(
    group: Group, columns: Sequence[tuple[int, Column]], setting: Setting
) -> tuple[tuple[Segment, ...], Stated | None]:
    """The parts of the answering columns in printed order, row by row, and the decision that they state."""
    segments: list[Segment] = []
    decision: Stated | None = None
    last: dict[int, str] = {}
    kinds = frozenset(column.segment for _, column in columns if column.segment)
    for texts in group.texts:
        for at, column in columns:
            if at not in texts or (column.segment is None and not _says_more(texts[at], column)):
                continue
            stated, rest = _decided(_without_status(texts[at], column, setting), column)
            if at in last:
                found = _more_parts(rest, last[at], column, kinds - {column.segment}, setting)
            else:
                found = tuple(_segments_of(rest, at, column, setting))
                if column.segment == "update" and not kinds & _ANSWERS:
                    stated, found = _verdict_first(found)
            decision = decision or stated
            segments += (_as_sure(segment, column) for segment in found)
            if found:
                last[at] = found[-1].kind
    return tuple(segment for segment in segments if segment.text), decision


def _verdict_first(parts: tuple[Segment, ...]) -> tuple[Stated | None, tuple[Segment, ...]]:
    """A report's parts, the first an answer where it opens with a decision and updates with their own markers follow it."""
    if len(parts) < 2 or parts[0].marker or not all(part.marker for part in parts[1:]):
        return None, parts
    stated, rest = take_decision(Passage.plain(parts[0].text), answer=True)
    if stated is None:
        return None, parts
    answer = msgspec.structs.replace(parts[0], kind="response", text=rest.text, certainty="likely")
    stated = msgspec.structs.replace(stated, certainty="likely", evidence=parts[0].evidence)
    return stated, (*((answer,) if rest.text else ()), *parts[1:])


def _as_sure(segment: Segment, column: Column) -> Segment:
    """A segment no surer than what its column is said to hold."""
    certainty = less_sure(segment.certainty, column.certainty)
    return (
        segment if certainty == segment.certainty else msgspec.structs.replace(segment, certainty=certainty)
    )


def _segments_of(cell: Passage, at: int, column: Column, setting: Setting) -> Iterator[Segment]:
    """The parts of a cell; where italics part answers from reports in its column, those of each."""
    kind = column.segment or "response"
    if at not in setting.slanted:
        yield from split_segments(cell, kind, setting.styles, setting.anchor)
        return
    for slanted, part in _by_slant(cell):
        yield from split_segments(part, "response" if slanted else "update", setting.styles, setting.anchor)


def _by_slant(cell: Passage) -> Iterator[tuple[bool, Passage]]:
    """The runs of a cell's paragraphs that are italic, or are not, in order."""
    start, end = 0, 0
    last: bool | None = None
    for paragraph in re.finditer(r"[^\n]+", cell.text):
        slanted = cell.italic(*paragraph.span())
        if last is not None and slanted != last:
            yield last, cell.part(start, end)
            start = paragraph.start()
        last, end = slanted, paragraph.end()
    if last is not None:
        yield last, cell.part(start, end)


def slanted_columns(rows: Sequence[Mapping[int, Passage]], columns: Sequence[Column]) -> frozenset[int]:
    """The columns of answers and reports whose cells mostly go from italics to plain letters: from answer to report."""
    found: set[int] = set()
    for at, column in enumerate(columns):
        if not {"response", "response_action", "update"} & set(column.fields):
            continue
        cells = [row[at] for row in rows if at in row]
        if not any(word.italic for cell in cells for word in cell.words[:1]):
            continue
        runs = [[slanted for slanted, _ in _by_slant(cell)] for cell in cells]
        if sum(run == [True, False] for run in runs) > len(runs) / 2:
            found.add(at)
    return frozenset(found)


def read_subject(
    cell: Passage, column: Column | None, setting: Setting
) -> tuple[Passage, tuple[Segment, ...], Stated | None]:
    """A recommendation's own text up to a marker behind it ("Intended outcomes: ..."), the parts from there on, and what they decide.

    Where the column holds answers too ("Recommendation and response"), a marker may be a line of its own.
    """
    held = column.also if column else ()
    if decided := _closing_verdict(cell):
        return decided[0], (), decided[1]
    markers = (
        m
        for m in find_markers(cell, setting.styles)
        if m.opens_paragraph and (m.style == "colon" or (m.style == "line" and m.kind in held))
    )
    first = next((m for m in markers if m.start > 0 and m.kind in _BEHIND_SUBJECT), None)
    if first is None and _ANSWERS.intersection(held) and (parted := _closing_italics(cell)):
        answers = split_segments(parted[1], "response", setting.styles, setting.anchor)
        return parted[0], tuple(msgspec.structs.replace(one, certainty="likely") for one in answers), None
    if first is None:
        return cell, (), None
    behind, stated = cell.part(first.start), None
    if first.kind == "decision":  # "Cabinet's decision: Agreed. ..."
        stated, behind = take_decision(cell.part(first.after), column=True, by=first.by, answer=True)
        if stated is None:
            return cell, (), None
        stated = msgspec.structs.replace(stated, certainty=less_sure(stated.certainty, "likely"))
    kind = "response" if first.kind == "decision" else first.kind
    parts = split_segments(behind, kind, setting.styles, setting.anchor)
    likely = (msgspec.structs.replace(one, certainty=less_sure(one.certainty, "likely")) for one in parts)
    return (
        cell.part(0, first.start),
        tuple(likely),
        stated,
    )  # what is in another's cell is told by its marker alone


def _closing_verdict(cell: Passage) -> tuple[Passage, Stated] | None:
    """A text and the decision in brackets that closes it ("... (accepted in part)"); None where none does."""
    closing = _IN_BRACKETS.search(cell.text)
    if closing is None or not closing.start() or stated_field(closing["said"]) != "decision":
        return None
    said = cell.part(*closing.span("said"))
    stated = read_decision(said, column=True)
    likely = stated and msgspec.structs.replace(stated, certainty=less_sure(stated.certainty, "likely"))
    return (cell.part(0, closing.start()), likely) if likely else None


def _closing_italics(cell: Passage) -> tuple[Passage, Passage] | None:
    """A text in upright letters and what follows it in italics; None of any other cell."""
    slanted = [span.word.italic for span in cell.spans]
    first = next((i for i, italic in enumerate(slanted) if italic), 0)
    if not first or not all(slanted[first:]):
        return None
    start = cell.spans[first].start
    return cell.part(0, start), cell.part(start)


def _says_more(cell: Passage, column: Column) -> bool:
    """Whether a cell of decisions says more than its decision, which answers then."""
    if column.field != "decision":
        return False
    stated = read_decision(cell, column=True)
    return len(cell.text.split()) - len(stated.words.split() if stated else ()) > _MORE_WORDS


def _without_status(cell: Passage, column: Column, setting: Setting) -> Passage:
    """A cell of states and reports, or a report below its state, without the line that is nothing but the state."""
    own = "status" in column.fields
    if column.segment is None or not (own or column.segment == "update"):
        return cell
    first = next(cell.paragraphs(), Passage(""))
    if len(first.text.split()) > _LONGEST_STATE or not (own or len(first.text) < len(cell.text)):
        return cell
    if not read_progress(first, own, setting.key):
        return cell
    return cell.part(len(first.text))


def _decided(cell: Passage, column: Column) -> tuple[Stated | None, Passage]:
    """The decision of an answering cell, and the rest of it: reports of progress decide nothing."""
    if column.segment not in ("response", "comment") and "decision" not in column.fields:
        return None, cell
    return take_decision(cell, column="decision" in column.fields, answer=column.segment == "response")


def _more_parts(
    cell: Passage, before: str, column: Column, elsewhere: frozenset[str], setting: Setting
) -> tuple[Segment, ...]:
    """The parts of a later row; what has a column of its own (`elsewhere`) is not looked for in another.

    A column of nothing but actions or updates needs no telling by its phrases.
    """
    found = continue_segments(cell, before, setting.styles, setting.anchor)
    plain = column.field in _ONE_KIND and column.certainty == "certain" and not column.also
    if found and not found[0].marker and (plain or found[0].kind in elsewhere):
        return (msgspec.structs.replace(found[0], kind=before, certainty="certain"), *found[1:])
    return found
