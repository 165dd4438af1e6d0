"""What holds about a picture once its reviewers have spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from generation import events
from generation.models import Brief
from reviews.models import Item, Review, Standing
from reviews.rubric import Verdict

State = Standing.State


@dataclass(frozen=True)
class Word:
    """One reviewer's answer, as far as it decides."""

    verdict: Verdict
    blocks: bool  # a blocking defect was marked

    @property
    def usable(self) -> bool:
        return self.verdict is not Verdict.REJECT and not self.blocks


def holds(words: Sequence[Word], needed: int, *, unanimous: bool = False) -> Standing.State:
    """What `words` come to. Split where as many say usable as not, or where all must agree and don't."""
    if len(words) < needed or not words:
        return State.WAITING
    usable = sum(word.usable for word in words)
    if usable == 0:
        return State.REJECTED
    if usable < len(words) and (unanimous or 2 * usable == len(words)):
        return State.SPLIT
    if 2 * usable < len(words):
        return State.REJECTED
    approvals = Counter(word.verdict for word in words if word.usable)
    return State.APPROVED if approvals[Verdict.APPROVE] == usable else State.MINOR_FIX


def standing_reviews(item: Item) -> QuerySet[Review]:
    """The verdicts and adjudications on an item that nobody took back."""
    said = (Review.Kind.VERDICT, Review.Kind.ADJUDICATION)
    return Review.objects.filter(item=item, kind__in=said, undone_by=None).order_by("number")


def settle(item: Item) -> Standing | None:
    """Work out where the item's picture stands, and write it. None for what decides about no picture (pairs, gold, repeats)."""
    if item.kind != Item.Kind.SINGLE or item.purpose != Item.Purpose.LABEL:
        _close(item)
        return None
    reviews = list(standing_reviews(item))
    decided = [r for r in reviews if r.kind == Review.Kind.ADJUDICATION]
    counted = decided[-1:] or reviews
    state = holds([word_of(r) for r in counted], 1 if decided else item.overlap, unanimous=item.four_eyes)
    _write_item(item, state)
    return _write_standing(item, state, reviews, adjudicated=bool(decided))


def word_of(review: Review) -> Word:
    return Word(Verdict(review.verdict), any(d["severity"] == "block" for d in review.defects))


def _write_item(item: Item, state: Standing.State) -> None:
    if item.state == Item.State.WITHDRAWN:
        return
    known = {State.WAITING: Item.State.OPEN, State.SPLIT: Item.State.SPLIT}
    item.state = known.get(state, Item.State.SETTLED)
    item.settled_at = timezone.now() if item.state == Item.State.SETTLED else None
    item.save(update_fields=["state", "settled_at"])


def _write_standing(item: Item, state: Standing.State, reviews: list[Review], *, adjudicated: bool) -> Standing:
    decided = state in (State.APPROVED, State.MINOR_FIX, State.REJECTED)
    values = {
        "brand_id": item.brand_id,
        "state": state,
        "usable": state != State.REJECTED if decided else None,
        "verdicts": sum(r.kind == Review.Kind.VERDICT for r in reviews),
        "adjudicated": adjudicated,
        "defects": sorted({defect["code"] for r in reviews for defect in r.defects}),
        "settled_at": timezone.now() if decided else None,
    }
    there = Standing.objects.filter(asset_id=item.asset_id)
    if there.exclude(state=state).exists():
        events.moved(
            Brief.objects.filter(variants__jobs__assets=item.asset_id).values_list("pk", flat=True)
        )  # its wall shows it
    if there.update(**values):
        return Standing(asset_id=item.asset_id, **values)
    return Standing.objects.update_or_create(asset_id=item.asset_id, defaults=values)[0]


def _close(item: Item) -> None:
    """A pair, gold or repeat is settled when everybody it needs has spoken."""
    done = standing_reviews(item).count() >= item.overlap and item.purpose != Item.Purpose.GOLD
    item.state = Item.State.SETTLED if done else Item.State.OPEN
    item.settled_at = timezone.now() if done else None
    item.save(update_fields=["state", "settled_at"])
