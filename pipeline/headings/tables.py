"""Which rows of a table are its header, and whether the table is a tracker or of a sort that is left alone."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.headings.columns import WEIGHT, Headings, is_certain, read_headings
from pipeline.headings.looks import figures, look_of
from pipeline.headings.words import could_be_cell, match, plain
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import Apart, Field, heading_words

LONGEST_CELL = 160  # letters; a longer cell is no heading
LEAST_ROWS = 3  # of a table whose heads are not known
LEAST_HEADS = 4
MOSTLY_HEADED = 0.8  # of its columns
LONGEST_UNKNOWN = 6  # words of an unknown head
LONG_TEXT = 5  # words on average in the column of the texts
DEEPEST = 5  # rows from the top in which a header is looked for
DATA = re.compile(
    r"(?!20\d\d(?:\s?[-/]\s?(?:20)?\d\d)?$)\(?\d[\d\s,.%£/()-]*[a-z]?[.):]?|\d{1,2} \w+ \d{2,4}|[£$€]\s?-?\d.*",
    re.IGNORECASE,
)
LONGEST_APART = 8  # words in a heading of a table that is no tracker
MOSTLY_FIGURES = 0.5
ANSWERS: frozenset[Field] = frozenset(
    {"response", "response_action", "decision", "update", "action_taken", "assessment"}
)
DOINGS: frozenset[Field] = frozenset(
    {"owner", "member", "deadline", "revised_deadline", "actual_date", "status", "rag", "action"}
)
SOURCES: frozenset[Field] = frozenset(
    {"reference", "committee", "date", "meeting", "origin", "priority", "addressed_to", "comment", "outcome"}
)


class HeaderFound(msgspec.Struct, frozen=True):
    """The header of a table: its first row (from 0), how many rows it takes, and what it says."""

    index: int
    count: int
    headings: Headings


class Judgement(msgspec.Struct, frozen=True):
    """Whether a table is a tracker, and why."""

    tracker: bool
    reason: str


def find_header(rows: Sequence[Sequence[str]]) -> HeaderFound | None:
    """The header among the first rows of a table: below a title banner or not, one row or two; None where there is none."""
    top = rows[:DEEPEST]
    found: list[HeaderFound] = []
    for index in range(len(top)):
        header = _header_at(top, index)
        if header:
            found.append(header)
        if header and _worth(header) == len(header.headings.columns):
            break  # no row below it can be worth more
    return max(found, key=lambda f: (_worth(f) - 0.5 * f.index, -f.index), default=None)


def find_unknown_header(rows: Sequence[Sequence[str]]) -> HeaderFound | None:
    """A first row that looks like heads although its words are not known, one row or two; None where none does."""
    if len(rows) < LEAST_ROWS:
        return None
    top, below = rows[0], rows[1]
    under = all(
        bool(a.strip()) != bool(b.strip()) or (a.strip() and b.strip())
        for a, b in zip(top, below, strict=True)
    )
    stacked = under and _is_under_spans(top, below)
    heads = [b if b.strip() else a for a, b in zip(top, below, strict=True)] if stacked else list(top)
    count = 2 if stacked else 1
    filled = [head for head in heads if head.strip()]
    short = all(len(head.split()) <= LONGEST_UNKNOWN and not head.rstrip().endswith(".") for head in filled)
    if len(filled) < max(LEAST_HEADS, MOSTLY_HEADED * len(heads)) or not short or not _are_headings([filled]):
        return None
    long = any(
        sum(len(row[i].split()) for row in rows[count:]) > LONG_TEXT * len(rows[count:])
        for i in range(len(heads))
    )
    return HeaderFound(0, count, read_headings(heads)) if long else None


def holds_values(row: Sequence[str]) -> bool:
    """Whether several cells of a row are what stands below heads: a state, a post, a day."""
    return sum(look_of([cell]) in ("status", "owner", "date", "decision") for cell in row if cell.strip()) > 1


def _is_under_spans(top: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a second row has heads only below those of the first that span columns, and below two or more of one."""
    parted = [i for i, text in enumerate(below) if text.strip()]
    return len(parted) > 1 and any(not top[i].strip() for i in parted)


