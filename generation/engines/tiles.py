"""Reaching the full canvas: the model's picture enlarged, then gone over once more in overlapping tiles of its own size.

Tiles share one field of noise and fade into one another, so that where they meet is nothing to be seen; `tile_seam` measures that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generation.engines.batching import MULTIPLE, WIDEST
from generation.engines.windows import ramp

Floats = NDArray[np.float32]
Box = tuple[int, int, int, int]  # x0, y0, x1, y1

OVERLAP = 0.15  # of a tile's side, at least
WORTH = 1.2  # how many times the model's pixels a canvas must have before it is gone over again
ROOM = 1.12  # how much larger than the model's own pictures a tile may be
MOST = 8  # tiles a side


def canvas_size(width: int, height: int) -> tuple[int, int]:
    """The (width, height) to go over: the canvas, its sides raised to what the models take."""
    return -(-width // MULTIPLE) * MULTIPLE, -(-height // MULTIPLE) * MULTIPLE


def plan(width: int, height: int, area: int) -> list[Box]:
    """Equal overlapping boxes over a canvas whose sides are multiples of MULTIPLE, as few as hold about `area` pixels each and
    no longer than WIDEST; row by row."""
    counts = [(nx, ny) for nx in range(1, MOST + 1) for ny in range(1, MOST + 1)]
    best = min(counts, key=lambda n: _badness(width, height, n, area))
    across, down = _spans(width, best[0]), _spans(height, best[1])
    return [(x0, y0, x1, y1) for y0, y1 in down for x0, x1 in across]


def _badness(width: int, height: int, counts: tuple[int, int], area: int) -> tuple[bool, int, float]:
    w, h = _side(width, counts[0]), _side(height, counts[1])
    too_large = w * h > ROOM * area
    too_long = max(w, h) > WIDEST * min(w, h)
    return too_large or too_long, counts[0] * counts[1], abs(math.log(w / h))


def _side(length: int, count: int) -> int:
    """The least side of `count` equal tiles that cover `length` and share OVERLAP of it with each neighbour."""
    for side in range(-(-length // count // MULTIPLE) * MULTIPLE, length, MULTIPLE):
        starts = _starts(length, count, side)
        if all(a + side - b >= OVERLAP * side for a, b in pairwise(starts)):
            return side
    return length


def _starts(length: int, count: int, side: int) -> list[int]:
    return [round(i * (length - side) / (count - 1) / MULTIPLE) * MULTIPLE for i in range(count)]


def _spans(length: int, count: int) -> list[tuple[int, int]]:
    side = _side(length, count)
    if side >= length:
        return [(0, length)]
    return [(start, start + side) for start in _starts(length, count, side)]


def blend(tiles: Sequence[Floats], boxes: Sequence[Box], size: tuple[int, int]) -> Floats:
    """The tiles (h, w, 3) laid over one another, each fading out over what it shares with its neighbours; (H, W, 3)."""
    total = np.zeros((size[1], size[0], 3), np.float32)
    weight = np.zeros((size[1], size[0], 1), np.float32)
    for tile, (x0, y0, x1, y1) in zip(tiles, boxes, strict=True):
        share = np.outer(_share(y0, y1, size[1]), _share(x0, x1, size[0]))[..., None].astype(np.float32)
        total[y0:y1, x0:x1] += tile * share
        weight[y0:y1, x0:x1] += share
    return np.asarray(total / weight, dtype=np.float32)


def _share(low: int, high: int, length: int) -> NDArray[np.float64]:
    """How much of a tile counts along one side of the canvas: less where it fades into its neighbours, nowhere nothing."""
    feather = max(OVERLAP * (high - low), 1.0)
    return np.maximum(ramp(high - low, feather, low > 0, high < length), 1e-4)


def tile_seam(picture: NDArray[np.generic], boxes: Sequence[Box]) -> float:
    """The strongest step along a tile's border, over the picture's own steps near it: 1 is invisible, 2 a line twice as strong
    as what is there anyway. 1 where there is one tile only."""
    h, w = picture.shape[:2]
    grey = np.asarray(picture, dtype=np.float64).mean(axis=2)
    columns = {x for x0, _, x1, _ in boxes for x in (x0, x1) if 0 < x < w}
    rows = {y for _, y0, _, y1 in boxes for y in (y0, y1) if 0 < y < h}
    worst = [_step(grey, x) for x in columns] + [_step(grey.T, y) for y in rows]
    return round(max([1.0, *worst]), 3)


def _step(grey: NDArray[np.float64], line: int, around: int = 24) -> float:
    """The mean step across column `line` over the median of the steps across the columns near it."""
    steps = np.abs(np.diff(grey, axis=1)).mean(axis=0)
    near = steps[max(line - 1 - around, 0) : line + around]
    return float(steps[line - 1] / max(float(np.median(near)), 1e-3))
