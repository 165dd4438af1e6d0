"""Vectors of assets as rows: what is missing or made by another embedder is worked out in batches.

What is done is kept after each batch, so a killed worker loses one batch at most; two at the same batch write the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import structlog
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet
from PIL import Image

from brand_styles.words import Words
from generation.models import Asset
from reviews.models import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviews.learning.embedding import Embedder

log = structlog.get_logger(__name__)

BATCH = 16
LATE = 2000  # assets before the newest described one that are looked at again: writers end out of order
COLUMNS = ("names_hash", "embedder", "embedder_hash", "vector", "fault", "made_at", "usable", "doubt", "scored_by")
UNREADABLE = Words(
    en="The picture's file is missing or can't be read, so nothing can be learnt from it.",
    zh="图片文件缺失或无法读取，无法用于学习。",
)


def describe_next(count: int = BATCH) -> int:
    """Work out the vectors of up to `count` assets that lack one. How many were done, those that can't be read among them."""
    from reviews.learning.embedding import default_embedder

    embedder = default_embedder()
    assets = list(_with_origin(undescribed(embedder, count)))
    if assets:
        rows = list(_described(assets, embedder))
        Features.objects.bulk_create(rows, update_conflicts=True, unique_fields=["asset"], update_fields=list(COLUMNS))
        log.info("learning.described", assets=len(rows), faults=sum(bool(row.fault) for row in rows))
    return len(assets)


def undescribed(embedder: Embedder, count: int = BATCH) -> list[int]:
    """Up to `count` assets without a vector of today's names by this embedder.

    Those that came since first, in their order, then older ones, the newest first: so what is done lies between two ends, and nobody
    looks through it. A gap within, which a count tells, is looked for last.
    """
    from reviews.learning.features import feature_names, names_hash

    done = Features.objects.filter(
        names_hash=names_hash(feature_names(embedder.dimension)), embedder_hash=embedder.sha256
    )
    lacking = Asset.objects.filter(~Exists(done.filter(asset=OuterRef("pk")))).values_list("pk", flat=True)
    ends = done.values_list("asset_id", flat=True)
    newest, oldest = ends.order_by("-asset").first(), ends.order_by("asset").first()
    if newest is None or oldest is None:
        return list(lacking.order_by("-pk")[:count])
    found = list(lacking.filter(pk__gt=newest - LATE).order_by("pk")[:count])
    found = found or list(lacking.filter(pk__lt=oldest).order_by("-pk")[:count])
    if not found and done.count() < Asset.objects.filter(pk__range=(oldest, newest)).count():
        found = list(lacking.order_by("-pk")[:count])
    return found


def _with_origin(assets: Sequence[int]) -> QuerySet[Asset]:
    return (
        Asset.objects.filter(pk__in=assets)
        .select_related("job__variant__brief__library")
        .only("file", "made", "recipe", "report", "job__variant__brief__library__style")
        .order_by("-pk")
    )


def _described(assets: Sequence[Asset], embedder: Embedder) -> Iterator[Features]:
    from reviews.learning.features import feature_names, names_hash

    known = names_hash(feature_names(embedder.dimension))
    for asset in assets:
        vector = _vector(asset, embedder)
        yield Features(
            asset=asset,
            names_hash=known,
            embedder=embedder.name,
            embedder_hash=embedder.sha256,
            vector=b"" if vector is None else vector.astype("<f4").tobytes(),
            fault=UNREADABLE.model_dump() if vector is None else {},
        )


def _vector(asset: Asset, embedder: Embedder) -> NDArray[np.float32] | None:
    from reviews.learning.features import features_of

    try:
        with default_storage.open(asset.file) as file:
            rgb = np.asarray(Image.open(file).convert("RGB"))
    except (OSError, ValueError, Image.DecompressionBombError) as fault:
        log.warning("learning.unreadable", asset=asset.pk, error=str(fault))
        return None
    palette = [swatch["hex"] for swatch in asset.job.variant.brief.library.style.get("palette", ())]
    return features_of(rgb, asset.recipe, asset.report, asset.made, palette, embedder)


def vectors(rows: Sequence[Features]) -> NDArray[np.float32]:
    """float32 (rows, names) of rows that have a vector of one kind."""
    return np.stack([np.frombuffer(bytes(row.vector), "<f4") for row in rows])
