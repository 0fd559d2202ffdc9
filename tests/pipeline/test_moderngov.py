"""A council's web service is visited politely and safely, and what it lists is told apart rightly."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import fetching
from pipeline.sources.councils import ModernGov
from pipeline.sources.errors import (
    BrokenAnswer,
    Busy,
    Disabled,
    Disallowed,
    Elsewhere,
    GivenUp,
    NotAPaper,
    NotFetched,
    NotThere,
    Refused,
    ServerFault,
    Slow,
    TooLarge,
    Unanswered,
)
from pipeline.sources.fetching import Etiquette, Fetcher
from pipeline.sources.hosts import Hosts
from pipeline.sources.ledger import Entry, Ledger, MeetingEntry, Tried
from pipeline.sources.listed import all_fetched, listed, sign
from pipeline.sources.moderngov.answers import (
    Item,
    LinkedDocument,
    MeetingDetails,
    committees_of,
    details_of,
    meetings_of,
)
from pipeline.sources.moderngov.listing import listing_of
from pipeline.sources.moderngov.typeset import blocks_of, typeset_minutes
from pipeline.sources.moderngov.visit import merged
from pipeline.sources.papers import Papers
from pipeline.sources.robots import Rule, robots_of
from pipeline.sources.validators import Validators

HERE = Path(__file__).parent
ROBOTS = json.loads((HERE.parent / "cases" / "robots.json").read_text(encoding="utf8"))
CALM = Etiquette("tests@example.org", pause=0.0, tries=2, back_off=0.0, seconds=1.0)
DAY = dt.date(2026, 3, 2)

Reply = tuple[int, dict[str, str], bytes]


class Host:
    """A host on this machine that answers each path with what a test has put there, and keeps what it was sent."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append((self.path, dict(self.headers.items())))
                reply = host.replies.get(self.path, (404, {}, b""))
                if not isinstance(reply, tuple):
                    reply(self)
                    return
                self.send_response(reply[0])
                for name, value in reply[1].items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply[2])

            def log_message(self, *_told: object) -> None:
                """The tests look at `asked`."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def fetcher(host: Host) -> Iterator[Fetcher]:
    made = Fetcher(Hosts(host.address, private=True), CALM)
    yield made
    made.close()


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, none of which is really waited for; the clock moves on by them."""
    taken: list[float] = []
    clock = fetching.time.monotonic
    monkeypatch.setattr(fetching.time, "sleep", taken.append)
    monkeypatch.setattr(fetching.time, "monotonic", lambda: clock() + sum(taken))
    return taken


@pytest.mark.parametrize("case", ROBOTS, ids=lambda case: str(case["label"]))
def test_robots_txt_is_obeyed(case: dict[str, object]) -> None:
    rules = robots_of(str(case["text"]).encode(), "scrutiny")
    assert rules.allows(str(case["target"])) is case["expect"]


def test_who_asks_says_so_and_whom_to_write_to(host: Host, fetcher: Fetcher) -> None:
    host.replies["/a"] = (200, {}, b"words")
    assert fetcher.text(f"{host.address}/a", 100) == b"words"
    agents = {headers["User-Agent"] for _, headers in host.asked}
    assert agents == {"scrutiny/0.1 (reads councils' scrutiny papers; tests@example.org)"}


def test_robots_txt_is_asked_for_once_and_first(host: Host, fetcher: Fetcher) -> None:
    host.replies |= {"/a": (200, {}, b"a"), "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /b")}
    fetcher.text(f"{host.address}/a", 100)
    with pytest.raises(Disallowed):
        fetcher.text(f"{host.address}/b", 100)
    assert [path for path, _ in host.asked] == ["/robots.txt", "/a"]


def test_nothing_is_asked_of_a_host_whose_robots_txt_fails(host: Host, fetcher: Fetcher) -> None:
    host.replies["/robots.txt"] = (500, {}, b"")
    with pytest.raises(ServerFault):
        fetcher.text(f"{host.address}/a", 100)
    assert [path for path, _ in host.asked] == ["/robots.txt"] * 2


