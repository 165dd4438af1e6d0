"""How much of a picture a colour or a palette takes up, by CIEDE2000."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brand_styles.colors import Floats, cielab_of_rgb, delta_e_2000, rgb_of
from generation.preflight.ground import Mask, Rgb

PIXELS = 150_000  # looked at, on a grid: a share is then right to a few thousandths


@dataclass(frozen=True)
class Colours:
    """The colours of a picture: CIELAB (n, 3) and the share of the area each takes up, which sum to 1 (nothing: n is 0)."""

    lab: Floats
    share: Floats

    def near(self, colours: Sequence[str], tolerance: float) -> float:
        """Share of the area within `tolerance` (CIEDE2000) of any of the hex colours, 0 to 1."""
        return float(self.share[self.distance(colours) <= tolerance].sum()) if len(self.share) else 0.0

    def distance(self, colours: Sequence[str]) -> Floats:
        """CIEDE2000 of each colour of the picture to the nearest of the hex colours; infinite where there are none."""
        nearest = np.full(len(self.share), np.inf)
        for colour in colours:
            nearest = np.minimum(nearest, delta_e_2000(self.lab, cielab_of_rgb(rgb_of(colour))))
        return nearest


def colours_of(rgb: Rgb, hidden: Mask | None = None) -> Colours:
    """The colours of a uint8 RGB picture (H, W, 3), those under `hidden` (H, W) left out; of a large one every so many pixels."""
    step = max(round((rgb.shape[0] * rgb.shape[1] / PIXELS) ** 0.5), 1)
    pixels = rgb[step // 2 :: step, step // 2 :: step]
    pixels = pixels.reshape(-1, 3) if hidden is None else pixels[~hidden[step // 2 :: step, step // 2 :: step]]
    if not len(pixels):
        return Colours(np.zeros((0, 3)), np.zeros(0))
    wide = pixels.astype(np.uint32)
    packed, counts = np.unique((wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2], return_counts=True)
    apart = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=-1) / 255
    return Colours(cielab_of_rgb(apart), counts / len(pixels))
