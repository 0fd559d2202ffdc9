"""The truth of a paper: what was typeset, with the pages that each part came to stand on."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from samples.make.content import Paper, one_line
from samples.make.runs import MARK

Content = dict[str, Any]
Places = dict[tuple[int, int], set[int]]


def truth(paper: Paper, pdf: bytes, traced: bytes) -> Content:
    """The gold record, as `eval/score_records.py` reads it.

    Raises ValueError where colouring moved a letter, or where a date's or a body's printed words are not in the text.
    """
    _check_same(pdf, traced, paper.name)
    places = _places(traced)
    return {
        "document": paper.name,
        "pdf": f"{paper.name}.pdf",
        "metadata": paper.metadata,
        "metadata_acceptable": paper.metadata_acceptable,
        "recommendations": [_gold(rec, i, places) for i, rec in enumerate(paper.recommendations, 1)],
    }


def _gold(rec: Content, number: int, places: Places) -> Content:
    pages = sorted({page for (i, _), found in places.items() if i == number for page in found})
    if not pages or (number, 1) not in places:
        raise ValueError(f"recommendation {number} is nowhere printed")
    segments = [
        {"kind": s["kind"], "text": plain(s["text"]), "pages": sorted(places[number, 1 + j])}
        for j, s in enumerate(rec["segments"], 1)
    ]
    gold = {k: v for k, v in rec.items() if k != "rows" and not k.endswith("_printed")}
    for key in ("text", "title", "leads_raw", "timeline_raw", "decision_raw", "status_raw"):
        gold[key] = plain(gold[key]) if gold[key] else None
    gold |= {
        "segments": segments,
        "segments_alt": [[_alternative(s, segments) for s in alt] for alt in rec["segments_alt"]]
        + _with_verdict(rec, segments),
        "pages": pages,
        "text_pages": sorted(places[number, 1]),
    }
    _check_words(gold)
    return gold


def _with_verdict(rec: Content, segments: list[Content]) -> list[list[Content]]:
    """The same segments with the words of a decision or a status kept in the segment that they open, if they do."""
    opened = [_opening(s["marker"], rec) for s in rec["segments"]]
    if not any(opened):
        return []
    return [[s | {"text": f"{o} {s['text']}".strip()} for o, s in zip(opened, segments, strict=True)]]


def _opening(marker: str, rec: Content) -> str:
    """The decision or status at the end of what is printed before a segment, or ''."""
    printed = plain(marker)
    for words in filter(None, (plain(rec["decision_raw"] or ""), plain(rec["status_raw"] or ""))):
        at = printed.rfind(words.rstrip("."))
        if at >= 0:
            return printed[at:]
    return ""


def plain(text: str) -> str:
    """A template's text without its marks, on one line."""
    return one_line(MARK.sub("", str(text)))


def _alternative(raw: Content, segments: list[Content]) -> Content:
    pages = sorted({page for n in raw["of"] for page in segments[n - 1]["pages"]})
    return {"kind": raw["kind"], "text": plain(raw["text"]), "pages": pages}


def _check_words(gold: Content) -> None:
    said = " ".join([gold["title"] or "", gold["text"], *(s["text"] for s in gold["segments"])])
    phrases = [d["phrase"] for d in gold["dates"]]
    phrases += [word for e in gold["entities"] for word in e["printed"].split("; ")]
    missing = [phrase for phrase in phrases if phrase not in said]
    if missing:
        raise ValueError(f"{gold['label'] or gold['ref']}: not in the text: {missing}")


def _places(traced: bytes) -> Places:
    """{(recommendation, part): pages} by the colours of the letters."""
    out: Places = defaultdict(set)
    channels = [ctypes.c_uint() for _ in range(4)]
    for number, page in enumerate(pypdfium2.PdfDocument(traced), 1):
        text = page.get_textpage()
        for i in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, i))
            if letter.strip() and pdfium.FPDFText_GetFillColor(text, i, *channels):
                red, green, blue, _ = (c.value for c in channels)
                if blue == 7:
                    out[red, green].add(number)
    return out


def _check_same(pdf: bytes, traced: bytes, name: str) -> None:
    def letters(data: bytes) -> list[str]:
        return [re.sub(r"\s", "", p.get_textpage().get_text_range()) for p in pypdfium2.PdfDocument(data)]

    if letters(pdf) != letters(traced):
        raise ValueError(f"{name}: the traced document breaks its pages elsewhere")
