"""Ensembles of linear models over a Space: what they say, and how far their members disagree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from reviews.learning.measuring import Bools, Briefs, Floats, redrawn

MEMBERS = 8
FOLDS = 5
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1)  # of C in logistic regression; a tenth of their inverse of ridge's alpha
STEEPEST = 30.0  # logits beyond this are as sure as can be

# inputs, truth, strength -> weights, offset
Fit = Callable[[Floats, Floats, float], tuple[Floats, float]]


@dataclass(frozen=True)
class Head:
    """`weights` (members, width), `offsets` (members,), each learnt from briefs drawn again. `slope`, `shift` calibrate logits (Platt);
    1 and 0 for scores. `noise`: standard deviation of what scores leave unexplained; 0 for probabilities."""

    weights: Floats
    offsets: Floats
    slope: float = 1.0
    shift: float = 0.0
    noise: float = 0.0

    def raw(self, inputs: Floats) -> Floats:
        """(members, n): calibrated logits, or scores."""
        found: Floats = self.slope * (self.weights @ inputs.T + self.offsets[:, None]) + self.shift
        return found


def fit_usable(inputs: Floats, usable: Bools, briefs: Briefs, seed: int) -> tuple[Head, Floats]:
    """A head of logits and, for each row, the probability that it got from a model that had not seen its brief."""
    truth = usable.astype(np.float64)
    strength, unseen = _best(inputs, truth, briefs, fit_logistic, _log_loss, seed)
    slope, shift = platt(unseen, truth)
    weights, offsets = _members(inputs, truth, briefs, fit_logistic, strength, seed)
    return Head(weights, offsets, slope, shift), expit(np.clip(slope * unseen + shift, -STEEPEST, STEEPEST))


def fit_scores(inputs: Floats, scores: Floats, briefs: Briefs, seed: int) -> tuple[Head, Floats]:
    """The same for a dimension's scores, by ridge regression."""
    strength, unseen = _best(inputs, scores, briefs, fit_ridge, _squared, seed)
    weights, offsets = _members(inputs, scores, briefs, fit_ridge, strength, seed)
    return Head(weights, offsets, noise=float(np.std(scores - unseen))), unseen


def fit_logistic(inputs: Floats, truth: Floats, strength: float) -> tuple[Floats, float]:
    """L2-penalised logistic regression; the share alone where there is one class."""
    from sklearn.linear_model import LogisticRegression

    if truth.min() == truth.max():
        return np.zeros(inputs.shape[1]), float(logit((truth.sum() + 1) / (len(truth) + 2)))
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3).fit(inputs, truth > 0.5)
    return model.coef_[0], float(model.intercept_[0])


def fit_ridge(inputs: Floats, truth: Floats, strength: float) -> tuple[Floats, float]:
    """L2-penalised least squares."""
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=0.1 / strength).fit(inputs, truth)
    return model.coef_, float(model.intercept_)


def platt(logits: Floats, truth: Floats) -> tuple[float, float]:
    """Slope and shift that make unseen logits into probabilities (Platt 1999), held near 1 and 0 where there is little to go by."""
    from sklearn.linear_model import LogisticRegression

    if truth.min() == truth.max() or np.ptp(logits) < 1e-9:
        return 1.0, 0.0
    scale = float(logits.std())
    model = LogisticRegression(C=1.0, tol=1e-5, max_iter=500).fit(logits[:, None] / scale, truth > 0.5)
    return max(float(model.coef_[0, 0]) / scale, 0.0), float(model.intercept_[0])


def folds_of(briefs: Briefs, seed: int, count: int = FOLDS) -> list[NDArray[np.intp]]:
    """Rows of each fold; a brief is in one alone. Fewer folds where there are fewer briefs."""
    known = np.unique(briefs)
    order = np.random.default_rng(seed).permutation(known)
    parts = np.array_split(order, min(count, len(known)))
    return [np.flatnonzero(np.isin(briefs, part)) for part in parts]


def _best(
    inputs: Floats, truth: Floats, briefs: Briefs, fit: Fit, loss: Callable[[Floats, Floats], float], seed: int
) -> tuple[float, Floats]:
    """The strength whose predictions on unseen briefs lose least, and those predictions."""
    tried = {strength: _unseen(inputs, truth, briefs, fit, strength, seed) for strength in STRENGTHS}
    best = min(tried, key=lambda strength: loss(truth, tried[strength]))
    return best, tried[best]


def _unseen(inputs: Floats, truth: Floats, briefs: Briefs, fit: Fit, strength: float, seed: int) -> Floats:
    said = np.zeros(len(truth))
    for held in folds_of(briefs, seed):
        rest = np.setdiff1d(np.arange(len(truth)), held)
        weights, offset = fit(inputs[rest], truth[rest], strength) if len(rest) else (np.zeros(inputs.shape[1]), 0.0)
        said[held] = inputs[held] @ weights + offset
    return said


def _members(
    inputs: Floats, truth: Floats, briefs: Briefs, fit: Fit, strength: float, seed: int
) -> tuple[Floats, Floats]:
    fitted: Sequence[tuple[Floats, float]] = [
        fit(inputs[rows], truth[rows], strength) for rows in redrawn(briefs, MEMBERS, seed + 1)
    ]
    return np.stack([weights for weights, _ in fitted]), np.array([offset for _, offset in fitted])


def _log_loss(truth: Floats, logits: Floats) -> float:
    return float(np.logaddexp(0, np.where(truth > 0.5, -logits, logits)).mean())


def _squared(truth: Floats, said: Floats) -> float:
    return float(((truth - said) ** 2).mean())
