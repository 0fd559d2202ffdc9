"""Rules and a trained model on sentences that neither has seen: who acts, and who owns."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

import pipeline.knowledge
import pipeline.nlp
from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.lessons import Lesson, lessons
from benchmarks.model import trained
from benchmarks.places import REPOSITORY
from pipeline.nlp.entities import find_entities
from pipeline.nlp.owner_cells import read_owners
from pipeline.nlp.tokens import read_tokens
from pipeline.passages import Passage

HELD_OUT = REPOSITORY / "benchmarks" / "held_out.json"
REPEATS = 5
KNOWLEDGE = ("acting", "agents", "owners", "given_names")
RULES = ("acting", "agents", "clauses", "entities", "mentions", "names", "tokens", "verbs", "owner_cells", "owner_joining", "owner_pieces", "owner_runs")  # fmt: skip

Names = frozenset[str]
Reader = Callable[[str], Names]


class Unseen(msgspec.Struct, frozen=True):
    """A held-out text and the parties that act in it, or own by it, in small letters."""

    text: str
    parties: Names


class Counts(msgspec.Struct, frozen=True):
    """How many parties were right, spurious and missed."""

    right: int
    spurious: int
    missed: int

    @property
    def f1(self) -> float:
        """2TP / (2TP + FP + FN)."""
        return 2 * self.right / max(1, 2 * self.right + self.spurious + self.missed)


def unseen() -> Chapter:
    """Precision, recall, F1, size and speed of both on the held-out texts, and which of them reads papers."""
    sentences, cells = held_out()
    known = lessons_beside(sentences + cells)
    started = time.process_time()
    model = trained(known)
    taught = time.process_time() - started
    acts, owns = _of_model(model, "ACTS"), _of_model(model, "OWNS")
    readers: dict[str, tuple[Reader, Reader]] = {
        "rules": (acting_by_rules, owners_by_rules),
        "trained model": (acts, owns),
        "rules or model": (
            lambda text: acting_by_rules(text) | acts(text),
            lambda text: owners_by_rules(text) | owns(text),
        ),
        "rules and model": (
            lambda text: acting_by_rules(text) & acts(text),
            lambda text: owners_by_rules(text) & owns(text),
        ),
    }
    scored = {name: (counted(a, sentences), counted(o, cells)) for name, (a, o) in readers.items()}
    rows = [_row(f"{name}, {what}", counts) for what, i in (("who acts", 0), ("owners", 1)) for name, both in scored.items() for counts in (both[i],)]  # fmt: skip
    return Chapter(
        "Rules and a trained model",
        [
            _told(len(sentences), len(cells), len(known), taught),
            Table(("on unseen texts", "precision", "recall", "F1", "right", "spurious", "missed"), rows),
            _costs(model, sentences),
            _verdict({name: both[0].f1 for name, both in scored.items()}),
        ],
        [_claim(scored["rules"][0], scored["trained model"][0])],
    )


def _told(sentences: int, cells: int, known: int, taught: float) -> str:
    return (
        f"{sentences} sentences and {cells} owners' cells are held out (`benchmarks/held_out.json`). They were written by "
        "the hand that then wrote the rules for common nouns, before these rules and before any output was seen; nothing "
        "is tuned to them and nothing trained on them. The model is spaCy's `ner` with a small convolutional network, "
        f"taught {known} texts in {taught:.0f} s of CPU (`benchmarks/lessons.py`: the language cases of `tests/cases` and "
        "the sentences of the samples, also with other names in the places of those that act)."
    )


def held_out() -> tuple[list[Unseen], list[Unseen]]:
    """The held-out sentences and cells."""
    raw = json.loads(HELD_OUT.read_text("utf8"))
    sentences = [Unseen(one["text"], _names(one["acting"])) for one in raw["sentences"]]
    return sentences, [Unseen(one["text"], _names(one["owners"])) for one in raw["cells"]]


def lessons_beside(texts: Sequence[Unseen]) -> list[Lesson]:
    """All lessons but those whose text is a held-out one: 'Town Clerk' stands in many a cell."""
    kept_out = {_folded(one.text) for one in texts}
    return [lesson for lesson in lessons() if _folded(lesson.text) not in kept_out]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def acting_by_rules(text: str) -> Names:
    """Who acts in a text, by the rules that read papers."""
    return _names([one.name for one in find_entities([("update", Passage.plain(text))]) if one.acting])


def owners_by_rules(text: str) -> Names:
    """Who owns by a cell, by the rules that read papers."""
    return _names([one.name for one in read_owners(Passage.plain(text))])


def counted(read: Reader, texts: Sequence[Unseen]) -> Counts:
    """What a reader makes of texts."""
    given = [(read(one.text), one.parties) for one in texts]
    return Counts(
        sum(len(found & wanted) for found, wanted in given),
        sum(len(found - wanted) for found, wanted in given),
        sum(len(wanted - found) for found, wanted in given),
    )


def _of_model(model: Any, label: str) -> Reader:
    return lambda text: _names([span.text for span in model(text).ents if span.label_ == label])


def _names(names: Sequence[str]) -> Names:
    return frozenset(name.casefold() for name in names)


def _row(name: str, counts: Counts) -> list[str]:
    given, wanted = counts.right + counts.spurious, counts.right + counts.missed
    shares = (counts.right / max(1, given), counts.right / max(1, wanted), counts.f1)
    return [name, *(f"{share:.3f}" for share in shares), str(counts.right), str(counts.spurious), str(counts.missed)]  # fmt: skip


def _costs(model: Any, sentences: Sequence[Unseen]) -> Table:
    """Kilobytes of what each has to be shipped with, and words a second of CPU."""
    rules = sum(_size(pipeline.knowledge, f"{name}.yml") for name in KNOWLEDGE)
    rules += sum(_size(pipeline.nlp, f"{name}.py") for name in RULES)
    size = len(model.to_bytes(exclude=["vocab", "tokenizer"]))
    speeds = [_speed(acting_by_rules, sentences), _speed(_of_model(model, "ACTS"), sentences)]
    rows = [["rules", f"{rules / 1000:,.0f}", f"{speeds[0]:,.0f}"], ["trained model", f"{size / 1000:,.0f}", f"{speeds[1]:,.0f}"]]  # fmt: skip
    return Table(("what it costs", "kilobytes", "words a second"), rows)


def _size(package: Any, name: str) -> int:
    return (Path(package.__path__[0]) / name).stat().st_size


def _speed(read: Reader, texts: Sequence[Unseen]) -> float:
    """Words a second of the best of several runs, no text remembered."""
    taken = []
    for _ in range(REPEATS):
        read_tokens.cache_clear()
        started = time.process_time()
        for one in texts:
            read(one.text)
        taken.append(time.process_time() - started)
    return sum(len(one.text.split()) for one in texts) / min(taken)


def _verdict(f1: dict[str, float]) -> str:
    best = max(f1, key=f1.__getitem__)
    if best == "rules":
        return (
            "The rules read papers and no model is shipped: they are right more often on text that nobody "
            "tuned them to, their mistakes can be followed to a word of a list, and they cost no training."
        )
    return (
        f"Most of those who act are found by: {best}. The rules read papers as long as this is not settled."
    )


def _claim(rules: Counts, model: Counts) -> Claim:
    return Claim(
        "the rules beside the trained model, F1 of who acts in unseen sentences",
        f"above the model's {model.f1:.3f}",
        f"{rules.f1:.3f}",
        rules.f1 > model.f1,
    )
