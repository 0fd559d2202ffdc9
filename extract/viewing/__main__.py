"""``python -m extract.viewing LIMITS PAGE DPI FILE``: bind this process, draw one page and answer with its View."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from extract.errors import NotRead, Unreachable, failure_of
from extract.limits import Limits, bind
from extract.viewing import FAILURE, VIEW


def main(arguments: list[str]) -> int:
    """Always 0: what went wrong is the answer."""
    limits = msgspec.json.decode(arguments[0], type=Limits)
    number, dpi, path = int(arguments[1]), int(arguments[2]), Path(arguments[3])
    bind(limits)
    # Only now: the PDF libraries that it brings along must find the process bound.
    from extract.viewing.drawn import view

    try:
        answer = VIEW + msgspec.msgpack.encode(view(path, number, dpi))
    except NotRead as error:
        answer = FAILURE + msgspec.json.encode(failure_of(error))
    except OSError as error:
        unreachable = Unreachable(f"the file cannot be opened: {error.strerror}")
        answer = FAILURE + msgspec.json.encode(failure_of(unreachable))
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
