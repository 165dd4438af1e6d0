"""The last pass over the pixels: haze, bloom, vignette, tone curve, sRGB."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes.kernels.curve import to_byte
from generation.scenes.kernels.jit import Array, kernel

_SHOULDER = 0.62  # linear light below this is left as it is, so that palette colours stay themselves


@kernel
def tone(x: float) -> float:
    """A filmic shoulder: straight to 0.62, then bending towards 1, reached softly near 3."""
    if x <= _SHOULDER:
        return max(x, 0.0)
    room = 1.0 - _SHOULDER
    return _SHOULDER + room * (1.0 - math.exp(-(x - _SHOULDER) / room))


@kernel
def spill(image: Array, step: int, out: Array) -> None:
    """Add to `out` (zeros) the means of light above white over blocks of step × step pixels."""
    share = 1.0 / (step * step)
    for j in range(image.shape[0]):
        for i in range(image.shape[1]):
            top = max(image[j, i, 0], max(image[j, i, 1], image[j, i, 2]))
            if top > 0.95:
                k = min(top - 0.95, 3.0) / top * share
                for q in range(3):
                    out[j // step, i // step, q] += k * image[j, i, q]


@kernel
def sample(small: Array, x: float, y: float, q: int) -> float:
    """Bilinear value at (x, y), each 0 to 1 over the whole picture."""
    h, w = small.shape[0], small.shape[1]
    fx = min(max(x * w - 0.5, 0.0), w - 1.0)
    fy = min(max(y * h - 0.5, 0.0), h - 1.0)
    i, j = int(fx), int(fy)
    i2, j2 = min(i + 1, w - 1), min(j + 1, h - 1)
    u, v = fx - i, fy - j
    return (small[j, i, q] * (1 - u) + small[j, i2, q] * u) * (1 - v) + (
        small[j2, i, q] * (1 - u) + small[j2, i2, q] * u
    ) * v


@kernel
def develop(
    image: Array,
    haze: Array,
    ground: Array,
    glow: Array,
    layer: Array,
    cover: Array,
    haze_gain: float,
    bloom_gain: float,
    vignette: float,
    out: Array,
) -> None:
    """Radiance to bytes. haze (h, w), ground and glow (h, w, 3) are small; layer and cover are full size or 1 × 1 (none)."""
    height, width = image.shape[0], image.shape[1]
    zones = haze.reshape((haze.shape[0], haze.shape[1], 1))
    has_layer = cover.shape[0] == height and cover.shape[1] == width
    for j in range(height):
        y = (j + 0.5) / height
        for i in range(width):
            x = (i + 0.5) / width
            h = haze_gain * sample(zones, x, y, 0)
            d2 = (x - 0.5) ** 2 + (y - 0.5) ** 2
            fall = 1.0 - vignette * 2.0 * d2
            a = cover[j, i] if has_layer else 0.0
            r, g, b = image[j, i, 0], image[j, i, 1], image[j, i, 2]
            if h > 0.004:
                r += h * (sample(ground, x, y, 0) - r)
                g += h * (sample(ground, x, y, 1) - g)
                b += h * (sample(ground, x, y, 2) - b)
            if a > 0.0:
                r, g, b = r * (1 - a) + layer[j, i, 0], g * (1 - a) + layer[j, i, 1], b * (1 - a) + layer[j, i, 2]
            k = bloom_gain * (1.0 - 0.7 * h)
            r += k * sample(glow, x, y, 0)
            g += k * sample(glow, x, y, 1)
            b += k * sample(glow, x, y, 2)
            r, g, b = tone(r * fall), tone(g * fall), tone(b * fall)
            # One least bit of ordered noise keeps wide gradients from banding.
            n = (((i * 7 + j * 13) * 5 + (i * j) % 11) % 16) / 16.0 - 0.5
            out[j, i, 0] = dithered(r, n)
            out[j, i, 1] = dithered(g, n)
            out[j, i, 2] = dithered(b, n)


@kernel
def dithered(x: float, n: float) -> int:
    return int(min(max(to_byte(x) + 0.5 + 0.9 * n, 0.0), 255.0))
