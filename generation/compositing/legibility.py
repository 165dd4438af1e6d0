"""Can it be read? Contrast of a colour against the real pixels under a box, and the lightest remedy where it can't.

Contrast is WCAG 2.x (relative luminance, (L1 + 0.05) / (L2 + 0.05)). A box is judged by its worst decile: one pixel in ten
may be worse, so that a highlight the size of a hair doesn't decide, and a bright prop under half a word does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect
from generation.types import Hex

SAMPLES = 160  # per side: enough for any box, cheap for a large one


@lru_cache(maxsize=1)
def _linear_table() -> NDArray[np.float64]:
    """Linear light of each 8-bit sRGB value (IEC 61966-2-1)."""
    s = np.arange(256) / 255
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4)


def luminance(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance 0..1 of sRGB pixels (…, 3)."""
    linear = _linear_table()[rgb]
    weighted: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighted


def rgb_of(color: Hex) -> NDArray[np.uint8]:
    """#RRGGBB as three bytes."""
    return np.frombuffer(bytes.fromhex(color[1:]), dtype=np.uint8)


def hex_of(rgb: NDArray[np.floating]) -> Hex:
    """Three values 0..255 as #RRGGBB."""
    r, g, b = (round(float(np.clip(v, 0, 255))) for v in rgb)
    return f"#{r:02X}{g:02X}{b:02X}"


def pixels_under(rgb: NDArray[np.uint8], box: Rect, margin: float = 0.0) -> NDArray[np.uint8]:
    """Up to SAMPLES² evenly spaced pixels of a box grown by `margin`, as (N, 3). A box off the canvas gives its nearest pixel."""
    height, width = rgb.shape[:2]
    grown = box.grown(margin).clamped(width, height)
    x0, y0 = min(int(grown.x0), width - 1), min(int(grown.y0), height - 1)
    x1, y1 = max(int(np.ceil(grown.x1)), x0 + 1), max(int(np.ceil(grown.y1)), y0 + 1)
    patch = rgb[y0 : y1 : max((y1 - y0) // SAMPLES, 1), x0 : x1 : max((x1 - x0) // SAMPLES, 1)]
    return patch.reshape(-1, 3)


def ratios(color: Hex, ground: NDArray[np.float64]) -> NDArray[np.float64]:
    """Contrast ratio of one colour against each luminance in `ground`."""
    own = float(luminance(rgb_of(color)))
    return (np.maximum(own, ground) + 0.05) / (np.minimum(own, ground) + 0.05)


def worst_decile(color: Hex, rgb: NDArray[np.uint8], box: Rect, margin: float = 0.0) -> float:
    """The contrast that nine tenths of the pixels under the box reach or beat."""
    return float(np.quantile(ratios(color, luminance(pixels_under(rgb, box, margin))), 0.1))


@dataclass(frozen=True)
class Choice:
    """A colour and the worst-decile contrast it has where it will stand."""

    color: Hex
    contrast: float


def choose(candidates: Iterable[Hex], rgb: NDArray[np.uint8], box: Rect, needed: float, margin: float = 0.0) -> Choice:
    """The first candidate that reaches `needed`, or else the one with most contrast. Candidates come in order of taste."""
    best: Choice | None = None
    for color in candidates:
        choice = Choice(color, worst_decile(color, rgb, box, margin))
        if choice.contrast >= needed:
            return choice
        if best is None or choice.contrast > best.contrast:
            best = choice
    if best is None:
        raise ValueError("no candidate colours")
    return best


def needed_ratio(size_px: float, short: float) -> float:
    """4.5:1; 3:1 for large display type (WCAG's 24 px, and large on this canvas too)."""
    return 3.0 if size_px >= max(24.0, 0.05 * short) else 4.5


def scrim_alpha(color: Hex, scrim: Hex, rgb: NDArray[np.uint8], box: Rect, needed: float) -> float | None:
    """The least opacity of a scrim of colour `scrim` at which `color` reaches `needed`; None if even a solid one doesn't."""
    pixels = pixels_under(rgb, box).astype(np.float64)
    cover = rgb_of(scrim).astype(np.float64)
    for alpha in np.linspace(0.15, 1.0, 18):
        mixed = (pixels * (1 - alpha) + cover * alpha + 0.5).astype(np.uint8)
        if np.quantile(ratios(color, luminance(mixed)), 0.1) >= needed * 1.04:
            return float(alpha)
    return None


def unrest(rgb: NDArray[np.uint8], box: Rect) -> float:
    """How busy the pixels under a box are: standard deviation of luminance's square root (about perceived), 0 calm to ~0.5."""
    return float(np.sqrt(luminance(pixels_under(rgb, box))).std())
