"""Raters whose alpha is known because it was put there.

Copying: each rater sees an item's true answer with probability sqrt(alpha), else answers by the prevalence alone; two raters are alike
only where both saw it, so alpha is the product whatever the scale. Measuring: a score is the item's worth plus the rater's own error, so
the interval alpha is worth's share of the variance.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from reviews.agreement.estimates import Array

FEW, EVEN = (0.05, 0.15, 0.4, 0.3, 0.1), (0.2,) * 5


def copying(
    alpha: float,
    *,
    items: int,
    raters: int,
    seed: int,
    prevalence: tuple[float, ...] = FEW,
    missing: float = 0.0,
) -> Array:
    """(items, raters) of answers 1 .. len(prevalence); a share `missing` of them NaN."""
    rng = np.random.default_rng(seed)
    answers = np.arange(1, len(prevalence) + 1)
    truth = rng.choice(answers, (items, 1), p=prevalence)
    saw = rng.random((items, raters)) < sqrt(alpha)
    given = np.where(saw, truth, rng.choice(answers, (items, raters), p=prevalence)).astype(np.float64)
    return _with_gaps(given, missing, rng)


def measuring(alpha: float, *, items: int, raters: int, seed: int, missing: float = 0.0) -> Array:
    """(items, raters) of scores, to two decimals."""
    rng = np.random.default_rng(seed)
    worth = rng.normal(0, sqrt(alpha), (items, 1))
    given = np.round(worth + rng.normal(0, sqrt(1 - alpha), (items, raters)), 2)
    return _with_gaps(given, missing, rng)


def _with_gaps(given: Array, missing: float, rng: np.random.Generator) -> Array:
    return np.where(rng.random(given.shape) < missing, np.nan, given)
