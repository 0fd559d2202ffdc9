"""What one reader does, in a process of its own: `python -m benchmarks.work time|tables READER ...`, JSON on stdout."""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from benchmarks.costs import cost_of
from benchmarks.readers import OURS, Tables, load


def timed(reader: str, repeats: int, file: Path) -> tuple[float, float]:
    """Seconds of CPU of the best of `repeats` readings, and the megabytes that the process held at most."""
    printed = cost_of(
        [sys.executable, "-m", "benchmarks.work", "time", reader, str(repeats), str(file)]
    ).printed
    best, megabytes = json.loads(printed)
    return best, megabytes


def tables_by(reader: str, files: Sequence[Path]) -> dict[str, Tables | None]:
    """The tables that a reader finds in each file, by the file's name; None where it fails."""
    printed = cost_of([sys.executable, "-m", "benchmarks.work", "tables", reader, *map(str, files)]).printed
    return {
        name: tables and [(page, rows) for page, rows in tables]
        for name, tables in map(json.loads, printed.splitlines())
    }


def main(arguments: Sequence[str]) -> None:
    """Do the work that the two functions above ask for."""
    warnings.simplefilter("ignore")
    what, name, *rest = arguments
    if what == "time":
        _time(name, int(rest[0]), Path(rest[1]))
    else:
        for file in rest:
            print(json.dumps((Path(file).name, _tables_or_none(name, Path(file)))), flush=True)


def _time(name: str, repeats: int, file: Path) -> None:
    read = load(name)
    taken = []
    for _ in range(repeats):
        started = time.process_time()
        read(file)
        taken.append(time.process_time() - started)
    print(json.dumps((min(taken), _peak_megabytes())))


def _peak_megabytes() -> float:
    """The most memory that this program held (Linux); getrusage would count what its parent held when it forked."""
    status = Path("/proc/self/status").read_text(encoding="utf8")
    kilobytes = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert kilobytes is not None
    return int(kilobytes.group(1)) / 1024


def _tables_or_none(name: str, file: Path) -> Tables | None:
    read = load(name)
    if name == OURS:
        return read(file)
    try:
        return read(file)
    except Exception as error:  # noqa: BLE001 - a peer that fails on a file has read nothing of it, and is told so
        print(f"{name}: {file.name}: {error}", file=sys.stderr)
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
