"""Laws 1, 2, 3 and 6 over the whole reading: no word lost, evidence for every value, the same again, doubt said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.shapes import Document
from pipeline.flow import understand
from pipeline.records import Paper, Recommendation
from pipeline.understanding.trackers import sort_tables

MakeDocument = Callable[..., Document]

SUBJECTS = ["Recommendation", "Recommendations", "Action", "Recommendation and rationale"]
ANSWERS = [
    "Response", "Cabinet response", "Decision", "Action", "Actions taken", "Progress", "Update", "Latest position",
    "Status", "RAG", "Lead officer", "Owner", "Cabinet member", "Timescale", "Target date", "Revised date",
    "Completed", "Priority", "Comments", "Outcome", "Resources", "Evidence of success", "Committee", "Supported by",
]  # fmt: skip
TEMPLATES = [
    "{}", "{} {}", "{}\n{}", "{}\n\n{}", "{}. {}", "{}, {} and {}", "{} / {}", "{}; {}", "({})", "“{}”", "{}:", "– {}",
    "• {}\n\n• {}", "1. {}", "a) {}\n\nb) {}", "Agreed. {}", "{} agreed in part", "Not accepted: {}", "Response: {}",
    "Response: {}\n\nAction: {}", "Update\n\n{}", "{}\n\nUpdate – {}", "Actions:\n{}", "March 2016 {}", "{} by 4 May",
    "31 June {}", "Ongoing {}", "Ongoing", "Complete", "Completed {}", "In progress – {}", "Green", "Amber {}", "Red",
    "Head of {}", "Head of {} and {}", "Jane {}", "Councillor {}", "{} (support)", "Lead: {}", "High", "N/A", "N/A {}",
    "TBC", "see recommendation 2 {}", "Recommendation 3: {}", "R4 {}", "(paragraph 4.2) {}", "{} {} {} {} {} {}",
]  # fmt: skip
SECTIONS = ["{}", "Theme 1: {}", "{} and {}"]


class Drawn(msgspec.Struct, frozen=True):
    """Rows of a tracker, page by page."""

    pages: list[list[list[str]]]


def word(number: int) -> str:
    """A word that stands nowhere else and in no list of words."""
    letters = "bcdfghjklm"
    return ("Qu" if number % 3 == 0 else "qu") + "".join(letters[int(digit)] for digit in str(number)) + "z"


@st.composite
def trackers(draw: st.DrawFn) -> Drawn:
    """Trackers with usual headings in any order, odd cells, section rows, rows without a first cell, page ends."""
    count = iter(range(1000))

    def text(templates: list[str]) -> str:
        template = draw(st.sampled_from(templates))
        return template.format(*(word(next(count)) for _ in range(template.count("{}"))))

    others = draw(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5, unique=True))
    headings = draw(st.permutations([draw(st.sampled_from(SUBJECTS)), *others]))
    if draw(st.booleans()):
        headings = ["No.", *headings]
    body = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        kind = draw(st.sampled_from(["row", "row", "row", "sub-row", "section"]))
        if kind == "section":
            body.append([text(SECTIONS)])
            continue
        row = [text(TEMPLATES) if draw(st.integers(0, 4)) else "" for _ in headings]
        if kind == "sub-row":
            row[0] = ""
        elif headings[0] == "No.":
            row[0] = str(number)
        body.append(row)
    cut = draw(st.integers(0, len(body)))
    again = [list(headings)] if draw(st.booleans()) else []
    pages = [[list(headings), *body[:cut]], [*again, *body[cut:]]]
    return Drawn([page for page in pages if page])


def texts_of(one: Recommendation) -> Iterator[str]:
    """Everything printed that a recommendation keeps."""
    yield from (text for text in (one.text, one.ref, one.title, one.section, one.priority) if text)
    yield from (stated.words for stated in (one.decision, one.status) if stated)
    if one.rag:
        yield one.rag.label
    for segment in one.segments:
        yield from (segment.marker, segment.text)
    yield from (owner.printed for owner in one.owners)
    yield from (deadline.words for deadline in one.deadlines)
    yield from one.fields.values()


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def kept(paper: Paper) -> Counter[str]:
    """How often each word stands in a field or in the account of what is in none."""
    fields = [text for one in paper.recommendations for text in texts_of(one)]
    return Counter(token for text in [*fields, *(u.words for u in paper.unassigned)] for token in tokens(text))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(trackers())
def test_every_word_of_a_tracker_is_in_a_field_or_among_the_unassigned(
    document: MakeDocument, drawn: Drawn
) -> None:
    made = document(*drawn.pages)
    found = understand(made)
    printed = Counter(
        token
        for tracker in sort_tables(made).trackers
        for one in tracker.table.words
        for token in tokens(one.text)
    )
    lost = printed - kept(found)
    assert not lost
