"""Pictures that a version had a part in: which they are, how reviewers like them against those before, and how they are called back."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from brand_styles.words import Words
from generation.models import Asset
from reviews import enlisting, promoting
from reviews.agreement import Estimate, wilson
from reviews.models import Item, LearnerVersion, Seat, Standing

log = structlog.get_logger(__name__)

LEAST_VERDICTS = 50  # on either side, before anything is rolled back by itself
RECALLED = "recalled"  # the strategy that items of recalled pictures bear
AHEAD = 1e6  # their rank: before everything else


def assets_made_with(brand_id: int, kind: str, number: int) -> QuerySet[Asset]:
    """The shown pictures whose recipe names the version, edited ones and rerolls that hold its part included; the newest first."""
    rows = Asset.objects.filter(job__variant__brief__library__brand=brand_id, is_head=True)
    return rows.filter(**{f"recipe__learners__{kind}": number}).order_by("-pk")


def recall(*, brand_id: int, kind: str, number: int) -> int:
    """Have every picture made with a version reviewed again: what was said of it counts no more until somebody has looked. How many.

    The reviews stay in their chain; the picture's item is opened anew at the head of the queue. Nothing is deleted.
    """
    found = list(assets_made_with(brand_id, kind, number).values_list("pk", flat=True))
    enlisting.enlist(Asset.objects.filter(pk__in=found, verdict="pass", review_items__isnull=True))
    with transaction.atomic():
        items = Item.objects.filter(asset__in=found, purpose=Item.Purpose.LABEL, kind=Item.Kind.SINGLE)
        items = items.exclude(state=Item.State.WITHDRAWN)
        again = list(items.exclude(strategy=RECALLED))
        for item in again:
            _open_again(item)
        Standing.objects.filter(asset__in=[item.asset_id for item in again]).update(
            state=Standing.State.WAITING, usable=None, settled_at=None
        )
    log.warning("learner.recalled", brand=brand_id, kind=kind, number=number, pictures=len(found), again=len(again))
    return len(again)


def _open_again(item: Item) -> None:
    """One more seat, for somebody who has not judged it; settled again by what they say together with the others."""
    last = item.seats.order_by("-number").values_list("number", flat=True).first() or 0
    settled = item.state != Item.State.OPEN
    Item.objects.filter(pk=item.pk).update(
        state=Item.State.OPEN,
        settled_at=None,
        strategy=RECALLED,
        rank=AHEAD,
        overlap=F("overlap") + int(settled),
    )
    item.seats.filter(state=Seat.State.OPEN).update(rank=AHEAD)
    if settled:
        item.refresh_from_db()
        Seat.objects.bulk_create(enlisting.open_seats(item, 1, last + 1))


@dataclass(frozen=True)
class Watch:
    """How often reviewers reject what a version had a part in, and what came before it. `rise`: the difference, with its interval."""

    version: LearnerVersion
    now: Estimate
    before: Estimate
    rise: Estimate

    @property
    def is_worse(self) -> bool:
        enough = min(self.now.items, self.before.items) >= LEAST_VERDICTS
        return enough and self.rise.low is not None and self.rise.low > 0


def watch(version: LearnerVersion) -> Watch:
    """Of a version in use: settled pictures that its number is in the recipe of, against as many made before it came into use.

    It is looked at when 50, 100, 200 … are settled, each time at the first so many: who looks after every answer finds a rise that is none
    sooner or later. Those before are the newest: how strict reviewers are changes.
    """
    brand_id, kind = version.learner.brand_id, version.learner.kind
    since = promoting.used_since(brand_id, kind)
    settled = Standing.objects.filter(brand=brand_id, usable__isnull=False)
    named = {f"asset__recipe__learners__{kind}": version.number}
    with_it = list(settled.filter(**named).order_by("settled_at", "pk").values_list("usable", flat=True))
    looked_at = with_it[: look_at(len(with_it))]
    began = since.since if since else timezone.now()
    older = settled.filter(asset__created_at__lt=began).exclude(asset__in=settled.filter(**named).values("asset"))
    most = max(len(looked_at), LEAST_VERDICTS)
    without = list(older.order_by("-settled_at", "-pk").values_list("usable", flat=True)[:most])
    now, before = (wilson(sum(not usable for usable in rows), len(rows)) for rows in (looked_at, without))
    return Watch(version, now, before, rise_of(before, now))


def look_at(count: int) -> int:
    """How many of `count` verdicts are looked at: the last of 50, 100, 200 …; all while there are fewer."""
    looked = LEAST_VERDICTS
    while 2 * looked <= count:
        looked *= 2
    return min(count, looked)


def rise_of(before: Estimate, now: Estimate) -> Estimate:
    """now less before, of two independent shares, with Newcombe's hybrid score interval. Not defined without items on both sides.

    Newcombe 1998, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, method 10.
    """
    if now.value is None or before.value is None:
        return Estimate(None, None, None, now.items + before.items)
    low, high = _reach(now, before), _reach(before, now)
    rise = now.value - before.value
    return Estimate(rise, rise - low, rise + high, now.items + before.items)


def _reach(lower: Estimate, upper: Estimate) -> float:
    assert lower.value is not None and lower.low is not None and upper.value is not None and upper.high is not None  # noqa: S101
    return sqrt((lower.value - lower.low) ** 2 + (upper.high - upper.value) ** 2)


def roll_back_the_worse() -> list[LearnerVersion]:
    """Roll back each version in use whose pictures are rejected more often than those before it, beyond doubt. Which they were."""
    gone = []
    for version in LearnerVersion.objects.filter(state=LearnerVersion.State.PROMOTED).select_related("learner"):
        found = watch(version)
        if found.is_worse:
            promoting.roll_back(brand_id=version.learner.brand_id, kind=version.learner.kind, reason=told(found))
            gone.append(version)
    return gone


def told(found: Watch) -> Words:
    now, before, rise = found.now, found.before, found.rise
    assert now.value is not None and before.value is not None and rise.low is not None and rise.high is not None  # noqa: S101
    number = found.version.number
    return Words(
        en=f"Reviewers rejected {now.value:.0%} of {now.items} pictures made with version {number}, against {before.value:.0%} of "
        f"{before.items} before it: {rise.low:.0%} to {rise.high:.0%} more. It was rolled back.",
        zh=f"使用版本 {number} 制作的 {now.items} 张中有 {now.value:.0%} 被驳回，此前 {before.items} 张为 {before.value:.0%}，"
        f"高出 {rise.low:.0%} 至 {rise.high:.0%}，已自动回退。",
    )
