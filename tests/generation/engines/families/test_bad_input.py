"""Requests and checkpoints that can't be: each a sentence in both languages, before or instead of a picture."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.base import Lora  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.families import BY_SLUG  # noqa: E402
from generation.errors import PermanentError  # noqa: E402
from tests.generation.engines.families.cast import engine, folder, request, unsteered  # noqa: E402

PHOTO = np.full((64, 64, 3), 120, np.uint8)


def told(fault: pytest.ExceptionInfo[PermanentError], *parts: str) -> None:
    words = fault.value.words
    assert all(p in words.en for p in parts), words.en
    assert words.zh and words.zh != words.en and not {"!", "！"} & set(words.en + words.zh)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"num_inference_steps": 0}, "0 denoising steps"),
        ({"num_inference_steps": 10_000}, "10000 denoising steps"),
        ({"guidance_scale": 1e9}, "1e+09"),
        ({"guidance_scale": float("nan")}, "guidance"),
        ({"guidance_scale": -1.0}, "guidance"),
        ({"controlnet_conditioning_scale": 40.0}, "control strength"),
        ({"strength": 1.5}, "strength"),
        ({"strength": float("nan")}, "strength"),
        ({"prompt": "gift box " * 10_000}, "characters"),
        ({"loras": (Lora("a.safetensors", 90.0),)}, "LoRA strength"),
        ({"loras": (Lora("a.safetensors"),) * 9}, "9 LoRAs"),
        ({"references": (PHOTO[..., 0],)}, "reference picture"),
        ({"references": (PHOTO[:60],)}, "reference picture"),
        ({"references": (np.tile(PHOTO, (1, 9, 1)),)}, "no longer than 8 : 1"),
        ({"references": (PHOTO,), "reference_scale": 7.0}, "reference strength"),
        ({"references": (PHOTO,)}, "ENGINE_STYLE_ADAPTER"),
        ({"keep": np.zeros((40, 40), dtype=bool)}, "40×40"),
        ({"control": PHOTO}, "64×64"),
    ],
)
@pytest.mark.parametrize("slug", ["sd15", "flux1"])
def test_a_senseless_request_is_told(slug: str, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(PermanentError) as fault:
        engine(slug).diffuse([request(**changes)])
    told(fault, said)


@pytest.mark.parametrize("name", ["depth", "normals", "edges", "ids", "albedo", "material"])
def test_a_control_map_of_another_size_is_told(name: str) -> None:
    blockout = request().blockout
    small = replace(blockout, **{name: getattr(blockout, name)[:100, :60]})
    with pytest.raises(PermanentError) as fault:
        engine("flux1").diffuse([replace(request(), blockout=small)])
    told(fault, name, "60×100", "128×128")


def test_a_control_map_of_no_numbers_is_told() -> None:
    blockout = request().blockout
    with pytest.raises(PermanentError) as fault:
        engine("sd3").diffuse([replace(request(), blockout=replace(blockout, depth=blockout.depth * np.nan))])
    told(fault, "depth", "NaN")


def test_a_family_that_reads_no_pictures_says_so() -> None:
    with pytest.raises(PermanentError) as fault:
        engine("z-image").diffuse([request(references=(PHOTO,))])
    told(fault, "Z-Image", "reference pictures")


def test_one_step_of_a_stretched_schedule_is_told() -> None:
    with pytest.raises(PermanentError) as fault:
        engine("qwen-image").diffuse([request(num_inference_steps=1)])
    told(fault, "at least 2")


def test_a_prompt_a_little_too_long_is_read_as_far_as_it_goes_and_that_is_told() -> None:
    prompt = "gold " * 15 + "and the unread end"  # a token a byte here, and CLIP reads 77
    made = engine("sd15").diffuse([request(prompt=prompt)])[0]
    assert str(made.notes["prompt_unread"]).endswith("the unread end")
    assert "prompt_unread" not in engine("flux1").diffuse([request(prompt=prompt)])[0].notes


@pytest.fixture(params=["sd15", "flux1"])
def copied(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A checkpoint of each kind, to be damaged."""
    place: Path = tmp_path / request.param
    return shutil.copytree(folder(request.param), place)


def part_of(copied: Path, part: str) -> str:
    """The folder of a part; "denoiser" is called otherwise by each kind."""
    return BY_SLUG[copied.name].denoiser if part == "denoiser" else part


def weights_of(part: Path) -> Path:
    return next(part.glob("*.safetensors"))


@pytest.mark.parametrize("part", ["denoiser", "text_encoder", "vae", "controlnet"])
def test_missing_keys_are_told(copied: Path, part: str) -> None:
    from safetensors.torch import load_file, save_file

    part = part_of(copied, part)
    path = weights_of(copied / part)
    kept = load_file(path)
    gone = sorted(kept)[0]
    del kept[gone]
    save_file(kept, path, {"format": "pt"})
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(copied, device="cpu")
    told(fault, part, "lacks 1 of its weights")


@pytest.mark.parametrize("part", ["denoiser", "text_encoder", "controlnet"])
def test_weights_that_are_no_numbers_are_told_before_any_picture(copied: Path, part: str) -> None:
    from safetensors.torch import load_file, save_file

    part = part_of(copied, part)
    path = weights_of(copied / part)
    weights = load_file(path)
    name = sorted(weights)[0]
    weights[name].view(-1)[0] = float("nan")
    save_file(weights, path, {"format": "pt"})
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(copied, device="cpu")
    told(fault, part, "NaN")


def test_weights_of_other_shapes_are_told(copied: Path) -> None:
    config = copied / part_of(copied, "denoiser") / "config.json"
    other = {"num_attention_heads": 4} if copied.name == "flux1" else {"cross_attention_dim": 48}
    config.write_text(json.dumps(json.loads(config.read_text()) | other))
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(copied, device="cpu")
    told(fault, "could not be loaded")


@pytest.mark.parametrize("part", ["denoiser", "text_encoder", "vae"])
def test_a_pickled_part_is_refused(copied: Path, part: str) -> None:
    part = part_of(copied, part)
    weights_of(copied / part).unlink()
    (copied / part / "model.bin").write_bytes(b"\x80\x04cos\nsystem\n.")
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(copied, device="cpu")
    told(fault, "pickled", "model.bin")


def test_a_controlnet_of_another_family_is_told() -> None:
    for slug, other in (("flux1", "sd3"), ("sd15", "sdxl"), ("sdxl", "z-image")):
        with pytest.raises(PermanentError) as fault:
            DiffusersEngine(folder(slug), folder(other) / "controlnet", device="cpu")
        told(fault, "ControlNet", engine(slug).family.name)


def test_a_single_file_of_a_family_that_takes_none_is_told(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"single_stream_modulation.lin.weight": torch.zeros(2, 2)}, tmp_path / "klein.safetensors")
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(tmp_path / "klein.safetensors", device="cpu")
    told(fault, "FLUX.2", "single file")


def test_without_a_controlnet_the_blockout_leads() -> None:
    made = unsteered("flux1").diffuse([replace(request(), strength=None)])[0]
    assert made.made == "diffused" and made.notes["strength"] == 0.7
