"""Cuts text into tokens and finds runs of name words, with spaCy's blank English tokenizer and its PhraseMatcher."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from pipeline.knowledge.owners import owner_words
from pipeline.nlp.names import ABBREVIATION, lexicon

# Small words that may stand inside a name: "Head of Libraries", "Strategy and Performance Division".
INNER = frozenset({"of", "for", "and", "&", "the", "'s", "’s", "'", "’", ",", "/"})
# What is cut off before, behind and inside a word; an initial keeps its stop ("J.").
PREFIX = re.compile(r"""^(?:[(\["'“‘<•●▪◦·*£$§|/:–—-]|\.(?!\d))""")
SUFFIX = re.compile(r"""(?:['’][sS]|[)\]"'”’>,;:!?…*%|/–—-]|(?<=[a-z0-9)\]"'”’%])\.|(?<=[A-Z]{2})\.)$""")
INFIX = re.compile(r"(?<=[A-Za-z)])[/–—](?=[A-Za-z(])|(?<=[a-z])[.,;:](?=[A-Z])|\.{2,}|…")
WORDLIKE = re.compile(r"[A-Za-zÀ-ÿ][\w'’.&-]*")
INNER_CAPITAL = re.compile(r"[a-z][A-Z][A-Za-z]+")  # "eBay"
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


class Form(msgspec.Struct, frozen=True):
    """A word form: as printed, in small letters, and whether it may begin a name, stand inside one, or be its head."""

    word: str
    small: str
    begins: bool
    inner: bool
    head: bool


class Forms(dict[int, Form]):
    """spaCy's number of a word form -> the form, filled as words come."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, orth: int) -> Form:
        word = self._strings[orth]
        begins, head = _is_capital(word), _is_head(word)
        self[orth] = Form(word, word.lower(), begins, begins or head or word in INNER, head)
        return self[orth]


class Reader(msgspec.Struct, frozen=True):
    """spaCy's tokenizer and phrase matcher and the forms seen so far, made once a process.

    `whole_openers` are the first words of all that the matcher looks for.
    """

    tokenizer: Any
    wholes: Any
    whole_openers: frozenset[str]
    forms: Forms


@functools.cache
def _reader() -> Reader:
    # spaCy costs half a second to import: commands that read no paper must not pay for it.
    import spacy
    from spacy.matcher import PhraseMatcher

    language: Any = spacy.blank("en")
    # Hyphens stay inside words ("sub-group" is one token), and these few rules cost a third of spaCy's own.
    tokenizer = language.tokenizer
    tokenizer.prefix_search, tokenizer.suffix_search = PREFIX.search, SUFFIX.search
    tokenizer.infix_finditer = INFIX.finditer
    tokenizer.url_match = None
    for title in lexicon().honorifics:
        # "Cllr." is one token, its stop ends no sentence.
        tokenizer.add_special_case(title.title() + ".", [{"ORTH": title.title() + "."}])
    wholes = PhraseMatcher(language.vocab, attr="LOWER")
    names = [language.make_doc(name) for name in owner_words().whole_names]
    wholes.add("whole", names)
    return Reader(
        tokenizer, wholes, frozenset(name[0].lower_ for name in names), Forms(language.vocab.strings)
    )


# A paper's passages are read for its bodies, for entities and for owners: the second reading is free.
@functools.lru_cache(maxsize=2048)
def read_tokens(text: str) -> Tokens:
    """The tokens of a text and the runs in it that may hold names, in order and without overlap."""
    reader = _reader()
    doc = reader.tokenizer(text)
    # Reading two columns of numbers is several times faster than asking each token.
    columns = doc.to_array(["ORTH", "IDX"])
    forms = [reader.forms[orth] for orth in columns[:, 0].tolist()]
    words, small = tuple([form.word for form in forms]), tuple([form.small for form in forms])
    runs, wholes = tuple(_runs(forms)), tuple[tuple[int, int], ...]()
    if not reader.whole_openers.isdisjoint(small):
        wholes = _without_overlap((start, end) for _, start, end in reader.wholes(doc))
        runs = _without_overlap([*runs, *wholes])
    return Tokens(text, words, small, tuple(columns[:, 1].tolist()), runs, wholes)


def _runs(forms: Sequence[Form]) -> Iterator[tuple[int, int]]:
    """Runs that begin with a capital and go on with name words, and heads printed small, in one pass.

    A Matcher with the same two patterns tries every start of a run again, which tables of names make slow.
    """
    end = 0
    for start, form in enumerate(forms):
        if start < end or not (form.begins or form.head):
            continue
        end = start + 1
        while end < len(forms) and (forms[end].inner if form.begins else forms[end].head):
            end += 1
        yield start, end


def _without_overlap(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The places in order, of two that overlap the first and longest."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


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
        return bool(INNER_CAPITAL.fullmatch(word))
    return (
        word.lower() not in _not_names() and (len(word) > 1 or word not in {"I", "A"}) and _is_wordlike(word)
    )


def _is_wordlike(word: str) -> bool:
    return bool(WORDLIKE.fullmatch(word)) or bool(ABBREVIATION.fullmatch(word))


def _is_head(word: str) -> bool:
    return word in _heads()
