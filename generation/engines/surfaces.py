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
    planes = np.ascontiguousarray(np.moveaxis(values, 2, 0))
    for level in range(levels):
        planes = _smooth(planes, guide, 2**level)
    return np.ascontiguousarray(np.moveaxis(planes, 0, 2))


def _guide(b: Blockout) -> Floats:
    """Features whose squared distance is the exponent of the weight, (8, H, W): planes, which numpy walks much faster."""
    depth = np.log(np.maximum(b.depth, 1e-3)) / DEPTH
    albedo = b.albedo.astype(np.float32) / 255 / COLOUR
    ids = (b.ids.astype(np.float32) * 977 % 61)[None]  # another object: no weight at all
    planes = [np.moveaxis(b.normals / NORMAL, 2, 0), np.moveaxis(albedo, 2, 0), depth[None], ids]
    return np.ascontiguousarray(np.concatenate(planes), dtype=np.float32)


def _smooth(values: Floats, guide: Floats, hole: int) -> Floats:
    total = np.zeros(values.shape[1:], np.float32)
    out = np.zeros_like(values)
    edge = ((0, 0), (hole, hole), (hole, hole))
    wide, wide_guide = np.pad(values, edge, mode="reflect"), np.pad(guide, edge, mode="reflect")
    _, h, w = values.shape
    for i, down in enumerate(KERNEL):
        for j, across in enumerate(KERNEL):
            there = slice(None), slice(i * hole, i * hole + h), slice(j * hole, j * hole + w)
            near = 1.0 if i == j == 1 else _nearness(guide, wide_guide[there])
            weight = np.float32(down * across) * near
            out += weight * wide[there]
            total += weight
    return np.asarray(out / total, dtype=np.float32)


def _nearness(here: Floats, there: Floats) -> Floats:
    """exp(-squared distance) of the features, (H, W), 0 to 1."""
    s = np.square(there - here)
    apart = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))
    return np.asarray(np.exp(-apart), dtype=np.float32)
