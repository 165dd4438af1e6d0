"""Verdicts become a scene prior or a taste in layouts: frozen, kept as a version that waits, refused in words where nothing can be told."""

from collections.abc import Callable

import numpy as np
import pytest
from django.core.files.storage import default_storage

from brand_styles.models import Brand
from generation.errors import PermanentError
from generation.layout.taste import FIRM, LayoutTaste
from generation.models import Asset
from generation.planning.prior import ScenePrior
from reviews.finetune.datasets import read_manifest
from reviews.models import Dataset, Kind, LearnerVersion, Review
from reviews.taste.datasets import facts_of
from reviews.taste.training import train

pytestmark = pytest.mark.django_db
Judge = Callable[..., Review]
LAYOUT, SCENE = {"layout": 1}, {"perspective": 1}


def right(asset: Asset) -> bool:
    return bool(asset.recipe["scene"]["light"]["side"] == "right")


def high(asset: Asset) -> bool:
    return facts_of(asset.recipe, Kind.LAYOUT_TASTE)["layout.headline.y"] < -0.333


@pytest.fixture
def season(pictures: Callable[..., list[Asset]]) -> list[Asset]:
    return [asset for _ in range(40) for asset in pictures(4)]


def say(judge: Judge, assets: list[Asset], likes: Callable[[Asset], bool], why: dict[str, int]) -> None:
    for asset in assets:
        judge(asset, "approve" if likes(asset) else "reject", scores={} if likes(asset) else why)


def test_a_scene_prior_is_learnt_and_waits_for_its_gate(season: list[Asset], judge: Judge, demo: Brand) -> None:
    say(judge, season, right, SCENE)
    row = train(brand_id=demo.pk, kind=Kind.SCENE_PRIOR)
    assert (row.state, row.number, row.learner.kind) == (LearnerVersion.State.TRAINED, 1, "scene_prior")
    with default_storage.open(row.files["weights"]) as file:
        prior = ScenePrior.model_validate_json(file.read())
    assert prior.liking({"scene.light.right": 1.0}) > prior.liking({"scene.light.right": 0.0}) + 1
    assert row.metrics["auc"]["low"] > 0.6 and row.metrics["heaviest"][0]["name"] == "scene.light.right"
    held = [each for each in read_manifest(row.dataset)["examples"] if each["split"] == "holdout"]
    assert held and row.dataset.kind == "scene_prior"
    assert train(brand_id=demo.pk, kind=Kind.SCENE_PRIOR) == row  # nothing is new
    assert Dataset.objects.count() == 1


def test_a_taste_in_layouts_is_learnt_from_what_concerns_it(season: list[Asset], judge: Judge, demo: Brand) -> None:
    say(judge, season, high, LAYOUT)
    with pytest.raises(PermanentError) as told:
        train(brand_id=demo.pk, kind=Kind.SCENE_PRIOR)  # complaints about layouts are not its to mend
    assert "usable" in told.value.words.en and "可用" in told.value.words.zh
    row = train(brand_id=demo.pk, kind=Kind.LAYOUT_TASTE)
    with default_storage.open(row.files["weights"]) as file:
        taste = LayoutTaste.model_validate_json(file.read())
    assert taste.liking({"layout.headline.y": -0.34}) > taste.liking({"layout.headline.y": -0.325})
    assert not FIRM & set(taste.terms)
    assert set(read_manifest(row.dataset)["exclusions"]) <= {"other_version", "not_for_it"}


def test_too_few_verdicts_or_chance_are_told_in_words(
    pictures: Callable[..., list[Asset]], judge: Judge, demo: Brand
) -> None:
    some = [asset for _ in range(24) for asset in pictures(4)]
    say(judge, some[:16], right, SCENE)
    with pytest.raises(PermanentError, match="this needs 40"):
        train(brand_id=demo.pk, kind=Kind.SCENE_PRIOR)
    luck = dict(zip((a.pk for a in some), np.random.default_rng(4).random(len(some)) < 0.4, strict=True))
    say(judge, some[16:], lambda asset: bool(luck[asset.pk]), SCENE)
    with pytest.raises(PermanentError, match="Nothing can surely be told"):
        train(brand_id=demo.pk, kind=Kind.SCENE_PRIOR)
    assert not LearnerVersion.objects.exists()
