"""Entries completed from what stands beside or below them: their text under an unknown label, a reply to two, reports without a label."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from extract.shapes import running_text
from pipeline.knowledge.forms import form_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.understanding.entry import MOST, Block, Entry, as_answer, is_bare, with_number
from pipeline.understanding.openings import key_of
from pipeline.understanding.pieces import PROSE, Piece

_JOINT_WITHIN = 14  # words of a reply within which it says that it answers both
_LEAST_BEFORE = 3  # recommendations by which it is told how the last ends
_REPEATED = 2
_NEARLY_ALL = 0.8


def with_own_texts(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Entries that open with no more than a number or a title, the unknown label below most of them as that of their texts."""
    bare = [entry for entry in entries if entry.beside and all(map(is_bare, entry.opening))]
    first = Counter(key_of(entry.beside[0]) for entry in bare if entry.beside[0].field == "other")
    key, count = next(iter(first.most_common(1)), ("", 0))
    if count < max(_REPEATED, MOST * len(entries)):
        return entries
    return [
        msgspec.structs.replace(
            entry,
            opening=(
                *map(with_number, entry.opening),
                msgspec.structs.replace(entry.beside[0], field="recommendation"),
            ),
            beside=entry.beside[1:],
        )
        if entry in bare and key_of(entry.beside[0]) == key
        else entry
        for entry in entries
    ]


def with_listed_texts(block: Block, lists: Sequence[Block]) -> Block:
    """A block of answers below titles, with the texts that a list before it has behind the same numbers and titles.

    "R1 Talent pool" over its answer, in a paper that has recommended "R1 Talent pool: The Council should …" before.
    """
    if not is_titles_only(block):
        return block
    for listed in reversed(lists):
        texts = {entry.rank: entry.opening for entry in listed.entries if entry.opening}
        own = [entry for entry in block.entries if _goes_on_as(entry, texts.get(entry.rank, ()))]
        if len(own) >= _NEARLY_ALL * len(block.entries):
            entries = (
                msgspec.structs.replace(entry, opening=texts[entry.rank]) if entry in own else entry
                for entry in block.entries
            )
            return Block(block.style, tuple(entries))
    return block


def is_titles_only(block: Block) -> bool:
    """Whether the recommendations of a block are but numbers and titles, each over its answer."""
    return all(entry.opening and all(map(is_bare, entry.opening)) for entry in block.entries)


def _goes_on_as(entry: Entry, text: Sequence[Piece]) -> bool:
    """Whether a text begins as the title of an entry does, and says more."""
    if not text or text[0].lines == entry.opening[0].lines:
        return False
    title, whole = (running_text(piece.own_lines) for piece in (entry.opening[0], text[0]))
    return len(whole) > len(title) and folded(whole).lower().startswith(folded(title).lower().rstrip(" .:"))


def with_joint_replies(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with the reply that stands below the next of them and says that it answers both."""
    out = list(entries)
    for i in range(len(out) - 2, -1, -1):
        reply = next((piece for piece in out[i + 1].beside if piece.field == "response"), None)
        if (
            not out[i].beside
            and reply is not None
            and _joint().search(" ".join(reply.text.split()[:_JOINT_WITHIN]))
        ):
            copied = tuple(msgspec.structs.replace(piece, label=()) for piece in out[i + 1].beside)
            out[i] = msgspec.structs.replace(out[i], beside=copied)
    return out


def with_loose(block: Block, said: Field) -> Block:
    """What the paper says without a label below the labels of its recommendations, where it does so below most of them.

    Behind the last recommendation, only as much of it counts as stands below another.
    """
    if said == "update" and not any(said in entry.fields for entry in block.entries):
        block = Block(block.style, tuple(map(_with_reasons_as_reports, block.entries)))
    loose = [entry for entry in block.entries if entry.loose and said not in entry.fields]
    before = [len(entry.loose) for entry in block.entries[:-1]]
    if len(loose) < max(_REPEATED, MOST * len(block.entries)):
        return block
    last = block.entries[-1]
    kept = msgspec.structs.replace(last, loose=last.loose[: max(before)])
    return Block(
        block.style,
        tuple(
            msgspec.structs.replace(entry, beside=(*entry.beside, _as_one(entry.loose, said)), loose=())
            if entry.loose and said not in entry.fields
            else entry
            for entry in (*block.entries[:-1], kept)
        ),
    )


def with_last_ended(block: Block) -> Block:
    """A list whose last answer has no more paragraphs than any before it: behind them the paper goes on to other matters."""
    *before, last = block.entries
    own = [one for entry in before for one in entry.beside]
    if (
        len(before) < _LEAST_BEFORE
        or not last.beside
        or any(one.source != PROSE for one in (*own, *last.beside))
    ):
        return block
    most = max((len(_paragraph_starts(one)) for one in own), default=0)
    closing = last.beside[-1]
    starts = _paragraph_starts(closing)
    if most == 0 or len(starts) <= most:
        return block
    ended = msgspec.structs.replace(closing, lines=closing.lines[: starts[most]])
    beside = (*last.beside[:-1], ended)
    return Block(block.style, (*before, msgspec.structs.replace(last, beside=beside)))


def _paragraph_starts(piece: Piece) -> list[int]:
    """The places of the lines of a piece that begin a paragraph."""
    return [i for i, line in enumerate(piece.lines) if i == 0 or line.opens]


def with_replies_to_texts(block: Block) -> Block:
    """The paragraphs below the first of each recommendation as its reply, where the writer of the answers speaks in them.

    A letter sets both in one style: "That a plough be bought." above "I have to weigh this ...", "Decision:" below.
    """
    below = [
        entry.opening[1:] if entry.opening and _is_whole(entry.opening[0]) else () for entry in block.entries
    ]
    spoken = sum(any(_speaks().search(piece.text) for piece in pieces) for pieces in below)
    labelled = any("response" in entry.fields for entry in block.entries)
    if labelled or spoken < _REPEATED or sum(map(bool, below)) < _NEARLY_ALL * len(below):
        return block
    return Block(
        block.style,
        tuple(
            msgspec.structs.replace(
                entry, opening=entry.opening[:1], beside=(_as_one(pieces, "response"), *entry.beside)
            )
            if pieces
            else entry
            for entry, pieces in zip(block.entries, below, strict=True)
        ),
    )


def _is_whole(piece: Piece) -> bool:
    """Whether an opening is a whole recommendation: a sentence behind its number."""
    return not is_bare(piece) and piece.text.rstrip(' ”"’').endswith(".")


def _with_reasons_as_reports(entry: Entry) -> Entry:
    """What stands without a label behind a decision tells how far it has come, where a report has no other place for that."""
    return msgspec.structs.replace(
        entry,
        beside=tuple(
            as_answer(piece, "update")
            if piece.field == "response" and not piece.label and before and before.field == "decision"
            else piece
            for before, piece in zip((None, *entry.beside), entry.beside, strict=False)
        ),
    )


def _as_one(pieces: Sequence[Piece], field: Field) -> Piece:
    lines = tuple(line for piece in pieces for line in piece.own_lines)
    return msgspec.structs.replace(
        pieces[0], lines=lines, label=(), mark=(), name=field.capitalize(), field=field
    )


@functools.cache
def _speaks() -> re.Pattern[str]:
    return re.compile("|".join(form_words().speaks))


@functools.cache
def _joint() -> re.Pattern[str]:
    return re.compile("|".join(form_words().joint), re.IGNORECASE)
