"""Clean edges: the colour of the thing itself in the pixels that it shares with what was behind it.

With the photo at hand both colours are estimated by blur fusion (M. Forte, "Approximate fast foreground colour estimation",
2021). A cut-out that comes without its ground is first measured: only where its edge really carries another colour is that edge
given the colour of the solid parts beside it. Pixels whose alpha is full are never touched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.products.pixels import SEEN, SOLID, Rgba

Floats = NDArray[np.float32]

FAR, NEAR = 30, 4  # px: half widths of the two passes of blur fusion
REACH = 2  # px: how near a solid pixel must be to lend its colour
HALO = 9.0  # of 255: where an edge takes another colour this much faster as it thins, that colour is the old ground's


@dataclass(frozen=True)
class Edges:
    """What was found at the edges of a cut-out. halo: how much more (of 255) its thin pixels (alpha under 96) differ from the solid
    ones beside them than its thick pixels (from 160) do: an old ground shows more the less there is of the thing itself. mended:
    whether the colour was replaced. pixels: how many are half clear."""

    halo: float
    mended: bool
    pixels: int


def foreground(photo: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> Rgba:
    """The cut-out of a photo (H, W, 3) by its alpha (H, W), without the old ground's colour in half-clear pixels."""
    share = (alpha.astype(np.float32) / np.float32(255))[..., None]
    image = photo.astype(np.float32)
    front, back = _fused(image, image, image, share, FAR)
    front, _ = _fused(image, front, back, share, NEAR)
    out = np.empty((*alpha.shape, 4), np.uint8)
    out[..., :3] = np.clip(front + np.float32(0.5), 0, 255)
    out[..., :3][alpha >= 255] = photo[alpha >= 255]
    out[..., 3] = alpha
    out[alpha == 0] = 0
    return out


def _fused(image: Floats, front: Floats, back: Floats, share: Floats, radius: int) -> tuple[Floats, Floats]:
    """One pass: smooth both colours by their own shares, then move the front by what does not add up."""
    rest = 1 - share
    smooth_front = _blur(front * share, radius) / (_blur(share, radius) + np.float32(1e-5))
    smooth_back = _blur(back * rest, radius) / (_blur(rest, radius) + np.float32(1e-5))
    left = image - share * smooth_front - rest * smooth_back
    return np.clip(smooth_front + share * left, 0, 255), smooth_back


def _blur(values: Floats, radius: int) -> Floats:
    size = 2 * radius + 1
    return np.asarray(ndimage.uniform_filter(values, (size, size, 1), mode="nearest"), dtype=np.float32)


def cleaned(picture: Rgba) -> tuple[Rgba, Edges]:
    """A cut-out whose half-clear pixels have the thing's own colour, and what was found."""
    alpha = picture[..., 3]
    band = (alpha > SEEN) & (alpha < SOLID)
    solid = alpha >= SOLID
    own, reached = _inside_color(picture[..., :3].astype(np.float32), solid)
    band &= reached
    thin, thick = band & (alpha < 96), band & (alpha >= 160)
    halo = _difference(picture, own, thin) - _difference(picture, own, thick) if thin.any() and thick.any() else 0.0
    if not band.any() or halo < HALO:
        return picture, Edges(round(max(halo, 0.0), 1), False, int(band.sum()))
    out = picture.copy()
    out[..., :3][band] = np.clip(own[band] + 0.5, 0, 255).astype(np.uint8)
    return out, Edges(round(halo, 1), True, int(band.sum()))


def _inside_color(image: Floats, solid: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """The mean colour of the solid pixels nearest to each pixel, and where there is any within reach."""
    weight = solid.astype(np.float32)[..., None]
    own = np.zeros_like(image)
    reached = np.zeros(solid.shape, np.bool_)
    for radius in (REACH, 3 * REACH, 6 * REACH):
        total = _blur(weight, radius)
        fresh = (total[..., 0] > 1e-3) & ~reached
        own[fresh] = (_blur(image * weight, radius)[fresh]) / total[fresh]
        reached |= fresh
    return own, reached


def _difference(picture: Rgba, own: Floats, where: NDArray[np.bool_]) -> float:
    """Median over pixels of the largest channel's distance from the solid's colour."""
    if not where.any():
        return 0.0
    return float(np.median(np.abs(picture[..., :3][where] - own[where]).max(axis=1)))
