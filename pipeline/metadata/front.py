"""What is printed above a paper's first tracker table and around its pages: all that its metadata is read from."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Cell, Document, Line, PageInfo, Row, Table, Word
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import metadata_words
from pipeline.metadata.roles import role_of

GAP = 1.6  # heights of a line between words that no longer belong together
MOST_LINES = 60  # above the first table; a title block is shorter
MOST_FORM_COLUMNS = 4
SLACK = 3.0  # points between the tops of lines that stand side by side
LONGEST_LABEL = 8  # words
_ROWS_OF_TITLE = 4
_MOSTLY = 0.6  # of the labels over a form
_BARS = frozenset("|·")


class FrontMatter(msgspec.Struct, frozen=True):
    """The lines above the table, and what else of the paper may name it.

    `lines` are those of the title block in reading order, cut where a gap parts two labels; `forms` are the cells (label,
    value) of label tables above; `beside` the lines of what a gap makes look like a table; `furniture` headers and footers; `texts` every cell and paragraph of the paper as lines;
    `width` is that of the text, in points; `body_size` the letter size of most words.
    """

    lines: tuple[Line, ...] = ()
    forms: tuple[tuple[Cell, Cell], ...] = ()
    furniture: tuple[Line, ...] = ()
    texts: tuple[tuple[Line, ...], ...] = ()
    width: float = 0.0
    body_size: float = 0.0
    beside: tuple[Line, ...] = ()


def front_matter(
    document: Document,
    pages: Collection[int],
    tracker: Table | None = None,
    header_row: int = 0,
    drawn: Sequence[Table] = (),
) -> FrontMatter:
    """The front matter of the paper on `pages` whose first tracker table is `tracker` (None where it has none).

    Rows of the tracker above `header_row` are banners and count as lines of the title block; the tables `drawn`, which
    a tracker was made of, are part of it only up to the first recommendation.
    """
    lines = _near_the_top([line for line in document.lines if line.page in pages], tracker)
    own = {id(table) for table in (tracker, *drawn)}
    tables = [t for t in document.tables if id(t) not in own and _stands_before(t, pages, tracker)]
    above = [_above_body(table) for table in itertools.takewhile(lambda t: bool(_above_body(t)), tables)]
    banners = [line for rows in above for line in _banner_lines(rows)]
    banners += _banner_lines(tracker.rows[:header_row]) if tracker else []
    infos = [info for info in document.pages if info.number in pages]
    texts = _texts(document, pages)
    return FrontMatter(
        lines=tuple(_pieces([*lines, *banners])[:MOST_LINES]),
        forms=tuple(pair for rows in (*above, *map(_labels_over, drawn[:1])) for pair in _form_pairs(rows)),
        beside=tuple(line for table in tables if _is_title_block(table) for line in _side_by_side(table)),
        furniture=tuple(line for info in infos for line in info.furniture),
        texts=texts,
        width=_width(infos, texts),
        body_size=_usual_size(texts),
    )


def opens_body(text: str) -> bool:
    """Whether a line begins the text of a paper, so that no title block goes on behind it."""
    words = " ".join(text.lower().split())
    return _openings().search(words) is not None


def parted(line: Line) -> tuple[Line, ...]:
    """A line cut at bars ("Committee | 3 May | Contact: ...") and where a wide gap stands before another label."""
    bars = [i for i, word in enumerate(line.words) if word.text in _BARS]
    gaps = [i for i in range(1, len(line.words)) if _wide(line, i)]
    cuts = [i for i in gaps if _label_ahead(line.words[i:])]
    first = " ".join(word.text for word in line.words[: cuts[0]]) if cuts else ""
    if ":" not in first and role_of(first):
        cuts = cuts[1:]  # "Title    Parks: a review": the first label still waits for its value
    named = [
        a for a, b in itertools.pairwise(gaps[1:]) if _is_role(line.words[a:b])
    ]  # behind a label's value
    bounds = [0, *sorted({*bars, *cuts, *named}), len(line.words)]
    pieces = (line.words[start + (start in bars) : end] for start, end in itertools.pairwise(bounds))
    return tuple(
        msgspec.structs.replace(line, words=words, opens=line.opens or words[0] is not line.words[0])
        for words in pieces
        if words
    )


def _is_role(words: Sequence[Word]) -> bool:
    """Whether the words between two wide gaps are a label that tells something of the paper."""
    if len(words) > LONGEST_LABEL:
        return False
    role = role_of(" ".join(word.text for word in words))
    return role is not None and role != "not_metadata"


def _wide(line: Line, at: int) -> bool:
    before, word = line.words[at - 1], line.words[at]
    return word.box.x0 - before.box.x1 > GAP * max(word.box.height, before.box.height)


def _label_ahead(words: Sequence[Word]) -> bool:
    return any(word.text.endswith(":") for word in words[:LONGEST_LABEL])


def _pieces(lines: Iterable[Line]) -> list[Line]:
    return [piece for line in lines for piece in parted(line)]


def _near_the_top(lines: Sequence[Line], tracker: Table | None) -> list[Line]:
    """The lines of the first page that has any, and those over the table where it stands on a later one."""
    if not lines:
        return []
    kept = {lines[0].page} | ({tracker.places[0].page} if tracker else set())
    return [line for line in lines if line.page in kept and _before(line, tracker)]


def _before(line: Line, tracker: Table | None) -> bool:
    if tracker is None:
        return True
    place = tracker.places[0]
    return (line.page, line.box.top) < (place.page, place.box.top)


def _stands_before(table: Table, pages: Collection[int], tracker: Table | None) -> bool:
    first = table.places[0]
    if first.page not in pages:
        return False
    if tracker is None:
        return first.page == min(pages)
    return (first.page, first.box.top) < (tracker.places[0].page, tracker.places[0].box.top)


def _above_body(table: Table) -> list[Row]:
    """The rows of a table up to one that begins the paper's text ("Recommendation 3: …", "1. Purpose")."""
    return list(
        itertools.takewhile(
            lambda row: not any(opens_body(cell.text) for cell in row.cells[:1] if cell.lines), table.rows
        )
    )


