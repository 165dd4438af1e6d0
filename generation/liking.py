"""How much reviewers like something, told from named numbers about it: the form in which what was learnt reaches a planner."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from math import isfinite
from typing import Self

from pydantic import Field, model_validator

from generation.types import Frozen

MOST_NAMES, MOST_KNOTS = 2000, 16


class Curve(Frozen):
    """A broken line through (knots[i], values[i]), flat beyond its ends. `values` in log-odds, 0 for what is usual."""

    knots: tuple[float, ...] = Field(min_length=2, max_length=MOST_KNOTS)
    values: tuple[float, ...] = Field(min_length=2, max_length=MOST_KNOTS)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if len(self.knots) != len(self.values) or any(a >= b for a, b in zip(self.knots, self.knots[1:], strict=False)):
            raise ValueError("a curve has as many values as knots, and its knots rise")
        if not all(map(isfinite, (*self.knots, *self.values))):
            raise ValueError("a curve's numbers are finite")
        return self

    def __call__(self, at: float) -> float:
        i = bisect_right(self.knots, at)
        if i == 0 or i == len(self.knots):
            return self.values[min(i, len(self.knots) - 1)]
        left, right = self.knots[i - 1], self.knots[i]
        share = (at - left) / (right - left)
        return self.values[i - 1] * (1 - share) + self.values[i] * share


class Liking(Frozen):
    """An additive model (Hastie & Tibshirani 1986): the log-odds that something is usable are a sum of one curve a name."""

    curves: dict[str, Curve] = Field(default_factory=dict, max_length=MOST_NAMES)

    def __call__(self, facts: Mapping[str, float]) -> float:
        """Log-odds above the usual; a name that `facts` lacks counts as 0."""
        return sum(curve(facts.get(name, 0.0)) for name, curve in self.curves.items())

    def parts(self, facts: Mapping[str, float], most: int = 3) -> list[tuple[str, float]]:
        """The names that weigh most for these facts, heaviest first."""
        each = [(name, curve(facts.get(name, 0.0))) for name, curve in self.curves.items()]
        return sorted((part for part in each if abs(part[1]) > 0.01), key=lambda part: (-abs(part[1]), part[0]))[:most]
