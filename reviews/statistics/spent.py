"""What it costs: reviewers' hours, and compute for each picture that can be used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db.models import Q

from generation.models import Asset, Brief
from generation.rates import Rates, rates_of
from reviews.agreement import Estimate
from reviews.agreement.estimates import estimated
from reviews.agreement.tables import divided
from reviews.models import Review
from reviews.said import MOST
from reviews.statistics.decided import Decided, monday, stages_of
from reviews.statistics.reach import Reach

PAUSE = 60.0  # seconds between two answers that still are work


@dataclass(frozen=True)
class Act:
    """One row of the queue's chain, whatever it was. `seconds` from the picture's appearance to the answer at `at`."""

    reviewer: int
    seconds: float
    at: datetime


@dataclass(frozen=True)
class Hours:
    week: date
    hours: float
    answers: int


@dataclass(frozen=True)
class Compute:
    """Seconds of compute for each usable picture, what preflight held back and reviewers rejected included. `stages`: the parts of it."""

    each: Estimate
    stages: dict[str, float]
    pictures: int
    usable: int


def acts_in(reach: Reach, most: int = MOST) -> list[Act]:
    """Everything reviewers did, answers taken back too: their time was spent. Oldest first."""
    rows = Review.objects.filter(brand_id__in=reach.brand_ids, **reach.within("created_at"))
    newest = rows.order_by("-created_at", "-pk").values_list("reviewer_id", "seconds", "created_at")[:most]
    return [Act(*row) for row in newest][::-1]


def seconds_of(acts: Iterable[Act]) -> list[tuple[Act, float]]:
    """Each act with its own seconds and the pause before it, where that was under a minute."""
    last: dict[int, datetime] = {}
    found = []
    for act in acts:
        before = last.get(act.reviewer)
        pause = (act.at - before).total_seconds() - act.seconds if before else PAUSE
        found.append((act, act.seconds + (pause if 0 < pause < PAUSE else 0.0)))
        last[act.reviewer] = act.at
    return found


def hours_by_week(acts: Iterable[Act]) -> list[Hours]:
    weeks: dict[date, list[float]] = defaultdict(list)
    for act, seconds in seconds_of(acts):
        weeks[monday(act.at)].append(seconds)
    return [Hours(week, sum(spent) / 3600, len(spent)) for week, spent in sorted(weeks.items())]


def held_back_in(reach: Reach, most: int = MOST) -> list[dict[str, float]]:
    """Compute by stage of the pictures that preflight held back for good."""
    rows = Asset.objects.filter(
        job__variant__brief__library__brand_id__in=reach.brand_ids,
        verdict="blocked",
        is_head=True,
        **reach.within("created_at"),
    )
    return [stages_of(timings) for timings in rows.order_by("-pk").values_list("timings", flat=True)[:most]]


def compute_of(decided: Iterable[Decided], held_back: Iterable[dict[str, float]] = ()) -> Compute:
    """All seconds over the usable pictures, with a bootstrap interval over pictures. Not defined while none is usable."""
    made = [(each.seconds, float(each.usable)) for each in decided]
    made += [(seconds, 0.0) for seconds in held_back]
    total: Counter[str] = Counter()
    for seconds, _ in made:
        total.update(seconds)
    parts = np.array([[sum(seconds.values()), usable] for seconds, usable in made], np.float64).reshape(-1, 2)
    each = estimated(parts, lambda sums: divided(sums[:, 0], sums[:, 1]), most=None)
    usable = int(parts[:, 1].sum())
    return Compute(each, {name: s / usable for name, s in total.most_common()} if usable else {}, len(made), usable)


def preflight_rates(reach: Reach) -> Rates:
    """How many of the period's briefs' pictures passed preflight at once, and after repair."""
    return rates_of(Brief.objects.filter(Q(library__brand_id__in=reach.brand_ids), **reach.within("created_at")))
