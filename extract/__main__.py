"""``python -m extract FILE``: bind this process, read one PDF and print its Document as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

from extract.errors import NotRead
from extract.limits import Limits, bind

NOT_READ = 4


def main(arguments: list[str]) -> int:
    """The exit code: 0 read, 1 usage, 4 not read (the cause on standard error)."""
    if len(arguments) != 1:
        print("usage: python -m extract FILE", file=sys.stderr)
        return 1
    limits = Limits()
    bind(limits)
    # Only now: the PDF libraries that it brings along must find the process bound.
    from extract.document import read

    try:
        document = read(Path(arguments[0]), limits)
    except NotRead as error:
        print(f"{arguments[0]}: {error.code}: {error}\n{error.advice}", file=sys.stderr)
        return NOT_READ
    sys.stdout.buffer.write(document.to_json() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
