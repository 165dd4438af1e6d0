"""Vectors say what a picture is like, by name, and are kept with who looked."""

from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from numpy.typing import NDArray

from generation.layout.facts import layout_facts
from generation.layout.geometry import Rect
from generation.models import Asset, Brief
from generation.scenes.facts import scene_facts
from generation.types import Format, Layout, Placed
from reviews.learning import describing
from reviews.learning.coloring import color_facts
from reviews.learning.embedding import ASKED_NONE, NoEmbedder
from reviews.learning.facts import preflight_facts
from reviews.learning.features import feature_names, features_of, names_hash
from reviews.models import Features

PALETTE = ["#C81E1E", "#FFFFFF"]


def plain(color: tuple[int, int, int]) -> NDArray[np.uint8]:
    return np.full((60, 80, 3), color, np.uint8)


def test_colours_of_a_plain_picture_are_known() -> None:
    red = color_facts(plain((200, 30, 30)), PALETTE)
    assert red["saturation.mean"] == pytest.approx(0.85) and red["value.mean"] == pytest.approx(200 / 255)
    assert red["palette.p90"] < 0.005 and red["hue.of_brand"] == 1.0 and red["hue.entropy"] == 0.0
    grey = color_facts(plain((128, 128, 128)), PALETTE)
    assert grey["colourfulness"] == 0.0 and grey["hue.tinted"] == 0.0 and grey["palette.mean"] > 0.2
    green = color_facts(plain((30, 200, 30)), PALETTE)
    assert green["hue.of_brand"] == 0.0 and green["redness"] < 0 < red["redness"]


def test_colourfulness_is_as_published() -> None:
    """Halves of pure red and pure green: rg = ±255, yb = 127.5, so sigma = 255 and mu = 127.5."""
    rgb = plain((255, 0, 0))
    rgb[:, 40:] = (0, 255, 0)
    assert color_facts(rgb, PALETTE)["colourfulness"] == pytest.approx((255 + 0.3 * 127.5) / 100)


def test_the_layout_is_measured_in_shares() -> None:
    box = Rect(20, 10, 60, 30)
    layout = Layout(format=Format(width=80, height=60), items=(Placed(id="headline", role="headline", box=box),))
    facts = layout_facts(layout)
    assert facts["layout.headline.share"] == pytest.approx(800 / 4800) == facts["layout.type_share"]
    assert (facts["layout.headline.x"], facts["layout.headline.there"], facts["layout.cta.there"]) == (0.0, 1.0, 0.0)


def test_findings_and_things_are_counted() -> None:
    findings = [{"code": "contrast", "severity": "warn"}, {"code": "overlap.text", "severity": "block"}]
    facts = preflight_facts({"verdict": "blocked", "findings": findings, "repairs": [{"mended": True}]})
    assert facts["preflight.severity.block"] == facts["preflight.kind.overlap"] == facts["preflight.blocked"] == 1.0
    assert facts["preflight.mended"] == 1.0 and facts["preflight.severity.info"] == 0.0
    thing = {"kind": "coin", "role": "floating", "material": "metal", "color": "accent"}
    scene = scene_facts({"set": "arch", "light": {"side": "right", "elevation": 30}, "objects": [thing, thing]})
    assert scene["scene.set.arch"] == scene["scene.light.right"] == scene["scene.kinds"] == 1.0
    assert scene["scene.of.metal"] == scene["scene.things"] == 2.0 and scene["scene.light.elevation"] == 30.0


def test_a_recipe_of_an_older_version_leaves_no_holes() -> None:
    names = feature_names(0)
    vector = features_of(plain((9, 9, 9)), {}, {}, "rendered", [], NoEmbedder(ASKED_NONE))
    assert vector.shape == (len(names),) and np.isfinite(vector).all() and len(set(names)) == len(names)
    assert names_hash(names) != names_hash(feature_names(3))


@pytest.mark.django_db
def test_assets_are_described_once_and_again_by_another_embedder(made_brief: Brief, settings: Any) -> None:
    settings.REVIEW_EMBEDDER = "none"
    assert describing.describe_next(1) == 1 and Features.objects.count() == 1  # a worker killed here has kept it
    assert [describing.describe_next(), describing.describe_next()] == [1, 0]
    rows = list(Features.objects.order_by("asset"))
    named = dict(zip(feature_names(0), describing.vectors(rows)[0], strict=True))
    asset = rows[0].asset
    assert named["format.area"] == pytest.approx(np.log2(asset.width * asset.height))
    assert named["preflight.severity.warn"] == 1.0 and named["colour.saturation.mean"] > 0
    settings.REVIEW_EMBEDDER = ""
    assert describing.describe_next() == 2 and Features.objects.count() == 2
    found = describing.vectors(list(Features.objects.all()))
    assert found.shape == (2, len(feature_names(1280))) and np.abs(found[:, -1280:]).sum() > 0


@pytest.mark.django_db
def test_a_picture_that_cannot_be_read_is_told_and_not_tried_for_ever(made_brief: Brief, settings: Any) -> None:
    settings.REVIEW_EMBEDDER = "none"
    asset = Asset.objects.latest("pk")
    default_storage.delete(asset.file)
    assert [describing.describe_next(), describing.describe_next()] == [2, 0]
    row = Features.objects.get(asset=asset)
    assert bytes(row.vector) == b"" and row.fault["en"] and row.fault["zh"]
