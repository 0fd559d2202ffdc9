"""The rows of a tracker put together: one group a recommendation, its later rows with it, section rows apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from extract.shapes import Cell, Problem, Row
from pipeline.headings import Headings, read_banner, read_heading
from pipeline.knowledge.vocabulary import Field
from pipeline.nlp.clean import BULLET, folded
from pipeline.nlp.patterns import asks, strong_opener
from pipeline.nlp.references import read_reference
from pipeline.passages import Passage
from pipeline.records import Evidence
from pipeline.understanding.tracker import Texts, Tracker
from pipeline.understanding.transposed import TRANSPOSED

_SENTENCE_END = re.compile(r"[.!?:;)][\"'”’)\]]*$")
_BRACKET = re.compile(r"\([^()]{1,20}\)\.?")  # the tail of a text: its reference, a page, who proposed it
_FEW_COLUMNS = 3
_SUB_NUMBER = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_PART = re.compile(r"[ .]?\(?[a-z1-9]{1,3}[).]?")  # what follows the number of the whole: "(a)", ".1"
_COUNT = re.compile(r"(?P<letter>[A-Z]?)(?P<number>\d{1,3})(?P<part>[a-z]?)\s+(?=\S)")
_OPENS_CODE = re.compile(r"[A-Z]{1,4}[ /.-]?\d{1,3}\b")
_CODE = re.compile(r"\d")
_NUMBERED = re.compile(r"(?:recommendation|rec|action|r)?[\s.]*\(?(?:\d{1,3}|[a-z])[.):]", re.IGNORECASE)
_DIGITS = re.compile(r"(?:recommendation|rec|action|r)?[\s.]*\(?\d{1,3}[.):]", re.IGNORECASE)
_LEAST_COUNTED = 3
_NEARLY_ALL = 0.8
_WHERE_FROM: frozenset[Field] = frozenset(
    {"reference", "meeting", "committee", "report_title", "origin", "date"}
)
_ANSWERS: frozenset[Field] = frozenset({"response", "response_action", "decision"})
_LONGEST_TITLE = 8  # words of a section's title in the column of the texts
_LONGEST_SECTION = 160  # letters; a longer text over all columns is a note, no section's name


class Group(msgspec.Struct, frozen=True):
    """The rows of one recommendation: their cells, their texts from the top, and the section that they stand in.

    Where one row holds several recommendations, the texts of each are its own share of the row. `counted` says that its
    text opens with its number and nothing but a space behind it, as all texts of the table do.
    """

    rows: tuple[Row, ...]
    texts: tuple[Texts, ...]
    section: str | None = None
    counted: bool = False

    def with_row(self, row: Row, own: Texts, moved: Mapping[int, int]) -> Group:
        """The group and one more row with its own texts; one that goes on in mid-sentence joins the text above it.

        `moved` gives the column of texts that are printed in another (a rest that lost its column).
        """
        texts = list(self.texts)
        new: Texts = {}
        for column, passage in own.items():
            home = moved.get(column, column)
            at = max((i for i, above in enumerate(texts) if home in above), default=None)
            if at is not None and goes_on(texts[at][home].text, passage.text):
                texts[at] = texts[at] | {home: Passage.joined((texts[at][home], passage), " ")}
            elif at is not None and BULLET.match(passage.text) and _opens_page(row, self):
                texts[at] = texts[at] | {home: Passage.joined((texts[at][home], passage))}
            else:
                new[home] = passage
        return Group((*self.rows, row), (*texts, *([new] if new else [])), self.section, self.counted)

    def cells(self, column: int) -> tuple[Cell, ...]:
        """The cells of a column, from the top; a cell that spans columns counts to its first."""
        return tuple(cell for row in self.rows for cell in row.cells if cell.column == column)

    def passages(self, column: int) -> tuple[Passage, ...]:
        """The texts of a column, empty ones left out."""
        return tuple(texts[column] for texts in self.texts if column in texts)

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(
            sorted({page for texts in self.texts for passage in texts.values() for page in passage.pages})
        )

    @property
    def evidence(self) -> Evidence:
        """Where the group's texts are printed."""
        found = [passage.evidence() for texts in self.texts for passage in texts.values()]
        return Evidence(
            tuple(dict.fromkeys(place for evidence in found if evidence for place in evidence.places))
        )


