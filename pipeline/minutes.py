"""The journey of one paper of minutes: lines and tables > paragraphs > language > items > meeting, people, records."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from extract.shapes import Document, Line, Problem, Table
from pipeline.knowledge.minutes import minute_words
from pipeline.metadata.bodies import (
    Named,
    as_title,
    find_committees,
    find_councils,
    find_executive,
    is_organisation,
)
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.attendance import read_attendance
from pipeline.nlp.minutes.due_days import with_days
from pipeline.nlp.minutes.items import Sections, sections_of
from pipeline.nlp.minutes.language import Languages, by_language
from pipeline.nlp.minutes.matching import compiled
from pipeline.nlp.minutes.meeting import read_sitting
from pipeline.nlp.minutes.paragraphs import Paragraph, paragraphs_of
from pipeline.nlp.minutes.reading import manner_of, read_item
from pipeline.nlp.minutes.rows import in_order, lines_of_table, paragraphs_of_table, top_of
from pipeline.records import AgendaItem, Attendance, Meeting

_SPACED = "aligned"  # the flavour of tables told by white space, which minutes hardly ever have


class MinutesRead(msgspec.Struct, frozen=True):
    """What minutes say: the meeting, who was there, the items in printed order, and doubts."""

    meeting: Meeting
    attendance: tuple[Attendance, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_minutes(document: Document, pages: Collection[int]) -> MinutesRead:
    """The minutes on `pages` of a document. Welsh text is set aside, with a problem that says where."""
    languages = by_language(_paragraphs(document, pages))
    set_aside = _set_aside(languages)
    if languages.language == "cy":
        return MinutesRead(Meeting(language="cy"), problems=set_aside)
    sections = sections_of(languages.english)
    furniture = _furniture(document, pages)
    manner = manner_of(sections.items)
    meeting = _meeting(sections, furniture)
    dated = with_days([read_item(section, manner) for section in sections.items], meeting.date)
    body = [paragraph for section in sections.items for paragraph in section.body]
    attendance = read_attendance(sections.head, body)
    doubts = _doubts(meeting, attendance, dated.items, pages)
    return MinutesRead(meeting, attendance, dated.items, (*set_aside, *doubts, *dated.problems))


def _paragraphs(document: Document, pages: Collection[int]) -> tuple[Paragraph, ...]:
    """All paragraphs of the pages in reading order, those of tables where the tables stand."""
    lines = [line for line in document.lines if line.page in pages]
    spaced = [t for t in document.page_tables if t.flavour == _SPACED and t.pages[0] in pages]
    lines += [line for table in spaced for line in lines_of_table(table)]
    drawn = [t for t in document.tables if t.flavour != _SPACED and t.pages[0] in pages]
    return _around_tables(in_order(lines), sorted(drawn, key=top_of))


def _around_tables(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Paragraph, ...]:
    out: list[Paragraph] = []
    start = 0
    for table in tables:
        behind = next(
            (i for i, line in enumerate(lines) if (line.page, line.box.top) > top_of(table)), len(lines)
        )
        out += paragraphs_of(lines[start:behind])
        out += paragraphs_of_table(table)
        start = max(start, behind)
    return (*out, *paragraphs_of(lines[start:]))


def _furniture(document: Document, pages: Collection[int]) -> tuple[str, ...]:
    return tuple(line.text for info in document.pages if info.number in pages for line in info.furniture)


def _meeting(sections: Sections, furniture: Sequence[str]) -> Meeting:
    """Which meeting it is."""
    sitting = read_sitting(sections.head, sections.after, furniture)
    texts = [p.text for p in sections.head]
    council = _council([*texts, *furniture])
    return Meeting(
        council=council,
        committee=_committee(texts, council),
        date=sitting.date,
        start_time=sitting.start_time,
        end_time=sitting.end_time,
        place=sitting.place,
        status=sitting.status,
    )


def _council(texts: Sequence[str]) -> str | None:
    """The first council that the head names; a name of its own before "County Council" alone."""
    found = [named for text in texts for named in find_councils(" ".join(text.split()))]
    typed = [named for named in found if named.sort != "plain"] or found
    return as_title(typed[0].name) if typed else None


def _committee(texts: Sequence[str], council: str | None) -> str | None:
    """The body that met: a committee named in the head, an executive, or the council itself by its sort."""
    for text in texts:
        if named := _body_said(text):
            return named
    for text in texts:
        found: Sequence[Named] = find_committees(text)
        executive = find_executive(text)
        if found or executive:
            return as_title((found[0] if found else executive).name)  # type: ignore[union-attr]
        if is_organisation(text) and not find_councils(text):
            return as_title(" ".join(text.split()))
    return _own_sort(council)


def _body_said(text: str) -> str | None:
    """The body in "MINUTES of a meeting of the Scrutiny Committee held …"."""
    for pattern in minute_words().meeting_of:
        match = compiled(pattern).search(folded(text))
        if not match:
            continue
        body = as_title(text[match.start("body") : match.end("body")].strip())
        body = _without_kind(body)
        found, executive = find_committees(body), find_executive(body)
        if executive or found:
            return as_title((executive or found[0]).name)
        if is_organisation(body) and not find_councils(body):
            return body
    return None


def _without_kind(body: str) -> str:
    """The body without the kind of its meeting ("Annual", "Extraordinary")."""
    kinds = "|".join(minute_words().meeting_kinds)
    return compiled(rf"^(?:the |a |an )?(?:(?:{kinds}) )*(?:meeting of (?:the )?)?").sub("", body)


def _own_sort(council: str | None) -> str | None:
    """ "Parish Council" of "Elmley Parish Council": a council that meets as a whole."""
    if not council:
        return None
    executive = find_executive(" ".join(council.split()[-2:]))
    return executive.name if executive else None


def _set_aside(languages: Languages) -> tuple[Problem, ...]:
    """That Welsh text was not read, and where."""
    if not languages.welsh:
        return ()
    pages = sorted({p.page for p in languages.welsh})
    shown = ", ".join(map(str, pages))
    message = f"Welsh text was recognised and set aside (pages {shown})"
    return (Problem("welsh-set-aside", message, pages[0], languages.welsh[0].text[:200]),)


def _doubts(
    meeting: Meeting, attendance: Sequence[Attendance], items: Sequence[AgendaItem], pages: Collection[int]
) -> tuple[Problem, ...]:
    """What minutes have and these seem not to have."""
    first = min(pages, default=None)
    out: list[Problem] = []
    if not items:
        out.append(Problem("no-items", "no headings of agenda items were found in the minutes", first))
    if not any(somebody.role == "present" for somebody in attendance):
        out.append(Problem("nobody-present", "nobody is named as present", first))
    if meeting.date is None:
        out.append(Problem("meeting-not-dated", "the minutes print no day of the meeting", first))
    return tuple(out)
