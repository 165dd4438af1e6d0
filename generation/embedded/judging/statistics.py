"""Intervals for shares and medians, overlap of boxes, and how often a thing is among the first k."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect

Z = 1.959963984540054  # of 95 %
RESAMPLES = 1000


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval (None where none is given) and how many items it stands on."""

    value: float
    low: float | None
    high: float | None
    count: int

    def as_dict(self) -> dict[str, float | int | None]:
        return {k: round(v, 5) if isinstance(v, float) else v for k, v in asdict(self).items()}


def wilson(hits: int, count: int) -> Figure:
    """A share and its score interval (Wilson 1927, equation in Brown, Cai and DasGupta 2001, section 3.1.1)."""
    if count == 0:
        return Figure(math.nan, None, None, 0)
    share, spread = hits / count, Z * Z / count
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return Figure(share, max(middle - half, 0.0), min(middle + half, 1.0), count)


def resampled(
    values: NDArray[np.float64], figure: Callable[[NDArray[np.float64]], float], seed: int = 0, times: int = RESAMPLES
) -> Figure:
    """`figure` of the rows of `values` (n, ...) with the percentile interval of a bootstrap over rows (Efron 1979)."""
    count = len(values)
    if count == 0:
        return Figure(math.nan, None, None, 0)
    rng = np.random.default_rng(seed)
    drawn = [figure(values[rng.integers(count, size=count)]) for _ in range(times)]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Figure(float(figure(values)), float(low), float(high), count)


def median_of(values: NDArray[np.float64]) -> float:
    return float(np.median(values))


def mean_of(values: NDArray[np.float64]) -> float:
    return float(np.mean(values))


def ratio_of(values: NDArray[np.float64]) -> float:
    """Sum of the first column over the sum of the second: a ratio of means, which no single small divisor can carry away."""
    return float(values[:, 0].sum() / max(values[:, 1].sum(), 1e-12))


def overlap(a: Rect | None, b: Rect | None) -> float:
    """Intersection over union; 0 where either box is missing."""
    if a is None or b is None:
        return 0.0
    both = a.intersection(b)
    shared = 0.0 if both is None else both.area
    return shared / max(a.area + b.area - shared, 1e-9)


def rank_of(scores: NDArray[np.float32], asked: int) -> int:
    """0 where the asked one scores highest. scores: (n,)."""
    return int((scores > scores[asked]).sum())
