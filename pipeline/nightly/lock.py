"""Only one night at a time: a lock that the operating system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AnotherNight(Exception):
    """Another nightly run holds the lock of this database: it is left to its work."""

    advice = (
        "Wait for it to end; if it hangs, end the process that is named, and start again: nothing is lost."
    )


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of the store in `folder`. Raises AnotherNight where another process does."""
    folder.mkdir(parents=True, exist_ok=True)
    # Opened for appending: whoever fails to lock must not wipe the holder's number.
    with (folder / "nightly.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise AnotherNight(f"another night is at work here (process {file.read().strip()})") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
