"""Pictures about which reviewers came to a decision: how many are usable, among which kind, and what was wrong with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from reviews.agreement import Estimate, wilson
from reviews.models import Standing
from reviews.said import MOST
from reviews.statistics.reach import Reach

BASE = "base"  # no learner had a part in it
FIELDS = (
    "brand_id",
    "usable",
    "state",
    "defects",
    "settled_at",
    "asset__width",
    "asset__height",
    "asset__timings",
    "asset__recipe__concepts",
    "asset__recipe__model__name",
    "asset__recipe__learners",
)


@dataclass(frozen=True)
class Decided:
    """One picture with the word that holds. `seconds`: compute by stage. `learners`: which versions had a part in it, "base" for none."""

    brand: int
    usable: bool
    approved: bool
    defects: tuple[str, ...]
    at: datetime
    format: str
    concepts: tuple[str, ...]
    model: str
    learners: str
    seconds: Mapping[str, float]

    @property
    def week(self) -> date:
        """The Monday of the week it was decided in, by the studio's clock."""
        return monday(self.at)


@dataclass(frozen=True)
class Share:
    """How many pictures of one kind are usable, or have one defect."""

    key: str
    right: int
    asked: int

    @property
    def rate(self) -> Estimate:
        return wilson(self.right, self.asked)


def monday(at: datetime) -> date:
    day = timezone.localtime(at).date()
    return day - timedelta(days=day.weekday())


def decided_in(reach: Reach, most: int = MOST) -> list[Decided]:
    """The newest `most` pictures decided in the period, oldest first."""
    rows = Standing.objects.filter(brand_id__in=reach.brand_ids, usable__isnull=False, **reach.within("settled_at"))
    found = rows.order_by("-settled_at", "-pk").values(*FIELDS)[:most]
    return [_decided(row) for row in found][::-1]


def _decided(row: dict[str, Any]) -> Decided:
    concepts = row["asset__recipe__concepts"] or ()
    return Decided(
        brand=row["brand_id"],
        usable=row["usable"],
        approved=row["state"] == Standing.State.APPROVED,
        defects=tuple(row["defects"]),
        at=row["settled_at"],
        format=f"{row['asset__width']}×{row['asset__height']}",
        concepts=tuple(dict.fromkeys(concept["slug"] for concept in concepts)),
        model=row["asset__recipe__model__name"] or "",
        learners=versions_of(row["asset__recipe__learners"]),
        seconds=stages_of(row["asset__timings"]),
    )


def versions_of(learners: object) -> str:
    """The learners' part of a recipe on one line: "adapter 3, layout 2"."""
    if isinstance(learners, Mapping):
        return ", ".join(f"{name} {version}" for name, version in sorted(learners.items()) if version) or BASE
    return str(learners) if learners else BASE


def stages_of(timings: Mapping[str, Any] | None) -> dict[str, float]:
    """Seconds by stage. Those of single repairs are within the stage that repaired."""
    return {
        name: float(seconds)
        for name, seconds in (timings or {}).items()
        if isinstance(seconds, int | float) and not name.startswith("repair ")
    }


def usable_by(decided: Iterable[Decided], kinds: Callable[[Decided], Iterable[str]]) -> list[Share]:
    """The usable rate of each kind, the largest first. A picture counts once for each of its kinds."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in decided:
        for kind in kinds(each):
            asked[kind] += 1
            right[kind] += each.usable
    return [Share(kind, right[kind], count) for kind, count in sorted(asked.items(), key=lambda kv: (-kv[1], kv[0]))]


def usable_by_week(decided: Iterable[Decided]) -> list[Share]:
    """The usable rate of each week in which something was decided, by its Monday, oldest first."""
    weeks: dict[date, list[bool]] = defaultdict(list)
    for each in decided:
        weeks[each.week].append(each.usable)
    return [Share(week.isoformat(), sum(usable), len(usable)) for week, usable in sorted(weeks.items())]


def defects_among(decided: Iterable[Decided]) -> list[Share]:
    """In how many of the pictures each defect was marked, the most frequent first."""
    rows = list(decided)
    marked = Counter(code for each in rows for code in each.defects)
    return [Share(code, count, len(rows)) for code, count in sorted(marked.items(), key=lambda kv: (-kv[1], kv[0]))]
