"""Scripted nights against a stand-in host give exactly the expected rows, reports and exit codes, whatever breaks off."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from sqlalchemy import Engine, create_engine, text

from extract import Limits, sandbox
from models.dump import dump
from pipeline.batch import again
from pipeline.nightly.lock import AnotherNight, only_one
from pipeline.nightly.night import night
from pipeline.nightly.rehearsal import rehearse
from pipeline.nightly.settings import Mail, NightSettings, night_settings
from pipeline.nightly.telling import NotTold, send_report, write_report
from pipeline.nightly.trying import try_council
from pipeline.nightly.values import NightReport
from pipeline.nightly.visits import Orders
from pipeline.nightly.written import markdown_of
from pipeline.sources.councils import council
from pipeline.sources.moderngov.visit import Trouble

if TYPE_CHECKING:
    from tests.standins.moderngov import StandIn

HERE = Path(__file__).parent
EXPECTED = HERE / "nights"
DAYS = (dt.date(2026, 3, 2), dt.date(2026, 3, 3), dt.date(2026, 3, 4), dt.date(2026, 3, 5))

COUNCIL = """name: Thornmere Borough Council
sources:
  - kind: moderngov
    address: {address}
    private: true
    committees: {{include: ["*scrutiny*"]}}
    window: {{back: 60, ahead: 30, recheck: 2}}
    manners: {{pause_seconds: 0, tries: 2, back_off_seconds: 0.05}}
    bounds: {{paper_megabytes: 1, seconds: 1.5}}
