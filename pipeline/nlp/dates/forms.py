"""The printed forms of dates as regular expressions, made from the words of `knowledge/dates.yml`.

Two grammars: running text is strict about capitals and short years; a cell, a label or a title is lenient.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from pipeline.knowledge.dates import DateWords, date_words

YEAR = r"(?:19|20)\d\d"
ORDINAL = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
SAID_YEAR = r"(?P<%s>next|this|last|the following|the same)\s+year"
DASH = r"[-–—]"
PARAGRAPH = "¶"  # stands for a newline in running text, so that no date reaches over one


class Forms(msgspec.Struct, frozen=True):
    """One grammar: `key` finds where a date may start, `digits` and `words` read it there, `lead` what stands before."""

    key: re.Pattern[str]
    digits: re.Pattern[str]
    words: re.Pattern[str]
    lead: re.Pattern[str]
    joint: re.Pattern[str]


def phrase(words: str) -> str:
    """A pattern for a phrase: any white space for a space, an optional hyphen or space for a hyphen."""
    return re.escape(words).replace(r"\ ", r"\s+").replace(r"\-", r"[-‑–\s]?")


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "(?:" + "|".join(phrase(p) for p in sorted(phrases, key=lambda p: (-len(p), p))) + ")"


@cache
def running_forms() -> Forms:
    """The grammar of running text."""
    before_a_stop = r"(?=\s*(?:$|[).,;:\]¶–-]))"
    month = _month_names(spaced=False)
    return _forms(month, _year_tail(month, YEAR, before_a_stop), flags=0)


@cache
def cell_forms() -> Forms:
    """The grammar of a cell or a label-value line: any case, months broken by a narrow column, short years."""
    month = _month_names(spaced=True)
    # any number after a month is taken for its year, so that "March 2106" is a problem and not a bare March
    return _forms(month, _year_tail(month, r"\d{4,6}", ""), flags=re.IGNORECASE)


def _forms(month: str, tail: str, flags: re.RegexFlag | int) -> Forms:
    lone_pair, slashed = ("?", r"0?[1-9]|1[0-2]") if flags else ("", r"(?!)")
    short_season = r"\d\d(?!\d|[:./%-]\d?|\s*[a-z])" if flags else "(?!)"
    verbose = re.VERBOSE | flags
    return Forms(
        re.compile(_key(), flags | re.DOTALL),
        re.compile(_digits(month, tail, lone_pair, slashed, flags), verbose),
        re.compile(_words(month, tail, short_season), verbose),
        _lead(),
        _joint(),
    )


def _month_names(spaced: bool) -> str:
    """All spellings of the months; `spaced` lets white space break a long name ("Septem ber")."""
    names = [n for spellings in date_words().months for n in spellings]
    names.sort(key=lambda n: (-len(n), n))
    if spaced:
        names = [r"\s?".join(n) if len(n) > 4 else n for n in names]
    return "(?i:" + "|".join(names) + r")(?![^\W\d_])(?:\.(?=\s*['’‘]?\d))?"


def _year_tail(month: str, year: str, end_of_short_year: str) -> str:
    """What may follow a month: a year of four or two digits, or a year told from the paper's own.

    A number between two months is the day of the second ("Jul, 15 June 2016"), unless both have one ("Jul 15  Jun 16").
    """
    return rf"""(?:
        (?: ,?\s+(?:of\s+)? | \s*[-/.,]\s* | ) (?P<year4>{year})(?!\d)
      | \s*{DASH}?\s*['’‘`](?P<yy_marked>\d\d)(?!\d)
      | [-/](?P<yy_joined>\d\d)(?![\d/-])
      | \s+(?P<yy_bare>\d\d)(?!\d|[:.]\d|/\d|%|\s?[ap]\.?m\b|{ORDINAL}|\s+(?:{month})(?!\s+\d\d(?!\d))){end_of_short_year}
      | ,?\s+(?:of\s+)?(?i:{SAID_YEAR % "said_year"})
    )?"""


def _digits(month: str, tail: str, lone_pair: str, slashed: str, flags: re.RegexFlag | int) -> str:
    single = r"|\d(?!\w)" if flags else ""  # "2026/7"
    short_month = r"|[1-9](?=/[1-3]\d)" if flags else ""  # "9/25"
    broken = (
        r"(?:19|20)(?:\d\s\d|\s\d\d)(?!\d)|\d\s\d(?!\d)" if flags else "(?!)"
    )  # by a narrow column: "12/09/202 2"
    kinds, weekday = _kind_words(), any_of(day for names in date_words().weekdays for day in names)
    return rf"""
        (?P<iso_year>{YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?![\d-])
      | (?P<num_day>\d{{1,2}})(?P<sep>[./-])(?P<num_month>\d{{1,2}})(?P=sep)
        (?P<num_year>{YEAR}|{broken}|\d\d)(?![\w/]|[.-]\d)
      | (?P<my_month>{slashed})[./](?P<my_year>{YEAR})(?![\w/])
      | (?P<days>(?: (?:\d{{1,2}}{ORDINAL}?\s*,\s*)* \d{{1,2}}{ORDINAL}?\s*
            (?:{DASH}|to\b|and\b|&|or\b|/|until\b)\s* (?:(?i:{weekday})\b,?\s+(?:the\s+)?)? )?)
        (?P<day>\d{{1,2}}){ORDINAL}?(?:\s+day)?(?:\s+of)?\s*[-/]?\s*(?P<month>{month}){tail}
      | (?P<nth>[1-4]){ORDINAL}\s+(?i:quarter|qtr)\b{_quarter_tail("n")}
      | (?P<from_year>{YEAR})\s?(?:{DASH}|/)\s?(?P<to_year>{YEAR}|\d\d{single})(?![\w/]|[-.]\d)
        (?:\s*[-,]?\s*[Qq](?P<r_quarter>[1-4])\b | \s+(?P<kind_after>(?i:{kinds}))\b)?
      | (?P<short_from>\d\d{short_month})/(?P<short_to>\d\d)(?![\w/%]|[-.]\d)
        (?:\s*[-,]?\s*[Qq](?P<s_quarter>[1-4])\b | \s+(?P<s_kind>(?i:{kinds}))\b){lone_pair}
      | (?P<year>{YEAR})(?![\w%/]|[.,]\d|{DASH}\d)
    """


def _words(month: str, tail: str, short_season: str) -> str:
    words = date_words()
    season = "|".join(dict.fromkeys(s.name.replace(" ", r"\s+") for s in (*words.seasons, *words.terms)))
    ordinal = "|".join(words.ordinals)
    return rf"""
        (?P<month>{month})(?:
            \s+(?P<us_day>\d{{1,2}}){ORDINAL}?(?:,\s*|\s+)(?P<us_year>{YEAR})(?!\d)
          | \s+(?P<us_nth>\d{{1,2}}){ORDINAL}(?!\w)
          | {tail})
      | (?P<season>(?i:{season}))\b(?P<term>\s+(?i:term)\b)?(?:\s+(?i:season)\b)?
        (?: ,?\s+(?:of\s+)?(?:the\s+)?(?P<s_year>{YEAR}|\d\d(?=/\d\d))(?:\s?(?:{DASH}|/)\s?(?P<s_to>{YEAR}|\d\d)(?!\d))?(?!\d)
          | (?:\s*['’‘](?=\d\d)|\s+(?={short_season}))(?P<s_yy>\d\d)(?!\d) | ,?\s+(?:of\s+)?(?i:{SAID_YEAR % "s_said"}) )?
      | (?: [Qq]\s?(?P<quarter>[1-4])\b | (?i:quarter|qtr)\s?(?P<quarter_word>[1-4])\b
          | (?P<nth_word>(?i:{ordinal}))\s+(?i:quarter|qtr)\b ){_quarter_tail("q")}
      | (?P<kind>(?i:{_kind_words()}))s?(?![^\W\d_])\s*:?\s*(?:
            (?:of\s+)?'?(?P<k_from>{YEAR}|\d\d)\s?(?:{DASH}|/|\s+to\s+)\s?(?P<k_to>{YEAR}|\d\d)(?![\d/])
          | (?P<k_year>{YEAR})(?!\d) )?
      | (?i:calendar\s+year)\s+(?P<year>{YEAR})(?!\d)
    """


def _quarter_tail(mark: str) -> str:
    """The year of a quarter: a pair of years, of which two digits may be printed, or one year."""
    return rf"""(?: \s*[-,:(]?\s*(?:of\s+)?(?:the\s+)?(?:FY\s?)?(?:
          (?P<{mark}_from>{YEAR}|\d\d)\s?(?:{DASH}|/)\s?(?P<{mark}_to>{YEAR}|\d\d)(?![\d/])
        | (?P<{mark}_year>{YEAR})(?!\d) | (?i:{SAID_YEAR % (mark + "_said")}) ) )?"""


def _kind_words() -> str:
    return any_of(word for kind in date_words().years for word in kind.words)


def _key() -> str:
    """The first letter or digit of a date, then the rest of its first word.

    Grouped by letter, so that most text is passed over at the speed of one character class.
    """
    starts = sorted(_starts(date_words()))
    letters = "".join(dict.fromkeys(s[0] for s in starts))
    rest = "|".join(
        f"(?<={letter})(?:{'|'.join(s[1:].replace(' ', chr(92) + 's') for s in starts if s[0] == letter)})"
        for letter in letters
    )
    number = r"(?<=[0-9])(?<![£$€/#@=].)(?<!\d[.,:-].)"
    return rf"[0-9{letters}](?<!\w.)(?:{number}|{rest})"


def _starts(words: DateWords) -> set[str]:
    """How a date that begins with a word begins, in the letter cases that print it."""
    months = {n[:3] for spellings in words.months for n in spellings}
    seasons = {s.name for s in (*words.seasons, *words.terms)}
    kinds = {w for kind in words.years for w in kind.words}
    capitals = {form for m in months for form in (m, m.upper())}
    both = {*seasons, *kinds, *(f"{o} quarter" for o in words.ordinals), "quarter ", "calendar year"}
    cased = {form for w in both for form in (w, w.lower(), w.capitalize(), w.title(), w.upper())}
    return capitals | cased | {"Q1", "Q2", "Q3", "Q4", "Qtr"}


@cache
def _lead() -> re.Pattern[str]:
    """What stands right before a date: a preposition, "the end of", "early", "next", a weekday."""
    words = date_words()
    weekday = any_of(day for spellings in words.weekdays for day in spellings)
    return re.compile(
        rf"""(?<![\w-])
        (?: (?P<deadline>{any_of(words.before.deadline)})\s+ | (?P<onward>{any_of(words.before.onward)})\s+
          | (?P<within>{any_of(words.before.within)})\s+ )?
        (?: (?:the|its|their|our|your|a|very)\s+ )*
        (?: (?P<end>{any_of(words.parts.end)})(?:\s+|(?<=-)|-)(?!in\s) | {_start_or_half()}
          | {_about()}(?:\s+|(?<=-)|-) )?
        (?: (?:of|in)\s+ )? (?: (?:the|its|their|our)\s+ )?
        (?: (?P<said>this|next|last|previous|coming|current|following|each|every)\s+ )?
        (?: (?P<weekday>{weekday})\b,?\s+(?:the\s+)? )?
        $""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _start_or_half() -> str:
    """The parts of a period whose words only a space follows, as alternatives of a verbose pattern."""
    parts = date_words().parts
    return rf"""(?P<start>{any_of(parts.start)})\s+
          | (?P<first_half>{any_of(parts.first_half)})\s+ | (?P<second_half>{any_of(parts.second_half)})\s+"""


@cache
def _about() -> str:
    """The parts of a period that nobody knows to the day, as alternatives of a verbose pattern."""
    parts = date_words().parts
    return rf"""(?: (?P<early>{any_of(parts.early)}) | (?P<late>{any_of(parts.late)}) | (?P<vague>{any_of(parts.vague)}) )"""


@cache
def _joint() -> re.Pattern[str]:
    """What may stand between two dates of one range or list."""
    parts = date_words().parts
    weekday = any_of(day for spellings in date_words().weekdays for day in spellings)
    return re.compile(
        rf"""\s*(?: (?P<range>{DASH}|to|until|till|through(?:\s+to)?|up\s+to) | (?P<slash>/)
          | (?P<list>,\s*and|,|and|&|or) )\s*
        (?: (?:the|by)\s+ )*
        (?: (?P<end>{any_of(parts.end)})\s+ | {_start_or_half()}
          | {_about()}(?:\s+|-) )?
        (?: of\s+ )? (?: the\s+ )? (?: {weekday}\b,?\s+(?:the\s+)? )?""",
        re.VERBOSE | re.IGNORECASE,
    )
