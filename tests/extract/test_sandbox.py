"""Law 4 in small: whatever a reader does to its child, it costs that document and no other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import Crashed, Encrypted, LimitReached, Limits, NotRead, Sandbox, SandboxError
from extract.sandbox.endings import Ending, verdict

STAND_INS = Path(__file__).parent / "stand_ins"
TIGHT = Limits(cpu_seconds=0.3, patience=2.0, memory_bytes=400 << 20)
# Where it is not time that is tried, there is enough of it on a busy machine too.
ROOMY = Limits(cpu_seconds=20.0, patience=3.0, memory_bytes=400 << 20)
PATIENT = Limits(cpu_seconds=1.5, patience=2.0, memory_bytes=400 << 20)


@pytest.fixture(scope="module")
def stand_ins() -> Iterator[str]:
    """The function that does to its child what the file's name says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(STAND_INS))
        yield "faulty_readers:by_its_name"


@pytest.fixture(scope="module")
def sandbox(stand_ins: str) -> Iterator[Sandbox]:
    with Sandbox(TIGHT, stand_ins) as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("papers")


def paper(folder: Path, what_becomes_of_it: str) -> Path:
    path = folder / f"{what_becomes_of_it}.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def outcome(sandbox: Sandbox, path: Path) -> str:
    try:
        sandbox.read(path)
    except NotRead as error:
        return error.code
    return "read"


OUTCOMES = {
    "reads": "read",
    "prints_and_reads": "read",
    "answers_at_length": "read",
    "refuses": "encrypted",
    "has_a_fault": "crashed",
    "hangs_in_c": "limit: time",
    "eats_memory": "limit: memory",
    "aborts_for_want_of_memory": "limit: memory",
    "aborts": "crashed",
    "segfaults": "crashed",
    "is_killed": "crashed",
    "leaves_without_a_word": "crashed",
    "kills_its_server": "crashed",
}
QUICK = sorted(set(OUTCOMES) - {"hangs_in_c", "eats_memory", "aborts_for_want_of_memory"})


@pytest.mark.parametrize(("reader", "code"), OUTCOMES.items(), ids=OUTCOMES)
def test_each_way_to_fail_has_its_outcome_and_the_next_document_is_read(
    stand_ins: str, folder: Path, reader: str, code: str
) -> None:
    with Sandbox(TIGHT if code == "limit: time" else ROOMY, stand_ins) as sandbox:
        assert outcome(sandbox, paper(folder, reader)) == code
        assert outcome(sandbox, paper(folder, "reads")) == "read"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readers=st.lists(st.sampled_from(QUICK), max_size=8))
def test_in_any_mix_of_documents_each_has_the_outcome_that_it_has_alone(
    sandbox: Sandbox, folder: Path, readers: list[str]
) -> None:
    found = [outcome(sandbox, paper(folder, reader)) for reader in readers]
    assert found == [OUTCOMES[reader] for reader in readers]


def test_a_hang_is_ended_when_its_time_is_up_and_not_much_later(sandbox: Sandbox, folder: Path) -> None:
    started = time.monotonic()
    with pytest.raises(LimitReached):
        sandbox.read(paper(folder, "hangs_in_c"))
    assert 0.6 <= time.monotonic() - started < 3.0


def test_processor_time_is_told_from_time_by_the_clock(stand_ins: str, folder: Path) -> None:
    limits = Limits(cpu_seconds=0.5, patience=40.0, seconds_per_megabyte=0)
    with Sandbox(limits, stand_ins) as sandbox, pytest.raises(LimitReached) as caught:
        sandbox.read(paper(folder, "burns_in_c"))
    assert caught.value.kind == "cpu"
    assert caught.value.code == "limit: time"


def test_what_a_killed_reader_had_started_dies_with_it(stand_ins: str, folder: Path) -> None:
    path = paper(folder, "starts_another_and_hangs")
    with Sandbox(PATIENT, stand_ins) as sandbox:
        assert outcome(sandbox, path) == "limit: time"
    started = int(path.with_suffix(".pid").read_text())
    assert _is_gone(started)


