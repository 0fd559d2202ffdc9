"""The parts of a decision: a list of numbered paragraphs, a list inside one paragraph, or one text with its bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.nlp.minutes.numbers import NO_LABEL, Label, follows, label_of, opens_list
from pipeline.nlp.minutes.openers import opens_decision
from pipeline.nlp.minutes.paragraphs import Paragraph
from pipeline.passages import Passage

_INLINE = re.compile(
    r"(?:(?<=[:;,.–-])|(?<=\band)|(?<=\bthat)|(?<=\bto)|^)\s*"
    r"(?P<label>\((?:[a-z]{1,2}|\d{1,2}|[ivx]{1,5})\)|(?:[a-z]|\d{1,2}|[ivx]{1,5})[.)])(?=\s)"
)
_THAT = re.compile(r"\W*(?:T\s?H\s?A\s?T|That|that)\b")
_OPEN_END = re.compile(
    r"(?:[:–-]|\b(?:that|to|that the|[Cc]abinet|[Cc]ommittee|[Cc]ouncil|following|members?))\W*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[;,.]?\s+(?:and|or|and/or)\s*[;,]?\s*$|;\s*$")
_LIST_HEAD = re.compile(r"(?:in addition|further|also)\b.{0,40}:\s*$", re.IGNORECASE)
_OUTDENT = 3.0  # points


class Part(msgspec.Struct, frozen=True):
    """One part of a decision without its label."""

    passage: Passage
    ref: str | None = None


class Parts(msgspec.Struct, frozen=True):
    """The parts of a decision, the words before them, and how many of the paragraphs behind were used."""

    parts: tuple[Part, ...]
    lead: str = ""
    used: int = 0


def parts_of(first: Passage, opener: Paragraph, following: Sequence[Paragraph]) -> Parts:
    """The parts of a decision whose words begin with `first` in the paragraph `opener` and may go on below.

    Numbered and lettered points are parts of their own; bullets are so only where no words stand before them.
    """
    label = label_of(first.text)
    if label.printed and opens_list(label):
        _head, rest = Passage(""), _Points(label, first.part(label.length))
        used = rest.take(following, opener)
        return Parts(_inline(rest.parts()), "", used)
    inline = _inline((Part(first),))
    if len(inline) > 1:
        points = _Points(label_of(f"{inline[-1].ref} x"), inline[-1].passage)
        used = points.take(following, opener)
        return Parts((*inline[:-1], *points.parts()), _lead(first, inline), used)
    if first.text and not _OPEN_END.search(first.text) and not _list_starts(following, opener):
        return Parts((Part(_ended(first)),))
    return _below(first, opener, following)


def _lead(first: Passage, inline: Sequence[Part]) -> str:
    return (
        first.text[: first.text.find(inline[0].passage.text)].strip()
        if inline[0].passage.text in first.text
        else ""
    )


def _list_starts(following: Sequence[Paragraph], opener: Paragraph) -> bool:
    """Whether lettered points begin directly below, further in than the paragraph that opens the decision."""
    if not following:
        return False
    label = following[0].label
    inside = following[0].left > opener.left + _OUTDENT
    return label.style in ("letter", "roman", "digit") and opens_list(label) and inside


def _below(first: Passage, opener: Paragraph, following: Sequence[Paragraph]) -> Parts:
    """The list in the paragraphs below, behind words that lead to it or none."""
    lead, skipped = first, 0
    own_words = _has_own_words(first.text)
    if not own_words and following and not following[0].label.printed and not _stops(following[0], opener):
        if not (_OPEN_END.search(following[0].text) or following[0].text.rstrip().endswith(":")):
            return _unlabelled(following, opener)
        lead, skipped = following[0].passage, 1
        own_words = _has_own_words(lead.text)
    rest = following[skipped:]
    if not rest or (not opens_list(rest[0].label) and not _is_subheading(rest, 0)):
        return Parts((Part(_ended(lead)),) if lead.text else (), "", skipped)
    start = next((i for i, p in enumerate(rest[:3]) if opens_list(p.label)), None)
    if start is None:
        return Parts((Part(_ended(lead)),) if lead.text else (), "", skipped)
    points = _Points(rest[start].label, rest[start].body, rest[start])
    used = points.take(rest[start + 1 :], opener)
    if rest[start].label.style == "bullet" and own_words:
        whole = Passage.joined([lead, *(p.passage for p in rest[start : start + 1 + used])], gap=" ")
        return Parts((Part(whole),), "", skipped + start + 1 + used)
    return Parts(points.parts(), lead.text, skipped + start + 1 + used)


def _has_own_words(lead: str) -> bool:
    """Whether words before a list say something that its points alone do not: more than who decides."""
    return len(re.sub(r"[^\w\s]", " ", lead).split()) > 6


def _unlabelled(following: Sequence[Paragraph], opener: Paragraph) -> Parts:
    """A decision printed in the paragraph below its opening word, and those after it that begin with "That"."""
    parts = [Part(_ended(following[0].passage))]
    for paragraph in following[1:]:
        if not _THAT.match(paragraph.text) or _stops(paragraph, opener):
            break
        parts.append(Part(_ended(paragraph.passage)))
    return Parts(tuple(parts), "", len(parts))


def _stops(paragraph: Paragraph, opener: Paragraph) -> bool:
    """Whether a paragraph cannot belong to a decision opened before it."""
    outside = paragraph.left < opener.left - _OUTDENT and paragraph.page == opener.page
    heads = paragraph.look.bold and not (opener.look.bold or opener.lead)
    return heads or paragraph.right or outside or opens_decision(paragraph.body.text)


def _is_subheading(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a short unlabelled paragraph only heads the points below it."""
    paragraph = paragraphs[i]
    if paragraph.label.printed or i + 1 >= len(paragraphs) or not paragraphs[i + 1].label.printed:
        return False
    return paragraph.look.emphasised or bool(_LIST_HEAD.match(paragraph.text))


