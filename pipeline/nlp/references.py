"""Reads the reference, the title and the text of a recommendation out of its cell."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from pipeline.knowledge.language import reference_words
from pipeline.nlp.citations import addressed_to, cross_references, paragraph_refs
from pipeline.nlp.clean import after_bullet, folded, squeezed
from pipeline.nlp.numbering import Numbered, find_numbered, opening_code, separated
from pipeline.nlp.patterns import MONTH, asks, one_of, strong_opener
from pipeline.nlp.titles import emphasis_end, heading_before, split_title
from pipeline.passages import Passage
from pipeline.records import Certainty, Evidence

__all__ = [
    "Reference",
    "addressed_to",
    "cross_references",
    "paragraph_refs",
    "read_code",
    "read_reference",
    "read_reference_cell",
    "split_references",
]

_LONGEST_GAP = 3  # numbers that a list of answers may go on by
_LONGEST_ANNOUNCEMENT = 14  # words before a list
# "The Panel recommends:", "RECOMMENDED that", "That Cabinet be recommended to:"; "That the Board:" begins a recommendation
_ANNOUNCEMENT = re.compile(
    r"(?:(?!that\b)[^\n]*\brecommend(?:s|ed|ations?)?|that\b[^\n]*\b(?:be|is|are) recommended)"
    r"(?:\s+(?:that|to))?\s*[:.-]*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"([A-Z]?(\d{1,3})[a-z]?)\s+")
ITEM = re.compile(r"(?P<ref>(?P<number>\d{1,2})(?:\.\d{1,2})?[a-z]?[.)]?)\s+(?=[A-Z])")  # "9a) Dog bins"
_DATED = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH} (?:20)?\d\d\b", re.IGNORECASE)
_MINUTE = re.compile(
    r"(?:minute|min|item)\.?(?: no\.?)? \d{1,4}[a-z]?(?:\.\d{1,2})*(?: ?\([a-z0-9]{1,4}\))*", re.IGNORECASE
)
_NAME = re.compile(r"[A-Z][^\d]*[a-z][^\d]*")  # what stands before a code is words
_UNIT = re.compile(r"(?P<ref>[A-Z][A-Za-z.]*(?: [A-Za-z.]+){0,2} (?P<number>\d{1,3}))(?: of \d{1,3})?[:.]?")
_LONGEST_REFERENCE = 40  # letters of a reference in a column of its own
_DECIMAL_NUMBER = re.compile(r"(\d{1,2}\.\d{1,2}[a-z]?)\s+(?=[A-Z][a-z]*\b(?! ?(?:per cent|%)))")
_CODE_OF_TITLE = re.compile(r"[A-Z]{1,4}\d{1,2}(?=\s[\"']?[A-Z][a-z ])")
_EMPHASISED_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?(?=\s+[\"'(]?[A-Z])")


class Reference(msgspec.Struct, frozen=True):
    """A recommendation's cell, read: the reference as printed without title, its parts, the title, the text.

    `number` is there only where the reference is one plain number, in figures or words. `several` says that the
    reference names more than one recommendation ("Recs 1&10"); `parts` are then its members.
    """

    ref: str | None
    number: int | None
    parts: tuple[str, ...]
    title: Passage | None
    text: Passage
    several: bool = False
    certainty: Certainty = "certain"
    evidence: Evidence | None = None


def read_reference(cell: Passage) -> Reference:
    """The reference, title and text of a cell; a cell without a reference is all text."""
    text = folded(cell.text)
    start = after_bullet(text)
    found = (
        find_numbered(text, start)
        or _emphasised_number(cell, text, start)
        or _code_of_title(cell, text, start)
        or _decimal_number(text, start)
    )
    if found:
        return _resolved(cell, found)
    below = _below_heading(text)
    if below:
        whole = _resolved(cell, below)
        return msgspec.structs.replace(whole, title=cell.part(0, below.start))
    bare = _bare_label().match(text)
    title, rest = split_title(cell.part(bare.end()), labelled=True) if bare else _without_reference(cell)
    return Reference(None, None, (), title, rest)


def read_beside_reference(cell: Passage) -> Reference:
    """A cell whose reference stands in a column of its own: what heads a text that asks for something is its title."""
    inside = read_reference(cell)
    if inside.ref or inside.title:
        return inside
    title, text = split_title(inside.text, labelled=True)
    opened = title and asks(folded(text.text.strip()))
    return msgspec.structs.replace(inside, title=title, text=text) if opened else inside


def read_reference_cell(cell: Passage, of_meeting: bool = False) -> Reference:
    """A cell of a column of references: where no known form stands, a short cell is the reference as printed.

    The minute beside a day is none where the column says at which meeting (`of_meeting`) several were made.
    """
    known = read_reference(cell)
    healed = _healed(cell)
    if healed:
        return healed
    day = _DATED.search(cell.text)
    if day and not known.ref:
        return _beside_day(cell, day, minutes=not of_meeting) or known
    if known.ref or not cell.text:
        return known
    if len(cell.text) > _LONGEST_REFERENCE or "\n" in cell.text:
        return _code_at_end(cell) or known
    if opening_code(folded(cell.text)) and (coded := read_code(cell)):
        return coded
    if coded := _code_at_end(cell):
        return coded
    if unit := _UNIT.fullmatch(cell.text):  # "Card 3:", "Form 2 of 7"
        number = unit["number"]
        return Reference(
            unit["ref"],
            int(number),
            (number,),
            None,
            Passage(""),
            certainty="likely",
            evidence=cell.evidence(),
        )
    parts = tuple(re.findall(r"\w+", cell.text))
    return Reference(cell.text, None, parts, None, Passage(""), certainty="likely", evidence=cell.evidence())


def _beside_day(cell: Passage, day: re.Match[str], *, minutes: bool) -> Reference | None:
    """The code or minute behind the day of a meeting ("8 July 2014 CHO.140708.17a"), or before it where the day ends the cell."""
    for part in (cell.part(day.end()), cell.part(0, day.start())):
        code = opening_code(folded(part.text))
        if code and code.end == len(part.text):
            return _of_code(part, code)
        if minutes and _MINUTE.fullmatch(part.text):
            parts = tuple(re.findall(r"\w+", part.text)[1:])
            return Reference(
                squeezed(part.text),
                None,
                parts,
                None,
                Passage(""),
                certainty="likely",
                evidence=part.evidence(),
            )
        if part.text:
            return None
    return None


def _code_at_end(cell: Passage) -> Reference | None:
    """The code behind the name of what it belongs to: "Tree safety 23 TREE 04"; None where no known code ends the cell."""
    text = folded(cell.text)
    for word in re.finditer(r"\S+", text):
        named = _NAME.fullmatch(text[: word.start()])
        found = find_numbered(text, word.start()) if named else None
        if found and found.code and found.end >= len(text.rstrip(" .")):
            return _of_code(cell, found)
    return None


def read_code(cell: Passage) -> Reference | None:
    """The number of an item in a column of titles ("OSC/17/13 Cycling Update", "16 - Playground"); None where there is none."""
    code = opening_code(folded(cell.text))
    if code is None:
        known = read_reference(cell)
        plain = known.ref and not known.title
        return msgspec.structs.replace(known, text=Passage(""), certainty="likely") if plain else None
    return _of_code(cell, code)


def read_item(cell: Passage) -> Reference | None:
    """The number that an agenda's item opens with ("9a) Dog bins"); None where a cell does not open with one."""
    found = ITEM.match(cell.text)
    if not found:
        return None
    ref = cell.part(0, found.end("ref"))
    number = int(found["number"]) if found["number"] == found["ref"].rstrip(".)") else None
    return Reference(
        ref.text, number, (ref.text,), None, Passage(""), certainty="likely", evidence=ref.evidence()
    )


