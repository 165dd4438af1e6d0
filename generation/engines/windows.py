"""Laying a diffused window into the blockout, and measuring whether its border can be seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Region = tuple[int, int, int, int]
FEATHER = 0.18  # of the window's side: how far the window fades into the ground
KEEP_FADE = 2.0  # px, deviation of the fade around pixels that stay
VISIBLE_STEP = 0.5  # of 255: steps smaller than this are noise of rounding


def lay_in(ground: NDArray[np.uint8], window: NDArray[np.float32], region: Region) -> NDArray[np.uint8]:
    """`ground` (H, W, 3) with `window` (h, w, 3, 0 to 255) laid over `region`, fading out towards sides inside the canvas."""
    x0, y0, x1, y1 = region
    alpha = fade(ground.shape[1], ground.shape[0], region)[..., None]
    out = ground.copy()
    under = ground[y0:y1, x0:x1].astype(np.float32)
    out[y0:y1, x0:x1] = np.clip(under + (window - under) * alpha + 0.5, 0, 255).astype(np.uint8)
    return out


def keep_pixels(picture: NDArray[np.uint8], before: NDArray[np.uint8], keep: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """`picture` with `before` byte for byte where `keep` (H, W) says so, fading into it over a few pixels outside."""
    import cv2

    near = cv2.GaussianBlur(keep.astype(np.float32), (0, 0), KEEP_FADE)
    share = np.clip(2 * near, 0, 1)[..., None]
    mixed = picture + (before.astype(np.float32) - picture) * share
    return np.where(keep[..., None], before, np.clip(mixed + 0.5, 0, 255).astype(np.uint8))


def fade(width: int, height: int, region: Region) -> NDArray[np.float32]:
    """How much of the window shows, (h, w) 0 to 1: smooth ramps at sides that are not the canvas's own."""
    x0, y0, x1, y1 = region
    w, h = x1 - x0, y1 - y0
    across = ramp(w, max(2.0, FEATHER * w), x0 > 0, x1 < width)
    down = ramp(h, max(2.0, FEATHER * h), y0 > 0, y1 < height)
    return np.outer(down, across).astype(np.float32)


def ramp(length: int, feather: float, low: bool, high: bool) -> NDArray[np.float64]:
    """1 inside, smoothly to nearly 0 over `feather` pixels at the ends that fade, (length,)."""
    at = np.arange(length) + 0.5
    t = np.ones(length)
    if low:
        t = np.minimum(t, at / feather)
    if high:
        t = np.minimum(t, (length - at) / feather)
    return t * t * (3 - 2 * t)


def seam(picture: NDArray[np.uint8], ground: NDArray[np.uint8], region: Region) -> float:
    """The largest step that the window's borders add: mean step across a line of the faded band, over the same line's step
    in the blockout, the worst line's figure. 1 is invisible; 2 would be a line twice as strong as what is there anyway."""
    h, w = ground.shape[:2]
    x0, y0, x1, y1 = region
    worst = [1.0]
    if x0 > 0 or x1 < w:
        ratio = _ratios(picture[y0:y1], ground[y0:y1])
        worst += _band(ratio, x0, x1, w)
    if y0 > 0 or y1 < h:
        ratio = _ratios(picture[:, x0:x1].swapaxes(0, 1), ground[:, x0:x1].swapaxes(0, 1))
        worst += _band(ratio, y0, y1, h)
    return float(max(worst))


def _ratios(picture: NDArray[np.uint8], ground: NDArray[np.uint8]) -> NDArray[np.float64]:
    """For each column border the mean step in `picture` over the one in `ground`."""
    own, before = (np.abs(np.diff(p.astype(np.float64), axis=1)).mean(axis=(0, 2)) for p in (picture, ground))
    usual = max(float(np.median(before)), VISIBLE_STEP)
    return np.asarray(own / np.maximum(before, usual))


def _band(ratio: NDArray[np.float64], low: int, high: int, length: int) -> list[float]:
    """The figures of the lines at and just inside the window's borders, where it begins to fade in."""
    depth = max(2, int(FEATHER * (high - low) / 2))
    found: list[float] = []
    if low > 0:
        found += ratio[max(low - 2, 0) : low + depth].tolist()
    if high < length:
        found += ratio[high - depth : high + 1].tolist()
    return found
