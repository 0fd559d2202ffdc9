"""Which of the dates around a paper is its own, and what the others are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.shapes import Line
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import LabelRole, metadata_words
from pipeline.metadata.headlines import Titles, is_date, is_plain_name, same_look
from pipeline.metadata.labels import Block, Label
from pipeline.nlp.dates import Anchor, find_dates, read_single_date
from pipeline.passages import Passage
from pipeline.records import DateSpan, Evidence, OtherDate

SHORT = 12  # words
LONGEST_UNKNOWN = 20  # words behind a label that is not known
OWN: tuple[LabelRole, ...] = ("own_date",)
CABINETS: tuple[LabelRole, ...] = ("cabinet_date",)
MEETINGS: tuple[LabelRole, ...] = ("meeting_date", "committee", "addressed_to")
TRAILING = re.compile(r"[\s(/,;:–-]*\b(?:on|to|at|in|of|for|by|dated|the|and)?[\s:]*$", re.IGNORECASE)
LEADING = re.compile(r"^[\s)(/,;:.–-]*(?:and\b\s*)?")
# "Position at 31 December 2019": the day that a paper tells of, which goes behind any other for its own
_STATE_OF = re.compile(r"\b(?:at|as of|up to|to) (?:the )?(?:end of )?(?=\d|[A-Z][a-z]+ \d{4})")
VERB = re.compile(r"^[\s(]*(\w+(?:ed|ted|en) (?:to|at|by|with))\b", re.IGNORECASE)


class Dated(msgspec.Struct, frozen=True):
    """A date with what it is, where it is printed, and the label that it stood behind (None for none)."""

    what: str
    date: DateSpan
    evidence: Evidence | None
    label: Label | None = None


def own_date(block: Block, titles: Titles, edges: Sequence[Line]) -> Dated | None:
    """The paper's own date: its label, else its title's, else its meeting's, a line of its own, a header or footer (`edges`).

    A date that is a year or longer names the period of a paper, not its day, and is left out.
    """
    found = (dated for dated in _may_be_own(block, titles, edges) if dated and _within_month(dated.date))
    first = next(found, None)
    if first is None or first.date.earliest == first.date.latest:
        return first
    return next((dated for dated in found if _is_day_of(dated.date, first.date)), first)


def _may_be_own(block: Block, titles: Titles, edges: Sequence[Line]) -> Iterator[Dated | None]:
    """What is read for the paper's own date, the surest first."""
    labels, rest = block.labels, block.lines
    yield from (_first_of(label) for role in OWN for label in labels if label.role == role)
    headlines = [h.passage for h in (titles.title, titles.subtitle) if h]
    yield from (_in_headline(passage) for passage in headlines if not _STATE_OF.search(passage.text))
    meeting_roles = (*CABINETS, *MEETINGS) if _answers(titles) else MEETINGS
    yield from (_first_of(label) for role in meeting_roles for label in labels if label.role == role)
    own_line = [line for line in rest if is_date(line.text) or is_plain_name(line.text)]
    yield from (_in_line(line) for line in own_line if not _STATE_OF.search(line.text))
    beside = [line for line, before in zip(rest, (None, *rest), strict=False) if _is_short(line, before)]
    yield from (_in_line(line) for line in beside if not _STATE_OF.search(line.text))
    yield from (_in_headline(_first_sentence(p)) for p in _paragraphs(rest) if _says_meeting(p.text))
    yield from (_in_line(line) for line in rest if _says_meeting(line.text))
    yield from (_in_line(line) for line in edges)
    yield from (_in_headline(passage) for passage in headlines)
    yield from (_in_line(line) for line in (*own_line, *beside))
    yield from (_first_of(label) for role in CABINETS for label in labels if label.role == role)


def other_dates(labels: Sequence[Label], own: Dated | None) -> tuple[Dated, ...]:
    """All other dates behind labels, each with the words that say what it is."""
    found = [dated for label in labels if _may_hold_dates(label) for dated in _dates_of(label)]
    taken = own.evidence if own else None
    others = [d for d in found if own is None or (d.label, d.date) != (own.label, own.date)]
    return tuple(d for d in others if taken is None or d.evidence != taken)


