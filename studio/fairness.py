"""How much machine time a brand has taken, and whether it may ask for more."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum, When
from django.db.models.functions import Now

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.models import WAITING, Job, LateItem, Status
from generation.selectors import seconds_per_asset
from generation.timings import Timings, timings
from studio.models import Quota


@dataclass(frozen=True)
class Usage:
    """Seconds of machine time since midnight and since the first of the month (UTC), with what may be taken; None: no limit."""

    day: float
    month: float
    day_limit: int | None
    month_limit: int | None


def usage(brand: Brand) -> Usage:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    quota = Quota.objects.filter(brand=brand).first()
    return Usage(
        _taken_since(brand, today),
        _taken_since(brand, today.replace(day=1)),
        quota.day_seconds if quota else None,
        quota.month_seconds if quota else None,
    )


def _taken_since(brand: Brand, since: datetime) -> float:
    """Machine time of pictures, of what was made in vain before somebody asked again, and of late changes."""
    jobs = Job.objects.filter(variant__brief__library__brand=brand, spent_at__gte=since)
    changes = LateItem.objects.filter(change__brief__library__brand=brand, result__created_at__gte=since)
    vain = jobs.aggregate(total=Sum("spent"))["total"]
    changed = changes.aggregate(total=Sum("seconds"))["total"]
    return _seconds_since(brand, since) + (vain.total_seconds() if vain else 0.0) + (changed or 0.0)


def _seconds_since(brand: Brand, since: datetime) -> float:
    """Machine time of the brand's jobs that ended since then or are running, each from its start to its end or now."""
    ended = Case(When(ended_at=None, then=Now()), default=F("ended_at"))
    taken = ExpressionWrapper(ended - F("started_at"), output_field=DurationField())
    jobs = Job.objects.filter(variant__brief__library__brand=brand, started_at__isnull=False)
    total = jobs.filter(Q(ended_at__gte=since) | Q(ended_at=None, status=Status.RUNNING)).aggregate(total=Sum(taken))[
        "total"
    ]
    return float(total.total_seconds()) if total else 0.0


def waiting_seconds(brand: Brand, known: Timings) -> float:
    """Machine time that the brand's waiting pictures still take, by their sizes; one that is being made counts half."""
    rows = Job.objects.filter(variant__brief__library__brand=brand, status__in=WAITING)
    return sum(
        known.seconds(width, height) * (0.5 if status == Status.RUNNING else 1.0)
        for width, height, status in rows.values_list("width", "height", "status")
    )


def refusal(brand: Brand, pictures: int, seconds: float | None = None) -> Words | None:
    """Why `pictures` more may not be asked for now: they and what already waits would not fit the brand's quota. None where they may.

    `seconds`: the machine time they are estimated to take, where their sizes are known.
    """
    if not Quota.objects.filter(Q(day_seconds__isnull=False) | Q(month_seconds__isnull=False), brand=brand).exists():
        return None
    used = usage(brand)
    wanted = waiting_seconds(brand, timings()) + (pictures * seconds_per_asset() if seconds is None else seconds)
    if used.day_limit is not None and used.day + wanted > used.day_limit:
        return _said(brand, used.day, wanted, used.day_limit, "today", "今天", "at 00:00 UTC", "UTC 零点后")
    if used.month_limit is not None and used.month + wanted > used.month_limit:
        return _said(brand, used.month, wanted, used.month_limit, "this month", "本月", "on the first", "下月一日")
    return None


def refusal_of(jobs: QuerySet[Job]) -> Words | None:
    """Why these jobs, all of one brand, may not be made again now. None where they may, or where there are none."""
    sizes = list(jobs.values_list("width", "height"))
    first = jobs.select_related("variant__brief__library__brand").first()
    return refusal(first.variant.brief.library.brand, len(sizes), timings().total(sizes)) if first else None


def _said(
    brand: Brand, used: float, wanted: float, limit: int, period: str, period_zh: str, again: str, again_zh: str
) -> Words:
    return Words(
        en=(
            f"{brand.name_en} has taken {used:.0f} of {limit} seconds of machine time {period}; with what waits, this "
            f"needs about {wanted:.0f} more. Ask for fewer pictures, try again {again}, or ask an owner to raise the quota."
        ),
        zh=(
            f"{brand.name_zh}{period_zh}已用 {used:.0f} 秒机时（上限 {limit} 秒），连同排队任务还需约 {wanted:.0f} 秒。"
            f"请减少图片数量，{again_zh}再试，或请品牌所有者提高额度。"
        ),
    )


def set_quota(brand: Brand, *, day_seconds: int | None, month_seconds: int | None) -> Quota:
    limits = {"day_seconds": day_seconds, "month_seconds": month_seconds}
    return Quota.objects.update_or_create(brand=brand, defaults=limits)[0]
