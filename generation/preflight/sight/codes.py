"""Barcodes and QR codes: those that can be read (zxing-cpp), and what only looks like a QR code (by its finder patterns)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect
from generation.preflight.sight.types import Rgb, Sighting

NAME = "zxing-cpp, OpenCV"
Finder = tuple[float, float, float]  # the middle, px, and the side
MOST = 24  # finder patterns put together
LEAST = 12.0  # px of a code's long side


def find_codes(rgb: Rgb, asked: Sequence[str] = ()) -> list[Sighting]:
    """Codes on a uint8 RGB picture; `detail` is their kind."""
    found: list[Sighting] = []
    for seen in (*_readable(rgb), *_drawn(rgb)):
        if not any(_same(seen, other) for other in found):
            found.append(seen)
    return found


def _readable(rgb: Rgb) -> list[Sighting]:
    import zxingcpp

    found = zxingcpp.read_barcodes(np.ascontiguousarray(rgb))
    return [
        Sighting("code", box, 1.0, NAME, detail=str(code.format))
        for code in found
        if (box := _box(code.position)) is not None
    ]


def _box(position: Any) -> Rect | None:
    corners = [position.top_left, position.top_right, position.bottom_left, position.bottom_right]
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    box = Rect(float(min(xs)), float(min(ys)), float(max(xs)) + 1, float(max(ys)) + 1)
    return box if max(box.width, box.height) >= LEAST else None


def _drawn(rgb: Rgb) -> list[Sighting]:
    """Three finder patterns (ISO/IEC 18004, 6.3.3) at the corners of a square, whether or not anything can be read between them."""
    import cv2

    grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY)
    _, black = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    around = max(min(grey.shape) // 12, 7) | 1
    local = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, 12)
    boxes = [box for ink in (black, local, 255 - black) for box in _cornered(_finders(ink))]
    return [Sighting("code", box, 0.7, NAME, detail="drawn QR Code") for box in boxes]


def _finders(ink: NDArray[np.uint8]) -> list[Finder]:
    """Squares in a ring in a square, sides as 3 : 5 : 7, sharing a middle. `ink`: 255 where it is dark."""
    import cv2

    outlines, tree = cv2.findContours(ink, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    found = []
    for outer, (_, _, ring, _) in enumerate(tree[0]):
        core = int(tree[0][ring][2]) if ring >= 0 else -1
        if core >= 0:
            sizes = [cv2.minAreaRect(outlines[each]) for each in (outer, int(ring), core)]
            if _is_finder(sizes):
                (x, y), sides, _ = sizes[0]
                found.append((float(x), float(y), float(max(sides))))
    return found


def _is_finder(rects: Sequence[Any]) -> bool:
    (x, y), sides, _ = rects[0]
    side = max(sides)
    if side < 7 or min(sides) < 0.75 * side:
        return False
    for ((cx, cy), inner, _), share in zip(rects[1:], (5 / 7, 3 / 7), strict=True):
        if max(abs(cx - x), abs(cy - y)) > 0.12 * side or abs(max(inner) / side - share) > 0.14:
            return False
    return True


def _cornered(finders: Sequence[Finder]) -> Iterator[Rect]:
    """Triples of one size whose middles make a right angle with legs of one length, as at three corners of a code."""
    for corner, one, other in permutations(finders[:MOST], 3):
        if one > other:  # each triple once
            continue
        size = (corner[2] + one[2] + other[2]) / 3
        a, b = np.subtract(one[:2], corner[:2]), np.subtract(other[:2], corner[:2])
        legs = float(np.hypot(*a)), float(np.hypot(*b))
        alike = max(corner[2], one[2], other[2]) <= 1.3 * min(corner[2], one[2], other[2])
        if alike and 1.8 * size < min(legs) and max(legs) <= 1.25 * min(legs) and abs(a @ b) < 0.2 * legs[0] * legs[1]:
            corners = np.array([corner[:2], one[:2], other[:2], np.add(corner[:2], a + b)])
            (x0, y0), (x1, y1) = corners.min(axis=0) - size / 2, corners.max(axis=0) + size / 2
            yield Rect(float(x0), float(y0), float(x1), float(y1))


def _same(one: Sighting, other: Sighting) -> bool:
    return one.box is not None and other.box is not None and one.box.intersection(other.box) is not None
