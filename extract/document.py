"""The journey of one PDF inside the child: pages > furniture > flavours > choose > join > heal > Document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from extract.choose import chosen, doubtful, reconsidered
from extract.colours import marked, signs_outside
from extract.errors import LimitReached, Unreadable
from extract.flavours import NoOpinion, TooDense, aligned, boxed, carried, ruled, second_opinion, shaded
from extract.flavours.lined import TEXTS
from extract.flavours.quality import scored
from extract.furniture import Furnished, without_furniture
from extract.healing import Vocabulary, healed, healed_lines
from extract.join import joined
from extract.limits import Limits
from extract.lines import in_paragraphs, leading, lines_of
from extract.newspaper import columns_of_text
from extract.pages import Glance, Pdf, open_pdf
from extract.shapes import Document, Line, Page, PageInfo, Problem, Table, Word
from extract.triage import (
    FEW_PAGES,
    PAGES_OF_TALK,
    is_garbled,
    is_minutes,
    is_scan,
    may_go_on,
    worth_reading,
)
from extract.version import READER_VERSION

Got = TypeVar("Got")
_DISC = 14.0  # points: a smaller disc is a sign or a bullet
_LONGEST_BADGE = 2  # words in a disc


def read(path: Path, limits: Limits) -> Document:
    """Read a PDF. Raises an error of extract.errors where no page of it can be had."""
    with open_pdf(path) as pdf:
        if pdf.page_count > limits.pages:
            raise LimitReached("pages", f"{pdf.page_count} pages, {limits.pages} allowed")
        problems = list(pdf.problems)
        glances, drawn = (_glanced if pdf.page_count > FEW_PAGES else _read_all)(pdf, problems)
        if _nothing_but_broken(glances, problems):
            raise Unreadable("its pages are broken")
        seen = {glance.number: glance for glance in glances}
        furnished = without_furniture(_recognised(pdf, seen, drawn, problems))
        info = pdf.info
    pages = [f.page for f in furnished]
    page_tables = _page_tables(path, pages, problems)
    on_page = _by_page(page_tables)
    outside = [_lines_outside(page, on_page[page.number]) for page in pages]
    known = Vocabulary([*_lines_inside(page_tables), *(line for lines in outside for line in lines)])
    tables = [healed(table, known) for table in joined(page_tables, pages)]
    problems += (problem for page in pages for problem in page.problems)
    return Document(
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        reader=READER_VERSION,
        pages=_page_infos(glances, furnished, on_page),
        tables=tuple(tables),
        page_tables=tuple(page_tables),
        lines=tuple(line for lines in outside for line in _as_text(lines, known)),
        problems=tuple(problems),
        info=info,
    )


def _read_all(pdf: Pdf, problems: list[Problem]) -> tuple[list[Glance], list[Page]]:
    """Every page of a short paper."""
    read = list(_pages_that_load(pdf.read, range(1, pdf.page_count + 1), problems))
    return [glance for _, glance in read], [page for page, _ in read]


def _glanced(pdf: Pdf, problems: list[Problem]) -> tuple[list[Glance], list[Page]]:
    """A glance at every page of a pack, and the pages that are worth reading."""
    glances = list(_pages_that_load(pdf.glance, range(1, pdf.page_count + 1), problems))
    wanted = [glance.number for glance in _wanted(glances)]
    return glances, [page for page, _ in _pages_that_load(pdf.read, wanted, problems)]


def _pages_that_load(
    read: Callable[[int], Got], numbers: Iterable[int], problems: list[Problem]
) -> Iterator[Got]:
    """What `read` makes of each page; a broken page is a problem of its own."""
    for number in numbers:
        try:
            yield read(number)
        except Unreadable as error:
            problems.append(
                Problem("page-unreadable", "the page is broken and was left out", number, error.cause)
            )


def _nothing_but_broken(glances: Sequence[Glance], problems: Sequence[Problem]) -> bool:
    """Whether some page is broken and no other holds anything."""
    broken = any(problem.code == "page-unreadable" for problem in problems)
    return broken and not any(glance.text.strip() or glance.pictures for glance in glances)


def _recognised(
    pdf: Pdf, glances: Mapping[int, Glance], pages: Sequence[Page], problems: list[Problem]
) -> list[Page]:
    """The pages, the words of scans among them recognised."""
    out = []
    for drawn in pages:
        page, doubts = with_words_recognised(pdf, drawn, glances[drawn.number])
        out.append(page)
        problems += doubts
    return out


def with_words_recognised(pdf: Pdf, page: Page, glance: Glance) -> tuple[Page, tuple[Problem, ...]]:
    """The page, its words recognised where it has only a picture, or letters that mean nothing; and what hindered it."""
    if not is_garbled(glance) and not is_scan(glance):
        return page, ()
    # OpenCV takes a third of a second to load; papers without scans never need it.
    from extract.ocr import TesseractMissing, recognised

    try:
        return recognised(pdf, page), ()
    except TesseractMissing:
        message = "the page is a picture and was not read: install Tesseract (tesseract-ocr) and reprocess"
        return page, (Problem("ocr-missing", message, glance.number),)


def _wanted(glances: Sequence[Glance]) -> list[Glance]:
    """The pages to read in full: those worth it, and those after them that may carry on."""
    wanted = list[Glance]()
    reading, minutes = False, 0
    for glance in glances:
        worth = worth_reading(glance)
        # The talk between two decisions may fill a page or two of minutes without a word that tells them.
        minutes = PAGES_OF_TALK if is_minutes(glance) else minutes - 1
        reading = worth or minutes >= 0 or (reading and may_go_on(glance))
        if reading:
            wanted.append(glance)
    return wanted


def _page_tables(path: Path, pages: Sequence[Page], problems: list[Problem]) -> list[Table]:
    """The tables of each page as drawn, from the flavour that reads them best."""
    drawn = {page.number: _drawn_tables(page, problems) for page in pages}
    spaced = aligned(pages, drawn)
    tables: list[Table] = []
    for page in pages:
        best = chosen([*drawn[page.number], spaced.get(page.number, [])])
        if doubtful(best):
            best = reconsidered(best, _second_opinion(path, page, problems))
        before = tables[-1] if tables and tables[-1].places[-1].page == page.number - 1 else None
        if before and (not best or before.flavour == TEXTS):
            rest = [table for table in (carried(page, before),) if table]
            best = chosen([scored(rest, page), best]) if best else rest
        tables += [marked(table, page) for table in best]
    return tables


def _second_opinion(path: Path, page: Page, problems: list[Problem]) -> list[Table]:
    """What another engine reads on a page whose first reading is doubtful."""
    try:
        return second_opinion(path, page)
    except NoOpinion as error:
        message = "the page's table is doubtful, and the second engine could not read it"
        problems.append(Problem("no-second-opinion", message, page.number, str(error)))
        return []


def _drawn_tables(page: Page, problems: list[Problem]) -> list[list[Table]]:
    """What the flavours that go by rules and boxes read on a page, one list a flavour."""
    try:
        return [ruled(page), shaded(page), boxed(page)]
    except TooDense as error:
        problems.append(
            Problem("dense-drawing", "too many rules cross to look for a table", page.number, str(error))
        )
        return []


def _by_page(page_tables: Iterable[Table]) -> defaultdict[int, list[Table]]:
    """The tables as drawn, by their page."""
    out = defaultdict[int, list[Table]](list)
    for table in page_tables:
        out[table.pages[0]].append(table)
    return out


def _words_outside(page: Page, tables: Iterable[Table]) -> Sequence[Word]:
    """The words of the page that stand in none of its tables."""
    boxes = [table.places[0].box for table in tables]
    if not boxes:
        return page.words
    return [w for w in page.words if not any(box.holds(w.box.middle) for box in boxes)]


def _lines_outside(page: Page, tables: Iterable[Table]) -> tuple[Line, ...]:
    """The lines of the page outside its tables; what stands in a disc of its own is a line at the disc's top."""
    words = _words_outside(page, tables)
    discs = [fill.box for fill in page.fills if fill.shape == "round" and fill.box.height > _DISC]
    badges = [(box, [word for word in words if box.holds(word.box.middle)]) for box in discs]
    badges = [(box, held) for box, held in badges if 0 < len(held) <= _LONGEST_BADGE]
    if not badges:
        return tuple(line for column in columns_of_text(words) for line in lines_of(column))
    apart = {id(word) for _, held in badges for word in held}
    lines = [(line.box.top, line) for line in lines_of([word for word in words if id(word) not in apart])]
    lines += [(box.top, line) for box, held in badges for line in lines_of(held)]
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0]))


