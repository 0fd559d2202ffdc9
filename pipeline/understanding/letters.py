"""Letters: papers that greet whom they answer, or take leave of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.shapes import Line

_SALUTATION_WITHIN = 30  # lines of a letter
_ENDS_LETTER = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|(?:with )?(?:(?:best|kind) )+(?:regards|wishes)|with (?:regards|wishes))[\s,.]*$",
    re.IGNORECASE,
)


def is_letter(lines: Sequence[Line]) -> bool:
    """Whether the lines of a paper are those of a letter, in which what stands below a recommendation replies to it."""
    opening = [line.text for line in lines[:_SALUTATION_WITHIN]]
    return any(text.startswith("Dear ") for text in opening) or any(
        _ENDS_LETTER.match(line.text) for line in lines
    )
