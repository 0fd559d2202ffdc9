"""Days of the calendar as councils reckon them: months, quarters, seasons, terms, kinds of year, and their EDTF form.

A wrong day or month gives None: the caller says so in a problem.
"""

from __future__ import annotations

import calendar
import datetime as dt

import msgspec
from dateutil.easter import easter

from pipeline.knowledge.dates import Stretch

FIRST_YEAR, LAST_YEAR = 1900, 2099


class Days(msgspec.Struct, frozen=True):
    """Days from `earliest` to `latest`, both included (None is open), and the same as EDTF."""

    earliest: dt.date | None
    latest: dt.date | None
    edtf: str


def a_day(year: int, month: int, day: int) -> Days | None:
    """One day; None where the calendar has no such day."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    date = dt.date(year, month, day)
    return Days(date, date, date.isoformat())


def months(year: int, month: int, count: int = 1) -> Days:
    """`count` whole months from `month` (1 to 12) of `year` on."""
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    edtf = f"{year:04}-{month:02}"
    if count > 1:
        edtf += f"/{last_year:04}-{last_month + 1:02}"
    return Days(dt.date(year, month, 1), _last_day(last_year, last_month + 1), edtf)


def years(first: int, last: int) -> Days:
    """Calendar years, both included."""
    edtf = f"{first:04}" if first == last else f"{first:04}/{last:04}"
    return Days(dt.date(first, 1, 1), dt.date(last, 12, 31), edtf)


def year_from(first: int, first_month: int, last: int | None = None) -> Days:
    """The year that begins on the first of `first_month` in `first`, or all such years until the one ending in `last`."""
    start = dt.date(first, first_month, 1)
    end = dt.date(last or first + 1, first_month, 1) - dt.timedelta(days=1)
    return Days(start, end, f"{start}/{end}")


def quarter(year: int, number: int, first_month: int = 4) -> Days:
    """Quarter 1 to 4 of the year that begins in `first_month` of `year`: Q4 of the financial year 2016 is early 2017."""
    later, month = divmod(first_month - 1 + 3 * (number - 1), 12)
    return months(year + later, month + 1, 3)


def stretch(known: Stretch, year: int) -> Days:
    """A season, a term or a feast of `year`; winter begins in December of that year."""
    if known.movable:
        day = easter(year) + dt.timedelta(days=known.after_easter)
        return Days(day, day, day.isoformat())
    if known.day:
        return a_day(year, known.first_month, known.day) or months(year, known.first_month, 1)
    days = months(year, known.first_month, known.months)
    return msgspec.structs.replace(days, edtf=f"{year:04}-{known.edtf}") if known.edtf else days


def last_of(days: Days) -> Days:
    """The last day."""
    end = days.latest
    return Days(end, end, end.isoformat()) if end else days


def start_of(days: Days) -> Days:
    """About the first month; of one month or less, about the whole."""
    start = days.earliest
    return about(days if start is None or within_month(days) else months(start.year, start.month))


def half_of(days: Days, second: bool) -> Days:
    """The first or the second six months of a year; of less than a year, about the whole."""
    start = _start_of_year(days)
    return _months_on(start, 6 if second else 0, 6) if start else about(days)


def quarter_of(days: Days, last: bool) -> Days:
    """About the first or the last three months of a year; of less than a year, about the whole."""
    start = _start_of_year(days)
    if start is None:
        return about(days)
    meant = _months_on(start, 9 if last else 0, 3)
    return msgspec.structs.replace(meant, edtf=meant.edtf.replace("/", "~/") + "~")


def about(days: Days) -> Days:
    """The same days, said to be approximate where EDTF has a form for it (a month or a year)."""
    plain = days.edtf.count("-") <= 1 and "/" not in days.edtf and int(days.edtf[5:] or 1) <= 12
    return msgspec.structs.replace(days, edtf=days.edtf + "~") if plain else days


def until(days: Days) -> Days:
    """Any time up to the end of `days`; one day stays as it is, for it is its own end."""
    if days.earliest == days.latest:
        return days
    return Days(None, days.latest, f"../{_second(days)}")


def up_to(days: Days) -> Days:
    """Any time before `days` begin; one day stays as it is, as in `until`."""
    if days.earliest is None or days.earliest == days.latest:
        return days
    end = days.earliest - dt.timedelta(days=1)
    return Days(None, end, f"../{end}")


def onwards(days: Days) -> Days:
    """From the first of `days` on, without an end."""
    return Days(days.earliest, None, f"{_first(days)}/..")


def between(first: Days, last: Days) -> Days | None:
    """From the start of one to the end of the other; None where that runs backwards or an end is open."""
    if not first.earliest or not last.latest or first.earliest > last.latest:
        return None
    return Days(first.earliest, last.latest, f"{_first(first)}/{_second(last)}")


def within_month(days: Days) -> bool:
    """Whether the days lie in one calendar month."""
    first, last = days.earliest, days.latest
    return bool(first and last and (first.year, first.month) == (last.year, last.month))


def _start_of_year(days: Days) -> dt.date | None:
    """The first of the days where they are a whole year."""
    start, end = days.earliest, days.latest
    return start if start and end and 364 <= (end - start).days <= 365 else None


def _months_on(start: dt.date, later: int, count: int) -> Days:
    years_on, month = divmod(start.month - 1 + later, 12)
    return months(start.year + years_on, month + 1, count)


def _first(days: Days) -> str:
    return days.edtf.partition("/")[0]


def _second(days: Days) -> str:
    first, _, second = days.edtf.partition("/")
    return second or first


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
