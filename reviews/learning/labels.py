"""What reviewers said, as labels to learn from: settled pictures with their vectors, the brief each belongs to, scores by dimension."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import QuerySet

from reviews.models import Features, Review, RubricVersion, Standing
from reviews.rubric import studio_rubric

if TYPE_CHECKING:
    from reviews.learning.measuring import Bools, Briefs, Floats
    from reviews.learning.scorer import Labels

HELD_OUT = 5  # one brief in so many is never learnt from
MOST = 20_000  # the newest labels; older ones say little more
BRIEF = "asset__job__variant__brief_id"


def settled(brand_id: int | None) -> QuerySet[Standing]:
    """Pictures about which reviewers have decided: of one brand, or of all."""
    rows = Standing.objects.filter(usable__isnull=False)
    return rows if brand_id is None else rows.filter(brand_id=brand_id)


def labels_of(brand_id: int | None, names_hash: str, embedder_hash: str) -> Labels:
    """The newest settled pictures that have a vector of this kind, the oldest of them first."""
    from reviews.learning.describing import vectors
    from reviews.learning.scorer import Labels

    rows = settled(brand_id).filter(
        asset__features__names_hash=names_hash, asset__features__embedder_hash=embedder_hash
    )
    rows = rows.exclude(asset__features__vector=b"").order_by("-settled_at", "-asset")
    found = list(rows.values_list("asset", "usable", BRIEF)[:MOST])[::-1]
    ids = [asset for asset, _, _ in found]
    by_id = Features.objects.in_bulk(ids)
    return Labels(
        vectors([by_id[i] for i in ids]) if ids else np.zeros((0, 0), np.float32),
        np.array([usable for _, usable, _ in found], np.bool_),
        np.array([brief for _, _, brief in found], np.int64),
        _scores(ids),
    )


def _scores(asset_ids: list[int]) -> dict[str, Floats]:
    """Per dimension the mean of what reviewers gave under the rubric's version of today; NaN where nobody did."""
    said = Review.objects.filter(
        item__asset__in=asset_ids,
        item__kind="single",
        kind__in=(Review.Kind.VERDICT, Review.Kind.ADJUDICATION),
        undone_by=None,
        rubric__version=studio_rubric().version,
    )
    given: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for asset, scores in said.exclude(scores={}).values_list("item__asset", "scores"):
        for key, value in scores.items():
            given[key][asset].append(float(value))
    return {
        key: np.array([np.mean(of[i]) if i in of else np.nan for i in asset_ids], np.float64)
        for key, of in sorted(given.items())
    }


def held_out(briefs: Briefs) -> Bools:
    """Which rows are never learnt from: a fifth of the briefs, by their number alone, the same ones for every scorer there will be."""
    known = {int(brief): _digest(int(brief)) % HELD_OUT == 0 for brief in set(briefs.tolist())}
    return np.array([known[int(brief)] for brief in briefs], np.bool_)


def _digest(brief: int) -> int:
    return int(hashlib.sha256(f"holdout/{brief}".encode()).hexdigest()[:8], 16)


def rubric_digest(brand_id: int | None) -> str:
    """Of the brand's rubric as it is now; of the studio's for all brands together."""
    rows = RubricVersion.objects.none() if brand_id is None else RubricVersion.objects.filter(brand_id=brand_id)
    row = rows.order_by("-version", "-extension").first()
    return row.digest if row else studio_rubric().digest()
