"""Finds the abbreviations that a paper defines itself: 'Multi-Agency Safeguarding Hub (MASH)', both ways round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from pipeline.nlp.names import ABBREVIATION, NAME_WORD
from pipeline.passages import Passage

SHORT = r"[A-Z][A-Za-z&]{0,8}[A-Z][A-Za-z]{0,2}"
# 'the Safer Streets Board (the SSB, or "SSB")': words, then the short form in brackets.
LONG_THEN_SHORT = re.compile(
    rf"((?:[\w'’&-]+[ ]){{1,9}})\(\s*(?:the\s+)?[\"“‘']?({SHORT})s?[\"”’']?\s*(?:[,;)])"
)
# Its end, without which the words before it need not be tried one after another.
IN_BRACKETS = re.compile(rf"\(\s*(?:the\s+)?[\"“‘']?{SHORT}s?[\"”’']?\s*[,;)]")
# 'SSB (Safer Streets Board)', 'SSB = Safer Streets Board', 'SSB: Safer Streets Board'.
SHORT_THEN_LONG = re.compile(rf"\b({SHORT})\s*(?:\(|=\s*|:\s+|\s[–-]\s)((?:[\w'’&-]+[ ]?){{2,9}})")
SMALL = frozenset({"of", "and", "for", "the", "in", "to", "on", "with", "&", "at", "or", "by", "a"})


class Abbreviations(msgspec.Struct, frozen=True):
    """Short forms of one paper and what they stand for."""

    full: dict[str, str] = {}

    def resolve(self, name: str) -> str:
        """The full name of a short form that the paper defines, else `name` itself."""
        return self.full.get(name, name)

    def short(self, name: str) -> str | None:
        """The short form of a full name, where the paper defines one."""
        small = name.lower()
        return next((short for short, full in self.full.items() if full.lower() == small), None)


NONE_DEFINED = Abbreviations()


def find_abbreviations(passages: Iterable[Passage]) -> Abbreviations:
    """The short forms that the passages define; a short form with two meanings is left out."""
    meanings: dict[str, dict[str, str]] = {}
    for passage in passages:
        for short, full in (*_after_their_names(passage.text), *_before_their_names(passage.text)):
            meanings.setdefault(short, {}).setdefault(full.lower(), full)
    return Abbreviations(
        {short: full for short, found in meanings.items() if len(found) == 1 for full in found.values()}
    )


def _after_their_names(text: str) -> Iterator[tuple[str, str]]:
    for match in LONG_THEN_SHORT.finditer(text) if IN_BRACKETS.search(text) else ():
        if full := _ending_that_spells(match[1].split(), match[2]):
            yield match[2], full


def _before_their_names(text: str) -> Iterator[tuple[str, str]]:
    for match in SHORT_THEN_LONG.finditer(text):
        words = match[2].split()
        for end in range(len(words), 1, -1):
            if spells(words[:end], match[1]):
                yield match[1], " ".join(words[:end])
                break


def _ending_that_spells(words: list[str], short: str) -> str | None:
    """The fewest last words whose initials give `short`; a person's name may be given by initials and letters."""
    for start in range(len(words) - 1, -1, -1):
        if words[start].lower() not in SMALL and spells(words[start:], short):
            return " ".join(words[start:])
    return None


def spells(words: list[str], short: str) -> bool:
    """Whether the initials of `words` give `short`; small words and parts after a hyphen may be left out."""
    if not words or words[0].lower() in SMALL or not words[0][:1].isupper():
        return False
    letters = short.replace("&", "").lower()
    if not ABBREVIATION.fullmatch(short) or letters[0] != words[0][0].lower():
        return False
    return _spelled([part for word in words for part in _parts(word)], letters) or _person(words, short)


def _parts(word: str) -> list[str]:
    return [part for part in re.split(r"[-/&]", word) if part] or [word]


def _spelled(parts: list[str], letters: str) -> bool:
    if not parts:
        return not letters
    small = parts[0].lower() in SMALL
    if letters and parts[0][0].lower() == letters[0] and _spelled(parts[1:], letters[1:]):
        return True
    return small and _spelled(parts[1:], letters)


def _person(words: list[str], short: str) -> bool:
    """'Morag McAllan (MMcA)': the capitals of two or three name words, small letters between them allowed."""
    if not 2 <= len(words) <= 3 or not all(NAME_WORD.fullmatch(word) for word in words):
        return False
    capitals = "".join(letter for word in words for letter in word if letter.isupper())
    return capitals == "".join(letter for letter in short if letter.isupper())
