"""Agreement on categories beyond what chance would give: Cohen, Fleiss and Gwet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviews.agreement.estimates import DRAWS, Array, Estimate, Formula, estimated
from reviews.agreement.tables import categories_of, counts_of, divided


def cohen_kappa(
    ratings: Array,
    categories: Sequence[float] | None = None,
    *,
    quadratic: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
) -> Estimate:
    """Two raters: `ratings` (items, 2), items that one of them left out count for nothing.

    Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20; `quadratic` weighs a
    difference by its square (Cohen 1968, "Weighted kappa", Psychological Bulletin 70), for ordinal scales.
    """
    values = categories_of(ratings, categories)
    both = ratings[np.isfinite(ratings).all(axis=1)]
    first, second = (both[:, [side]] == values[None, :] for side in (0, 1))
    crossed = (first[:, :, None] & second[:, None, :]).reshape(len(both), len(values) ** 2)
    apart = (values[:, None] - values[None, :]) ** 2 if quadratic else 1.0 - np.eye(len(values))
    return estimated(crossed, lambda sums: _weighted_kappa(sums, apart), draws=draws, seed=seed)


def _weighted_kappa(sums: Array, apart: Array) -> Array:
    k = len(apart)
    seen = sums.reshape(-1, k, k)
    observed = (seen * apart).sum(axis=(1, 2)) * seen.sum(axis=(1, 2))
    expected = (seen.sum(axis=2)[:, :, None] * seen.sum(axis=1)[:, None, :] * apart).sum(axis=(1, 2))
    return np.asarray(1 - divided(observed, expected), np.float64)


def fleiss_kappa(
    ratings: Array, categories: Sequence[float] | None = None, *, draws: int = DRAWS, seed: int = 0
) -> Estimate:
    """Any number of raters, `ratings` (items, raters).

    Fleiss (1971), "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, which asks as many ratings of every
    item; with gaps each item's shares count alike (Gwet 2014, "Handbook of Inter-Rater Reliability", 4th ed., section 2.4).
    """
    return _corrected(ratings, categories, lambda shares: (shares**2).sum(axis=1), draws, seed)


def gwet_ac1(
    ratings: Array, categories: Sequence[float] | None = None, *, draws: int = DRAWS, seed: int = 0
) -> Estimate:
    """Any number of raters, `ratings` (items, raters). Give all `categories` that could be chosen: their number counts.

    Keeps its height where nearly all answers are the same one, where kappa and alpha fall. Gwet (2008), "Computing inter-rater reliability
    and its variance in the presence of high agreement", British Journal of Mathematical and Statistical Psychology 61, eq. 5 and 18.
    """
    possible = len(categories_of(ratings, categories))

    def by_chance(shares: Array) -> Array:
        return divided((shares * (1 - shares)).sum(axis=1), np.array(possible - 1.0))

    return _corrected(ratings, categories, by_chance, draws, seed)


def _corrected(
    ratings: Array, categories: Sequence[float] | None, by_chance: Formula, draws: int, seed: int
) -> Estimate:
    """(observed - chance) / (1 - chance), chance worked out from the shares of the categories (draws, k)."""

    def formula(sums: Array) -> Array:
        chance = by_chance(divided(sums[:, 2:], sums[:, 2:].sum(axis=1, keepdims=True)))
        return divided(divided(sums[:, 0], sums[:, 1]) - chance, 1 - chance)

    parts = agreeing(counts_of(ratings, categories_of(ratings, categories)))
    return estimated(parts, formula, draws=draws, seed=seed)


def agreeing(counts: Array) -> Array:
    """(items, 2 + k): the share of its pairs of raters who agree, 1 where there is a pair, and the share of each category."""
    raters = counts.sum(axis=1)
    paired = (raters >= 2).astype(np.float64)
    pairs = np.where(raters >= 2, raters * (raters - 1), 1.0)
    alike = (counts * (counts - 1)).sum(axis=1) / pairs
    return np.column_stack([alike * paired, paired, counts / raters[:, None]])
