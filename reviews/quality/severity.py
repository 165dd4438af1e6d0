"""Whether somebody has become milder or stricter than the others: a CUSUM of their scores against everybody else's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, pstdev

from reviews.rubric import studio_rubric
from reviews.said import Said

BATCH = 20  # reviews whose mean is one point of the chart
SLACK, LIMIT = (
    0.5,
    5.0,
)  # in standard errors of a batch: Montgomery, "Introduction to Statistical Quality Control", section 9.1
OTHERS = 20  # scores by others in the same week before one of them is compared


@dataclass(frozen=True)
class Severity:
    """One reviewer's drift. `milder` and `stricter`: the two sums after each batch, alarmed over LIMIT; `since`: number of the batch
    at which the alarmed sum began to rise; `mean`: their scores less the others', over the batches since then (of all without an alarm).
    """

    milder: tuple[float, ...]
    stricter: tuple[float, ...]
    mean: float
    since: int | None = None

    @property
    def drifts(self) -> bool:
        return self.since is not None

    @property
    def batches(self) -> int:
        return len(self.milder)


def cusum(points: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The upper and the lower sum of a tabular CUSUM (Page 1954, "Continuous inspection schemes", Biometrika 41) of standardised `points`.

    With a slack of 0.5 and a limit of 5 points that did not move raise an alarm every 465 on average, a shift by one standard error
    within 10.4 (Montgomery, table 9.3).
    """
    up, down = [0.0], [0.0]
    for point in points:
        up.append(max(0.0, up[-1] + point - SLACK))
        down.append(max(0.0, down[-1] - point - SLACK))
    return tuple(up[1:]), tuple(down[1:])


def severity(away: Sequence[float], spread: float) -> Severity | None:
    """From each review's mean score less the others' (oldest first), and their standard deviation. None before there is a batch."""
    means = [fmean(away[at : at + BATCH]) for at in range(0, len(away) - BATCH + 1, BATCH)]
    if not means or spread <= 0:
        return None
    milder, stricter = cusum([mean * sqrt(BATCH) / spread for mean in means])
    rising = milder if milder[-1] >= stricter[-1] else stricter
    if rising[-1] <= LIMIT:
        return Severity(milder, stricter, fmean(means))
    since = max((at + 1 for at, value in enumerate(rising) if value == 0.0), default=0)
    return Severity(milder, stricter, fmean(means[since:]), since)


def severities(said: Iterable[Said]) -> dict[int, Severity]:
    """Each reviewer's drift, by reviewer; those with under 20 comparable reviews are left out."""
    away = distances(list(said))
    everything = [value for values in away.values() for value in values]
    spread = pstdev(everything) if len(everything) > 1 else 0.0
    found = {reviewer: severity(values, spread) for reviewer, values in away.items()}
    return {reviewer: each for reviewer, each in found.items() if each is not None}


def distances(said: Sequence[Said]) -> dict[int, list[float]]:
    """Each review's mean score less what others gave that week for the same brand and dimension, by reviewer.

    The others of that week, so that a better generator moves nobody; only dimensions on which 5 is best, where a mean says something.
    """
    total: dict[tuple[int, str, date], list[float]] = defaultdict(lambda: [0.0, 0.0])
    own: dict[tuple[int, int, str, date], list[float]] = defaultdict(lambda: [0.0, 0.0])
    counted = [(each, key, score) for each in said for key, score in each.scores.items() if key not in signed()]
    for each, key, score in counted:
        for sums in (total[each.brand, key, week_of(each)], own[each.reviewer, each.brand, key, week_of(each)]):
            sums[0] += score
            sums[1] += 1
    found: dict[int, list[float]] = defaultdict(list)
    for each in said:
        apart = []
        for key in set(each.scores) - signed():
            all_of, theirs = total[each.brand, key, week_of(each)], own[each.reviewer, each.brand, key, week_of(each)]
            if (others := all_of[1] - theirs[1]) >= OTHERS:
                apart.append(each.scores[key] - (all_of[0] - theirs[0]) / others)
        if apart:
            found[each.reviewer].append(fmean(apart))
    return dict(found)


def signed() -> frozenset[str]:
    return frozenset(d.key for d in studio_rubric().dimensions if d.scale == "signed")


def week_of(each: Said) -> date:
    """The Monday of its week."""
    day = each.at.date()
    return day - timedelta(days=day.weekday())
