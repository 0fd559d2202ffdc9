"""How much of what papers say is read right: by field, by layout, by the certainty that the reader claims, and what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.scoring import Outcome, outcomes
from benchmarks.truth import KnownPaper, known_papers
from extract import Sandbox
from pipeline.flow import understand
from pipeline.output import read_line

FIELDS = (
    "recommendation", "ref", "title", "text", "paragraph_refs", "decision", "status", "rag", "priority", "segments",
    "segments_by_kind", "owners", "timeline", "expected", "revised", "actual", "dates", "entities", "pages",
    "meta.title", "meta.subtitle", "meta.council", "meta.committee", "meta.cabinet_member", "meta.date",
    "meta.lead_officers", "meta.other_dates",
)  # fmt: skip
LAYOUT_FIELDS = (
    "recommendation", "text", "segments", "segments_by_kind", "decision", "status", "rag", "owners", "timeline", "dates",
    "entities",
)  # fmt: skip
MOST_WRONG = 1 / 200  # of the values that the reader calls certain
_SHOWN = 60  # wrong values that are listed
_LONGEST = 90  # letters of one


class Scored(msgspec.Struct, frozen=True):
    """A paper and the outcomes of all its values."""

    name: str
    outcomes: tuple[Outcome, ...]

    def f1(self, field: str) -> float | None:
        """2TP / (2TP + FP + FN); None where neither paper nor reader has a value."""
        return f1(_of(self.outcomes, field))


def accuracy(title: str, folder: Path, *, own: bool) -> Chapter:
    """The chapter of all papers of a folder that has their truth; only words of our `own` papers are quoted."""
    with Sandbox() as sandbox:  # ended before another chapter waits for all its children
        scored = [score(paper, sandbox) for paper in known_papers(folder)]
    values = [one for paper in scored for one in paper.outcomes]
    fields = [field for field in FIELDS if _of(values, field)]
    rows = [_field_row(field, _of(values, field)) for field in fields]
    certainty, claim = _certainty(values)
    return Chapter(
        title,
        [
            f"{len(scored)} papers, {len(values)} values.",
            Table(("field", "precision", "recall", "F1", "right", "spurious", "missed"), rows),
            "F1 by layout, one paper each:",
            Table(("layout", *LAYOUT_FIELDS), [_layout_row(paper) for paper in scored]),
            "By the certainty that the reader claims:",
            certainty,
            "What is wrong:",
            "\n".join(_wrong(scored, own)) or "- nothing",
        ],
        [claim],
    )


def score(paper: KnownPaper, sandbox: Sandbox) -> Scored:
    """A paper read and understood, and held against its truth."""
    line = read_line(paper.path.name, understand(sandbox.read(paper.path).document))
    return Scored(paper.path.name, tuple(outcomes(line, paper.truth)))


def f1(found: Sequence[Outcome]) -> float | None:
    """Of the outcomes of one field."""
    counts = Counter(one.verdict for one in found)
    right, wrong = counts["right"], counts["spurious"] + counts["missed"]
    return 2 * right / (2 * right + wrong) if right + wrong else None


def _of(values: Iterable[Outcome], field: str) -> list[Outcome]:
    return [one for one in values if one.field == field]


def _field_row(field: str, found: Sequence[Outcome]) -> list[str]:
    counts = Counter(one.verdict for one in found)
    right, spurious, missed = counts["right"], counts["spurious"], counts["missed"]
    shares = (_share(right, right + spurious), _share(right, right + missed), _figure(f1(found)))
    return [field, *shares, str(right), str(spurious), str(missed)]


def _share(part: int, whole: int) -> str:
    return _figure(part / whole if whole else None)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _layout_row(paper: Scored) -> list[str]:
    return [Path(paper.name).stem, *(_figure(paper.f1(field)) for field in LAYOUT_FIELDS)]


def _certainty(values: Sequence[Outcome]) -> tuple[Table, Claim]:
    """How many of the values given are wrong, by field and certainty."""
    given = [one for one in values if one.certainty and one.verdict != "missed"]
    by_field = defaultdict[str, Counter[tuple[str, bool]]](Counter)
    for one in given:
        by_field[one.field][str(one.certainty), one.verdict == "right"] += 1
    rows = [[field, *_wrong_of(counts)] for field, counts in by_field.items()]
    total = sum(by_field.values(), Counter[tuple[str, bool]]())
    wrong, all_certain = total["certain", False], total["certain", False] + total["certain", True]
    share = wrong / max(all_certain, 1)
    claim = Claim(
        "values called certain that are wrong",
        "fewer than 1 in 200",
        f"{wrong} of {all_certain}",
        share < MOST_WRONG,
    )
    return Table(
        ("wrong of all given", "certain", "likely", "unsure"), [*rows, ["all", *_wrong_of(total)]]
    ), claim


def _wrong_of(counts: Counter[tuple[str, bool]]) -> list[str]:
    return [
        f"{counts[level, False]} of {counts[level, False] + counts[level, True]}"
        for level in ("certain", "likely", "unsure")
    ]


def _wrong(scored: Iterable[Scored], quoted: bool) -> list[str]:
    found = Counter(
        f"- {Path(paper.name).stem}, {one.where or 'the paper'}: {one.field} {one.verdict}"
        + (f": {_short(one.words)}" if quoted else "")
        for paper in scored
        for one in paper.outcomes
        if one.verdict != "right"
    )
    wrong = [told + (f" ({count} times)" if count > 1 else "") for told, count in found.items()]
    more = [f"- and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
    return wrong[:_SHOWN] + more


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
