"""What a model is taught with: the cases of tests/ and the sentences of samples, with the parties that act or own in them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from benchmarks.places import REPOSITORY, SAMPLES
from benchmarks.truth import known_papers
from pipeline.knowledge.agents import agent_words, plural

CASES = REPOSITORY / "tests" / "cases"
COPIES = 6  # of each sentence, its parties exchanged for others: a model must learn the place, not the name
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_LONGEST = 60  # words of a sentence

Label = Literal["ACTS", "OWNS"]


class Lesson(msgspec.Struct, frozen=True):
    """A text and where in its letters parties stand, in order."""

    text: str
    spans: tuple[tuple[int, int, Label], ...]


def lessons() -> list[Lesson]:
    """All that may be learned from: nothing of it is held out."""
    return [*_acting_cases(), *_owner_cases(), *_sentences_of_samples()]


def varied(known: Sequence[Lesson], seed: int = 0) -> list[Lesson]:
    """The lessons and copies of those with acting parties, in which other common nouns stand in for these."""
    chance = random.Random(seed)
    copies = [_with_others(lesson, chance) for lesson in known for _ in range(COPIES)]
    return [*known, *(copy for copy in copies if copy)]


def _acting_cases() -> Iterator[Lesson]:
    for case in json.loads((CASES / "entities.json").read_text("utf8")):
        yield _lesson(case["text"], case["acting"], "ACTS")


def _owner_cases() -> Iterator[Lesson]:
    for case in json.loads((CASES / "owners.json").read_text("utf8"))["cells"]:
        text = case["text"] if "text" in case else "\n".join(case["lines"])
        yield _lesson(text, [owner["name"] for owner in case["expect"]], "OWNS")


def _sentences_of_samples() -> Iterator[Lesson]:
    """Sentences of the answers; a party that acts somewhere in a recommendation counts wherever it is named there."""
    for paper in known_papers(SAMPLES):
        for rec in paper.truth.recommendations:
            names = [spelling for e in rec.entities or () if e.acting for spelling in e.names]
            for segment in rec.segments:
                for sentence in _SENTENCE.split(segment.text):
                    if len(sentence.split()) <= _LONGEST:
                        yield _lesson(sentence, names, "ACTS")
            yield from (_lesson(owner, [owner], "OWNS") for owner in rec.owners)


def _lesson(text: str, names: Sequence[str], label: Label) -> Lesson:
    spans: list[tuple[int, int, Label]] = []
    for name in sorted(filter(None, names), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            if all(match.end() <= start or end <= match.start() for start, end, _ in spans):
                spans.append((match.start(), match.end(), label))
    return Lesson(text, tuple(sorted(spans)))


def _with_others(lesson: Lesson, chance: random.Random) -> Lesson | None:
    """The lesson with other names; None where nobody acts in it."""
    if not any(label == "ACTS" for *_, label in lesson.spans):
        return None
    text, spans, at = "", list[tuple[int, int, Label]](), 0
    for start, end, label in lesson.spans:
        text += lesson.text[at:start]
        name = _other_name(lesson.text[start:end], chance)
        spans.append((len(text), len(text) + len(name), label))
        text, at = text + name, end
    return Lesson(text + lesson.text[at:], tuple(spans))


def _other_name(name: str, chance: random.Random) -> str:
    words: Any = agent_words()
    noun = chance.choice(words.people + words.bodies)
    if chance.random() < 0.3:
        noun = f"{chance.choice(words.modifiers)} {noun}"
    if name.endswith("s"):
        noun = plural(noun)
    return noun[:1].upper() + noun[1:] if name[:1].isupper() else noun