def _of_code(cell: Passage, code: Numbered) -> Reference:
    return Reference(
        squeezed(cell.text[code.start : code.end]),
        None,
        code.parts,
        None,
        Passage(""),
        certainty="likely",
        evidence=cell.evidence(code.start, code.end),
    )


def read_count(cell: Passage) -> tuple[Reference | None, Passage]:
    """The plain number, or the letter and number, that a text is known to open with, and the text behind it."""
    found = _COUNT.match(cell.text)
    if not found:
        return None, cell
    printed = cell.part(0, found.end(1))
    number = int(found[2]) if found[1] == found[2] else None
    reference = Reference(
        printed.text, number, (printed.text,), None, Passage(""), evidence=printed.evidence()
    )
    return reference, cell.part(found.end())


def _healed(cell: Passage) -> Reference | None:
    """A reference that a narrow column has broken over lines ("CF/ 21/01"), where all of it is one known form."""
    whole = re.sub(r"(?<=[/.-])\s+(?=\w)", "", squeezed(cell.text))
    found = find_numbered(folded(whole)) if whole != cell.text and len(whole) <= _LONGEST_REFERENCE else None
    if not found or not found.code or found.end < len(whole):
        return None
    return Reference(whole, None, found.parts, None, Passage(""), evidence=cell.evidence())


def split_references(cell: Passage) -> tuple[Reference, ...]:
    """As `listed_references`, but a cell that holds no list comes back as one reference."""
    return listed_references(cell) or (read_reference(cell),)


def listed_references(cell: Passage, *, answered: bool = False) -> tuple[Reference, ...]:
    """The recommendations (or answers) of one cell that numbers them in order at the starts of its paragraphs.

    () where the cell holds no such list. Words before the first number belong to none of them: it is no list unless
    they only announce it ("The Panel recommends:") or are its heading in bold; where each number is answered on its
    own (`answered`), they may as well open the sentence that all of them end ("That the Council:").
    """
    text = folded(cell.text)
    starts = tuple(_in_order(text))
    if len(starts) < 2:
        return ()
    before = text[: starts[0].start].strip()
    opens = answered and before.endswith((":", ":-")) and len(before.split()) <= _LONGEST_ANNOUNCEMENT
    if not (opens or _announces(before) or _heading(cell, starts[0].start)):
        return ()
    ends = [*(found.start for found in starts[1:]), len(text)]
    return tuple(read_reference(cell.part(found.start, end)) for found, end in zip(starts, ends, strict=True))


