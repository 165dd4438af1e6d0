"""A photo's cut-out as briefs and the library take it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from brand_styles.intake.photos import MAX_SIDE, cut_out
from brand_styles.intake.pictures import decode_picture
from generation.planning.product import cropped
from generation.products.edges import foreground
from generation.products.pixels import SEEN, Rgba, bounds

AROUND = 40  # px of the photo beside the cut-out that tell the ground's colour


def cut_by_itself(photo: bytes | Path, rectangle: Sequence[float] | None = None) -> Rgba:
    """The cut-out from a rectangle (an automatic one where None), with nobody to look at it. Refused, with a sentence, where nothing
    is found."""
    found = cut_out(photo, rectangle)
    pixels = decode_picture(photo, max_side=MAX_SIDE)
    return cut_from(np.ascontiguousarray(pixels[..., :3]), found.alpha, "photo")


def cut_from(photo: NDArray[np.uint8], alpha: NDArray[np.uint8], name: str) -> Rgba:
    """What alpha (H, W) keeps of a photo (H, W, 3): cropped, its edges free of the old ground.

    BriefProblem, in words, where that is nothing, or too small to be shown.
    """
    found = bounds(alpha > SEEN)
    if found is None:
        return cropped(np.zeros((1, 1, 4), np.uint8), name)
    left, top, right, bottom = found
    part = slice(max(top - AROUND, 0), bottom + AROUND), slice(max(left - AROUND, 0), right + AROUND)
    return cropped(foreground(photo[part], alpha[part]), name)
