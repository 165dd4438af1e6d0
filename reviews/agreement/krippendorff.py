"""Krippendorff's alpha: any number of raters, answers may be missing, on scales of three kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from reviews.agreement.estimates import DRAWS, Array, Estimate, estimated
from reviews.agreement.tables import categories_of, counts_of, divided, shared

Level = Literal["nominal", "ordinal", "interval"]


def alpha(
    ratings: Array, level: Level, categories: Sequence[float] | None = None, *, draws: int = DRAWS, seed: int = 0
) -> Estimate:
    """1 for raters who never differ, 0 for chance, below 0 for worse than chance. Not defined where all answers are the same.

    `ratings` (items, raters), NaN for missing; an item with a single rating counts for nothing. alpha = 1 - Do / De with the coincidence
    matrix and the metrics of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections C to E.
    """
    values = categories_of(ratings, categories)
    if level == "interval":
        return estimated(moments(ratings), from_moments, draws=draws, seed=seed)
    counts = shared(counts_of(ratings, values))
    pairs = coincidences(counts).reshape(len(counts), len(values) ** 2)
    return estimated(pairs, lambda sums: from_coincidences(sums, values, level), draws=draws, seed=seed)


def coincidences(counts: Array) -> Array:
    """(items, k, k): each item's ordered pairs of two raters' answers, over its number of raters less one."""
    pairs = counts[:, :, None] * counts[:, None, :]
    same = np.arange(counts.shape[1])
    pairs[:, same, same] -= counts
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, None, None], np.float64)


def from_coincidences(sums: Array, values: Array, level: Level) -> Array:
    """alpha of each row of `sums` (draws, k * k), the coincidence matrices laid flat."""
    k = len(values)
    seen = sums.reshape(-1, k, k)
    totals = seen.sum(axis=2)
    apart = distances(totals, level)
    observed = (seen * apart).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * apart).sum(axis=(1, 2))
    return np.asarray(1 - divided((totals.sum(axis=1) - 1) * observed, expected), np.float64)


def distances(totals: Array, level: Level) -> Array:
    """(draws or 1, k, k): squared differences. Ordinal ones depend on how often the ranks between two were given, `totals` (draws, k)."""
    if level == "nominal":
        return (1.0 - np.eye(totals.shape[1]))[None]
    middles = (
        np.cumsum(totals, axis=1) - totals / 2
    )  # a rank's place among all answers; two ranks' difference is the metric
    return np.asarray((middles[:, :, None] - middles[:, None, :]) ** 2, np.float64)


def moments(ratings: Array) -> Array:
    """(items, 4): ratings, their sum, sum of squares, and the squared differences of their ordered pairs over the raters less one.

    What the coincidence matrix says with the interval metric, for scores of any number of values.
    """
    given = np.isfinite(ratings)
    middle = ratings[given].mean() if given.any() else 0.0  # differences stay; squares of small numbers lose no digits
    kept = given.sum(axis=1) >= 2
    rated, scores = given[kept], np.where(given, ratings - middle, 0.0)[kept]
    raters, total, squares = rated.sum(axis=1), scores.sum(axis=1), (scores**2).sum(axis=1)
    return np.column_stack([raters, total, squares, 2 * (raters * squares - total**2) / (raters - 1)])


def from_moments(sums: Array) -> Array:
    """alpha of each row of `sums` (draws, 4)."""
    ratings, total, squares, observed = sums.T
    return np.asarray(1 - divided((ratings - 1) * observed, 2 * (ratings * squares - total**2)), np.float64)
