"""The door through which PDFs are opened: what it refuses, what it mends, and what a glance tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from extract.errors import Encrypted, NotAPdf, Unreadable
from extract.pages import open_pdf

Draw = Callable[..., Path]


def words_of(path: Path) -> list[str]:
    with open_pdf(path) as pdf:
        return [word.text for word in pdf.read(1)[0].words]


def page(sheet: Any) -> None:
    sheet.write(50, 100, "Mend the fence")


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Not found</body></html>", b"\xff\xd8\xff\xe0JFIF", b"%!"]
)
def test_what_is_no_pdf_is_refused_and_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    with pytest.raises(NotAPdf), open_pdf(path):
        pass


def test_a_pdf_of_which_only_the_beginning_is_there_is_unreadable(drawn: Draw) -> None:
    path = drawn(page)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(Unreadable), open_pdf(path):
        pass


def locked(path: Path, user: str, owner: str) -> Path:
    lock = pdfencrypt.StandardEncryption(user, ownerPassword=owner, canCopy=0, strength=128)
    canvas = Canvas(str(path), pagesize=(400, 300), encrypt=lock, invariant=1)
    canvas.drawString(50, 200, "Mend the fence")
    canvas.save()
    return path


def test_a_pdf_with_a_password_is_encrypted(tmp_path: Path) -> None:
    with pytest.raises(Encrypted), open_pdf(locked(tmp_path / "paper.pdf", "secret", "more")):
        pass


def test_a_pdf_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    assert words_of(locked(tmp_path / "paper.pdf", "", "more")) == ["Mend", "the", "fence"]


def test_rubbish_before_the_header_is_mended_and_noted(drawn: Draw) -> None:
    path = drawn(page)
    path.write_bytes(b"\r\n\r\nFrom the web\r\n" + path.read_bytes())
    with open_pdf(path) as pdf:
        assert [problem.code for problem in pdf.problems] == ["repaired"]
    assert words_of(path) == ["Mend", "the", "fence"]


def test_a_damaged_table_of_objects_is_mended_and_noted(drawn: Draw) -> None:
    path = drawn(page)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"startxref")])
    with open_pdf(path) as pdf:
        assert [problem.code for problem in pdf.problems] == ["repaired"]
    assert words_of(path) == ["Mend", "the", "fence"]


def test_a_sound_pdf_has_no_problems(drawn: Draw) -> None:
    with open_pdf(drawn(page, page)) as pdf:
        assert (pdf.problems, pdf.page_count) == ((), 2)


def test_what_the_file_says_of_itself_is_kept(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "paper.pdf"), invariant=1)
    canvas.setTitle("Hedges – an action plan")
    canvas.setAuthor("Ashby Council")
    canvas.drawString(50, 200, "Mend the fence")
    canvas.save()
    with open_pdf(tmp_path / "paper.pdf") as pdf:
        assert (pdf.info["Title"], pdf.info["Author"]) == ("Hedges – an action plan", "Ashby Council")


def test_a_page_that_is_not_there_is_unreadable(drawn: Draw) -> None:
    with open_pdf(drawn(page)) as pdf, pytest.raises(Unreadable):
        pdf.read(2)


def framed(sheet: Any) -> None:
    sheet.write(50, 100, "Mend the fence")
    sheet.grid([40, 200], [80, 120])
    sheet.picture(Image.new("RGB", (8, 8), "#ff0000"), 0, 0, 400, 150)


def test_a_glance_tells_what_reading_tells(drawn: Draw) -> None:
    with open_pdf(drawn(framed)) as pdf:
        glance = pdf.glance(1)
        assert glance == pdf.read(1)[1]
    assert glance.text.split() == ["Mend", "the", "fence"]
    assert (glance.paths, glance.pictures, glance.covered) == (4, 1, pytest.approx(0.5))


def test_a_rendered_page_is_as_large_as_asked_and_shows_its_ink(drawn: Draw) -> None:
    with open_pdf(drawn(lambda sheet: sheet.fill(100, 100, 200, 200))) as pdf:
        grey = pdf.render(1, 144)
    assert grey.shape == (600, 800)
    assert (grey[300, 300], grey[100, 100]) == (0, 255)


def test_a_page_of_an_odd_size_keeps_it(drawn: Draw) -> None:
    with open_pdf(drawn(page, size=(1191, 842))) as pdf:
        found = pdf.read(1)[0]
    assert (found.width, found.height) == (1191, 842)