class Grouped(msgspec.Struct, frozen=True):
    """A tracker's body: its groups, and the rows that name sections."""

    groups: tuple[Group, ...]
    sections: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def group_rows(tracker: Tracker) -> Grouped:
    """Put the rows of a tracker's body together."""
    groups: list[Group] = []
    sections: list[Row] = []
    problems: list[Problem] = []
    section: str | None = None
    outer: str | None = None  # the section around a stem
    stem = ""  # its number
    keys = _key_columns(tracker.headings)
    answered = answers_below(tracker.headings)
    numbered = _all_numbered(tracker)
    titled = _all_answered_numbered(tracker)
    counted, opens_row = _are_counted(tracker), _row_opening(tracker)
    following = (*tracker.row_texts, {})[1:]
    for row, texts, below in zip(tracker.body, tracker.row_texts, following, strict=True):
        if not texts:
            continue
        if stem and keys[0] in texts and not texts[keys[0]].text.startswith(stem):
            section, stem = outer, ""
        above = groups[-1] if groups and groups[-1].section == section else None
        if tracker.table.flavour == TRANSPOSED and tracker.headings.subject in texts:
            above = None  # a form or an entry of a list, whatever of it has no number of its own
        stray = _stray(texts, above, keys) if above else {}
        if (name := _section_name(row, tracker.table.columns) or _lone_section(texts, opens_row)) is not None:
            section = outer = name
            sections.append(row)
        elif number := _number_of_stem(texts, below, keys):
            section, stem = texts[keys[1]].text, number
            sections.append(row)
        elif above and (
            stray
            or not _begins(texts, above, keys)
            or _is_covered(row, above, tracker.headings.subject)
            or (answered and _is_covered(row, above, keys[0]))
            or _counts_on(texts, above, keys)
            or (numbered and keys[0] not in texts and _opens_page(row, above) and _is_rest(texts, tracker))
        ):
            groups[-1] = above.with_row(row, texts, stray)
            problems += [_moved_problem(row)] if stray else []
        elif titled and _is_title_alone(texts, tracker.headings.subject):
            section = outer = next(iter(texts.values())).text
            sections.append(row)
        else:
            groups.append(Group((row,), (texts,), section, counted))
    return Grouped(tuple(groups), tuple(sections), tuple(problems))


def answers_below(headings: Headings) -> bool:
    """Whether the column of the texts holds their answers, too, which may stand in rows of their own below them."""
    at = headings.subject
    return at is not None and bool(_ANSWERS.intersection(headings.columns[at].also))


def _stray(texts: Texts, above: Group, keys: Sequence[int]) -> dict[int, int]:
    """The column that a lone rest of a sentence, printed where texts begin, belongs to: {printed in: belongs to}."""
    if len(texts) != 1 or not texts.keys() <= set(keys):
        return {}
    ((at, passage),) = texts.items()
    text = passage.text
    own = above.passages(at)
    if not text[:1].islower() or (own and goes_on(own[-1].text, text)):
        return {}
    columns = {column for texts in above.texts for column in texts} - {at}
    cut = [column for column in columns if goes_on(above.passages(column)[-1].text, text)]
    longest = max(cut, key=lambda column: len(above.passages(column)[-1].text), default=None)
    return {} if longest is None else {at: longest}


def _moved_problem(row: Row) -> Problem:
    cell = next(cell for cell in row.cells if cell.lines)
    message = "the rest of a sentence stands in another column than its beginning, and was put there"
    return Problem("column-lost", message, cell.places[0].page, cell.text, cell.places[0].box)


def goes_on(before: str, text: str) -> bool:
    """Whether a sentence that is not ended in `before` goes on in `text`."""
    if not before or _SENTENCE_END.search(before):
        return False
    return text[:1].islower() or before.count("(") > before.count(")")


def _key_columns(headings: Headings) -> tuple[int, ...]:
    """The columns of which one is filled where a recommendation begins: reference and text."""
    found = (headings.column_of("reference"), headings.subject)
    return tuple(dict.fromkeys(column for column in found if column is not None))


