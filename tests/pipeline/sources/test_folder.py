"""Every file below a folder is found with its hash or left alone with a reason; none is passed over."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.sources import folder
from pipeline.sources.folder import Found, LeftAlone, papers_in, sha256_of

LONG_AGO = 1_400_000_000


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits for files that were just written to, none of which is really waited for."""
    taken: list[float] = []
    monkeypatch.setattr(folder.time, "sleep", taken.append)
    return taken


def settled(path: Path, content: bytes = b"%PDF-1.7") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def reasons(paths: list[Path]) -> dict[str, str]:
    return {entry.path.name: entry.reason for entry in papers_in(paths) if isinstance(entry, LeftAlone)}


def names(paths: list[Path]) -> list[str]:
    return [entry.path.name for entry in papers_in(paths) if isinstance(entry, Found)]


def test_papers_are_found_in_folders_within_folders_in_a_steady_order(tmp_path: Path) -> None:
    for name in ("b.pdf", "a/z.PDF", "a/y.pdf", "c/d/e.pdf"):
        settled(tmp_path / name)
    assert names([tmp_path]) == ["y.pdf", "z.PDF", "b.pdf", "e.pdf"]


def test_a_paper_is_found_with_its_size_and_the_sha256_of_its_bytes(tmp_path: Path) -> None:
    path = settled(tmp_path / "plan.pdf", b"%PDF" + bytes(3_000_000))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert list(papers_in([path])) == [Found(path, 3_000_004, sha256)]


def test_a_file_named_twice_or_within_a_named_folder_comes_once(tmp_path: Path) -> None:
    path = settled(tmp_path / "plan.pdf")
    assert names([path, tmp_path, path.parent / "." / "plan.pdf"]) == ["plan.pdf"]


def test_other_files_of_a_folder_are_left_alone_by_name(tmp_path: Path) -> None:
    for name in ("letter.docx", "notes.txt", "README"):
        settled(tmp_path / name, b"not a paper")
    assert reasons([tmp_path]) == dict.fromkeys(("letter.docx", "notes.txt", "README"), "not a PDF")


def test_a_file_that_is_named_itself_is_taken_for_a_paper(tmp_path: Path) -> None:
    assert names([settled(tmp_path / "letter.docx", b"not a paper")]) == ["letter.docx"]


def test_a_pdf_saved_without_its_ending_is_found(tmp_path: Path) -> None:
    settled(tmp_path / "minutes", b"\n\n%PDF-1.4 ...")
    assert names([tmp_path]) == ["minutes"]


@pytest.mark.parametrize(
    "name", [".hidden.pdf", "~$plan.pdf", "plan.pdf.part", "plan.pdf.crdownload", "plan.pdf~"]
)
def test_hidden_and_temporary_files_are_left_alone(tmp_path: Path, name: str) -> None:
    settled(tmp_path / name)
    assert reasons([tmp_path]) == {name: "hidden or temporary"}


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    settled(tmp_path / ".cache" / "plan.pdf")
    assert reasons([tmp_path]) == {".cache": "hidden or temporary"}


def test_our_own_store_is_not_walked(tmp_path: Path) -> None:
    settled(tmp_path / "x.store" / "ab" / "plan.pdf")
    settled(tmp_path / "plan.pdf")
    found = [entry.path.name for entry in papers_in([tmp_path], store=tmp_path / "x.store")]
    assert found == ["plan.pdf", "x.store"]


def test_a_link_that_leads_nowhere_and_a_pipe_are_named_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert reasons([tmp_path]) == {"gone.pdf": "file cannot be opened", "pipe.pdf": "not a regular file"}


def test_links_between_folders_do_not_lead_round_in_circles(tmp_path: Path) -> None:
    settled(tmp_path / "papers" / "plan.pdf")
    (tmp_path / "papers" / "again").symlink_to(tmp_path / "papers")
    assert names([tmp_path]) == ["plan.pdf"]


def test_a_file_written_to_just_now_is_found_if_it_then_stays_as_it_is(
    tmp_path: Path, naps: list[float]
) -> None:
    (tmp_path / "new.pdf").write_bytes(b"%PDF-1.7")
    settled(tmp_path / "old.pdf")
    assert names([tmp_path]) == ["old.pdf", "new.pdf"]
    assert len(naps) == 1


def test_a_file_that_is_still_being_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = tmp_path / "growing.pdf"
    growing.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(folder.time, "sleep", lambda _seconds: growing.write_bytes(b"%PDF-1.7 and more"))
    assert reasons([tmp_path]) == {"growing.pdf": "still being written"}


def test_a_file_that_changes_while_it_is_hashed_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settled(tmp_path / "plan.pdf")

    def hashed_while_it_grows(of: Path) -> str:
        path.write_bytes(b"%PDF-1.7 and more")
        return sha256_of(of)

    monkeypatch.setattr(folder, "sha256_of", hashed_while_it_grows)
    assert reasons([tmp_path]) == {"plan.pdf": "still being written"}


@pytest.mark.skipif(os.geteuid() == 0, reason="no file is shut to root")
def test_a_shut_folder_and_a_shut_file_are_named(tmp_path: Path) -> None:
    settled(tmp_path / "shut.pdf").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    assert reasons([tmp_path]) == {"shut.pdf": "file cannot be opened", "closed": "folder cannot be opened"}


NAMES = st.from_regex(r"[a-z.~$]{1,6}(\.pdf|\.PDF|\.docx|\.part|)", fullmatch=True).filter(
    lambda name: name not in (".", "..")
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.sets(NAMES, max_size=8))
def test_no_file_is_passed_over(tmp_path_factory: pytest.TempPathFactory, wanted: set[str]) -> None:
    place = tmp_path_factory.mktemp("papers")
    for name in wanted:
        settled(place / name)
    assert {entry.path.name for entry in papers_in([place])} == wanted
