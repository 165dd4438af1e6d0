"""How near one picture is to another: PSNR, SSIM, and PSNR at edges only. Pictures are float32 (H, W, 3), 0 to 1."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
EDGE = 0.08  # luma step from pixel to pixel that counts as an edge of the truth


def psnr(picture: Floats, truth: Floats, where: NDArray[np.bool_] | None = None) -> float:
    """Peak signal-to-noise ratio in dB, over all pixels or those of `where`."""
    squared = (picture - truth) ** 2
    error = float(squared.mean() if where is None else squared[where].mean())
    return -10 * float(np.log10(max(error, 1e-10)))


def edge_psnr(picture: Floats, truth: Floats) -> float:
    """PSNR within two pixels of the truth's edges: flat grounds hide smeared edges in the plain figure."""
    down, across = np.gradient(luma(truth))
    edges = (np.hypot(down, across) > EDGE / 2).astype(np.uint8)
    near = cv2.dilate(edges, np.ones((5, 5), np.uint8)).astype(np.bool_)
    return psnr(picture, truth, near) if near.any() else psnr(picture, truth)


def ssim(picture: Floats, truth: Floats) -> float:
    """Structural similarity of the luma (Wang et al. 2004: 11 × 11 Gaussian of 1.5, K1 0.01, K2 0.03), mean over the picture."""
    a, b = luma(picture), luma(truth)
    mean_a, mean_b = _blur(a), _blur(b)
    var_a, var_b = _blur(a * a) - mean_a**2, _blur(b * b) - mean_b**2
    both = _blur(a * b) - mean_a * mean_b
    c1, c2 = 0.01**2, 0.03**2
    top = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((top / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def luma(picture: Floats) -> Floats:
    return np.asarray(picture @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32), dtype=np.float32)


def _blur(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), dtype=np.float32)
