"""Cuts running text into sentences, knowing the abbreviations that names and councils are printed with."""

from __future__ import annotations

import re

from pipeline.passages import Passage

# A full stop that ends a sentence, with what closes it, before white space and a capital, a quote or a digit.
_END = re.compile(r"[.!?][”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-Z0-9£•])|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Cllrs?|Mr|Mrs|Ms|Dr|Rev|Revd|Prof|St|No|Nos|Co|Ltd|re|Ref|para|paras|approx|dept|Sgt|Jan|Feb|Mar|Apr|Aug|Sept?|Oct"
    r"|Nov|Dec|i\.e|e\.g|[A-Z])|[A-Z](?:\.[A-Z])+|[A-Z]{1,3}\.[A-Z]{1,3})\.$"
)


def sentences(passage: Passage) -> tuple[Passage, ...]:
    """The sentences of a passage in printed order; "Cllr. J. Jones, C.B.C. Highways" ends none."""
    text, start = passage.text, 0
    out: list[Passage] = []
    for match in _END.finditer(text):
        if match.group() != "\n" and _ABBREVIATED.search(text[start : match.start() + 1]):
            continue
        out.append(passage.part(start, match.end()))
        start = match.end()
    out.append(passage.part(start))
    return tuple(sentence for sentence in out if sentence.text)
