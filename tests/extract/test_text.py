"""A page's text as words: what pdfium hands over in odd ways, and what a person would read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extract.shapes import Page

See = Callable[..., Page]


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_words_have_the_box_that_they_are_printed_in(seen: See) -> None:
    page = seen(lambda sheet: sheet.write(50, 100, "Cut the hedge", 10))
    assert texts(page) == ["Cut", "the", "hedge"]
    first, _, last = (word.box for word in page.words)
    assert (first.x0, first.top, first.bottom) == pytest.approx((50, 92.4, 102.2), abs=0.7)
    assert last.x1 == pytest.approx(112.2, abs=1)
    assert {word.size for word in page.words} == {10.0}


def test_words_of_a_line_are_alike_in_height_whatever_letters_they_have(seen: See) -> None:
    page = seen(lambda sheet: sheet.write(50, 100, "ace gypsy Tall ...", 10))
    assert {(word.box.top, word.box.bottom) for word in page.words} == {
        (page.words[0].box.top, page.words[0].box.bottom)
    }


@pytest.mark.parametrize("second", ["fraud measures", "Fraud measures"])
def test_a_hyphen_at_a_line_end_is_a_hyphen(seen: See, second: str) -> None:
    page = seen(lambda sheet: sheet.paragraph(50, 100, ["Review the anti-", second]))
    assert texts(page) == ["Review", "the", "anti-", *second.split()]


def test_the_word_behind_a_line_end_hyphen_stands_on_its_own_line(seen: See) -> None:
    page = seen(lambda sheet: sheet.paragraph(50, 100, ["an improve-", "ment of the path"]))
    hyphened, rest = page.words[1], page.words[2]
    assert (hyphened.text, rest.text) == ("improve-", "ment")
    assert rest.box.top > hyphened.box.top + 8
    assert rest.box.x0 < hyphened.box.x0


def test_ligatures_become_their_letters(seen: See) -> None:
    def paint(sheet: Any) -> None:
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        sheet.write(50, 100, "the \ufb01rst \ufb02oor", font="Vera")

    assert texts(seen(paint)) == ["the", "first", "floor"]


@pytest.mark.parametrize("shift", [0.0, 0.1, 0.25, 0.4, 0.5])
def test_text_printed_twice_on_one_spot_is_read_once(seen: See, shift: float) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50.3, 100, "Heading of weight")
        sheet.write(50.3 + shift, 100, "Heading of weight")

    assert texts(seen(paint)) == ["Heading", "of", "weight"]


def test_a_word_that_is_said_again_farther_on_is_read_again(seen: See) -> None:
    assert texts(seen(lambda sheet: sheet.write(50, 100, "no no no"))) == ["no", "no", "no"]


def test_text_that_is_not_shown_is_left_out_with_a_problem(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.write(50, 100, "Shown to all")
        _invisible(sheet, 50, 150, "secret note")

    page = seen(paint)
    assert texts(page) == ["Shown", "to", "all"]
    assert [(p.code, p.page, p.words) for p in page.problems] == [("hidden-text", 1, "secret note")]


def test_a_layer_of_recognised_text_alone_is_read(seen: See) -> None:
    page = seen(lambda sheet: _invisible(sheet, 50, 100, "A recognised page"))
    assert texts(page) == ["A", "recognised", "page"]
    assert page.problems == ()


def _aslant(sheet: Any, angle: float, words: str) -> None:
    sheet.canvas.saveState()
    sheet.canvas.translate(100, 50)
    sheet.canvas.rotate(angle)
    sheet.canvas.setFont("Helvetica-Bold", 60)
    sheet.canvas.drawString(0, 0, words)
    sheet.canvas.restoreState()


@pytest.mark.parametrize("angle", [30, 45, 60, -45])
def test_a_watermark_is_left_out_with_a_problem(seen: See, angle: float) -> None:
    def paint(sheet: Any) -> None:
        _aslant(sheet, angle, "DRAFT")
        sheet.write(50, 100, "Trim the hedge")

    page = seen(paint)
    assert texts(page) == ["Trim", "the", "hedge"]
    assert [(p.code, p.page, p.words) for p in page.problems] == [("slanted-text", 1, "DRAFT")]


def test_text_that_leans_like_a_crooked_scan_is_read(seen: See) -> None:
    def paint(sheet: Any) -> None:
        _aslant(sheet, 4, "Trim it")
        sheet.write(50, 100, "now")

    page = seen(paint)
    assert sorted(texts(page)) == ["Trim", "it", "now"]
    assert page.problems == ()


def test_a_page_that_lies_aslant_as_a_whole_is_read(seen: See) -> None:
    assert texts(seen(lambda sheet: _aslant(sheet, 30, "Trim it"))) == ["Trim", "it"]


@pytest.mark.parametrize("hidden_first", [True, False])
def test_shown_text_is_read_though_a_hidden_copy_lies_on_it(seen: See, hidden_first: bool) -> None:
    def paint(sheet: Any) -> None:
        if hidden_first:
            _invisible(sheet, 50.2, 101.5, "The same words")
        sheet.write(50, 100, "The same words")
        sheet.write(50, 130, "and more")
        if not hidden_first:
            _invisible(sheet, 50, 100, "The same words")

    page = seen(paint)
    assert sorted(texts(page)) == ["The", "and", "more", "same", "words"]
    assert page.problems == ()


def _invisible(sheet: Any, x: float, base: float, words: str) -> None:
    text = sheet.canvas.beginText(x, sheet.height - base)
    text.setFont("Helvetica", 10)
    text.setTextRenderMode(3)
    text.textOut(words)
    text.setTextRenderMode(0)
    sheet.canvas.drawText(text)


@pytest.mark.parametrize(
    ("font", "bold", "italic"),
    [
        ("Helvetica", False, False),
        ("Helvetica-Bold", True, False),
        ("Times-Italic", False, True),
        ("Times-BoldItalic", True, True),
    ],
)
def test_bold_and_italic_are_told_from_the_font(seen: See, font: str, bold: bool, italic: bool) -> None:
    word = seen(lambda sheet: sheet.write(50, 100, "Response:", font=font)).words[0]
    assert (word.bold, word.italic) == (bold, italic)


def test_text_drawn_with_an_outline_is_bold(seen: See) -> None:
    def paint(sheet: Any) -> None:
        text = sheet.canvas.beginText(50, 200)
        text.setFont("Helvetica", 10)
        text.setTextRenderMode(2)
        text.textOut("Heavy")
        sheet.canvas.drawText(text)

    assert [(word.text, word.bold) for word in seen(paint).words] == [("Heavy", True)]


def test_slanted_text_is_italic(seen: See) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.skew(0, 12)
        sheet.write(50, 100, "Slanted")

    assert seen(paint).words[0].italic


def test_words_in_nested_forms_have_the_size_and_place_they_are_seen_in(seen: See) -> None:
    def paint(sheet: Any) -> None:
        canvas = sheet.canvas
        canvas.beginForm("inner", 0, 0, 400, 300)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(10, 20, "Nested")
        canvas.endForm()
        canvas.beginForm("outer", 0, 0, 400, 300)
        canvas.saveState()
        canvas.translate(5, 7)
        canvas.scale(2, 2)
        canvas.doForm("inner")
        canvas.restoreState()
        canvas.endForm()
        canvas.translate(100, 50)
        canvas.scale(0.5, 0.5)
        canvas.doForm("outer")

    (word,) = seen(paint).words
    assert (word.text, word.size) == ("Nested", 10.0)
    # 100 + (5 + 2 * 10) / 2 from the left, 50 + (7 + 2 * 20) / 2 from the bottom
    assert (word.box.x0, word.box.top) == pytest.approx((112.5, 300 - 73.5 - 7.6), abs=1)


def test_a_form_turned_by_its_matrix_gives_turned_words(seen: See) -> None:
    def paint(sheet: Any) -> None:
        canvas = sheet.canvas
        canvas.beginForm("heading", 0, 0, 400, 300)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(0, 0, "Status")
        canvas.endForm()
        canvas.translate(200, 100)
        canvas.rotate(90)
        canvas.doForm("heading")
        canvas.rotate(-90)
        canvas.translate(-200, -100)
        sheet.write(50, 100, "upright words that are more")

    page = seen(paint)
    turned = [word for word in page.words if word.turned]
    assert [(word.text, word.turned) for word in turned] == [("Status", 270)]
    assert turned[0].box.height > 2 * turned[0].box.width
    assert turned[0].box.bottom == pytest.approx(200, abs=1)


def test_a_page_without_text_has_no_words(seen: See) -> None:
    assert seen(lambda sheet: sheet.rule(10, 10, 50, 10)).words == ()
