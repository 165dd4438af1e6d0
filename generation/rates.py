"""How many pictures pass preflight at once, how many after repair, and what repair took to get them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from generation.models import Asset, Brief

LOOKED_AT = 500  # of the newest pictures, for what repair did


@dataclass(frozen=True)
class Remedied:
    """One remedy over the newest pictures: attempts, those that mended something, mean seconds of an attempt (None where not timed)."""

    action: str
    tried: int
    mended: int
    seconds: float | None


@dataclass(frozen=True)
class Rates:
    """Pictures as the machine first made them. `first` passed at once, `passed` did so then or after repair."""

    made: int
    first: int
    passed: int
    remedies: tuple[Remedied, ...] = ()

    @property
    def first_share(self) -> float:
        return self.first / self.made if self.made else 0.0

    @property
    def passed_share(self) -> float:
        return self.passed / self.made if self.made else 0.0

    @property
    def mended(self) -> int:
        return self.passed - self.first

    @property
    def held(self) -> int:
        return self.made - self.passed


PASSED = Q(verdict="pass")
AT_ONCE = PASSED & Q(report__first_pass=True)
COUNTED = {"made": Count("pk"), "first": Count("pk", filter=AT_ONCE), "passed": Count("pk", filter=PASSED)}


def first_versions() -> QuerySet[Asset]:
    """What the machine made, before anybody edited it."""
    return Asset.objects.filter(version=1, made_by=None)


def rates_of(briefs: QuerySet[Brief]) -> Rates:
    """The rates over everything that was made for these briefs."""
    rows = first_versions().filter(job__variant__brief__in=briefs)
    counted = rows.aggregate(**COUNTED)
    latest = rows.order_by("-pk").values_list("report__repairs", "timings")[:LOOKED_AT]
    return Rates(**counted, remedies=tuple(_remedies(latest)))


def rates_by_brand() -> dict[str, Rates]:
    """The counts of every brand that has pictures, by its slug."""
    rows = first_versions().values("job__variant__brief__library__brand__slug").order_by()
    counted = rows.annotate(**COUNTED).values_list("job__variant__brief__library__brand__slug", *COUNTED)
    return {slug: Rates(made, first, passed) for slug, made, first, passed in counted}


def _remedies(rows: Iterable[tuple[Any, Any]]) -> list[Remedied]:
    tried: Counter[str] = Counter()
    mended: Counter[str] = Counter()
    spent: dict[str, list[float]] = {}
    for steps, timings in rows:
        for step in steps or ():
            tried[step["action"]] += 1
            mended[step["action"]] += bool(step["mended"])
            seconds = (timings or {}).get(f"repair {step['attempt']}")
            if seconds is not None:
                spent.setdefault(step["action"], []).append(float(seconds))
    return [
        Remedied(action, count, mended[action], sum(times) / len(times) if (times := spent.get(action)) else None)
        for action, count in tried.most_common()
    ]
