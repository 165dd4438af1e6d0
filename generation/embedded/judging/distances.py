"""Sets of pictures as sets of feature vectors: kernel distance, spread, nearest neighbours. Features are (n, d)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from generation.embedded.judging.statistics import Figure

Floats = NDArray[np.float64]

SUBSETS = 100


def kid(a: Floats, b: Floats, seed: int = 0, subsets: int = SUBSETS) -> Figure:
    """Kernel distance: the mean over random subsets of the unbiased squared MMD with the kernel (x·y / d + 1)³ (Bińkowski et al.
    2018, sections 3 and 4; MMD of Gretton et al. 2012, equation 3), and a 95 % interval.

    Each subset is half of each set: the spread over half-samples is to first order that of the whole sample (Shao and Tu 1995,
    section 5.2), while larger subsets would look too sure of themselves. Unbiased, so it may lie below zero.
    """
    halves = len(a) // 2, len(b) // 2
    if min(halves) < 2:
        return Figure(float("nan"), None, None, min(len(a), len(b)))
    rng = np.random.default_rng(seed)
    found = [
        mmd(*(v[rng.choice(len(v), n, replace=False)] for v, n in zip((a, b), halves, strict=True)))
        for _ in range(subsets)
    ]
    low, high = np.percentile(found, (2.5, 97.5))
    return Figure(float(np.mean(found)), float(low), float(high), min(len(a), len(b)))


def mmd(a: Floats, b: Floats) -> float:
    """Unbiased squared maximum mean discrepancy under the cubic kernel; may be below zero for like sets."""
    within = sum(_off_diagonal_mean(_kernel(v, v)) for v in (a, b))
    return float(within - 2 * _kernel(a, b).mean())


def _kernel(a: Floats, b: Floats) -> Floats:
    return np.asarray((a @ b.T / a.shape[1] + 1) ** 3)


def _off_diagonal_mean(kernel: Floats) -> float:
    n = len(kernel)
    return float((kernel.sum() - np.trace(kernel)) / (n * (n - 1)))


def spread(features: Floats) -> float:
    """Mean distance between the members of a set."""
    return float(np.mean([np.linalg.norm(a - b) for a, b in combinations(features, 2)]))


def nearest(these: Floats, those: Floats, apart: bool = False) -> tuple[Floats, NDArray[np.intp]]:
    """For each of `these` the distance to the nearest of `those`, and which it is. apart: both are the same set, and nobody is
    their own neighbour."""
    squared = (these**2).sum(axis=1)[:, None] + (those**2).sum(axis=1)[None] - 2 * these @ those.T
    if apart:
        np.fill_diagonal(squared, np.inf)
    which = squared.argmin(axis=1)
    away = np.sqrt(np.maximum(squared[np.arange(len(these)), which], 0))
    return away, which
