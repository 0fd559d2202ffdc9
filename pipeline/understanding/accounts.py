"""The account of a group's words (law 1): what went into no field of its recommendations is named, never dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.shapes import Box, Place
from pipeline.passages import Passage
from pipeline.records import Recommendation, Unassigned
from pipeline.understanding.groups import Group
from pipeline.understanding.label_names import label_field

_TOKEN = re.compile(r"[^\W_]+")
NOWHERE = Place(0, Box(0, 0, 0, 0))  # of a passage that was not read from a page


def left_over(group: Group, recommendations: Sequence[Recommendation]) -> tuple[Unassigned, ...]:
    """The words of a group's cells that stand in no field of what was read from it, one entry a run of words."""
    kept = Counter(_tokens(" ".join(text for one in recommendations for text in _texts(one))))
    passages = [passage for texts in group.texts for passage in texts.values()]
    if _holds(kept, Counter(_tokens("\n".join([passage.text for passage in passages])))):
        return ()  # as nearly all groups are
    out: list[Unassigned] = []
    for passage in passages:
        own = Counter(_tokens(passage.text))
        if _holds(kept, own):
            for word, count in own.items():  # "kept -= own" would go through all the kept words each time
                kept[word] -= count
        else:
            out += _runs(passage, kept)
    return tuple(out)


def _holds(kept: Counter[str], own: Counter[str]) -> bool:
    return all(kept[word] >= count for word, count in own.items())


def _tokens(text: str) -> list[str]:
    """Words for comparing: runs of letters and figures, so that punctuation between fields does not count."""
    return _TOKEN.findall(text.lower())


def _texts(one: Recommendation) -> Iterator[str]:
    """Every text of a recommendation that was printed."""
    stated = (one.decision, one.status)
    yield from (text for text in (one.ref, one.title, one.text, one.priority) if text)
    yield from (value.words for value in stated if value)
    yield from (one.rag.label,) if one.rag and one.rag.source == "word" else ()
    for segment in one.segments:
        yield from (segment.marker, segment.text)
    yield from (owner.printed for owner in one.owners)
    yield from (deadline.words for deadline in one.deadlines)
    yield from one.fields.values()


def _runs(passage: Passage, kept: Counter[str]) -> Iterator[Unassigned]:
    """Runs of a passage's words that are not among the kept ones; each kept word counts once."""
    run: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(passage.text.lower()):
        if kept[match.group()] > 0:
            kept[match.group()] -= 1
            if run:
                yield _unassigned(passage, run)
                run = []
        else:
            run.append(match.span())
    if run:
        yield _unassigned(passage, run)


def _unassigned(passage: Passage, run: Sequence[tuple[int, int]]) -> Unassigned:
    start, end = run[0][0], run[-1][1]
    evidence = passage.evidence(start, end)
    place = evidence.places[0] if evidence else NOWHERE
    words = passage.text[start:end]
    labels = passage.text.startswith(":", end) and label_field(words) is not None
    reason = "a label" if labels else "in no field of its recommendation"
    return Unassigned(words, reason, place.page, place.box)