def _section_name(row: Row, columns: int) -> str | None:
    """The text of a row that is one cell across (nearly) all columns, or that alone runs over the end of its column."""
    filled = [cell for cell in row.cells if cell.lines]
    if len(filled) != 1 or columns < 2:
        return None
    cell = filled[0]
    if columns == 2 and (len(cell.text.split()) > _LONGEST_TITLE or _SENTENCE_END.search(cell.text)):
        return None
    wide = cell.column_span >= max(2, columns - 1)
    # without rules a text is as wide as its words are
    unruled = cell.column == 0 and cell.column_span > 1 and not _SENTENCE_END.search(cell.text.rstrip(":"))
    unruled = unruled or (cell.column == 0 and cell.text.isupper() and read_banner(cell.text) is not None)
    return cell.text if (wide or unruled) and len(cell.text) <= _LONGEST_SECTION else None


def _are_counted(tracker: Tracker) -> bool:
    """Whether the texts of the rows open with 1, 2, 3 ..., 1a, 1b, 2 ... or A1, A2, B1 ... and only a space behind them."""
    at = tracker.headings.subject
    if at is None or tracker.headings.column_of("reference") is not None:
        return False
    opened = [_COUNT.match(texts[at].text) for texts in tracker.row_texts if at in texts and len(texts) > 1]
    if len(opened) < _LEAST_COUNTED or not all(opened):
        return False
    counts = [(found["letter"], int(found["number"]), found["part"]) for found in opened if found]
    return all(_comes_next(a, b) for a, b in pairwise(counts))


def _comes_next(before: tuple[str, int, str], count: tuple[str, int, str]) -> bool:
    """Whether a number follows another, with or without a part, or the first of the next letter does: "A2" or "B1" behind "A1"."""
    letter, number, part = count
    if before[0] != letter:
        return number == 1 and before[0] < letter
    if before[1] == number:
        return bool(before[2]) and part == chr(ord(before[2]) + 1)
    return number == before[1] + 1 and part in ("", "a")


def _row_opening(tracker: Tracker) -> re.Pattern[str] | None:
    """How the first column opens in (nearly) every row that is filled: with a number of its own, or holding a code."""
    if tracker.headings.subject == 0:
        texts = [texts[0].text for texts in tracker.row_texts if 0 in texts and len(texts) > 1]
        if _are_counted(tracker):
            return _COUNT
        if len(texts) >= _LEAST_COUNTED and all(map(_OPENS_CODE.match, texts)):
            return _OPENS_CODE
        if len(texts) < _LEAST_COUNTED or not all(map(_NUMBERED.match, texts)):
            return None
        return _DIGITS if all(map(_DIGITS.match, texts)) else _NUMBERED
    if tracker.headings.column_of("reference") != 0:
        return None
    coded = [
        bool(_CODE.search(texts[0].text)) for texts in tracker.row_texts if 0 in texts and len(texts) > 1
    ]
    return _CODE if len(coded) >= _LEAST_COUNTED and sum(coded) >= _NEARLY_ALL * len(coded) else None


def _lone_section(texts: Texts, opening: re.Pattern[str] | None) -> str | None:
    """What alone stands in a row's first column, where rows open otherwise: it names the section below."""
    if texts.keys() != {0} or len(texts[0].text) > _LONGEST_SECTION:
        return None
    if all(_says_where_from(paragraph.text) for paragraph in texts[0].paragraphs()):
        return texts[0].text
    if opening is None:
        return None
    return None if opening.search(texts[0].text) else texts[0].text


def _says_where_from(text: str) -> bool:
    """Whether a line says with a label where the rows below come from: "Minute No: 97", "Topic: Cycling"."""
    name, colon, value = text.partition(":")
    column = read_heading(name) if colon and value.strip() else None
    return column is not None and column.certainty == "certain" and column.field in _WHERE_FROM


def _number_of_stem(texts: Texts, below: Texts, keys: Sequence[int]) -> str:
    """The number of a row that only opens the recommendations below it, which have its number and a letter or the like.

    "4 | That the Council should:" over "4(a) | ..."; "" where the row is none.
    """
    if len(keys) < 2 or texts.keys() != set(keys) or keys[0] not in below:
        return ""
    number, part = texts[keys[0]].text.rstrip(".)"), below[keys[0]].text
    is_part = part.startswith(number) and _PART.fullmatch(part[len(number) :])
    return number if is_part and texts[keys[1]].text.endswith((":", ":-")) else ""


