"""An additive taste from judged facts: ridge logistic regression over broken lines, its strength of shrinking chosen by brief.

Each name becomes one column where it is there or not, and one "hat" a knot where it has a size (linear B-splines; Eilers & Marx 1996).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.liking import Curve, Liking
from reviews.learning.measuring import Bools, Briefs, Figure, Floats, auc, figure

QUANTILES = (0.05, 0.35, 0.65, 0.95)
LEAST_SEEN = 4  # pictures that show a thing, and that don't
SHRINKINGS = (0.02, 0.06, 0.2, 0.6)  # scikit-learn's C: smaller shrinks more
FOLDS = 5


@dataclass(frozen=True)
class Column:
    """One name's knots. (0, 1) for what is there or not."""

    name: str
    knots: tuple[float, ...]

    def hats(self, x: Floats) -> Floats:
        """(n, knots) whose rows sum to 1; of (0, 1) the second alone."""
        eye = np.eye(len(self.knots))
        found = np.stack([np.interp(x, self.knots, row) for row in eye], axis=1)
        return found[:, 1:] if self.knots == (0.0, 1.0) else found

    @property
    def width(self) -> int:
        return 1 if self.knots == (0.0, 1.0) else len(self.knots)


@dataclass(frozen=True)
class Fitted:
    """`auc`: of what folds that had not seen a brief say of it, with its interval over briefs redrawn. `spread`: each name's standard
    deviation among what was judged."""

    liking: Liking
    auc: Figure
    shrinking: float
    spread: dict[str, float]


def fit(facts: Sequence[Mapping[str, float]], usable: Bools, briefs: Briefs) -> Fitted:
    """A liking from n judged things: their facts, whether each was usable, and the brief of each (numbers)."""
    names = sorted({name for each in facts for name in each})
    table = np.array([[each.get(name, 0.0) for name in names] for each in facts])
    columns = [c for i, name in enumerate(names) if (c := _column(name, table[:, i])) is not None]
    spread = {name: float(table[:, i].std()) for i, name in enumerate(names)}
    if not columns:
        return Fitted(Liking(), figure(auc, usable.astype(np.float64), np.full(len(usable), 0.5), briefs), 0.0, spread)
    at = {name: i for i, name in enumerate(names)}
    inputs = np.concatenate([column.hats(table[:, at[column.name]]) for column in columns], axis=1)
    inputs -= inputs.mean(axis=0)
    said = {c: _unseen(inputs, usable, briefs, c) for c in SHRINKINGS}
    best = min(SHRINKINGS, key=lambda c: _loss(usable, said[c]))
    liking = _liking(columns, _coefficients(inputs, usable, best)[0], [table[:, at[c.name]] for c in columns])
    return Fitted(liking, figure(auc, usable.astype(np.float64), said[best], briefs), best, spread)


def _column(name: str, x: Floats) -> Column | None:
    """None for what hardly varies."""
    if set(np.unique(x)) <= {0.0, 1.0}:
        seen = int(x.sum())
        return Column(name, (0.0, 1.0)) if LEAST_SEEN <= seen <= len(x) - LEAST_SEEN else None
    knots = tuple(float(k) for k in np.unique(np.round(np.quantile(x, QUANTILES), 6)))
    common = np.bincount(np.unique(x, return_inverse=True)[1]).max()
    return Column(name, knots) if len(knots) > 1 and common <= len(x) - LEAST_SEEN else None


def _coefficients(inputs: Floats, usable: Bools, shrinking: float) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=shrinking, max_iter=400)
    model.fit(inputs, usable)
    return model.coef_[0], float(model.intercept_[0])


def _unseen(inputs: Floats, usable: Bools, briefs: Briefs, shrinking: float) -> Floats:
    """The probability that each row gets of a model that has seen no row of its brief."""
    known = np.unique(briefs)
    fold = np.random.default_rng(0).permutation(len(known)) % FOLDS
    of = fold[np.searchsorted(known, briefs)]
    found = np.full(len(usable), usable.mean())
    for k in range(FOLDS):
        seen = of != k
        if (of == k).any() and 0 < usable[seen].sum() < seen.sum():
            weights, base = _coefficients(inputs[seen], usable[seen], shrinking)
            found[of == k] = 1 / (1 + np.exp(-(inputs[of == k] @ weights + base)))
    return found


def _loss(usable: NDArray[np.bool_], said: Floats) -> float:
    inside = np.clip(said, 1e-6, 1 - 1e-6)
    return float(-np.mean(np.where(usable, np.log(inside), np.log(1 - inside))))


def _liking(columns: Sequence[Column], weights: Floats, values: Sequence[Floats]) -> Liking:
    """Curves whose mean over what was judged is 0."""
    curves, first = {}, 0
    for column, x in zip(columns, values, strict=True):
        own = weights[first : first + column.width]
        first += column.width
        own = np.array([0.0, own[0]]) if column.knots == (0.0, 1.0) else own
        own = own - np.interp(x, column.knots, own).mean()
        curves[column.name] = Curve(knots=column.knots, values=tuple(round(float(v), 5) for v in own))
    return Liking(curves=curves)
