"""The few colours that many stand for: clusters in CIELAB, told apart by CIEDE2000, each named by the colour that is most of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import cielab_of_rgb, delta_e_2000, hex_of, rgb_of

APART = 9.0  # CIEDE2000 from which two colours are two
ROUNDS = 4
MOST_COLORS = 4096  # distinct colours that are clustered as they are; beyond, they are binned to 32 levels first


def clustered(weights: Mapping[str, float], *, apart: float = APART) -> list[tuple[str, float]]:
    """(hex, share 0..1) of each cluster, the largest first. `weights` by "#RRGGBB"; {} gives []."""
    order = sorted((w, h) for h, w in weights.items() if w > 0)[::-1][:MOST_COLORS]
    if not order:
        return []
    hexes, heavy = [h for _, h in order], np.array([w for w, _ in order])
    lab = cielab_of_rgb(np.array([rgb_of(h) for h in hexes]))
    centres = _leaders(lab, apart)
    for _ in range(ROUNDS):
        nearest = np.argmin(delta_e_2000(lab[:, None], centres[None]), axis=1)
        kept = np.unique(nearest)
        centres = np.array([np.average(lab[nearest == k], axis=0, weights=heavy[nearest == k]) for k in kept])
    nearest = np.argmin(delta_e_2000(lab[:, None], centres[None]), axis=1)
    found = [(hexes[int(np.argmax(nearest == k))], float(heavy[nearest == k].sum())) for k in np.unique(nearest)]
    total = float(heavy.sum())
    return sorted(((h, w / total) for h, w in found), key=lambda each: (-each[1], each[0]))


def _leaders(lab: NDArray[np.float64], apart: float) -> NDArray[np.float64]:
    """Going down from the heaviest, each colour that no earlier leader is near."""
    leaders = lab[:1]
    for point in lab[1:]:
        if len(leaders) < 64 and float(delta_e_2000(leaders, point[None]).min()) >= apart:
            leaders = np.vstack([leaders, point])
    return leaders


def colors_of(rgba: NDArray[np.uint8], *, least: float = 0.015, most: int = 12) -> list[tuple[str, float]]:
    """(hex, share) of a picture (h, w, 3 or 4), the largest first; what is more than half clear counts for nothing. Shares below `least`,
    the blends at edges among them, are left out."""
    flat = rgba.reshape(-1, rgba.shape[2])
    solid = flat[flat[:, 3] > 127, :3] if flat.shape[1] == 4 else flat
    if not len(solid):
        return []
    colours, counts = np.unique(solid, axis=0, return_counts=True)
    if len(colours) > MOST_COLORS // 8:
        colours, counts = _binned(colours, counts)
    weights = {hex_of(c / 255): float(n) for c, n in zip(colours, counts, strict=True)}
    return [(h, share) for h, share in clustered(weights) if share >= least][:most]


def _binned(colours: NDArray[np.uint8], counts: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The heaviest colour of each of 16 levels a channel, with the weight of all in it."""
    cell = (colours.astype(np.int64) >> 4) @ np.array([256, 16, 1])
    order = np.lexsort((-counts, cell))
    _, first = np.unique(cell[order], return_index=True)
    totals = np.add.reduceat(counts[order], first)
    return colours[order][first], totals
