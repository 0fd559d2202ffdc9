"""`python -m samples.make [NAME...]`: writes the PDFs and truth files of all papers, or of those named."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pypdfium2

from samples.make.content import Paper, load_paper
from samples.make.finish import blank_page, joined, stamped, to_pdf
from samples.make.truth import truth
from samples.make.typeset import typeset

HERE = Path(__file__).parent
SAMPLES = HERE.parent


def main(names: list[str]) -> None:
    """Makes each paper and keeps its line in papers.json."""
    index = SAMPLES / "papers.json"
    lines = json.loads(index.read_text(encoding="utf8")) if index.exists() else {}
    for path in sorted((HERE / "papers").glob("*.yml")):
        if not names or path.stem in names:
            paper = load_paper(path)
            lines[f"{paper.name}.pdf"] = make(paper)
            print(paper.name, lines[f"{paper.name}.pdf"])
    _write(index, dict(sorted(lines.items())))


def make(paper: Paper) -> dict[str, object]:
    """Writes one PDF and its truth; gives its line in papers.json."""
    pdf = to_pdf(typeset(paper))
    gold = truth(paper, pdf, to_pdf(typeset(paper, traced=True)))
    own = len(pypdfium2.PdfDocument(pdf))
    gold["metadata"] = gold["metadata"] | {"pages": own}
    parts, before = _parts(paper, pdf)
    whole = joined(parts) if len(parts) > 1 else pdf
    if "stamp" in paper.after:
        whole = stamped(whole, paper.after["stamp"])
    (SAMPLES / f"{paper.name}.pdf").write_bytes(whole)
    _write(SAMPLES / f"{paper.name}.json", gold)
    return {
        "gold": paper.name,
        "page_offset": before,
        "page_count": len(pypdfium2.PdfDocument(whole)),
        "made_with": "LibreOffice",
        "layout": paper.after["layout"],
    }


def _parts(paper: Paper, pdf: bytes) -> tuple[list[bytes], int]:
    """The PDFs that make up the whole, and how many pages stand before the paper's own."""
    parts: list[bytes] = []
    before = 0
    for name in paper.after.get("pack", ["SELF", "BLANK"] if paper.after.get("blank") else ["SELF"]):
        if name == "SELF":
            before = sum(len(pypdfium2.PdfDocument(part)) for part in parts)
            parts.append(pdf)
        elif name == "BLANK":
            parts.append(blank_page(bool(paper.page.get("landscape"))))
        else:
            parts.append(to_pdf(typeset(load_paper(HERE / "decoys" / f"{name}.yml"))))
    return parts, before


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(sys.argv[1:])
