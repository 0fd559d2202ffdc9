"""Which errors concern a whole run and not one file, what is told of them, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable

USAGE = 1
BROKEN = 1


def translated(command: Callable[[], object]) -> None:
    """Run `command`; an error that concerns the whole run becomes a sentence of advice and an exit code."""
    try:
        command()
    except SystemExit:
        raise
    except _errors_of_a_run() as error:
        print(error, file=sys.stderr)
        print(getattr(error, "advice", "Install scrutiny again: make install."), file=sys.stderr)
        sys.exit(BROKEN)


def _errors_of_a_run() -> tuple[type[Exception], ...]:
    # Asked for only once something went wrong; help must not wait for either.
    from extract import SandboxError
    from models.errors import DatabaseError

    return (SandboxError, DatabaseError)