def _begins(texts: Texts, group: Group, keys: Sequence[int]) -> bool:
    """Whether a recommendation begins in the row: its reference or its text does, and not in mid-sentence."""
    own = [column for column in keys if column in texts]
    if not own or (own == [keys[-1]] and _BRACKET.fullmatch(texts[own[0]].text)):
        return False
    return not all(_goes_on(group, column, texts[column].text) for column in own)


def _is_covered(row: Row, above: Group, subject: int | None) -> bool:
    """Whether a cell of the group above, its text or its number, runs down over the row: it is one of its actions or answers."""
    spans = (
        cell.row + cell.row_span > covered.row
        for one in above.rows
        for cell in one.cells
        for covered in row.cells[:1]
        if cell.column == subject and cell.row_span > 1
    )
    return any(spans)


def _counts_on(texts: Texts, above: Group, keys: Sequence[int]) -> bool:
    """Whether a row without a text of its own only has the next number of an action of the group: "6.3" after "6.2"."""
    if len(keys) < 2 or keys[1] in texts or keys[0] not in texts or not above.passages(keys[0]):
        return False
    before, now = (_SUB_NUMBER.fullmatch(p.text) for p in (above.passages(keys[0])[-1], texts[keys[0]]))
    return bool(before and now and before[1] == now[1] and int(now[2]) == int(before[2]) + 1)


def _all_numbered(tracker: Tracker) -> bool:
    """Whether a column of its own numbers every row with a text, but for those that a page's end may have cut off."""
    at, subject = tracker.headings.column_of("reference"), tracker.headings.subject
    if at is None or subject is None or at == subject:
        return False
    with_text = [
        (row, texts) for row, texts in zip(tracker.body, tracker.row_texts, strict=True) if subject in texts
    ]
    bare = [row for row, texts in with_text if at not in texts]
    pages = [row.pages[0] for row in bare if row.pages]
    return len(with_text) > len(bare) + 1 and len(set(pages)) == len(bare)


def _all_answered_numbered(tracker: Tracker) -> bool:
    """Whether a column of its own numbers every row that has more than its text."""
    at, subject = tracker.headings.column_of("reference"), tracker.headings.subject
    if at is None or subject is None or at == subject or tracker.table.flavour == TRANSPOSED:
        return False
    more = [at in texts for texts in tracker.row_texts if subject in texts and len(texts) > 1]
    return len(more) >= _LEAST_COUNTED and all(more)


def _is_title_alone(texts: Texts, subject: int | None) -> bool:
    """Whether nothing but a few emphasised words that ask for nothing stand where the texts do: they name the section below."""
    if texts.keys() != {subject}:
        return False
    (passage,) = texts.values()
    text = folded(passage.text)
    few = len(text.split()) <= _LONGEST_TITLE and not text[:1].islower()
    emphasised = passage.emphasised(0, len(passage.text))
    return few and emphasised and not (_SENTENCE_END.search(text) or asks(text))


def _is_rest(texts: Texts, tracker: Tracker) -> bool:
    """Whether a row without its number is but the rest of one: few of its cells are filled, and none asks for something."""
    subject = texts.get(tracker.headings.subject or 0, Passage(""))
    few = tracker.table.columns <= _FEW_COLUMNS or len(texts) <= tracker.table.columns / 2
    return few and not strong_opener().match(folded(subject.text))


def _opens_page(row: Row, above: Group) -> bool:
    return bool(row.pages) and row.pages[0] > above.rows[-1].pages[-1]


def _goes_on(group: Group, column: int, text: str) -> bool:
    """Whether a text is the rest of the group's own in that column."""
    before = group.passages(column)
    return bool(before) and goes_on(before[-1].text, text) and read_reference(Passage.plain(text)).ref is None


def in_one(passages: Sequence[Passage]) -> Passage:
    """Texts of one column as one: a new paragraph each, but where a sentence goes on."""
    if len(passages) == 1:  # as nearly all of them are
        return passages[0]
    out = Passage("")
    for passage in passages:
        out = Passage.joined((out, passage), " " if goes_on(out.text, passage.text) else "\n")
    return out