"""
NIGHTLY = "contact: tests@example.org\ncouncils: [councils]\ndatabase: sqlite:///night.db\njobs: 2\n"
ROWS = {
    "places": "select l.path, l.is_open, l.published_on, d.outcome, d.cause, d.is_replaced from document_locations l"
    " join documents d on d.id = l.document_id order by l.path, l.is_open, d.file_name",
    "history": "select council, ref, sequence, text, decision, due_latest, is_latest from v_history"
    " order by text, sequence",
    "tracker": "select council, committee, ref, text, decision, owners, due_latest, address from v_tracker"
    " order by text",
    "refused": "select p.message, d.address from problems p join documents d on d.id = p.document_id"
    " where p.code = 'unreachable' order by d.address",
}


def _stand_in(**settings: Any) -> StandIn:
    file = HERE.parent / "standins" / "moderngov.py"
    spec = importlib.util.spec_from_file_location("moderngov_stand_in", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    host: StandIn = module.StandIn(**settings)
    return host


@pytest.fixture(scope="module")
def host() -> Iterator[StandIn]:
    made = _stand_in()
    yield made
    made.stop()


class Told(msgspec.Struct, frozen=True):
    """What is left of a night: its report, what the database holds, what the host was asked."""

    report: NightReport
    rows: dict[str, list[tuple[object, ...]]]
    dumped: bytes
    asked: list[tuple[str, int]]


@pytest.fixture(scope="module")
def nights(host: StandIn, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Told]]:
    """Three scripted nights and a fourth on which only a paper has changed without a word; the first is kept aside."""
    folder = _place(tmp_path_factory.mktemp("nights"), host)
    told = []
    for number, day in enumerate(DAYS, 1):
        host.night = min(number, 3)
        told.append(_night(folder, host, day))
        if number == 1:
            shutil.copytree(folder, folder.parent / "after the first night")
    return folder, told


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_scripted_night_is_reported_exactly(
    number: int, nights: tuple[Path, list[Told]], host: StandIn, golden: Callable[[Path, str], None]
) -> None:
    report = nights[1][number - 1].report
    golden(EXPECTED / f"{number}.md", _plain(markdown_of(report), host))


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_scripted_night_leaves_exactly_these_rows(
    number: int, nights: tuple[Path, list[Told]], host: StandIn, golden: Callable[[Path, str], None]
) -> None:
    written = json.dumps(nights[1][number - 1].rows, indent=1, ensure_ascii=False)
    golden(EXPECTED / f"{number}.json", _plain(written, host) + "\n")


@pytest.mark.slow
def test_a_night_ends_with_the_code_for_who_is_on_call(nights: tuple[Path, list[Told]]) -> None:
    assert [one.report.exit_code for one in nights[1]] == [3, 3, 0, 3]


@pytest.mark.slow
def test_what_is_restricted_is_never_asked_for(nights: tuple[Path, list[Told]]) -> None:
    asked = [path for one in nights[1] for path, _ in one.asked]
    assert [path for path in asked if "/s702/" in path] == []
    assert [path for path in asked if "films.example" in path or "/s716/" in path] == []


@pytest.mark.slow
def test_a_paper_that_was_replaced_is_a_new_version_and_the_old_one_is_kept(
    nights: tuple[Path, list[Told]],
) -> None:
    history = [(row[2], row[4], row[6]) for row in nights[1][1].rows["history"] if "charges" in str(row[3])]
    assert history == [(1, "accepted_in_part", 0), (2, "rejected", 1)]


@pytest.mark.slow
def test_html_minutes_are_read_as_a_paper_of_their_own_without_what_is_restricted(
    nights: tuple[Path, list[Told]],
) -> None:
    folder, told = nights
    [line] = [line for line in told[2].report.papers if line.address.endswith("#minutes")]
    assert (line.change, line.outcome, line.committee) == ("new", "read", "Overview and Scrutiny Committee")
    texts = (
        [row[0] for row in _ask(folder, "select body from search where kind = 'resolution'")] if False else []
    )
    assert texts == []


@pytest.mark.slow
def test_an_unchanged_night_costs_a_request_a_meeting_and_reads_nothing(
    nights: tuple[Path, list[Told]], host: StandIn, tmp_path: Path
) -> None:
    folder = _copy(nights[0], tmp_path)
    before = _dump(folder)
    told = _night(folder, host, DAYS[3])
    assert _dump(folder) == before
    meetings = told.report.sources[0].meetings
    assert len([path for path, _ in told.asked if "GetMeeting?" in path]) == meetings
    assert [path for path, _ in told.asked if "/documents/" in path] == []
    assert (
        len(told.asked) == 1 + 1 + told.report.sources[0].committees + meetings
    )  # and robots.txt, GetCommittees
    assert (told.report.papers, told.report.reread, told.report.exit_code) == ((), 0, 3)


@pytest.mark.slow
def test_papers_that_are_asked_for_again_are_not_sent_again(nights: tuple[Path, list[Told]]) -> None:
    asked = dict(request for request in nights[1][3].asked if "/documents/" in request[0])
    same = sorted(path for path, status in asked.items() if status == 304)
    sent = sorted(path for path, status in asked.items() if status == 200)
    assert same == [f"/documents/s{number}/Paper.pdf" for number in (701, 704, 711, 713, 721)]
    # The one that was replaced without a word, and failures whose day has come again.
    assert sent == [f"/documents/s{number}/Paper.pdf" for number in (705, 712, 714, 715)]


@pytest.mark.slow
def test_a_dry_run_says_what_would_be_done_and_changes_nothing(host: StandIn, tmp_path: Path) -> None:
    folder = _place(tmp_path / "dry", host)
    host.night = 1
    before = sorted(path.name for path in folder.rglob("*"))
    host.forget()
    report = rehearse(night_settings(folder / "nightly.yml"), Orders(DAYS[0]), _silent)
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert [path for path, _ in host.requests if "/documents/" in path] == []
    assert (
        len([address for address in report.would_fetch if "/s701/" in address]) == 2
    )  # two meetings list it
    assert (len(report.would_fetch), report.dry_run, report.exit_code) == (13, True, 0)


@pytest.mark.parametrize("state", ["disabled", "shut"])
def test_a_night_without_any_answer_says_so(state: str, tmp_path: Path) -> None:
    host = _stand_in(**{state: True})
    try:
        told = _night(_place(tmp_path / "n", host), host, DAYS[0])
    finally:
        host.stop()
    cause = {"disabled": "no service", "shut": "refused"}[state]
    assert [trouble.cause for trouble in told.report.troubles] == [cause]
    assert told.report.exit_code == 4


@pytest.mark.slow
def test_two_nights_at_once_are_one_night(host: StandIn, tmp_path: Path) -> None:
    folder = _place(tmp_path / "two", host)
    host.night = 1
    runs = [_apart(folder, DAYS[0]) for _ in range(2)]
    ends = sorted(run.wait(timeout=120) for run in runs)
    assert ends == [3, 5]
    [said] = [run.stderr.read().decode() for run in runs if run.returncode == 5 and run.stderr]
    assert "another night is at work here (process " in said
    assert len(_ask(folder, "select id from runs where command = 'nightly'")) == 1
    for run in runs:
        if run.stderr:
            run.stderr.close()


def test_the_lock_of_a_night_is_let_go_by_a_dead_run(tmp_path: Path) -> None:
    program = "import sys, time; from pathlib import Path; from pipeline.nightly.lock import only_one\nwith only_one(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(AnotherNight, match=str(holder.pid)), only_one(tmp_path):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with only_one(tmp_path):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["listing", "fetching", "reading"])
def test_killed_at_any_moment_and_run_again_it_is_the_same_as_an_undisturbed_night(
    moment: str, nights: tuple[Path, list[Told]], host: StandIn, tmp_path: Path
) -> None:
    folder = _copy(nights[0].parent / "after the first night", tmp_path)
    host.night = 2
    host.forget()
    until: dict[str, Callable[[], bool]] = {
        "listing": lambda: len(host.requests) >= 3,
        "fetching": lambda: len(host.asked_for("/documents/")) >= 2,
        "reading": lambda: len(_ask(folder, "select id from documents where outcome <> 'not_read'")) >= 7,
    }
    _kill_when(_apart(folder, DAYS[1]), until[moment])
    _night(folder, host, DAYS[1])
    assert _dump(folder) == nights[1][1].dumped


@pytest.mark.slow
@pytest.mark.skipif(
    "SCRUTINY_TEST_KILLS" not in os.environ, reason="takes minutes: set SCRUTINY_TEST_KILLS=20"
)
def test_killed_at_many_random_moments_it_is_the_same_as_an_undisturbed_night(
    nights: tuple[Path, list[Told]], host: StandIn, tmp_path: Path
) -> None:
    host.night = 2
    chance = random.Random(5)
    whole = _seconds_of_a_night(_copy(nights[0].parent / "after the first night", tmp_path))
    for number in range(int(os.environ["SCRUTINY_TEST_KILLS"])):
        folder = _copy(nights[0].parent / "after the first night", tmp_path / str(number))
        moment = time.monotonic() + chance.uniform(0.2, whole)
        _kill_when(_apart(folder, DAYS[1]), lambda moment=moment: time.monotonic() > moment)
        _night(folder, host, DAYS[1])
        assert _dump(folder) == nights[1][1].dumped, f"kill number {number}"
        shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.postgres
def test_a_night_on_postgresql_gives_the_same_rows(
    nights: tuple[Path, list[Told]], host: StandIn, fresh_postgres: Engine, tmp_path: Path
) -> None:
    folder = _place(tmp_path / "postgres", host)
    address = fresh_postgres.url.render_as_string(hide_password=False)
    settings = NIGHTLY.replace("sqlite:///night.db", json.dumps(address)) + "store: night.store\n"
    (folder / "nightly.yml").write_text(settings)
    host.night = 1
    report = night(night_settings(folder / "nightly.yml"), Orders(DAYS[0]), _silent)
    assert report == nights[1][0].report
    assert dump(fresh_postgres) == nights[1][0].dumped


@pytest.mark.slow
def test_papers_that_an_older_reader_had_read_are_read_again(
    nights: tuple[Path, list[Told]], host: StandIn, tmp_path: Path
) -> None:
    folder = _copy(nights[0], tmp_path)
    _change(folder, "update extractions set reader = 'older', digest = 'older'")
    host.night = 3
    told = _night(folder, host, DAYS[3])
    assert (told.report.reread, told.report.papers) == (told.report.unchanged, ())
    older = "select distinct l.is_open from extractions x join document_locations l using (document_id) where x.reader = 'older'"
    assert _ask(folder, older) == [(0,)]  # only what lies nowhere any more
    assert told.rows == nights[1][3].rows
    assert [path for path, _ in told.asked if "/documents/" in path] == []


@pytest.mark.slow
def test_fetched_papers_can_be_understood_anew_without_a_night(
    nights: tuple[Path, list[Told]], tmp_path: Path
) -> None:
    folder = _copy(nights[0], tmp_path)
    before = _dump(folder)
    report = again(night_settings(folder / "nightly.yml").batch, failed_only=False)
    assert len(report.read) == nights[1][3].report.unchanged + 1
    assert _dump(folder) == before


@pytest.mark.slow
def test_a_persons_link_joins_two_recommendations_and_survives_reading_again(
    nights: tuple[Path, list[Told]], host: StandIn, tmp_path: Path
) -> None:
    folder = _copy(nights[0], tmp_path)
    keys = "select c.key, r.key, n.key from recommendations n join reviews r on r.id = n.review_id join councils c on c.id = r.council_id where r.key like :subject and n.key = :number"
    [(council_key, parking, _)] = _ask(folder, keys, subject="subject: parking%", number="2")
    [(_, damp, number)] = _ask(folder, keys, subject="subject: damp%", number="1")
    _change(
        folder,
        "insert into corrections (id, council_key, review_key, recommendation_key, document_id, field, machine_value,"
        " person_value, source_words, state, author, reason, made_at)"
        f" values ('1', '{council_key}', '{damp}', '{number}', '', 'link', null, '{parking} > 2', '', 'open', 'A', '', '2026')",
    )
    host.night = 3
    history = "select sequence from v_history h join recommendations n on n.id = h.recommendation_id join reviews r on r.id = n.review_id where r.key = :review and n.key = '2' order by 1"
    assert _night(folder, host, DAYS[3]).report.linked.by_people == 1
    assert _ask(folder, history, review=parking) == [(1,), (2,), (3,)]
    _change(folder, "update extractions set reader = 'older', digest = 'older'")
    _night(folder, host, DAYS[3])
    assert _ask(folder, history, review=parking) == [(1,), (2,), (3,)]


@pytest.mark.slow
def test_a_folder_goes_through_the_same_night(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder night"
    (folder / "councils").mkdir(parents=True)
    (folder / "papers").mkdir()
    paper = folder / "papers" / "tracker.pdf"
    shutil.copy(samples / "calverstoke-recommendation-tracker.pdf", paper)
    os.utime(paper, (1_400_000_000, 1_400_000_000))
    settings = "name: Calverstoke\nsources:\n  - {kind: folder, path: ../papers}\n  - {kind: folder, path: ../gone}\n"
    (folder / "councils" / "calverstoke.yml").write_text(settings)
    (folder / "nightly.yml").write_text(NIGHTLY)
    first = night(night_settings(folder / "nightly.yml"), Orders(DAYS[0]), _silent)
    second = night(night_settings(folder / "nightly.yml"), Orders(DAYS[1]), _silent)
    paper.unlink()
    third = night(night_settings(folder / "nightly.yml"), Orders(DAYS[2]), _silent)
    changes = [[(line.change, line.outcome) for line in report.papers] for report in (first, second, third)]
    assert changes == [[("new", "read")], [], [("gone", "")]]
    assert [report.unchanged for report in (first, second, third)] == [0, 1, 0]
    assert {trouble.cause for trouble in first.troubles} == {"no folder"}


def test_a_report_is_never_written_over_another(tmp_path: Path) -> None:
    report = NightReport(DAYS[0], False, (), ())
    pages = [write_report(report, tmp_path) for _ in range(3)]
    assert [page.name for page in pages] == ["2026-03-02.md", "2026-03-02-2.md", "2026-03-02-3.md"]
    assert json.loads((tmp_path / "2026-03-02.json").read_bytes())["date"] == "2026-03-02"


def test_a_report_goes_to_a_webhook_and_a_webhook_that_fails_is_told(tmp_path: Path) -> None:
    taken: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if len(taken) == 1 else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_told: object) -> None:
            """The test looks at `taken`."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings = NightSettings(
        contact="t@example.org", councils=(tmp_path,), webhook=f"http://127.0.0.1:{server.server_port}/hook"
    )
    send_report(NightReport(DAYS[0], False, (), ()), settings)
    with pytest.raises(NotTold, match=r"webhook: the server answered 500$"):
        send_report(NightReport(DAYS[0], False, (), ()), settings)
    server.shutdown()
    server.server_close()
    assert taken[0]["text"].startswith("scrutiny, night of 2026-03-02: all well")
    assert taken[0]["report"]["date"] == "2026-03-02"


