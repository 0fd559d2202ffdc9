"""The readers that are compared, each as its own documents recommend it: a PDF in, its tables page by page out.

Libraries are imported when a reader is loaded, so that the process that measures one holds no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Grid = list[list[str]]
Tables = list[tuple[int, Grid]]  # (page from 1, rows as drawn on that page)
Reader = Callable[[Path], Tables]

OURS = "scrutiny"
BARE = "pdfium, bare text"
CHARS = "pdfplumber, characters"
FINDER = "pdfplumber, find_tables"
PLUMBER_LINES = "pdfplumber, lines"
PLUMBER_TEXT = "pdfplumber, text"
LATTICE = "camelot, lattice"
VECTOR = "camelot, lattice without raster"

SETTINGS = {
    OURS: "extract.document.read, as in the child: words, tables, joining, everything before the language stage",
    BARE: "FPDFText_GetBoundedText of every page (pypdfium2)",
    CHARS: "page.chars of every page, page.close() after each",
    FINDER: "page.find_tables() with its default settings (lines), page.close() after each",
    PLUMBER_LINES: "page.extract_tables(), default settings: vertical and horizontal strategy lines",
    PLUMBER_TEXT: "page.extract_tables(), both strategies text",
    LATTICE: 'read_pdf(pages="all", flavor="lattice"), default engine: a picture of 300 dots an inch, and paths',
    VECTOR: 'read_pdf(pages="all", flavor="lattice", engine="vector"): paths only',
}


def load(name: str) -> Reader:
    """The reader of that name, its libraries imported."""
    return _LOADERS[name]()


def _ours() -> Reader:
    from extract.document import read
    from extract.limits import Limits

    def tables(path: Path) -> Tables:
        document = read(path, Limits())
        return [(table.pages[0], table.grid()) for table in document.page_tables]

    return tables


def _bare() -> Reader:
    import pypdfium2

    def tables(path: Path) -> Tables:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_bounded()
                page.close()
        return []

    return tables


def _pages(path: Path) -> Iterator[Any]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            yield page
            page.close()


def _chars() -> Reader:
    def tables(path: Path) -> Tables:
        for page in _pages(path):
            page.chars  # noqa: B018 - reading it is the work
        return []

    return tables


def _finder() -> Reader:
    def tables(path: Path) -> Tables:
        for page in _pages(path):
            page.find_tables()
        return []

    return tables


def _plumber(strategy: str) -> Callable[[], Reader]:
    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}

    def tables(path: Path) -> Tables:
        return [
            (page.page_number, [[cell or "" for cell in row] for row in table])
            for page in _pages(path)
            for table in page.extract_tables(settings)
        ]

    return lambda: tables


def _camelot(engine: str) -> Callable[[], Reader]:
    def load_it() -> Reader:
        from camelot.io import read_pdf

        def tables(path: Path) -> Tables:
            found = read_pdf(str(path), pages="all", flavor="lattice", engine=engine, suppress_stdout=True)
            return [(int(table.page), table.df.astype(str).values.tolist()) for table in found]

        return tables

    return load_it


_LOADERS: dict[str, Callable[[], Reader]] = {
    OURS: _ours,
    BARE: _bare,
    CHARS: _chars,
    FINDER: _finder,
    PLUMBER_LINES: _plumber("lines"),
    PLUMBER_TEXT: _plumber("text"),
    LATTICE: _camelot("combined"),
    VECTOR: _camelot("vector"),
}
