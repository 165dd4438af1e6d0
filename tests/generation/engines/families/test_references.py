"""The brand's pictures condition a scene: through an IP-Adapter of random weights, or natively, and leave no trace."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.adapters import ENCODER, STYLE_FILE  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.families import FAMILIES  # noqa: E402
from generation.engines.loading import Options  # noqa: E402
from generation.errors import Cancelled, PermanentError  # noqa: E402
from tests.generation.engines.families.cast import apart, engine, folder, request, some_fast  # noqa: E402

SEEN = 16  # width of what the tiny vision model says of a picture
TOKENS = 4
RED = np.zeros((64, 64, 3), np.uint8) + np.array([220, 20, 10], np.uint8)
LEAVES = np.indices((64, 64)).sum(axis=0)[..., None].astype(np.uint8) * np.array([0, 3, 1], np.uint8)
ADAPTED = ["sd15", "sdxl", "kolors", "flux1"]


def vision(place: Path) -> None:
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    sizes: dict[str, Any] = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1}
    config = CLIPVisionConfig(**sizes, num_attention_heads=2, image_size=32, patch_size=8, projection_dim=SEEN)
    CLIPVisionModelWithProjection(config).save_pretrained(place)


def projection(width: int) -> dict[str, Any]:
    return {
        "image_proj.proj.weight": torch.randn(TOKENS * width, SEEN),
        "image_proj.proj.bias": torch.randn(TOKENS * width),
        "image_proj.norm.weight": torch.ones(width),
        "image_proj.norm.bias": torch.zeros(width),
    }


def unet_adapter(unet: Any) -> dict[str, Any]:
    """Keys and values for each cross-attention, numbered as the published files number them."""
    weights = projection(unet.config.cross_attention_dim)
    crossing = [m for name, m in unet.named_modules() if name.endswith("attn2")]
    for i, attention in enumerate(crossing):
        for part in ("to_k_ip", "to_v_ip"):
            weights[f"ip_adapter.{2 * i + 1}.{part}.weight"] = torch.randn(attention.to_k.weight.shape) * 0.4
    return weights


def flux_adapter(transformer: Any) -> dict[str, Any]:
    inner, joint = transformer.inner_dim, transformer.config.joint_attention_dim
    weights = projection(joint)
    for i in range(len(transformer.transformer_blocks)):
        for part in ("to_k_ip", "to_v_ip"):
            weights[f"ip_adapter.{i}.{part}.weight"] = torch.randn(inner, joint) * 0.4
            weights[f"ip_adapter.{i}.{part}.bias"] = torch.zeros(inner)
    return weights


@cache
def adapter(slug: str) -> Path:
    from safetensors.torch import save_file

    place = folder(slug).parent / f"style-{folder(slug).name}"
    pipe = engine(slug).sampler.pipe
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(4)
        vision(place / ENCODER)
        weights = flux_adapter(pipe.transformer) if slug == "flux1" else unet_adapter(pipe.unet)
    save_file(weights, place / STYLE_FILE)
    return place


@cache
def styled(slug: str) -> DiffusersEngine:
    return DiffusersEngine(folder(slug), device="cpu", options=Options(style_adapter=str(adapter(slug))))


@pytest.mark.parametrize("slug", some_fast(ADAPTED))
def test_reference_pictures_change_the_scene_by_their_scale_and_leave_no_trace(slug: str) -> None:
    made_by = styled(slug)
    before = made_by.diffuse([request()])[0]
    red, leaves, faint = (
        made_by.diffuse([request(references=(picture,), reference_scale=scale)])[0]
        for picture, scale in ((RED, 1.0), (LEAVES, 1.0), (RED, 0.0))
    )
    assert apart(before, red) > 0.2 and apart(red, leaves) > 0.02
    assert apart(before, faint) < 0.05
    assert np.array_equal(made_by.diffuse([request()])[0].rgb, before.rgb)
    assert str(red.notes["references"]).startswith("1 of 1 at 1 × ")


@pytest.mark.parametrize("slug", some_fast(ADAPTED))
def test_the_same_references_are_the_same_picture(slug: str) -> None:
    asked = request(references=(RED, LEAVES))
    first, again = (styled(slug).diffuse([asked])[0] for _ in range(2))
    assert np.array_equal(first.rgb, again.rgb)
    read = "1 of 2" if slug == "flux1" else "2 of 2"  # FLUX.1's adapter reads one; the recipe says so
    assert str(first.notes["references"]).startswith(read)


def test_flux_2_reads_pictures_natively() -> None:
    made_by = engine("flux2")
    before, red, leaves = (made_by.diffuse([request(references=r)])[0] for r in ((), (RED,), (LEAVES,)))
    assert apart(before, red) > 0.02 and not np.array_equal(red.rgb, leaves.rgb)
    assert red.notes["references"] == 1.0
    assert np.array_equal(made_by.diffuse([request()])[0].rgb, before.rgb)


def test_a_cancelled_run_leaves_no_adapter_behind() -> None:
    def stop(*_: object) -> None:
        raise Cancelled

    before = styled("sd15").diffuse([request()])[0]
    with pytest.raises(Cancelled):
        styled("sd15").diffuse([request(references=(RED,))], stop)
    assert np.array_equal(styled("sd15").diffuse([request()])[0].rgb, before.rgb)


def test_an_adapter_of_another_family_is_told_and_comes_off() -> None:
    options = Options(style_adapter=str(adapter("flux1")))
    made_by = DiffusersEngine(folder("sdxl"), device="cpu", options=options)
    with pytest.raises(PermanentError) as fault:
        made_by.diffuse([request(references=(RED,))])
    assert "does not fit" in fault.value.words.en and "Stable Diffusion XL" in fault.value.words.zh
    assert np.array_equal(made_by.diffuse([request()])[0].rgb, engine("sdxl").diffuse([request()])[0].rgb)


@pytest.mark.parametrize("part", [STYLE_FILE, f"{ENCODER}/model.safetensors"])
def test_pickled_adapters_and_encoders_are_refused(part: str, tmp_path: Path) -> None:
    place = shutil.copytree(adapter("sd15"), tmp_path / "style")
    (place / part).unlink()
    (place / part).with_suffix(".bin").write_bytes(b"\x80\x04cos\nsystem\n.")
    named = place / "ip_adapter.bin" if part == STYLE_FILE else place
    made_by = DiffusersEngine(folder("sd15"), device="cpu", options=Options(style_adapter=str(named)))
    with pytest.raises(PermanentError) as fault:
        made_by.diffuse([request(references=(RED,))])
    assert "can run code when" in fault.value.words.en


def test_families_without_a_way_are_those_of_the_table() -> None:
    assert {f.slug for f in FAMILIES if not f.style} == {"qwen-image", "z-image", "sana"}