def is_tracker(headings: Headings, rows: Sequence[Sequence[str]], context: str = "") -> Judgement:
    """Whether a table's rows are recommendations or actions.

    `rows` are those below the header; `context` is the title or caption above the table, where there is one.
    """
    sort = _sort_apart(headings)
    if sort is not None:
        return Judgement(tracker=False, reason=sort.reason)
    judged = _by_fields(headings, context)
    if judged.tracker and rows:
        return _by_cells(headings, rows) or judged
    return judged


def heads_apart(headings: Headings) -> bool:
    """Whether headings are those of a sort of table that is no tracker, whatever stands below them."""
    return _sort_apart(headings) is not None


def _header_at(rows: Sequence[Sequence[str]], index: int) -> HeaderFound | None:
    two = list(rows[index : index + 2])
    if len(two) == 2 and _are_headings(two[:1]) and (_are_headings(two[1:]) or _are_days_under(*two)):
        stacked = _stacked(*two)
        headings = read_headings(stacked) if stacked else None
        if headings and _stack_holds(two, headings) and _is_header(headings):
            return HeaderFound(index, 2, headings)
    if _is_banner(two[0]) or not _are_headings(two[:1]):
        return None
    headings = read_headings(two[0])
    return HeaderFound(index, 1, headings) if _is_header(headings) or _heads_other(headings) else None


def _heads_other(headings: Headings) -> bool:
    """Whether a row heads a table of a sort that is no tracker, by most of its cells and at least two."""
    texts = [plain(c.printed) for c in headings.columns if c.printed.strip()]
    if len(texts) < 2 or any(len(text.split()) > LONGEST_APART for text in texts):
        return False
    hits = _hits(texts)
    return any(count >= max(2, 0.5 * len(texts)) for count in hits.values())


