"""The store gives back what was kept, or nothing; never half a document."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.shapes import Box, Document, Line, PageInfo, Problem, Word
from pipeline.store import Store

SHA256 = hashlib.sha256(b"a paper").hexdigest()


def document(reader: str = "1", text: str = "Recommendation") -> Document:
    word = Word(text, Box(10.0, 20.0, 30.5, 40.25), page=1, bold=True)
    return Document(
        name="plan.pdf",
        sha256=SHA256,
        reader=reader,
        pages=(PageInfo(1, 595.0, 842.0, "text", words=1),),
        lines=(Line((word,)),),
        problems=(Problem("repaired", "the file was damaged"),),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    reader=st.sampled_from(["1", "2 beta/x"]),
)
def test_what_is_kept_is_found_the_same(tmp_path: Path, text: str, reader: str) -> None:
    store = Store(tmp_path / "x.store")
    store.keep(document(reader, text))
    assert store.find(SHA256, reader) == document(reader, text)


def test_what_was_not_kept_is_not_found(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store")
    store.keep(document("1"))
    assert store.find(SHA256, "2") is None
    assert store.find(hashlib.sha256(b"another").hexdigest(), "1") is None


@given(share=st.floats(0, 0.99))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_torn_file_is_as_good_as_absent_and_is_written_over(tmp_path: Path, share: float) -> None:
    store = Store(tmp_path / "x.store")
    place = store.keep(document())
    whole = place.read_bytes()
    place.write_bytes(whole[: int(len(whole) * share)])
    assert store.find(SHA256, "1") is None
    store.keep(document())
    assert store.find(SHA256, "1") == document()


def test_a_file_in_another_form_is_as_good_as_absent(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store")
    place = store.keep(document())
    place.write_bytes(b"<html>")
    assert store.find(SHA256, "1") is None


def test_nothing_unfinished_is_left_behind(tmp_path: Path) -> None:
    place = Store(tmp_path / "x.store").keep(document())
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "0"])
def test_only_a_sha256_names_a_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no sha256"):
        Store(tmp_path).find(name, "1")
