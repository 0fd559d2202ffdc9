"""Tells the headings of agenda items from other emphasised text, and cuts minutes into head, items and what follows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.decisions import formal_decisions
from pipeline.nlp.minutes.matching import first_match, is_label, label_length, unspaced
from pipeline.nlp.minutes.numbers import ItemNumber, item_number
from pipeline.nlp.minutes.openers import opens_decision
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.passages import Passage

LONGEST_TITLE = 45  # words; a longer emphasised paragraph is text
_LONGEST_PLAIN = 12  # words of a title that is not emphasised
_RUN_IN = re.compile(r"\s*(?:[:–—]|\s-\s)\s*")
_MANY = 3  # headings in capitals, beside which others of their look are subheadings
_RISING = 0.7  # share of the numbers of item headings that must rise
_FURTHEST = 12  # numbers that a heading may leave out behind the one before


class Heading(msgspec.Struct, frozen=True):
    """A paragraph that may head an item: its number, its title, and the text that follows in the same paragraph."""

    paragraph: Paragraph
    number: ItemNumber | None
    title: Passage
    rest: Passage
    strength: str  # bold, underlined, capitals, run-in, plain: headings of one paper are of one kind


class Section(msgspec.Struct, frozen=True):
    """An item of the agenda: its heading, the agenda's number where printed apart, and its paragraphs."""

    heading: Heading
    agenda_item: str | None
    body: tuple[Paragraph, ...]


class Sections(msgspec.Struct, frozen=True):
    """Minutes cut up: what stands before the first item, the items, the sentence that closes the meeting and the rest."""

    head: tuple[Paragraph, ...]
    items: tuple[Section, ...]
    after: tuple[Paragraph, ...]


def sections_of(paragraphs: Sequence[Paragraph]) -> Sections:
    """Cut the paragraphs of minutes at the headings of items and at the close of the meeting."""
    headings = _chosen(paragraphs)
    end = _end(paragraphs, headings)
    starts = [i for i in sorted(headings) if i < end]
    head = paragraphs[: starts[0]] if starts else paragraphs[:end]
    ends = [*starts[1:], end][: len(starts)]
    items = [_section(headings[i], paragraphs[i + 1 : until]) for i, until in zip(starts, ends, strict=True)]
    return Sections(tuple(head), tuple(items), tuple(paragraphs[end:]))


def _section(heading: Heading, body: Sequence[Paragraph]) -> Section:
    """The item; a title that goes on in a second emphasised paragraph is not put together here."""
    words, agenda = minute_words(), None
    behind = first_match(words.agenda_item_behind, heading.title.text)
    if behind:
        agenda = behind["number"]
        heading = msgspec.structs.replace(heading, title=heading.title.part(0, behind.start()))
    if body and (match := first_match(words.agenda_item, body[0].text)):
        agenda, body = match["number"], body[1:]
    if heading.rest.text:
        body = [_following(heading), *body]
    return Section(heading, agenda, tuple(body))


def _following(heading: Heading) -> Paragraph:
    """The text that stands behind a title in the same paragraph."""
    return msgspec.structs.replace(
        Paragraph.plain(""),
        passage=heading.rest,
        left=heading.paragraph.left,
        page=heading.paragraph.page,
        tail=heading.paragraph.tail,
        tail_left=heading.paragraph.tail_left,
    )


def _chosen(paragraphs: Sequence[Paragraph]) -> dict[int, Heading]:
    """The headings of items by their place: of the strongest kind that is numbered in order, else unnumbered ones."""
    points = _points_of_decisions(paragraphs)
    found = {i: h for i, p in enumerate(paragraphs) if i not in points and (h := _heading(p)) is not None}
    for strength in ("bold", "underlined", "capitals", "run-in", "plain"):
        numbered = {i: h for i, h in found.items() if h.strength == strength and h.number}
        kept = _in_order(numbered)
        if len(kept) >= (3 if strength == "plain" else 2):
            return kept
    return _unnumbered(paragraphs, found) or _only_one(found)


def _only_one(found: dict[int, Heading]) -> dict[int, Heading]:
    """The single numbered heading of minutes with one item."""
    numbered = {i: h for i, h in found.items() if h.number and h.strength not in ("plain", "run-in")}
    return numbered if len(numbered) == 1 else {}


