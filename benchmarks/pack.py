"""Papers made for timing: an agenda pack of any length, and its sorts of pages alone; the same bytes every time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

BLOCK = 50  # pages of a pack that repeat: an agenda's worth of reports with one paper among them
_PAPER_AT = 20  # page of a block on which its tracker begins
_BUDGET_AT, _RISKS_AT = 8, 33
_MARGIN, _WIDTH = 56.0, A4[0] - 112.0
_TEXT, _SMALL, _LEADING = 10.5, 9.0, 1.2
_NOUNS = (
    "library", "street", "market", "bridge", "school", "garden", "lane", "river", "clinic", "harbour", "allotment",
    "depot", "playground", "station", "archive", "square", "footpath", "orchard", "museum", "shelter", "theatre",
    "neighbourhood", "development", "consultation", "assessment", "partnership", "programme", "maintenance", "committee",
)  # fmt: skip
_VERBS = (
    "open", "mend", "paint", "visit", "count", "review", "consider", "survey", "monitor", "improve", "deliver", "publish",
)  # fmt: skip
_OTHERS = (
    "the", "a", "each", "every", "this", "that", "of", "for", "in", "with", "by", "and", "near", "after", "before",
    "from", "between", "through", "their", "which",
)  # fmt: skip


def make_pack(path: Path, pages: int) -> Path:
    """A pack of `pages` pages: prose, 35 pages of trackers in 500, and decoys (budgets and risks) among them."""
    return _written(path, [_sort_of(number % BLOCK, number // BLOCK) for number in range(pages)])


def make_tables(path: Path, pages: int) -> Path:
    """Nothing but pages of a ruled tracker."""
    return _written(path, ["tracker"] * pages)


def make_prose(path: Path, pages: int) -> Path:
    """Nothing but pages of prose."""
    return _written(path, ["prose"] * pages)


def tracker_pages(pages: int) -> int:
    """How many pages of a pack hold a tracker."""
    return sum(_sort_of(number % BLOCK, number // BLOCK) == "tracker" for number in range(pages))


def _sort_of(place: int, block: int) -> str:
    if _PAPER_AT <= place < _PAPER_AT + 3 + block % 2:
        return "tracker"
    return {_BUDGET_AT: "budget", _RISKS_AT: "risks"}.get(place, "prose")


def _written(path: Path, sorts: Sequence[str]) -> Path:
    chance = random.Random(len(sorts))
    canvas = Canvas(str(path), pagesize=A4, invariant=1, pageCompression=1)
    draw = {"prose": _prose, "tracker": _tracker, "budget": _budget, "risks": _risks}
    for number, sort in enumerate(sorts, start=1):
        draw[sort](canvas, chance)
        canvas.setFont("Helvetica", _SMALL)
        canvas.drawCentredString(A4[0] / 2, 30, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return path


def _sentence(chance: random.Random, words: int) -> str:
    said = [chance.choice(chance.choice((_NOUNS, _VERBS, _OTHERS, _OTHERS))) for _ in range(words)]
    return " ".join(said).capitalize() + "."


def _sentences(chance: random.Random, count: int) -> str:
    return " ".join(_sentence(chance, chance.randint(9, 22)) for _ in range(count))


def _prose(canvas: Canvas, chance: random.Random) -> None:
    y = A4[1] - 70
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(_MARGIN, y, _sentence(chance, 5).rstrip("."))
    y -= 24
    while y > 90:
        y = _paragraph(canvas, _sentences(chance, 4), (_MARGIN, y, _WIDTH), _TEXT) - 9


def _paragraph(canvas: Canvas, text: str, place: tuple[float, float, float], size: float) -> float:
    """Set `text` from `place` (left, base line, width); the base line below it."""
    x, y, width = place
    canvas.setFont("Helvetica", size)
    for line in simpleSplit(text, "Helvetica", size, width):
        if y < 60:
            break
        canvas.drawString(x, y, line)
        y -= size * _LEADING
    return y


def _tracker(canvas: Canvas, chance: random.Random) -> None:
    rows = [("Recommendation", "Response", "Lead officer", "Timescale")]
    rows += [_recommendation(chance, number) for number in range(1, 6)]
    _grid(canvas, rows, (0.33, 0.37, 0.16, 0.14), 118.0)


def _recommendation(chance: random.Random, number: int) -> tuple[str, str, str, str]:
    return (
        f"{number}. That the Council {_sentences(chance, 2)}",
        f"Agreed. {_sentences(chance, 3)}",
        f"Head of {chance.choice(_NOUNS).capitalize()} Services",
        f"{chance.choice(('March', 'June', 'October'))} 20{chance.randint(18, 26)}",
    )


def _budget(canvas: Canvas, chance: random.Random) -> None:
    rows: list[tuple[str, ...]] = [("Service", "Budget £000", "Forecast £000", "Variance £000")]
    rows += [
        (chance.choice(_NOUNS).capitalize(), *(f"{chance.randint(-900, 9000):,}" for _ in range(3)))
        for _ in range(22)
    ]
    _grid(canvas, rows, (0.4, 0.2, 0.2, 0.2), 27.0)


def _risks(canvas: Canvas, chance: random.Random) -> None:
    rows = [("Risk", "Likelihood", "Impact", "Mitigation")]
    rows += [
        (_sentence(chance, 12), str(chance.randint(1, 5)), str(chance.randint(1, 5)), _sentence(chance, 16))
        for _ in range(9)
    ]
    _grid(canvas, rows, (0.4, 0.12, 0.12, 0.36), 64.0)


def _grid(canvas: Canvas, rows: Sequence[Sequence[str]], shares: Sequence[float], height: float) -> None:
    """Rows of one height (the heading's is a quarter of 96 points) inside lines."""
    lefts = list(_lefts(shares))
    tops = [A4[1] - 60]
    tops += [tops[0] - 24 - height * i for i in range(len(rows))]
    canvas.setLineWidth(0.5)
    canvas.grid([*lefts, _MARGIN + _WIDTH], tops)
    for row, top in zip(rows, tops, strict=False):
        for text, left, share in zip(row, lefts, shares, strict=True):
            _paragraph(canvas, text, (left + 4, top - 12, share * _WIDTH - 8), _SMALL)


def _lefts(shares: Sequence[float]) -> Iterator[float]:
    left = _MARGIN
    for share in shares:
        yield left
        left += share * _WIDTH
