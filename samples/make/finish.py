"""Word documents to PDFs, and what is done to a finished PDF: stamps, blank pages, joining into a pack."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from docx.document import Document as Doc
from reportlab.pdfgen.canvas import Canvas

BLANK = "This page is intentionally left blank"


def to_pdf(doc: Doc) -> bytes:
    """Through LibreOffice. Raises subprocess.CalledProcessError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "paper.docx"
        doc.save(str(word))
        home = f"-env:UserInstallation=file://{Path(tempfile.gettempdir()) / 'samples-office'}"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return _steady(word.with_suffix(".pdf").read_bytes())


def _steady(pdf: bytes) -> bytes:
    """The same bytes for the same document: the hour and the random names are written over, length for length."""
    for pattern in (
        rb"(?<=\(D:)\d{14}",
        rb"(?<=<)[0-9A-F]{32}(?=>)",
        rb"(?<=/DocChecksum /)[0-9A-F]{32}",
    ):
        pdf = re.sub(pattern, lambda found: b"20240101000000" if len(found[0]) == 14 else b"0" * 32, pdf)
    return pdf


def blank_page(landscape: bool = False) -> bytes:
    width, height = (842, 595) if landscape else (595, 842)
    return _drawn([(width, height, [(width / 2, height / 2, BLANK)])])


def joined(parts: list[bytes]) -> bytes:
    """The pages of all parts in one PDF."""
    out = pypdfium2.PdfDocument.new()
    for part in parts:
        out.import_pages(pypdfium2.PdfDocument(part))
    return _saved(out)


def stamped(pdf: bytes, first: int) -> bytes:
    """'Page N' at the foot of every page, as an agenda pack's maker stamps it: a form laid over the page."""
    doc = pypdfium2.PdfDocument(pdf)
    sizes = [page.get_size() for page in doc]
    marks = _drawn([(w, h, [(w / 2, 15, f"Page {first + i}")]) for i, (w, h) in enumerate(sizes)])
    stamps = pypdfium2.PdfDocument(marks)
    for i, page in enumerate(doc):
        form = stamps.page_as_xobject(i, doc)
        page.insert_obj(form.as_pageobject())
        page.gen_content()
    return _saved(doc)


def _drawn(pages: list[tuple[float, float, list[tuple[float, float, str]]]]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for width, height, texts in pages:
        canvas.setPageSize((width, height))
        canvas.setFont("Helvetica", 9)
        for x, y, text in texts:
            canvas.drawCentredString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _saved(doc: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    doc.save(out)
    return _steady(out.getvalue())
