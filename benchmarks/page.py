"""docs/accuracy.md, whose sections between markers are written by the benchmark."""

from __future__ import annotations

import re

from benchmarks.chapters import Chapter
from benchmarks.places import REPOSITORY

PAGE = REPOSITORY / "docs" / "accuracy.md"


def write(section: str, chapter: Chapter) -> None:
    """Put a chapter between `<!-- begin: section -->` and `<!-- end: section -->`. Raises LookupError where these are not."""
    written = PAGE.read_text(encoding="utf8")
    begin, end = f"<!-- begin: {section} -->", f"<!-- end: {section} -->"
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not place.search(written):
        raise LookupError(f"{PAGE.name} has no section {begin}")
    PAGE.write_text(place.sub(lambda _: f"{begin}\n\n{chapter}\n\n{end}", written), encoding="utf8")
