"""A stand-in ModernGov on this machine, with a scripted calendar over several nights.

For tests, and for trying out: ``python tests/standins/moderngov.py --port 8765`` serves the first night; a visit to
``/stand-in/night/2`` makes it the second.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

import yaml
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

CALENDAR = Path(__file__).with_name("calendar.yml")
FIRST_NIGHT, SECOND_NIGHT, THIRD_NIGHT = "2026-03-02", "2026-03-03", "2026-03-04"
HEADINGS = ("No.", "Recommendation", "Cabinet decision", "Lead officer", "Timescale")
ROBOTS = "User-agent: *\nDisallow: /mgRss.aspx\nDisallow: /documents/s716/*.pdf\n"
BLOCK_PAGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Verify you are human</body></html>"
DISABLED = "<html><body><h1>Web services are disabled</h1></body></html>"
HUGE = 3_000_000
SLOW_SECONDS = 2.5
WORDY_ROWS = 5_000


class StandIn:
    """The host: `night` may be turned while it runs, `requests` are the paths asked for, with the status answered."""

    def __init__(self, night: int = 1, port: int = 0, disabled: bool = False, shut: bool = False) -> None:
        self.night = night
        self.disabled = disabled
        self.shut = shut
        self.requests: list[tuple[str, int]] = []
        self.answering = 0
        self.calendar = yaml.safe_load(CALENDAR.read_text(encoding="utf-8"))
        handler = type("Handler", (_Handler,), {"host": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def now(self, things: list[Any]) -> list[Any]:
        """Those of `things` that are so tonight."""
        return [one for one in things if one.get("from", 1) <= self.night <= one.get("until", 999)]

    def forget(self) -> None:
        """Begin a new list of requests, once those that a killed run left behind have been answered."""
        while self.answering:
            time.sleep(0.02)
        self.requests.clear()

    def asked_for(self, part: str) -> list[tuple[str, int]]:
        return [request for request in self.requests if part in request[0]]

    def answer(self, target: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        parts = urlsplit(target)
        path, query = parts.path.casefold(), {k.casefold(): v[0] for k, v in parse_qs(parts.query).items()}
        if path.startswith("/stand-in/night/"):
            self.night = int(path.rpartition("/")[2])
            return 200, {}, f"night {self.night}\n".encode()
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, ROBOTS.encode()
        if self.shut:
            return 403, {"Content-Type": "text/html"}, BLOCK_PAGE.encode()
        if path.startswith("/mgwebservice.asmx/"):
            return self._service(path.rpartition("/")[2], query)
        if path.startswith("/documents/g"):
            return self._pack(int(path.split("/")[2][1:]))
        if path.startswith("/documents/s"):
            return self._paper(int(path.split("/")[2][1:]), headers)
        return 404, {}, b"not here"

    def _service(self, method: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if self.disabled:
            return 200, {"Content-Type": "text/html"}, DISABLED.encode()
        bodies = {
            "getcommittees": self._committees,
            "getmeetings": self._meetings,
            "getmeeting": self._meeting,
        }
        if method not in bodies:
            return 500, {}, b"Web Service method name is not valid."
        body = bodies[method](query)
        if body is None:
            return 404, {}, b"no such meeting"
        return 200, {"Content-Type": "text/xml; charset=utf-8"}, body.encode()

    def _committees(self, _query: dict[str, str]) -> str:
        rows = "".join(
            f"<committee><committeeid>{one['id']}</committeeid><committeetitle>{escape(one['title'])}</committeetitle>"
            f"<committeedeleted>{bool(one.get('deleted'))}</committeedeleted>"
            "<committeeexpired>False</committeeexpired><committeecategory>Committees</committeecategory></committee>"
            for one in self.calendar["committees"]
        )
        return f"<committees><committeescount> {len(self.calendar['committees'])}</committeescount>{rows}</committees>"

    def _meetings(self, query: dict[str, str]) -> str:
        committee = int(query["lcommitteeid"])
        mine = [one for one in self.now(self.calendar["meetings"]) if one["committee"] == committee]
        first, last = _day(query.get("sfromdate", "")), _day(query.get("stodate", ""))
        rows = [(one["id"], one["date"], one.get("status", "Confirmed")) for one in mine]
        if committee in self.calendar["wordy"] or not (first and last):
            rows += [
                (n, f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1990 + n % 30}", "Confirmed")
                for n in range(1, WORDY_ROWS + 1)
            ]
        else:
            rows = [row for row in rows if first <= _day(row[1]) <= last]
        written = "".join(
            f"<meeting><meetingid>{number}</meetingid><meetingdate>{date}</meetingdate>"
            f"<meetingstatus>{status}</meetingstatus><meetingtime>10.00 am</meetingtime>"
            "<iswebcast>False</iswebcast></meeting>"
            for number, date, status in rows
        )
        return (
            f"<getmeetings><meetingscount> {len(rows)}</meetingscount><committeescount> 1</committeescount><committee>"
            f"<committeeid>{committee}</committeeid><committeemeetingcount> {len(rows)}</committeemeetingcount>"
            f"<committeemeetings>{written}</committeemeetings></committee></getmeetings>"
        )

    def _meeting(self, query: dict[str, str]) -> str | None:
        number = int(query["lmeetingid"])
        found = [one for one in self.now(self.calendar["meetings"]) if one["id"] == number]
        if not found:
            return None
        meeting = found[0]
        if self.night in meeting.get("broken", ()):
            return f"<meeting><meetingid>{number}</meetingid><agendaitems><agenda"
        items = "".join(self._item(one) for one in self.now(meeting.get("items", [])))
        attendees = "".join(
            f'<attendee membertype="U" memberid="1" name={quoteattr(one["name"])} '
            f"roledescription={quoteattr(one['role'])} attendance={quoteattr(one['attendance'])}><url/></attendee>"
            for one in meeting.get("attendees", [])
        )
        return (
            f"<meeting><meetingid>{number}</meetingid><meetingdate>{meeting['date']}</meetingdate>"
            f"<meetingstatus>{meeting.get('status', 'Confirmed')}</meetingstatus>"
            "<isdisplayallowed>True</isdisplayallowed><meetingtime>10.00 am</meetingtime>"
            "<meetingactualstarttime>\n</meetingactualstarttime><meetinglocation>Town Hall</meetinglocation>"
            f"<agendapublished>{bool(meeting.get('agenda_published'))}</agendapublished>"
            f"<minutepublished>{bool(meeting.get('minutes_published'))}</minutepublished>"
            f"<agendaitems>{items}</agendaitems><attendees>{attendees}</attendees></meeting>"
        )

    def _item(self, item: dict[str, Any]) -> str:
        papers = "".join(self._linked(number) for number in item.get("papers", ()))
        return (
            f"<agendaitem><agendaitemid>1</agendaitemid><agendaitemtitle>{escape(escape(item['title']))}</agendaitemtitle>"
            f"<fulldisplaynumberformat>{item['number']}</fulldisplaynumberformat>"
            f"<minutesnonemptyhtmlbody>{escape(item.get('minutes', ''))}</minutesnonemptyhtmlbody>"
            f"<isrestricted>{bool(item.get('restricted'))}</isrestricted>"
            f"<linkeddocuments>{papers}</linkeddocuments></agendaitem>"
        )

    def _linked(self, number: int) -> str:
        paper = self.calendar["papers"][number]
        [version] = self.now(paper["versions"])
        address = paper.get("link", f"{self.address}/documents/s{number}/Paper.pdf")
        return (
            f"<linkeddoc><attachmentid>{number}</attachmentid><title>{escape(paper['title'])}</title>"
            f"<isurl>{'link' in paper}</isurl><url>{escape(address)}</url>"
            f"<isrestricted>{bool(paper.get('restricted'))}</isrestricted><restrictionsRef/>"
            f"<publicationdate>{version.get('published', '')}</publicationdate></linkeddoc>"
        )

    def _pack(self, meeting: int) -> tuple[int, dict[str, str], bytes]:
        if meeting not in self.calendar["packs"]:
            return 404, {}, b"no pack"
        return 200, {"Content-Type": "application/pdf"}, self._pdf(self.calendar["packs"][meeting]["content"])

    def _paper(self, number: int, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        paper = self.calendar["papers"][number]
        if "fault" in paper and self.night <= paper.get("fault_until", 999):
            return _faulty(paper["fault"])
        [version] = self.now(paper["versions"])
        body = self._pdf(version["content"])
        told = {"Content-Type": "application/pdf"}
        if not paper.get("bare"):
            told["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if headers.get("If-None-Match") == told["ETag"]:
                return 304, told, b""
        return 200, told, body

    def _pdf(self, name: str) -> bytes:
        content = self.calendar["contents"][name]
        rows = tuple(tuple(row) for row in content.get("rows", ()))
        return typeset(
            self.calendar["council"], content["title"], content["date"], rows, content.get("words", "")
        )


@cache
def typeset(council: str, title: str, date: str, rows: tuple[tuple[str, ...], ...], words: str) -> bytes:
    """A small paper with a ruled table, or with one paragraph; the same bytes each time."""
    pages, styles = io.BytesIO(), getSampleStyleSheet()
    flow: list[Any] = [Paragraph(escape(line), styles[style]) for line, style in
                       ((council, "Heading2"), (title, "Heading1"), (date, "Normal"), (words, "Normal")) if line]  # fmt: skip
    if rows:
        cells = [[Paragraph(escape(cell), styles["Normal"]) for cell in row] for row in (HEADINGS, *rows)]
        flow.append(
            Table(
                cells,
                colWidths=[35, 280, 110, 130, 110],
                style=TableStyle([("GRID", (0, 0), (-1, -1), 0.7, colors.black)]),
            )
        )
    SimpleDocTemplate(pages, pagesize=landscape(A4), invariant=1).build(flow)
    return pages.getvalue()


def _faulty(kind: str) -> tuple[int, dict[str, str], bytes]:
    page = {"Content-Type": "text/html; charset=utf-8"}
    if kind == "403":
        return 403, page, b"<html><body>Forbidden</body></html>"
    if kind == "block page":
        return 200, page, BLOCK_PAGE.encode()
    if kind == "web page":
        return 200, page, b"<html><body>The film of the meeting</body></html>"
    if kind == "redirect":
        return 302, {"Location": "http://127.0.0.2:9/elsewhere.pdf"}, b""
    if kind == "huge":
        return 200, {"Content-Type": "application/pdf"}, b"%PDF-1.7\n" + b"0" * HUGE
    time.sleep(SLOW_SECONDS)
    return 200, {"Content-Type": "application/pdf"}, b"%PDF-1.7\nlate"


def _day(words: str) -> tuple[int, int, int] | None:
    """dd/mm/yyyy as something that can be compared; None for what the service would not understand."""
    parts = words.split("/")
    if len(parts) != 3 or len(parts[2]) != 4:
        return None
    day, month, year = (int(part) for part in parts)
    return year, month, day


class _Handler(BaseHTTPRequestHandler):
    host: StandIn
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.host.answering += 1
        try:
            status, headers, body = self.host.answer(self.path, dict(self.headers.items()))
            self.host.requests.append((self.path, status))
        finally:
            self.host.answering -= 1
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # who asked has gone, as with a huge file

    def log_message(self, *_told: object) -> None:
        """Requests are kept in the host's list instead."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--night", type=int, default=1, choices=(1, 2, 3))
    asked = parser.parse_args()
    stand_in = StandIn(asked.night, asked.port)
    print(f"A stand-in ModernGov at {stand_in.address}, night {stand_in.night}; Ctrl-C ends it", flush=True)
    threading.Event().wait()
