"""Pieces of forms and lists put together: what opens a recommendation, what belongs to it, which lists are believed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from pipeline.headings.words import plain
from pipeline.knowledge.forms import form_words
from pipeline.knowledge.language import reference_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.decisions import read_decision
from pipeline.nlp.numbering import Numbered
from pipeline.nlp.patterns import number_words, strong_opener
from pipeline.passages import Passage
from pipeline.understanding.pieces import PROSE, Piece, unlabelled

ANSWERS: frozenset[Field] = frozenset(
    {"response", "response_action", "decision", "update", "action_taken", "assessment", "status", "rag"}
)
DOINGS: frozenset[Field] = frozenset(
    {"owner", "member", "deadline", "revised_deadline", "actual_date", "action"}
)
_MOST = 0.6  # of the recommendations of a list that must have an answer
_LEAST_ALONE = 3  # labels under a recommendation that stands alone without a number
_LONGEST_STEP = 3  # numbers that a list may leave out
_STATED_WITHIN = 40  # letters of a paragraph within which a decision makes it an answer
_REPEATED = 2
_ASKED_WITHIN = 20  # words within which a recommendation says "should" or "must"


class Entry(msgspec.Struct, frozen=True):
    """One recommendation of a form or list: the pieces of its text, then those beside it; `heading` stood over it.

    `rank` is its number in the list, 0 where it has none.
    """

    rank: int
    opening: tuple[Piece, ...]
    beside: tuple[Piece, ...] = ()
    heading: Piece | None = None

    @property
    def fields(self) -> frozenset[Field]:
        """What its labels name."""
        return frozenset(piece.field for piece in self.beside if piece.field)

    @property
    def answered(self) -> bool:
        """Whether anything beside the text answers it or says who acts, or by when."""
        return bool(self.fields & (ANSWERS | DOINGS))


class Block(msgspec.Struct, frozen=True):
    """A run of recommendations that one list or one series of forms holds; `style` is how each of them opens."""

    style: str
    entries: tuple[Entry, ...]


Opens = Callable[[Piece], int | None]


def blocks_in(pieces: Sequence[Piece], answers: bool = False) -> tuple[Block, ...]:
    """The lists and series of forms that are believed, by the first style of opening that gives some.

    `answers` says that the paper calls itself a response: plain text below an emphasised recommendation answers it.
    """
    settled = _settled(pieces)
    for style, opens in _styles(settled):
        found = [
            block for block in _blocks(style, tuple(_entries(settled, opens, answers))) if _believed(block)
        ]
        if found:
            return tuple(found)
    return ()


def _settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces whose doubtful labels are labels only where the paper repeats them."""
    seen = Counter(_key(piece) for piece in pieces if piece.field)
    return tuple(
        unlabelled(piece) if piece.field and piece.sure != "sure" and seen[_key(piece)] < _REPEATED else piece
        for piece in pieces
    )


def _key(piece: Piece) -> str:
    return re.sub(r"\d+", "", plain(piece.name)).strip()


def _styles(pieces: Sequence[Piece]) -> Iterator[tuple[str, Opens]]:
    """The ways in which recommendations may open here, the surest first."""
    counted = Counter(found[0] for piece in pieces if (found := _style_of(piece)))
    ordered = sorted(counted, key=lambda style: (style[0], -counted[style]))
    yield from ((style, _by_style(style)) for style in ordered if style[0] == "1")
    if starter := _starter(pieces):
        yield starter, _by_name(starter)
    yield from ((s, _by_style(s)) for s in ordered if s[0] != "1" and counted[s] >= _REPEATED)


def _style_of(piece: Piece) -> tuple[str, int] | None:
    """How a piece opens as a numbered recommendation, the surest kinds first in order, and its number."""
    if piece.field is not None:
        return None
    found = piece.number()
    if found is None or found.certainty != "certain":
        return None
    printed = folded((piece.label or piece.lines)[0].text)
    if found.labelled:
        word = re.sub(r"[\W\d]", " ", printed[found.start : found.end].replace(found.ident, "")).split()
        name = " ".join(word).lower()
        name = re.sub(r"s?(?: nos?| number)?$", "", name) or name
        return (f"1 {name}", _rank(found)) if name in form_words().opening_words else None
    if found.code:
        return "2 code", 0
    if "." in found.ident or not _asks(piece, found):
        return None
    digit = found.parts and found.parts[0].isdigit()
    shape = re.sub(r"\w+", "9" if digit else "a", printed[found.start : found.end + 1].strip())
    return f"3 {shape}", _rank(found)


def _asks(piece: Piece, found: Numbered) -> bool:
    """Whether what stands behind a bare number asks for something: "That …", "To …", "Publish …", "… should …"."""
    if piece.label:
        return True
    text = folded(piece.text)[found.after :]
    if strong_opener().match(text) or piece.heading:
        return bool(strong_opener().match(text))
    words = re.findall(r"[\w']+", text)[:_ASKED_WITHIN]
    known = reference_words()
    return bool(words) and (
        words[0] == "To" or words[0].lower() in known.asks or any(word in known.modals for word in words)
    )


