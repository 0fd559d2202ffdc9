"""Borders of small squares, as word processors draw dotted lines: dots in a row become one rule."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.shapes import Box, Rule

LARGEST_DOT = 3.0  # points, in both directions
_FARTHEST = 6.0  # points between the middles of two dots of one line
_LEVEL = 0.3  # points by which the dots of one line may stand off it
_FEWEST = 3  # dots that make a line; fewer are corners of borders, or full stops of a drawing


@dataclass
class Dots:
    """The rules that dots make, while a page is read: dots of one line are drawn one after another."""

    rules: list[Rule] = field(default_factory=list)
    count: int = 0
    _run: list[Box] = field(default_factory=list)
    _across: bool | None = None  # the direction of the run, where it has two dots

    def add(self, dot: Box) -> None:
        """One more dot, in the order of drawing."""
        self.count += 1
        direction = _direction(self._run[-1], dot) if self._run else None
        if self._run and (direction is None or self._across not in (None, direction)):
            self.close()
        elif self._run:
            self._across = direction
        self._run.append(dot)

    def close(self) -> None:
        """The run of dots so far is a line of its own."""
        if len(self._run) >= _FEWEST and self._across is not None:
            self.rules.append(Rule(Box.around(self._run), self._across))
        self._run, self._across = [], None


def _direction(before: Box, dot: Box) -> bool | None:
    """Whether a dot goes on across (True) or up or down (False) from the one before it; None where it does neither."""
    (x0, y0), (x1, y1) = before.middle, dot.middle
    right, down = abs(x1 - x0), abs(y1 - y0)
    if down <= _LEVEL < right <= _FARTHEST:
        return True
    return False if right <= _LEVEL < down <= _FARTHEST else None
