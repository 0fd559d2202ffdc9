"""Pieces of forms and lists put together: what belongs to each recommendation, and which lists are believed."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from extract.shapes import running_text
from pipeline.knowledge.forms import form_words
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import folded
from pipeline.nlp.people import is_signature
from pipeline.understanding.codes_ahead import with_codes_parted
from pipeline.understanding.completing import (
    is_titles_only,
    with_joint_replies,
    with_last_ended,
    with_listed_texts,
    with_loose,
    with_own_texts,
    with_replies_to_texts,
)
from pipeline.understanding.entry import ANSWERS, MOST, Block, Entry, is_title
from pipeline.understanding.growing import awaits_text, numbered_apart, with_piece
from pipeline.understanding.label_names import closes
from pipeline.understanding.openings import BARE, NAMED, Opens, key_of, styles_in
from pipeline.understanding.pieces import PROSE, Piece
from pipeline.understanding.section_verdicts import verdict_over, within_section
from pipeline.understanding.settled_labels import settled

_LEAST_ALONE = 3  # labels under a recommendation that stands alone without a number
_LONGEST_STEP = 3  # numbers that a list may leave out
_SET_OUT = 8.0  # points
_LONGEST_NUMBER = 2
_LEAST_FORMS = 3  # that open with a label above their names
_NEARLY_ALL = 0.8
_STOP = Piece((), heading=True)  # stands in for what a believed list has taken


def blocks_in(pieces: Sequence[Piece], said: Field | None = None) -> tuple[Block, ...]:
    """The lists and series of forms that are believed: those of the surest way of opening first, then of the rest.

    `said` is what the paper calls itself, a response, an update or, of minutes, a decision: what plain text below an
    emphasised recommendation is.
    """
    rest = with_codes_parted(settled(pieces), answers=said == "response")
    found: list[Block] = []
    for style, opens in styles_in(rest):
        entries = with_joint_replies(with_own_texts(tuple(_entries(rest, opens, said))))
        blocks = (with_last_ended(_with_unlabelled(block, said)) for block in _blocks(style, entries))
        believed = [block for block in blocks if _believed(block)]
        taken = {id(word) for block in believed for word in block.words}
        rest = tuple(_STOP if _is_of(piece, taken) else piece for piece in rest) if taken else rest
        found += believed
    lists = list(runs_in(rest)) if any(map(is_titles_only, found)) else []
    return tuple(with_listed_texts(block, lists) for block in found)


def _with_unlabelled(block: Block, said: Field | None) -> Block:
    """A list with what stands below its labels or its texts without one, as what the paper calls itself says."""
    if said is None or said == "decision":
        return block
    block = with_loose(block, said)
    return with_replies_to_texts(block) if said == "response" else block


def runs_in(pieces: Sequence[Piece]) -> Iterator[Block]:
    """All runs of numbered recommendations, answered or not, those of the surest way of opening first."""
    pieces = settled(pieces)
    for style, opens in styles_in(pieces):
        yield from _blocks(style, tuple(_entries(pieces, opens, None)))


def _is_of(piece: Piece, taken: AbstractSet[int]) -> bool:
    return any(id(word) in taken for line in piece.own_lines[:1] for word in line.words[:1])


def _entries(pieces: Sequence[Piece], opens: Opens, said: Field | None) -> Iterator[Entry]:
    """Every recommendation with what follows it up to a heading or the next; what stands elsewhere is left out."""
    entry: Entry | None = None
    heading: Piece | None = None
    over: Piece | None = None  # what the section's heading decides
    counted = 0  # the last plain number of the entry's own paragraphs
    last = 0  # the number of the last entry that has one
    own = 0  # the last number of the paper's own paragraphs, which may go on through the list
    pieces = _with_names_first(pieces, opens)
    ranks = [opens(piece) for piece in pieces]
    until = max((i for i, rank in enumerate(ranks) if rank is not None), default=-1)
    for i, printed in enumerate(pieces):
        rank, following, piece = ranks[i], pieces[i + 1 :], printed
        if rank is None and _plain_number(piece) == own + 1 and (own or not entry):
            own += 1
            if piece.only_number and following and (following[0].label or following[0].only_number):
                continue  # "5." beside the label of its paragraph, which may stand where it belongs by now
            # behind the last answer the paper goes on to other matters
            goes_on = entry is not None and (i < until or not entry.beside)
            piece = numbered_apart(piece) if goes_on else piece
        number = _paragraph_number(entry, piece)
        leaps = number is not None and number != counted + 1  # the paper's own paragraphs go on
        titles = _is_numbered_title(piece, following[:1], opens, last)
        if rank is not None and entry and _says_again(entry, piece, following[:1]):
            continue
        if rank is not None:
            yield from (within_section(entry, over),) if entry else ()
            title = heading if heading and piece.field and _counts(heading) == last + 1 else None
            entry = _with_title(title, piece) if title else _opened(piece, rank, heading)
            heading, counted, last = None, 0, entry.rank or last
        elif entry and piece.heading and _is_title_below(entry, piece, following[:1]):
            entry = _titled(entry, piece)
        elif titles or leaps or _ends(entry, piece, following, opens):
            yield from (within_section(entry, over),) if entry else ()
            over = verdict_over(piece) if piece.heading else over
            heading = piece if piece.lines and (titles or (piece.heading and not leaps)) else None
            entry = None
        elif entry:
            entry = with_piece(entry, piece, said)
            counted = number or counted
        else:
            heading = None
            over = verdict_over(piece) if piece.heading else over
    if entry:
        yield within_section(entry, over)


def _with_names_first(pieces: Sequence[Piece], opens: Opens) -> Sequence[Piece]:
    """The pieces; the labels above the names of recommendations behind these, where (nearly) every form opens with the same."""
    names: dict[int, int] = {}  # the first of each form
    for i, piece in enumerate(pieces):
        if piece.source != PROSE and opens(piece) is not None:
            names.setdefault(piece.source, i)
    above = {at: [i for i in range(at) if pieces[i].source == source] for source, at in names.items()}
    first = Counter(
        key_of(pieces[places[0]]) for places in above.values() if places and pieces[places[0]].field
    )
    alike = first.most_common(1)[0][1] if first else 0
    if len(names) < _LEAST_FORMS or alike < _NEARLY_ALL * len(names):
        return pieces
    moved = {at: [i for i in places if pieces[i].field] for at, places in above.items()}
    taken = {i for places in moved.values() for i in places}
    return [pieces[at] for i in range(len(pieces)) if i not in taken for at in (i, *moved.get(i, ()))]


def _says_again(entry: Entry, piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether a form says the same at the top of the next page, where it goes on with labels that it has not had yet."""
    first = entry.opening[0] if entry.opening else None
    if first is None or not piece.own_lines or PROSE in (first.source, piece.source):
        return False
    last = entry.beside[-1].own_lines if entry.beside else first.own_lines
    next_page = bool(last) and piece.own_lines[0].page == last[-1].page + 1
    if (
        piece.source not in (first.source, first.source + 1)
        or not next_page
        or any(one.field in entry.fields for one in following)
    ):
        return False
    return running_text(piece.own_lines).split() == running_text(first.own_lines).split()


