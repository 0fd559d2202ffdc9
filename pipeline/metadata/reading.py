"""Title block → Metadata: each value with its evidence, nothing where nothing is printed."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import msgspec

from extract.shapes import Line
from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import LabelRole, metadata_words
from pipeline.metadata.bodies import (
    as_title,
    find_committees,
    find_councils,
    find_executive,
    is_only,
    likeliest_council,
    likeliest_said,
)
from pipeline.metadata.dated import as_other_dates, other_dates, own_date
from pipeline.metadata.front import FrontMatter
from pipeline.metadata.headlines import Titles, find_titles, is_plain_name, may_be_title
from pipeline.metadata.labels import Block, Label, read_block
from pipeline.metadata.subjects import find_review, find_stage
from pipeline.nlp.dates import Anchor, read_single_date
from pipeline.nlp.people import read_people
from pipeline.passages import Passage
from pipeline.records import Evidence, Metadata, OfficerName

_SHORT_NAME = 2  # words of a committee's name that says only its sort
LONGEST_NAME = 8  # words of a line that only names a council
_PORTFOLIO = re.compile(
    r"(?:cabinet|executive|lead) member (?:for|responsible)\b|portfolio holder\b", re.IGNORECASE
)
PAGE_NUMBER = re.compile(r"\s+(?:page\s+)?\d{1,3}(?: of \d{1,3})?$", re.IGNORECASE)
Value = tuple[str, Evidence | None]


class Parts(msgspec.Struct, frozen=True, dict=True):
    """A title block taken apart, as each reader below needs it."""

    front: FrontMatter
    block: Block
    titles: Titles

    def labelled(self, *roles: LabelRole) -> list[Label]:
        """The labels of some roles, in the order of the roles."""
        return [label for role in roles for label in self.block.labels if label.role == role]

    @cached_property
    def headlines(self) -> list[Passage]:
        return [headline.passage for headline in self.titles.prominent]

    @cached_property
    def all_lines(self) -> list[Passage]:
        """The lines of the title block, headers and footers behind them."""
        return [Passage.of_lines([line]) for line in (*self.block.printed, *self.front.furniture)]


def take_apart(front: FrontMatter) -> Parts:
    """The title block's labels and headlines."""
    block = read_block(front)
    return Parts(front, block, find_titles(block.lines, front.width, front.body_size, block.printed))


def read_metadata(parts: Parts) -> Metadata:
    """What the front matter says of its paper; fields that nothing printed tells stay empty."""
    own = own_date(parts.block, parts.titles, parts.front.furniture)
    others = other_dates(parts.block.labels, own)
    single = {name: value for name, read in READERS.items() if (value := read(parts))}
    officers, printed = _officers(parts)
    evidence = {name: value[1] for name, value in single.items()}
    evidence |= {"date": own.evidence if own else None, "lead_officers": printed}
    evidence |= {f"other_dates.{i}": dated.evidence for i, dated in enumerate(others)}
    return Metadata(
        **{name: value[0] for name, value in single.items()},  # type: ignore[arg-type]
        date=own.date if own else None,
        lead_officers=officers,
        other_dates=as_other_dates(others),
        evidence={name: where for name, where in evidence.items() if where},
    )


def prominent_lines(parts: Parts) -> tuple[str, ...]:
    """The headlines of a title block, the title first: what tells the kind of a paper."""
    labelled = [label.value.text for label in parts.block.labels if label.role in ("title", "stage")]
    return (*(headline.text for headline in parts.headlines), *labelled)


def _title(parts: Parts) -> Value | None:
    if parts.titles.title:
        passage = parts.titles.title.passage
        return passage.text, passage.evidence()
    labelled = next((_one_line(label.value) for label in parts.labelled("title") if label.value.text), None)
    return labelled or _title_in_header(parts.front) or _first_line(parts)


def _title_in_header(front: FrontMatter) -> Value | None:
    """Where the title is only printed as a header that every page repeats."""
    first = [line for line in front.furniture if line.page == front.furniture[0].page]
    headline = find_titles(first, front.width, front.body_size).title
    return (headline.passage.text, headline.passage.evidence()) if headline else None


def _first_line(parts: Parts) -> Value | None:
    """Where no line is set as a title: the first, if it is no sentence."""
    lines = [Passage.of_lines([line]) for line in parts.block.lines[:1]]
    return next((_one_line(p) for p in lines if may_be_title(p.text)), None)


def _subtitle(parts: Parts) -> Value | None:
    headline = parts.titles.subtitle
    return (headline.passage.text, headline.passage.evidence()) if headline else None


def _council(parts: Parts) -> Value | None:
    for label in parts.labelled("council"):
        if label.value.text:
            return _one_line(label.value)
    front = [*parts.headlines, *parts.all_lines]
    alone = [p.text for p in front if is_only(p.text, find_councils(p.text))]
    alone += [text for text in _short_lines(parts.front.texts) if is_only(text, find_councils(text))]
    name = likeliest_council(alone, small=True) or likeliest_council(p.text for p in front)
    name = name or likeliest_said(_running(parts.front.texts))
    name = name or likeliest_council((p.text for p in front), small=True)
    return (as_title(name), _where(name, front, parts.front.texts)) if name else None


