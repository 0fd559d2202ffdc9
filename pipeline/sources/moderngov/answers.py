"""What the web service answers, as values: XML with entities off, days as dd/mm/yyyy, text unescaped as often as it was.

The shapes are those that public clients of the service have recorded.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.knowledge.vocabulary import word_lists
from pipeline.sources.errors import BrokenAnswer, Disabled

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_OPENING = 4096


class Committee(msgspec.Struct, frozen=True):
    number: int
    title: str
    deleted: bool


class MeetingRow(msgspec.Struct, frozen=True):
    """A meeting as a committee's list shows it; `date` is None where what stands there (`words`) is no day."""

    number: int
    date: dt.date | None
    words: str
    status: str


class LinkedDocument(msgspec.Struct, frozen=True):
    title: str
    address: str
    is_link: bool
    restricted: bool
    published_on: str | None


class Item(msgspec.Struct, frozen=True):
    """An agenda item; `minutes` is the HTML of what was minuted, '' for none."""

    title: str
    number: str
    restricted: bool
    minutes: str
    documents: tuple[LinkedDocument, ...]


class Attendee(msgspec.Struct, frozen=True):
    name: str
    role: str
    attendance: str


class MeetingDetails(msgspec.Struct, frozen=True):
    number: int
    date: dt.date | None
    time: str
    place: str
    status: str
    displayed: bool
    agenda_published: bool
    minutes_published: bool
    items: tuple[Item, ...]
    attendees: tuple[Attendee, ...]


def committees_of(body: bytes) -> tuple[Committee, ...]:
    """GetCommittees. Raises BrokenAnswer or Disabled."""
    rows = _root(body, "committees").iterfind("committee")
    return tuple(
        Committee(_number(row, "committeeid"), _text(row, "committeetitle"), _yes(row, "committeedeleted"))
        for row in rows
    )


def meetings_of(body: bytes) -> tuple[MeetingRow, ...]:
    """GetMeetings. Raises BrokenAnswer or Disabled."""
    rows = _root(body, "getmeetings").iterfind("committee/committeemeetings/meeting")
    return tuple(_row(row) for row in rows)


def details_of(body: bytes) -> MeetingDetails:
    """GetMeeting. Raises BrokenAnswer or Disabled."""
    root = _root(body, "meeting")
    return MeetingDetails(
        number=_number(root, "meetingid"),
        date=_day(_text(root, "meetingdate")),
        time=_text(root, "meetingtime"),
        place=_text(root, "meetinglocation"),
        status=_text(root, "meetingstatus"),
        displayed=_text(root, "isdisplayallowed").casefold() != "false",
        agenda_published=_yes(root, "agendapublished"),
        minutes_published=_yes(root, "minutepublished"),
        items=tuple(_item(item) for item in root.iterfind("agendaitems/agendaitem")),
        attendees=tuple(_attendee(one) for one in root.iterfind("attendees/attendee")),
    )


def _row(row: Element) -> MeetingRow:
    words = _text(row, "meetingdate")
    return MeetingRow(_number(row, "meetingid"), _day(words), words, _text(row, "meetingstatus"))


def _item(item: Element) -> Item:
    return Item(
        title=_text(item, "agendaitemtitle"),
        number=_text(item, "fulldisplaynumberformat") or _text(item, "minutesitemnumber"),
        restricted=_yes(item, "isrestricted"),
        minutes=(item.findtext("minutesnonemptyhtmlbody") or "").strip(),
        documents=tuple(_document(one) for one in item.iterfind("linkeddocuments/linkeddoc")),
    )


def _document(one: Element) -> LinkedDocument:
    published = _day(_text(one, "publicationdate"))
    return LinkedDocument(
        title=_text(one, "title"),
        address=_text(one, "url"),
        is_link=_yes(one, "isurl"),
        restricted=_yes(one, "isrestricted"),
        published_on=published.isoformat() if published else None,
    )


def _attendee(one: Element) -> Attendee:
    words = (one.get(name, "") for name in ("name", "roledescription", "attendance"))
    return Attendee(*(_unescaped(word) for word in words))


def _root(body: bytes, name: str) -> Element:
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        if _says_no_service(body):
            raise Disabled("a web page came in the place of the web service's answer") from error
        raise BrokenAnswer("what came is not the XML that it should be") from error
    if root.tag != name:
        error_type = Disabled if _says_no_service(body) else BrokenAnswer
        raise error_type(f"<{name}> was asked for and something else came")
    return root


def _says_no_service(body: bytes) -> bool:
    words = body[:_OPENING].decode("utf-8", "replace").casefold()
    is_page = words.lstrip("\ufeff \r\n\t").startswith(("<html", "<!doctype html"))
    return is_page or any(known in words for known in word_lists("block_pages")["no_service"])


def _number(row: Element, name: str) -> int:
    words = _text(row, name)
    if not (words.isascii() and words.isdecimal() and len(words) < 16):
        raise BrokenAnswer(f"<{name}> is no number")
    return int(words)


def _text(row: Element, name: str) -> str:
    """The words of a child on one line; titles are often escaped twice."""
    return _unescaped(row.findtext(name) or "")


def _unescaped(words: str) -> str:
    return " ".join(html.unescape(html.unescape(words)).split())


def _yes(row: Element, name: str) -> bool:
    return _text(row, name).casefold() == "true"


def _day(words: str) -> dt.date | None:
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
