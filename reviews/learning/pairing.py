"""A brand's pictures two by two: the pairs people are asked about, and those an adapter is trained on. No pair is both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import structlog
from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from scipy.special import expit

from reviews.enlisting import open_seats
from reviews.finetune.margins import Margin
from reviews.learning import training
from reviews.learning.describing import vectors
from reviews.learning.measuring import Briefs, Floats
from reviews.learning.pairs import Pair, pairs_to_ask, pairs_to_train_on
from reviews.models import Features, Item, Policy, ScorerVersion, Seat

log = structlog.get_logger(__name__)

OPEN = 24  # pairs of a brand that wait to be judged, at most
LOW = OPEN // 2  # left from which others are asked for
POOL, TAUGHT_POOL = 800, 4000  # the newest pictures that are paired to be asked about, and to be trained on
TOGETHER = 16  # of one brief and size: with n of them there are n (n - 1) / 2 pairs
TAUGHT = 3000  # pairs that a scorer may name for a training
STRATEGY = "doubt"


@dataclass(frozen=True)
class Pool:
    """Pictures of one brand that may stand beside one another, and what its scorer says of each: `logits` (members, n) of being usable."""

    rows: list[Features]
    logits: Floats

    @property
    def usable(self) -> Floats:
        """(n,): the probability of each."""
        found: Floats = expit(self.logits).mean(axis=0)
        return found

    @property
    def briefs(self) -> Briefs:
        return np.array([row.asset.job.variant.brief_id for row in self.rows], np.int64)

    @property
    def formats(self) -> list[str]:
        return [f"{row.asset.width}x{row.asset.height}" for row in self.rows]

    def rows_of(self, pairs: Iterable[frozenset[int]]) -> set[frozenset[int]]:
        """The same pairs as rows instead of assets; those whose pictures aren't both here are left out."""
        place = {row.asset_id: number for number, row in enumerate(self.rows)}
        return {frozenset(place[asset] for asset in pair) for pair in pairs if pair <= place.keys()}


def ask_due() -> int:
    """Ask about new pairs in every brand that has a scorer and where few are left to compare. How many."""
    brands = training.brands_with_scorer()
    return sum(ask(brand_id) for brand_id in brands if waiting(brand_id) <= LOW and _is_news(brand_id))


def _is_news(brand_id: int) -> bool:
    """Whether there is a scorer, a picture or an answer that this process has not looked for pairs with. Looking costs 0.2 s a brand."""
    row = training.scorer_for(brand_id)
    newest = Features.objects.filter(asset__job__variant__brief__library__brand=brand_id).aggregate(m=Max("made_at"))
    state = (row.name if row else "", newest["m"], waiting(brand_id))
    key = f"reviews.pairs.{brand_id}"
    if cache.get(key) == state:
        return False
    cache.set(key, state, timeout=None)
    return True


def waiting(brand_id: int) -> int:
    return Item.objects.filter(
        brand_id=brand_id, kind=Item.Kind.PAIR, purpose=Item.Purpose.LABEL, state=Item.State.OPEN
    ).count()


def ask(brand_id: int) -> int:
    """Pairs whose order the brand's scorer is unsure of become items, OPEN at a time. How many; none without a scorer."""
    row = training.scorer_for(brand_id)
    pool = pool_of(brand_id, row)
    room = OPEN - waiting(brand_id)
    if row is None or pool is None or room <= 0:
        return 0
    but = pool.rows_of(asked_about(brand_id))
    pairs = pairs_to_ask(pool.logits, pool.briefs, pool.formats, room, but)
    made = _enlisted(brand_id, pool, pairs, row.name)
    log.info("pairs.asked", brand=brand_id, pairs=made, scorer=row.name)
    return made