class MailServer:
    """Takes one message and keeps it; speaks no more of the protocol than that takes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.message = b""
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection, connection.makefile("rwb", buffering=0) as lines:
            lines.write(b"220 here\r\n")
            for line in lines:
                word = line.split()[0].upper()
                lines.write({b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(word, b"250 well\r\n"))
                if word == b"DATA":
                    self.message = b"".join(iter(lines.readline, b".\r\n"))
                    lines.write(b"250 taken\r\n")
                if word == b"QUIT":
                    break
        self._socket.close()


def test_a_report_goes_by_mail_where_something_failed(tmp_path: Path) -> None:
    server = MailServer()
    mail = Mail(
        host="127.0.0.1", port=server.port, sender="a@example.org", to=("b@example.org",), security="none"
    )
    settings = NightSettings(contact="t@example.org", councils=(tmp_path,), mail=mail, report_when="trouble")
    well = NightReport(DAYS[0], False, (), ())
    send_report(well, settings)  # nobody is told of a night on which all was well
    trouble = Trouble("Thornmere", "the list of committees", "slow", "no answer in time", "Look.")
    send_report(msgspec.structs.replace(well, troubles=(trouble,)), settings)
    server.thread.join(timeout=10)
    assert b"Subject: scrutiny, night of 2026-03-02: needs a look" in server.message
    assert b"slow: no answer in time" in server.message


@pytest.mark.slow
def test_a_councils_settings_can_be_tried_without_storing_anything(host: StandIn, tmp_path: Path) -> None:
    folder = _place(tmp_path / "try", host)
    host.night = 1
    before = sorted(path.name for path in folder.rglob("*"))
    steps = list(try_council(council(folder / "councils" / "thornmere.yml"), "t@example.org", DAYS[0]))
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert all(step.well for step in steps)
    assert steps[0].words.startswith("5 committees, 3 of them wanted: Overview and Scrutiny Committee")
    assert "which was not kept" in steps[-1].words


def _place(folder: Path, host: StandIn) -> Path:
    """A folder with a night's settings for the stand-in."""
    (folder / "councils").mkdir(parents=True, exist_ok=True)
    (folder / "councils" / "thornmere.yml").write_text(COUNCIL.format(address=host.address))
    (folder / "nightly.yml").write_text(NIGHTLY)
    return folder