def _is_numbered_title(piece: Piece, following: Sequence[Piece], opens: Opens, last: int) -> bool:
    """Whether a title with the next number, parted from it, stands right over the label of a recommendation's text."""
    if not piece.label or piece.field is not None or not is_title(piece):
        return False
    over = any(one.field == "recommendation" and opens(one) is not None for one in following)
    return over and _counts(piece) == last + 1


def _counts(title: Piece) -> int | None:
    """The plain number that opens a title."""
    words = title.own_lines[0].words if title.lines else ()
    number = words[0].text.rstrip(".:)") if len(words) > (not title.label) else ""
    return int(number) if number.isdigit() and len(number) <= _LONGEST_NUMBER else None


def _with_title(title: Piece, text: Piece) -> Entry:
    """An entry that opens with a numbered title over the label of its text."""
    if title.label:
        return Entry(_counts(title) or 0, (msgspec.structs.replace(title, heading=False), text))
    first, *more = title.lines
    number = msgspec.structs.replace(first, words=first.words[:1])
    rest = msgspec.structs.replace(first, words=first.words[1:], opens=True)
    named = Piece((rest, *more), title.source, label=(number,), cells=title.cells)
    return Entry(_counts(title) or 0, (named, text))


def _is_title_below(entry: Entry, piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether a heading is the title of the recommendation whose number stands above it, over its labels."""
    bare = bool(entry.opening) and not entry.beside and all(one.only_number for one in entry.opening)
    return bare and bool(piece.lines) and any(one.field for one in following)


def _ends(entry: Entry | None, piece: Piece, following: Sequence[Piece], opens: Opens) -> bool:
    """Whether nothing from a piece on belongs to the recommendation before it."""
    if entry and _parts_form(entry, piece, following[:1]):
        return False
    closing = piece.field == "other" and closes(piece.name)
    leaving = entry is not None and bool(entry.beside) and _takes_leave(piece, following, opens)
    set_out = entry is not None and _is_set_out(entry, piece)
    return piece.heading or closing or leaving or (set_out and all(opens(one) is None for one in following))


def _is_set_out(entry: Entry, piece: Piece) -> bool:
    """Whether a paragraph begins where the numbers of the list do, to the left of all that stands beside its texts."""
    aside = piece.source != PROSE or piece.field or not piece.own_lines
    if aside or not (entry.opening and entry.beside) or awaits_text(entry):
        return False
    first = piece.own_lines[0]
    if len(first.words) > 1 and first.words[1].box.x0 - first.words[0].box.x1 > first.box.height:
        return False  # a number or a letter, set beside the middle of its text
    beside = [line for one in entry.beside for line in one.own_lines if line.page == first.page]
    numbers = [line for one in entry.opening for line in one.own_lines[:1] if line.page == first.page]
    return (
        bool(numbers and beside)
        and first.box.x0 < min(line.box.x0 for line in beside) - _SET_OUT
        and first.box.x0 < numbers[0].box.x0 + _SET_OUT
    )


def _parts_form(entry: Entry, piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether a heading inside a form only stands over more of its labels: "D. Delivery" over "Lead" and "Target date"."""
    inside = piece.source != PROSE and all(
        one.source == piece.source for one in (*entry.beside[-1:], *following)
    )
    return piece.heading and inside and bool(entry.beside) and any(one.field for one in following)


def _titled(entry: Entry, title: Piece) -> Entry:
    """An entry with the title behind its number, as one text."""
    *before, number = entry.opening
    lines = (*number.own_lines, *title.lines)
    whole = msgspec.structs.replace(number, lines=lines, label=(), mark=())
    return msgspec.structs.replace(entry, opening=(*before, whole))


def _takes_leave(piece: Piece, following: Sequence[Piece], opens: Opens) -> bool:
    """Whether a paragraph takes leave as a letter does, or says who has signed: no recommendation follows it."""
    if piece.source != PROSE or piece.field:
        return False
    if not _farewell().match(folded(piece.text)) and not is_signature(piece.text):
        return False
    return all(opens(later) is None for later in following)


@functools.cache
def _farewell() -> re.Pattern[str]:
    return re.compile("|".join(form_words().farewells), re.IGNORECASE)


def _paragraph_number(entry: Entry | None, piece: Piece) -> int | None:
    """The plain number that opens a paragraph outside tables which is no label's, behind what stands beside a recommendation."""
    return _plain_number(piece) if entry and entry.beside else None


def _plain_number(piece: Piece) -> int | None:
    """The plain number that opens a paragraph outside tables which is no label's."""
    if piece.field or piece.source != PROSE or piece.mark:
        return None
    found = piece.number()
    return found.number if found and not found.labelled and found.ident.isdigit() else None


def _opened(piece: Piece, rank: int, heading: Piece | None) -> Entry:
    if piece.field and piece.field != "recommendation":
        return Entry(rank, (), (piece,), heading)
    if piece.field and (number := _number_in_label(piece)):
        words = piece.label[-1].words
        first = (*piece.label[:-1], msgspec.structs.replace(piece.label[-1], words=words[:-1]))
        named = Piece((), piece.source, (msgspec.structs.replace(piece.label[-1], words=words[-1:]),))
        return Entry(number, (named, msgspec.structs.replace(piece, label=first)), (), heading)
    return Entry(rank, (piece,), (), heading)


def _number_in_label(piece: Piece) -> int:
    """The number that ends the label of a text ("You said 3"); 0 where none does."""
    words = piece.label[-1].words if piece.label else ()
    number = words[-1].text.rstrip(".:)") if len(words) > 1 else ""
    return int(number) if number.isdigit() and len(number) <= _LONGEST_NUMBER else 0


def _blocks(style: str, entries: Sequence[Entry]) -> Iterator[Block]:
    """Entries cut where their numbers start anew or leap, unless headings sort the numbers of one list ("Done": 1, 4; "In hand": 2, 3)."""
    runs: list[list[Entry]] = []
    for entry in entries:
        last = runs[-1][-1].rank if runs else 0
        if not runs or (entry.rank and last and not last < entry.rank <= last + _LONGEST_STEP):
            runs.append([])
        runs[-1].append(entry)
    anew = [b[0] for a, b in itertools.pairwise(runs) if b[0].rank < a[-1].rank]
    sorted_out = bool(anew) and all(entry.heading for entry in anew)
    ranks = [entry.rank for entry in entries]
    if sorted_out and len(set(ranks)) == len(ranks) and max(ranks) <= len(ranks) + _LONGEST_STEP:
        runs = [list(entries)]
    yield from (Block(style, tuple(run)) for run in runs)


def _believed(block: Block) -> bool:
    """Whether a run of entries is one of recommendations that are answered, and no list of another sort."""
    entries = [entry for entry in block.entries if entry.opening]
    answered = [entry for entry in entries if entry.answered]
    if not answered or len(answered) < MOST * len(entries):
        return False
    replied = [entry for entry in answered if entry.fields & ANSWERS]
    formal = all(entry.opening[0].source != PROSE or entry.beside[0].source != PROSE for entry in answered)
    if block.style[0] == NAMED:
        return len(answered) > 1 or bool(replied) or (formal and len(answered[0].beside) > 1)
    if len(replied) < MOST * len(entries) or (block.style[0] == BARE and block.entries[0].rank > 1):
        return False
    if formal or len(answered) > 1:
        return len(answered) > 1 or len(answered[0].beside) >= _LEAST_ALONE
    return False
