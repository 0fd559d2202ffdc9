"""A paper's content to a Word document, drawn as councils' exports look."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from samples.make.content import Paper
from samples.make.pictures import disc
from samples.make.runs import Run, paragraphs

Content = dict[str, Any]
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def typeset(paper: Paper, traced: bool = False) -> Doc:
    """The document; `traced` colours each recommendation's letters by `Trace.colour` and changes nothing else."""
    doc = Document()
    _page(doc, paper.page)
    writer = _Writer(doc, paper, traced)
    for block in paper.body:
        writer.block(block)
    return doc


class _Writer:
    """The document being written."""

    def __init__(self, doc: Doc, paper: Paper, traced: bool) -> None:
        self.doc, self.recs, self.traced = doc, paper.recommendations, traced
        self.after = float(paper.page.get("after", 6))

    def block(self, block: Content) -> None:
        if "table" in block:
            self.table(block["table"])
        elif "break" in block:
            self.doc.add_page_break()  # type: ignore[no-untyped-call]  # python-docx says no type
        elif "each" in block:
            for number in block["recs"]:
                self.text(None, self.recs[number - 1].get("rows", block["each"]), block, number)
        else:
            self.text(None, block["p"], block, block.get("rec"))

    def text(self, cell: _Cell | None, template: str, look: Content, home: int | None) -> None:
        """Paragraphs into the body or into a cell, whose first empty paragraph is used."""
        gap = float(look["after"]) if "after" in look else self.after
        lines = paragraphs(template.rstrip("\n"), self.recs, home)
        for i, runs in enumerate(lines):
            if cell is None:
                p = self.doc.add_paragraph()
            else:
                p = cell.paragraphs[0] if not i else cell.add_paragraph()
            last = i == len(lines) - 1
            p.paragraph_format.space_before = Pt(look.get("before", 0))
            p.paragraph_format.space_after = Pt(0.0 if cell is not None and last else gap)
            p.alignment = ALIGN[look.get("align", "left")]
            p.paragraph_format.keep_with_next = bool(look.get("keep", False))
            _indent(p, runs, look)
            for run in runs:
                self.run(p, run, look)

    def run(self, p: Paragraph, run: Run, look: Content) -> None:
        r = p.add_run(run.text)
        r.bold = "bold" in run.look or None
        r.italic = "italic" in run.look or None
        r.underline = "underline" in run.look or None
        r.font.superscript = "raised" in run.look or None
        if "size" in look:
            r.font.size = Pt(look["size"])
        if self.traced and run.trace:
            r.font.color.rgb = RGBColor.from_string(run.trace.colour)
        elif "colour" in look:
            r.font.color.rgb = RGBColor.from_string(look["colour"])

    def table(self, spec: Content) -> None:
        """The `header`, then `rows`: a list is a row as it stands, a number a recommendation drawn by `row`."""
        table = self.doc.add_table(rows=0, cols=len(spec["widths"]))
        table.autofit = False
        for column, width in zip(table.columns, spec["widths"], strict=True):
            column.width = Cm(width)
        _borders(table, spec.get("borders", "all"))
        for cells in [spec["header"]] if "header" in spec else []:
            row = self.row(
                table, cells, spec, None, {"fill": spec.get("header_fill")} | spec.get("header_look", {})
            )
            if spec.get("repeat_header"):
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for item in spec["rows"]:
            if isinstance(item, int):
                for cells in self.recs[item - 1].get("rows") or spec["row"]:
                    self.row(table, cells, spec, item, {})
            else:
                self.row(table, item, spec, None, {})
        gap = self.doc.add_paragraph()
        gap.paragraph_format.space_after = Pt(spec.get("gap", 4))

    def row(self, table: Table, cells: list[Any], spec: Content, home: int | None, look: Content) -> _Row:
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx says no type
        if spec.get("whole_rows"):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, spec["widths"], strict=True):
            cell.width = Cm(width)
        column = 0
        for content in cells:
            column += self.cell(
                row, column, content, {"size": spec["size"]} | look if "size" in spec else look, home
            )
        if column != len(spec["widths"]):
            raise ValueError(f"row of {column} columns where {len(spec['widths'])} are wanted: {cells}")
        return row

    def cell(self, row: _Row, column: int, content: Any, look: Content, home: int | None) -> int:
        """Writes one cell and says how many columns it covers; `^` goes on from the cell above."""
        spec = {"t": content} if isinstance(content, str) else {} if content is None else content
        span = int(spec.get("span", 1))
        cell = row.cells[column]
        if span > 1:
            cell = cell.merge(row.cells[column + span - 1])
        if spec.get("t") == "^":
            _vertical(cell, "continue")
            return span
        if spec.get("tall"):
            _vertical(cell, "restart")
        self.text(cell, spec.get("t", ""), look | spec, home)
        rec = self.recs[home - 1] if home else {}
        fill = rec.get(spec["fill_of"]) if "fill_of" in spec else spec.get("fill", look.get("fill"))
        if fill:
            _fill(cell, fill)
        picture = rec.get(spec["picture_of"]) if "picture_of" in spec else spec.get("picture")
        if picture:
            cell.paragraphs[0].add_run().add_picture(io.BytesIO(disc(picture)), width=Cm(0.55))
        return span


def _page(doc: Doc, page: Content) -> None:
    section = doc.sections[0]
    width, height = Cm(21.0), Cm(29.7)
    if page.get("landscape"):
        section.orientation, width, height = WD_ORIENT.LANDSCAPE, height, width
    section.page_width, section.page_height = width, height
    top, right, bottom, left = page.get("margins", [2.0, 2.0, 2.0, 2.0])
    section.top_margin, section.right_margin = Cm(top), Cm(right)
    section.bottom_margin, section.left_margin = Cm(bottom), Cm(left)
    section.footer_distance, section.header_distance = Cm(1.0), Cm(1.0)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = page["font"], Pt(page["size"])
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), page["font"])
    normal.paragraph_format.space_after = Pt(0)
    if "spacing" in page:
        normal.paragraph_format.line_spacing = page["spacing"]
    if page.get("header"):
        section.header.paragraphs[0].add_run(page["header"]).font.size = Pt(8)
    if page.get("footer"):
        _footer(section.footer.paragraphs[0], page["footer"], page.get("footer_align", "centre"))


def _footer(p: Paragraph, template: str, align: str) -> None:
    """`{page}` in the template is the page's number."""
    p.alignment = ALIGN[align]
    before, mark, behind = template.partition("{page}")
    p.add_run(before)
    if mark:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        p._p.append(field)
    p.add_run(behind)


def _indent(p: Paragraph, runs: list[Run], look: Content) -> None:
    if runs and runs[0].text.startswith(("• ", "– ", "o ")):
        p.paragraph_format.left_indent, p.paragraph_format.first_line_indent = Cm(0.5), Cm(-0.35)
    elif "indent" in look:
        p.paragraph_format.left_indent = Cm(look["indent"])


def _borders(table: Table, kind: str) -> None:
    """`all`, `across` (horizontal rules only) or `none`."""
    drawn = {
        "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
        "across": ("top", "bottom", "insideH"),
        "none": (),
    }[kind]
    borders = OxmlElement("w:tblBorders")
    for edge in drawn:
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _vertical(cell: _Cell, value: str) -> None:
    merge = OxmlElement("w:vMerge")
    merge.set(qn("w:val"), value)
    cell._tc.get_or_add_tcPr().append(merge)


def _fill(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
