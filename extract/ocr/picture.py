"""A page's picture set straight, and the rules that are drawn in it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extract.shapes import Box, Rule

Picture = npt.NDArray[np.uint8]

_WIDEST_ANGLE = 4.0  # degrees: scanners lean no farther
_COARSE, _FINE = 0.5, 0.05  # degrees between the angles that are tried
_TRIAL_WIDTH = 900  # pixels: wide enough to tell a twentieth of a degree
_LEAST_ANGLE = 0.04
_SHORTEST = 20.0  # points: shorter strokes are letters
_THICKEST = 4.0  # points
_SURE = 90.0  # points: no row of letters gives a run so long
_SOLID = 0.8  # share of a shorter stroke's length that has ink; feet or heads of letters leave wider gaps
_BESIDE = 0.2  # share of its length that may have ink right above or below it; letters go on there
_NEAR = 3  # pixels


def straightened(picture: Picture) -> Picture:
    """The grey picture turned by the small angle at which its lines of text lie level."""
    angle = _lean(picture)
    return picture if abs(angle) < _LEAST_ANGLE else _turned(picture, angle)


def _lean(picture: Picture) -> float:
    """The angle in degrees by which the page must be turned."""
    scale = _TRIAL_WIDTH / picture.shape[1]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.asarray(255 - cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1], np.uint8)
    coarse = _levelest(ink, np.arange(-_WIDEST_ANGLE, _WIDEST_ANGLE + _COARSE, _COARSE))
    return _levelest(ink, np.arange(coarse - _COARSE, coarse + _COARSE, _FINE))


def _levelest(ink: Picture, angles: npt.NDArray[np.float64]) -> float:
    """The angle at which rows of ink and rows of paper differ most."""
    sharpness = [
        float(np.square(np.diff(_turned(ink, a, 0).sum(axis=1, dtype=np.float64))).sum()) for a in angles
    ]
    return float(angles[int(np.argmax(sharpness))])


def _turned(picture: Picture, angle: float, paper: int = 255) -> Picture:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(paper,)),
        np.uint8,
    )


def ruling(picture: Picture, scale: float) -> tuple[Rule, ...]:
    """The straight lines of a grey picture as rules in points (`scale` points a pixel)."""
    ink = cv2.adaptiveThreshold(255 - picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -12)
    length = round(_SHORTEST / scale)
    return tuple(
        Rule(box, across)
        for across in (True, False)
        for box in _strokes(np.asarray(ink, np.uint8), length, across, scale)
    )


def _strokes(ink: Picture, length: int, across: bool, scale: float) -> list[Box]:
    """Runs of ink of at least `length` pixels in one direction, gaps of a few pixels closed first."""
    gap = (9, 1) if across else (1, 9)
    run = (length, 1) if across else (1, length)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
    runs = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones(run[::-1], np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(runs, np.uint8), connectivity=8)
    return [
        Box(x * scale, y * scale, (x + width) * scale, (y + height) * scale)
        for x, y, width, height, _ in stats[1:count].tolist()
        if (height if across else width) * scale <= _THICKEST
        and (max(width, height) * scale >= _SURE or _stands_alone(ink, (x, y, width, height), across))
    ]


def _stands_alone(ink: Picture, stroke: tuple[int, int, int, int], across: bool) -> bool:
    """Whether a short stroke (left, top, width, height in pixels) is none that the feet of letters in a row make."""
    x, y, width, height = stroke
    if not across:
        ink, (x, y, width, height) = ink.T, (y, x, height, width)
    columns = slice(x, x + width)
    solid = ink[y : y + height, columns].any(axis=0).mean()
    above = ink[max(y - _NEAR - 1, 0) : max(y - 1, 0), columns].any(axis=0).mean()
    below = ink[y + height + 1 : y + height + 1 + _NEAR, columns].any(axis=0).mean()
    return bool(solid >= _SOLID and max(above, below) <= _BESIDE)
