"""From radiance to a picture: calm zones, pieces near the lens, bloom, vignette, tone curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.layout.geometry import Rect
from generation.scenes.kernels import post
from generation.scenes.stage import Stage

Floats = NDArray[np.float32]
_VEIL = np.float32(0.25)  # spilt light never exceeds this


def finish(
    stage: Stage,
    image: Floats,
    ids: NDArray[np.uint8],
    *,
    near: tuple[Floats, Floats] | None = None,
    quick: bool = False,
) -> NDArray[np.uint8]:
    """sRGB bytes (H, W, 3) from linear radiance (changed in place)."""
    haze, ground = calm(stage, image, ids)
    glow = bloom(image, stage) if not quick else np.zeros((1, 1, 3), np.float32)
    layer, cover = _unfocused(near, stage) if near else (np.zeros((1, 1, 3), np.float32), np.zeros((1, 1), np.float32))
    out = np.empty(image.shape, np.uint8)
    post.develop(image, haze, ground, glow, layer, cover, stage.haze, stage.bloom, stage.vignette, out)
    return out


def calm(stage: Stage, image: Floats, ids: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """(how calm each place must be, the ground's smooth colour there), at a sixteenth of the size or so."""
    step = max(stage.width, stage.height) // 120 + 1
    small = image[step // 2 :: step, step // 2 :: step].astype(np.float32)
    free = (ids[step // 2 :: step, step // 2 :: step] == 0).astype(np.float32)
    sigma = 0.09 * min(stage.width, stage.height) / step
    small = np.minimum(small, 1.2)
    weight = ndimage.gaussian_filter(free, sigma, mode="nearest") + 1e-3
    smooth = np.stack([ndimage.gaussian_filter(small[..., q] * free, sigma, mode="nearest") for q in range(3)], axis=-1)
    return _zones(stage, small.shape[:2], step), np.ascontiguousarray(smooth / weight[..., None], dtype=np.float32)


def _zones(stage: Stage, shape: tuple[int, ...], step: int) -> Floats:
    """1 in text zones, falling to 0 within a twentieth of the short side."""
    zones = np.zeros(shape, np.float32)
    short = min(stage.width, stage.height)
    for rect in stage.calm:
        r = _to_cells(rect.grown(0.02 * short), step)
        zones[r[1] : r[3], r[0] : r[2]] = 1.0
    sigma = 0.028 * short / step
    return np.asarray(np.clip(ndimage.gaussian_filter(zones, sigma, mode="nearest") * 1.25, 0, 1), dtype=np.float32)


def _to_cells(rect: Rect, step: int) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = rect.x0 / step, rect.y0 / step, rect.x1 / step, rect.y1 / step
    return max(int(x0), 0), max(int(y0), 0), max(int(np.ceil(x1)), 0), max(int(np.ceil(y1)), 0)


def bloom(image: Floats, stage: Stage) -> Floats:
    """Light that glints and lamps spill, at an eighth of the size or so; bounded, so that a large lamp veils nothing."""
    short = min(stage.width, stage.height)
    step = min(max(short // 33, 1), 8)
    small = np.zeros((-(-image.shape[0] // step), -(-image.shape[1] // step), 3), np.float32)
    post.spill(image, step, small)
    sigma = short / step
    glow = np.zeros_like(small)
    for width, share in ((0.012, 0.55), (0.045, 0.3), (0.12, 0.15)):
        for q in range(3):
            glow[..., q] += share * ndimage.gaussian_filter(small[..., q], width * sigma, mode="constant")
    return np.asarray(glow / (1.0 + glow / _VEIL))


def _unfocused(near: tuple[Floats, Floats], stage: Stage) -> tuple[Floats, Floats]:
    """Pieces near the lens, blurred as a wide aperture does (three box means are close to a disc)."""
    image, cover = near
    size = max(int(0.011 * min(stage.width, stage.height)), 1)
    rows = np.flatnonzero(cover.any(axis=1))
    out, mask = np.zeros_like(image), np.zeros_like(cover)
    if len(rows):
        band = slice(max(int(rows[0]) - 2 * size, 0), int(rows[-1]) + 1 + 2 * size)
        part = cover[band]
        layer = np.minimum(image[band], 2.0) * part[..., None]
        for _ in range(2):
            layer = ndimage.uniform_filter(layer, (size, size, 1), mode="nearest")
            part = ndimage.uniform_filter(part, size, mode="nearest")
        out[band], mask[band] = layer, part
    return out, mask
