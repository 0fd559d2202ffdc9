"""Columns that do not hold what their headings promise make all that stands beside them likely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extract.shapes import Document
from pipeline.flow import understand
from pipeline.records import Certainty

TEXTS = (
    "That the ponds be dredged each spring.",
    "That the newts be counted twice a year.",
    "That frogs be fenced off from the road.",
)
Typeset = Callable[[list[Any]], Document]


def tracker(
    *refs: str, decisions: tuple[str, ...] = ("Accepted", "Accepted in part", "Accepted")
) -> list[Any]:
    """A paper of one table, its references and decisions as given."""
    rows = zip(refs, TEXTS, decisions, strict=True)
    return [
        "**Oxley Borough Council**",
        "**Ponds: recommendations monitor**",
        [
            ["Ref", "Recommendation", "Decision", "Lead officer"],
            *([ref, text, decision, "Parks Manager"] for ref, text, decision in rows),
        ],
    ]


def sureness(document: Document) -> list[set[Certainty]]:
    """How sure a recommendation, its decision and its owners are said to be, one a recommendation."""
    return [
        {
            one.certainty,
            *(owner.certainty for owner in one.owners),
            *([one.decision.certainty] if one.decision else []),
        }
        for one in understand(document).recommendations
    ]


def test_a_table_that_holds_what_its_heads_promise_is_certain(typeset: Typeset) -> None:
    assert sureness(typeset(tracker("R1", "R2", "R3"))) == [{"certain"}] * 3


def test_a_row_without_a_number_among_numbered_ones_is_likely_throughout(typeset: Typeset) -> None:
    assert sureness(typeset(tracker("R1", "R2", ""))) == [{"certain"}, {"certain"}, {"likely"}]


def test_where_nothing_in_the_column_of_decisions_is_one_everything_is_likely(typeset: Typeset) -> None:
    read = sureness(typeset(tracker("R1", "R2", "R3", decisions=("Pond", "Newt", "Frog"))))
    assert all("certain" not in one for one in read)
