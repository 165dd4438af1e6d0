"""What tells how well people judge: pictures whose answer is known, and pictures they judged before, slipped in among the others."""

from __future__ import annotations

import random
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from reviews.errors import ReviewRefused
from reviews.models import Item, Review, Seat
from reviews.rubric import Rubric, Verdict

GOLD_SHARE = 0.08  # of what is served, where there is gold that the reviewer has not seen (review taxonomy: 5 to 10 %)
REPEAT_SHARE = 0.04  # (3 to 5 %)
REPEAT_AFTER = timedelta(days=7)
FEW = 20


def slip_in(reviewer_id: int, brand_ids: Collection[int], until: timedelta, chance: float | None = None) -> Seat | None:
    """A seat at a gold item or at one the reviewer judged a week ago or more; None most of the time. `chance`: 0..1, drawn if not given.

    `until`: how long the lease is.
    """
    drawn = random.random() if chance is None else chance
    if drawn < GOLD_SHARE:
        return _gold(reviewer_id, brand_ids, until)
    if drawn < GOLD_SHARE + REPEAT_SHARE:
        return _repeat(reviewer_id, brand_ids, until)
    return None


def _gold(reviewer_id: int, brand_ids: Collection[int], until: timedelta) -> Seat | None:
    seen = Seat.objects.filter(item=OuterRef("pk"), holder_id=reviewer_id)
    judged = Seat.objects.filter(item__asset=OuterRef("asset"), holder_id=reviewer_id)
    gold = Item.objects.filter(purpose=Item.Purpose.GOLD, state=Item.State.OPEN, brand_id__in=brand_ids)
    gold = gold.exclude(maker_id=reviewer_id).filter(~Exists(seen), ~Exists(judged))
    item = gold.order_by("?").first()
    return _seated(item, reviewer_id, until) if item else None


def _repeat(reviewer_id: int, brand_ids: Collection[int], until: timedelta) -> Seat | None:
    review = _old_review(reviewer_id, brand_ids)
    if review is None:
        return None
    first = review.item
    item = Item.objects.create(
        brand_id=first.brand_id,
        asset_id=first.asset_id,
        maker_id=first.maker_id,
        purpose=Item.Purpose.REPEAT,
        strategy="repeat",
        assigned_to_id=reviewer_id,
    )
    return _seated(item, reviewer_id, until)


def _old_review(reviewer_id: int, brand_ids: Collection[int]) -> Review | None:
    """One of the reviewer's answers of a week ago or longer, by chance."""
    by_time = Review.objects.filter(reviewer_id=reviewer_id, created_at__lt=timezone.now() - REPEAT_AFTER)
    by_time = by_time.order_by("created_at")
    first, last = by_time.first(), by_time.last()
    if first is None or last is None:
        return None
    # Shuffling all they ever said would take longer with each year. A place among everybody's answers is a moment, in which nights weigh
    # nothing; one of the next few from there on, else of the first.
    place = random.randint(*sorted((first.pk, last.pk)))
    moment = Review.objects.filter(pk__gte=place).order_by("pk").values_list("created_at", flat=True).first()
    again = Item.objects.filter(purpose=Item.Purpose.REPEAT, asset=OuterRef("item__asset"), assigned_to_id=reviewer_id)
    old = by_time.filter(
        ~Exists(again),
        brand_id__in=brand_ids,
        kind=Review.Kind.VERDICT,
        undone_by=None,
        item__kind=Item.Kind.SINGLE,
        item__purpose=Item.Purpose.LABEL,
        item__asset__is_head=True,
    ).select_related("item")
    few = list(old.filter(created_at__gte=moment)[:FEW]) or list(old[:FEW])
    return random.choice(few) if few else None


def _seated(item: Item, reviewer_id: int, until: timedelta) -> Seat | None:
    last = item.seats.aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    try:
        with transaction.atomic():
            return Seat.objects.create(
                item=item,
                number=last + 1,
                brand_id=item.brand_id,
                kind=item.kind,
                maker_id=item.maker_id,
                state=Seat.State.HELD,
                holder_id=reviewer_id,
                token=uuid.uuid4(),
                lease_until=now + until,
                served_at=now,
            )
    except IntegrityError:  # somebody took that number in between: there is always another picture
        return None


def keep_as_gold(*, item: Item, verdict: str, defects: Collection[str], rubric: Rubric) -> Item:
    """From now on the item's picture is shown to those who never judged it, to see whether they find `verdict` and `defects` (codes)."""
    if verdict not in set(Verdict):
        raise ReviewRefused(
            "Say which verdict is right: approve, minor fix or reject.",
            "请说明正确结论：通过、小改或拒绝。",
            field="verdict",
        )
    unknown = [code for code in defects if rubric.defect(code) is None]
    if unknown:
        raise ReviewRefused(
            f"The rubric has no defect {', '.join(unknown)}.",
            f"评审标准中没有缺陷 {'、'.join(unknown)}。",
            field="defects",
        )
    gold, _ = Item.objects.get_or_create(
        asset_id=item.asset_id,
        purpose=Item.Purpose.GOLD,
        state=Item.State.OPEN,
        defaults={
            "brand_id": item.brand_id,
            "maker_id": item.maker_id,
            "strategy": "gold",
            "overlap": 1,
            "expected": {"verdict": verdict, "defects": sorted(defects)},
        },
    )
    return gold


def retire_gold(*, item: Item) -> None:
    """Show a gold item to nobody any more. What was answered stays."""
    Item.objects.filter(pk=item.pk, purpose=Item.Purpose.GOLD).update(state=Item.State.WITHDRAWN)
    held = Seat.objects.filter(item=item, state=Seat.State.HELD)
    held.update(state=Seat.State.WITHDRAWN, token=None, lease_until=None)


def restore_gold(*, item: Item) -> None:
    """Show a retired gold item again, unless its picture has become gold anew."""
    others = Item.objects.filter(asset=item.asset_id, purpose=Item.Purpose.GOLD, state=Item.State.OPEN)
    if not others.exists():
        Item.objects.filter(pk=item.pk, purpose=Item.Purpose.GOLD).update(state=Item.State.OPEN)
