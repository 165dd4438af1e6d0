"""The sRGB curve from a table."""

from __future__ import annotations

import math

import numpy as np

from generation.scenes.kernels.jit import kernel

_STEPS = 4096
_x = (np.arange(_STEPS + 2) / _STEPS) ** 2
# IEC 61966-2-1, in bytes, over the square root of linear light: fine where the curve is steep.
_TABLE = np.where(_x <= 0.0031308, 12.92 * _x, 1.055 * np.power(_x, 1 / 2.4) - 0.055) * 255.0


@kernel
def to_byte(x: float) -> float:
    """Linear light 0 to 1 to the sRGB scale 0 to 255, not rounded."""
    return float(_TABLE[int(math.sqrt(min(max(x, 0.0), 1.0)) * _STEPS + 0.5)])