def _committee(parts: Parts) -> Value | None:
    for label in parts.labelled("committee", "meeting_date", "other_date"):
        if named := _committee_of(label):
            return named
    alone = [p for p in parts.all_lines if is_only(p.text, find_committees(p.text)) or is_plain_name(p.text)]
    for passage in (*alone, *parts.headlines):
        if found := find_committees(passage.text):
            return _in_full(found[0].name, parts) or (
                as_title(found[0].name),
                passage.evidence(found[0].start, found[0].end),
            )
    for passage in parts.all_lines:
        if said := find_committees(passage.text, scrutiny_only=True):
            return as_title(said[0].name), passage.evidence(said[0].start, said[0].end)
    executive = ((find_executive(p.text), p) for p in parts.all_lines)
    return next(((as_title(e.name), p.evidence(e.start, e.end)) for e, p in executive if e), None)


def _in_full(name: str, parts: Parts) -> Value | None:
    """The longer name that a line of the title block gives what another calls only a "Scrutiny Panel"."""
    if len(name.split()) > _SHORT_NAME:
        return None
    for passage in parts.all_lines:
        for found in find_committees(passage.text):
            if found.name.lower().endswith(f" {name.lower()}"):
                return as_title(found.name), passage.evidence(found.start, found.end)
    return None


def _committee_of(label: Label) -> Value | None:
    found = find_committees(label.value.text)
    if found:
        return as_title(found[0].name), label.value.evidence(found[0].start, found[0].end)
    if label.role != "committee":
        return None
    # "Cabinet – 3 May 2026": a body of another sort, up to the date.
    name = re.split(r"\s[–-]\s|,|\n|\(", label.value.text, maxsplit=1)[0].strip()
    known = name and len(name.split()) <= 8 and not read_single_date(Passage.plain(name), Anchor())
    return (name, label.value.evidence(0, len(name))) if known else None


def _review(parts: Parts) -> Value | None:
    for label in parts.labelled("review"):
        if label.value.text:
            return _one_line(label.value)
    titled = [h.passage for h in (parts.titles.title, parts.titles.subtitle) if h]
    labelled = [label.value for label in parts.labelled("title")]
    return next((found for passage in (*titled, *labelled) if (found := find_review(passage))), None)


def _stage(parts: Parts) -> Value | None:
    labelled = [label.value for label in parts.labelled("stage")]
    return next((v for p in (*parts.headlines, *labelled, *parts.all_lines) if (v := find_stage(p))), None)


def _cabinet_member(parts: Parts) -> Value | None:
    labelled = [label.value for label in parts.labelled("cabinet_member")]
    said = [p for label in parts.labelled("officers") for p in label.value.paragraphs() if _is_member(p.text)]
    for value in (*labelled, *said):
        people = read_people(value)
        if people:
            return people[0].name, value.evidence()
    return _letterhead_member(parts)


def _letterhead_member(parts: Parts) -> Value | None:
    """The member at the head of a letter: a name over "Cabinet Member for ..."."""
    for named, post in itertools.pairwise(parts.all_lines):
        if _PORTFOLIO.match(post.text):
            people = [one for one in read_people(named) if _is_member(named.text)]
            if len(people) == 1 and len(named.text.split()) <= LONGEST_NAME:
                return people[0].name, named.evidence()
    return None


def _officers(parts: Parts) -> tuple[tuple[OfficerName, ...], Evidence | None]:
    """Those labelled as leading; where no label says so, those who report, members left out."""
    values = [label.value for label in parts.labelled("lead_officers") if label.value.text]
    if not values:
        said = (p for label in parts.labelled("officers") for p in label.value.paragraphs())
        values = [p for p in said if not _is_member(p.text)]
    people = tuple(dict.fromkeys(person for value in values for person in read_people(value)))
    return people, values[0].evidence() if people else None


def _is_member(text: str) -> bool:
    return _member_words().search(text.lower()) is not None


@functools.cache
def _member_words() -> re.Pattern[str]:
    return together(metadata_words().member_words)


def _one_line(value: Passage) -> Value:
    return " ".join(value.text.split()), value.evidence()


def _running(texts: Iterable[Sequence[Line]]) -> Iterable[str]:
    for lines in texts:
        text = " ".join(line.text for line in lines)
        if "ouncil" in text or "orough" in text or "OUNCIL" in text:
            yield text


def _short_lines(texts: Iterable[Sequence[Line]]) -> Iterable[str]:
    """Texts of one short line without the page's number behind it: the foot of a paper's only page."""
    for lines in texts:
        if len(lines) == 1 and len(lines[0].words) <= LONGEST_NAME:
            yield PAGE_NUMBER.sub("", lines[0].text)


def _where(name: str, front: Sequence[Passage], texts: Iterable[Sequence[Line]]) -> Evidence | None:
    """Where a council's name is first printed, in the title block or in the text."""
    for passage in front:
        if (at := passage.text.find(name)) >= 0:
            return passage.evidence(at, at + len(name))
    for lines in texts:
        if name.split(maxsplit=1)[0] not in (word.text for line in lines for word in line.words):
            continue
        passage = Passage.joined([Passage.of_lines([line]) for line in lines], gap=" ")
        if (at := passage.text.find(name)) >= 0:
            return passage.evidence(at, at + len(name))
    return None


READERS: dict[str, Callable[[Parts], Value | None]] = {
    "title": _title,
    "subtitle": _subtitle,
    "council": _council,
    "committee": _committee,
    "review": _review,
    "stage": _stage,
    "cabinet_member": _cabinet_member,
}
