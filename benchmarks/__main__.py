"""``python -m benchmarks [CHAPTER...]``: accuracy, speed and memory, side by side with other readers, in one run.

Chapters: tables, speed, papers, accuracy, language, unseen (all of them where none is named). What is measured is printed, and
written into docs/accuracy.md. ``--quick`` leaves slow readers out of the long pack, ``--dry`` leaves the page alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks import page
from benchmarks.chapters import Chapter, Claim
from benchmarks.costs import adopt_orphans
from benchmarks.places import FURTHER, SAMPLES, SHARED

# Those that measure other processes come first, while this one is small: a process counts what its parent held.
CHAPTERS = ("tables", "speed", "papers", "accuracy", "language", "unseen")


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for: 0, or 1 for a chapter that does not exist. A claim that fails is told, not an error."""
    options = {argument for argument in arguments if argument.startswith("--")}
    names = [argument for argument in arguments if argument not in options] or list(CHAPTERS)
    if unknown := [name for name in names if name not in CHAPTERS] or list(options - {"--quick", "--dry"}):
        print(f"{unknown[0]}: no such chapter or option; chapters are {', '.join(CHAPTERS)}", file=sys.stderr)
        return 1
    adopt_orphans()
    claims: list[Claim] = []
    for name in names:
        for section, chapter in _measured(name, quick="--quick" in options):
            print(chapter, end="\n\n", flush=True)
            claims += chapter.claims
            if "--dry" not in options:
                page.write(section, chapter)
    print("\n".join(["## Claims", "", *(f"- {claim}" for claim in claims)]))
    return 0


def _measured(name: str, *, quick: bool) -> Iterator[tuple[str, Chapter]]:
    """The chapters of one name, each with the section of the page that it belongs in.

    What a chapter needs is imported for it alone: a process that forks others should be small.
    """
    if name == "accuracy":
        from benchmarks.accuracy import accuracy
        from benchmarks.published import published

        yield "samples", accuracy("The samples", SAMPLES, own=True)
        yield "further", accuracy("Papers by other hands", FURTHER, own=True)
        if (SHARED / "papers").is_dir():
            yield "shared", accuracy("Two papers drawn in many ways", SHARED / "papers", own=False)
            yield from published()
        else:
            print("the shared papers are not here (they belong in ../shared): left out\n")
    elif name == "tables":
        from benchmarks.quality import table_quality

        yield "tables", table_quality()
    elif name == "speed":
        from benchmarks.speed import speed

        yield "speed", speed(quick=quick)
    elif name == "language":
        from benchmarks.language import language

        yield "language", language()
    elif name == "unseen":
        from benchmarks.unseen import unseen

        yield "unseen", unseen()
    else:
        from benchmarks.papers import paper_costs

        yield "papers", paper_costs(sorted(SAMPLES.glob("*.pdf")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
