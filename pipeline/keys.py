"""Stable keys: what makes two papers' councils, reviews, recommendations and owners the same.

A key is made of names and printed references, never of text that a better reading would change. The words passed over
here are code, not knowledge to be added to: another list would give every row another id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.records import Recommendation

NOT_PRINTED = "?"

_COUNCIL = re.compile(r"\b(?:the|council|london borough of|royal borough of|lb)\b")
_SUBJECT = re.compile(
    r"\b(?:the|a|an|of|on|into|scrutiny|review|reviews|inquiry|enquiry|task|finish|and finish|group|final|report)\b"
)
_HONORIFIC = re.compile(r"^(?:the|cllrs?|councillors?|mr|mrs|ms|miss) (?=\w)")
_BEFORE_A_NUMBER = re.compile(r"^(?:recommendations?|recs?|r|actions?|numbers?|no|item|point)$")
_PARTS_OF_A_REFERENCE = re.compile(r"[^\W\d_]+|\d+")


def identity(*parts: str) -> str:
    """A short id that depends on nothing but `parts`: 16 letters and digits, 80 bits."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=10).digest()
    return b32encode(digest).decode("ascii").lower()


def plain(name: str) -> str:
    """A name without case, accents' forms, punctuation and doubled space: 'Children & Young People' and 'and' agree."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", folded))


def _without(words: re.Pattern[str], name: str) -> str:
    """`name` made plain and without `words`; with them where nothing would be left."""
    whole = plain(name)
    return " ".join(words.sub(" ", whole).split()) or whole


def council_key(name: str) -> str:
    """'London Borough of X', 'X Council' and 'X' are one; 'X City' and 'X County' stay two."""
    return _without(_COUNCIL, name) or NOT_PRINTED


def subject_key(review: str) -> str:
    """A review's subject: 'Scrutiny review of X' and 'X inquiry' are one within a council."""
    return _without(_SUBJECT, review)


def party_key(name: str) -> str:
    """A person, post or body: 'Cllr J. Bloggs' and 'J Bloggs' are one within a council."""
    return _without(_HONORIFIC, name)


def reference_key(ref: str | None, number: int | None = None) -> str | None:
    """A printed reference without its looks: 'Recommendation 4(a)', 'R4a' and '4a' give '4.a'; None for none."""
    parts = _PARTS_OF_A_REFERENCE.findall(plain(ref or ""))
    while parts and _BEFORE_A_NUMBER.match(parts[0]) and (len(parts) > 1 or number is not None):
        parts = parts[1:]
    if number is not None and len(parts) <= 1:
        return str(number)
    return ".".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts) or None


def recommendation_keys(document_id: str, seen: Sequence[Recommendation]) -> list[str]:
    """A key for each recommendation of one paper, all different.

    The printed reference alone where no other has it; else with the kind, then the section, then the order among
    those that are still alike. Without a printed reference: the document, the page and the order on that page.
    """
    keys = [
        reference_key(one.ref, one.number) or f"unnumbered {document_id} page {min(one.pages, default=0)}"
        for one in seen
    ]
    refinements: tuple[Callable[[Recommendation], str], ...] = (
        lambda one: one.kind,
        lambda one: plain(one.section or ""),
    )
    for refine in refinements:
        keys = _refined(keys, [refine(one) for one in seen])
    return _counted(keys)


def _refined(keys: list[str], details: list[str]) -> list[str]:
    """`keys` with a detail behind those that several share, where the details tell them apart."""
    details_of: dict[str, set[str]] = {}
    for key, detail in zip(keys, details, strict=True):
        details_of.setdefault(key, set()).add(detail)
    return [
        f"{key} / {detail}" if len(details_of[key]) > 1 else key
        for key, detail in zip(keys, details, strict=True)
    ]


def _counted(keys: list[str]) -> list[str]:
    """`keys` with their order behind those that several share."""
    times, so_far = Counter(keys), Counter[str]()
    counted = []
    for key in keys:
        so_far[key] += 1
        counted.append(f"{key} #{so_far[key]}" if times[key] > 1 or key.startswith("unnumbered ") else key)
    return counted
