"""The shadow of a flat cut-out in a rendered scene: cast along the scene's own light, and pressed where it touches.

Every pixel of the scene is taken to its place in the world by the depth map; from there a ray goes to the key light. Where it
crosses the upright plane that the cut-out stands in, the cut-out's alpha, blurred by the light's width over the distance
flown, says how much light is kept out: so the shadow bends over a podium's edge and softens as it leaves the foot.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from brand_styles.colors import to_encoded, to_linear
from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.products.contact import pressed
from generation.products.surfaces import Floats, Footing, Surface, projected, surface_of
from generation.scenes import columns as c

Rgba = NDArray[np.uint8]

WORKING = 280  # px of the longer side at which it is found where a shadow falls
FINE = 1_000_000  # places at which it is then worked out
STRENGTH = 0.85  # of the scene's own full shadow: light also comes round a product
CALM = 0.85  # share of a shadow that text zones are spared
_LEVELS = 6


def shadow_of(
    scene: NDArray[np.uint8], b: Blockout, footing: Footing, calm: tuple[Rect, ...] = ()
) -> tuple[Rgba, tuple[int, int]]:
    """The layer that, laid over the scene (H, W, 3), darkens it as the cut-out's shadow would; and its top left corner.

    calm: boxes in which the shadow is held back, for the type that stands there.
    """
    step = max(1, round(max(b.width, b.height) / WORKING))
    rough = np.maximum(*_dark(surface_of(b, footing.frame, step), footing, b, calm))
    box = _reach(rough, step, (b.height, b.width))
    if box is None:
        return np.zeros((1, 1, 4), np.uint8), (0, 0)
    x0, y0, x1, y1 = box
    fine = max(1, round(((x1 - x0) * (y1 - y0) / FINE) ** 0.5))
    parts = [
        _enlarged(part, fine, (x1 - x0, y1 - y0))
        for part in _dark(surface_of(b, footing.frame, fine, box), footing, b, calm)
    ]
    return _layer(scene[y0:y1, x0:x1], parts[0], parts[1], footing.frame[c.SHADE : c.SHADE + 3]), (x0, y0)


def _dark(surface: Surface, footing: Footing, b: Blockout, calm: tuple[Rect, ...]) -> tuple[Floats, Floats]:
    """Light kept out, and darkening under the foot, each 0 to 1."""
    short = min(b.width, b.height)
    return _cast(surface, footing) * (1 - CALM * _zones(calm, surface, short)), pressed(surface, footing, b)


def _cast(surface: Surface, footing: Footing) -> Floats:
    """How much of the key light the cut-out keeps out of each place, 0 to 1."""
    frame = footing.frame
    sun = frame[c.SUN : c.SUN + 3].astype(np.float32)
    flown = (surface.place[..., 2] - np.float32(footing.z)) / -sun[2]  # to the cut-out's plane
    crossing = surface.place + np.maximum(flown, 0)[..., None] * sun
    x, y, scale = projected(crossing, frame)
    blur = np.maximum(flown, 0) * np.float32(frame[c.SOFT]) * scale * np.float32(0.5)
    shade = _sampled(footing, x, y, blur)
    facing = np.clip((surface.normal @ sun) / np.float32(0.2), 0, 1)
    behind = np.clip(flown / np.float32(0.02), 0, 1)
    return np.asarray(STRENGTH * shade * facing * behind, dtype=np.float32)


def _sampled(footing: Footing, x: Floats, y: Floats, blur: Floats) -> Floats:
    """Alpha at canvas points, each blurred by its own number of pixels: between the two nearest of a stack of blurs."""
    height, width = footing.alpha.shape
    shrink = max(1, round(max(height, width) / 320))
    small = footing.alpha[: height - height % shrink, : width - width % shrink].astype(np.float32) / 255
    small = small.reshape(height // shrink, shrink, width // shrink, shrink).mean(axis=(1, 3))
    pad = 1 << _LEVELS
    small = np.pad(small, pad)
    row = (y - footing.top) / shrink - 0.5 + pad
    column = (x - footing.left) / shrink - 0.5 + pad
    level = np.clip(np.log2(np.maximum(blur / shrink, 0.5)) + 1, 0, _LEVELS - 1)
    out = np.zeros(x.shape, np.float32)
    for i in range(_LEVELS):
        near = np.maximum(1 - np.abs(level - i), 0)
        used = near > 0
        if used.any():
            soft = ndimage.gaussian_filter(small, 0.5 * 2.0**i)
            at = np.stack([row[used], column[used]])
            out[used] += near[used] * ndimage.map_coordinates(soft, at, order=1, mode="constant")
    return out


def _zones(calm: tuple[Rect, ...], surface: Surface, short: int) -> Floats:
    """1 in the boxes, falling to 0 within a tenth of the canvas's short side or so around them."""
    height, width = surface.place.shape[:2]
    rows = (np.arange(height, dtype=np.float32) + 0.5) * surface.step + surface.corner[1]
    columns = (np.arange(width, dtype=np.float32) + 0.5) * surface.step + surface.corner[0]
    zones = np.zeros((height, width), np.float32)
    for box in calm:
        off_y = np.maximum(np.maximum(box.y0 - rows, rows - box.y1), 0)[:, None]
        off_x = np.maximum(np.maximum(box.x0 - columns, columns - box.x1), 0)[None, :]
        near = np.clip(1 - np.hypot(off_x, off_y) / (0.09 * short), 0, 1)
        zones = np.maximum(zones, near * near * (3 - 2 * near))
    return zones


def _reach(dark: Floats, step: int, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The canvas box that holds everything darker than can be seen; None where nothing is."""
    rows, columns = np.flatnonzero((dark > 0.004).any(axis=1)), np.flatnonzero((dark > 0.004).any(axis=0))
    if not len(rows):
        return None
    x0, y0 = max(int(columns[0]) - 1, 0) * step, max(int(rows[0]) - 1, 0) * step
    return x0, y0, min((int(columns[-1]) + 2) * step, size[1]), min((int(rows[-1]) + 2) * step, size[0])


def _enlarged(dark: Floats, step: int, size: tuple[int, int]) -> Floats:
    """At canvas size (width, height), bilinear."""
    if step == 1:
        return dark
    rows, columns = (np.arange(size[1]) - step // 2) / step, (np.arange(size[0]) - step // 2) / step
    grid = np.meshgrid(np.clip(rows, 0, dark.shape[0] - 1), np.clip(columns, 0, dark.shape[1] - 1), indexing="ij")
    return np.asarray(ndimage.map_coordinates(dark, np.stack(grid), order=1), dtype=np.float32)


def _layer(under: NDArray[np.uint8], kept_out: Floats, pressed: Floats, shade: NDArray[np.float64]) -> Rgba:
    """Straight-alpha pixels that turn `under` into itself in shadow, as the scene's own shadows do: towards its deeper hue."""
    left = (1 - kept_out[..., None] * (1 - shade)) * (1 - pressed[..., None] * (1 - 0.6 * shade))
    dark = to_encoded(to_linear(under / 255.0) * left) * 255
    share = np.clip(1 - (dark / np.maximum(under, 1)).min(axis=-1, keepdims=True), 0, 1)
    color = (dark - under * (1 - share)) / np.maximum(share, 1e-3)
    out = np.empty((*under.shape[:2], 4), np.uint8)
    out[..., :3] = np.clip(color + 0.5, 0, 255)
    out[..., 3] = np.clip(share[..., 0] * 255 + 0.5, 0, 255)
    return out
