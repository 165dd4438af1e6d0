"""Agreement as it was seen, without a correction for chance: over all answers, and on one answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviews.agreement.chance import agreeing
from reviews.agreement.estimates import DRAWS, Array, Estimate, estimated
from reviews.agreement.tables import categories_of, counts_of, divided, shared


def raw_agreement(
    ratings: Array, categories: Sequence[float] | None = None, *, draws: int = DRAWS, seed: int = 0
) -> Estimate:
    """The share of pairs of raters who gave the same answer, each item counting alike. `ratings` (items, raters)."""
    counts = shared(counts_of(ratings, categories_of(ratings, categories)))
    parts = agreeing(counts)[:, :2]
    return estimated(parts, lambda sums: divided(sums[:, 0], sums[:, 1]), draws=draws, seed=seed)


def agreement_on(answer: float, ratings: Array, *, draws: int = DRAWS, seed: int = 0) -> Estimate:
    """When one rater gives this `answer`, how often another does: positive agreement for "yes", negative for "no".

    Cicchetti & Feinstein (1990), "High agreement but low kappa: II", Journal of Clinical Epidemiology 43; for more than two raters the
    sums over pairs of Fleiss (1981), "Statistical Methods for Rates and Proportions", 2nd ed., section 13.
    """
    counts = shared(counts_of(ratings, categories_of(ratings)))
    raters = counts.sum(axis=1)
    given = (counts * (categories_of(ratings) == answer)).sum(axis=1)
    parts = np.column_stack([given * (given - 1), given * (raters - 1)])
    return estimated(parts, lambda sums: divided(sums[:, 0], sums[:, 1]), draws=draws, seed=seed)