def _announces(before: str) -> bool:
    """Whether words before a list are none, or only say that recommendations follow."""
    words = before.strip(" \n\"'")
    return not words or (len(words.split()) <= _LONGEST_ANNOUNCEMENT and bool(_ANNOUNCEMENT.fullmatch(words)))


def list_heading(cell: Passage) -> str | None:
    """The heading in bold of a cell's list; None where it has none."""
    first = next(_in_order(folded(cell.text)), None)
    return _heading(cell, first.start) if first else None


def _heading(cell: Passage, start: int) -> str | None:
    """What stands before `start`, if it is one short line in bold and no beginning of a recommendation."""
    before = cell.text[:start].strip()
    short = before and "\n" not in before and len(before.split()) <= _LONGEST_ANNOUNCEMENT
    if not short or not cell.emphasised(0, len(before)):
        return None
    text = folded(before)
    return None if strong_opener().match(text) or find_numbered(text) else before


def _in_order(text: str) -> Iterator[Numbered]:
    """Paragraph starts numbered 1, 2, 3 (or a, b, c) in one style; answers may leave out a few of them."""
    style: str | None = None
    last = 0
    for paragraph in re.finditer(r"[^\n]+", text):
        found = find_numbered(text, after_bullet(text, paragraph.start()))
        if not found or found.certainty != "certain" or found.end > paragraph.end():
            continue
        first, final = _rank(found.parts[0]), _rank(found.parts[-1])
        if style is None and (
            first == 1 or not text[: found.start].strip()
        ):  # rows of a list may hold two of it
            style, last = _style(text, found), first - 1
        if style == _style(text, found) and last < first <= last + _LONGEST_GAP:
            last = final
            yield found


def _style(text: str, found: Numbered) -> str:
    """How a number is printed, whichever number it is: "9)", "(a)", "recommendation 9:"."""
    printed = text[found.start : found.end].lower()
    single = (
        printed.replace(found.ident.lower(), "")
        if found.labelled
        else re.sub(r"\w+", "", printed[:3]).strip()
    )
    kind = "9" if found.parts[0].isdigit() else "a"
    return single + kind + ("" if found.several else text[found.end : found.end + 1].strip())


def _rank(part: str) -> int:
    """The place of a number or letter in its series; 0 where it is of no plain series."""
    if part.isdigit():
        return int(part)
    return ord(part.lower()) - ord("a") + 1 if len(part) == 1 and part.isalpha() else 0


def _resolved(cell: Passage, found: Numbered) -> Reference:
    title, text = split_title(cell.part(found.after), found.labelled)
    return Reference(
        ref=squeezed(cell.text[found.start : found.end]),
        number=found.number,
        parts=found.parts,
        title=title,
        text=text,
        several=found.several,
        certainty=found.certainty,
        evidence=cell.evidence(found.start, found.end),
    )


def _without_reference(cell: Passage) -> tuple[Passage | None, Passage]:
    """A bold first paragraph above plain ones is a title even without a reference."""
    first = cell.text.find("\n")
    title, rest = split_title(cell, labelled=False)
    return (title, rest) if title and len(title.text) == first else (None, cell)


def _code_of_title(cell: Passage, text: str, start: int) -> Numbered | None:
    """A code that opens a title in bold above plain text: "**A1 Parks for all** Members should ..."."""
    match = _CODE_OF_TITLE.match(text, start)
    if not match or not match.end() < emphasis_end(cell) < len(text):
        return None
    return Numbered(start, match.end(), match.end() + 1, match.group(), code=True)


def _emphasised_number(cell: Passage, text: str, start: int) -> Numbered | None:
    """A number in bold before plain text: "**4** Members should ..."."""
    match = _EMPHASISED_NUMBER.match(text, start)
    if not match or not cell.emphasised(*match.span()):
        return None
    after = separated(text, match.end())
    if after is None or cell.emphasised(after, after + 1):
        return None
    return Numbered(start, match.end(), after, match.group())


def _decimal_number(text: str, start: int) -> Numbered | None:
    """A number with a point before a capital, as items of a plan have it: "1.2 We will ..."."""
    match = _DECIMAL_NUMBER.match(text, start)
    return Numbered(start, match.end(1), match.end(), match[1], certainty="likely") if match else None


def _below_heading(text: str) -> Numbered | None:
    """A reference in words under a short heading: the heading is the title."""
    for newline in re.finditer("\n", text):
        if not heading_before(text, newline.start()):
            return None
        found = find_numbered(text, newline.end())
        if found and found.labelled and found.after < len(text):
            return found
    return None


@functools.cache
def _bare_label() -> re.Pattern[str]:
    """The label without a number: "Recommendation: That ...", or on a line of its own."""
    return re.compile(
        one_of(reference_words().bare_labels) + r"(?:\s*:\s*|\s+-\s+|\s*\n\s*)(?=\S)", re.IGNORECASE
    )
