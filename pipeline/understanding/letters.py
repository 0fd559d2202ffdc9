"""Letters: papers that greet whom they answer and take leave of them."""

from __future__ import annotations

import re

from extract.shapes import Document

_SALUTATION_WITHIN = 30  # lines of a letter
_ENDS_LETTER = re.compile(
    r"(?:yours|kind|best|with) (?:sincerely|faithfully|(?:best |kind )?regards|wishes)[\s,.]*$", re.IGNORECASE
)


def is_letter(document: Document) -> bool:
    """Whether a document is a letter, in which what stands below a recommendation replies to it."""
    opening = [line.text for line in document.lines[:_SALUTATION_WITHIN]]
    return any(text.startswith("Dear ") for text in opening) or any(
        _ENDS_LETTER.match(line.text) for line in document.lines
    )
