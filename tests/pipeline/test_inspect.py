"""`scrutiny inspect`: what is drawn over a page and written beside it, and what it says of pages that cannot be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from extract import Limits, NotAPdf, NotRead, read_document, view_page
from extract.shapes import Box
from pipeline.flow import understand
from pipeline.inspect import NoSuchPage, inspect_page, marks
from pipeline.inspect.marks import Layer, Seen
from pipeline.inspect.seen import what_is_seen

RULED = "wexmoor-air-quality-action-plan.pdf"


def seen_on(paper: Path, number: int) -> Seen:
    document = read_document(paper)
    return what_is_seen(document, understand(document), view_page(paper, number).page)


def texts(seen: Seen, layer: Layer | None) -> list[str]:
    return [note.text for note in seen.notes if note.layer == layer]


def tags(seen: Seen, layer: Layer) -> set[str]:
    return {mark.tag for mark in seen.marks if mark.layer == layer}


@pytest.fixture(scope="module")
def ruled(samples: Path) -> Seen:
    return seen_on(samples / RULED, 1)


def test_every_word_and_rule_of_the_page_is_outlined(samples: Path, ruled: Seen) -> None:
    page = view_page(samples / RULED, 1).page
    boxes = {mark.layer: {m.box for m in ruled.marks if m.layer == mark.layer} for mark in ruled.marks}
    assert boxes[marks.WORD] == {word.box for word in page.words}
    assert boxes[marks.RULE] == {rule.box for rule in page.rules}


def test_columns_show_the_fields_that_they_were_taken_for(ruled: Seen) -> None:
    assert tags(ruled, marks.COLUMN) == {"recommendation", "response_action", "owner", "deadline"}


def test_cells_show_their_row_and_column_and_how_many_they_span(ruled: Seen) -> None:
    assert {"r2+3 c1", "r2 c2", "r3 c3", "r4 c4"} <= tags(ruled, marks.CELL)


def test_a_row_that_goes_on_over_the_page_is_marked_on_both_pages(samples: Path, ruled: Seen) -> None:
    carried = {tag.removesuffix(" >") for tag in tags(ruled, marks.CARRIED)}
    following = seen_on(samples / RULED, 2)
    assert carried == {"r7 c1", "r7 c2", "r7 c3", "r7 c4"}
    assert carried == {tag.removeprefix("< ") for tag in tags(following, marks.CARRIED) if tag[0] == "<"}


def test_the_notes_say_why_a_table_is_a_tracker_and_what_a_recommendation_came_to(ruled: Seen) -> None:
    assert any("tracker: recommendation with" in text for text in texts(ruled, marks.TABLE))
    assert any(
        text.startswith("recommendation Recommendation 1: That")
        for text in texts(ruled, marks.RECOMMENDATION)
    )
    assert "    target: ongoing" in texts(ruled, marks.DEADLINE)


def test_a_table_that_was_left_alone_says_why(samples: Path) -> None:
    paper = samples / "eastmere-agenda-pack.pdf"
    apart = [p for p in understand(read_document(paper)).problems if p.code == "table-apart" and p.page]
    number = apart[0].page
    assert number is not None
    assert any("left alone:" in text for text in texts(seen_on(paper, number), marks.APART))


def test_words_in_no_field_are_counted_with_the_reason(ruled: Seen) -> None:
    assert "4 words in no field: a heading" in texts(ruled, marks.UNASSIGNED)


def test_problems_of_the_page_are_numbered_and_told(samples: Path) -> None:
    for paper in sorted(samples.glob("*.pdf")):
        understood = understand(read_document(paper))
        page = next((p.page for p in understood.problems if p.page), None)
        if page is not None:
            break
    else:
        pytest.fail("no sample has a problem")
    told = texts(seen_on(paper, page), marks.PROBLEM)
    assert [text.split()[0] for text in told] == [f"!{i + 1}" for i in range(len(told))]
    assert {p.code for p in understood.problems if p.page == page} == {t.split()[1].rstrip(":") for t in told}


def test_a_page_without_a_table_says_so(samples: Path) -> None:
    seen = seen_on(samples / "pennerdale-library-response.pdf", 1)
    assert "no table was found on this page" in texts(seen, None)


def test_the_picture_holds_the_page_and_a_panel_beside_it(samples: Path) -> None:
    view = view_page(samples / RULED, 1)
    picture = inspect_page(samples / RULED, 1)
    assert picture.width > view.width
    assert picture.height >= view.height
    panel = picture.crop((view.width, 0, picture.width, picture.height))
    assert len(panel.getcolors(1 << 20) or []) > 10


def test_a_page_is_shown_upright_in_the_size_that_the_reader_gives_it(samples: Path) -> None:
    for paper in (RULED, "whinmoor-borderless-action-plan.pdf"):
        view = view_page(samples / paper, 1, dpi=72)
        assert (view.width, view.height) == (round(view.page.width), round(view.page.height))


def test_sideways_text_is_turned_with_its_picture(shared: Path) -> None:
    paper = shared / "papers" / "grids" / "s05_rotate90.pdf"
    view = view_page(paper, 1, dpi=72)
    picture = Image.frombytes("RGB", (view.width, view.height), view.pixels).convert("L")
    dark = [picture.crop(_pixels(word.box)).getextrema()[0] for word in view.page.words if word.box.width > 9]
    assert sum(level < 128 for level in dark) > 0.95 * len(dark)


def _pixels(box: Box) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = (round(side) for side in (box.x0, box.top, box.x1, box.bottom))
    return x0, top, max(x1, x0 + 1), max(bottom, top + 1)


def test_a_page_that_is_not_there_is_refused(samples: Path) -> None:
    with pytest.raises(NoSuchPage, match="page 77"):
        inspect_page(samples / RULED, 77)


def test_what_is_no_pdf_is_refused_with_the_cause(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html>not found</html>", encoding="utf8")
    with pytest.raises(NotAPdf):
        view_page(path, 1)


def test_a_page_that_takes_too_long_is_given_up(samples: Path) -> None:
    with pytest.raises(NotRead, match="longer than a document may"):
        view_page(samples / RULED, 1, limits=Limits(cpu_seconds=0.001, patience=1.0))


def test_the_command_writes_the_picture_and_prints_where(samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.png"
    done = _inspect(samples / RULED, "--page", "2", "--out", out)
    assert (done.returncode, done.stdout.strip()) == (0, str(out))
    with Image.open(out) as picture:
        assert picture.format == "PNG"


def test_the_command_refuses_a_page_that_is_not_there_as_wrong_usage(samples: Path) -> None:
    done = _inspect(samples / RULED, "--page", "77")
    assert (done.returncode, done.stdout) == (1, "")
    assert "page 77" in done.stderr


def _inspect(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", "inspect", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
