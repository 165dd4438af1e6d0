"""Ensembles of randomised trees over a Space: what they say, and how far their members disagree.

Each member is a small forest of extremely randomised trees (Geurts, Ernst & Wehenkel 2006) grown on briefs drawn again. What a member
says of briefs that it didn't draw is what calibration and figures rest on: the out-of-bag estimate (Breiman 1996) by brief.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import logit

from reviews.learning.forests import Forest, joined
from reviews.learning.measuring import Bools, Briefs, Floats, redrawn

MEMBERS, TREES = 8, 15
LEAST_LEAF = 2  # pictures
TRIED = 0.5  # of the numbers, at each split
SUREST = 0.02  # a share of trees nearer to 0 or 1 counts as that


@dataclass(frozen=True)
class Head:
    """`slope`, `shift` make the logit of a member's mean into that of a probability (Platt); None for scores. `noise`: standard
    deviation of what scores leave unexplained; 0 for probabilities."""

    forest: Forest
    slope: float | None = None
    shift: float = 0.0
    noise: float = 0.0

    def raw(self, inputs: Floats) -> Floats:
        """(members, n): calibrated logits, or scores."""
        said = self.forest(inputs)
        return said if self.slope is None else self.slope * _logits(said) + self.shift


def fit_usable(inputs: Floats, usable: Bools, briefs: Briefs, seed: int) -> tuple[Head, Floats]:
    """A head of logits, and for each row the calibrated logit of the members that had not seen its brief; NaN where all had."""
    truth = usable.astype(np.float64)
    forest, unseen = _grown(inputs, truth, briefs, seed)
    known = np.isfinite(unseen)
    slope, shift = platt(_logits(unseen[known]), truth[known])
    return Head(forest, slope, shift), slope * _logits(unseen) + shift


def fit_scores(inputs: Floats, scores: Floats, briefs: Briefs, seed: int) -> tuple[Head, Floats]:
    """The same for a dimension's scores."""
    forest, unseen = _grown(inputs, scores, briefs, seed)
    return Head(forest, noise=float(np.nanstd(scores - unseen))), unseen


def platt(logits: Floats, truth: Floats) -> tuple[float, float]:
    """Slope and shift that make unseen logits into those of probabilities (Platt 1999), never turning their order round."""
    from sklearn.linear_model import LogisticRegression

    if len(truth) == 0 or truth.min() == truth.max() or np.ptp(logits) < 1e-9:
        return 1.0, 0.0
    middle, scale = float(logits.mean()), float(logits.std())
    model = LogisticRegression(C=1.0, tol=1e-5, max_iter=500).fit((logits[:, None] - middle) / scale, truth > 0.5)
    slope = max(float(model.coef_[0, 0]), 0.0) / scale
    return slope, float(model.intercept_[0]) - slope * middle


def _grown(inputs: Floats, truth: Floats, briefs: Briefs, seed: int) -> tuple[Forest, Floats]:
    drawn = redrawn(briefs, MEMBERS, seed)
    forest = joined([_member(inputs[rows], truth[rows], seed * MEMBERS + i) for i, rows in enumerate(drawn)])
    return forest, _unseen(forest(inputs), drawn, briefs)


def _member(inputs: Floats, truth: Floats, seed: int) -> Any:
    from sklearn.ensemble import ExtraTreesRegressor

    trees = ExtraTreesRegressor(TREES, min_samples_leaf=LEAST_LEAF, max_features=TRIED, random_state=seed, n_jobs=1)
    return trees.fit(inputs, truth)


def _unseen(said: Floats, drawn: Sequence[Any], briefs: Briefs) -> Floats:
    """(n,): the mean of the members that drew nothing of a row's brief."""
    strange = np.array([~np.isin(briefs, briefs[rows]) for rows in drawn])
    count = strange.sum(axis=0)
    return np.where(count > 0, (said * strange).sum(axis=0) / np.maximum(count, 1), np.nan)


def _logits(share: Floats) -> Floats:
    found: Floats = logit(np.clip(share, SUREST, 1 - SUREST))
    return found
