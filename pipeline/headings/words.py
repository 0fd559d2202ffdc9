"""One printed heading → the fields it names: exact words first, then compounds, parts, head words and near spellings."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import msgspec
from rapidfuzz import fuzz, process

from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import Field, heading_words
from pipeline.records import Certainty

LONGEST = 14  # a heading of more words is a sentence
LONGEST_WITH_HEAD = 8
NEAR = 90.0  # likeness in per cent of letters; shorter headings have too many neighbours
SHORTEST_NEAR = 7

FOOTNOTE = re.compile(
    r"\[\s*(?:\d{1,2}|[ivxIVX]{1,5}|[a-z])\s*\]|[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]+|(?<=[A-Za-z]{4})\d{1,2}(?=\s|$)"
)
PLURAL_MARK = re.compile(r"\(s\)|/s\b|['’]s\b", re.IGNORECASE)
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
PUNCTUATION = re.compile(r"[^\w£%#]|_")
PLAIN_ALREADY = re.compile(r"[A-Za-z\s]*")  # nothing that has to be taken out
SEPARATOR = re.compile(r"\s*(?:/|&|\+|,|;|\n|\band/or\b|\band\b|\bor\b)\s*", re.IGNORECASE)
CONDITION = re.compile(r"\s*if [^,]{3,40},\s(?=\w+ \w+)", re.IGNORECASE)  # "If agreed, what will be done?"
COPIED = re.compile(r"^(?:full )?(?:text|wording|terms|summary|details?|nature|outline|brief) of (?=\w)")
ARTICLE = re.compile(r"\b(?:the|an?) (?=\w)")
PREPOSITION = re.compile(r" (?:of|from|to|by|since|on|for|against|in|at|with|within|made|received) ")
COUNTING = re.compile(r"\b(?:number|no|total|percentage|count|%) of\b|£|\btotal\b")


class Match(msgspec.Struct, frozen=True):
    """What a heading names: the column's own field first, and how sure that is."""

    fields: tuple[Field, ...]
    certainty: Certainty


@functools.lru_cache(maxsize=4096)
def plain(printed: str) -> str:
    """A heading in small letters with single spaces, without footnote marks and punctuation; '&' is 'and'."""
    if not PLAIN_ALREADY.fullmatch(printed):
        text = PLURAL_MARK.sub(lambda m: "" if m.group()[0] in "'’" else "s", FOOTNOTE.sub("", printed))
        text = unicodedata.normalize("NFKC", text).replace("&", " and ")
        printed = PUNCTUATION.sub(" ", text.lower())
    return " ".join(printed.lower().split())


def squeezed(text: str) -> str:
    """Plain text as one run of letters, plural endings dropped: what two spellings of a heading share."""
    return "".join(_singular(word) for word in text.split())


@functools.lru_cache(maxsize=4096)
def match(printed: str) -> Match | None:
    """The fields that a printed heading names, or None where no rule knows it."""
    text = plain(printed)
    if not text or len(text.split()) > LONGEST:
        return None
    return (
        _whole(text)
        or _with_brackets(printed)
        or _parts(printed)
        or _without_qualifiers(text)
        or _by_head(text)
        or _near(text)
        or _without_condition(printed, match)
    )


@functools.lru_cache(maxsize=4096)
def match_surely(printed: str) -> Match | None:
    """As `match`, but only what is certain, which is far quicker told of the many texts that are no heading."""
    text = plain(printed)
    if not text or len(text.split()) > LONGEST:
        return None
    found = (
        _whole(text)
        or _with_brackets(printed)
        or _parts(printed)
        or _without_condition(printed, match_surely)
    )
    return found if found and found.certainty == "certain" else None


def _without_condition(printed: str, known: Callable[[str], Match | None]) -> Match | None:
    """What a heading names behind the case in which it is filled in."""
    condition = CONDITION.match(printed)
    return known(printed[condition.end() :]) if condition else None


def split_stage(printed: str) -> tuple[str, str]:
    """A heading without the stage or date that it carries, and that stage as printed ('' where there is none).

    "Update June 2019" → ("Update", "June 2019"); "Status at 30-Jun-22" → ("Status", "30-Jun-22").
    """
    one_line = " ".join(printed.split())
    if not _any_stage().search(one_line):
        return printed, ""
    found = next((m for p in _stages() if (m := p.search(one_line))), None)
    if found is None:
        return printed, ""
    before, after = one_line[: found.start()], one_line[found.end() :]
    return _without_dangling(f"{before.rstrip(' (–-:')} {after.lstrip(' )–-:')}"), found.group().strip(" ()")


def could_be_cell(printed: str) -> bool:
    """Whether a known heading might as well stand in a cell below one ("Completed", "Director")."""
    return squeezed(plain(printed)) in _could_be_cells()


@functools.lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def _whole(text: str) -> Match | None:
    field = _known(text)
    if field:
        return Match((field,), "certain")
    if not _any_pattern().search(text):  # few texts are worth asking each pattern
        return None
    for pattern, fields in _compounds():
        if pattern.search(text):
            return Match(fields, "certain")
    for pattern, own in _patterns():
        if pattern.search(text):
            return Match((own,), "certain")
    return None


def _known(text: str) -> Field | None:
    # A word broken by a narrow column loses its plural ending only at the very end.
    run = squeezed(text)
    own = _index().get(run) or _index().get(_singular("".join(text.split())))
    return own or (_known(shorter) if (shorter := ARTICLE.sub("", text)) != text else None)


