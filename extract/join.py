"""Tables that go on over pages: repeated headers taken out, rows cut by a page's end put together again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from extract.lines import SENTENCE_END, lines_of, shape
from extract.shapes import Cell, Line, Page, Place, Row, Table

_DRIFT = 9.0  # points: how far the columns of a table may move from page to page
_CARRIES_ON = re.compile(r"^[a-z(,;&–-]|^\d+%")  # how the rest of a sentence begins
_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?[.)]?|[A-Z]{1,3}\d{1,3}")
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s")
_MANY_CUT = 2  # further cells whose sentences go on
_LEAST_REST = 5  # letters of the rest of one; "n/a" is none
_PROSE = 60  # letters
_HEADER_ROWS = 3
_FORM_ROWS = 4  # of a form with two rows of heads
_MOST_FORM_ROWS = 8
_SAYS_MORE = re.compile(r"\d[/.]\d|[.;]|£")  # than a head does
_RECENT = (
    60  # rows: how far back the evidence for joining is looked for, so that a long table costs no more a page
)


def joined(tables: Sequence[Table], pages: Sequence[Page]) -> list[Table]:
    """Tables in page order, those of successive pages that are one table joined. `pages` are without furniture."""
    by_number = {page.number: page for page in pages}
    out: list[Table] = []
    for table in tables:
        if out and goes_on(out[-1], table, by_number):
            out[-1] = _joined(out[-1], table)
        else:
            out.append(table)
    return out


def goes_on(above: Table, below: Table, pages: dict[int, Page]) -> bool:
    """Whether `below` is the same table as `above`, which ends on an earlier page.

    Its columns must stand where those of `above` do, and nothing but blank pages may lie between; a page that was not
    read is not known to be blank.
    """
    last, first = above.places[-1], below.places[0]
    if first.page <= last.page or not same_columns(above, below):
        return False
    if any(n not in pages or pages[n].words for n in range(last.page + 1, first.page)):
        return False
    if any(w.box.top > last.box.bottom - 1 for w in pages[last.page].words):
        return False
    between = _words_over(first, pages)
    return not between or _words_over(above.places[0], pages).endswith(between)


def _words_over(place: Place, pages: dict[int, Page]) -> str:
    """The letters of a page above a table, in reading order: a head without rules round it is repeated there too."""
    over = [w for w in pages[place.page].words if w.box.bottom < place.box.top + 1]
    return "".join(line.text.replace(" ", "") for line in lines_of(over))


def same_columns(a: Table, b: Table) -> bool:
    """Whether two tables have the same columns at about the same places.

    Where no rule is drawn a column's edge is put into the gap before it, which the words of each page make wider or
    narrower: there the left of the words tells.
    """
    if a.columns != b.columns:
        return False
    lefts_a, lefts_b = _lefts(a), _lefts(b)
    shared = lefts_a.keys() & lefts_b.keys()
    return bool(shared) and all(_near(lefts_a[c], lefts_b[c]) for c in shared)


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return any(abs(left_a - left_b) <= _DRIFT for left_a, left_b in zip(a, b, strict=True))


def _lefts(table: Table) -> dict[int, tuple[float, float]]:
    """Where each column begins on the table's last page: its edge, and its words."""
    page = table.places[-1].page
    out: dict[int, tuple[float, float]] = {}
    for row in reversed(table.rows):
        if page not in row.pages:
            break
        for cell in row.cells:
            if cell.places[-1].page == page:
                edge, words = out.get(cell.column, (cell.places[-1].box.x0, math.inf))
                out[cell.column] = (edge, min([words, *(line.box.x0 for line in cell.lines)]))
    return out


def _joined(above: Table, below: Table) -> Table:
    repeated = _repeated_header(above, below)
    series = repeated == 1 and _goes_on_with_forms(above, below)
    repeated = 0 if series else repeated
    body = list(below.rows[repeated:])
    rows = list(above.rows)
    header = max(above.header_rows, repeated, 1)
    anew = series or (bool(body and rows) and _opens_anew(rows[0], body[0]))
    if body and rows and not anew and _carries_on(rows, body[0], above.columns, header):
        rest, own = _parted(rows, body.pop(0), header)
        rows = _with_rest(rows, rest) if rest.cells else rows
        body[:0] = [own] if own.cells else []
    shift = len(rows) - (len(below.rows) - len(body))
    rows += [_moved(row, shift) for row in body]
    return msgspec.structs.replace(
        above,
        rows=tuple(rows),
        places=above.places + below.places,
        header_rows=max(above.header_rows, repeated),
        repeated=above.repeated + below.rows[:repeated],
        score=min(above.score, below.score),
    )


def _repeated_header(above: Table, below: Table) -> int:
    """How many rows at the top of `below` say again what the top of `above` says."""
    for count in range(min(_HEADER_ROWS, len(above.rows), len(below.rows)), 0, -1):
        if all(_same_text(above.rows[i], below.rows[i]) for i in range(count)) and any(
            cell.lines for cell in below.rows[0].cells
        ):
            return count
    return 0


