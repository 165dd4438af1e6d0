"""A figure with how far it may be off: bootstrap over items, and Wilson's interval of a share.

Every coefficient of this package is a formula over sums of something counted in each item. So a resample of the items is a product of
two matrices, and items that look alike are drawn together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Formula = Callable[[Array], Array]  # sums (draws, k) to values (draws,); NaN where it isn't defined

LEVEL = 0.95
DRAWS = 2000
NORMAL = NormalDist()


@dataclass(frozen=True)
class Estimate:
    """`value` with its interval at 95 %, from `items` items. None: not defined (nobody differs from anybody, or too few items)."""

    value: float | None
    low: float | None
    high: float | None
    items: int

    @property
    def known(self) -> bool:
        return self.value is not None and self.low is not None


def estimated(
    parts: NDArray[Any], formula: Formula, *, draws: int = DRAWS, seed: int = 0, most: float | None = 1.0
) -> Estimate:
    """`formula` over the sum of `parts` (items, k), and its interval from `draws` resamples of the items.

    The interval is the bias-corrected and accelerated bootstrap's (Efron 1987, "Better Bootstrap Confidence Intervals", JASA 82, eq. 2.3
    and 6.6; acceleration by the jackknife). `most`: the value's upper end, None for none; at it no resample differs: see `never_wrong`.
    """
    items = len(parts)
    value = _one(formula, parts.sum(axis=0)) if items else np.nan
    if np.isnan(value):
        return Estimate(None, None, None, items)
    if items < 2:
        return Estimate(float(value), None, None, items)
    rows, times = np.unique(np.asarray(parts, np.float64), axis=0, return_counts=True)
    drawn = formula(np.random.default_rng(seed).multinomial(items, times / items, size=draws) @ rows)
    drawn = drawn[np.isfinite(drawn)]
    if most is not None and value >= most - 1e-12:
        return Estimate(most, never_wrong(items), most, items)
    if len(drawn) < draws / 2:
        return Estimate(float(value), None, None, items)
    low, high = _bca(float(value), drawn, _left_out(rows, times, formula), times)
    return Estimate(float(value), low, high, items)


def wilson(right: int, asked: int) -> Estimate:
    """A share of independent answers (Wilson 1927, "Probable Inference", JASA 22). `right` of `asked`; not defined for none."""
    if not asked:
        return Estimate(None, None, None, 0)
    z = NORMAL.inv_cdf(0.5 + LEVEL / 2)
    share, wide = right / asked, 1 + z * z / asked
    middle = (share + z * z / (2 * asked)) / wide
    half = z * sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked)) / wide
    return Estimate(share, middle - half if right else 0.0, middle + half if right < asked else 1.0, asked)


def never_wrong(items: int) -> float:
    """The lower bound where `items` items showed no difference at all: 0.025 ** (1 / items).

    Were a share p of the items rated at random and the rest alike, p is what an agreement corrected for chance falls short of 1 by; no
    difference in n items puts p under 1 - 0.025 ** (1 / n) (Clopper & Pearson 1934, Biometrika 26, with no event seen).
    """
    return float(((1 - LEVEL) / 2) ** (1 / items))


def _one(formula: Formula, sums: NDArray[Any]) -> float:
    return float(formula(np.asarray(sums, np.float64)[None])[0])


def _left_out(rows: Array, times: NDArray[np.int64], formula: Formula) -> Array:
    """The value without one item of each kind of row."""
    return formula((times @ rows)[None] - rows)


def _bca(value: float, drawn: Array, left_out: Array, times: NDArray[np.int64]) -> tuple[float, float]:
    below = (np.sum(drawn < value) + 0.5 * np.sum(drawn == value)) / len(drawn)
    bias = NORMAL.inv_cdf(float(np.clip(below, 1e-6, 1 - 1e-6)))
    bend = _acceleration(left_out, times)
    low, high = (_shifted(NORMAL.inv_cdf(p), bias, bend) for p in ((1 - LEVEL) / 2, 0.5 + LEVEL / 2))
    found = np.quantile(drawn, [low, high])
    return float(min(found[0], value)), float(max(found[1], value))


def _acceleration(left_out: Array, times: NDArray[np.int64]) -> float:
    usable = np.isfinite(left_out)
    kept, weights = left_out[usable], times[usable]
    if not weights.sum():
        return 0.0
    away = np.average(kept, weights=weights) - kept
    spread = float(np.sum(weights * away**2))
    return float(np.sum(weights * away**3)) / (6 * spread**1.5) if spread > 0 else 0.0


def _shifted(z: float, bias: float, bend: float) -> float:
    return NORMAL.cdf(bias + (bias + z) / (1 - bend * (bias + z)))
