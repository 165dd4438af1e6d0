"""What the type stands on: the picture without it, and the ink as the difference between the two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generation.compositing.design import Design, LogoLayer, PriceLayer, TextLayer
from generation.layout.geometry import Rect

Rgb = NDArray[np.uint8]  # (H, W, 3), sRGB
Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

FAINT = 14  # of 255: below this a difference is soft shadow or rounding, not ink


def without_type(design: Design) -> Design:
    """The same Design with no text, price or logo: compose it to get the `ground` that preflight asks for."""
    kept = tuple(layer for layer in design.layers if not isinstance(layer, TextLayer | PriceLayer | LogoLayer))
    return design.model_copy(update={"layers": kept})


def window(box: Rect, shape: tuple[int, ...], pad: float = 0.0) -> tuple[slice, slice]:
    """Rows and columns of an array that cover `box` grown by `pad`, cut to the array."""
    height, width = shape[:2]
    x0, y0 = int(np.floor(box.x0 - pad)), int(np.floor(box.y0 - pad))
    x1, y1 = int(np.ceil(box.x1 + pad)), int(np.ceil(box.y1 + pad))
    return slice(_clip(y0, height), _clip(y1, height)), slice(_clip(x0, width), _clip(x1, width))


def _clip(value: int, top: int) -> int:
    return min(max(value, 0), top)


def luminance(rgb: NDArray[np.uint8]) -> Plane:
    """Relative luminance 0 to 1 of sRGB pixels (WCAG 2.2), any leading shape, last axis 3."""
    weights = np.array([0.2126, 0.7152, 0.0722], np.float32)
    plane: Plane = _linear_table()[rgb] @ weights
    return plane


def linear_luminance(pixels: Plane) -> Plane:
    """Relative luminance of sRGB pixels given as float32 0 to 255, rounded to whole values first."""
    return luminance(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


@lru_cache(maxsize=1)
def _linear_table() -> Plane:
    c = np.arange(256, dtype=np.float32) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


@dataclass(frozen=True)
class Ink:
    """The ink of one layer. `drawn`: how much each pixel differs from the ground, 0 to 255; `mask`: where that is a glyph.

    Both cover `rows` and `cols` of the canvas.
    """

    rows: slice
    cols: slice
    drawn: NDArray[np.uint8]
    mask: Mask

    @property
    def box(self) -> Rect | None:
        """The ink box in canvas pixels, None where nothing is drawn."""
        ys, xs = np.flatnonzero(self.mask.any(1)), np.flatnonzero(self.mask.any(0))
        if not len(ys):
            return None
        dx, dy = self.cols.start, self.rows.start
        return Rect(float(xs[0] + dx), float(ys[0] + dy), float(xs[-1] + 1 + dx), float(ys[-1] + 1 + dy))


def measure_ink(rgb: Rgb, ground: Rgb, box: Rect, pad: float, others: tuple[Rect, ...] = ()) -> Ink:
    """The ink in and around `box` (grown by `pad` pixels), leaving out what lies outside it in the boxes of other type.

    A pixel is ink where it differs from the ground by at least half of what the strongest ink differs: soft shadows
    and glows fall out, anti-aliased edges are cut at their middle.
    """
    rows, cols = window(box, rgb.shape, pad)
    a, b = rgb[rows, cols].astype(np.int16), ground[rows, cols].astype(np.int16)
    drawn = np.abs(a - b).max(axis=2, initial=0).astype(np.uint8)
    inner = window(box, rgb.shape)
    own = drawn[
        inner[0].start - rows.start : inner[0].stop - rows.start,
        inner[1].start - cols.start : inner[1].stop - cols.start,
    ]
    kept = own.copy()
    for other in others:
        r, c = window(other, rgb.shape)
        r0, r1 = max(r.start, rows.start) - rows.start, min(r.stop, rows.stop) - rows.start
        c0, c1 = max(c.start, cols.start) - cols.start, min(c.stop, cols.stop) - cols.start
        if r1 > r0 and c1 > c0:
            drawn[r0:r1, c0:c1] = 0
    own[...] = kept
    strong = float(np.percentile(kept[kept > FAINT], 90)) if (kept > FAINT).any() else 0.0
    return Ink(rows, cols, drawn, drawn > max(FAINT, strong / 2))


def estimate_ground(rgb: Rgb, design: Design) -> Rgb:
    """A ground for a picture handed in without one: each type box is filled with what surrounds it, row by row.

    A coarse stand-in: right on calm ground, which is where type belongs; checks say that the ground was estimated.
    """
    ground = rgb.copy()
    for layer in design.layers:
        if isinstance(layer, TextLayer | PriceLayer | LogoLayer):
            _fill(ground, layer.box.grown(2))
    return ground


def _fill(ground: Rgb, box: Rect) -> None:
    rows, cols = window(box, ground.shape)
    width = ground.shape[1]
    if rows.stop <= rows.start or cols.stop <= cols.start:
        return
    left = ground[rows, max(cols.start - 1, 0)].astype(np.float32)
    right = ground[rows, min(cols.stop, width - 1)].astype(np.float32)
    t = np.linspace(0, 1, cols.stop - cols.start, dtype=np.float32)[None, :, None]
    ground[rows, cols] = (left[:, None] * (1 - t) + right[:, None] * t).round().astype(np.uint8)