def _goes_on_with_forms(above: Table, below: Table) -> bool:
    """Whether a page that repeats one row goes on with the next of a series of forms of two rows of heads, values below each."""
    if len(below.rows) < _FORM_ROWS or len(above.rows) < _FORM_ROWS:
        return False
    first, second = above.rows[0], above.rows[2]
    heads = _same_text(second, below.rows[2]) and not _same_text(above.rows[1], below.rows[1])
    heads = heads and all(
        cell.text[:1].isupper() and not _SAYS_MORE.search(cell.text) for cell in second.cells if cell.lines
    )
    again = sum(_same_text(row, second) for row in above.rows) * _MOST_FORM_ROWS >= len(above.rows)
    return (
        heads
        and again
        and not _same_text(first, second)
        and sum(bool(cell.lines) for cell in second.cells) > 1
    )


def _opens_anew(first: Row, row: Row) -> bool:
    """Whether a row says what the first row of the table says, with another number: the next form of a series begins.

    Where several cells stand before the last, only that may say something else: it is the value beside their labels.
    """
    texts = [[cell.text for cell in one.cells if cell.text] for one in (first, row)]
    told = [[re.sub(r"\d+(?:\.\d+)*", "#", text) for text in one] for one in texts]
    if texts[0] == texts[1] or told[0][:1] == ["#"]:
        return False
    labels = [one[:-1] for one in told]
    return told[0] == told[1] or (len(labels[0]) > 1 and labels[0] == labels[1])


def _same_text(a: Row, b: Row) -> bool:
    return [_squeezed(c.text) for c in a.cells] == [_squeezed(c.text) for c in b.cells]


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _carries_on(rows: Sequence[Row], row: Row, columns: int, header: int) -> bool:
    """Whether `row`, the first of a page, is the rest of the last of `rows` and not a row of its own."""
    texts = {cell.column: cell.text for cell in row.cells if cell.text}
    recent = rows[max(header, len(rows) - _RECENT) :]
    first = min((cell.column for r in recent for cell in r.cells if cell.lines), default=0)
    if not texts:
        return False
    above = {c: cell.text for c in range(columns) if (cell := _covering(rows, c)) and cell.text}
    if first in texts and _opens_like_others(texts[first], recent, first):
        return any(_cuts_prose(above.get(c, ""), text) for c, text in texts.items() if c != first)
    cut = [c for c, text in texts.items() if _cut_before(above.get(c, ""), text)]
    going = [c for c in cut if c != first and texts[c][:1].islower() and len(texts[c]) >= _LEAST_REST]
    through = len(going) >= _MANY_CUT  # "DOG 1" above, its text below: cut right through
    if first in texts and not through and _is_apart(_covering(rows, first), texts[first]):
        return False
    if _spans_more(_covering(rows, first), row, columns):
        return False
    if cut:
        return True
    if first not in texts:
        return all(_runs_on(rows, cell) for cell in row.cells if cell.text)
    if _is_banner(row, columns):
        return False
    return not _cell_is_short(texts[first]) and _has_usual_opening(recent, first)


def _parted(rows: Sequence[Row], row: Row, header: int) -> tuple[Row, Row]:
    """What of a page's first row is the rest of the row above, and what begins a row of its own.

    A row with its next number begins one; a merged cell before the number may still be cut by the page's end, and go on.
    """
    recent = rows[max(header, len(rows) - _RECENT) :]
    at = min(
        (
            c.column
            for c in row.cells
            if _NUMBER.fullmatch(c.text) and _opens_like_others(c.text, recent, c.column)
        ),
        default=0,
    )
    before = [cell for cell in row.cells if cell.column < at and cell.text]
    if not before:
        return row, Row((), row.pages)
    above = [_covering(rows, cell.column) for cell in before]
    if not all(a and _cut_before(a.text, cell.text) for a, cell in zip(above, before, strict=True)):
        return Row((), row.pages), row
    rest = Row(tuple(c for c in row.cells if c.column < at), row.pages)
    return rest, Row(tuple(c for c in row.cells if c.column >= at), row.pages)


def _runs_on(rows: Sequence[Row], cell: Cell) -> bool:
    """Whether the text above stops in mid-sentence only because the next word had no room on its line."""
    above = _covering(rows, cell.column)
    if above is None or not above.lines or SENTENCE_END.search(above.text):
        return False
    return not _had_room(above, rows, cell.lines[0])


def _is_banner(row: Row, columns: int) -> bool:
    """Whether a row is one cell over (nearly) all columns: it names a section."""
    filled = [cell for cell in row.cells if cell.text]
    return columns > 2 and len(filled) == 1 and filled[0].column_span >= columns - 1


def _spans_more(above: Cell | None, row: Row, columns: int) -> bool:
    """Whether a row is one cell over all columns, below several: the title of the next card is no rest of one of them."""
    filled = [cell for cell in row.cells if cell.text]
    whole = len(filled) == 1 and filled[0].column_span == columns > 1
    return whole and above is not None and above.column_span < columns