def _lines_inside(tables: Iterable[Table]) -> Iterator[Line]:
    return (line for table in tables for row in table.rows for cell in row.cells for line in cell.lines)


def _as_text(lines: Sequence[Line], known: Vocabulary) -> tuple[Line, ...]:
    """The lines of a page outside its tables, with paragraphs told apart and broken words put together."""
    if not lines:
        return ()
    right = max(line.box.x1 for line in lines)
    return healed_lines(in_paragraphs(lines, leading(lines), None), known, right)


def _page_infos(
    glances: Sequence[Glance], furnished: Sequence[Furnished], tables: Mapping[int, Sequence[Table]]
) -> tuple[PageInfo, ...]:
    read_pages = {f.page.number: f for f in furnished}
    return tuple(_page_info(g, read_pages.get(g.number), tables.get(g.number, ())) for g in glances)


def _page_info(glance: Glance, found: Furnished | None, tables: Sequence[Table]) -> PageInfo:
    if found is None:
        return PageInfo(glance.number, 0.0, 0.0, "skipped", words=len(glance.text.split()))
    page = found.page
    return PageInfo(
        number=page.number,
        width=page.width,
        height=page.height,
        kind="table" if tables else "scan" if is_scan(glance) else "text" if page.words else "blank",
        label=found.label,
        words=len(page.words),
        furniture=found.furniture,
        marks=signs_outside(page, tables),
    )
