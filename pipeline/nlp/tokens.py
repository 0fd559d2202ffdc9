"""Cuts text into tokens and finds runs of name words, with spaCy's blank English tokenizer and its Matcher."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.knowledge.owners import owner_words
from pipeline.nlp.names import ABBREVIATION, lexicon

# Small words that may stand inside a name: "Head of Libraries", "Strategy and Performance Division".
INNER = frozenset({"of", "for", "and", "&", "the", "'s", "’s", "'", "’", ",", "/"})
SENTENCE_END = frozenset({".", "!", "?", ";", ":", "\n", "•", "●", "▪", "◦", "·", "o", "–", "—"})


class Tokens(msgspec.Struct, frozen=True):
    """A text's tokens as printed and in small letters, where each begins, and the runs that may hold names.

    `wholes` are names of owners.yml that are never cut ("Police and Crime Commissioner").
    """

    text: str
    words: tuple[str, ...]
    small: tuple[str, ...]
    starts: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    wholes: tuple[tuple[int, int], ...] = ()

    def said(self, start: int, end: int) -> str:
        """The text of the tokens `start` to `end`."""
        return self.text[self.starts[start] : self.starts[end - 1] + len(self.words[end - 1])]

    def opens_sentence(self, i: int) -> bool:
        """Whether a sentence, a bullet or a numbered point begins with token `i`."""
        if i == 0 or self.small[i - 1] in SENTENCE_END or "\n" in self.words[i - 1]:
            return True
        return self.small[i - 1] == ")" and i > 1 and (i < 3 or self.words[i - 2].isdigit())


class Forms(dict[int, tuple[str, str]]):
    """spaCy's number of a word form -> the word as printed and in small letters, filled as words come."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, orth: int) -> tuple[str, str]:
        word = self._strings[orth]
        self[orth] = (word, word.lower())
        return self[orth]


class Reader(msgspec.Struct, frozen=True):
    """spaCy's tokenizer and matcher, made once a process."""

    tokenizer: Any
    matcher: Any
    wholes: Any
    forms: Forms


@functools.cache
def _reader() -> Reader:
    # spaCy costs half a second to import: commands that read no paper must not pay for it.
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.util import compile_infix_regex

    language: Any = spacy.blank("en")
    # Hyphens stay inside words: "sub-group" and "E-safety" are one token each.
    infixes = [rule for rule in language.Defaults.infixes if "-|–|—" not in rule and "\\-" not in rule]
    language.tokenizer.infix_finditer = compile_infix_regex(
        [*infixes, r"(?<=[A-Za-z])[/–—](?=[A-Za-z])"]
    ).finditer
    for title in lexicon().honorifics:
        # "Cllr." is one token, its stop ends no sentence.
        language.tokenizer.add_special_case(title.title() + ".", [{"ORTH": title.title() + "."}])
    capital: Any = language.vocab.add_flag(_is_capital)
    inner: Any = language.vocab.add_flag(lambda word: _is_capital(word) or word in INNER or _is_head(word))
    head: Any = language.vocab.add_flag(_is_head)
    # Flags of our own are looked up once a word form; the matcher's schema check does not know them.
    matcher = Matcher(language.vocab, validate=False)
    matcher.add("name", [[{capital: True}, {inner: True, "OP": "*"}]], greedy="LONGEST")
    matcher.add("head", [[{head: True, "OP": "+"}]], greedy="LONGEST")
    wholes = PhraseMatcher(language.vocab, attr="LOWER")
    wholes.add("whole", [language.make_doc(name) for name in owner_words().whole_names])
    return Reader(language.tokenizer, matcher, wholes, Forms(language.vocab.strings))


# A paper's passages are read for its bodies, for entities and for owners: the second reading is free.
@functools.lru_cache(maxsize=2048)
def read_tokens(text: str) -> Tokens:
    """The tokens of a text and the runs in it that may hold names, in order and without overlap."""
    reader = _reader()
    doc = reader.tokenizer(text)
    # Reading two columns of numbers is several times faster than asking each token.
    columns = doc.to_array(["ORTH", "IDX"])
    forms = [reader.forms[orth] for orth in columns[:, 0].tolist()]
    words, small = tuple(form[0] for form in forms), tuple(form[1] for form in forms)
    whole = reader.wholes(doc)
    wholes = _without_overlap(whole)
    return Tokens(
        text,
        words,
        small,
        tuple(columns[:, 1].tolist()),
        _without_overlap([*reader.matcher(doc), *whole]),
        wholes,
    )


def _without_overlap(matches: Iterable[tuple[int, int, int]]) -> tuple[tuple[int, int], ...]:
    """The places of matches in order, of two that overlap the first and longest."""
    places: list[tuple[int, int]] = []
    for _, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        if not places or start >= places[-1][1]:
            places.append((start, end))
    return tuple(places)


@functools.cache
def _not_names() -> frozenset[str]:
    return frozenset(owner_words().months)


@functools.cache
def _heads() -> frozenset[str]:
    """Words in small letters that end a party's name, and the small words before them ("sub", "task")."""
    lex, words = lexicon(), owner_words()
    return frozenset(
        word for word in lex.people | lex.institutions | set(words.small_heads) if " " not in word
    ) | {"sub"}


def _is_capital(word: str) -> bool:
    if not word[:1].isupper():
        return bool(re.fullmatch(r"[a-z][A-Z][A-Za-z]+", word))
    return (
        word.lower() not in _not_names() and (len(word) > 1 or word not in {"I", "A"}) and _is_wordlike(word)
    )


def _is_wordlike(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-zÀ-ÿ][\w'’.&-]*", word)) or bool(ABBREVIATION.fullmatch(word))


def _is_head(word: str) -> bool:
    return word in _heads()
