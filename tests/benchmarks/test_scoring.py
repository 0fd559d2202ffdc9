"""The benchmark's own measure: what counts as right, spurious and missed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from benchmarks.accuracy import f1
from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.likeness import alike, close, name, reference
from benchmarks.places import scorer
from benchmarks.scoring import Outcome, outcomes
from benchmarks.truth import KnownPaper, Truth, When, known_papers
from extract import Limits, sandbox
from pipeline.flow import understand
from pipeline.output import ReadLine, read_line

PAPERS = {paper.path.stem: paper for paper in known_papers(Path(__file__).parents[2] / "samples")}


@pytest.fixture(scope="module")
def paper() -> KnownPaper:
    return PAPERS["tillingbourne-revised-dates"]


@pytest.fixture(scope="module")
def line(paper: KnownPaper) -> ReadLine:
    return read_line(paper.path.name, understand(sandbox(Limits()).read(paper.path).document))


def counts(found: list[Outcome], field: str) -> Counter[str]:
    return Counter(one.verdict for one in found if one.field == field)


def changed(truth: Truth, **first: object) -> Truth:
    """The truth with other values in its first recommendation."""
    one, *others = truth.recommendations
    return msgspec.structs.replace(truth, recommendations=(msgspec.structs.replace(one, **first), *others))


def test_a_wrong_value_is_spurious_and_its_truth_missed(paper: KnownPaper, line: ReadLine) -> None:
    right = counts(outcomes(line, paper.truth), "status")["right"]
    found = outcomes(line, changed(paper.truth, status="paused"))
    assert counts(found, "status") == {"right": right - 1, "spurious": 1, "missed": 1}


def test_an_acceptable_value_is_right(paper: KnownPaper, line: ReadLine) -> None:
    was = paper.truth.recommendations[0].status
    found = outcomes(line, changed(paper.truth, status="paused", status_acceptable=(was,)))
    assert counts(found, "status") == counts(outcomes(line, paper.truth), "status")


def test_a_recommendation_that_was_not_found_is_missed_with_all_its_values(
    paper: KnownPaper, line: ReadLine
) -> None:
    fewer = msgspec.structs.replace(line, recommendations=line.recommendations[1:])
    found = outcomes(fewer, paper.truth)
    gone = paper.truth.recommendations[0]
    assert {one.verdict for one in found if one.where == gone.ref} == {"missed"}
    assert counts(found, "recommendation")["missed"] == 1
    assert counts(found, "owners")["missed"] == len(gone.owners)


def test_a_recommendation_that_is_not_in_the_truth_is_spurious(paper: KnownPaper, line: ReadLine) -> None:
    shorter = msgspec.structs.replace(paper.truth, recommendations=paper.truth.recommendations[1:])
    assert counts(outcomes(line, shorter), "recommendation")["spurious"] == 1


def test_every_value_that_claims_a_certainty_is_counted_with_it(paper: KnownPaper, line: ReadLine) -> None:
    told = {one.field for one in outcomes(line, paper.truth) if one.certainty}
    assert told == {"recommendation", "text", "status", "owners", "timeline", "segments"}


def test_f1_is_none_where_there_is_nothing_to_find() -> None:
    assert f1([]) is None
    assert f1([Outcome("text", "right", "1", "a"), Outcome("text", "missed", "2", "b")]) == pytest.approx(
        2 / 3
    )


@pytest.mark.parametrize("stem", sorted(PAPERS))
def test_our_measure_agrees_with_the_shared_scorer(stem: str, shared: Path) -> None:
    scoring = scorer("score_records")
    assert scoring is not None
    known = PAPERS[stem]
    read = read_line(known.path.name, understand(sandbox(Limits()).read(known.path).document))
    told = json.loads(msgspec.json.encode(read))
    theirs = scoring.score({known.path.name: told}, known.path.parent)[known.path.name]
    found = outcomes(read, known.truth)
    fields = {field for field in theirs if theirs[field].tp + theirs[field].fp + theirs[field].fn}
    ours = {field: counts(found, field) for field in fields}
    assert {f: (c["right"], c["spurious"], c["missed"]) for f, c in ours.items()} == {
        f: (theirs[f].tp, theirs[f].fp, theirs[f].fn) for f in fields
    }


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (When("2020-03-01", "2020-03-31"), When(None, "2020-03-31"), True),
        (When(None, "2020-03-31"), When("2020-03-01", "2020-03-31"), True),
        (When("2020-01-01", "2020-03-31"), When("2020-03-01", "2020-03-31"), False),
        (When("2020-03-01", "2020-03-31"), When("2020-03-01", "2020-04-30"), False),
        (When("2020-03-31", "2020-03-31"), When("2020-01-01", "2020-03-31"), False),
    ],
)
def test_of_a_deadline_or_a_month_the_end_counts(a: When, b: When, same: bool) -> None:
    assert close(a, b) is same


def test_names_and_references_are_compared_without_case_and_punctuation() -> None:
    assert name("The Head of  Parks.") == name("head of parks")
    assert reference("Recommendation 4a)") == reference("4A") == "4a"


def test_texts_are_the_same_but_for_a_few_letters() -> None:
    text = "That the Council keep the gate of every allotment open until the end of the day."
    assert alike(text, text.replace("keep", "keeps"))
    assert not alike(text, text.replace("every allotment", "the park"))


def test_a_truth_names_its_pages_as_those_of_the_file() -> None:
    pack = PAPERS["eastmere-agenda-pack"].truth.recommendations
    assert min(page for rec in pack for page in rec.pages) == 12


def test_a_chapter_is_markdown_with_figures_to_the_right() -> None:
    table = Table(("reader", "F1"), [("ours", "1.000"), ("another", "0.5")])
    claim = Claim("F1", "at least 0.9", "1.000", holds=True)
    assert str(Chapter("Tables", [table], [claim])) == (
        "## Tables\n\n"
        "| reader  |    F1 |\n"
        "| ------- | ----: |\n"
        "| ours    | 1.000 |\n"
        "| another |   0.5 |\n\n"
        "- holds: F1: 1.000 (at least 0.9)"
    )
