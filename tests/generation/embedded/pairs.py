"""A pair of a plain scene, whose slow tier is a warmer light."""

from __future__ import annotations

import numpy as np

from generation.embedded.pair_files import Pair
from tests.generation.engines.tiny import scene


def pair(width: int = 160, height: int = 192, tint: tuple[float, float, float] = (1.05, 1.0, 0.9)) -> Pair:
    staged = scene(width, height)
    warm = np.clip(staged.rgb * np.array(tint), 0, 255).astype(np.uint8)
    blank = np.zeros((height, width), np.uint8)
    caption = {"en": "gold gift box, light from the left", "zh": "金色礼盒，左侧光"}
    return Pair(staged, warm, blank, blank, np.zeros((height, width, 6), np.uint8), {"caption": caption})
