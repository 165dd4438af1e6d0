"""Structure of pictures: multi-scale structural similarity where a mask says, and gradient energy in boxes."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect

Floats = NDArray[np.float64]

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # of five scales, fine to coarse (Wang, Simoncelli and Bovik 2003)
_C1, _C2 = 0.01**2, 0.03**2
_WINDOW, _SIGMA = 11, 1.5


def luma(rgb: NDArray[np.uint8]) -> Floats:
    """Rec. 709 luma of sRGB bytes (H, W, 3), 0 to 1."""
    return np.asarray(rgb @ np.array([0.2126, 0.7152, 0.0722]) / 255)


def ms_ssim(a: NDArray[np.uint8], b: NDArray[np.uint8], where: NDArray[np.bool_] | None = None) -> float:
    """Multi-scale structural similarity of the luma of two pictures (H, W, 3), 0 to 1 (Wang, Simoncelli and Bovik 2003, equation 7).

    where: (H, W), the pixels that count; at each coarser scale those whose four pixels counted by half or more. Both sides must
    be at least 176 px, so that the window fits the coarsest of five scales; ValueError otherwise or where nothing counts.
    """
    if min(a.shape[:2]) < _WINDOW * 2 ** (len(WEIGHTS) - 1) or a.shape != b.shape:
        raise ValueError(
            f"MS-SSIM wants two pictures of one size, at least 176 px a side, not {a.shape} and {b.shape}."
        )
    x, y = luma(a), luma(b)
    counts = np.ones(x.shape) if where is None else where.astype(np.float64)
    found = 1.0
    for scale, weight in enumerate(WEIGHTS):
        mask = counts >= 0.5
        if not mask.any():
            raise ValueError("MS-SSIM was asked of no pixel.")
        brightness, structure = _terms(x, y)
        last = scale == len(WEIGHTS) - 1
        value = float((brightness * structure if last else structure)[mask].mean())
        found *= max(value, 0.0) ** weight
        x, y, counts = (_halved(v) for v in (x, y, counts))
    return found


def _terms(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Luminance, and contrast times structure, for each pixel."""
    mean_x, mean_y = _blur(x), _blur(y)
    var_x, var_y = _blur(x * x) - mean_x**2, _blur(y * y) - mean_y**2
    both = _blur(x * y) - mean_x * mean_y
    brightness = (2 * mean_x * mean_y + _C1) / (mean_x**2 + mean_y**2 + _C1)
    return brightness, (2 * both + _C2) / (var_x + var_y + _C2)


def _blur(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (_WINDOW, _WINDOW), _SIGMA, borderType=cv2.BORDER_REFLECT_101))


def _halved(values: Floats) -> Floats:
    h, w = (n // 2 * 2 for n in values.shape)
    return np.asarray(values[:h, :w].reshape(h // 2, 2, w // 2, 2).mean(axis=(1, 3)))


def inside(boxes: Sequence[Rect], width: int, height: int) -> NDArray[np.bool_]:
    """True within any of the boxes, (H, W)."""
    mask = np.zeros((height, width), dtype=np.bool_)
    for box in boxes:
        x0, y0, x1, y1 = box.clamped(width, height).rounded()
        mask[y0:y1, x0:x1] = True
    return mask


def gradient_energy(rgb: NDArray[np.uint8], boxes: Sequence[Rect]) -> float:
    """Mean squared gradient of the luma (0 to 1, a pixel) over the boxes: how busy it is behind the type. 0 without boxes."""
    mask = inside(boxes, rgb.shape[1], rgb.shape[0])
    if not mask.any():
        return 0.0
    down, across = np.gradient(luma(rgb))
    energy = np.asarray(down**2 + across**2)
    return float(energy[mask].mean())
