"""Smoothing light along surfaces, never across an edge that the renderer knows of.

An edge-avoiding à-trous wavelet (Dammertz, Sewtz, Hanika and Lensch 2010) whose weights come from the blockout's maps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout

Floats = NDArray[np.float32]
KERNEL = (1 / 4, 1 / 2, 1 / 4)
NORMAL, COLOUR, DEPTH = 0.35, 0.12, 0.08  # deviations of the weights; colour 0 to 1, depth relative


def smooth_along_surfaces(values: Floats, blockout: Blockout, levels: int) -> Floats:
    """`values` (H, W, C) averaged over about 2 ** levels pixels each way; `blockout`'s maps have the same H and W."""
    guide = _guide(blockout)
    for level in range(levels):
        values = _smooth(values, guide, 2**level)
    return values


def _guide(b: Blockout) -> Floats:
    """Features whose squared distance is the exponent of the weight, (H, W, 8)."""
    depth = np.log(np.maximum(b.depth, 1e-3)) / DEPTH
    albedo = b.albedo.astype(np.float32) / 255 / COLOUR
    ids = (b.ids.astype(np.float32) * 977 % 61)[..., None]  # another object: no weight at all
    return np.concatenate([b.normals / NORMAL, albedo, depth[..., None], ids], axis=2).astype(np.float32)


def _smooth(values: Floats, guide: Floats, hole: int) -> Floats:
    total = np.zeros((*values.shape[:2], 1), np.float32)
    out = np.zeros_like(values)
    edge = ((hole, hole), (hole, hole), (0, 0))
    wide, wide_guide = np.pad(values, edge, mode="reflect"), np.pad(guide, edge, mode="reflect")
    h, w = values.shape[:2]
    for i, down in enumerate(KERNEL):
        for j, across in enumerate(KERNEL):
            there = slice(i * hole, i * hole + h), slice(j * hole, j * hole + w)
            apart = np.square(wide_guide[there] - guide).sum(axis=2, keepdims=True)
            weight = np.float32(down * across) * np.exp(-apart)
            out += weight * wide[there]
            total += weight
    return np.asarray(out / total, dtype=np.float32)
