"""Pictures that passed preflight take their place in the queue; a newer version of one takes the place of the older."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from brand_styles.rules.loader import is_within
from generation.models import Asset
from reviews.models import Item, Policy, Seat, Standing

BATCH = 500
LATE = 2000  # rows behind the newest enlisted one that are looked at again: writers end out of order


def enlist_new() -> int:
    """Give every picture that passed and has no place in the queue its place. How many took one. Safe to run twice, or side by side."""
    newest = Item.objects.filter(purpose=Item.Purpose.LABEL).order_by("-asset_id").values_list("asset_id", flat=True)
    since = max((newest.first() or 0) - LATE, 0)
    there = Item.objects.filter(asset=OuterRef("pk"), purpose=Item.Purpose.LABEL, kind=Item.Kind.SINGLE)
    rows = Asset.objects.filter(~Exists(there), pk__gt=since, is_head=True, verdict="pass").order_by("pk")
    return enlist(rows[:BATCH])


def enlist(assets: QuerySet[Asset]) -> int:
    """A place in the queue for each of `assets` that has none. Older versions of the same pictures are withdrawn."""
    rows = list(assets.select_related("job__variant__brief__library").defer("design", "recipe", "report", "timings"))
    policies = {policy.brand_id: policy for policy in Policy.objects.all()}
    with transaction.atomic():
        withdraw_older(rows)
        items = [item_for(asset, policies) for asset in rows]
        Item.objects.bulk_create(items, ignore_conflicts=True)
        made = Item.objects.filter(asset__in=rows, purpose=Item.Purpose.LABEL, kind=Item.Kind.SINGLE, seats=None)
        fresh = list(
            made.select_for_update(of=("self",)).order_by("pk")
        )  # the seats that nobody ranks are taken in this order
        Seat.objects.bulk_create((seat for item in fresh for seat in open_seats(item)), ignore_conflicts=True)
        standings = [Standing(asset_id=item.asset_id, brand_id=item.brand_id) for item in fresh]
        Standing.objects.bulk_create(standings, ignore_conflicts=True)
    return len(fresh)


def item_for(asset: Asset, policies: dict[int, Policy]) -> Item:
    """The place of one picture, not yet written."""
    brief = asset.job.variant.brief
    brand_id = brief.library.brand_id
    policy = policies.get(brand_id) or Policy(brand_id=brand_id)
    data = brief.data
    four_eyes = policy.four_eyes and bool(data.get("evidence")) and is_within(data.get("industry"), "finance")
    twice = four_eyes or in_share(asset.sha256, policy.overlap_share)
    return Item(
        brand_id=brand_id,
        asset=asset,
        maker_id=brief.owner_id,
        overlap=max(policy.overlap if twice else 1, 2 if four_eyes else 1),
        four_eyes=four_eyes,
        rank=0.0,
        due_at=timezone.now() + timedelta(hours=policy.due_hours) if policy.due_hours else None,
    )


def in_share(sha256: str, share: int) -> bool:
    """Whether a picture is among the `share` of a hundred: by its content, so that nobody chooses."""
    return int(hashlib.sha256(sha256.encode()).hexdigest()[:8], 16) % 100 < share


def open_seats(item: Item, count: int | None = None, first: int = 1) -> list[Seat]:
    """Seats at `item`, not yet written: as many as it needs, or `count` numbered from `first`."""
    return [
        Seat(
            item=item,
            number=number,
            brand_id=item.brand_id,
            kind=item.kind,
            maker_id=item.maker_id,
            assigned_to_id=item.assigned_to_id,
            rank=item.rank,
        )
        for number in range(first, first + (item.overlap if count is None else count))
    ]


def withdraw_older(heads: Iterable[Asset]) -> None:
    """Nobody is asked any more about versions that a newer one took the place of."""
    edited = [asset.job_id for asset in heads if asset.version > 1]
    older = Q(asset__job__in=edited, asset__is_head=False) | Q(other__job__in=edited, other__is_head=False)
    withdraw(Item.objects.filter(older, state__in=(Item.State.OPEN, Item.State.SPLIT)))


def withdraw(items: QuerySet[Item]) -> None:
    """Take `items` out of the queue, whoever holds them. What was said about them stays."""
    ids = list(items.values_list("pk", flat=True))
    waiting = Seat.objects.filter(item__in=ids, state__in=(Seat.State.OPEN, Seat.State.HELD))
    waiting.update(state=Seat.State.WITHDRAWN, token=None, lease_until=None)
    Item.objects.filter(pk__in=ids).update(state=Item.State.WITHDRAWN)
