"""Every link in a page of this repository that points into the repository leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_links_lead_to_files_that_are_there(repository: Path) -> None:
    pages = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in LINK.findall(page.read_text(encoding="utf8"))]
    assert len(links) > 5
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []


def test_paths_that_pages_name_are_there(repository: Path) -> None:
    named = re.compile(r"`((?:extract|pipeline|models|samples|tests|docs|deploy|benchmarks|\.ci)/[\w./-]*)`")
    pages = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    paths = [(page, path) for page in pages for path in named.findall(page.read_text(encoding="utf8"))]
    assert [(page.name, path) for page, path in paths if not (repository / path).exists()] == []
