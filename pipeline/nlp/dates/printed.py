"""Reads single dates as printed, before it is settled which year is meant or whether the words are a date at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

import msgspec

from pipeline.knowledge.dates import Stretch, date_words
from pipeline.nlp.dates.forms import Forms, any_of

MOST_YEARS = 30  # a span of more years is a number of another kind
Form = Literal["day", "month", "season", "term", "quarter", "years", "kind"]
Style = Literal["", "dotted", "bare short year", "month first"]


class Printed(msgspec.Struct, frozen=True):
    """One date as printed at `start` to `end`; what is not printed is None.

    form: day, month, season, term, quarter; years (one, or `year` to `last_year`); kind (a financial, municipal or
    academic year without numbers). `number` is the quarter, or the place of the season or term in dates.yml;
    `kind` names the kind of year; `said` is "next", "this" or "last" where that tells the year.
    """

    form: Form
    start: int
    end: int
    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int = 0
    kind: str = ""
    said: str = ""
    style: Style = ""


def printed_dates(text: str, forms: Forms) -> Iterator[Printed]:
    """Everything in `text` with the form of a date, from left to right; of "1-3 March" both days."""
    done = 0
    for key in forms.key.finditer(text):
        start = key.start()
        if start < done:
            continue
        grammar = forms.digits if text[start].isdigit() else forms.words
        match = grammar.match(text, start)
        if match:
            done = match.end()
            yield from _read(match)


def full_year(digits: str) -> int:
    """A year of four digits, or of two: 00 to 69 are this century's."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


@cache
def month_number(name: str) -> int:
    """The number of a month by any of its spellings, white space and case not counting."""
    wanted = re.sub(r"[\s.]", "", name).lower()
    spellings = enumerate(date_words().months, start=1)
    return next(n for n, names in spellings if wanted in (x.lower() for x in names))


@cache
def _numbered() -> re.Pattern[str]:
    """A word that the number after it belongs to: "Phase 1 June 2024" is a month."""
    return re.compile(rf"(?<!\w){any_of(date_words().numbered)}\s+$", re.IGNORECASE)


def _read(match: re.Match[str]) -> Iterator[Printed]:
    readers = _DIGITS if "iso_year" in match.re.groupindex else _WORDS
    for group, reader in readers:
        if match[group]:
            yield from reader(match)
            return


def _iso(match: re.Match[str]) -> Iterator[Printed]:
    year, month, day = (int(match[g]) for g in ("iso_year", "iso_month", "iso_day"))
    yield Printed("day", *match.span(), year=year, month=month, day=day)


def _numeric(match: re.Match[str]) -> Iterator[Printed]:
    day, month = match["num_day"], match["num_month"]
    style: Style = ""
    if match["sep"] == "." and len(match["num_year"]) == 2 and len(day + month) < 4:
        style = "dotted"
    if int(month) > 12 >= int(day):
        style = "month first"
    year = full_year(re.sub(r"\s", "", match["num_year"]))
    yield Printed("day", *match.span(), year=year, month=int(month), day=int(day), style=style)


def _slashed_month(match: re.Match[str]) -> Iterator[Printed]:
    yield Printed("month", *match.span(), year=int(match["my_year"]), month=int(match["my_month"]))


def _day(match: re.Match[str]) -> Iterator[Printed]:
    if _numbered().search(match.string, max(0, match.start() - 20), match.start()):
        month = Printed("month", match.start("month"), match.end(), month=month_number(match["month"]))
        yield _with_year(month, match)
        return
    last = _with_year(Printed("day", match.start("day"), match.end(), day=int(match["day"])), match)
    last = msgspec.structs.replace(last, month=month_number(match["month"]))
    for number in re.finditer(r"\d+(?:st|nd|rd|th)?", match["days"], re.IGNORECASE):
        start = match.start("days") + number.start()
        end = match.start("days") + number.end()
        day = int(re.sub(r"\D", "", number[0]))
        yield msgspec.structs.replace(last, start=start, end=end, day=day)
    yield last


def _month(match: re.Match[str]) -> Iterator[Printed]:
    month = month_number(match["month"])
    american = match["us_day"] or match["us_nth"]
    if american:
        year = int(match["us_year"]) if match["us_year"] else None
        yield Printed("day", *match.span(), year=year, month=month, day=int(american))
        return
    yield _with_year(Printed("month", *match.span(), month=month), match)


def _with_year(date: Printed, match: re.Match[str]) -> Printed:
    """`date` with the year that follows its month."""
    digits = match["year4"] or match["yy_marked"] or match["yy_joined"]
    if digits:
        return msgspec.structs.replace(date, year=full_year(digits))
    if match["yy_bare"]:
        return msgspec.structs.replace(date, year=full_year(match["yy_bare"]), style="bare short year")
    return msgspec.structs.replace(date, said=_said(match["said_year"]))


def _said(words: str | None) -> str:
    last_word = (words or "").lower().removeprefix("the ")
    return {"following": "next", "same": "this"}.get(last_word, last_word)


