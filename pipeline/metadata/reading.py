"""Title block → Metadata: each value with its evidence, nothing where nothing is printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from extract.shapes import Line
from pipeline.knowledge.vocabulary import LabelRole
from pipeline.metadata.bodies import as_title, find_committees, likeliest_council
from pipeline.metadata.dated import as_other_dates, other_dates, own_date
from pipeline.metadata.front import FrontMatter
from pipeline.metadata.headlines import Titles, find_titles
from pipeline.metadata.labels import Block, Label, read_block
from pipeline.metadata.subjects import find_review, find_stage
from pipeline.nlp.dates import Anchor, read_single_date
from pipeline.nlp.people import read_people
from pipeline.passages import Passage
from pipeline.records import Evidence, Metadata, OfficerName

Value = tuple[str, Evidence | None]


class Parts(msgspec.Struct, frozen=True):
    """A title block taken apart, as each reader below needs it."""

    front: FrontMatter
    block: Block
    titles: Titles

    def labelled(self, *roles: LabelRole) -> list[Label]:
        """The labels of some roles, in the order of the roles."""
        return [label for role in roles for label in self.block.labels if label.role == role]

    @property
    def headlines(self) -> list[Passage]:
        return [headline.passage for headline in self.titles.prominent]

    @property
    def all_lines(self) -> list[Passage]:
        return [Passage.of_lines([line]) for line in (*self.front.lines, *self.front.furniture)]


def read_metadata(front: FrontMatter) -> Metadata:
    """What the front matter says of its paper; fields that nothing printed tells stay empty."""
    block = read_block(front)
    parts = Parts(front, block, find_titles(block.lines, front.width, front.body_size))
    own = own_date(block.labels, parts.titles, block.lines, front.furniture)
    others = other_dates(block.labels, own)
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


def prominent_lines(front: FrontMatter) -> tuple[str, ...]:
    """The headlines of a title block, the title first: what tells the kind of a paper."""
    block = read_block(front)
    titles = find_titles(block.lines, front.width, front.body_size)
    labelled = [label.value.text for label in block.labels if label.role in ("title", "stage")]
    return (*(headline.passage.text for headline in titles.prominent), *labelled)


def _title(parts: Parts) -> Value | None:
    if parts.titles.title:
        passage = parts.titles.title.passage
        return passage.text, passage.evidence()
    return next((_one_line(label.value) for label in parts.labelled("title") if label.value.text), None)


def _subtitle(parts: Parts) -> Value | None:
    headline = parts.titles.subtitle
    return (headline.passage.text, headline.passage.evidence()) if headline else None


def _council(parts: Parts) -> Value | None:
    for label in parts.labelled("council"):
        if label.value.text:
            return _one_line(label.value)
    front = [*parts.headlines, *parts.all_lines]
    for small in (False, True):
        name = likeliest_council((p.text for p in front), small)
        name = name or (likeliest_council(_running(parts.front.texts)) if not small else None)
        if name:
            return as_title(name), _where(name, front, parts.front.texts)
    return None


def _committee(parts: Parts) -> Value | None:
    for label in parts.labelled("committee", "meeting_date"):
        if named := _committee_of(label):
            return named
    # A line that names only the committee says it best; then titles, then labels and other lines, headers last.
    for passages, scrutiny_only in (
        (parts.headlines, False),
        (parts.all_lines, True),
        (parts.all_lines, False),
    ):
        for passage in passages:
            if found := find_committees(passage.text, scrutiny_only):
                return as_title(found[0].name), passage.evidence(found[0].start, found[0].end)
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
    for label in parts.labelled("cabinet_member"):
        people = read_people(label.value)
        if people:
            return people[0].name, label.value.evidence()
    return None


def _officers(parts: Parts) -> tuple[tuple[OfficerName, ...], Evidence | None]:
    """Those labelled as leading; where no label says so, those who report."""
    for role in ("lead_officers", "officers"):
        labels = [label for label in parts.block.labels if label.role == role and label.value.text]
        people = [person for label in labels for person in read_people(label.value)]
        if people:
            return tuple(dict.fromkeys(people)), labels[0].value.evidence()
    return (), None


def _one_line(value: Passage) -> Value:
    return " ".join(value.text.split()), value.evidence()


def _running(texts: Iterable[Sequence[Line]]) -> Iterable[str]:
    for lines in texts:
        text = " ".join(line.text for line in lines)
        if "ouncil" in text or "orough" in text or "OUNCIL" in text:
            yield text


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
