"""Small colour arithmetic for the compositor: tints of a colour, so that metal, light and shadow stay in the palette.

Lightness and mixtures are taken in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS, _FROM_LAB = np.linalg.inv(_TO_LMS), np.linalg.inv(_TO_LAB)


@lru_cache(maxsize=1024)
def _lab(color: str) -> tuple[float, float, float]:
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lab = _TO_LAB @ np.cbrt(_TO_LMS @ linear)
    return float(lab[0]), float(lab[1]), float(lab[2])


def _hex(lab: NDArray[np.float64]) -> str:
    """The sRGB colour of an OKLab value; chroma is lowered until it lies inside sRGB."""
    for keep in np.linspace(1.0, 0.0, 21):
        linear = _FROM_LMS @ (_FROM_LAB @ (lab * np.array([1.0, keep, keep]))) ** 3
        if linear.min() >= -1e-3 and linear.max() <= 1.001:
            break
    linear = np.clip(linear, 0.0, 1.0)
    rgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{int(v):02X}" for v in np.rint(rgb * 255))


@lru_cache(maxsize=4096)
def mix(one: str, other: str, share: float) -> str:
    """`share` (0 to 1) of the other colour in the one."""
    return _hex(np.array(_lab(one)) * (1 - share) + np.array(_lab(other)) * share)


@lru_cache(maxsize=4096)
def lighter(color: str, by: float) -> str:
    """The colour with its OKLab lightness (0 to 1) raised by `by`; lowered where negative."""
    lightness, a, b = _lab(color)
    return _hex(np.array([min(max(lightness + by, 0.0), 1.0), a, b]))


def darker(color: str, by: float) -> str:
    """The colour with its OKLab lightness lowered by `by`."""
    return lighter(color, -by)


@lru_cache(maxsize=4096)
def deepened(color: str, by: float) -> str:
    """The colour moved a share `by` towards umber when it is warm, towards ink blue when cool: gold darkens to bronze, not olive."""
    _, a, b = _lab(color)
    return mix(color, "#2A0E04" if b > 0.01 or a > 0.03 else "#070B1E", by)


def lightness(color: str) -> float:
    """OKLab lightness, 0 black to 1 white."""
    return _lab(color)[0]


def argb(color: str, alpha: float = 1.0) -> int:
    """Skia's 32-bit colour of "#RRGGBB" at an alpha of 0 to 1."""
    return (round(min(max(alpha, 0.0), 1.0) * 255) << 24) | int(color[1:7], 16)
