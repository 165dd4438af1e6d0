"""What a studio relies on: no network with a mirror, hashes that name the weights, and a safety checker that is told of."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.loading import Options, find_checkpoint  # noqa: E402
from generation.errors import PermanentError  # noqa: E402
from tests.generation.engines.families.cast import engine, folder, request  # noqa: E402


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to reach another machine, refused."""
    tried: list[Any] = []

    def refuse(self: Any, address: Any) -> None:
        tried.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: refuse(None, address))
    return tried


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache that a download leaves, or a mirror fills, with one model of a made-up maker."""
    from huggingface_hub import constants

    home = tmp_path / "hub"
    model = home / "models--maker--model"
    shutil.copytree(folder("flux1"), model / "snapshots" / "abc123")
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text("abc123")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(home))
    return home


def test_a_mirrored_hub_id_needs_no_network(mirror: Path, no_network: list[Any]) -> None:
    made = DiffusersEngine("maker/model", device="cpu").diffuse([request()])[0]
    assert made.made == "diffused" and no_network == []
    assert find_checkpoint("maker/model").source.parent.name == "snapshots"


def test_a_folder_needs_no_network(no_network: list[Any]) -> None:
    for slug in ("sd15", "sd3", "qwen-image", "kolors"):
        assert DiffusersEngine(folder(slug), device="cpu").diffuse([request()])[0].made == "diffused"
    assert no_network == []


def test_offline_a_model_that_is_not_here_is_told_without_asking(mirror: Path, no_network: list[Any]) -> None:
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine("maker/other", device="cpu", options=Options(offline=True))
    assert "maker/other" in fault.value.words.en and "maker/other" in fault.value.words.zh
    assert no_network == []


def test_the_hash_names_weights_and_controlnet(tmp_path: Path) -> None:
    from tests.generation.engines.families.tiny_models import save

    other = DiffusersEngine(save("sd15", tmp_path / "other", seed=9), device="cpu")
    hashes = {
        engine("sd15").weights_hash,
        other.weights_hash,
        DiffusersEngine(folder("sd15"), tmp_path / "other" / "controlnet", device="cpu").weights_hash,
    }
    assert len(hashes) == 3 and all(len(h) == 64 for h in hashes)
    assert engine("sd15").weights_hash == DiffusersEngine(folder("sd15"), device="cpu").weights_hash


def checker(folder: Path, refuses: bool) -> str:
    """A real, tiny safety checker with random weights that refuses everything, or nothing."""
    from diffusers.pipelines.stable_diffusion import StableDiffusionSafetyChecker
    from transformers import CLIPConfig

    vision = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = CLIPConfig(vision_config=vision | {"image_size": 32, "patch_size": 16}, projection_dim=8)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = StableDiffusionSafetyChecker(config)
    model.concept_embeds_weights.data.fill_(-2.0 if refuses else 2.0)
    model.special_care_embeds_weights.data.fill_(2.0)
    model.save_pretrained(folder)
    return str(folder)


def test_a_safety_checker_looks_at_every_picture(tmp_path: Path) -> None:
    lenient = Options(safety_checker=checker(tmp_path / "lenient", refuses=False))
    made = DiffusersEngine(folder("flux1"), device="cpu", options=lenient).diffuse([request()])[0]
    assert made.made == "diffused" and made.notes["safety_checker"] == "lenient"
    assert np.array_equal(made.rgb, engine("flux1").diffuse([request()])[0].rgb)


def test_a_refused_picture_is_not_shown_and_the_reason_stands(tmp_path: Path) -> None:
    strict = Options(safety_checker=checker(tmp_path / "strict", refuses=True))
    made = DiffusersEngine(folder("flux1"), device="cpu", options=strict).diffuse([request()])[0]
    assert made.made == "rendered" and "safety checker" in str(made.why_rendered)
    assert np.array_equal(made.rgb, request().blockout.rgb)


def test_the_absence_of_a_checker_is_told() -> None:
    assert engine("sdxl").diffuse([request()])[0].notes["safety_checker"] == "none"


def test_a_checker_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder("sd15"), device="cpu", options=Options(safety_checker=str(tmp_path / "no")))
    assert "ENGINE_SAFETY_CHECKER" in fault.value.words.en and "ENGINE_SAFETY_CHECKER" in fault.value.words.zh
