"""What is known of printed dates: months, seasons, school terms, kinds of year, and the words of deadline cells."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class _Checked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file: a field missing, misspelt or of another type is an error."""


class Stretch(_Checked, frozen=True):
    """Some whole months of a year under a name; `edtf` is the code of a season (21 to 24) or 0.

    A `movable` one is the day within them on which the feast falls, `after_easter` days behind Easter Sunday; one with a
    `day` is that day of its first month; one that is `due_only` counts only where a
    deadline stands: in running text it names a season, not days.
    """

    name: str
    first_month: int
    months: int
    edtf: int = 0
    movable: bool = False
    day: int = 0
    after_easter: int = 0
    due_only: bool = False


class YearKind(_Checked, frozen=True):
    """A kind of year that begins on the first day of `first_month`, with the words that name it."""

    name: str
    first_month: int
    words: tuple[str, ...]


class Before(_Checked, frozen=True):
    """Words before a date: a deadline (those of `exclusive` end before it), the start of an open time, or neither."""

    deadline: tuple[str, ...]
    exclusive: tuple[str, ...]
    onward: tuple[str, ...]
    within: tuple[str, ...]


class Parts(_Checked, frozen=True):
    """Words for a part of a month, season or year."""

    start: tuple[str, ...]
    end: tuple[str, ...]
    first_half: tuple[str, ...]
    second_half: tuple[str, ...]
    early: tuple[str, ...]
    late: tuple[str, ...]
    vague: tuple[str, ...]


class Tense(_Checked, frozen=True):
    """Words that tell whether the text speaks of what comes or of what was."""

    future_before_verb: tuple[str, ...]
    future: tuple[str, ...]
    past: tuple[str, ...]
    not_past: tuple[str, ...]


class Relative(_Checked, frozen=True):
    """Words for a time that is not told by the calendar."""

    units: tuple[str, ...]
    phrases: tuple[str, ...]
    openings: tuple[str, ...]
    numbers: dict[str, int]


class Roles(_Checked, frozen=True):
    """Words beside a date of a deadline cell that tell what the date is."""

    actual: tuple[str, ...]
    done: tuple[str, ...]
    started: tuple[str, ...]
    revised: tuple[str, ...]
    original: tuple[str, ...]
    target: tuple[str, ...]
    not_yet: tuple[str, ...]


class DateWords(_Checked, frozen=True):
    """The whole of dates.yml."""

    months: tuple[tuple[str, ...], ...]
    months_also_words: frozenset[str]
    months_also_names: frozenset[str]
    weekdays: tuple[tuple[str, ...], ...]
    seasons: tuple[Stretch, ...]
    terms: tuple[Stretch, ...]
    years: tuple[YearKind, ...]
    ordinals: dict[str, int]
    before: Before
    parts: Parts
    meetings: tuple[str, ...]
    may_follow: tuple[str, ...]
    references: tuple[str, ...]
    numbered: tuple[str, ...]
    streets: tuple[str, ...]
    laws: tuple[str, ...]
    counted: tuple[str, ...]
    measures: tuple[str, ...]
    tense: Tense
    announced: tuple[str, ...]
    recurrence: dict[str, tuple[str, ...]]
    months_listed: dict[int, str]
    ongoing: tuple[str, ...]
    undated: tuple[str, ...]
    relative: Relative
    roles: Roles
    doubtful: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.months) != 12 or len(self.weekdays) != 7:
            raise ValueError("dates.yml: twelve months and seven weekdays are wanted")
        stretches = (*self.seasons, *self.terms)
        if not all(1 <= s.first_month <= 12 and 1 <= s.months <= 12 for s in stretches):
            raise ValueError("dates.yml: a season or term lies outside the year")


@cache
def date_words() -> DateWords:
    """The checked content of dates.yml, read once. Raises msgspec.ValidationError where the file is wrong."""
    text = files("pipeline.knowledge").joinpath("dates.yml").read_bytes()
    return msgspec.yaml.decode(text, type=DateWords)
