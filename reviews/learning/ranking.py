"""The order of a brand's queue: who is asked about first, by which strategy, on whose word. Only what nobody has been served yet moves.

And for the wall: a brief's pictures by how likely they are usable (best of n).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Asset
from reviews.learning import training
from reviews.models import Features, Item, Ranking, ScorerVersion, Seat

if TYPE_CHECKING:
    from reviews.learning.acquisition import Choice, Pool
    from reviews.learning.scorer import Scorer

log = structlog.get_logger(__name__)

BATCH = 64  # chosen at a time
LOW = BATCH // 2  # chosen ones left from which the next are chosen
POOL = 2000  # the newest waiting pictures that are chosen from
KNOWN = 500  # the newest judged ones that coverage counts as seen
SCORED = 1000  # rows that predictions are written on at a time
ARRIVAL = "arrival"


@dataclass(frozen=True)
class Likely:
    """A picture on the wall and what its scorer expects: both None before one has seen it."""

    asset_id: int
    usable: float | None
    scored_by: str


def best_first(brief_id: int) -> list[Likely]:
    """The pictures that a brief's wall shows, the likeliest to be usable first; those nobody has scored come last, oldest first."""
    rows = Asset.objects.filter(job__variant__brief=brief_id, is_head=True)
    found = rows.order_by(F("features__usable").desc(nulls_last=True), "pk").values_list(
        "pk", "features__usable", "features__scored_by"
    )
    return [Likely(pk, usable, scored_by or "") for pk, usable, scored_by in found]


def rank_due() -> int:
    """Put in order the queues in which something changed. How many items took a place ahead of the rest."""
    waits = Item.objects.filter(
        brand=OuterRef("pk"), state=Item.State.OPEN, purpose=Item.Purpose.LABEL, kind=Item.Kind.SINGLE
    )
    ids = Brand.objects.filter(Exists(waits)).order_by("pk").values_list("pk", flat=True)
    return sum(rank(brand_id) for brand_id in ids if is_due(brand_id))


def is_due(brand_id: int) -> bool:
    """Whether the scorer changed, pictures came with vectors, or the chosen ones are running out and there are others to choose."""
    row, pool = Ranking.objects.filter(brand_id=brand_id).first(), describable(brand_id)
    newest = pool.order_by("-asset").values_list("asset_id", flat=True).first() or 0
    if row is None:
        return newest > 0
    scorer = training.scorer_for(brand_id)
    if row.scorer != (scorer.name if scorer else "") or newest > row.newest:
        return True
    left = pool.filter(rank__gt=0).exclude(strategy=ARRIVAL)[:LOW].count()  # by rank the index finds the few among all
    return left < LOW and left < pool[: left + 1].count()


def waiting(brand_id: int) -> QuerySet[Item]:
    """The brand's open single pictures that nobody has been served, but those that a person gave to somebody: their order is not ours."""
    served = Seat.objects.filter(item=OuterRef("pk"), served_at__isnull=False)
    rows = Item.objects.filter(
        brand_id=brand_id,
        state=Item.State.OPEN,
        kind=Item.Kind.SINGLE,
        purpose=Item.Purpose.LABEL,
        assigned_to=None,
    )
    return rows.filter(~Exists(served))


def describable(brand_id: int) -> QuerySet[Item]:
    """Those of them that have a vector."""
    return waiting(brand_id).filter(asset__features__isnull=False).exclude(asset__features__vector=b"")


def rank(brand_id: int) -> int:
    """Choose a brand's next batch and write it. How many were chosen."""
    row = training.scorer_for(brand_id)
    scorer = training.readable(row)
    items, features = _pool_rows(brand_id, row if scorer else None)
    last = Ranking.objects.filter(brand_id=brand_id).first()
    seed = (last.seed if last else 0) + 1
    chosen = _chosen(items, features, scorer, brand_id, seed)
    name = row.name if row and scorer else ""
    with transaction.atomic():
        _write(brand_id, [(items[c.row], c) for c in chosen], name)
        newest = max((item.asset_id for item in items), default=last.newest if last else 0)
        defaults = {"scorer": row.name if row else "", "newest": newest, "chosen": len(chosen), "seed": seed}
        Ranking.objects.update_or_create(brand_id=brand_id, defaults=defaults)
    log.info("queue.ranked", brand=brand_id, chosen=len(chosen), scorer=name)
    return len(chosen)


