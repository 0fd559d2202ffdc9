"""Loads a paper's YAML and writes out its short forms of dates, time lines, entities and segments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Content = dict[str, Any]

EMPTY_REC: Content = {
    "number": None,
    "ref": None,
    "label": None,
    "title": None,
    "text": "",
    "paragraph_refs": [],
    "decision": None,
    "decision_raw": None,
    "status": None,
    "status_raw": None,
    "rag": None,
    "priority": None,
    "segments": [],
    "segments_alt": [],
    "leads_raw": None,
    "owners": [],
    "owners_acceptable": [],
    "timeline_raw": None,
    "timeline": None,
    "dates": [],
    "entities": [],
}
RECURRENCES = ("annual", "quarterly", "monthly", "termly", "weekly", "biannual")


@dataclass(frozen=True)
class Paper:
    """A paper's content: `recommendations` are whole truth records that still lack their pages."""

    name: str
    metadata: Content
    metadata_acceptable: Content
    page: Content
    body: list[Content]
    recommendations: list[Content]
    after: Content  # what happens to the finished PDF: stamps, blank page, pack


def load_paper(path: Path) -> Paper:
    """Reads `path` (YAML). Raises KeyError where a part is missing, ValueError where a short form is wrong."""
    raw = yaml.safe_load(path.read_text(encoding="utf8"))
    return Paper(
        name=path.stem,
        metadata=_metadata(raw["metadata"]),
        metadata_acceptable=raw.get("metadata_acceptable", {}),
        page=raw["page"],
        body=raw["body"],
        recommendations=[
            _with_council(_recommendation(r), raw["metadata"].get("council")) for r in raw["recommendations"]
        ],
        after=raw.get("after", {}),
    )


def one_line(text: str) -> str:
    """A text of several paragraphs as the truth keeps it: white space is one space."""
    return " ".join(text.split())


def _metadata(raw: Content) -> Content:
    blank: Content = {"title": None, "subtitle": None, "council": None, "committee": None}
    blank |= {"date": None, "lead_officers": [], "cabinet_member": None, "other_dates": []}
    date = _dates([raw["date"]])[0] if raw.get("date") else None
    return blank | raw | {"date": date, "other_dates": _dates(raw.get("other_dates", []))}


def _recommendation(raw: Content) -> Content:
    unknown = (
        set(raw)
        - set(EMPTY_REC)
        - {"rows", "expected", "revised", "actual", "notes", "timeline_alt"}
        - {key for key in raw if key.endswith(("_raw", "_acceptable", "_printed"))}
    )
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)} in {raw.get('label') or raw.get('ref')}")
    rec = EMPTY_REC | raw
    rec["segments"] = [_segment(s) for s in rec["segments"]]
    rec["segments_alt"] = [[_alternative(s, rec["segments"]) for s in alt] for alt in rec["segments_alt"]]
    rec["timeline"] = _timeline(rec["timeline"])
    rec["timeline_alt"] = [_timeline(t) for t in raw.get("timeline_alt", [])]
    rec["dates"] = _dates(rec["dates"])
    rec["entities"] = [_entity(e) for e in rec["entities"]]
    for role in ("expected", "revised", "actual"):
        if role in raw:
            rec[role] = _span(raw[role]) if raw[role] else None
    return rec


def _with_council(rec: Content, council: str | None) -> Content:
    """`rec` with the council as a body that may be named as acting and need not be, where its texts say "council"."""
    said = [rec["text"], *(s["text"] for s in rec["segments"])]
    found = sorted({word for text in said for word in re.findall(r"\b[Cc]ouncil\b", text)})
    if not found or not council or council in {e["name"] for e in rec["entities"]}:
        return rec
    own = {"name": council, "type": "organisation", "acting": False, "printed": "; ".join(found)}
    return rec | {"entities": [*rec["entities"], own]}


def _segment(raw: Content) -> Content:
    """`{response: text}` or `{response: text, marker: "**Response:** "}`."""
    ((kind, text),) = [(k, v) for k, v in raw.items() if k != "marker"]
    return {"kind": kind, "text": text.strip(), "marker": raw.get("marker", "")}


def _alternative(raw: Content, segments: list[Content]) -> Content:
    """`{update: [2, 3]}`: segments 2 and 3 as one update."""
    ((kind, numbers),) = raw.items()
    return {"kind": kind, "text": one_line(" ".join(segments[n - 1]["text"] for n in numbers)), "of": numbers}


def _timeline(raw: str | None) -> Content:
    blank: Content = {"kind": "none", "start": None, "end": None, "recurrence": None}
    if raw is None:
        return blank
    if raw == "ongoing":
        return blank | {"kind": "ongoing"}
    if raw in RECURRENCES:
        return blank | {"kind": "recurring", "recurrence": raw}
    span = _span(raw)
    one_month = span["start"] is None or (span["end"] and span["start"][:7] == span["end"][:7])
    return blank | span | {"kind": "date" if one_month else "period"}


def _span(raw: str) -> Content:
    """`2025-03-01/2025-03-31`, `/2025-03-31` (a deadline) or one day."""
    start, slash, end = str(raw).partition("/")
    return {"start": start or None, "end": (end or None) if slash else start}


def _dates(raw: list[Content]) -> list[Content]:
    """`{"by June 2025": /2025-06-30}`; an empty value is a date without days."""
    out = []
    for item in raw:
        ((phrase, value),) = item.items()
        out.append({"phrase": str(phrase)} | (_span(value) if value else {"start": None, "end": None}))
    return out


def _entity(raw: str) -> Content:
    """`org Name`, `-role Name` (does not act), `org Name = as printed; also printed`."""
    kind, _, rest = raw.partition(" ")
    name, _, printed = rest.partition(" = ")
    kinds = {"org": "organisation", "role": "role", "person": "person", "group": "group"}
    return {
        "name": name,
        "type": kinds[kind.removeprefix("-")],
        "acting": not kind.startswith("-"),
        "printed": printed or name,
    }
