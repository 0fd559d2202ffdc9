"""HTML minutes of the web service as pages: typeset here, so that they are read like any paper and evidence has a place.

The same words give the same bytes. Each page says below what it was typeset from.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec
import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate
from reportlab.platypus.doctemplate import LayoutError

from pipeline.sources.errors import NotAPaper
from pipeline.sources.moderngov.answers import Attendee, MeetingDetails
from pipeline.sources.moderngov.listing import public_items

_MARGIN = 56.0  # points
_BLOCK = re.compile("p|div|li|tr|br|h[1-6]|ul|ol|table|td|th|blockquote|section")
_LISTS = ("ol", "ul")
_HIDDEN = ("script", "style", "head", "title")
_HYPHENS = "\u2010\u2011"


def typeset_minutes(details: MeetingDetails, council: str, committee: str, address: str) -> bytes:
    """The PDF of a meeting's HTML minutes: front matter, who was there, each public item with its words.

    Raises NotAPaper where the words cannot be set on pages.
    """
    pages = io.BytesIO()
    document = SimpleDocTemplate(
        pages,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"Minutes, {committee}",
        author=council,
        invariant=1,
    )
    flow = [*_front(details, council, committee), *_attendance(details.attendees), *_items(details)]

    def foot(canvas: Canvas, _document: object) -> None:
        canvas.setFont(_fonts()[0], 6.5)
        canvas.drawString(_MARGIN, _MARGIN / 2, f"Typeset from the HTML minutes at {address}")

    try:
        document.build(flow, onFirstPage=foot, onLaterPages=foot)
    except LayoutError as error:
        raise NotAPaper("the HTML minutes cannot be set on pages") from error
    return pages.getvalue()


def blocks_of(html: str) -> list[str]:
    """The words of a piece of HTML, a line for each block; what is never shown is left out."""
    parser = _Blocks()
    parser.feed(html)
    parser.close()
    return [line for line in (" ".join(block.split()) for block in parser.blocks) if line]


class _Blocks(HTMLParser):
    """Gathers text; a block element begins a new line, and an entry of a numbered list its number."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [""]
        self._hidden: list[str] = []
        self._lists: list[Iterator[int] | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN or "mghide" in (dict(attrs).get("class") or "").casefold():
            self._hidden.append(tag)
        if tag in _LISTS:
            self._lists.append(count(1) if tag == "ol" else None)
        numbers = self._lists[-1] if self._lists and tag == "li" else None
        if _BLOCK.fullmatch(tag):
            self.blocks.append(f"{next(numbers)}. " if numbers is not None else "")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()
        if tag in _LISTS and self._lists:
            self._lists.pop()
        if _BLOCK.fullmatch(tag):
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.blocks[-1] += data


class _Styles(msgspec.Struct, frozen=True):
    body: ParagraphStyle
    head: ParagraphStyle
    title: ParagraphStyle


@cache
def _styles() -> _Styles:
    plain, bold = _fonts()
    body = ParagraphStyle("body", fontName=plain, fontSize=9.5, leading=13, spaceAfter=6)
    head = ParagraphStyle("head", parent=body, fontName=bold, spaceBefore=8)
    return _Styles(body, head, ParagraphStyle("title", parent=head, fontSize=13, leading=17))


@cache
def _fonts() -> tuple[str, str]:
    """The typefaces that come with the typesetter: plain and bold."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    return "Vera", "VeraBd"


def _front(details: MeetingDetails, council: str, committee: str) -> Iterator[Flowable]:
    yield _paragraph(council, _styles().body)
    yield _paragraph(committee, _styles().title)
    day = f" held on {_printed(details.date)}" if details.date else ""
    time = f" at {details.time}" if details.time else ""
    yield _paragraph(f"Minutes of the meeting{day}{time}", _styles().head)
    if details.place:
        yield _paragraph(f"Venue: {details.place}", _styles().body)


def _printed(day: dt.date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _attendance(attendees: tuple[Attendee, ...]) -> Iterator[Flowable]:
    """Who was there and who was not, as far as the service says; those who were merely expected are left out."""
    for label, sorts in (
        ("Present", ("present", "present, as expected")),
        ("Apologies", ("apologies", "absent")),
    ):
        names = [one.name for one in attendees if one.attendance.casefold() in sorts and one.name]
        if names:
            yield _paragraph(f"{label}: {', '.join(names)}", _styles().body)


def _items(details: MeetingDetails) -> Iterator[Flowable]:
    for item in public_items(details):
        if item.minutes:
            yield _paragraph(" ".join(filter(None, (item.number, item.title))), _styles().head)
            yield from (_paragraph(line, _styles().body) for line in blocks_of(item.minutes))


def _paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    known = _letters(style.fontName)
    return Paragraph(escape("".join(c if ord(c) in known else _stand_in(c) for c in words)), style)


@cache
def _letters(font: str) -> frozenset[int]:
    """The code points that a typeface can print."""
    face = pdfmetrics.getFont(font).face  # type: ignore[attr-defined] # the stubs forget that fonts have faces
    return frozenset(face.charToGlyph)


def _stand_in(letter: str) -> str:
    """What is printed for a letter that the typeface lacks: the letter below its accent, else a question mark."""
    if letter in _HYPHENS:
        return "-"
    bare = unicodedata.normalize("NFKD", letter)[0]
    if bare.isspace() or unicodedata.category(letter) in ("Cf", "Cc", "Mn"):
        return " " if bare.isspace() else ""
    return bare if bare.isascii() else "?"
