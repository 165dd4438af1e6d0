"""Judged pictures with the scenes they were drawn from: our own renderer's, small."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from brand_styles.models import Brand
from generation import keeping
from generation.models import Asset, Brief, Job, Variant
from generation.planning.brief import load_brief
from generation.services import submit_brief
from reviews import chain, rubrics
from reviews.models import Item, Review
from reviews.settling import settle
from studio.models import User
from tests.cast import BRIEF

SIZE = (192, 160)


@pytest.fixture
def pictures(owner: User) -> Callable[..., list[Asset]]:
    """Make pictures of a brief of its own, `how_many` variants. drawn: with a scene of the renderer's; else with a plain raster."""
    numbers = count(1)

    def made(how_many: int = 1, brand: str = "demo", drawn: bool = False) -> list[Asset]:
        number = next(numbers)
        source = BRIEF.replace("seed: 7", f"seed: {number}").replace("brand: demo", f"brand: {brand}")
        row = submit_brief(owner_id=owner.pk, data=load_brief(source), source=source)
        return [_picture(row, i, number * 10 + i, drawn) for i in range(how_many)]

    return made


def _picture(brief: Brief, place: int, seed: int, drawn: bool) -> Asset:
    from generation.control.maps import blockout
    from generation.planning.prompts import prompt_for
    from generation.scenes.sampling import random_graph, random_layout

    graph, layout = random_graph(seed), random_layout(seed, *SIZE)
    scene = blockout(graph, layout).rgb if drawn else np.full((SIZE[1], SIZE[0], 3), seed % 256, np.uint8)
    name = f"assets/{uuid.uuid4()}"
    variant = Variant.objects.get_or_create(brief=brief, number=place + 2)[0]
    job = Job.objects.create(variant=variant, width=SIZE[0], height=SIZE[1], status="finished")
    return Asset.objects.create(
        job=job,
        file=f"{name}.png",
        thumbnail=f"{name}.jpg",
        sha256=uuid.uuid4().hex * 2,
        width=SIZE[0],
        height=SIZE[1],
        seed=seed,
        verdict="pass",
        made="rendered",
        design={},
        recipe={
            "scene": graph.model_dump(),
            "layout": layout.model_dump(mode="json"),
            "model": {"prompt": prompt_for(graph, graph.palette, "lively"), "negative_prompt": ""},
        },
        report={},
        timings={},
        sources=keeping.keep(name, {"scene": scene}),
    )


@pytest.fixture
def judge(owner: User) -> Iterator[Callable[..., Review]]:
    """Write a verdict on a picture, or a preference on two, as the chain keeps it."""

    def said(asset: Asset, verdict: str, *, other: Asset | None = None, **given: Any) -> Review:
        brand_id = asset.job.variant.brief.library.brand_id
        kind = Item.Kind.PAIR if other else Item.Kind.SINGLE
        purpose = given.pop("purpose", Item.Purpose.LABEL)
        expected = {"verdict": verdict, "defects": []} if purpose == Item.Purpose.GOLD else None
        item = Item.objects.get_or_create(
            brand_id=brand_id, asset=asset, other=other, maker=owner, kind=kind, purpose=purpose, expected=expected
        )[0]
        review = Review(
            brand_id=brand_id,
            kind=Review.Kind.VERDICT,
            item=item,
            reviewer=owner,
            verdict=verdict,
            rubric=rubrics.current(brand_id)[0],
            created_at=timezone.now(),
            **given,
        )
        chain.append(review)
        settle(item)
        return review

    yield said


@pytest.fixture
def demo(owner: User) -> Brand:
    return Brand.objects.get(slug="demo")