class _Points:
    """Gathers the points of one list; points of another list inside go to the point that they stand under."""

    def __init__(self, label: Label, body: Passage, first: Paragraph | None = None) -> None:
        self.label = label
        self.first = first
        self.refs = [label.printed]
        self.texts: list[list[Passage]] = [[body]]

    def take(self, following: Sequence[Paragraph], opener: Paragraph) -> int:
        """Take the paragraphs that go on with the list; how many of `following` were used."""
        used = 0
        inner: Label = NO_LABEL
        for i, paragraph in enumerate(following):
            label = paragraph.label
            if follows(label, self.label) and not _stops(paragraph, opener) and not self._is_other(paragraph):
                self.label, inner = label, NO_LABEL
                self.refs.append(label.printed)
                self.texts.append([paragraph.body])
            elif (
                label.printed
                and (opens_list(label) or follows(label, inner))
                and not _stops(paragraph, opener)
            ):
                inner = label
                self.texts[-1].append(paragraph.passage)
            elif not (_is_subheading(following, i) and follows(following[i + 1].label, self.label)):
                return used
            used = i + 1
            if paragraph.tail.text:
                return used
        return used

    def _is_other(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph stands further left than the first point, or is bold as that is not."""
        if self.first is None:
            return False
        return paragraph.left < self.first.left - 2 * _OUTDENT or (
            paragraph.look.bold and not self.first.look.bold
        )

    def parts(self) -> tuple[Part, ...]:
        """The points, each one text."""
        return tuple(
            Part(_ended(Passage.joined(texts, gap=" ")), ref)
            for ref, texts in zip(self.refs, self.texts, strict=True)
        )


def _inline(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """A single part cut at the numbers of a list printed inside it; else the parts as they are."""
    if len(parts) != 1:
        return parts
    passage, ref = parts[0].passage, parts[0].ref
    before = label_of(f"{ref} x") if ref else NO_LABEL
    found: list[tuple[re.Match[str], Label]] = []
    for match in _INLINE.finditer(passage.text):
        label = label_of(match["label"] + " ")
        if (opens_list(label) and not found and not ref) or follows(label, found[-1][1] if found else before):
            found.append((match, label))
    if len(found) + bool(ref) < 2:
        return parts
    ends = [*(match.start() for match, _ in found[1:]), len(passage.text)]
    cut = [
        Part(_ended(passage.part(match.end(), end)), label.printed)
        for (match, label), end in zip(found, ends, strict=True)
    ]
    return (Part(_ended(passage.part(0, found[0][0].start())), ref), *cut) if ref else tuple(cut)


def _ended(passage: Passage) -> Passage:
    """The text without the semicolon and the "and" that lead to the next part."""
    match = _JOINT.search(passage.text)
    return passage.part(0, match.start()) if match else passage
