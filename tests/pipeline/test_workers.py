"""Law 4 for workers: an item that hangs, raises or kills its worker costs itself and no other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.workers import Fault, Outcome, guarded, in_order, run

STAND_INS = Path(__file__).parent / "stand_ins"
Item = tuple[str, int]

FAULTS = {"raises": "raised", "is killed": "died", "segfaults": "died", "leaves": "died"}


@pytest.fixture(autouse=True, scope="module")
def _stand_ins() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(STAND_INS))
        yield


def worked(items: list[Item], jobs: int = 2, seconds: float = 20.0) -> list[Outcome[Item, int]]:
    from faulty_work import work

    return list(run(work, items, jobs, seconds=lambda _item: seconds))


def expected(item: Item) -> int | str:
    word, number = item
    return FAULTS.get(word, number * 2)


def found(outcome: Outcome[Item, int]) -> int | str:
    return outcome.result.kind if isinstance(outcome.result, Fault) else outcome.result


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(st.sampled_from(["reads", "is slow", *FAULTS]), max_size=12), jobs=st.integers(1, 3))
def test_in_any_mix_each_item_has_the_outcome_that_it_has_alone(words: list[str], jobs: int) -> None:
    items = [(word, number) for number, word in enumerate(words)]
    outcomes = sorted(worked(items, jobs), key=lambda outcome: outcome.index)
    assert [(o.index, o.item, found(o)) for o in outcomes] == [
        (index, item, expected(item)) for index, item in enumerate(items)
    ]


def test_an_item_that_hangs_in_c_is_killed_when_its_time_is_up() -> None:
    started = time.monotonic()
    outcomes = worked([("hangs", 0), ("reads", 1)], seconds=0.5)
    assert {o.item: found(o) for o in outcomes} == {("hangs", 0): "time", ("reads", 1): 2}
    assert time.monotonic() - started < 10


def test_what_an_item_raised_keeps_its_traceback_even_if_it_cannot_be_made_again_elsewhere() -> None:
    [outcome] = worked([("raises", 0)], jobs=1)
    assert isinstance(outcome.result, Fault)
    assert outcome.result.message == "ShyError: no number"
    assert "faulty_work.py" in outcome.result.detail


def test_no_items_make_no_outcomes() -> None:
    assert worked([]) == []


def test_items_are_taken_no_faster_than_they_are_worked_on() -> None:
    from faulty_work import work

    taken = []

    def items() -> Iterator[Item]:
        for number in range(1000):
            taken.append(number)
            yield "reads", number

    outcomes = run(work, items(), jobs=1, seconds=lambda _item: 20.0)
    next(outcomes)
    assert len(taken) < 10
    outcomes.close()


def test_a_run_that_is_given_up_ends_at_once_though_its_items_hang() -> None:
    from faulty_work import work

    outcomes = run(work, [("reads", 0), ("hangs", 1), ("hangs", 2)], jobs=2, seconds=lambda _item: 60.0)
    next(outcomes)
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < 10


@given(order=st.permutations(range(7)))
def test_outcomes_can_be_had_in_the_order_of_their_items(order: list[int]) -> None:
    outcomes = [Outcome(index, f"item {index}", index) for index in order]
    assert [outcome.index for outcome in in_order(outcomes)] == list(range(7))


def test_guarded_work_gives_its_value() -> None:
    assert guarded(len, "abc") == 3
