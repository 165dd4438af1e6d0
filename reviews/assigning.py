"""Giving what waits of a brief to one reviewer, with a date: they are served it before anything else, and nobody else is.

Of a picture that several judge, one seat is theirs; the others stay open to whoever comes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from reviews.errors import ReviewRefused
from reviews.models import Item, Seat

ASSIGNED = "assigned"  # the strategy of what a person chose: it says nothing about how well the scorer chooses
AHEAD = 2.0  # rank; what learning chooses lies from 0 to 1
MOST = 500  # items at once


@dataclass(frozen=True)
class Before:
    """How an item was before it was assigned, for taking that back."""

    item: int
    to: int | None
    due: str  # ISO 8601, "" for none


@dataclass(frozen=True)
class Load:
    """What one person was given of a brand and has not judged yet."""

    reviewer: int
    waiting: int
    overdue: int
    next_due: datetime | None


def assignable(brand_id: int) -> QuerySet[Item]:
    """What waits for a word and has a seat that nobody sits on."""
    free = Seat.objects.filter(item=OuterRef("pk"), state=Seat.State.OPEN)
    return Item.objects.filter(Exists(free), brand_id=brand_id, state=Item.State.OPEN, purpose=Item.Purpose.LABEL)


def assign(*, items: QuerySet[Item], reviewer_id: int | None, due_at: datetime | None = None) -> list[Before]:
    """Give `items` to a reviewer, or to everybody again (None); those they judged or wrote the brief of are left out.

    `due_at`: None leaves the dates as they are. How each changed one was before; ReviewRefused where there is none.
    """
    if due_at is not None and due_at <= timezone.now():
        raise ReviewRefused(
            "That date is over. Choose one that lies ahead.", "该日期已过，请选择之后的日期。", field="due"
        )
    with transaction.atomic():
        rows = list(_for(items, reviewer_id).select_for_update(of=("self",)).order_by("pk")[:MOST])
        before = [_given(item, reviewer_id, due_at) for item in rows]
    changed = [each for each in before if each is not None]
    if not changed:
        raise ReviewRefused(
            "Nothing of this brief is left to assign to this person: it is judged, it is theirs already, or they wrote the brief.",
            "该简报没有可分配给此人的图片：已评完、已分给此人，或简报由其本人提交。",
            field="reviewer",
        )
    return changed


def put_back(before: Collection[Before]) -> None:
    """Assign each as it was, as far as it still waits."""
    for each in before:
        due = datetime.fromisoformat(each.due) if each.due else None
        with transaction.atomic():
            item = Item.objects.filter(pk=each.item, state=Item.State.OPEN).first()
            if item is not None:
                _give(item, each.to)
                Item.objects.filter(pk=item.pk).update(due_at=due)


def _for(items: QuerySet[Item], reviewer_id: int | None) -> QuerySet[Item]:
    if reviewer_id is None:
        return items
    judged = Seat.objects.filter(holder_id=reviewer_id).values("item")
    return items.exclude(maker_id=reviewer_id).exclude(pk__in=judged)


def _given(item: Item, reviewer_id: int | None, due_at: datetime | None) -> Before | None:
    before = Before(item.pk, item.assigned_to_id, item.due_at.isoformat() if item.due_at else "")
    due = due_at or item.due_at
    if (before.to, item.due_at) == (reviewer_id, due):
        return None
    _give(item, reviewer_id)
    Item.objects.filter(pk=item.pk).update(due_at=due)
    return before


def _give(item: Item, reviewer_id: int | None) -> None:
    free = item.seats.filter(state=Seat.State.OPEN)
    free.filter(assigned_to__isnull=False).update(assigned_to=None, rank=0.0)
    first = free.order_by("number").first()
    if first is not None and reviewer_id is not None:
        free.filter(pk=first.pk).update(assigned_to_id=reviewer_id, rank=AHEAD)
    changes: dict[str, Any] = {"assigned_to_id": reviewer_id}
    if not item.seats.filter(served_at__isnull=False).exists():  # what somebody was served keeps what chose it
        strategy = ASSIGNED if reviewer_id else "arrival"
        changes |= {"rank": AHEAD if reviewer_id else 0.0, "strategy": strategy, "chosen_by": "", "chosen_score": None}
    Item.objects.filter(pk=item.pk).update(**changes)


def loads(brand_ids: Collection[int]) -> list[Load]:
    """Who has what, the most overdue first."""
    late = Q(item__due_at__lt=timezone.now())
    rows = Seat.objects.filter(
        brand_id__in=brand_ids, assigned_to__isnull=False, state__in=(Seat.State.OPEN, Seat.State.HELD)
    )
    rows = rows.filter(item__purpose=Item.Purpose.LABEL, item__state=Item.State.OPEN)
    counted = rows.values_list("assigned_to").annotate(
        waiting=Count("pk"), overdue=Count("pk", filter=late), next_due=Min("item__due_at")
    )
    found = [Load(who or 0, waiting, overdue, due) for who, waiting, overdue, due in counted]
    return sorted(found, key=lambda load: (-load.overdue, -load.waiting, load.reviewer))


def overdue(brand_ids: Sequence[int]) -> QuerySet[Item]:
    """What should have been judged by now."""
    return Item.objects.filter(
        brand_id__in=brand_ids, state=Item.State.OPEN, purpose=Item.Purpose.LABEL, due_at__lt=timezone.now()
    )
