"""The scene's things, cut out of the picture, so that a gradient for the type darkens the wall and not what stands before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.layout.geometry import Rect

SOURCE = "foreground"  # the key of its pixels among the compositor's sources
SOFTNESS = 0.8  # px; the cut runs a pixel inside a thing's edge, where no wall shines through


def foreground(picture: NDArray[np.uint8], blockout: Blockout, occupied: Sequence[Rect]) -> NDArray[np.uint8] | None:
    """uint8 (H, W, 4), straight alpha: every thing of the scene that stands free. None where no thing does.

    Left out: things that reach under one of the `occupied` boxes (type counts on the gradient there), and those cut by the
    canvas, which are blurred pieces near the lens; the subject stays wherever it is cut.
    """
    import cv2

    frame = Rect(1, 1, blockout.width - 1, blockout.height - 1)
    free = [
        n
        for n, box in blockout.boxes.items()
        if (frame.contains(box) or n == blockout.subject_id) and not _under(blockout.ids == n, box, occupied)
    ]
    mask = np.isin(blockout.ids, free).astype(np.uint8) * np.uint8(255)
    mask = cv2.GaussianBlur(cv2.erode(mask, np.ones((3, 3), np.uint8)), (0, 0), SOFTNESS)
    return np.dstack([picture, mask]) if mask.any() else None


def _under(seen: NDArray[np.bool_], box: Rect, occupied: Sequence[Rect]) -> bool:
    """Whether any pixel of a thing lies in one of the boxes."""
    height, width = seen.shape
    for other in occupied:
        if box.intersection(other) is not None:
            x0, y0, x1, y1 = other.clamped(width, height).rounded()
            if seen[y0:y1, x0:x1].any():
                return True
    return False


def laid_over(ground: NDArray[np.uint8], cut: NDArray[np.uint8]) -> None:
    """Put the cut-out on a working copy of the picture (H, W, 3), in place."""
    alpha = cut[..., 3:].astype(np.float32) / 255
    ground[...] = (ground * (1 - alpha) + cut[..., :3] * alpha + 0.5).astype(np.uint8)
