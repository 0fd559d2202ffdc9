"""What the labels of a title block tell: "Report title", "Date of meeting", by the patterns of metadata.yml."""

from __future__ import annotations

import functools
import re

from pipeline.knowledge.patterns import together
from pipeline.knowledge.vocabulary import LabelRole, metadata_words


def role_of(label: str) -> LabelRole | None:
    """What a label tells; None where no pattern knows it."""
    words = " ".join(label.lower().replace("’", "'").rstrip(" :–-").split())
    return next((role for role, pattern in _roles() if pattern.search(words)), None)


@functools.cache
def _roles() -> tuple[tuple[LabelRole, re.Pattern[str]], ...]:
    known = metadata_words().labels
    return tuple((label.role, together(label.patterns)) for label in known)
