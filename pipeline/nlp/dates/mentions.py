"""Puts printed dates together: the words before them, ranges, and lists that share one year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates.forms import Forms, any_of
from pipeline.nlp.dates.printed import Printed, printed_dates

Part = Literal["start", "end", "first_half", "second_half", "early", "late", "vague", ""]
_PARTS: tuple[Part, ...] = (
    "start",
    "end",
    "first_half",
    "second_half",
    "early",
    "late",
    "vague",
)  # each a group of the patterns
REACH = 70  # letters before a date in which the words belonging to it are looked for
_ONWARDS = re.compile(r",?\s*(?:onwards?\b|and\s+(?:beyond|thereafter|onwards?)\b)", re.IGNORECASE)
_YEAR_END = re.compile(r"\s*\bend\b(?!\s+of)", re.IGNORECASE)
_TOGETHER = {"month", "season", "term", "quarter"}


class Mention(msgspec.Struct, frozen=True):
    """A date, or a range from `first` to `last`, at `start` to `end`, with what the words before it make of it.

    `preposition` as printed in small letters; `before` says what kind it is; `part` and `last_part` are "start" or "end"
    (of the month), a half, "early", "late" or "vague" (mid); `said` is "next", "this", "last", ...; `weekday` counts from Monday, 0.
    """

    first: Printed
    last: Printed | None
    start: int
    end: int
    before: Literal["deadline", "onward", "within", ""] = ""
    preposition: str = ""
    part: Part = ""
    last_part: Part = ""
    said: str = ""
    weekday: int | None = None
    listed: bool = False

    @property
    def final(self) -> Printed:
        return self.last or self.first


def mentions(text: str, forms: Forms) -> Iterator[Mention]:
    """All dates and ranges of dates in `text`, from left to right."""
    printed = list(printed_dates(text, forms))
    if not printed:
        return
    joints = [forms.joint.fullmatch(text, a.end, b.start) for a, b in pairwise(printed)]
    printed = _sharing_years(printed, joints)
    i, floor = 0, 0
    while i < len(printed):
        lead = forms.lead.search(text, max(floor, printed[i].start - REACH), printed[i].start)
        joint = joints[i] if i < len(joints) else None
        range_ = joint is not None and _makes_range(text, lead, joint, printed[i], printed[i + 1])
        last = printed[i + 1] if range_ else None
        found = _mention(text, lead, printed[i], last, joint if range_ else None)
        listed = not range_ and _listed(printed, joints, i)
        yield msgspec.structs.replace(found, listed=listed)
        floor = found.end
        i += 2 if range_ else 1


def _sharing_years(printed: list[Printed], joints: list[re.Match[str] | None]) -> list[Printed]:
    """In "March and June 2016" and "October to March 2012" the first date takes the year of the last."""
    out = list(printed)
    for i in reversed(range(len(joints))):
        first, last, joint = out[i], out[i + 1], joints[i]
        if joint is None or first.year or last.year is None or first.said or first.form == "kind":
            continue
        if last.form not in (first.form, "day", "month", "season", "term"):
            continue
        later = joint["range"] and (first.month or 0) > (last.month or 12)
        out[i] = msgspec.structs.replace(
            first,
            year=last.year - bool(later),
            kind=last.kind if first.form == last.form else last.kind or first.kind,
        )
    return out


def _listed(printed: list[Printed], joints: list[re.Match[str] | None], i: int) -> bool:
    """Whether a date of the same form stands beside the one at `i`, with a comma or "and" between."""
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(printed) and joints[min(i, j)] is not None]
    return any(printed[j].form == printed[i].form for j in beside)


def _makes_range(
    text: str, lead: re.Match[str] | None, joint: re.Match[str], first: Printed, last: Printed
) -> bool:
    if "kind" in (first.form, last.form):
        return False
    if joint["range"]:
        return not (lead and lead["onward"] and _moved().search(text, 0, lead.start()))
    if joint["slash"]:
        return first.form == last.form and first.form in _TOGETHER
    return bool(
        lead and lead["within"] and lead["within"].lower() == "between" and joint["list"] in ("and", "&")
    )


@cache
def _moved() -> re.Pattern[str]:
    """Words after which "from A to B" is a change of date and no range."""
    originals = date_words().roles.original
    verbs = any_of(w.removesuffix(" from") for w in originals if w.endswith(" from"))
    return re.compile(rf"\b{verbs}\s*$", re.IGNORECASE)


def _mention(
    text: str,
    lead: re.Match[str] | None,
    first: Printed,
    last: Printed | None,
    joint: re.Match[str] | None,
) -> Mention:
    final = last or first
    onwards = _ONWARDS.match(text, final.end)
    found = Mention(first, last, first.start, onwards.end() if onwards else final.end)
    found = _led(found, lead) if lead else found
    if onwards:
        found = msgspec.structs.replace(found, before="onward", preposition="onwards")
    year_end = _YEAR_END.match(text, final.end) if final.kind and final.form != "quarter" else None
    if year_end and not found.part:
        found = msgspec.structs.replace(found, part="end", end=year_end.end())
    return msgspec.structs.replace(found, last_part=_part(joint) if joint else "")


def _led(found: Mention, lead: re.Match[str]) -> Mention:
    """`found` with what the words before it say; they are part of it where they change what it means."""
    kind = next((g for g in ("deadline", "onward", "within") if lead[g]), "")
    part, said, weekday = _part(lead), (lead["said"] or "").lower(), lead["weekday"]
    starts = [lead.start(g) for g in (*_PARTS, "said", "weekday") if lead[g]]
    if kind in ("deadline", "onward"):
        starts.append(lead.start(kind))
    return msgspec.structs.replace(
        found,
        start=min([found.first.start, *starts]),
        before=kind,
        preposition=re.sub(r"\s+", " ", lead[kind]).lower() if kind else "",
        part=part,
        said=said,
        weekday=_weekday(weekday) if weekday else None,
    )


def _part(match: re.Match[str]) -> Part:
    return next((part for part in _PARTS if match[part]), "")


@cache
def _weekday(name: str) -> int:
    days = enumerate(date_words().weekdays)
    return next(i for i, names in days if name.lower() in (n.lower() for n in names))
