"""What was rated, as numbers: one row an item, one column a rater, NaN where somebody did not rate it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviews.agreement.estimates import Array


def table_of(answers: Iterable[Mapping[int, float]]) -> Array:
    """From each item's {rater: answer}. Raters are put in order of their number."""
    rows = list(answers)
    raters = {rater: place for place, rater in enumerate(sorted({rater for row in rows for rater in row}))}
    table = np.full((len(rows), len(raters)), np.nan)
    for number, row in enumerate(rows):
        for rater, answer in row.items():
            table[number, raters[rater]] = answer
    return table


def categories_of(ratings: Array, known: Sequence[float] | None = None) -> Array:
    """The values that can be given, ascending: those `known`, else those that were. ValueError where one was given that isn't known."""
    given = np.unique(ratings[np.isfinite(ratings)])
    if known is None:
        return given
    wanted = np.unique(np.asarray(known, np.float64))
    if stray := sorted(set(given.tolist()) - set(wanted.tolist())):
        raise ValueError(f"not among the categories: {stray}")
    return wanted


def counts_of(ratings: Array, categories: Array) -> Array:
    """(items, categories): how many raters gave each. Items that nobody rated are left out."""
    counts = (ratings[:, :, None] == categories[None, None, :]).sum(axis=1).astype(np.float64)
    return np.asarray(counts[counts.sum(axis=1) > 0], np.float64)


def shared(counts: Array) -> Array:
    """Those that at least two raters rated."""
    return np.asarray(counts[counts.sum(axis=1) >= 2], np.float64)


def divided(above: NDArray[Any], below: NDArray[Any]) -> Array:
    """NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(np.abs(below) > 1e-12, above / below, np.nan), np.float64)
