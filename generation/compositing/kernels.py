"""Inner loops of the compositor, compiled: bytes between RGB and RGBA, scrims, and PNG's row filters."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]


def _compiled(function: Any) -> Any:
    return numba.njit(cache=True, nogil=True)(function)


@_compiled
def to_rgba(rgb: Bytes, out: Bytes) -> None:
    """Copies (H, W, 3) into (H, W, 4) with full alpha."""
    for y in range(rgb.shape[0]):
        for x in range(rgb.shape[1]):
            out[y, x, 0], out[y, x, 1], out[y, x, 2] = rgb[y, x, 0], rgb[y, x, 1], rgb[y, x, 2]
            out[y, x, 3] = 255


@_compiled
def to_rgb(rgba: Bytes, out: Bytes) -> None:
    """Copies the colours of (H, W, 4) into (H, W, 3)."""
    for y in range(rgba.shape[0]):
        for x in range(rgba.shape[1]):
            out[y, x, 0], out[y, x, 1], out[y, x, 2] = rgba[y, x, 0], rgba[y, x, 1], rgba[y, x, 2]


@_compiled
def tint(pixels: Bytes, top: int, left: int, down: Floats, across: Floats, fall: Floats, color: Floats) -> None:
    """Blends one colour into a part of (H, W, 4) pixels, its alpha falling with distance, rounded with ordered noise.

    A pixel's distance is the hypotenuse of down[row] and across[column], 0 to 1; `fall` tabulates alpha over it. The noise is
    interleaved gradient noise (Jimenez, "Next generation post processing in Call of Duty", 2014), so that no steps show.
    """
    for y in range(down.shape[0]):
        for x in range(across.shape[0]):
            distance = min(np.sqrt(down[y] * down[y] + across[x] * across[x]), 1.0)
            alpha = fall[int(distance * (fall.shape[0] - 1))]
            if alpha <= 0.0:
                continue
            column, row = left + x, top + y
            inner = 0.06711056 * column + 0.00583715 * row
            noise = 52.9829189 * (inner - np.floor(inner))
            noise -= np.floor(noise)
            for c in range(3):
                value = pixels[row, column, c] * (1.0 - alpha) + color[c] * alpha + noise
                pixels[row, column, c] = np.uint8(min(value, 255.0))


@_compiled
def filter_rows(rows: Bytes, first: int, last: int, out: Bytes) -> None:
    """PNG-filters rows `first` to `last` of (H, 3 W) bytes into (last - first, 3 W + 1), the filter's number leading.

    Of Sub, Up, Average and Paeth each row takes the one with the least sum of absolute differences (PNG 1.2, section 9.6).
    """
    width = rows.shape[1]
    blank = np.zeros(width, np.uint8)
    tried = np.empty((5, width), np.uint8)
    for y in range(first, last):
        here = rows[y]
        above = rows[y - 1] if y > 0 else blank
        sub = up = average = paeth = np.int32(0)
        for x in range(width):
            value, over = np.int32(here[x]), np.int32(above[x])
            left = np.int32(here[x - 3]) if x >= 3 else np.int32(0)
            corner = np.int32(above[x - 3]) if x >= 3 else np.int32(0)
            to_left, to_over, to_corner = abs(over - corner), abs(left - corner), abs(left + over - 2 * corner)
            guess = corner
            if to_left <= to_over and to_left <= to_corner:
                guess = left
            elif to_over <= to_corner:
                guess = over
            one, two = np.uint8(value - left), np.uint8(value - over)
            three, four = np.uint8(value - ((left + over) >> 1)), np.uint8(value - guess)
            tried[1, x], tried[2, x], tried[3, x], tried[4, x] = one, two, three, four
            sub += min(np.int32(one), np.int32(256) - np.int32(one))
            up += min(np.int32(two), np.int32(256) - np.int32(two))
            average += min(np.int32(three), np.int32(256) - np.int32(three))
            paeth += min(np.int32(four), np.int32(256) - np.int32(four))
        kind, least = 1, sub
        if up < least:
            kind, least = 2, up
        if average < least:
            kind, least = 3, average
        if paeth < least:
            kind, least = 4, paeth
        out[y - first, 0] = kind
        for x in range(width):
            out[y - first, 1 + x] = tried[kind, x]