def _pool_rows(brand_id: int, scorer: ScorerVersion | None) -> tuple[list[Item], list[Features]]:
    """The newest waiting items and their vectors, all of one kind: the scorer's, or that of the newest."""
    rows = list(
        describable(brand_id).select_related("asset__job__variant", "asset__features").order_by("-asset")[:POOL]
    )
    rows = [row for row in rows if _kind(row.asset.features) == _wanted(rows, scorer)]
    return rows, [row.asset.features for row in rows]


def _kind(features: Features) -> tuple[str, str]:
    return features.names_hash, features.embedder_hash


def _wanted(rows: Sequence[Item], scorer: ScorerVersion | None) -> tuple[str, str]:
    return (scorer.names_hash, scorer.embedder_hash) if scorer else _kind(rows[0].asset.features)


def _chosen(
    items: Sequence[Item], features: Sequence[Features], scorer: Scorer | None, brand_id: int, seed: int
) -> list[Choice]:
    from reviews.learning.acquisition import choose

    return choose(_pool(items, features, scorer, brand_id), BATCH, seed) if items else []


def _pool(items: Sequence[Item], features: Sequence[Features], scorer: Scorer | None, brand_id: int) -> Pool:
    from reviews.learning.acquisition import Pool
    from reviews.learning.describing import vectors
    from reviews.learning.features import feature_names
    from reviews.learning.spaces import fit_space

    table = vectors(features)
    space = scorer.space if scorer else fit_space(table, len(feature_names(0)))
    places = space.places(table)
    known = _known(brand_id, features[0])
    now = timezone.now()
    return Pool(
        places=places,
        briefs=np.array([item.asset.job.variant.brief_id for item in items], np.int64),
        brands=np.array([item.brand_id for item in items], np.int64),
        age=np.array([(now - item.created_at).total_seconds() / 3600 for item in items]),
        doubt=scorer(table).doubt if scorer else None,
        known=space.places(vectors(known)) if known else np.zeros((0, places.shape[1])),
    )


def _known(brand_id: int, like: Features) -> list[Features]:
    """What has been judged lately, or lies before somebody."""
    served = Seat.objects.filter(item=OuterRef("asset__review_items"), served_at__isnull=False)
    rows = Features.objects.filter(asset__review_items__brand=brand_id, names_hash=like.names_hash)
    rows = rows.filter(Exists(served), embedder_hash=like.embedder_hash).exclude(vector=b"")
    return list(rows.only("vector").order_by("-asset").distinct()[:KNOWN])


def _write(brand_id: int, chosen: Sequence[tuple[Item, Choice]], name: str) -> None:
    """The chosen ahead of the rest in their order; what was chosen before and isn't now is back among the rest."""
    ids = [item.pk for item, _ in chosen]
    before = waiting(brand_id).exclude(strategy=ARRIVAL).exclude(pk__in=ids)
    _move(list(before.values_list("pk", flat=True)), 0.0)
    before.update(rank=0.0, strategy=ARRIVAL, chosen_by="", chosen_score=None)
    for place, (item, choice) in enumerate(chosen):
        rank = 1.0 - place / (len(chosen) + 1)
        by = name if choice.strategy == "doubt" else ""
        if (
            waiting(brand_id)
            .filter(pk=item.pk)
            .update(rank=rank, strategy=choice.strategy, chosen_by=by, chosen_score=choice.score)
        ):
            _move([item.pk], rank)


def _move(item_ids: Sequence[int], rank: float) -> None:
    Seat.objects.filter(item__in=item_ids, state=Seat.State.OPEN).update(rank=rank)


def score_next(brand_id: int) -> int:
    """Write what the brand's scorer expects on up to SCORED of its pictures that it has not seen. How many."""
    row = training.scorer_for(brand_id)
    scorer = training.readable(row)
    if row is None or scorer is None:
        return 0
    from reviews.learning.describing import vectors

    rows = Features.objects.filter(asset__job__variant__brief__library__brand=brand_id, names_hash=row.names_hash)
    rows = rows.filter(embedder_hash=row.embedder_hash).exclude(vector=b"").exclude(scored_by=row.name)
    found = list(rows.order_by("-asset")[:SCORED])
    if found:
        expected = scorer(vectors(found))
        for each, usable, doubt in zip(found, expected.usable, expected.doubt, strict=True):
            each.usable, each.doubt, each.scored_by = float(usable), float(doubt), row.name
        Features.objects.bulk_update(found, ["usable", "doubt", "scored_by"], batch_size=200)
    return len(found)


def score_due() -> int:
    """The same for every brand that has a scorer, a batch each. How many."""
    return sum(score_next(brand_id) for brand_id in Brand.objects.values_list("pk", flat=True))