def _season(match: re.Match[str]) -> Iterator[Printed]:
    words = date_words()
    known: tuple[Stretch, ...] = words.terms if match["term"] else words.seasons
    name = " ".join(match["season"].lower().split())
    number = next((i for i, stretch in enumerate(known) if stretch.name == name), None)
    if number is None:
        return
    digits = match["s_year"] or match["s_yy"]
    year = full_year(digits) if digits else None
    if year and match["s_to"] and known[number].first_month < (9 if match["term"] else 4):
        year += 1  # "Spring 2015/16" is the spring of 2016
    form: Form = "term" if match["term"] else "season"
    yield Printed(form, *match.span(), year=year, number=number, said=_said(match["s_said"]))


def _quarter(match: re.Match[str], number: int, mark: str) -> Iterator[Printed]:
    pair, single = match[f"{mark}_from"], match[f"{mark}_year"]
    if pair and not _follows(pair, match[f"{mark}_to"]):
        return
    year = full_year(pair or single) if pair or single else None
    kind, said = "" if single else "financial", _said(match[f"{mark}_said"])
    yield Printed("quarter", *match.span(), year=year, number=number, kind=kind, said=said)


def _nth_quarter(match: re.Match[str]) -> Iterator[Printed]:
    return _quarter(match, int(match["nth"]), "n")


def _worded_quarter(match: re.Match[str]) -> Iterator[Printed]:
    digit = match["quarter"] or match["quarter_word"]
    number = int(digit) if digit else date_words().ordinals[match["nth_word"].lower()]
    return _quarter(match, number, "q")


def _years(match: re.Match[str]) -> Iterator[Printed]:
    first, last, quarter, kind = "from_year", "to_year", "r_quarter", "kind_after"
    if match["short_from"]:
        first, last, quarter, kind = "short_from", "short_to", "s_quarter", "s_kind"
        if len(match[first]) == 1 or not _follows(match[first], match[last]):
            return _short_month(match)
    return _span_of_years(match, (match[first], match[last]), match[quarter], match[kind])


def _short_month(match: re.Match[str]) -> Iterator[Printed]:
    """A month and a year in two digits ("12/24", "9/25"), where the second number is no month and nothing is counted."""
    month, year = int(match["short_from"]), match["short_to"]
    if 1 <= month <= 12 < int(year) and not _COUNTING.match(match.string, match.end()):
        yield Printed("month", *match.span(), year=full_year(year), month=month, style="bare short year")


_COUNTING = re.compile(r"\s*(?!(?:and|or|to|onwards?)\b)[^\W\d_]", re.IGNORECASE)


def _kind(match: re.Match[str]) -> Iterator[Printed]:
    name = _year_kind(match["kind"])
    if match["k_from"]:
        yield from _span_of_years(match, (match["k_from"], match["k_to"]), None, match["kind"])
    elif match["k_year"]:
        # "financial year 2016" may be the one that begins or the one that ends then: left as a plain year
        yield Printed("years", *match.span(), year=int(match["k_year"]))
    else:
        yield Printed("kind", *match.span(), kind=name)


def _span_of_years(
    match: re.Match[str], pair: tuple[str, str], quarter: str | None, kind: str | None
) -> Iterator[Printed]:
    first = full_year(pair[0])
    last = int(pair[1])
    if len(pair[1]) < 4:  # "2026/7", "1999/00": the digits left out are those of the first year
        short = 10 ** len(pair[1])
        last += first - first % short
        last += short if last == first + 1 - short else 0
    if len(pair[1]) == 1 and last != first + 1:
        return
    if quarter and last == first + 1:
        yield Printed("quarter", *match.span(), year=first, number=int(quarter), kind="financial")
    elif first < last <= first + (MOST_YEARS if "/" not in match[0] else 10):
        follows = "financial" if last == first + 1 else ""
        name = _year_kind(kind) if kind else follows
        style: Style = "bare short year" if len(pair[0]) == 2 and not kind else ""
        yield Printed("years", *match.span(), year=first, last_year=last, kind=name, style=style)


def _follows(first: str, last: str) -> bool:
    """Whether two printed years are one after the other ("2016", "17")."""
    return (int(first) + 1) % 100 == int(last) % 100


def _one_year(match: re.Match[str]) -> Iterator[Printed]:
    yield Printed("years", *match.span(), year=int(match["year"]))


def _year_kind(words: str) -> str:
    wanted = re.sub(r"\s+", " ", words).lower()
    kinds = date_words().years
    return next(k.name for k in kinds if wanted.rstrip("s") in (w.lower() for w in k.words))


_Readers = tuple[tuple[str, Callable[[re.Match[str]], Iterator[Printed]]], ...]
_DIGITS: _Readers = (
    ("iso_year", _iso),
    ("num_day", _numeric),
    ("my_month", _slashed_month),
    ("month", _day),
    ("nth", _nth_quarter),
    ("from_year", _years),
    ("short_from", _years),
    ("year", _one_year),
)
_WORDS: _Readers = (
    ("month", _month),
    ("season", _season),
    ("quarter", _worded_quarter),
    ("quarter_word", _worded_quarter),
    ("nth_word", _worded_quarter),
    ("kind", _kind),
    ("year", _one_year),
)
