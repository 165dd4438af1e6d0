"""What a brief would cost before it is sent: pictures, machine time, how long it is likely to take, and what the quota leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from brand_styles.models import Brand
from generation.models import WAITING, Job, Status, WorkerReport
from generation.planning.brief import Brief
from generation.reporting import SILENT_AFTER
from generation.timings import Timings, timings
from studio.fairness import usage, waiting_seconds
from studio.models import Quota


@dataclass(frozen=True)
class Left:
    """Seconds of the brand's quota that are free after what it has taken and what already waits; negative: more than it has."""

    seconds: float
    of: int
    period: str  # "day" or "month", whichever runs out first


@dataclass(frozen=True)
class Estimate:
    """`seconds` of machine time for `pictures`; `wall` seconds until the last is there, with the `ahead` pictures before it.

    `measured`: pictures of this installation that it was measured on, 0 for a default. `workers`: processes that make pictures now.
    """

    pictures: int
    seconds: float
    wall: float
    ahead: int
    workers: int
    measured: int
    left: Left | None

    @property
    def left_after(self) -> float:
        return self.left.seconds - self.seconds if self.left else 0.0


def estimate_of(brief: Brief, brand: Brand) -> Estimate:
    known = timings()
    sizes = [(fmt.width, fmt.height) for fmt in brief.canvases] * brief.variants
    seconds = known.total(sizes)
    waiting = _waiting(known)
    before, ahead = _before(waiting, brand.pk, len(sizes))
    workers = WorkerReport.objects.filter(seen_at__gte=timezone.now() - SILENT_AFTER).count()
    return Estimate(
        pictures=len(sizes),
        seconds=seconds,
        wall=(before + seconds) / max(workers, 1),
        ahead=ahead,
        workers=workers,
        measured=len(known.measured),
        left=_left(brand, known),
    )


def _waiting(known: Timings) -> list[tuple[int, float]]:
    """(brand, seconds) of each picture that waits or is being made; one at work counts half."""
    rows = Job.objects.filter(status__in=WAITING).values_list(
        "variant__brief__library__brand", "width", "height", "status"
    )
    return [(brand, known.seconds(w, h) * (0.5 if status == Status.RUNNING else 1.0)) for brand, w, h, status in rows]


def _before(waiting: list[tuple[int, float]], brand: int, more: int) -> tuple[float, int]:
    """Seconds and number of pictures made before the last of `more` new ones: brands take turns, each in its own order."""
    counts: Counter[int] = Counter(owner for owner, _ in waiting)
    turns = counts[brand] + more
    taken: Counter[int] = Counter()
    seconds = 0.0
    for owner, each in waiting:
        if taken[owner] < min(counts[owner], turns):
            taken[owner] += 1
            seconds += each
    return seconds, taken.total()


def _left(brand: Brand, known: Timings) -> Left | None:
    """The tighter of the brand's two limits; None where it has none."""
    if not Quota.objects.filter(brand=brand).exclude(day_seconds=None, month_seconds=None).exists():
        return None
    used, waiting = usage(brand), waiting_seconds(brand, known)
    found = [
        Left(limit - spent - waiting, limit, period)
        for limit, spent, period in ((used.day_limit, used.day, "day"), (used.month_limit, used.month, "month"))
        if limit is not None
    ]
    return min(found, key=lambda left: left.seconds)
