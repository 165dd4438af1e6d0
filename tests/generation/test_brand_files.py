"""A brand's reference pictures and LoRAs, from what is published to the recipe of an asset; real engines with tiny weights."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

pytest.importorskip("torch")

from brand_styles.intake.guard import Refused
from brand_styles.references import keep_reference, pixels_of
from brand_styles.sample import demo
from brand_styles.services import publish_style
from brand_styles.style import BrandStyle
from generation.brand_files import files_of, loras_for
from generation.engines.base import Lora, OnStep, Picture, PictureRequest
from generation.engines.diffusers_engine import DiffusersEngine
from generation.engines.loading import Options
from generation.errors import PermanentError
from generation.pipeline import MadeAsset, make_asset
from generation.planning.brief import Brief
from generation.producing import prepare
from tests.generation.engines.families.cast import folder
from tests.generation.engines.families.test_adapters import lora

BRIEF = {"brand": "demo", "copy": {"headline": "会员日"}, "formats": ["160x160"], "seed": 5}


def picture(color: str, size: tuple[int, int] = (90, 70), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def brand(db: None) -> BrandStyle:
    """The sample brand with a reference picture of its own."""
    return demo().model_copy(update={"references": (keep_reference(picture("red")),)})


class Hasty:
    """An engine that takes two steps, whatever its family is best at."""

    def __init__(self, engine: DiffusersEngine) -> None:
        self.engine = engine
        self.name, self.weights_hash = engine.name, engine.weights_hash

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        return self.engine.diffuse([replace(r, num_inference_steps=2) for r in requests], on_step)


@cache
def hasty(slug: str) -> Hasty:
    return Hasty(DiffusersEngine(folder(slug), device="cpu", options=Options(refine=0.0)))


def made(brand: BrandStyle, slug: str) -> MadeAsset:
    production = prepare(Brief.model_validate(BRIEF), brand, files=files_of(brand))
    return make_asset(production.tasks[0], hasty(slug), layout=production.layouts[0])


def decided(asset: MadeAsset, field: str) -> list[Any]:
    return [reason for reason in asset.recipe["decisions"] if reason["field"] == field]


def test_a_brands_picture_conditions_the_scene_where_the_family_can(brand: BrandStyle) -> None:
    plain, styled = made(demo(), "flux2"), made(brand, "flux2")
    assert not np.array_equal(plain.rgb, styled.rgb)
    assert "references" not in plain.recipe
    assert [r["sha256"] for r in styled.recipe["references"]] == [brand.references[0].sha256]
    assert styled.recipe["model"]["notes"]["references"] == 1.0
    assert decided(styled, "references") == []


@pytest.mark.parametrize(("slug", "why"), [("z-image", "no way"), ("sd15", "ENGINE_STYLE_ADAPTER")])
def test_a_family_that_cannot_makes_the_scene_without_and_says_so(brand: BrandStyle, slug: str, why: str) -> None:
    plain, styled = made(demo(), slug), made(brand, slug)
    assert np.array_equal(plain.rgb, styled.rgb)
    (told,) = decided(styled, "references")
    assert told["value"] == "not read" and why in told["why"]["en"] and "参考图" in told["why"]["zh"]
    assert len(styled.recipe["references"]) == 1 and decided(plain, "references") == []


def test_a_brand_wears_the_loras_that_the_setting_names(db: None, settings: Any) -> None:
    plain = made(demo(), "sd15")
    settings.ENGINE_LORAS = f"demo={lora('sd15')}@0.5, larkmoor=elsewhere.safetensors"
    worn = made(demo(), "sd15")
    digest = hashlib.sha256(Path(lora("sd15")).read_bytes()).hexdigest()
    assert worn.recipe["model"]["notes"]["lora pytorch_lora_weights"] == f"0.5 × {digest[:10]}"
    assert not np.array_equal(worn.rgb, plain.rgb)


def test_a_lora_of_another_family_is_a_sentence(db: None, settings: Any) -> None:
    settings.ENGINE_LORAS = f"*={lora('sdxl')}"
    with pytest.raises(PermanentError) as fault:
        made(demo(), "sd15")
    assert "does not fit Stable Diffusion 1.5" in fault.value.words.en and "不匹配" in fault.value.words.zh


def test_the_setting_of_loras_is_read_by_brand() -> None:
    setting = "demo=/a b/x.safetensors@0.8, *=y.safetensors ,other=z.safetensors@2"
    assert loras_for("demo", setting) == (Lora("/a b/x.safetensors", 0.8), Lora("y.safetensors"))
    assert loras_for("demo", "") == ()


@pytest.mark.parametrize("entry", ["x.safetensors", "demo=", "demo=x.safetensors@strong", "=x.safetensors@"])
def test_a_setting_that_cannot_be_read_is_told(entry: str) -> None:
    with pytest.raises(PermanentError) as fault:
        loras_for("demo", f"demo=x.safetensors, {entry}")
    assert entry in fault.value.words.en and entry in fault.value.words.zh


def test_a_picture_that_was_lost_or_changed_is_told(brand: BrandStyle) -> None:
    kept = brand.references[0]
    default_storage.delete(kept.file)
    for content in (None, picture("blue")):
        if content is not None:
            default_storage.save(kept.file, ContentFile(content))
        with pytest.raises(PermanentError) as fault:
            files_of(brand)
        assert kept.file in fault.value.words.en and kept.file in fault.value.words.zh


def test_a_picture_is_kept_once_small_and_without_clear_parts(db: None) -> None:
    first, again = (keep_reference(picture("red", (3000, 600))) for _ in range(2))
    assert first == again and pixels_of(first).shape == (205, 1024, 3)
    assert (pixels_of(keep_reference(picture("#00000000", mode="RGBA"))) == 255).all()
    for unfit in (b"no picture", picture("red", (60, 90)), picture("red", (900, 70))):
        with pytest.raises(Refused):
            keep_reference(unfit)


def test_a_style_published_before_a_field_came_is_still_the_same_style(db: None) -> None:
    row = publish_style(style=demo())
    del row.style["references"]
    row.save()
    assert publish_style(style=demo()) == row
