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


def _bare_call(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium called with plain addresses: ctypes then checks and wraps nothing, once a word."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_text_object = _bare_call(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
_count_rects = _bare_call(pdfium.FPDFText_CountRects, _INT, _ADDRESS, _INT, _INT)
_get_rect = _bare_call(
    pdfium.FPDFText_GetRect, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)


@dataclass(frozen=True)
class Look:
    """What the letters of one text object have in common; `base` is their base line in points from the page's top.

    `base` is None for letters that are turned, or of which the size is not known.
    """

    size: float
    bold: bool
    italic: bool
    turned: int
    visible: bool
    base: float | None


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
        self._handle = ctypes.cast(self._text, ctypes.c_void_p).value
        self._sides = (ctypes.c_double * 4)()  # left, top, right, bottom of the rectangle asked for last
        first = ctypes.addressof(self._sides)
        self._addresses = tuple(first + i * ctypes.sizeof(ctypes.c_double) for i in range(4))
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
            text = match.group()
            if not text.isascii():
                text = text.translate(_LIGATURES)
            if text[-1] in _HYPHEN:
                text = text[:-1] + "-"
            spot = (text, int(box.x0 + 0.5), int(box.top + 0.5))
            if spot in seen:
                continue
            seen.add(spot)
            word = Word(text, box, self._number, look.size, look.bold, look.italic, False, look.turned)
            (words if look.visible else hidden).append(word)
        return Text(tuple(words), tuple(hidden), bare)

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
        rects = _count_rects(self._handle, start, count)
        if rects < 1:
            return None
        x0, top, x1, bottom = self._addresses
        _get_rect(self._handle, 0, x0, top, x1, bottom)
        left, high, right, low = self._sides
        for i in range(1, rects):
            _get_rect(self._handle, i, x0, top, x1, bottom)
            more = self._sides
            left, right = min(left, more[0]), max(right, more[2])
            low, high = min(low, more[3]), max(high, more[1])
        box = self._place(left, low, right, high)
        # Measured from the base line, letters of a line are alike in height; boxes of ink or of subset fonts are not.
        if look.base is None:
            return box
        return Box(box.x0, look.base - _ASCENT * look.size, box.x1, look.base + _DESCENT * look.size)

    def _look(self, index: int) -> Look:
        key = _text_object(self._handle, index) or 0
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._read_look(index)
        return look

    def _read_look(self, index: int) -> Look:
        item = pdfium.FPDFText_GetTextObject(self._text, index)
        if not item:
            return Look(0.0, False, False, 0, True, None)
        matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        pdfium.FPDFTextObj_GetFontSize(item, size)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        bold, italic = self._font(pdfium.FPDFTextObj_GetFont(item))
        points = round(size.value * math.hypot(matrix.c, matrix.d), 2)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        turned = (self._turned - round(angle / 90) * 90) % 360
        return Look(
            size=points,
            bold=bold or mode in _OUTLINED,
            italic=italic or abs(matrix.c) > 0.1 * abs(matrix.d) > abs(matrix.b),
            turned=turned,
            visible=mode != _INVISIBLE,
            base=self._base(index) if points and turned == 0 else None,
        )

    def _base(self, index: int) -> float | None:
        """The base line of a letter, in points from the page's top."""
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self._text, index, x, y):
            return None
        return self._place(x.value, y.value, x.value, y.value).top

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