def _hits(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts each sort of table that is no tracker is headed by."""
    return Counter([name for text in texts for name in _sorts_headed_by(text)])


# A table's heads are asked for as a header, as a form's and once more when the table is judged.
@functools.lru_cache(maxsize=4096)
def _sorts_headed_by(text: str) -> tuple[str, ...]:
    return tuple(sort.name for sort, pattern in _apart() if pattern.search(text))


def _are_headings(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for row in rows for cell in row]
    return not any(len(cell) > LONGEST_CELL or DATA.fullmatch(cell) for cell in cells)


def _are_days_under(top: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a second row holds nothing but the days of what stands over several columns: "Position" over "19 May | 17 November"."""
    days = [cell for cell in below if cell.strip()]
    return look_of(days) == "date" and _is_under_spans(top, below)


def _stack_holds(two: Sequence[Sequence[str]], stacked: Headings) -> bool:
    """Whether every heading that goes on in the second row is one that is known only as a whole."""
    both = [i for i, cell in enumerate(two[1]) if cell.strip()]
    if len(both) == 1 and all(cell.strip() for cell in two[0]):
        own = match(two[0][both[0]])
        if own and own.certainty == "certain" and own.fields[0] != stacked.columns[both[0]].field:
            return False  # "Accepted by Cabinet" over all columns, below "Ref"
    known = all(stacked.columns[i].certainty == "certain" for i in both)
    return bool(both) and (known or _are_options(two[1]))


def _are_options(below: Sequence[str]) -> bool:
    """Whether the heads of a second row are decisions of which one is to be ticked: "Agree | Agree with changes | Do not agree"."""
    heads = read_headings([cell for cell in below if cell.strip()]).columns
    return len(heads) > 1 and all(column.field == "decision" for column in heads)


def _is_banner(row: Sequence[str]) -> bool:
    return len(row) > 1 and sum(bool(cell.strip()) for cell in row) <= 1


def _stacked(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two header rows as one; a heading over several columns goes to each of them that has a heading below.

    [] where one that goes on in the second row is not surely known, as the first cell of most rows is not.
    """
    over, out = "", []
    # where other columns have their heads in the upper row alone, neither row is a banner
    heads = (
        not _is_banner(below)
        and sum(bool(a.strip()) and not b.strip() for a, b in zip(top, below, strict=False)) > 1
    )
    options = _are_options(below)
    for i, cell in enumerate(below):
        own = top[i] if i < len(top) else ""
        if options:
            out.append(cell if cell.strip() else own)
            continue
        over = own if own.strip() else over
        out.append(_one_over_other(over, cell, alone=heads) if cell.strip() else own)
        if cell.strip() and not is_certain(out[-1]):
            return []
    return out


def _one_over_other(over: str, below: str, *, alone: bool) -> str:
    """Reads "Completion date" over "Actual" as "Actual Completion date", "Target" over "date" downwards.

    `alone` says that the lower may stand for both: "Delivery" over "By when".
    """
    downwards, upwards = f"{over} {below}".strip(), f"{below} {over}".strip()
    known = [text for text in (downwards, upwards) if (m := match(text)) and m.certainty == "certain"]
    own, upper = match(below), match(over)
    alike = own is not None and upper is not None and own.fields == upper.fields  # "Decision" over "Reject"
    lower = [below] if alone and is_certain(below) and (alike or not could_be_cell(below)) else []
    return [*known, *lower, downwards][0]


def _is_header(headings: Headings) -> bool:
    known = [c for c in headings.columns if c.field != "other"]
    named = [c for c in headings.columns if c.printed.strip()]
    plainly = {c.field for c in known if not could_be_cell(c.printed)}
    if len({c.field for c in known}) < 2 or len(known) < 0.5 * len(named):
        return False
    return len(plainly) >= 2 or (len(plainly) == 1 and len(known) == len(named))


def _worth(found: HeaderFound) -> float:
    columns = found.headings.columns
    other = sum(c.field == "other" and bool(c.printed.strip()) for c in columns)
    return sum(WEIGHT[c.certainty] for c in columns if c.field != "other") - 0.5 * other


def _sort_apart(headings: Headings) -> Apart | None:
    hits = _hits(plain(c.printed) for c in headings.columns if c.printed.strip())
    for sort, _ in _apart():
        if hits[sort.name] >= sort.enough and not any(
            set(fields) <= headings.fields for fields in sort.unless
        ):
            return sort
    return None


def _by_fields(headings: Headings, context: str) -> Judgement:
    held = headings.fields
    if "recommendation" in held or "action" in held:
        main: Field = "recommendation" if "recommendation" in held else "action"
        beside = sorted(held & (ANSWERS | DOINGS | SOURCES) - {main})
        if main == "action" and "delivery" in held and beside == ["owner"]:
            return Judgement(tracker=False, reason="commitments beside what is in place already")
        if main == "action" and {c.field for c in headings.columns} == {"action", "deadline"}:
            return Judgement(tracker=False, reason="a timetable: what happens when, but not by whom")
        if beside:
            return Judgement(tracker=True, reason=f"{main} with {', '.join(beside)}")
        return Judgement(tracker=False, reason=f"{main} alone: no answer, owner, date or status beside it")
    if "issue" in held and "response" in held:
        return _of_issues(context)
    if "reference" in held and "status" in held:
        return Judgement(tracker=True, reason="a register: references, each with its status")
    return Judgement(tracker=False, reason="no column of recommendations or actions")


def _of_issues(context: str) -> Judgement:
    words = " ".join(context.lower().split())
    if words and not any(re.search(p, words) for p in heading_words().issues_need):
        return Judgement(
            tracker=False, reason="issues with responses, but nothing says that scrutiny raised them"
        )
    return Judgement(tracker=True, reason="issues raised, each with its response")


def _by_cells(headings: Headings, rows: Sequence[Sequence[str]]) -> Judgement | None:
    beside: list[str] = []
    for i, column in enumerate(headings.columns):
        if column.field not in ("reference", "priority", "date"):
            beside += [row[i] for row in rows if i < len(row)]
    if figures(beside) > MOSTLY_FIGURES:
        return Judgement(tracker=False, reason="a table of figures")
    at = headings.subject
    if at is None or headings.columns[at].field == "reference":
        counted = headings.column_of("reference")
        numbers = [row[counted].strip() for row in rows if counted is not None and counted < len(row)]
        if numbers and all(map(str.isdigit, numbers)) and not _count_on(list(map(int, numbers))):
            return Judgement(tracker=False, reason="counts of states, and no references")
    texts = [row[at] for row in rows if at is not None and at < len(row) and row[at].strip()]
    if texts and not any(re.search(r"[^\W\d]{3,}", text) for text in texts):
        return Judgement(tracker=False, reason="no words in the column of recommendations or actions")
    return None


def _count_on(numbers: Sequence[int]) -> bool:
    """Whether numbers go up, or start anew from 1."""
    return all(b > a or b == 1 < a for a, b in itertools.pairwise(numbers))


@functools.cache
def _apart() -> tuple[tuple[Apart, re.Pattern[str]], ...]:
    return tuple((a, together(a.headings)) for a in heading_words().apart)