def _labels_over(table: Table) -> list[Row]:
    """The rows of a table of forms before the first of them, where they are labels that tell something of the paper."""
    rows = _above_body(table)
    told = [role_of(line.text) for row in rows for cell in row.cells[:1] for line in cell.lines]
    tells = sum(role not in (None, "not_metadata") for role in told)
    return rows if told and len(rows) < len(table.rows) and tells >= _MOSTLY * len(told) else []


def _banner_lines(rows: Sequence[Row]) -> list[Line]:
    filled = [[cell for cell in row.cells if cell.lines] for row in rows]
    return [line for cells in filled if len(cells) == 1 for line in cells[0].lines]


def _is_title_block(table: Table) -> bool:
    """Whether a small table is none but for a wide gap: the title on the left, the day or the item on the right."""
    return table.flavour == "aligned" and table.columns == 2 and len(table.rows) <= _ROWS_OF_TITLE


def _side_by_side(table: Table) -> list[Line]:
    """The lines of a table's rows with several cells, from the top."""
    rows = (row for row in table.rows if len([cell for cell in row.cells if cell.lines]) > 1)
    lines = [line for row in rows for cell in row.cells for line in cell.lines]
    return sorted(lines, key=lambda line: (round(line.box.top), line.box.x0))


def _form_pairs(rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
    """Label and value, two by two, of the rows of a narrow table."""
    if max((len(row.cells) for row in rows), default=0) > MOST_FORM_COLUMNS:
        return []
    filled = [[cell for cell in row.cells if cell.lines] for row in rows]
    return [
        pair
        for cells in filled
        if len(cells) in (2, 4)
        for i in range(0, len(cells), 2)
        for pair in _by_line(cells[i], cells[i + 1])
    ]


def _by_line(label: Cell, value: Cell) -> Iterator[tuple[Cell, Cell]]:
    """A pair as it is, or, where several labels that no rule parts stand in one cell, each with the lines beside it."""
    starts = [line.box.top for line in label.lines]
    beside = [
        tuple(line for line in value.lines if top - SLACK <= line.box.top < below - SLACK)
        for top, below in itertools.pairwise([*starts, math.inf])
    ]
    if len(starts) < 2 or not all(
        lines and abs(lines[0].box.top - top) < SLACK for lines, top in zip(beside, starts, strict=True)
    ):
        yield label, value
        return
    for line, lines in zip(label.lines, beside, strict=True):
        yield (
            msgspec.structs.replace(label, lines=(line,)),
            msgspec.structs.replace(value, lines=lines),
        )


def _texts(document: Document, pages: Collection[int]) -> tuple[tuple[Line, ...], ...]:
    paragraphs: list[list[Line]] = []
    for line in document.lines:
        if line.page not in pages:
            continue
        if line.opens or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
    tables = [t for t in document.tables if any(page in pages for page in t.pages)]
    cells = [cell.lines for t in tables for row in t.rows for cell in row.cells if cell.lines]
    return (*(tuple(p) for p in paragraphs), *cells)


def _usual_size(texts: Sequence[Sequence[Line]]) -> float:
    printed = Counter([w.size for lines in texts for line in lines for w in line.words])
    sizes: Counter[float] = Counter()
    for size, count in printed.items():
        sizes[round(size, 1)] += count
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _width(infos: Sequence[PageInfo], texts: Sequence[Sequence[Line]]) -> float:
    """From the left-most to the right-most word, no wider than the page less its left margin on both sides."""
    words = [line.words for lines in texts for line in lines]
    if not words:
        return 0.0
    left, right = min([of[0].box.x0 for of in words]), max([of[-1].box.x1 for of in words])
    page = max((info.width for info in infos), default=right)
    return max(right - left, page - 2 * left)


@functools.cache
def _openings() -> re.Pattern[str]:
    return together(metadata_words().body_opens)