def _points_of_decisions(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbered points of decisions, which may be as bold as titles."""
    return {
        i
        for formal in formal_decisions(paragraphs)
        for i in range(formal.first + 1, formal.behind)
        if paragraphs[i].label.printed
    }


def _in_order(numbered: dict[int, Heading]) -> dict[int, Heading]:
    """The headings whose numbers are of the commonest form and rise; none where they do not."""
    forms = Counter(h.number.form for h in numbered.values() if h.number)
    for form, _ in sorted(forms.items(), key=lambda f: (-f[1], f[0] == "dec")):
        kept: dict[int, Heading] = {}
        last = None
        one_form = {i: h for i, h in numbered.items() if h.number and h.number.form == form}
        for i, heading in one_form.items():
            assert heading.number is not None
            value = heading.number.value
            if last is None or last <= value <= last + _FURTHEST or form in ("slash", "code"):
                kept[i], last = heading, value
        if len(kept) >= max(2, _RISING * len(one_form)):
            return kept
    return {}


def _unnumbered(paragraphs: Sequence[Paragraph], found: dict[int, Heading]) -> dict[int, Heading]:
    """Emphasised lines of the first look that heads text behind the names of those present."""
    words = minute_words()
    names = tuple(label for role in words.attendance for label in role.labels)
    heads = (i for i, p in enumerate(paragraphs) if is_label(names, p.text) or label_length(names, p.text))
    last_of_head = next(iter(heads), -1)
    kept = {
        i: h
        for i, h in found.items()
        if i > last_of_head
        and not h.number
        and h.strength != "plain"
        and not is_label(names if last_of_head >= 0 else (*names, *words.own_titles), h.title.text)
    }
    if not kept:
        return {}
    first = next(iter(kept.values())).strength
    same = {i: h for i, h in kept.items() if h.strength == first}
    capitals = {i: h for i, h in same.items() if h.paragraph.look.capitals}
    return capitals if len(capitals) >= _MANY and next(iter(same)) in capitals else same


def _heading(paragraph: Paragraph) -> Heading | None:
    """The paragraph as a heading; None where it can be none."""
    text = paragraph.text
    if paragraph.right or not re.search(r"[^\W\d_]{2}", text) or opens_decision(paragraph.body.text):
        return None
    number = item_number(text)
    start = number.length if number else 0
    title = paragraph.passage.part(start)
    if not title.text or opens_decision(title.text):
        return None
    if number is None and is_label(minute_words().not_items, title.text):
        return None
    strength = _strength(paragraph, title)
    if strength == "run-in":
        return _run_in(paragraph, number, start)
    if strength == "plain":
        return _plain(paragraph, number, title)
    if len(title.text.split()) > LONGEST_TITLE or title.text[:1].islower():
        return None
    return Heading(paragraph, number, _bare(title), Passage(""), strength)


def _strength(paragraph: Paragraph, title: Passage) -> str:
    if paragraph.look.bold:
        return "bold"
    if paragraph.look.underlined or title.emphasised(0, len(title.text)):
        return "underlined"
    if paragraph.look.capitals and sum(ch.isalpha() for ch in title.text) >= 4:
        return "capitals"
    if paragraph.lead - (len(paragraph.text) - len(title.text)) > 3:
        return "run-in"
    return "plain"


def _run_in(paragraph: Paragraph, number: ItemNumber | None, start: int) -> Heading | None:
    """A bold title at the head of a paragraph whose text goes on behind it."""
    title = paragraph.passage.part(start, paragraph.lead)
    if len(title.text.split()) > _LONGEST_PLAIN or not (
        number or title.text.rstrip().endswith((":", "–", "-", "."))
    ):
        return None
    rest = paragraph.passage.part(paragraph.lead)
    gap = re.match(r"[\s:;.–—-]+", rest.text)
    return Heading(paragraph, number, _bare(title), rest.part(gap.end()) if gap else rest, "run-in")


def _plain(paragraph: Paragraph, number: ItemNumber | None, title: Passage) -> Heading | None:
    """A numbered title without emphasis: a short line, or words before a colon."""
    if number is None or paragraph.text[:1] == "(" or not title.text[:1].isupper():
        return None
    cut = _RUN_IN.search(title.text)
    if cut and 0 < len(title.text[: cut.start()].split()) <= _LONGEST_PLAIN:
        strength = "capitals" if title.text[: cut.start()].isupper() else "plain"
        return Heading(paragraph, number, title.part(0, cut.start()), title.part(cut.end()), strength)
    if len(title.text.split()) > _LONGEST_PLAIN or folded(title.text).rstrip().endswith((".", ";", ",")):
        return None
    return Heading(paragraph, number, _bare(title), Passage(""), "plain")


def _bare(title: Passage) -> Passage:
    """The title without a colon or a dash at its end."""
    return title.part(0, len(title.text.rstrip(" :–—-")))


def _end(paragraphs: Sequence[Paragraph], headings: dict[int, Heading]) -> int:
    """Where the minutes end: at the close of the meeting, unless numbered items go on behind it, or at an appendix."""
    words = minute_words()
    numbered = any(h.number for h in headings.values())
    for i, paragraph in enumerate(paragraphs):
        later = [j for j in headings if j > i]
        if numbered and later:
            continue
        if i in headings or (headings and i < min(headings)):
            continue
        said = unspaced(folded(paragraph.text))
        if first_match(words.closed, said) or first_match(words.after_the_end, said):
            return i
    return len(paragraphs)
