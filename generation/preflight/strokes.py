"""How well one glyph's strokes on the picture are those of its outline: as a whole, by what is missing or too much, and side by side.

All planes are coverage, 0 ground to 1 ink, float32 (h, w), in one crop at one scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from generation.layout.geometry import Rect
from generation.preflight.ground import Plane, window

LEAST_INK = 1.5  # pixels of ink under which a glyph (a full stop at 9 px), or a side of one, cannot be judged
SIDE = 0.4  # of a glyph's height or width
SIDE_INK = 0.12  # of a glyph's ink: a side with less (beside the foot of an L) says nothing


@dataclass(frozen=True)
class GlyphScore:
    """How well one glyph's strokes fit.

    score: correlation with the outline, -1 to 1, None where there is too little ink to tell. residue: the share of its ink that is
    missing or too much, whichever is more. side: how much of the ink promised at its top, bottom, left and right is there, the least
    of the four, where the line as a whole has 1. box: on the canvas.
    """

    char: str
    score: float | None
    residue: float
    side: float
    box: Rect


def score_glyph(
    char: str, place: Rect, pad: float, drawing: Plane, cover: Plane, shown: float, on_canvas: Rect
) -> GlyphScore:
    """Score the glyph whose ink box in the crop is `place`, looking `pad` pixels around it.

    shown: `share_shown` of the whole line.
    """
    around = window(place.grown(pad), drawing.shape)
    promised, seen = drawing[around], cover[around]
    if promised.sum() < LEAST_INK:
        return GlyphScore(char, None, 0.0, 1.0, on_canvas)
    return GlyphScore(
        char,
        correlation(promised, seen),
        _residue(promised, seen),
        _weakest_side(drawing[window(place, drawing.shape)], cover[window(place, drawing.shape)]) / max(shown, 0.1),
        on_canvas,
    )


def correlation(a: Plane, b: Plane) -> float:
    """Normalised correlation of two equal patches; 0 where one is flat."""
    a, b = a - a.mean(), b - b.mean()
    power = float((a * a).sum() * (b * b).sum())
    return float((a * b).sum()) / power**0.5 if power > 1e-9 else 0.0


def share_shown(promised: Plane, seen: Plane) -> float:
    """How much of the promised ink is seen: the least-squares factor from one to the other."""
    return float((promised * seen).sum()) / max(float((promised * promised).sum()), 1e-6)


def _weakest_side(promised: Plane, seen: Plane) -> float:
    """The least share shown of a glyph's sides; a glyph cut at one side has next to nothing there, however well the rest fits."""
    least = max(LEAST_INK, SIDE_INK * float(promised.sum()))
    shares = (share_shown(promised[s], seen[s]) for s in _sides(promised.shape) if promised[s].sum() >= least)
    return min(shares, default=1.0)


def _sides(shape: tuple[int, ...]) -> Iterator[tuple[slice, slice]]:
    """Top, bottom, left and right of a glyph's box."""
    height, width = shape
    high, wide = max(round(SIDE * height), 1), max(round(SIDE * width), 1)
    whole = slice(None)
    yield slice(0, high), whole
    yield slice(height - high, height), whole
    yield whole, slice(0, wide)
    yield whole, slice(width - wide, width)


def _residue(promised: Plane, seen: Plane) -> float:
    """The larger of missing and surplus ink as a share of the glyph's, beyond what a slip of half a pixel explains."""
    thick = ndimage.maximum_filter(promised, size=3)
    thin = ndimage.minimum_filter(promised, size=3)
    missing = np.maximum(thin - seen - 0.35, 0).sum()
    surplus = np.maximum(seen - thick - 0.35, 0).sum()
    return float(max(missing, surplus) / max(float(promised.sum()), 1.0))
