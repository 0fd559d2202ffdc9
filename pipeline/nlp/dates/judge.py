"""Whether words with the form of a date are one, in running text: no verb, name, law, count or reference."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge.dates import date_words
from pipeline.nlp.dates.forms import any_of
from pipeline.nlp.dates.mentions import Mention
from pipeline.nlp.dates.years import Anchor

YEARS_AROUND = 10  # how far from the paper's year a bare "25" may be a year
_LOOSE = frozenset({"of", "to", "and", "or", "over", "dated"})  # prepositions that stand before much else
_TITLE_WORD = re.compile(r"[A-Z]\w+[\s,–-]+$")
_PARAGRAPH_END = re.compile(r"[\s).:]*(?:¶|$)")
_EACH_WITHIN = 30  # letters before a range of months
_EACH = re.compile(r"\b(?:each|every)\b[^.;]*$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[.,;:)¶]|(?:and|or|which|when|that|was|were|has|had|will|by|in)\b)")
_CAPITAL_WORD = re.compile(r"\s+[A-Z][a-z]+")


def is_date(text: str, mention: Mention, anchor: Anchor) -> bool:
    """Whether `mention` says a date where it stands in `text`."""
    first, final = mention.first, mention.final
    if mention.said in ("each", "every") or is_number(text, mention):
        return False
    if first.style == "bare short year" and not _near(first.year, anchor):
        return False
    if final.form == "years":
        return bool(final.last_year or final.kind) or _is_year(text, mention)
    if final.form == "season" and date_words().seasons[final.number or 0].due_only:
        return False
    if final.year or final.said:
        return True
    return (
        not is_street(text, mention)
        and not _is_season_of_every_year(text, mention)
        and _is_without_year(text, mention)
    )


def _is_season_of_every_year(text: str, mention: Mention) -> bool:
    """Whether a range of bare months says when in any year: "on the first Friday of each month from May to July"."""
    before = text[max(0, mention.start - _EACH_WITHIN) : mention.start]
    return mention.last is not None and mention.first.form == "month" and bool(_EACH.search(before))


def _is_without_year(text: str, mention: Mention) -> bool:
    form = mention.final.form
    if form == "day":
        return True
    if form == "month":
        return _is_month(text, mention)
    if form == "season":
        return _is_season(text, mention)
    led = bool(mention.said) or mention.part in ("start", "end")
    return led or (form != "kind" and bool(mention.before or mention.part))


def is_number(text: str, mention: Mention) -> bool:
    """Whether it is a reference ("case 2016/17") or may be a paragraph's number ("4.10.16") and no date."""
    dotted = mention.first.style == "dotted" and not mention.before
    if dotted and len(text.strip()) > mention.end - mention.start:
        return True
    return is_reference(text, mention)


def is_reference(text: str, mention: Mention) -> bool:
    """Whether the word before makes it the number of something ("section", "case", "minute")."""
    printed = text[mention.first.start : mention.final.end]
    if mention.before or not printed[0].isdigit() or any(c.isalpha() for c in printed):
        return False
    return bool(_reference().search(text, max(0, mention.start - 20), mention.start))


def is_street(text: str, mention: Mention) -> bool:
    """Whether it begins an address: "12 March Street", "Spring Gardens"."""
    return bool(_street().match(text, mention.final.end))


def is_counted_or_law(text: str, mention: Mention) -> bool:
    """Whether a lone year belongs to a law ("Act 2014") or counts something ("2015 pupils")."""
    start, end = mention.first.start, mention.final.end
    return bool(_law().search(text, max(0, start - 20), start) or _counted().match(text, end))


def _near(year: int | None, anchor: Anchor) -> bool:
    return bool(year and anchor.day and abs(year - anchor.day.year) <= YEARS_AROUND)


def _is_year(text: str, mention: Mention) -> bool:
    """A lone year: after a preposition, in brackets, or at the end of a title; never a law's or a count."""
    start, end = mention.first.start, mention.final.end
    if is_counted_or_law(text, mention):
        return False
    if mention.before in ("deadline", "onward") or mention.part or mention.last:
        return True
    if mention.preposition and mention.preposition not in _LOOSE | {"on", "at"}:
        return True
    if mention.preposition in ("and", "or"):
        return mention.listed
    if mention.preposition == "of":
        return bool(_event().search(text, max(0, start - 50), start) and _ENDS.match(text, end))
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    title = _PARAGRAPH_END.match(text, end) and _TITLE_WORD.search(text, max(0, start - 30), start)
    return mention.listed or bracketed or bool(title)


def _is_month(text: str, mention: Mention) -> bool:
    """A month without a year: after a preposition or before "meeting", and not a verb or a person's name."""
    meeting = _meeting().match(text, mention.final.end)
    if mention.said or meeting or mention.last:
        return True
    if mention.preposition in _LOOSE:
        return mention.listed
    if not (mention.before or mention.part):
        return False
    name = text[mention.final.start : mention.final.end].lower()
    person = name in date_words().months_also_names and _CAPITAL_WORD.match(text, mention.final.end)
    return not person or mention.preposition in ("in", "during", "since")


def _is_season(text: str, mention: Mention) -> bool:
    """A season without a year: after a preposition or "next", and at the end of its phrase."""
    if not (mention.before or mention.part or mention.said):
        return False
    if mention.preposition in _LOOSE | {"for"} and not (mention.said or mention.part):
        return mention.listed
    return bool(_may_follow().match(text, mention.final.end))


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(date_words().references)}\.?\s*[:#]?\s*$", re.IGNORECASE)


@cache
def _street() -> re.Pattern[str]:
    return re.compile(rf"\s+{any_of(date_words().streets)}\b")


@cache
def _law() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(date_words().laws)}\)?,?\s*\(?$", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:\w+\s+)?{any_of(date_words().counted)}\b", re.IGNORECASE)


@cache
def _event() -> re.Pattern[str]:
    """What a year follows: "the floods of 2019", but not "a total of 2019"."""
    measures = any_of(date_words().measures)
    return re.compile(rf"\bthe\s+(?:[\w-]+\s+)?(?!{measures}\b)[\w-]+\s+of\s+$", re.IGNORECASE)


@cache
def _meeting() -> re.Pattern[str]:
    adjective = r"(?:(?!(?:and|to|the|a|an|its|our|their|this|that|each|every|any|no)\b)\w+\s+){0,2}"
    return re.compile(rf"(?:'s|’s)?\s+{adjective}{any_of(date_words().meetings)}\b", re.IGNORECASE)


@cache
def _may_follow() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:$|[^\w\s-]|{any_of(date_words().may_follow)}\b)", re.IGNORECASE)
