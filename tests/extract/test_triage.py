"""Which pages of a pack are read in full, told from their bare text alone."""

from __future__ import annotations

import pytest

from extract.pages import Glance
from extract.triage import is_garbled, is_scan, may_go_on, worth_reading

PROSE = (
    "The cabinet considered a report on the upkeep of hedges beside lanes. Members were pleased with the work that "
    "the team had done and thanked the officers for it. The chair asked when the next survey was to be held and was "
    "told that it would take place in spring, once the birds had left their nests and the ground was dry enough.\n"
) * 4


def glance(text: str, paths: int = 0, pictures: int = 0, covered: float = 0.0) -> Glance:
    return Glance(1, text, paths, pictures, covered)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Recommendation\nResponse\nLead officer\nTimescale\n1. Trim the hedges.\nAgreed", 20),
        ("Ref Recommendation Executive response Owner Target date\n1 Trim the hedges. Agreed JS May", 0),
        ("No. Action Owner Status\n1 Write to the owner AB Complete", 30),
        ("Recommendation 1\nThat the hedges be trimmed.\nResponse: Agreed.\nLead officer: A. Bell", 0),
        ("Recommendation 4: that the verges be mown\nThe work is under way", 12),
        ("R1 Plant more trees\nR2 Plant fewer walls", 9),
        ("MINUTES OF THE HEDGES PANEL\nPRESENT: Councillor Bell\n1. Apologies", 0),
        ("12. Hedges\nRESOLVED that the report be noted", 0),
        ("Ashby Council\nMinutes of the meeting held on 4 May\nPresent: Councillors Bell and Dale", 0),
    ],
)
def test_trackers_lists_of_answers_and_minutes_are_read(text: str, paths: int) -> None:
    assert worth_reading(glance(text, paths))


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (PROSE, 0),
        ("Budget\n2014/15 2015/16\nHedges 1,200 1,300\nVerges 800 820", 40),
        ("Lead officer: A. Bell\nReport of: the Director\nRecommendation: that the report be noted", 0),
        ("Map of the parish", 300),
        ("", 0),
        (
            PROSE
            + "The recommendation was taken by the officer and the response of the committee was noted.",
            0,
        ),
    ],
)
def test_reports_budgets_and_maps_are_not_read(text: str, paths: int) -> None:
    assert not worth_reading(glance(text, paths))


def test_a_page_that_may_go_on_with_a_table_is_drawn_upon_or_nearly_empty() -> None:
    assert may_go_on(glance(PROSE, paths=8))
    assert may_go_on(glance("and the verge beside it."))
    assert not may_go_on(glance(PROSE))


def test_a_scan_is_a_page_under_a_picture_and_it_is_read() -> None:
    scan = glance("Page 4", pictures=1, covered=0.98)
    assert is_scan(scan)
    assert worth_reading(scan)
    assert not is_scan(glance(PROSE, pictures=1, covered=0.98))
    assert not is_scan(glance("Page 4", pictures=1, covered=0.2))


def test_letters_that_mean_nothing_are_garbled_and_welsh_is_not() -> None:
    shifted = "".join(chr(ord(c) + 3) if c.isalpha() else c for c in PROSE)
    welsh = "Mae'r cyngor yn gofyn i bob aelod ac i bob swyddog am eu barn ar y cynllun, wedi i'r gwaith ddod i ben. "
    assert is_garbled(glance(shifted))
    assert is_garbled(glance("\ue001\ue002\ue003 " * 40))
    assert not is_garbled(glance(PROSE))
    assert not is_garbled(glance(welsh * 8))
    assert not is_garbled(glance("Ymbq kxw"))
