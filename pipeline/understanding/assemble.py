"""Groups of rows become recommendations, and every word of their cells is accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from extract.shapes import Cell, Problem, Row
from pipeline.headings import Column, Headings
from pipeline.nlp.citations import addressed_to, cross_references, paragraph_refs
from pipeline.nlp.dates.running import read_dates
from pipeline.nlp.decisions import take_decision
from pipeline.nlp.entities import find_entities
from pipeline.nlp.people import is_signature
from pipeline.nlp.references import (
    ITEM,
    Reference,
    read_beside_reference,
    read_code,
    read_count,
    read_item,
    read_reference,
    read_reference_cell,
)
from pipeline.passages import Passage
from pipeline.records import (
    Certainty,
    DateSpan,
    Recommendation,
    Segment,
    Stated,
    Unassigned,
    less_sure,
)
from pipeline.understanding.accounts import left_over
from pipeline.understanding.answers import read_segments, read_subject, slanted_columns
from pipeline.understanding.cells import (
    Setting,
    is_state_alone,
    other_fields,
    read_banner_decision,
    read_banner_status,
    read_decided,
    read_rag,
    read_status,
    tinted_columns,
)
from pipeline.understanding.column_doubts import with_columns_doubted, with_row_doubted
from pipeline.understanding.decided_by_number import decided_by_number
from pipeline.understanding.empty_answers import is_empty
from pipeline.understanding.groups import Group, answers_below, group_rows, in_one
from pipeline.understanding.run_in import with_answers_below, with_run_in_labels
from pipeline.understanding.shares import parted, with_shared_cells
from pipeline.understanding.tracker import Tracker
from pipeline.understanding.who_and_when import (
    DEADLINE_ROLES,
    WHO,
    who_and_when,
)
from pipeline.understanding.who_leads import read_leads
from pipeline.understanding.word_doubts import with_words_doubted

_LABEL = re.compile(r"(?:recommendation|recommended|action|request)\s*:\s+(?=\w)", re.IGNORECASE)
_OF_ACTION = re.compile(r"(\d{1,2})\.\d{1,2}\.?")
_LEAST_ITEMS = 3
_LONGEST_NUMBER = 16  # letters


class Assembled(msgspec.Struct, frozen=True):
    """The recommendations of a tracker, its doubts, and the words that went into no field."""

    recommendations: tuple[Recommendation, ...] = ()
    problems: tuple[Problem, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()


def assemble(tracker: Tracker, setting: Setting, paper: int) -> Assembled:
    """Read all rows of a tracker; `paper` is the number of its paper within the file."""
    grouped = group_rows(tracker)
    setting = msgspec.structs.replace(
        setting,
        tinted=tinted_columns(tracker.body, tracker.headings.columns),
        slanted=slanted_columns(tracker.row_texts, tracker.headings.columns),
        itemised=_is_itemised(tracker),
        told=setting.told or _is_prose(tracker),
    )
    recommendations: list[Recommendation] = []
    problems = list(grouped.problems)
    unassigned = [*_headings_apart(tracker)]
    sections = {cell.text: Passage.of_lines(cell.lines) for cell in _filled(grouped.sections)}
    by_state = sum(map(is_state_alone, sections.values())) > 1  # one such heading may be a title
    by_decision = sum(map(bool, map(read_banner_decision, sections.values()))) > 1
    for group in (with_shared_cells(one, tracker) for one in grouped.groups):
        read, doubts = _read_group(group, tracker.headings, setting, paper)
        over = sections.get(group.section or "", Passage(""))
        if not _states_own(group, tracker.headings):
            read = [_under_banner(one, over, tracker.banner, by_state=by_state) for one in read]
        if by_decision and (decided := read_banner_decision(over)):
            read = [one if one.decision else msgspec.structs.replace(one, decision=decided) for one in read]
        problems += doubts
        if read:
            recommendations += (with_row_doubted(one, group, tracker.headings) for one in read)
            unassigned += left_over(group, read)
        else:
            unassigned += [
                _apart(cell, "a row without a recommendation or an action") for cell in _filled(group.rows)
            ]
    named = {one.section for one in recommendations}
    unassigned += [
        _apart(cell, "a section without a recommendation")
        for cell in _filled(grouped.sections)
        if cell.text not in named
    ]
    recommendations = with_columns_doubted(recommendations, grouped.groups, tracker.headings)
    return Assembled(
        with_words_doubted(recommendations, running=not tracker.drawn), tuple(problems), tuple(unassigned)
    )


def _is_prose(tracker: Tracker) -> bool:
    """Whether a tracker is a list of texts and answers in which no label says who acts or by when."""
    return not tracker.drawn and not tracker.headings.fields & (WHO.keys() | DEADLINE_ROLES.keys())


def _is_itemised(tracker: Tracker) -> bool:
    """Whether every title in the column of items opens with the number of its item: "6 Water supply", "9a) Dog bins"."""
    at = tracker.headings.column_of("report_title")
    titles = (
        [texts[at].text for texts in tracker.row_texts if at in texts and len(texts) > 1]
        if at is not None
        else []
    )
    return len(titles) >= _LEAST_ITEMS and all(map(ITEM.match, titles))


def _headings_apart(tracker: Tracker) -> Iterator[Unassigned]:
    yield from (_apart(cell, "a heading") for cell in _filled(tracker.head))
    for i, row in enumerate(tracker.table.repeated):
        reason = tracker.reasons[i] if tracker.reasons else "a heading repeated on a later page"
        yield from (_apart(cell, reason) for cell in _filled((row,)))


def _filled(rows: Sequence[Row]) -> Iterator[Cell]:
    return (cell for row in rows for cell in row.cells if cell.lines)


def _apart(cell: Cell, reason: str) -> Unassigned:
    place = cell.places[0]
    return Unassigned(cell.printed.replace("\n", " "), reason, place.page, place.box)


def _read_group(
    group: Group, headings: Headings, setting: Setting, paper: int
) -> tuple[list[Recommendation], tuple[Problem, ...]]:
    """The recommendations of a group: one, or those that its text numbers; none where it has no text of its own."""
    subject = headings.subject
    at = headings.column_of("reference")
    shared = parted(group, subject, at if at != subject else None) if subject is not None else (group,)
    read: list[Recommendation] = []
    problems: tuple[Problem, ...] = ()
    for one in shared:
        found = _read_one(one, headings, setting, lettered=len(shared) > 1)
        if found is not None and not _is_signature(found[0]):
            read.append(msgspec.structs.replace(found[0], paper=paper))
            problems += tuple(_placed(problem, one) for problem in found[1])
    return read, problems


def _is_signature(one: Recommendation) -> bool:
    """Whether a row says nothing but who has signed the paper: a name with a title, and no cell beside it."""
    if one.ref or one.segments or one.owners or one.deadlines or one.decision or one.status or one.fields:
        return False
    return is_signature(one.text)


def _placed(problem: Problem, group: Group) -> Problem:
    """A doubt about words of the group, with the page and the box where they are printed."""
    if problem.page is not None:
        return problem
    for passage in (passage for texts in group.texts for passage in texts.values()):
        at = passage.text.find(problem.words)
        evidence = passage.evidence(at, at + len(problem.words)) if problem.words and at >= 0 else None
        if evidence:
            place = evidence.places[0]
            return msgspec.structs.replace(problem, page=place.page, box=place.box)
    return msgspec.structs.replace(problem, page=min(group.pages, default=None))


def _states_own(group: Group, headings: Headings) -> bool:
    """Whether the rows fill a column of statuses, so that no line over them speaks for them."""
    plain = (at for at in headings.columns_of("status") if headings.columns[at].segment is None)
    return any(group.passages(at) for at in plain)


def _under_banner(recommendation: Recommendation, *banners: Passage, by_state: bool) -> Recommendation:
    """With the progress that a line over its rows states, where its own cells state none."""
    if recommendation.status or not (stated := read_banner_status(*banners, by_state=by_state)):
        return recommendation
    return msgspec.structs.replace(recommendation, status=stated)


def _read_one(
    group: Group, headings: Headings, setting: Setting, *, lettered: bool
) -> tuple[Recommendation, tuple[Problem, ...]] | None:
    group, columns = with_run_in_labels(group, list(enumerate(headings.columns)))
    subject = headings.subject
    if answers_below(headings) and len(group.rows) > 1:
        group, columns = with_answers_below(group, columns, subject)
    cell = in_one(group.passages(subject)) if subject is not None else Passage("")
    reference_at = headings.column_of("reference")
    numbered = None
    if reference_at is not None and reference_at != subject:
        numbers = group.passages(reference_at)
        of_meeting = headings.columns[reference_at].field == "meeting"
        numbered = (
            None if _number_actions(numbers, cell) else read_reference_cell(in_one(numbers), of_meeting)
        )
    elif group.counted:
        numbered, cell = read_count(cell)
    elif (item_at := headings.column_of("report_title")) not in (None, subject):
        item = in_one(group.passages(item_at or 0))
        numbered = read_item(item) if setting.itemised else read_code(item)
    if not cell.text and (numbered is None or numbered.ref is None):
        return None
    if numbered and (label := _LABEL.match(cell.text)):
        cell = cell.part(label.end())
    whole, problems = _whole(group, columns, _reference(cell, numbered, lettered=lettered), setting, subject)
    kind = (
        "action" if subject is not None and headings.columns[subject].field == "action" else "recommendation"
    )
    return msgspec.structs.replace(whole, kind=kind), problems


def _number_actions(numbers: Sequence[Passage], cell: Passage) -> bool:
    """Whether the numbers beside a recommendation are those of its actions: several, or "3.1" beside its own "3."."""
    if not numbers or not cell.text:
        return False
    if len(numbers) > 1:
        return True
    part = _OF_ACTION.fullmatch(numbers[0].text)
    return part is not None and read_reference(cell).parts == (part[1],)


def _reference(cell: Passage, numbered: Reference | None, *, lettered: bool) -> Reference:
    """The reference of a column of its own goes before one that the text opens with; that of a part follows it."""
    if numbered is None or numbered.ref is None:
        return read_reference(cell)
    inside = read_beside_reference(cell)
    if lettered and inside.ref and len(numbered.ref) > _LONGEST_NUMBER:
        return inside  # the column says at which meeting the list was made
    if lettered and inside.ref and not any(part.isdigit() for part in inside.parts):
        return msgspec.structs.replace(
            numbered, ref=f"{numbered.ref} {inside.ref}", title=inside.title, text=inside.text
        )
    own = inside.number == numbered.number if inside.ref else inside.title is not None
    text = inside.text if own else cell
    return msgspec.structs.replace(numbered, title=inside.title if own else None, text=text)


def _whole(
    group: Group,
    columns: Sequence[tuple[int, Column]],
    reference: Reference,
    setting: Setting,
    subject: int | None,
) -> tuple[Recommendation, tuple[Problem, ...]]:
    answering = [(at, column) for at, column in columns if at != subject]
    text, own, stated = read_subject(
        reference.text, None if subject is None else columns[subject][1], setting
    )
    answers, decision = read_segments(group, answering, setting)
    said = tuple(one for one in (*own, *answers) if not is_empty(one))
    led = read_leads(group, answering, text, said, setting)
    title, segments = reference.title, led.segments
    spoken = _spoken(text, title, segments)
    dates, date_problems = _dates(spoken, setting)
    recommendation = Recommendation(
        text=_plain(text.text),
        number=reference.number,
        ref=reference.ref,
        title=_plain(title.text).rstrip(".") if title else None,
        paragraph_refs=paragraph_refs(text.text),
        addressed_to=addressed_to(text.text),
        decision=read_decided(group, answering)
        or decided_by_number(segments, reference.number)
        or decision
        or stated
        or _decided_in(segments),
        status=read_status(group, answering, setting),
        rag=read_rag(group, answering, setting),
        priority=_column_text(group, answering, "priority"),
        segments=segments,
        owners=led.owners,
        deadlines=led.deadlines,
        dates=dates,
        entities=find_entities(
            [(segment.kind, Passage.plain(segment.text)) for segment in segments],
            setting.defined,
            setting.bodies,
        ),
        cross_references=tuple(
            dict.fromkeys(ref for _, passage in spoken for ref in cross_references(passage.text))
        ),
        section=group.section,
        fields=dict(other_fields(group, answering)),
        pages=group.pages,
        evidence=group.evidence,
        certainty=_certainty(
            text.text, reference, columns[subject][1] if subject is not None else None, setting
        ),
    )
    return recommendation, led.problems + date_problems


def _certainty(text: str, reference: Reference, column: Column | None, setting: Setting) -> Certainty:
    """How sure it is that a row is a recommendation with this text; one that says only who acts is a doubt."""
    if who_and_when(text, setting) is not None:
        return "unsure"
    return less_sure(reference.certainty, column.certainty) if column else reference.certainty


def _decided_in(segments: Sequence[Segment]) -> Stated | None:
    """The decision that one of the answers opens with."""
    answers = (segment.text for segment in segments if segment.kind == "response")
    return next((d for text in answers if (d := take_decision(Passage.plain(text), answer=True)[0])), None)


def _plain(text: str) -> str:
    """A recommendation's text in one line: its paragraphs are told apart only in its segments."""
    return " ".join(text.split())


def _spoken(text: Passage, title: Passage | None, segments: Sequence[Segment]) -> list[tuple[str, Passage]]:
    own = [("text", text), *([("title", title)] if title else [])]
    return [*own, *((segment.kind, Passage.plain(segment.text)) for segment in segments)]


def _dates(
    spoken: Sequence[tuple[str, Passage]], setting: Setting
) -> tuple[tuple[DateSpan, ...], tuple[Problem, ...]]:
    dates: list[DateSpan] = []
    problems: list[Problem] = []
    for kind, passage in spoken:
        read = read_dates(passage, setting.earlier if kind == "response" else setting.anchor)
        dates += [found.date for found in read.dates]
        problems += read.problems
    return tuple(dates), tuple(problems)


def _column_text(group: Group, columns: Sequence[tuple[int, Column]], field: str) -> str | None:
    for at, column in columns:
        if field in column.fields and (text := in_one(group.passages(at)).text):
            return text
    return None