def _with_brackets(printed: str) -> Match | None:
    bracket = BRACKETS.search(printed)
    if bracket is None:
        return None
    inside, outside = bracket.group(1), BRACKETS.sub(" ", printed)
    further = _known(plain(inside))
    changed = None if further == "date" else _known(plain(f"{inside} {outside}"))
    if changed:  # "Deadline (revised)", but not "Reply (date)"
        return Match((changed,), "certain")
    own = _whole(plain(outside)) or _parts(outside) or _without_qualifiers(plain(outside))
    if own is None:
        return None
    fields = own.fields if further is None or further in own.fields else (*own.fields, further)
    return Match(fields, own.certainty)


def _parts(printed: str) -> Match | None:
    pieces = [plain(piece) for piece in SEPARATOR.split(printed) if plain(piece)]
    if len(pieces) < 2:
        return None
    found: list[Match] = []
    for piece in pieces:
        known = _whole(piece) or _without_qualifiers(piece) or _by_head(piece)
        if known is None:
            return None
        found.append(known)
    fields = list(dict.fromkeys(field for m in found for field in m.fields))
    sure = all(m.certainty == "certain" for m in found)
    return Match(_own_first(_merge(fields)), "certain" if sure else "likely")


def _merge(fields: list[Field]) -> list[Field]:
    for merged in heading_words().merged:
        if set(merged.parts) <= set(fields):
            fields = [merged.into, *(f for f in fields if f not in merged.parts)]
    return fields


def _own_first(fields: list[Field]) -> tuple[Field, ...]:
    order = heading_words().precedence
    return tuple(sorted(fields, key=lambda f: order.index(f) if f in order else len(order)))


def _without_qualifiers(text: str) -> Match | None:
    field = next((f for shorter in _shorter(text) if (f := _known(shorter))), None)
    return Match((field,), "likely") if field else None


def _shorter(text: str) -> Iterator[str]:
    """The text with one qualifier after another taken off either end."""
    first, last = _qualifiers()
    while match := first.match(text) or last.search(text):
        text = text[match.end() :] if match.start() == 0 else text[: match.start()]
        yield text


def _by_head(text: str) -> Match | None:
    if len(text.split()) > LONGEST_WITH_HEAD or COUNTING.search(text):
        return None
    text = COPIED.sub("", text)
    phrase = PREPOSITION.split(text, maxsplit=1)[0]
    if phrase != text:
        opened = _whole(phrase) or _without_qualifiers(phrase)
        if opened:
            return Match(opened.fields[:1], "likely")
    singular = " ".join(_singular(word) for word in text.split())
    if not singular.endswith(_spaced_heads()):
        return None
    field = next((f for head, f in _heads() if singular.endswith(" " + head)), None)
    return Match((field,), "likely") if field else None


def _near(text: str) -> Match | None:
    run = squeezed(text)
    if len(run) < SHORTEST_NEAR:
        return None
    best = process.extractOne(run, _keys_near(len(run)), scorer=fuzz.ratio, score_cutoff=NEAR)
    return Match((_index()[best[0]],), "likely") if best else None


def _without_dangling(text: str) -> str:
    words = " ".join(text.split())
    previous = ""
    while previous != words:
        previous = words
        words = _dangling().sub("", words).strip(" :–-")
    return words


@functools.cache
def _dangling() -> re.Pattern[str]:
    small = sorted(heading_words().dangling, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in small)
    return re.compile(rf"(?:^|\s)(?:{pattern})[:\s]*$|^(?:{pattern})\s+", re.IGNORECASE)


@functools.cache
def _index() -> Mapping[str, Field]:
    return {squeezed(plain(word)): f.name for f in heading_words().fields for word in f.words}


@functools.cache
def _keys_near(length: int) -> list[str]:
    """The keys that can be like enough to a run of `length` letters: what one has more, the two do not share."""
    return [
        run
        for run in _index()
        if len(run) >= SHORTEST_NEAR and 200 * min(length, len(run)) >= NEAR * (length + len(run))
    ]


@functools.cache
def _compounds() -> tuple[tuple[re.Pattern[str], tuple[Field, ...]], ...]:
    return tuple((re.compile(c.pattern), c.fields) for c in heading_words().compounds)


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], Field], ...]:
    return tuple((re.compile(p), f.name) for f in heading_words().fields for p in f.patterns)


@functools.cache
def _any_pattern() -> re.Pattern[str]:
    return together(pattern.pattern for pattern, _ in (*_compounds(), *_patterns()))


@functools.cache
def _spaced_heads() -> tuple[str, ...]:
    return tuple(f" {head}" for head, _ in _heads())


@functools.cache
def _heads() -> tuple[tuple[str, Field], ...]:
    heads = [(head, f.name) for f in heading_words().fields for head in f.heads]
    return tuple(sorted(heads, key=lambda pair: -len(pair[0])))


@functools.cache
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(q) for q in sorted(heading_words().qualifiers, key=len, reverse=True))
    return re.compile(rf"(?:{words}) "), re.compile(rf" (?:{words})$")


@functools.cache
def _stages() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in heading_words().stages)


@functools.cache
def _any_stage() -> re.Pattern[str]:
    return together(heading_words().stages, re.IGNORECASE)


@functools.cache
def _could_be_cells() -> frozenset[str]:
    return frozenset(squeezed(word) for word in heading_words().could_be_cells)
