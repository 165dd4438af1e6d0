"""Many small real pictures in the queue, and a taste stated in code that nothing under test can see."""

import io
from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from generation.models import Asset, Brief, Job, Status, Variant
from generation.types import Format
from reviews import enlisting
from reviews.learning import describing
from reviews.models import Item, Standing
from tests.studio import quick

SIDE = 48
Make = Callable[..., list[Asset]]


def likes(asset: Asset) -> bool:
    """A reviewer who wants grounds that are more red than blue: the planted taste."""
    with default_storage.open(asset.file) as file:
        rgb = np.asarray(Image.open(file).convert("RGB"), np.float64)
    return bool(rgb[..., 0].mean() > rgb[..., 2].mean())


@pytest.fixture
def make(made_brief: Brief, settings: Any) -> Make:
    """Briefs of four pictures each, by the quick pipeline's painter, described and in the queue."""
    settings.REVIEW_EMBEDDER = "none"
    first = Asset.objects.filter(job__variant__brief=made_brief).first()
    assert first is not None
    painted, ids = (
        iter(range(100_000)),
        count(10_000),
    )  # who is held out hangs on a brief's number: the same whatever ran before

    def made(briefs: int, per_brief: int = 4) -> list[Asset]:
        rows = []
        for _ in range(briefs):
            brief = Brief.objects.create(
                pk=next(ids),
                library=made_brief.library,
                owner=made_brief.owner,
                title="more",
                source="",
                data=made_brief.data,
            )
            rows += [_asset(first, brief, number, next(painted)) for number in range(1, per_brief + 1)]
        while describing.describe_next():
            pass
        while enlisting.enlist_new():
            pass
        return rows

    return made


def _asset(like: Asset, brief: Brief, number: int, seed: int) -> Asset:
    variant = Variant.objects.create(brief=brief, number=number, plan=like.job.variant.plan)
    job = Job.objects.create(variant=variant, width=SIDE, height=SIDE, status=Status.FINISHED)
    png = io.BytesIO()
    Image.fromarray(quick.picture(Format(width=SIDE, height=SIDE), seed)).save(png, "PNG")
    name = default_storage.save(f"assets/{seed}.png", ContentFile(png.getvalue()))
    return Asset.objects.create(
        job=job,
        file=name,
        thumbnail=name,
        sha256=f"{seed:064x}",
        width=SIDE,
        height=SIDE,
        seed=seed,
        verdict="pass",
        made=like.made,
        design=like.design,
        recipe=like.recipe,
        report=like.report,
        timings={},
    )


def judge(assets: list[Asset], usable: list[bool]) -> None:
    """What reviewers have decided about them."""
    for asset, good in zip(assets, usable, strict=True):
        state = Standing.State.APPROVED if good else Standing.State.REJECTED
        Standing.objects.filter(asset=asset).update(usable=good, state=state, settled_at=asset.created_at)
        Item.objects.filter(asset=asset).update(state=Item.State.SETTLED)