def test_two_seconds_lie_between_two_requests_or_more_where_the_host_asks(
    host: Host, naps: list[float]
) -> None:
    for robots, pause in ((b"", 2.0), (b"User-agent: *\nCrawl-delay: 7", 7.0)):
        naps.clear()
        host.replies |= {"/a": (200, {}, b"a"), "/robots.txt": (200, {}, robots)}
        fetcher = Fetcher(Hosts(host.address, private=True), Etiquette("tests@example.org"))
        for _ in range(3):
            fetcher.text(f"{host.address}/a", 100)
        fetcher.close()
        assert [nap for nap in naps if nap > 0.1] == pytest.approx([pause] * 3, abs=0.5)


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ((403, {}, b""), Refused),
        ((401, {}, b""), Refused),
        ((200, {"Content-Type": "text/html"}, b"<html><title>Just a moment...</title>"), Refused),
        ((200, {}, b"<!DOCTYPE html><p>The requested URL was rejected."), Refused),
        ((404, {}, b""), NotThere),
        ((410, {}, b""), NotThere),
        ((429, {}, b""), Busy),
        ((503, {}, b""), Busy),
        ((500, {}, b""), ServerFault),
        ((302, {"Location": "https://elsewhere.example/a"}, b""), Elsewhere),
        ((302, {"Location": "file:///etc/passwd"}, b""), Elsewhere),
        ((302, {"Location": "/a"}, b""), Elsewhere),
        ((200, {"Content-Length": "1001"}, b"x" * 1001), TooLarge),
        ((200, {}, b"x" * 1001), TooLarge),
        ((200, {"Content-Encoding": "gzip"}, b"x"), ServerFault),
    ],
)
def test_what_went_wrong_is_told_by_its_cause(
    host: Host, fetcher: Fetcher, reply: Reply, cause: type[NotFetched]
) -> None:
    host.replies["/a"] = reply
    with pytest.raises(cause):
        fetcher.text(f"{host.address}/a", 1000)


def test_an_answer_that_trickles_is_cut_off_in_time(host: Host, fetcher: Fetcher) -> None:
    done = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not done.wait(0.1):
                handler.wfile.write(b".")
        except OSError:
            return

    host.replies["/a"] = trickle
    with pytest.raises(Slow):
        Fetcher(Hosts(host.address, private=True), Etiquette("t@example.org", 0.0, 1, 0.0, 0.5)).text(
            f"{host.address}/a", 1000
        )
    done.set()


def test_a_passing_fault_is_tried_again_with_growing_pauses_and_an_end(host: Host, naps: list[float]) -> None:
    host.replies["/a"] = (500, {}, b"")
    patient = Etiquette("tests@example.org", pause=0.0, tries=4, back_off=5.0)
    with pytest.raises(ServerFault):
        Fetcher(Hosts(host.address, private=True), patient).text(f"{host.address}/a", 1000)
    assert [nap for nap in naps if nap] == [5.0, 10.0, 20.0]


def test_a_host_that_asks_us_to_wait_is_given_that_time(host: Host, naps: list[float]) -> None:
    host.replies["/a"] = (503, {"Retry-After": "120"}, b"")
    patient = Etiquette("tests@example.org", pause=0.0, tries=2, back_off=5.0)
    with pytest.raises(Busy):
        Fetcher(Hosts(host.address, private=True), patient).text(f"{host.address}/a", 1000)
    assert [nap for nap in naps if nap] == [120.0]


def test_a_host_that_asks_for_hours_is_left_alone_for_the_night(
    host: Host, fetcher: Fetcher, naps: list[float]
) -> None:
    host.replies["/a"] = (429, {"Retry-After": "7200"}, b"")
    with pytest.raises(Busy):
        fetcher.text(f"{host.address}/a", 1000)
    asked = len(host.asked)
    with pytest.raises(GivenUp):
        fetcher.text(f"{host.address}/b", 1000)
    assert (len(host.asked), [nap for nap in naps if nap]) == (asked, [])


def test_a_host_that_refuses_again_and_again_is_left_alone(host: Host, fetcher: Fetcher) -> None:
    host.replies["/a"] = (403, {}, b"")
    for _ in range(fetching.GIVE_UP_AFTER):
        with pytest.raises(Refused):
            fetcher.text(f"{host.address}/a", 1000)
    with pytest.raises(GivenUp):
        fetcher.text(f"{host.address}/a", 1000)


def test_a_host_that_is_not_there_is_told_so(fetcher: Fetcher, host: Host) -> None:
    gone = Fetcher(Hosts("http://127.0.0.1:9", private=True), CALM)
    with pytest.raises(Unanswered):
        gone.text("http://127.0.0.1:9/a", 10)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8765/a",
        "http://[::1]:8765/a",
        "http://10.0.0.7:8765/a",
        "http://169.254.169.254:8765/latest",
    ],
)
def test_private_addresses_are_not_asked_unless_the_settings_say_so(address: str) -> None:
    base = address.rpartition("/")[0]
    with pytest.raises(Elsewhere, match="private"):
        Hosts(base).checked(address)
    assert Hosts(base, private=True).checked(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.2/a",
        "http://127.0.0.1.example/a",
        "http://user@127.0.0.1/a",
        "http://127.0.0.1:81/a",
        "ftp://127.0.0.1/a",
        "//127.0.0.1/a",
        "http://127.0.0.1:port/a",
    ],
)
def test_only_the_councils_own_hosts_are_asked(address: str) -> None:
    with pytest.raises(Elsewhere):
        Hosts("http://127.0.0.1", private=True).checked(address)


