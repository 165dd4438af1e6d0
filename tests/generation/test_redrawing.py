"""A scene that shows what a rule forbids is made again before any type is set on it, within repair's rounds."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import zxingcpp

from brand_styles.pixel_rules import PixelRule
from brand_styles.sample import demo
from brand_styles.words import Words
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.pipeline import MadeAsset, Task, make_asset
from generation.planning.brief import Brief
from generation.producing import prepare

QR = np.asarray(zxingcpp.create_barcode("https://example.com", zxingcpp.BarcodeFormat.QRCode).to_image(scale=3))
TITLE = Words(en="Ours", zh="本品牌")


class Painter:
    """An engine that paints a code into the scene whenever `paints` says so, and keeps what it was asked."""

    name, weights_hash = "painter", "0" * 16

    def __init__(self, paints: Callable[[PictureRequest], bool], made: str = "diffused") -> None:
        self.paints, self.made = paints, made
        self.asked: list[PictureRequest] = []

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        self.asked += requests
        return [Picture(self._scene(r), self.made, self.name, 0.0) for r in requests]

    def _scene(self, request: PictureRequest) -> np.ndarray:
        rgb = request.blockout.rgb.copy()
        if self.paints(request):
            rgb[: QR.shape[0], -QR.shape[1] :] = QR[..., None]
        return rgb


def task(rule: PixelRule | None = None, **plan: Any) -> Task:
    brief = {"brand": "demo", "copy": {"headline": "会员日"}, "formats": ["360x360"], "variants": 1, "seed": 5}
    production = prepare(Brief.model_validate(brief), demo())
    made = production.tasks[0]
    rules = (rule,) if rule else ()
    brand = made.brand.model_copy(update={"pixel_rules": rules})
    return Task(made.plan.model_copy(update=plan), made.format, brand)


def code_rule(**told: Any) -> PixelRule:
    return PixelRule.model_validate({"id": "OURS", "kind": "code", "title": TITLE} | told)


def found(asset: MadeAsset) -> set[str]:
    return {f.code for f in asset.report.findings if f.code.startswith("pixel.") and f.severity == "block"}


@pytest.fixture(scope="module")
def plain() -> Task:
    return task()


def test_a_clean_scene_is_drawn_once(plain: Task) -> None:
    painter = Painter(lambda request: False)
    asset = make_asset(plain, painter)
    assert len(painter.asked) == 1 and found(asset) == set()
    assert not any(step.action == "redraw" for step in asset.report.repairs)


def test_a_code_is_redrawn_with_its_name_in_the_negative_prompt_and_another_seed() -> None:
    painter = Painter(lambda request: "QR code" not in request.negative_prompt)
    asset = make_asset(task(code_rule()), painter)
    assert len(painter.asked) == 2 and found(asset) == set()
    first, second = painter.asked
    assert first.seed != second.seed and "QR code" in second.negative_prompt
    (step,) = [step for step in asset.report.repairs if step.action == "redraw"]
    assert step.mended and step.finding in ("pixel.OURS", "pixel.CN-IMG-CODE") and not asset.report.first_pass
    assert "QR code" in asset.recipe["model"]["negative_prompt"]


def test_what_two_rounds_do_not_mend_blocks_and_each_is_logged() -> None:
    painter = Painter(lambda request: True)
    asset = make_asset(task(code_rule()), painter)
    assert len(painter.asked) == 3 and asset.report.verdict == "blocked"
    assert [step.mended for step in asset.report.repairs if step.action == "redraw"] == [False, False]
    assert "pixel.OURS" in found(asset)


def test_a_rule_that_only_warns_redraws_nothing() -> None:
    from brand_styles.own_rules import Override

    warned = task(code_rule(severity="warn"))
    override = Override(rule="CN-IMG-CODE", severity="warn", reason="Somebody looks at codes.")
    warned = Task(warned.plan, warned.format, warned.brand.model_copy(update={"overrides": (override,)}))
    painter = Painter(lambda request: True)
    assert make_asset(warned, painter).report.verdict == "pass" and len(painter.asked) == 1


def test_a_banned_object_is_taken_out_of_the_scene() -> None:
    rule = code_rule(kind="thing", things=["lantern"])
    plan = task(rule).plan
    held = next(each for each in plan.scene.objects if each.id != plan.scene.subject_id and each.role != "stage")
    lantern = held.model_copy(update={"kind": "lantern"})
    objects = tuple(lantern if each is held else each for each in plan.scene.objects)
    scene = plan.scene.model_copy(update={"objects": objects})
    painter = Painter(lambda request: False, made="rendered")
    asset = make_asset(task(rule, scene=scene), painter)
    assert found(asset) == set()
    steps = [step for step in asset.report.repairs if step.action == "redraw"]
    assert [(step.mended, step.detail) for step in steps] == [(True, "out of the scene: lantern")]
    assert not any(each["kind"] == "lantern" for each in asset.recipe["scene"]["objects"])
