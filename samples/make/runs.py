"""Templates with marks (`**bold**`, `__underlined__`, `~~italic~~`, `^^raised^^`) to paragraphs of runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]

PLACEHOLDER = re.compile(r"\{(?:(?P<rec>\d+)\.)?(?P<field>[a-z_]+\d*)\}")
MARKS = {"**": "bold", "__": "underline", "~~": "italic", "^^": "raised"}
MARK = re.compile(r"\*\*|__|~~|\^\^")


@dataclass(frozen=True)
class Trace:
    """Which recommendation (its place in the list, from 1) and which part (0 other, 1 text, 2 … segments)."""

    rec: int
    part: int

    @property
    def colour(self) -> str:
        """A colour that tells the trace: red is the recommendation, green the part."""
        return f"{self.rec:02X}{self.part:02X}07"


@dataclass(frozen=True)
class Run:
    text: str
    look: frozenset[str]
    trace: Trace | None


def paragraphs(template: str, recs: list[Content], home: int | None = None) -> list[list[Run]]:
    """One list of runs a line of `template`, empty lines left out; `home` is the recommendation that plain placeholders mean."""
    out: list[list[Run]] = [[]]
    look: frozenset[str] = frozenset()
    for text, trace in _filled(template, recs, home):
        for piece in re.split(r"(\*\*|__|~~|\^\^|\n)", text):
            if piece == "\n":
                out.append([])
            elif MARK.fullmatch(piece):
                look = look ^ {MARKS[piece]}
            elif piece:
                out[-1].append(Run(piece, look, trace))
    filled = [runs for runs in out if runs]
    return filled or [[]]


def _filled(template: str, recs: list[Content], home: int | None) -> Iterator[tuple[str, Trace | None]]:
    here = Trace(home, 0) if home else None
    last = 0
    for match in PLACEHOLDER.finditer(template):
        yield template[last : match.start()], here
        number = int(match["rec"]) if match["rec"] else home
        if number is None:
            raise ValueError(f"no recommendation for {match[0]}")
        yield from _field(match["field"], recs[number - 1], number)
        last = match.end()
    yield template[last:], here


def _field(field: str, rec: Content, number: int) -> Iterator[tuple[str, Trace | None]]:
    segment = re.fullmatch(r"s(\d+)", field)
    if field == "segments":
        for i, _ in enumerate(rec["segments"]):
            if i:
                yield "\n", None
            yield from _field(f"s{i + 1}", rec, number)
    elif segment:
        which = int(segment[1])
        value = rec["segments"][which - 1]
        yield value["marker"], Trace(number, 0)
        yield value["text"], Trace(number, 1 + which)
    else:
        value = rec[field]
        yield "" if value is None else str(value).strip(), Trace(number, 1 if field == "text" else 0)
