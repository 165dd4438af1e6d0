"""LoRAs of every family: worn for one request, strongly or weakly, two at once, and always taken off."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.adapters import file_hash  # noqa: E402
from generation.engines.base import Lora  # noqa: E402
from generation.engines.families import BY_SLUG  # noqa: E402
from generation.errors import Cancelled, PermanentError  # noqa: E402
from tests.generation.engines.families.cast import SLUGS, apart, engine, folder, request, some_fast  # noqa: E402
from tests.generation.engines.families.tiny_models import build  # noqa: E402


@cache
def lora(slug: str, seed: int = 1) -> str:
    """A trained-looking LoRA of the family, written by its own pipeline class."""
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    family, pipe = BY_SLUG[slug], build(slug, control=False)
    denoiser = getattr(pipe, family.denoiser)
    denoiser.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=list(family.lora_targets)))
    generator = torch.Generator().manual_seed(seed)
    for name, weight in denoiser.named_parameters():
        if "lora_" in name:
            weight.data = torch.randn(weight.shape, generator=generator) * 0.4
    place = folder(slug).parent / f"lora-{folder(slug).name}-{seed}"
    type(pipe).save_lora_weights(place, **{f"{family.denoiser}_lora_layers": get_peft_model_state_dict(denoiser)})
    return str(next(place.glob("*.safetensors")))


def clean(made_by: Any) -> bool:
    """Is nothing left of any adapter?"""
    denoiser = getattr(made_by.sampler.pipe, made_by.family.denoiser)
    return not any("lora" in name for name, _ in denoiser.named_parameters())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lora_changes_the_picture_by_its_scale_and_comes_off(slug: str) -> None:
    made_by = engine(slug)
    before = made_by.diffuse([request()])[0]
    full, none = (made_by.diffuse([request(loras=(Lora(lora(slug), s),))])[0] for s in (1.0, 0.0))
    assert apart(before, full) > 0.2
    assert apart(before, none) < 0.1
    assert clean(made_by)
    assert np.array_equal(made_by.diffuse([request()])[0].rgb, before.rgb)
    assert full.notes["lora pytorch_lora_weights"] == f"1 × {file_hash(Path(lora(slug)))[:10]}"


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_two_at_once_are_neither_alone(slug: str) -> None:
    one, two = (Lora(lora(slug, seed), 0.7) for seed in (1, 2))
    made = [engine(slug).diffuse([request(loras=worn)])[0] for worn in ((one,), (two,), (one, two))]
    assert min(apart(made[0], made[2]), apart(made[1], made[2]), apart(made[0], made[1])) > 0.1
    assert clean(engine(slug))


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_a_cancelled_run_leaves_no_adapter_behind(slug: str) -> None:
    def stop(*_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        engine(slug).diffuse([request(loras=(Lora(lora(slug)),))], stop)
    assert clean(engine(slug))


def test_requests_in_other_dresses_share_no_batch() -> None:
    plain, dressed = engine("sd15").diffuse([request(), request(loras=(Lora(lora("sd15")),))])
    alone = engine("sd15").diffuse([request()])[0]
    assert np.array_equal(plain.rgb, alone.rgb) and apart(plain, dressed) > 0.2


@pytest.mark.parametrize(
    ("slug", "other"), [("sd15", "sdxl"), ("sdxl", "flux1"), ("flux1", "sd15"), ("sana", "qwen-image")]
)
def test_a_lora_of_another_family_is_told_and_comes_off(slug: str, other: str) -> None:
    with pytest.raises(PermanentError) as fault:
        engine(slug).diffuse([request(loras=(Lora(lora(other)),))])
    words = fault.value.words
    assert "does not fit" in words.en and BY_SLUG[slug].name in words.en and BY_SLUG[slug].name in words.zh
    assert clean(engine(slug))
    assert engine(slug).diffuse([request()])[0].made == "diffused"


def test_a_lora_says_what_it_was_made_for(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    path = tmp_path / "brand.safetensors"
    save_file(load_file(lora("flux1")), path, {"modelspec.architecture": "Flux.1-dev/lora"})
    with pytest.raises(PermanentError) as fault:
        engine("sdxl").diffuse([request(loras=(Lora(str(path)),))])
    assert "Flux.1-dev/lora" in fault.value.words.en


def test_a_missing_a_pickled_a_torn_and_a_broken_lora_are_told(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    pickled, torn, broken = (tmp_path / n for n in ("a.bin", "b.safetensors", "c.safetensors"))
    pickled.write_bytes(b"\x80\x04cos\nsystem\n.")
    torn.write_bytes(Path(lora("sd15")).read_bytes()[:-100])
    save_file({k: v * float("nan") for k, v in load_file(lora("sd15")).items()}, broken)
    for path, said in (
        (tmp_path / "no.safetensors", "not on this disk"),
        (pickled, "Pickled"),
        (torn, "whole"),
        (broken, "NaN"),
    ):
        with pytest.raises(PermanentError) as fault:
            engine("sd15").diffuse([request(loras=(Lora(str(path)),))])
        assert said in fault.value.words.en and fault.value.words.zh != fault.value.words.en
    assert clean(engine("sd15"))


def test_the_recipes_notes_are_plain_values() -> None:
    made = engine("sd15").diffuse([request(loras=(Lora(lora("sd15"), 0.5),))])[0]
    assert json.loads(json.dumps(made.notes)) == made.notes
