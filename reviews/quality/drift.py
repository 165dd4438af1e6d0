"""A dimension that moves for all reviewers at once: then the pictures changed, not the people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import NormalDist, fmean, variance

from reviews.said import Said

EACH = 10  # scores before and after that a reviewer must have given
TOGETHER = 2  # reviewers that must have moved
WORTH = 0.2  # of a point: less changes nobody's verdict


@dataclass(frozen=True)
class Shift:
    """How a dimension's scores moved. `by`: mean over reviewers of their own change, with its interval; `people`: how many were compared,
    `same_way`: how many of them moved as the mean did.
    """

    dimension: str
    by: float
    low: float
    high: float
    people: int
    same_way: int

    @property
    def for_all(self) -> bool:
        """Everybody moved, the same way, farther than chance and far enough to matter: the generator changed."""
        together = self.people >= TOGETHER and self.same_way == self.people
        return together and abs(self.by) >= WORTH and not self.low <= 0.0 <= self.high


def shifts(said: Iterable[Said], at: datetime) -> list[Shift]:
    """Each dimension's shift from before `at` to after, each reviewer against themselves; only where at least two can be compared.

    The intervals hold together at 95 % for all dimensions that are told (Bonferroni), each by the normal approximation of the mean of
    differences, weighted by their precision.
    """
    scores: dict[str, dict[int, tuple[list[float], list[float]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for each in said:
        for key, score in each.scores.items():
            scores[key][each.reviewer][each.at >= at].append(score)
    compared = {
        key: [pair for pair in people.values() if min(map(len, pair)) >= EACH] for key, people in scores.items()
    }
    told = {key: pairs for key, pairs in compared.items() if len(pairs) >= TOGETHER}
    z = NormalDist().inv_cdf(1 - 0.025 / len(told)) if told else 0.0
    return [_shift(key, pairs, z) for key, pairs in told.items()]


def _shift(key: str, pairs: Sequence[tuple[list[float], list[float]]], z: float) -> Shift:
    moved = [fmean(after) - fmean(before) for before, after in pairs]
    # A reviewer who gave one score throughout is no more certain than half a point's rounding allows.
    unsure = [sum(max(variance(part), 1 / 12) / len(part) for part in pair) for pair in pairs]
    weights = [1 / each for each in unsure]
    by = sum(w * m for w, m in zip(weights, moved, strict=True)) / sum(weights)
    half = z / sqrt(sum(weights))
    return Shift(key, by, by - half, by + half, len(pairs), sum(m * by > 0 for m in moved))