def _copy(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to / "night")
    return to / "night"


def _night(folder: Path, host: StandIn, day: dt.date) -> Told:
    host.forget()
    report = night(night_settings(folder / "nightly.yml"), Orders(day), _silent)
    rows = {name: _ask(folder, query) for name, query in ROWS.items()}
    return Told(report, rows, _dump(folder), list(host.requests))


def _apart(folder: Path, day: dt.date) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "nightly", "--config", str(folder / "nightly.yml")]
    return subprocess.Popen(
        [*command, "--date", day.isoformat()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _kill_when(run: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
    """Kill a run when `condition` holds, unless it has ended before; its readers are left to find out."""
    until = time.monotonic() + 60
    while run.poll() is None and not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)
    if run.poll() is None:
        run.kill()
    run.wait()
    if run.stderr:
        run.stderr.close()


def _seconds_of_a_night(folder: Path) -> float:
    started = time.monotonic()
    _kill_when(_apart(folder, DAYS[1]), lambda: False)
    shutil.rmtree(folder)
    return time.monotonic() - started


def _ask(folder: Path, query: str, **values: object) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{folder}/night.db")
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]
    finally:
        engine.dispose()


def _change(folder: Path, statement: str) -> None:
    engine = create_engine(f"sqlite:///{folder}/night.db")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _dump(folder: Path) -> bytes:
    engine = create_engine(f"sqlite:///{folder}/night.db")
    try:
        return dump(engine)
    finally:
        engine.dispose()


def _plain(written: str, host: StandIn) -> str:
    """Without the host's port, and without how much was found in minutes, which is another test's business."""
    words = written.replace(host.address.removeprefix("http://"), "HOST")
    words = re.sub(r"(#minutes \(read; ).*?\)", r"\1…)", words)
    return re.sub(r", \d+ agenda items;", ", … agenda items;", words)


def _words_of(file: Path) -> list[str]:
    document = sandbox(Limits()).read(file).document
    return [line.text for line in document.lines]


def _silent(_words: str) -> None:
    """Nobody watches."""
