"""A cut-out comes to stand in a rendered scene: resampled once, set on whole pixels, with the scene's shadow under it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.products.edges import cleaned
from generation.products.pixels import Rgba, resampled
from generation.products.shadows import shadow_of
from generation.products.surfaces import Footing
from generation.types import Json

# Names of sources and layers in the Design.
PRODUCT, SHADOW = "product", "product-shadow"
FOOT = 0.09  # of the height: the part of a cut-out that may be its foot
SUNK = 0.6  # of how far the foot rises to its sides


@dataclass(frozen=True)
class Standing:
    """picture: the cut-out at its placed size, clean at its edges. box: where it stands, whole pixels. shadow: the layer under it
    in shadow_box. shaded: the scene with its shadow, (H, W, 3). notes: what was done, for the recipe."""

    picture: Rgba
    box: Rect
    shadow: Rgba
    shadow_box: Rect
    shaded: NDArray[np.uint8]
    notes: Json

    @property
    def sources(self) -> dict[str, NDArray[np.uint8]]:
        return {PRODUCT: self.picture, SHADOW: self.shadow}


def stand(product: Rgba, scene: NDArray[np.uint8], b: Blockout, box: Rect, calm: tuple[Rect, ...] = ()) -> Standing:
    """Place a cut-out (uint8 RGBA) in its box on the scene (H, W, 3). The same arguments give the same bytes."""
    left, top, right, bottom = placed_box(box)
    clean, edges = cleaned(product)
    picture = resampled(clean, right - left, bottom - top)
    sunk = forward(picture[..., 3])
    top, bottom = top + sunk, bottom + sunk
    shadow, (x, y) = _shadow(scene, b, picture, (left, top), bottom - sunk, calm)
    shadow_box = Rect(x, y, x + shadow.shape[1], y + shadow.shape[0])
    return Standing(
        picture=picture,
        box=Rect(left, top, right, bottom),
        shadow=shadow,
        shadow_box=shadow_box,
        shaded=_laid_over(scene, shadow, x, y),
        notes={
            "size": f"{product.shape[1]}x{product.shape[0]}",
            "placed": f"{right - left}x{bottom - top}",
            "resample": "none" if picture is clean else "lanczos3, premultiplied",
            "halo": edges.halo,
            "edges_mended": edges.mended,
        },
    )


def placed_box(box: Rect) -> tuple[int, int, int, int]:
    """The nearest whole-pixel box of at least one pixel, standing on the same line."""
    width, height = max(round(box.width), 1), max(round(box.height), 1)
    left, bottom = round(box.center[0] - width / 2), round(box.y1)
    return left, bottom - height, left + width, bottom


def forward(alpha: NDArray[np.uint8]) -> int:
    """How many pixels lower it is set, so that the middle of its foot stands where the scene expects one, not its front edge.

    A foot seen from above curves or slants up to its sides; where they end is about the middle of its depth.
    """
    height = alpha.shape[0]
    low = alpha[-max(2, round(FOOT * height)) :] > 127
    rises = low[::-1].argmax(axis=0)[low.any(axis=0)]
    return round(SUNK * float(np.percentile(rises, 90))) if len(rises) else 0


def _shadow(
    scene: NDArray[np.uint8], b: Blockout, picture: Rgba, corner: tuple[int, int], stood: int, calm: tuple[Rect, ...]
) -> tuple[Rgba, tuple[int, int]]:
    if b.frame is None:
        return np.zeros((1, 1, 4), np.uint8), (0, 0)
    return shadow_of(scene, b, Footing(picture[..., 3], *corner, b.frame, float(stood)), calm)


def _laid_over(scene: NDArray[np.uint8], shadow: Rgba, x: int, y: int) -> NDArray[np.uint8]:
    out = scene.copy()
    part = out[y : y + shadow.shape[0], x : x + shadow.shape[1]]
    share = shadow[..., 3:].astype(np.float32) / 255
    part[:] = (part * (1 - share) + shadow[..., :3] * share + 0.5).astype(np.uint8)
    return out