def sure_pairs(brand_id: int) -> list[Margin]:
    """The pairs of whose order the brand's scorer is sure, as a training takes them (`scored_pairs` of reviews.finetune.versions.ask).

    `value`: how much likelier to be usable the better one is. None of them is one that people were asked about; none without a scorer.
    """
    pool = pool_of(brand_id, training.scorer_for(brand_id), TAUGHT_POOL)
    if pool is None:
        return []
    usable = pool.usable
    asked = pool.rows_of(asked_about(brand_id))
    found = pairs_to_train_on(pool.logits, pool.briefs, pool.formats, TAUGHT)
    return [
        Margin(pool.rows[p.better].asset_id, pool.rows[p.worse].asset_id, float(usable[p.better] - usable[p.worse]))
        for p in found
        if frozenset((p.better, p.worse)) not in asked
    ]


def asked_about(brand_id: int) -> set[frozenset[int]]:
    """Every pair of assets that people of the brand were ever asked to compare, in whatever order and for whatever reason."""
    rows = Item.objects.filter(brand_id=brand_id, kind=Item.Kind.PAIR).values_list("asset_id", "other_id")
    return {frozenset((a, b)) for a, b in rows if b is not None}


def pool_of(brand_id: int, row: ScorerVersion | None, most: int = POOL) -> Pool | None:
    """The brand's newest pictures, `most` at most. None without a scorer that can be read, or with fewer than two pictures."""
    scorer = training.readable(row)
    if row is None or scorer is None:
        return None
    found = Features.objects.filter(
        asset__job__variant__brief__library__brand=brand_id,
        names_hash=row.names_hash,
        embedder_hash=row.embedder_hash,
        asset__is_head=True,
        asset__verdict="pass",
    ).exclude(vector=b"")
    found = found.select_related("asset__job__variant__brief").order_by("-asset")
    heavy = [f"asset__{name}" for name in ("design", "recipe", "report", "timings")]
    rows = _some_of_each(found.defer(*heavy)[:most])
    return Pool(rows, scorer.logits(vectors(rows))) if len(rows) > 1 else None


def _some_of_each(rows: Iterable[Features]) -> list[Features]:
    """The newest TOGETHER of each brief and size."""
    kept: dict[tuple[int, int, int], list[Features]] = defaultdict(list)
    for row in rows:
        alike = kept[row.asset.job.variant.brief_id, row.asset.width, row.asset.height]
        if len(alike) < TOGETHER:
            alike.append(row)
    return [row for alike in kept.values() for row in alike]


def _enlisted(brand_id: int, pool: Pool, pairs: Iterable[Pair], scorer: str) -> int:
    """The pairs as items with their seats. One that another worker has asked about meanwhile is left as it is."""
    policy = Policy.objects.filter(brand_id=brand_id).first()
    hours = policy.due_hours if policy else 0
    due_at = timezone.now() + timedelta(hours=hours) if hours else None
    items = [_item(brand_id, pool, pair, scorer, due_at) for pair in pairs]
    with transaction.atomic():
        Item.objects.bulk_create(items, ignore_conflicts=True)
        fresh = list(
            Item.objects.filter(
                brand_id=brand_id, kind=Item.Kind.PAIR, purpose=Item.Purpose.LABEL, seats=None
            ).select_for_update()
        )
        Seat.objects.bulk_create((seat for item in fresh for seat in open_seats(item)), ignore_conflicts=True)
    return len(fresh)


def _item(brand_id: int, pool: Pool, pair: Pair, scorer: str, due_at: datetime | None) -> Item:
    """The older picture first, so that a pair is the same pair whichever the scorer likes better; nobody who made it is asked."""
    first, other = sorted((pool.rows[pair.better].asset, pool.rows[pair.worse].asset), key=lambda asset: asset.pk)
    return Item(
        brand_id=brand_id,
        asset=first,
        other=other,
        maker_id=first.job.variant.brief.owner_id,
        kind=Item.Kind.PAIR,
        strategy=STRATEGY,
        chosen_by=scorer,
        chosen_score=pair.worth,
        rank=pair.worth,
        due_at=due_at,
    )