def _cut_before(above: str, text: str) -> bool:
    """Whether a sentence of `above` goes on in `text`."""
    if not above or SENTENCE_END.search(above):
        return False
    open_bracket = above.count("(") > above.count(")")
    return open_bracket or above.endswith("-") or bool(_CARRIES_ON.match(text))


def _cuts_prose(above: str, text: str) -> bool:
    """Whether a long text surely goes on: then what opens like a row beside it is the next item of a list in one row."""
    return len(above) >= _PROSE and not SENTENCE_END.search(above) and text[:1].islower()


def _opens_like_others(text: str, rows: Sequence[Row], column: int) -> bool:
    shapes = _openings(rows, column)
    return shape(text) in shapes and (shapes[shape(text)] > 1 or len(shapes) == 1)


def _is_apart(last: Cell | None, text: str) -> bool:
    """Whether a text below a short code or number is no rest of it: the next one ("4(b)" under "4(a)"), or words."""
    if last is None or not _cell_is_short(last.text) or not any(letter.isdigit() for letter in last.text):
        return False
    if not _cell_is_short(text):
        return text[:1].isupper()
    return last.text != text and shape(last.text) == shape(text) and any(letter.isdigit() for letter in text)


def _has_usual_opening(rows: Sequence[Row], column: int) -> bool:
    """Whether most first cells open alike, so that one which does not is no new row."""
    shapes = _openings(rows, column)
    return bool(shapes) and shapes.most_common(1)[0][1] >= max(1, 0.6 * shapes.total())


def _openings(rows: Sequence[Row], column: int) -> Counter[str]:
    texts = (cell.text for row in rows for cell in row.cells if cell.column == column and cell.text)
    return Counter(shape(text) for text in texts)


def _cell_is_short(text: str) -> bool:
    return len(text) < 12


def _covering(rows: Sequence[Row], column: int) -> Cell | None:
    """The cell that covers a column of the last row, which may have begun rows above."""
    last = len(rows) - 1
    for row in reversed(rows):
        for cell in row.cells:
            if cell.column <= column < cell.column + cell.column_span and cell.row + cell.row_span > last:
                return cell
    return None


def _with_rest(rows: Sequence[Row], rest: Row) -> list[Row]:
    """The rows, the cells of `rest` added to those of the last row."""
    additions: dict[tuple[int, int], list[Cell]] = {}
    extra = list[Cell]()
    for cell in rest.cells:
        home = _covering(rows, cell.column)
        if home is None:
            extra.append(msgspec.structs.replace(cell, row=len(rows) - 1))
        else:
            additions.setdefault((home.row, home.column), []).append(cell)
    begun = min((row for row, _ in additions), default=len(rows) - 1)
    out = list(rows[:begun])
    for i, row in enumerate(rows[begun:], start=begun):
        cells = [_extended(cell, additions.get((cell.row, cell.column), ()), rows) for cell in row.cells]
        last = i == len(rows) - 1
        touched = last or any((cell.row, cell.column) in additions for cell in row.cells)
        out.append(
            Row(
                tuple(sorted(cells + extra, key=lambda c: c.column)) if last else tuple(cells),
                tuple(dict.fromkeys(row.pages + rest.pages)) if touched else row.pages,
            )
        )
    return out


def _extended(cell: Cell, parts: Iterable[Cell], rows: Sequence[Row]) -> Cell:
    for part in parts:
        lines = part.lines
        if lines and cell.lines:
            opens = bool(_ITEM.match(lines[0].text)) or _paragraph_ended(cell, rows, lines[0])
            lines = (msgspec.structs.replace(lines[0], opens=opens), *lines[1:])
        cell = msgspec.structs.replace(
            cell,
            lines=cell.lines + lines,
            places=cell.places + part.places,
            marks=cell.marks + part.marks,
            fill=cell.fill or part.fill,
        )
    return cell


def _paragraph_ended(cell: Cell, rows: Sequence[Row], following: Line) -> bool:
    """Whether the last line stopped although the following word would have fitted, at the end of a sentence."""
    return bool(SENTENCE_END.search(cell.lines[-1].text)) and _had_room(cell, rows, following)


def _had_room(cell: Cell, rows: Sequence[Row], following: Line) -> bool:
    """Whether the first word of `following` would have fitted on the last line of a cell."""
    last = cell.lines[-1]
    right = max(
        (
            line.box.x1
            for r in rows[-_RECENT:]
            for c in r.cells
            if c.column == cell.column
            for line in c.lines
        ),
        default=last.box.x1,
    )
    return last.box.x1 + 0.3 * last.box.height + following.words[0].box.width < right - 2.0


def _moved(row: Row, by: int) -> Row:
    return Row(tuple(msgspec.structs.replace(c, row=c.row + by) for c in row.cells), row.pages)
