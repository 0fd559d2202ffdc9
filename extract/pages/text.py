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
from typing import Any

import pypdfium2.raw as pdfium

from extract.shapes import Box, Word

# pdfium writes a hyphen at the end of a line as U+0002 (older builds U+FFFE) and drops the line break behind it.
_HYPHEN = "\x02￾"
_WORD = re.compile(rf"[^\s{_HYPHEN}\x00]+[{_HYPHEN}]?|[{_HYPHEN}]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_INVISIBLE = 3
_OUTLINED = (1, 2)
_ASCENT, _DESCENT = 0.76, 0.22  # of the type size, above and below the base line


@dataclass(frozen=True)
class Look:
    """What the letters of one text object have in common."""

    size: float
    bold: bool
    italic: bool
    turned: int
    visible: bool


@dataclass(frozen=True)
class Text:
    """The words of a page; `hidden` are those that the file holds but does not show; `bare` is pdfium's own text."""

    words: tuple[Word, ...]
    hidden: tuple[Word, ...]
    bare: str


class TextReader:
    """Reads words from one loaded page; close with `close()`."""

    def __init__(self, page: Any, place: Callable[..., Box], number: int, quarter_turns: int) -> None:
        self._text = pdfium.FPDFText_LoadPage(page)
        self._place = place
        self._number = number
        self._turned = 90 * quarter_turns
        self._looks: dict[int, Look] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._edges = tuple(ctypes.c_double() for _ in range(4))
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
        seen: set[tuple[str, int, int]] = set()
        for match in _WORD.finditer(bare):
            start, end = at(match.start()), at(match.end())
            look = self._look(start)
            box = self._box(start, end - start, look)
            if box is None:
                continue
            text = match.group().translate(_LIGATURES)
            if text[-1] in _HYPHEN:
                text = text[:-1] + "-"
            spot = (text, round(box.x0), round(box.top))
            if spot in seen:
                continue
            seen.add(spot)
            word = Word(text, box, self._number, look.size, look.bold, look.italic, turned=look.turned)
            (words if look.visible else hidden).append(word)
        return Text(tuple(words), tuple(hidden), bare)

    def letters_of(self, word_box: Box) -> list[tuple[str, Box]]:
        """The letters inside a box with their own boxes, in the file's order: for words that need cutting."""
        x0, x1, bottom, top = self._edges
        out: list[tuple[str, Box]] = []
        for i, letter in enumerate(self.bare()):
            if letter.isspace():
                continue
            pdfium.FPDFText_GetCharBox(self._text, i, x0, x1, bottom, top)
            box = self._place(x0.value, bottom.value, x1.value, top.value)
            if word_box.holds(box.middle):
                out.append((letter, box))
        return out

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
        rects = pdfium.FPDFText_CountRects(self._text, start, count)
        if rects < 1:
            return None
        x0, top, x1, bottom = self._edges
        pdfium.FPDFText_GetRect(self._text, 0, x0, top, x1, bottom)
        left, right, low, high = x0.value, x1.value, bottom.value, top.value
        for i in range(1, rects):
            pdfium.FPDFText_GetRect(self._text, i, x0, top, x1, bottom)
            left, right = min(left, x0.value), max(right, x1.value)
            low, high = min(low, bottom.value), max(high, top.value)
        # Measured from the base line, letters of a line are alike in height; boxes of ink or of subset fonts are not.
        if look.turned == 0 and look.size and pdfium.FPDFText_GetCharOrigin(self._text, start, x0, bottom):
            box = self._place(left, low, right, high)
            base = self._place(x0.value, bottom.value, x0.value, bottom.value).top
            return Box(box.x0, base - _ASCENT * look.size, box.x1, base + _DESCENT * look.size)
        return self._place(left, low, right, high)

    def _look(self, index: int) -> Look:
        item = pdfium.FPDFText_GetTextObject(self._text, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._read_look(item)
        return look

    def _read_look(self, item: Any) -> Look:
        if not item:
            return Look(0.0, False, False, self._turned % 360, True)
        matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        pdfium.FPDFTextObj_GetFontSize(item, size)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        bold, italic = self._font(pdfium.FPDFTextObj_GetFont(item))
        return Look(
            size=round(size.value * math.hypot(matrix.c, matrix.d), 2),
            bold=bold or mode in _OUTLINED,
            italic=italic or abs(matrix.c) > 0.1 * abs(matrix.d) > abs(matrix.b),
            turned=(self._turned - round(angle / 90) * 90) % 360,
            visible=mode != _INVISIBLE,
        )

    def _font(self, font: Any) -> tuple[bool, bool]:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
            name = buffer.value.decode("utf-8", "replace").lower()
            self._fonts[key] = (
                bool(re.search(r"bold|black|heavy|demi", name)),
                bool(re.search(r"italic|oblique", name)),
            )
        return self._fonts[key]
