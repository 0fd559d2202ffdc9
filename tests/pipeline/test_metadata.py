"""What title blocks say: titles, councils, committees, dates and people, each with where it is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.shapes import Box, Cell, Line, Place, Word
from pipeline.knowledge.vocabulary import KnowledgeError, MetadataWords, heading_words, read, word_lists
from pipeline.metadata import FrontMatter, read_metadata, take_apart
from pipeline.metadata.bodies import find_committees, find_councils
from pipeline.metadata.front import parted
from pipeline.records import Metadata

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "metadata.json").read_text(encoding="utf-8")
)
WIDTH = 500.0
LEFT = 40.0


def typeset(text: str, size: float, bold: bool, top: float, page: int = 1) -> Line:
    """A line as a page would hold it: `**…**` is bold, each further space moves on by half a letter's height."""
    words, x, heavy = list[Word](), LEFT, bold
    for piece in text.split(" "):
        if not piece:
            x += size
            continue
        heavy = heavy or piece.startswith("**")
        letters = piece.replace("**", "")
        wide = 0.5 * size * len(letters)
        words.append(Word(letters, Box(x, top, x + wide, top + size), page, size, heavy))
        x += wide + 0.25 * size
        heavy = bold if piece.endswith("**") else heavy
    return Line(tuple(words), opens=True)


def block(lines: list[list[Any]], top: float = 50.0) -> tuple[Line, ...]:
    out = []
    for text, size, bold in lines:
        out.append(typeset(text, size, bold, top))
        top += 1.4 * size
    return tuple(out)


def cell(text: str, top: float) -> Cell:
    line = typeset(text, 11, False, top)
    return Cell(0, 0, (line,), (Place(1, line.box),))


def front_of(case: dict[str, Any]) -> FrontMatter:
    forms = tuple(
        (cell(label, 200 + 15 * i), cell(value, 200 + 15 * i))
        for i, (label, value) in enumerate(case.get("forms", []))
    )
    texts = tuple((typeset(text, 11, False, 400 + 15 * i),) for i, text in enumerate(case.get("body", [])))
    return FrontMatter(
        block(case["lines"]), forms, block(case.get("furniture", []), 20.0), texts, WIDTH, 11.0
    )