def _rank(found: Numbered) -> int:
    part = found.parts[0] if found.parts else ""
    if part.isdigit():
        return int(part)
    if part.lower() in number_words():
        return number_words()[part.lower()]
    return ord(part.lower()) - ord("a") + 1 if len(part) == 1 and part.isalpha() else 0


def _by_style(style: str) -> Opens:
    def opens(piece: Piece) -> int | None:
        found = _style_of(piece)
        return found[1] if found and found[0] == style else None

    return opens


def _by_name(name: str) -> Opens:
    def opens(piece: Piece) -> int | None:
        return 0 if piece.field and _key(piece) == name else None

    return opens


def _starter(pieces: Sequence[Piece]) -> str | None:
    """The label that opens each recommendation where no number does: the first that stands as often as its text."""
    at = next((i for i, piece in enumerate(pieces) if piece.field == "recommendation"), None)
    if at is None:
        return None
    counted = Counter(_key(piece) for piece in pieces if piece.field)
    own = pieces[at]
    before = [
        p
        for p in pieces[:at]
        if p.field and p.source == own.source and counted[_key(p)] == counted[_key(own)]
    ]
    return _key(before[0]) if before else _key(own)


def _entries(pieces: Sequence[Piece], opens: Opens, answers: bool) -> Iterator[Entry]:
    """Every recommendation with what follows it up to a heading or the next; what stands elsewhere is left out."""
    entry: Entry | None = None
    heading: Piece | None = None
    for piece in pieces:
        rank = opens(piece)
        if rank is not None:
            if entry:
                yield entry
            entry = _opened(piece, rank, heading)
            heading = None
        elif piece.heading:
            heading = piece
            if entry:
                yield entry
            entry = None
        elif entry:
            entry = _with(entry, piece, answers)
        else:
            heading = None
    if entry:
        yield entry


def _opened(piece: Piece, rank: int, heading: Piece | None) -> Entry:
    if piece.field and piece.field != "recommendation":
        return Entry(rank, (), (piece,), heading)
    return Entry(rank, (piece,), (), heading)


def _with(entry: Entry, piece: Piece, answers: bool) -> Entry:
    """An entry with one more piece, where it belongs to it."""
    if piece.field == "recommendation" and all(one.only_number for one in entry.opening):
        return msgspec.structs.replace(entry, opening=(*entry.opening, piece))
    if piece.field:
        return msgspec.structs.replace(entry, beside=(*entry.beside, piece))
    if not entry.beside:
        return _with_text(entry, piece, answers)
    last = entry.beside[-1]
    goes_on = piece.source == last.source and (
        piece.source != PROSE or not last.lines or last.field in form_words().prose
    )
    if not goes_on:
        return entry
    more = msgspec.structs.replace(
        last, lines=(*last.lines, *piece.own_lines), cells=(*last.cells, *piece.cells)
    )
    return msgspec.structs.replace(entry, beside=(*entry.beside[:-1], more))


def _with_text(entry: Entry, piece: Piece, answers: bool) -> Entry:
    """More of the recommendation's own text, or an answer without a label."""
    if (
        entry.opening
        and piece.source == PROSE
        and (_states_decision(piece) or (answers and _set_off(entry, piece)))
    ):
        answer = msgspec.structs.replace(piece, name="Response", field="response")
        return msgspec.structs.replace(entry, beside=(answer,))
    whole = msgspec.structs.replace(piece, lines=piece.own_lines, label=()) if entry.opening else piece
    return msgspec.structs.replace(entry, opening=(*entry.opening, whole))


def _set_off(entry: Entry, piece: Piece) -> bool:
    """Whether plain text stands below a recommendation that is all emphasised."""
    said = [one for one in entry.opening if not one.only_number]
    return bool(said) and all(one.emphasised for one in said) and not piece.emphasised


def _states_decision(piece: Piece) -> bool:
    stated = read_decision(Passage.of_lines(piece.lines), column=False)
    return (
        stated is not None
        and stated.certainty == "certain"
        and stated.words.lower() in " ".join(piece.text.split()).lower()[:_STATED_WITHIN]
    )


def _blocks(style: str, entries: Sequence[Entry]) -> Iterator[Block]:
    """Entries cut where their numbers start anew or leap."""
    run: list[Entry] = []
    for entry in entries:
        last = run[-1].rank if run else 0
        if run and entry.rank and last and not last < entry.rank <= last + _LONGEST_STEP:
            yield Block(style, tuple(run))
            run = []
        run.append(entry)
    if run:
        yield Block(style, tuple(run))


def _believed(block: Block) -> bool:
    """Whether a run of entries is one of recommendations that are answered, and no list of another sort."""
    entries = [entry for entry in block.entries if entry.opening]
    answered = [entry for entry in entries if entry.answered]
    if not answered or len(answered) < _MOST * len(entries):
        return False
    replied = [entry for entry in answered if entry.fields & ANSWERS]
    formal = all(entry.opening[0].source != PROSE or entry.beside[0].source != PROSE for entry in answered)
    if block.style[0] == "1":
        return len(answered) > 1 or bool(replied) or (formal and len(answered[0].beside) > 1)
    if len(replied) < _MOST * len(entries) or (block.style[0] == "3" and block.entries[0].rank != 1):
        return False
    if formal or len(answered) > 1:
        return len(answered) > 1 or len(answered[0].beside) >= _LEAST_ALONE
    return False
