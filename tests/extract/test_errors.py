"""Errors cross between processes as values and come out the same."""

from __future__ import annotations

import pickle

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import (
    OUTCOMES,
    Crashed,
    Encrypted,
    Failure,
    LimitReached,
    NotAPdf,
    NotRead,
    Unreachable,
    Unreadable,
    failure_of,
)

WITH_A_CAUSE = st.sampled_from([Unreachable, Unreadable, NotAPdf, Encrypted, Crashed])
ERRORS = st.builds(
    lambda kind, cause, detail: kind(cause, detail), WITH_A_CAUSE, st.text(), st.text()
) | st.builds(LimitReached, st.sampled_from(["time", "cpu", "memory", "pages"]), st.text(), st.text())


def test_an_error_about_a_name_that_is_no_text_can_be_told() -> None:
    told = failure_of(Unreachable("no file \udcff.pdf"))
    assert msgspec.json.decode(msgspec.json.encode(told), type=Failure).error().cause == "no file ?.pdf"


@given(error=ERRORS)
def test_an_error_is_the_same_after_a_journey_as_json_or_pickle(error: NotRead) -> None:
    as_json = msgspec.json.decode(msgspec.json.encode(failure_of(error)), type=Failure).error()
    as_pickle = pickle.loads(pickle.dumps(error))
    for arrived in (as_json, as_pickle):
        assert type(arrived) is type(error)
        assert arrived.args == error.args
        assert (str(arrived), arrived.code) == (str(error), error.code)


@given(error=ERRORS)
def test_every_error_has_a_known_outcome_and_a_sentence_of_advice(error: NotRead) -> None:
    assert error.code in OUTCOMES
    assert error.advice.endswith(".")


@pytest.mark.parametrize(
    "failure", [Failure("OSError", ("x",)), Failure("LimitReached", ("luck",)), Failure("", ())]
)
def test_a_failure_that_names_no_error_of_ours_is_a_crash(failure: Failure) -> None:
    assert failure.error().code == "crashed"
