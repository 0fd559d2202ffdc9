"""``scrutiny``, or ``python -m pipeline``: the command line."""

from __future__ import annotations

import sys

from pipeline.cli import app
from pipeline.cli.exits import USAGE, translated


def main() -> None:
    """Run the command of this process's arguments and leave with its exit code: 0, 1 usage, 3 some, 4 none read."""
    try:
        translated(app)
    except SystemExit as exit_:
        # The parser leaves with 2 on a wrong option; our 1 is older than its 2.
        sys.exit(USAGE if exit_.code == 2 else exit_.code)


if __name__ == "__main__":
    main()
