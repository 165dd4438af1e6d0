"""Pictures with straight alpha: the one known resample, and what is solid in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Rgba = NDArray[np.uint8]
Mask = NDArray[np.bool_]

SOLID = 250  # alpha from here on is the thing itself
SEEN = 8  # alpha up to here is nothing


def resampled(picture: Rgba, width: int, height: int) -> Rgba:
    """uint8 (height, width, 4) by Pillow's Lanczos-3 on premultiplied values: the one resample a product goes through.

    The same size gives the same bytes.
    """
    if picture.shape[:2] == (height, width):
        return picture
    small = Image.fromarray(picture).convert("RGBa").resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(small.convert("RGBA"))


def eroded(alpha: NDArray[np.uint8], pixels: int) -> Mask:
    """Where alpha is full and stays so `pixels` around; the picture's own border counts as clear."""
    inner: Mask = ndimage.binary_erosion(alpha >= 255, np.ones((3, 3), np.bool_), iterations=max(pixels, 1))
    return inner


def bounds(mask: Mask) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) of what is true, right and bottom exclusive; None where nothing is."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def cropped(picture: Rgba, margin: int = 0) -> Rgba:
    """The part that is not clear, with a clear margin; the picture itself where all is clear."""
    found = bounds(picture[..., 3] > SEEN)
    if found is None:
        return picture
    left, top, right, bottom = found
    part = picture[top:bottom, left:right]
    return np.pad(part, ((margin, margin), (margin, margin), (0, 0))) if margin else np.ascontiguousarray(part)


def png_of(picture: NDArray[np.uint8]) -> bytes:
    """A PNG file of uint8 pixels: (H, W, 4), (H, W, 3) or grey (H, W)."""
    import io

    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", compress_level=3)
    return out.getvalue()
