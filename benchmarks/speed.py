"""What reading costs beside the others: CPU a page by sort of page, a long pack, memory, and how cost grows."""

from __future__ import annotations

import math
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.costs import cost_of
from benchmarks.pack import make_pack, make_prose, make_tables, tracker_pages
from benchmarks.places import SAMPLES
from benchmarks.readers import BARE, CHARS, FINDER, LATTICE, OURS, VECTOR
from benchmarks.work import timed

READERS = (OURS, BARE, CHARS, FINDER, VECTOR, LATTICE)
TABLE_PAGES, PROSE_PAGES, PACK_PAGES = 35, 40, 500
TYPESET = SAMPLES / "wexmoor-air-quality-action-plan.pdf"
GROWTH = (50, 100, 200, 500, 1000, 2000)
# Best of so many readings: slow readers vary less in proportion, and would keep the machine for long.
REPEATS = {OURS: 5, BARE: 5, CHARS: 1, FINDER: 1, VECTOR: 1, LATTICE: 1}
PACK_REPEATS = {OURS: 3, BARE: 5, CHARS: 1, FINDER: 1, VECTOR: 1, LATTICE: 1}
HELP = (sys.executable, "-m", "pipeline", "--help")


@dataclass(frozen=True)
class Measured:
    """Milliseconds of CPU a page, and the most megabytes that the process held."""

    milliseconds: float
    megabytes: float


def speed(*, quick: bool) -> Chapter:
    """The chapter; `quick` leaves the slow readers out of the pack."""
    with tempfile.TemporaryDirectory() as folder:
        tables = make_tables(Path(folder) / "tables.pdf", TABLE_PAGES)
        prose = make_prose(Path(folder) / "prose.pdf", PROSE_PAGES)
        pack = make_pack(Path(folder) / "pack.pdf", PACK_PAGES)
        slow = (OURS, BARE) if quick else READERS
        measured = {
            f"table page ({TABLE_PAGES} ruled pages)": _each(READERS, tables, TABLE_PAGES, REPEATS),
            "table page (a sample typeset by LibreOffice)": _each(READERS, TYPESET, 5, REPEATS),
            f"prose page ({PROSE_PAGES} pages)": _each(READERS, prose, PROSE_PAGES, REPEATS),
            f"page of a {PACK_PAGES}-page pack": _each(slow, pack, PACK_PAGES, PACK_REPEATS),
        }
        growth = _growth(Path(folder))
    return Chapter(
        "Speed and memory",
        [*_told(measured), *_growth_told(growth)],
        [*_claims(measured), _linear(growth), start_up()],
    )


def start_up() -> Claim:
    """The claim about help, which must not wait for a library."""
    seconds = min(cost_of(HELP).seconds for _ in range(5))
    return Claim("scrutiny --help", "under 0.3 s of CPU", f"{seconds:.3f} s", seconds < 0.3)


def _each(readers: Sequence[str], file: Path, pages: int, repeats: dict[str, int]) -> dict[str, Measured]:
    out = {}
    for reader in readers:
        seconds, megabytes = timed(reader, repeats[reader], file)
        out[reader] = Measured(seconds / pages * 1000, megabytes)
    return out


def _told(measured: dict[str, dict[str, Measured]]) -> list[str | Table]:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = (
        f"One process at a time, best of several runs, CPU time of the process ({os.cpu_count()} processors, load {load}). "
        f"The pack holds {tracker_pages(PACK_PAGES)} pages of trackers among prose and decoys."
    )
    costs = [[what, *(_one(by, r, "milliseconds", 2) for r in READERS)] for what, by in measured.items()]
    ratios = [[what, *(_ratio(by, r) for r in READERS)] for what, by in measured.items()]
    memory = [[what, *(_one(by, r, "megabytes", 0) for r in READERS)] for what, by in measured.items()]
    return [
        machine,
        Table(("ms of CPU a page", *READERS), costs),
        Table(("times our own cost", *READERS), ratios),
        Table(("peak MB", *READERS), memory),
    ]


def _one(by: dict[str, Measured], reader: str, what: str, digits: int) -> str:
    return f"{getattr(by[reader], what):.{digits}f}" if reader in by else "-"


def _ratio(by: dict[str, Measured], reader: str) -> str:
    return f"{by[reader].milliseconds / by[OURS].milliseconds:.2f}" if reader in by else "-"


def _growth(folder: Path) -> dict[int, Measured]:
    out = {}
    for pages in GROWTH:
        pack = make_pack(folder / f"pack{pages}.pdf", pages)
        out[pages] = _each((OURS,), pack, pages, {OURS: 3 if pages <= 500 else 2})[OURS]
        pack.unlink()
    return out


def _growth_told(growth: dict[int, Measured]) -> list[str | Table]:
    rows = [
        [str(pages), f"{m.milliseconds * pages / 1000:.2f}", f"{m.milliseconds:.2f}", f"{m.megabytes:.0f}"]
        for pages, m in growth.items()
    ]
    return [Table(("pages of a pack", "seconds of CPU", "ms a page", "peak MB"), rows)]


def _linear(growth: dict[int, Measured]) -> Claim:
    """The exponent of growth between the shortest pack that is triaged and the longest."""
    short, long = GROWTH[1], GROWTH[-1]
    times = growth[long].milliseconds * long / (growth[short].milliseconds * short)
    exponent = math.log(times) / math.log(long / short)
    return Claim(
        f"cost grows from {short} to {long} pages as pages to the power",
        "at most 1.05",
        f"{exponent:.2f}",
        exponent <= 1.05,
    )


def _claims(measured: dict[str, dict[str, Measured]]) -> list[Claim]:
    *singles, pack = measured.values()
    share = max(by[OURS].milliseconds / by[FINDER].milliseconds for by in singles[:2])
    times = pack[OURS].milliseconds / pack[BARE].milliseconds
    peak = pack[OURS].megabytes
    return [
        Claim(
            "a table page beside pdfplumber's find_tables",
            "at most 1/8",
            f"1/{1 / share:.1f}",
            share <= 1 / 8,
        ),
        Claim(
            "a 500-page pack beside pdfium's bare text",
            "at most 2.0 times",
            f"{times:.2f} times",
            times <= 2.0,
        ),
        Claim("peak memory on that pack", "under 150 MB", f"{peak:.0f} MB", peak < 150),
    ]
