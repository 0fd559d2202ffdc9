"""A page's text as words with boxes, read through pdfium's text page.

pdfium gives the text of a page in one call and the box of a run of letters in another, so words are cut first and
measured afterwards: two calls a word instead of several a letter.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extract.pages import calls
from extract.pages.drawing import colour_of
from extract.shapes import Box, Fill, Word

# pdfium writes a hyphen at the end of a line as U+0002 (older builds U+FFFE) and drops the line break behind it.
_HYPHEN = "\x02￾"
_WORD = re.compile(rf"[^\s{_HYPHEN}\x00]+[{_HYPHEN}]?|[{_HYPHEN}]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪"}  # as Symbol and Wingdings write them
_PLAIN = str.maketrans(_LIGATURES | _BULLETS)
# A disc, square or triangle as a letter; in Wingdings and Symbol these have private letters.
_SIGN = re.compile("[●⬤⚫■◼⬛◆◉▲▼★\uf06c\uf06e\uf0a8\uf0d8]{1,2}")
_BLACK = 64  # of 255: a colour all of whose parts are darker is black
_INVISIBLE = 3
# pdfium writes its answers here; one page is read at a time.
_MATRIX, _SIZE, _ORIGIN = (ctypes.c_float * 6)(), (ctypes.c_float * 1)(), (ctypes.c_double * 2)()
_BOUNDS = (ctypes.c_float * 4)()
_MATRIX_PLACES, _SIZE_PLACES, _ORIGIN_PLACES, _BOUND_PLACES = (
    calls.places(array) for array in (_MATRIX, _SIZE, _ORIGIN, _BOUNDS)
)
_OUTLINED = (1, 2)
_SLANTED = 12.0  # degrees off the nearest quarter turn; the text of a crooked scan leans less
_ASCENT, _DESCENT = 0.76, 0.22  # of the type size, above and below the base line


class Look(NamedTuple):
    """What the letters of one text object have in common.

    `base` is their base line in points from the page's top, or from its left where they run up or down the page; None
    where their size is not known.
    """

    size: float
    bold: bool
    italic: bool
    turned: int
    visible: bool
    slanted: bool
    base: float | None


@dataclass(frozen=True)
class Text:
    """The words of a page; `hidden` are those that the file holds but does not show; `bare` is pdfium's own text.

    `slanted` are words that run aslant, as a watermark does ("DRAFT"); `signs` are discs and boxes printed as letters in
    a colour, as a rating is.
    """

    words: tuple[Word, ...]
    hidden: tuple[Word, ...]
    slanted: tuple[Word, ...]
    bare: str
    signs: tuple[Fill, ...] = ()


class TextReader:
    """Reads words from one loaded page; close with `close()`."""

    def __init__(self, page: Any, place: Callable[..., Box], number: int, quarter_turns: int) -> None:
        self._page = page
        self._text = pdfium.FPDFText_LoadPage(page)
        self._place = place
        self._number = number
        self._turned = 90 * quarter_turns
        self._looks: dict[int, Look] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._handle = calls.address(self._text)
        self._sides = (ctypes.c_double * 4)()  # left, top, right, bottom of the rectangle asked for last
        self._addresses = calls.places(self._sides)
        self.letters = max(pdfium.FPDFText_CountChars(self._text), 0)

    def close(self) -> None:
        pdfium.FPDFText_ClosePage(self._text)

    def bare(self) -> str:
        """All letters in the file's order, lines parted by CR LF."""
        buffer = (ctypes.c_ushort * (self.letters + 1))()
        units = pdfium.FPDFText_GetText(self._text, 0, self.letters, buffer)
        return bytes(buffer)[: 2 * max(units - 1, 0)].decode("utf-16-le", "replace")

    def read(self) -> Text:
        """Words in the file's order, those printed twice on the same spot once."""
        bare = self.bare()
        at = self._index(bare)
        words: list[Word] = []
        hidden: list[Word] = []
        slanted: list[Word] = []
        signs: list[Fill] = []
        seen: set[tuple[str, int, int, bool]] = set()
        for match in _WORD.finditer(bare):
            start, end = at(match.start()), at(match.end())
            look = self._look(start)
            box = self._box(start, end - start, look)
            if box is None:
                continue
            text = match.group()
            if not text.isascii():
                text = text.translate(_PLAIN)
            if text[-1] in _HYPHEN:
                text = text[:-1] + "-"
            spot = (text, int(box.x0 + 0.5), int(box.top + 0.5), look.visible)
            if spot in seen:
                continue
            seen.add(spot)
            word = Word(text, box, self._number, look.size, look.bold, look.italic, False, look.turned)
            (slanted if look.slanted else words if look.visible else hidden).append(word)
            if not text.isascii() and _SIGN.fullmatch(text) and (colour := self._colour(start)):
                signs.append(Fill(box, colour, "round"))
        if words and hidden:
            words, hidden = self._told_apart(words, hidden)
        return Text(tuple(words), tuple(hidden), tuple(slanted), bare, tuple(signs))

    def _colour(self, index: int) -> str | None:
        """The colour of a letter, None where it is black or hardly seen."""
        colour = colour_of(calls.text_object(self._handle, index) or 0, calls.fill_colour)
        return None if colour is None or max(bytes.fromhex(colour[1:])) < _BLACK else colour

    def _told_apart(self, words: list[Word], hidden: list[Word]) -> tuple[list[Word], list[Word]]:
        """The shown and the hidden words, each read once: a layer of recognised text lies on the text it copies.

        Of letters printed twice pdfium keeps the first, and so the hidden ones where those were drawn first.
        """
        shown = self._shown_places()
        copies = [word for word in hidden if any(box.holds(word.box.middle) for box in shown)]
        alone = [word for word in copies if not any(other.box.holds(word.box.middle) for other in words)]
        return [*words, *alone], [word for word in hidden if word not in copies]

    def _shown_places(self) -> list[Box]:
        """Where the page's own text objects show letters."""
        places = []
        for i in range(pdfium.FPDFPage_CountObjects(self._page)):
            item = calls.page_object(calls.address(self._page), i)
            if calls.kind_of(item) == pdfium.FPDF_PAGEOBJ_TEXT and calls.render_mode(item) != _INVISIBLE:
                calls.get_bounds(item, *_BOUND_PLACES)
                places.append(self._place(*_BOUNDS))
        return places

    def _index(self, bare: str) -> Callable[[int], int]:
        """Where a letter of the bare text stands in pdfium's own list, which may hold letters without text."""
        if len(bare) == self.letters:
            return lambda i: i
        last = len(bare)
        return lambda i: (
            self.letters if i >= last else max(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, i), 0)
        )

    def _box(self, start: int, count: int, look: Look) -> Box | None:
        """The box of a run of letters: as wide as its ink, as high as its font; None where nothing is drawn."""
        rects = calls.count_rects(self._handle, start, count)
        if rects < 1:
            return None
        x0, top, x1, bottom = self._addresses
        calls.get_rect(self._handle, 0, x0, top, x1, bottom)
        left, high, right, low = self._sides
        for i in range(1, rects):
            calls.get_rect(self._handle, i, x0, top, x1, bottom)
            more = self._sides
            left, right = min(left, more[0]), max(right, more[2])
            low, high = min(low, more[3]), max(high, more[1])
        box = self._place(left, low, right, high)
        return box if look.base is None else _as_high_as_its_font(box, look, look.base)

    def _look(self, index: int) -> Look:
        item = calls.text_object(self._handle, index) or 0
        look = self._looks.get(item)
        if look is None:
            look = self._looks[item] = self._read_look(item, index)
        return look

    def _read_look(self, item: int, index: int) -> Look:
        if not item:
            return Look(0.0, False, False, 0, True, False, None)
        calls.text_matrix(self._handle, index, _MATRIX_PLACES[0])
        calls.font_size(item, _SIZE_PLACES[0])
        a, b, c, d, _, _ = _MATRIX
        mode = calls.render_mode(item)
        bold, italic = self._font(calls.text_font(item) or 0)
        points = round(_SIZE[0] * math.hypot(c, d), 2)
        # Most text has b = 0: its direction needs no arithmetic.
        angle = 0.0 if b == 0 and a > 0 else math.degrees(math.atan2(b, a))
        quarters = round(angle / 90)
        turned = (self._turned - quarters * 90) % 360
        return Look(
            size=points,
            bold=bold or mode in _OUTLINED,
            italic=italic or abs(c) > 0.1 * abs(d) > abs(b),
            turned=turned,
            visible=mode != _INVISIBLE,
            slanted=abs(angle - quarters * 90) > _SLANTED,
            base=self._base(index, turned) if points else None,
        )

    def _base(self, index: int, turned: int) -> float | None:
        """The base line of a letter, in points from the page's top or left."""
        if not calls.char_origin(self._handle, index, *_ORIGIN_PLACES):
            return None
        x, y = _ORIGIN
        origin = self._place(x, y, x, y)
        return origin.x0 if turned in (90, 270) else origin.top

    def _font(self, font: int) -> tuple[bool, bool]:
        """Whether a font's name says bold, and whether italic."""
        if font not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            calls.font_name(font, ctypes.addressof(buffer), len(buffer))
            name = buffer.value.decode("utf-8", "replace").lower()
            self._fonts[font] = (
                bool(re.search(r"bold|black|heavy|demi", name)),
                bool(re.search(r"italic|oblique", name)),
            )
        return self._fonts[font]


def _as_high_as_its_font(box: Box, look: Look, base: float) -> Box:
    """The box with the height of its font instead of its ink, by which the letters of a line are not alike."""
    above, below = _ASCENT * look.size, _DESCENT * look.size
    if look.turned == 0:
        return Box(box.x0, base - above, box.x1, base + below)
    if look.turned == 180:
        return Box(box.x0, base - below, box.x1, base + above)
    if look.turned == 90:
        return Box(base - below, box.top, base + above, box.bottom)
    return Box(base - above, box.top, base + below, box.bottom)