def test_an_address_of_the_same_host_is_asked_for_in_its_safer_form() -> None:
    hosts = Hosts("https://127.0.0.1", private=True)
    assert hosts.checked("http://127.0.0.1/a?b=c#d") == "https://127.0.0.1/a?b=c"


def test_a_paper_that_has_not_changed_is_not_sent_again(host: Host, fetcher: Fetcher) -> None:
    def conditional(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers.get("If-None-Match") == '"1"'
        handler.send_response(304 if same else 200)
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        handler.wfile.write(b"" if same else b"%PDF-1.7")

    host.replies["/a.pdf"] = conditional
    taken: list[bytes] = []
    first = fetcher.fetch(f"{host.address}/a.pdf", taken.extend, Validators(), 100)
    again = fetcher.fetch(f"{host.address}/a.pdf", taken.extend, first.validators, 100)
    assert (first.unchanged, again.unchanged, taken) == (False, True, [b"%PDF-1.7"])


def test_a_kept_paper_is_named_by_its_content_alone(tmp_path: Path) -> None:
    papers = Papers(tmp_path / "papers")
    kept = papers.keep(iter([b"%PDF", b"-1.7 words"]))
    assert papers.find(kept.sha256) == kept
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [papers.place(kept.sha256)]


@pytest.mark.parametrize("body", [b"", b"<html>Not found</html>", b"PK\x03\x04 a word processor's file"])
def test_what_is_no_pdf_is_not_kept(body: bytes, tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    with pytest.raises(NotAPaper):
        papers.keep(iter([body]))
    assert list(tmp_path.rglob("*")) == []


def test_an_answer_that_breaks_off_leaves_no_file_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"%PDF-1.7" + b" " * 2000
        raise TooLarge("too much")

    with pytest.raises(TooLarge):
        Papers(tmp_path).keep(broken())
    assert list(tmp_path.rglob("*")) == []


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<committees><committee><committeeid>1</committeeid><committeetitle>&c;</committeetitle></committee></committees>"""
STRANGER = b"""<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><committees/>"""


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (BOMB, BrokenAnswer),
        (STRANGER, BrokenAnswer),
        (b"", BrokenAnswer),
        (b"<committees><committee>", BrokenAnswer),
        (b"<meeting/>", BrokenAnswer),
        (b"<committees><committee><committeeid>one</committeeid></committee></committees>", BrokenAnswer),
        (b"\xff\xfe\x00bytes", BrokenAnswer),
        (b"<html><body>Sign in</body></html>", Disabled),
        (b"<!DOCTYPE html><html><p>Error", Disabled),
        (b"Web Service method name is not valid.", Disabled),
    ],
)
def test_only_sound_xml_without_entities_is_an_answer(body: bytes, cause: type[NotFetched]) -> None:
    with pytest.raises(cause):
        committees_of(body)


def test_days_are_read_as_day_month_year_and_what_is_none_is_kept_as_words() -> None:
    rows = "".join(
        f"<meeting><meetingid>{number}</meetingid><meetingdate>{words}</meetingdate></meeting>"
        for number, words in enumerate(["03/04/2026", "31/02/2026", "2026-04-03", " \n"], 1)
    )
    body = f"<getmeetings><committee><committeemeetings>{rows}</committeemeetings></committee></getmeetings>"
    assert [(row.number, row.date, row.words) for row in meetings_of(body.encode())] == [
        (1, dt.date(2026, 4, 3), "03/04/2026"),
        (2, None, "31/02/2026"),
        (3, None, "2026-04-03"),
        (4, None, ""),
    ]


def test_titles_are_unescaped_as_often_as_they_were_escaped() -> None:
    body = b"<committees><committee><committeeid> 7 </committeeid><committeetitle>Children&amp;amp;#39;s \n Panel</committeetitle></committee></committees>"
    [committee] = committees_of(body)
    assert (committee.number, committee.title, committee.deleted) == (7, "Children's Panel", False)


def test_a_cancelled_meeting_lists_nothing() -> None:
    body = b"<meeting><meetingid>9</meetingid><meetingdate>10/03/2026</meetingdate><meetingstatus>Cancelled</meetingstatus><agendaitems>\n</agendaitems></meeting>"
    details = details_of(body)
    assert (details.status, details.items, details.attendees) == ("Cancelled", (), ())


SOURCE = ModernGov(kind="moderngov", address="https://democracy.thornmere.example")
HOSTS = Hosts(SOURCE.address)


def _document(number: int, title: str = "Report", **more: bool) -> LinkedDocument:
    address = f"https://democracy.thornmere.example/documents/s{number}/a.pdf"
    return LinkedDocument(title, address, more.get("link", False), more.get("restricted", False), None)


def _item(*documents: LinkedDocument, restricted: bool = False, minutes: str = "") -> Item:
    return Item("Item", "1.", restricted, minutes, documents)


def _details(*items: Item, agenda: bool = False, minutes: bool = False) -> MeetingDetails:
    return MeetingDetails(5, DAY, "10.00 am", "Town Hall", "Confirmed", True, agenda, minutes, items, ())


def _kinds(details: MeetingDetails, source: ModernGov = SOURCE) -> list[str]:
    return [paper.kind for paper in listing_of(details, source, HOSTS).papers if not paper.restricted]


def test_a_pack_is_wanted_only_where_items_have_no_copies() -> None:
    pack = _document(2, "Public reports pack 02032026 Scrutiny Committee")
    assert _kinds(_details(_item(_document(1), pack), agenda=True)) == ["attachment"]
    assert _kinds(_details(_item(pack), agenda=True)) == ["pack"]
    assert _kinds(_details(_item(), agenda=True)) == ["pack"]
    assert _kinds(_details(_item(), agenda=False)) == []
    assert _kinds(_details(_item(_document(1, restricted=True)), agenda=True)) == ["pack"]


def test_a_host_without_packs_is_not_asked_for_one() -> None:
    assert _kinds(_details(_item(), agenda=True), SOURCE.model_copy(update={"pack": ""})) == []


def test_printed_minutes_are_wanted_where_there_are_no_others() -> None:
    assert _kinds(_details(_item(), minutes=True)) == ["printed minutes"]
    assert _kinds(_details(_item(minutes="<p>RESOLVED</p>"), minutes=True)) == ["HTML minutes"]
    own = _document(1, "Minutes 02/03/2026 Scrutiny Committee")
    assert _kinds(_details(_item(own), minutes=True)) == ["attachment"]


def test_restricted_papers_are_listed_as_such_and_those_of_restricted_items_too() -> None:
    listing = listing_of(
        _details(_item(_document(1, restricted=True), _document(2)), _item(_document(3), restricted=True)),
        SOURCE,
        HOSTS,
    )
    assert [paper.restricted for paper in listing.papers] == [True, False, True]


def test_a_paper_that_is_restricted_at_one_item_is_restricted() -> None:
    details = _details(_item(_document(1)), _item(_document(1), restricted=True))
    assert [paper.restricted for paper in listing_of(details, SOURCE, HOSTS).papers] == [True]


def test_links_elsewhere_and_unwanted_titles_are_left_aside_and_counted() -> None:
    film = LinkedDocument("A film", "https://films.example/a", True, False, None)
    source = SOURCE.model_validate({**SOURCE.model_dump(), "papers": {"exclude": ["*map*"]}})
    listing = listing_of(_details(_item(_document(1), film, _document(2, "A Map"))), source, HOSTS)
    assert ([paper.title for paper in listing.papers], listing.left_aside) == (["Report"], 2)


def test_html_minutes_are_typeset_the_same_each_time_and_without_what_is_restricted() -> None:
    details = _details(
        _item(minutes="<div class='WordSection1'><p>RESOLVED that –<br>the ŵater be noted.</p></div>"),
        _item(minutes="<p>Nobody may read this.</p>", restricted=True),
    )
    pages = [typeset_minutes(details, "Thornmere", "Scrutiny Committee", "https://a/b#minutes") for _ in "12"]
    assert pages[0] == pages[1]
    other = typeset_minutes(_details(_item(minutes="<p>x</p>")), "Thornmere", "S", "https://a/b#minutes")
    assert other != pages[0]


def test_blocks_of_html_are_lines_and_what_is_hidden_is_left_out() -> None:
    html = "<style>p {x}</style><p>One&nbsp;<b>two</b>\n three</p><ul><li>four</li><li>five &amp; six</li></ul><ol><li>seven</li><li>eight</li></ol><span class='mgHide'>ref: 12</span>"
    assert blocks_of(html) == ["One two three", "four", "five & six", "1. seven", "2. eight"]


def _entry(address: str, **more: object) -> Entry:
    return Entry(address, "Report", "Item", "attachment", str(more.pop("listing", "x")), **more)  # type: ignore[arg-type]


def test_what_is_listed_no_more_stays_in_the_ledger_and_says_so() -> None:
    known = (_entry("a", sha256="1" * 64, checked_on=DAY), _entry("b", sha256="2" * 64, checked_on=DAY))
    now = merged([_entry("a")], known, changed=False)
    assert [(one.address, one.listed, one.sha256) for one in now] == [
        ("a", True, "1" * 64),
        ("b", False, "2" * 64),
    ]


def test_papers_of_a_meeting_that_changed_are_asked_for_again() -> None:
    known = (_entry("a", sha256="1" * 64, checked_on=DAY),)
    assert [one.checked_on for one in merged([_entry("a")], known, changed=True)] == [None]
    assert [one.checked_on for one in merged([_entry("a")], known, changed=False)] == [DAY]


def test_a_failure_is_tried_again_after_1_2_4_and_8_days_and_then_given_up() -> None:
    waits = []
    for nights in range(1, 6):
        tried = Tried("refused", "", "", nights, DAY)
        due = [day for day in range(40) if tried.due(DAY + dt.timedelta(days=day))]
        waits.append(due[0] if due else None)
    assert waits == [1, 2, 4, 8, None]


def test_a_failure_is_forgotten_when_its_listing_changes() -> None:
    known = (_entry("a", failure=Tried("refused", "", "", 5, DAY)),)
    assert merged([_entry("a", listing="y")], known, changed=True)[0].failure is None
    assert merged([_entry("a")], known, changed=True)[0].failure is not None


def test_the_ledger_comes_back_as_it_was_kept_and_a_broken_file_is_as_good_as_absent(tmp_path: Path) -> None:
    entry = MeetingEntry(7, 1, "Scrutiny", DAY, papers=(_entry("a", sha256="1" * 64, checked_on=DAY),))
    Ledger(tmp_path).keep(entry)
    assert Ledger(tmp_path).find(7) == entry
    (tmp_path / "7.json").write_bytes(b'{"meeting_id": 7')
    assert Ledger(tmp_path).find(7) is None


def test_a_dry_ledger_writes_nothing(tmp_path: Path) -> None:
    Ledger(tmp_path / "x", keeps=False).keep(MeetingEntry(7, 1, "Scrutiny", DAY))
    assert list(tmp_path.iterdir()) == []


def test_a_paper_that_two_committees_list_is_one_paper_of_no_committee(tmp_path: Path) -> None:
    paper = _entry("a", sha256="1" * 64, checked_on=DAY)
    meetings = [MeetingEntry(n, n, f"Panel {n}", DAY, papers=(paper,)) for n in (1, 2)]
    [fetched] = listed("moderngov:x", "Thornmere", meetings).fetched
    assert ([one.path for one in fetched.addresses], fetched.committee) == (["a"], None)
    assert listed("moderngov:x", "Thornmere", meetings[:1]).fetched[0].committee == "Panel 1"


def test_ledgers_can_be_read_without_the_settings(tmp_path: Path) -> None:
    sign(tmp_path / "thornmere", "moderngov:thornmere", "Thornmere Borough Council")
    paper = _entry("a", sha256="1" * 64, checked_on=DAY)
    Ledger(tmp_path / "thornmere").keep(MeetingEntry(1, 1, "Panel", DAY, papers=(paper,)))
    [fetched] = all_fetched(tmp_path)
    assert (fetched.council, fetched.addresses[0].source) == (
        "Thornmere Borough Council",
        "moderngov:thornmere",
    )


@given(
    st.lists(st.text("ab/.", max_size=3), min_size=1, max_size=4), st.booleans(), st.text("ab/.", max_size=8)
)
def test_a_rule_of_robots_txt_fits_what_its_pattern_says(pieces: list[str], ends: bool, target: str) -> None:
    pattern = ".*".join(re.escape(piece) for piece in pieces) + ("$" if ends else "")
    rule = Rule(allow=False, path="*".join(pieces) + ("$" if ends else ""))
    assert rule.fits(target) is bool(re.match(pattern, target))


@given(
    st.lists(st.sampled_from("abcd"), unique=True),
    st.lists(st.sampled_from("abcd"), unique=True),
    st.booleans(),
)
def test_no_paper_is_ever_lost_from_the_ledger(listed: list[str], known: list[str], changed: bool) -> None:
    now = merged([_entry(one) for one in listed], [_entry(one) for one in known], changed)
    assert sorted(one.address for one in now) == sorted({*listed, *known})
    assert {one.address for one in now if one.listed} == set(listed)
