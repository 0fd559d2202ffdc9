"""How recommendations open in forms and lists: by a named number, by a label, by a code or by a bare number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pipeline.headings.words import plain
from pipeline.knowledge.forms import form_words
from pipeline.nlp.clean import folded
from pipeline.nlp.numbering import Numbered
from pipeline.nlp.patterns import asks, number_words, strong_opener
from pipeline.understanding.pieces import PROSE, Piece

NAMED, CODED, BARE = (
    "1",
    "2",
    "3",
)  # how the styles of numbers begin, the surest first; a label is a style too
_REPEATED = 2
_NEARLY_ALL = 0.8

Opens = Callable[[Piece], int | None]


def key_of(piece: Piece) -> str:
    """A label's words by which it is known again, numbers and plural endings left out."""
    return re.sub(r"\d+|(?<=\w\w)s\b", "", plain(piece.name)).strip()


def styles_in(pieces: Sequence[Piece]) -> Iterator[tuple[str, Opens]]:
    """The ways in which recommendations may open here, the surest first."""
    counted = Counter(found[0] for piece in pieces if (found := style_of(piece)))
    ordered = sorted(counted, key=lambda style: (style[0], -counted[style]))
    yield from ((style, _by_style(style)) for style in ordered if style[0] == NAMED)
    numbered = [(s, _by_style(s)) for s in ordered if s[0] != NAMED and counted[s] >= _REPEATED]
    starter = _starter(pieces)
    once = starter is not None and sum(key_of(piece) == starter for piece in pieces if piece.field) == 1
    labelled = [(starter, _by_name(starter))] if starter else []
    heads = [
        (style, opens if once else _with_labels_alone(pieces, opens, labelled[0][1]))
        for style, opens in numbered
        if starter and (once or _stand_over(pieces, opens, labelled[0][1]))
    ]  # one label may head all that is numbered
    yield from heads
    yield from labelled
    told = {style for style, _ in heads}
    yield from (one for one in numbered if one[0] not in told)


def _stand_over(pieces: Sequence[Piece], opens: Opens, labelled: Opens) -> bool:
    """Whether what opens with a number stands over (nearly) each label in turn: "CR1 Bank details" over "Recommendation"."""
    order = "".join(
        "#" if opens(piece) is not None else "L"
        for piece in pieces
        if opens(piece) is not None or labelled(piece) is not None
    )
    over = order.count("#L")
    return over == order.count("#") > 0 and over >= _NEARLY_ALL * order.count("L")


def _with_labels_alone(pieces: Sequence[Piece], opens: Opens, labelled: Opens) -> Opens:
    """What opens with a number, and the labels over which no number stands: their titles were not told from headings."""
    alone: set[int] = set()
    numbered = True
    for piece in pieces:
        if opens(piece) is not None:
            numbered = True
        elif labelled(piece) is not None:
            alone |= set() if numbered else {id(piece)}
            numbered = False
    return lambda piece: 0 if id(piece) in alone else opens(piece)


def style_of(piece: Piece) -> tuple[str, int] | None:
    """How a piece opens as a numbered recommendation, the surest kinds first in order, and its number."""
    if piece.field is not None:
        return None
    found = piece.number()
    own_code = (
        (f"{CODED} code", 0) if piece.label else None
    )  # a number of its own, which may be a name or a code
    if found is None:
        return own_code
    if found.certainty != "certain":
        return None
    printed = folded((piece.label or piece.lines)[0].text)
    if found.labelled:
        name = _name_in(printed, found)
        return (f"{NAMED} {name}", _rank(found)) if name in form_words().opening_words else own_code
    if found.code:
        return f"{CODED} code", 0
    return own_code if "." in found.ident and piece.source != PROSE else _bare(piece, found, printed)


def _bare(piece: Piece, found: Numbered, printed: str) -> tuple[str, int] | None:
    """How a piece opens with a bare number before what asks for something; None where that asks for nothing."""
    if not _asks(piece, found):
        return None
    if "." in found.ident:  # a paragraph's number, unless it is answered
        return f"{BARE} {re.sub('[0-9]+', '9', found.ident)}", 0
    digit = found.parts and found.parts[0].isdigit()
    shape = re.sub(r"\w+", "9" if digit else "a", printed[found.start : found.end + 1].strip())
    return f"{BARE} {shape}", _rank(found)


def _name_in(printed: str, found: Numbered) -> str:
    """What a reference is called: "recommendation" of "Recommendations No. 3"."""
    word = re.sub(r"[\W\d]", " ", printed[found.start : found.end].replace(found.ident, "")).split()
    name = " ".join(word).lower()
    return re.sub(r"s?(?: nos?| number)?$", "", name) or name


def _asks(piece: Piece, found: Numbered) -> bool:
    """Whether what stands behind a bare number asks for something: "That …", "To …", "Publish …", "… should …"."""
    if piece.label or (piece.heading and piece.source != PROSE):  # in a form, what is numbered is its title
        return True
    text = folded(piece.text)[found.after :].lstrip(" \n\"'")
    return bool(strong_opener().match(text)) if piece.heading else asks(text)


def _rank(found: Numbered) -> int:
    """The place in a list that a number tells; 0 where it tells none, as those of parts ("4a")."""
    if len(found.parts) > 1 and not found.several:
        return 0
    part = found.parts[0] if found.parts else ""
    if part.isdigit():
        return int(part)
    if part.lower() in number_words():
        return number_words()[part.lower()]
    if len(part) != 1 or part.lower() == "i":  # a Roman one, for all that is known of it
        return 0
    return ord(part.lower()) - ord("a") + 1 if part.isalpha() else 0


def _by_style(style: str) -> Opens:
    def opens(piece: Piece) -> int | None:
        found = style_of(piece)
        return found[1] if found and found[0] == style else None

    return opens


def _by_name(name: str) -> Opens:
    def opens(piece: Piece) -> int | None:
        return 0 if piece.field and key_of(piece) == name else None

    return opens


def _starter(pieces: Sequence[Piece]) -> str | None:
    """The label that opens each recommendation where no number does: the first that stands as often as its text."""
    at = next((i for i, piece in enumerate(pieces) if piece.field == "recommendation"), None)
    if at is None:
        return None
    counted = Counter(key_of(piece) for piece in pieces if piece.field)
    own = pieces[at]
    before = [
        p
        for p in pieces[:at]
        if p.field and p.label and p.source == own.source and counted[key_of(p)] == counted[key_of(own)]
    ]
    return key_of(before[0]) if before else key_of(own)
