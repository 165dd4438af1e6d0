"""Checkpoints that are missing, broken or unsafe are told in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generation.engines import loading
from generation.errors import PermanentError
from tests.generation.engines.tiny import request, save_tiny

torch = pytest.importorskip("torch")

from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    return save_tiny(tmp_path / "tiny")


def told(fault: pytest.ExceptionInfo[PermanentError], *parts: str) -> None:
    words = fault.value.words
    assert all(p in words.en for p in parts) and words.zh and words.zh != words.en


def test_a_missing_checkpoint_names_its_place(tmp_path: Path) -> None:
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(tmp_path / "nothing-here")
    told(fault, "no checkpoint", "nothing-here")


def test_missing_built_in_weights_say_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(loading, "EMBEDDED", tmp_path)
    with pytest.raises(PermanentError) as fault:
        loading.find_checkpoint("embedded")
    told(fault, "train_embedded", str(tmp_path))


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(tmp_path)
    told(fault, "model_index.json")


def test_a_model_index_that_is_no_json(folder: Any) -> None:
    (folder / "model_index.json").write_text("{")
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder)
    told(fault, "not valid JSON")


def test_a_torn_weight_file(folder: Any) -> None:
    path = next((folder / "unet").glob("*.safetensors"))
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder)
    told(fault, "could not be loaded")


def test_pickled_weights_are_refused_before_anything_opens_them(folder: Any) -> None:
    unet = folder / "unet"
    next(unet.glob("*.safetensors")).unlink()
    (unet / "diffusion_pytorch_model.bin").write_bytes(b"\x80\x04cos\nsystem\n.")
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder)
    told(fault, "pickled", "diffusion_pytorch_model.bin")


def test_a_pickled_single_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.ckpt"
    path.write_bytes(b"\x80\x04cos\nsystem\n.")
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(path)
    told(fault, "model.ckpt", "safetensors")


def test_a_model_without_a_controlnet_is_refused(folder: Any) -> None:
    for path in (folder / "controlnet").iterdir():
        path.unlink()
    (folder / "controlnet").rmdir()
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder)
    told(fault, "no ControlNet")


def test_a_controlnet_for_other_maps_is_refused(folder: Any) -> None:
    (folder / loading.CARD).write_text(json.dumps({"name": "tiny"}))
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder)
    told(fault, "conditioning channels")


def test_weights_that_give_nan_are_told(folder: Any) -> None:
    from safetensors.torch import load_file, save_file

    path = next((folder / "vae").glob("*.safetensors"))
    save_file({k: v * float("nan") for k, v in load_file(path).items()}, path, metadata={"format": "pt"})
    with pytest.raises(PermanentError) as fault:
        DiffusersEngine(folder, device="cpu").diffuse([request()])
    told(fault, "NaN")


def test_short_memory_is_told(folder: Any) -> None:
    engine = DiffusersEngine(folder, device="cpu")

    def hungry(*args: object) -> None:
        torch.empty(2**55, dtype=torch.uint8)

    with pytest.raises(PermanentError) as fault:
        engine.diffuse([request()], hungry)
    told(fault, "memory")


def test_the_engine_stays_warm_for_a_setting(folder: Any) -> None:
    assert loading.load_engine(folder) is loading.load_engine(str(folder))


def test_naming_the_engine_does_not_import_torch() -> None:
    code = "import generation.engines.base, generation.engines.loading, sys; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
