"""Taking the noise of few paths out of the slow tier's picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.engines.surfaces import smooth_along_surfaces

LEVELS = 5


def denoise(noisy: NDArray[np.uint8], blockout: Blockout) -> NDArray[np.uint8]:
    """uint8 (H, W, 3): the fast tier's picture and the light that `noisy` adds to it, smoothed along surfaces.

    Smoothed is the *difference* to the fast tier: that is light, while texture and edges are in both.
    """
    fast = blockout.rgb.astype(np.float32) / 255
    change = np.asarray(noisy / np.float32(255) - fast, dtype=np.float32)
    change = smooth_along_surfaces(change, blockout, LEVELS)
    return np.asarray((np.clip(fast + change, 0, 1) * 255 + 0.5).astype(np.uint8))
