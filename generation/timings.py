"""How long pictures take on this installation, measured on those it made, by their size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from generation.models import MADE, Job

LATEST = 150  # pictures that are looked at
ENOUGH = 3  # of about one size before their own median counts
ALIKE = 2.0  # sizes within this factor of megapixels count as one


def guess(megapixels: float) -> float:
    """Seconds where nothing was ever made here: 4 and 2 for each megapixel, about what two slow processors take."""
    return 4.0 + 2.0 * megapixels


@dataclass(frozen=True)
class Timings:
    """(megapixels, seconds) of the latest pictures, the newest first."""

    measured: tuple[tuple[float, float], ...] = ()

    def seconds(self, width: int, height: int) -> float:
        """The median of pictures of about that size; else of all, scaled as `guess` grows; else the guess itself."""
        wanted = width * height / 1e6
        alike = [s for mp, s in self.measured if wanted / ALIKE <= mp <= wanted * ALIKE]
        if len(alike) >= ENOUGH:
            return median(alike)
        if self.measured:
            return guess(wanted) * median(s / guess(mp) for mp, s in self.measured)
        return guess(wanted)

    def total(self, sizes: Iterable[tuple[int, int]]) -> float:
        return sum(self.seconds(width, height) for width, height in sizes)


def timings() -> Timings:
    """What the latest pictures took from when a worker took them up to when they were kept."""
    rows = Job.objects.filter(status__in=MADE, started_at__isnull=False, ended_at__isnull=False).order_by("-ended_at")
    spans = rows.values_list("width", "height", "started_at", "ended_at")[:LATEST]
    return Timings(
        tuple(
            (w * h / 1e6, (end - begin).total_seconds())
            for w, h, begin, end in spans
            if begin is not None and end is not None
        )
    )