def test_a_document_arrives_as_the_child_made_it(sandbox: Sandbox, folder: Path) -> None:
    document = sandbox.read(paper(folder, "answers_at_length")).document
    assert document.pages[0].label == "x" * 5_000_000


def test_the_librarys_own_words_are_kept_as_detail(sandbox: Sandbox, folder: Path) -> None:
    with pytest.raises(Encrypted) as caught:
        sandbox.read(paper(folder, "refuses"))
    assert caught.value.detail == "printed by the library"


def test_a_fault_of_our_own_keeps_its_traceback(sandbox: Sandbox, folder: Path) -> None:
    with pytest.raises(Crashed) as caught:
        sandbox.read(paper(folder, "has_a_fault"))
    assert "ZeroDivisionError" in str(caught.value)
    assert "in has_a_fault" in caught.value.detail


def test_a_file_that_is_gone_is_unreachable(sandbox: Sandbox, folder: Path) -> None:
    assert outcome(sandbox, folder / "reads.gone.pdf") == "unreachable"


def test_a_file_name_that_is_no_text_can_be_read(sandbox: Sandbox, folder: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/reads.\xff\xfe.pdf"))
    path.write_bytes(b"%PDF-1.7")
    assert outcome(sandbox, path) == "read"


def test_a_larger_file_may_take_longer(sandbox: Sandbox, folder: Path) -> None:
    path = paper(folder, "hangs_in_c")
    path.write_bytes(bytes(40_000))  # at 20 s a megabyte, some 0.8 s of CPU more, twice that by the clock
    started = time.monotonic()
    assert outcome(sandbox, path) == "limit: time"
    assert time.monotonic() - started > 1.5


def test_an_installation_without_a_reader_is_no_documents_fault(folder: Path) -> None:
    with (
        Sandbox(TIGHT, "no_such_module:read") as sandbox,
        pytest.raises(SandboxError, match="no_such_module"),
    ):
        sandbox.read(paper(folder, "reads"))


def test_when_the_parent_is_killed_the_reading_process_and_its_child_go_too(
    stand_ins: str, folder: Path
) -> None:
    path = paper(folder, "starts_another_and_hangs")
    path.with_suffix(".pid").unlink(missing_ok=True)
    asks = (
        "import sys; from pathlib import Path; from extract import Limits, Sandbox; "
        "Sandbox(Limits(), sys.argv[2]).read(Path(sys.argv[1]))"
    )
    parent = subprocess.Popen([sys.executable, "-c", asks, str(path), stand_ins])
    _wait_for(lambda: path.with_suffix(".pid").exists() and path.with_suffix(".pid").read_text() != "")
    parent.kill()
    parent.wait()
    grandchild = int(path.with_suffix(".pid").read_text())
    _wait_for(lambda: _is_gone(grandchild))


ENDINGS = st.builds(
    Ending,
    signal=st.integers(0, 64),
    status=st.integers(0, 255),
    seconds=st.floats(0, 500),
    cpu_seconds=st.floats(0, 500),
    peak_bytes=st.integers(0, 1 << 34),
    stopped=st.sampled_from(["", "time", "memory"]),
    complaint=st.text(max_size=20),
)


@given(ending=ENDINGS)
def test_every_ending_without_an_answer_has_a_cause_and_the_figures_it_was_told_from(ending: Ending) -> None:
    error = verdict(ending, Limits())
    assert error.code in {"limit: time", "limit: memory", "crashed"}
    assert f"signal {ending.signal}" in error.figures


@given(ending=ENDINGS, complaint=st.text())
def test_what_the_child_prints_does_not_change_the_verdict(ending: Ending, complaint: str) -> None:
    spoken = Ending(
        ending.signal,
        ending.status,
        ending.seconds,
        ending.cpu_seconds,
        ending.peak_bytes,
        ending.stopped,
        complaint,
    )
    assert verdict(spoken, Limits()).code == verdict(ending, Limits()).code


def _is_gone(pid: int) -> bool:
    """Dead, even if nobody has fetched its status yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def _wait_for(condition: object, seconds: float = 10.0) -> None:
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
