"""How good predictions are: ranking, squared error, calibration; each with an interval from whole briefs drawn again.

Pictures of one brief are alike, so intervals and comparisons resample briefs, never pictures (the cluster bootstrap; Efron & Tibshirani,
"An Introduction to the Bootstrap", 1993, chapter 8).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Briefs = NDArray[np.int64]
Measure = Callable[[Floats, Floats], float | None]

BINS = 10
DRAWS = 400


@dataclass(frozen=True)
class Figure:
    """A measure with its 95 % interval; all None where it can't be told (one class alone, fewer than three values)."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def as_json(self) -> dict[str, float | None]:
        return {k: None if v is None else round(v, 4) for k, v in vars(self).items()}


def auc(truth: Floats, said: Floats) -> float | None:
    """Probability that a usable picture is put before another (Mann & Whitney 1947), ties counting half. None for one class."""
    good = truth > 0.5
    n, m = int(good.sum()), int((~good).sum())
    if not n or not m:
        return None
    return float((rankdata(said)[good].sum() - n * (n + 1) / 2) / (n * m))


def brier(truth: Floats, said: Floats) -> float | None:
    """Mean squared error of probabilities (Brier 1950): 0 best, that of always saying the share is share × (1 − share)."""
    return float(np.mean((said - truth) ** 2)) if len(truth) else None


def ece(truth: Floats, said: Floats) -> float | None:
    """Expected calibration error over bins of equally many (Naeini, Cooper & Hauskrecht 2015): 0 best."""
    if not len(truth):
        return None
    bins = np.array_split(np.argsort(said, kind="stable"), min(BINS, len(truth)))
    return float(sum(abs(truth[b].mean() - said[b].mean()) * len(b) for b in bins) / len(truth))


def spearman(truth: Floats, said: Floats) -> float | None:
    """Rank correlation; None for fewer than three values or where either is constant."""
    if len(truth) < 3 or np.ptp(truth) == 0 or np.ptp(said) == 0:
        return None
    return float(np.corrcoef(rankdata(truth), rankdata(said))[0, 1])


def figure(measure: Measure, truth: Floats, said: Floats, briefs: Briefs, seed: int = 0) -> Figure:
    """A measure and the middle 95 % of its values when briefs are drawn again."""
    value = measure(truth, said)
    if value is None:
        return Figure(None)
    again = [measure(truth[rows], said[rows]) for rows in redrawn(briefs, DRAWS, seed)]
    kept = [v for v in again if v is not None]
    return Figure(value, *(float(v) for v in np.percentile(kept, [2.5, 97.5]))) if kept else Figure(value)


def share_worse(truth: Floats, new: Floats, old: Floats, briefs: Briefs, seed: int = 0) -> tuple[float, float]:
    """How much the new one's Brier score is above the old one's on the same pictures, and in which share of redraws it is above."""
    gaps = (new - truth) ** 2 - (old - truth) ** 2
    again = np.array([gaps[rows].mean() for rows in redrawn(briefs, DRAWS, seed)])
    return float(gaps.mean()), float((again > 0).mean())


def redrawn(briefs: Briefs, draws: int, seed: int) -> list[NDArray[np.intp]]:
    """Rows of as many briefs as there are, drawn with replacement."""
    _, place = np.unique(briefs, return_inverse=True)
    groups = [np.flatnonzero(place == k) for k in range(int(place.max()) + 1)] if len(place) else []
    rng = np.random.default_rng(seed)
    return [np.concatenate([groups[k] for k in rng.integers(len(groups), size=len(groups))]) for _ in range(draws)]