def as_other_dates(dated: Iterable[Dated]) -> tuple[OtherDate, ...]:
    """The same as records, without their evidence."""
    return tuple(OtherDate(d.what, d.date) for d in dated)


def _may_hold_dates(label: Label) -> bool:
    if label.role is None and len(label.value.text.split()) > LONGEST_UNKNOWN:
        return False
    return label.role not in (
        "not_metadata",
        "lead_officers",
        "officers",
        "cabinet_member",
        "title",
        "review",
    )


def _first_of(label: Label) -> Dated | None:
    return next(iter(_dates_of(label)), None)


def _dates_of(label: Label) -> list[Dated]:
    """The dates of a label's value: the first has the label's name, those behind it what is said before them."""
    found = find_dates(label.value, Anchor())
    if not found:
        single = read_single_date(label.value, Anchor())
        return [Dated(label.label, single, label.value.evidence(), label)] if single else []
    out, end, verb = list[Dated](), 0, ""
    for date in found:
        between = label.value.text[end : date.start]
        verb = (m.group(1) if (m := VERB.match(between)) else verb) if between.strip() else verb
        what = _what(between, verb) if out else ""
        out.append(Dated(what or label.label, date.date, label.value.evidence(date.start, date.end), label))
        end = date.end
    return out


def _what(between: str, verb: str) -> str:
    """The words before a date without brackets and prepositions; a verb said before goes for the next one too."""
    words = " ".join(LEADING.sub("", TRAILING.sub("", between)).split())
    return f"{verb} {words}" if words and verb and not VERB.match(words) else words


def _in_headline(passage: Passage) -> Dated | None:
    span = read_single_date(passage, Anchor())
    return Dated("", span, _evidence_of(passage, span)) if span else None


def _answers(titles: Titles) -> bool:
    """Whether a title says that the paper is an executive's answer."""
    texts = [h.passage.text.lower() for h in (titles.title, titles.subtitle) if h]
    return any(re.search(p, text) for p in metadata_words().answers for text in texts)


def _is_short(line: Line, before: Line | None) -> bool:
    """Whether a line is no part of a sentence: short, without a full stop, and not behind a long line of its paragraph."""
    goes_on = (
        before is not None and not line.opens and len(before.words) >= SHORT - 2 and same_look(before, line)
    )
    return len(line.words) <= SHORT and not goes_on and not line.text.rstrip().endswith((".", ",", ";"))


def _paragraphs(lines: Sequence[Line]) -> list[Passage]:
    groups: list[list[Line]] = []
    for line in lines:
        if line.opens or not groups:
            groups.append([])
        groups[-1].append(line)
    return [Passage.of_lines(group) for group in groups]


def _first_sentence(paragraph: Passage) -> Passage:
    """The first sentence of a paragraph: "For the meeting on 6 May. The next ones are ..."."""
    end = re.search(r"\.\s+(?=[A-Z])", paragraph.text)
    return paragraph.part(0, end.start()) if end else paragraph


def _says_meeting(text: str) -> bool:
    bare = " ".join(text.lower().split())
    return _meeting_sentences().search(bare) is not None


@functools.cache
def _meeting_sentences() -> re.Pattern[str]:
    return together(metadata_words().date_sentences)


def _in_line(line: Line) -> Dated | None:
    return _in_headline(Passage.of_lines([line]))


def _evidence_of(passage: Passage, span: DateSpan) -> Evidence | None:
    start = passage.text.find(span.words)
    return passage.evidence(start, start + len(span.words)) if start >= 0 else passage.evidence()


def _is_day_of(span: DateSpan, month: DateSpan) -> bool:
    """Whether a date is one day of a month that another only names."""
    return span.earliest == span.latest and str(span.earliest)[:7] == str(month.earliest)[:7]


def _within_month(span: DateSpan) -> bool:
    return bool(span.earliest and span.latest and span.earliest[:7] == span.latest[:7])
