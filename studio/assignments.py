"""Who reviews what, as the review room shows it to those who hand it out and to those who got it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from brand_styles.models import Brand
from reviews import assigning
from reviews.assigning import Load
from reviews.models import Item
from studio.access import Act, roles_with
from studio.models import User

POOL = 1000  # pictures that are looked at
BRIEFS = 20  # of a brand that are shown, those that are due first ahead of the newest


@dataclass(frozen=True)
class Waiting:
    """What waits of one brief. `asset`: one of its pictures; `names`: who has some of it."""

    brief: int
    title: str
    maker: int
    asset: int
    open: int
    free: int
    overdue: int
    due: datetime | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """What one person has; `reviews`: whether they may still judge for the brand."""

    name: str
    load: Load
    reviews: bool


@dataclass(frozen=True)
class Sheet:
    """What one brand has to hand out."""

    brand: Brand
    briefs: tuple[Waiting, ...]
    more: int
    people: tuple[User, ...]
    given: tuple[Given, ...]


def reviewers_of(brand: Brand | int) -> QuerySet[User]:
    """Who may judge the brand's pictures, by name."""
    brand_id = brand if isinstance(brand, int) else brand.pk
    members = User.objects.filter(memberships__brand=brand_id, memberships__role__in=roles_with(Act.REVIEW))
    return members.filter(is_active=True).order_by("username")


def sheet_of(brand: Brand) -> Sheet:
    people = tuple(reviewers_of(brand))
    briefs = _briefs(brand.pk)
    return Sheet(brand, briefs[:BRIEFS], max(len(briefs) - BRIEFS, 0), people, _given(brand.pk, people))


def _briefs(brand_id: int) -> tuple[Waiting, ...]:
    items = _shown(brand_id)
    late = Q(due_at__lt=timezone.now())
    rows = (
        items.values(
            brief=F("asset__job__variant__brief"), title=F("asset__job__variant__brief__title"), whose=F("maker")
        )
        .annotate(open=Count("pk"), free=Count("pk", filter=Q(assigned_to=None)), overdue=Count("pk", filter=late))
        .annotate(due=Min("due_at"), picture=Min("asset"))
        .order_by(F("due").asc(nulls_last=True), "-brief")
    )
    found = list(rows)
    names = _names_by_brief(items.filter(asset__job__variant__brief__in=[row["brief"] for row in found[:BRIEFS]]))
    return tuple(_waiting(dict(row), names.get(row["brief"], ())) for row in found)


def _shown(brand_id: int) -> QuerySet[Item]:
    """The newest of what waits, and what is overdue: a page must not grow with the queue."""
    items = assigning.assignable(brand_id)
    late = assigning.overdue([brand_id]).order_by("due_at").values_list("pk", flat=True)[:POOL]
    newest = items.order_by("-pk").values_list("pk", flat=True)[:POOL]
    return items.filter(pk__in={*late, *newest})


def _waiting(row: dict[str, Any], names: Sequence[str]) -> Waiting:
    return Waiting(
        brief=row["brief"],
        title=row["title"],
        maker=row["whose"],
        asset=row["picture"],
        open=row["open"],
        free=row["free"],
        overdue=row["overdue"],
        due=row["due"],
        names=tuple(names),
    )


def _names_by_brief(items: QuerySet[Item]) -> dict[int, list[str]]:
    pairs = items.filter(assigned_to__isnull=False).values_list("asset__job__variant__brief", "assigned_to__username")
    found: dict[int, list[str]] = {}
    for brief, name in pairs.distinct().order_by("assigned_to__username"):
        found.setdefault(brief, []).append(name)
    return found


def _given(brand_id: int, people: Sequence[User]) -> tuple[Given, ...]:
    there = {person.pk for person in people}
    found = assigning.loads([brand_id])
    names = dict(User.objects.filter(pk__in=[load.reviewer for load in found]).values_list("pk", "username"))
    return tuple(Given(names[load.reviewer], load, load.reviewer in there) for load in found)


def load_of(user: User, brand_ids: Collection[int]) -> Load | None:
    """What this person was given in these brands; None for nothing."""
    return next((load for load in assigning.loads(brand_ids) if load.reviewer == user.pk), None)