def said(metadata: Metadata, field: str) -> object:
    """A field as the cases write it."""
    if field == "date":
        return [metadata.date.earliest, metadata.date.latest] if metadata.date else None
    if field == "lead_officers":
        return [officer.name for officer in metadata.lead_officers]
    if field == "other_dates":
        return [[other.what, other.date.earliest] for other in metadata.other_dates]
    return getattr(metadata, field)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_a_title_block_says_what_it_says_and_no_more(case: dict[str, Any]) -> None:
    metadata = read_metadata(take_apart(front_of(case)))
    assert {field: said(metadata, field) for field in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_every_value_shows_where_it_is_printed(case: dict[str, Any]) -> None:
    metadata = read_metadata(take_apart(front_of(case)))
    fields = ("title", "subtitle", "council", "committee", "review", "stage", "cabinet_member", "date")
    for field in fields:
        assert (getattr(metadata, field) is None) == (field not in metadata.evidence)
    assert bool(metadata.lead_officers) == ("lead_officers" in metadata.evidence)


def test_an_officer_keeps_whom_they_speak_for() -> None:
    line = [["Lead Officer: Ada Marsh (on behalf of OCC) / Ben Oak", 11, False]]
    officers = read_metadata(take_apart(FrontMatter(block(line), width=WIDTH, body_size=11.0))).lead_officers
    assert [(o.name, o.on_behalf_of) for o in officers] == [("Ada Marsh", "OCC"), ("Ben Oak", None)]


def test_a_line_is_parted_only_where_a_label_follows_the_gap() -> None:
    two = typeset("Committee: Roads          Date: 3 May 2026", 11, False, 10)
    one = typeset("Committee:          Roads Scrutiny Panel", 11, False, 10)
    assert [line.text for line in parted(two)] == ["Committee: Roads", "Date: 3 May 2026"]
    assert parted(one) == (one,)


def test_a_line_is_parted_at_bars_which_fall_away() -> None:
    line = typeset("Roads Scrutiny Panel, 3 May 2026 | Contact: Ada Marsh", 11, False, 10)
    assert [part.text for part in parted(line)] == ["Roads Scrutiny Panel, 3 May 2026", "Contact: Ada Marsh"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We ask that Oakshire County Council take the lead", ["Oakshire County Council"]),
        ("the Royal Borough of Ash and Elmley agreed", ["Royal Borough of Ash and Elmley"]),
        ("Response of the Cabinet of Elmley City Council", ["Elmley City Council"]),
        ("That Council work with schools", []),
        ("Council Tax and Council House repairs", []),
        ("Chair of the Parish Council", []),
        ("the Medical Research Council", []),
    ],
)
def test_councils_are_named_without_the_words_around_them(text: str, names: list[str]) -> None:
    assert [named.name for named in find_councils(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Update to the Overview and Scrutiny Committee", ["Overview and Scrutiny Committee"]),
        ("Tracker – Health, Housing & Care Select Committee", ["Health, Housing & Care Select Committee"]),
        ("Review of Parking by the Roads Scrutiny Panel", ["Roads Scrutiny Panel"]),
        ("Report of the Empty Homes Task and Finish Group", ["Empty Homes Task and Finish Group"]),
        ("To: Chairman, Roads Scrutiny Panel", ["Roads Scrutiny Panel"]),
        ("Councillor Ada Thorne, Vice-Chair, Roads Scrutiny Panel", ["Roads Scrutiny Panel"]),
        ("ROADS SCRUTINY COMMITTEE", ["ROADS SCRUTINY COMMITTEE"]),
        ("the Committee agreed", []),
        ("Committees of the council", []),
        ("Safeguarding Board", []),
    ],
)
def test_committees_are_named_without_the_words_around_them(text: str, names: list[str]) -> None:
    assert [named.name for named in find_committees(text)] == names


def test_a_refused_knowledge_file_names_itself_and_the_key(tmp_path: Path) -> None:
    file = tmp_path / "metadata.yml"
    file.write_text("labels:\n  - role: hat\n    patterns: [x]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"metadata\.yml.*hat.*labels"):
        read(file, MetadataWords)


def test_a_missing_knowledge_file_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"no_such_file\.yml"):
        word_lists("no_such_file")


def test_no_heading_names_two_fields() -> None:
    words = [word for field in heading_words().fields for word in field.words]
    assert len(words) == len(set(words))


def test_the_papers_with_truth_say_what_the_truth_says(shared: Path) -> None:
    document = pytest.importorskip("extract.document")
    limits = pytest.importorskip("extract.limits").Limits()
    from pipeline.headings import find_header, is_tracker
    from pipeline.metadata import front_matter

    for name, gold in (("merton-action-plan-2016", "merton"), ("bucks-progress-update-2015", "bucks")):
        truth = json.loads((shared / "papers" / f"{gold}.json").read_text(encoding="utf-8"))["metadata"]
        paper = document.read(shared / "papers" / "pdf" / f"{name}.pdf", limits)
        found = [(t, h) for t in paper.tables if (h := find_header(t.grid())) and is_tracker(h.headings, [])]
        metadata = read_metadata(
            take_apart(front_matter(paper, range(1, 99), found[0][0], found[0][1].index))
        )
        assert (metadata.title, metadata.subtitle) == (truth["title"], truth["subtitle"])
        assert (metadata.committee, metadata.cabinet_member) == (truth["committee"], truth["cabinet_member"])
        assert [officer.name for officer in metadata.lead_officers] == truth["lead_officers"]
        assert metadata.date is not None
        assert (metadata.date.earliest, metadata.date.latest) == (
            truth["date"]["start"],
            truth["date"]["end"],
        )
        assert [o.date.earliest for o in metadata.other_dates] == [d["start"] for d in truth["other_dates"]]
