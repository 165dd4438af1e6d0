"""A brief with a product, from plan to checked picture."""

from collections.abc import Sequence

import numpy as np
import pytest

from brand_styles.sample import demo
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.pipeline import MadeAsset, make_asset
from generation.planning.brief import Brief
from generation.producing import prepare
from tests.generation.products.cast import ball, box


class Rendered:
    """An engine that leaves the scene as it was rendered."""

    name, weights_hash = "rendered", "0" * 16

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        return [Picture(r.blockout.rgb, "rendered", self.name, 0.0) for r in requests]


BRIEF = {
    "brand": "demo",
    "mood": "fresh",
    "subject": {"image": "p.png"},
    "copy": {"headline": "新品上市", "cta": "立即选购"},
    "formats": ["300x400", "400x250"],
    "seed": 3,
}


@pytest.fixture(scope="module")
def made() -> list[MadeAsset]:
    production = prepare(Brief.model_validate(BRIEF), demo(), box(240, 360))
    return [
        make_asset(task, Rendered(), layout=layout)
        for task, layout in zip(production.tasks, production.layouts, strict=True)
    ]


def test_every_format_keeps_the_products_pixels_and_says_so(made: list[MadeAsset]) -> None:
    for asset in made:
        assert "product_pixels" in asset.report.checks
        kept = next(f for f in asset.report.findings if f.code == "product.kept")
        assert kept.measured == 0
        assert asset.recipe["product"]["placed"] != asset.recipe["product"]["size"] == "248x368"


def test_the_product_lies_over_its_shadow_and_under_the_type(made: list[MadeAsset]) -> None:
    for asset in made:
        ids = [layer.id for layer in asset.design.layers]
        assert ids.index("scene") < ids.index("product-shadow") < ids.index("product") < ids.index("headline")


def test_the_scene_takes_the_photos_light() -> None:
    for x, side in ((0.8, "right"), (-0.8, "left")):
        plan = prepare(Brief.model_validate(BRIEF), demo(), ball(light=(x, -0.5))).tasks[0].plan
        assert plan.scene.light.side == side
        assert any(r.field == "light" and side in r.why.en for r in plan.reasons)
        assert plan.scene.composition not in ("floating", "low")


def test_the_same_brief_and_product_give_the_same_bytes(made: list[MadeAsset]) -> None:
    production = prepare(Brief.model_validate(BRIEF), demo(), box(240, 360))
    again = make_asset(production.tasks[1], Rendered(), layout=production.layouts[1])
    assert np.array_equal(again.rgb, made[1].rgb)
