"""The pixel network in the engine: used where it lies beside the weights, part of their hash, refused in words where it is damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from generation.engines import diffusers_engine
from generation.engines.conditioning import dense_stack
from generation.engines.diffusers_engine import DiffusersEngine
from generation.engines.refiner import FOLDER, Refiner, RefinerSizes, load_refiner, refined, save_refiner
from generation.errors import PermanentError
from generation.layout.geometry import Rect
from tests.generation.engines.tiny import CARD, request, save_tiny, scene

SMALL = RefinerSizes(width=8, deep_width=8, blocks=1, deep_blocks=1)
PLAIN: dict[str, object] = {**CARD}
OURS = PLAIN | {"finish": "blockout", "threads": 1, "strength": 0.5}


def network(seed: int = 1, loudness: float = 0.1) -> Refiner:
    torch.manual_seed(seed)
    model = Refiner(SMALL)
    torch.nn.init.normal_(model.head.weight, std=0.02)
    torch.nn.init.constant_(model.head.bias, loudness)  # type: ignore[arg-type]
    return model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    """A tiny checkpoint of ours with a pixel network that brightens and marks every picture."""
    path = save_tiny(tmp_path_factory.mktemp("weights"), OURS)
    save_refiner(network(), path)
    return path


@pytest.fixture(scope="module")
def engine(folder: Path) -> DiffusersEngine:
    return DiffusersEngine(folder)


def test_the_network_says_what_changes(folder: Path, engine: DiffusersEngine) -> None:
    asked = request()
    picture = engine.diffuse([asked])[0]
    assert picture.made == "diffused", picture.why_rendered
    change = picture.rgb.astype(int) - asked.blockout.rgb
    assert 5 < change.mean() < 45
    assert picture.notes["change"] > 5  # type: ignore[operator]
    assert np.array_equal(engine.diffuse([asked])[0].rgb, picture.rgb)


def test_an_untrained_network_leaves_the_blockout(tmp_path: Path) -> None:
    save_refiner(Refiner(SMALL), save_tiny(tmp_path, OURS))
    picture = DiffusersEngine(tmp_path).diffuse([request()])[0]
    assert picture.made == "rendered"
    assert "by only" in str(picture.why_rendered)


def no_room() -> list[Exception]:
    """What short memory looks like from torch, from NumPy and from OpenCV."""
    opencv = cv2.error("(-4:Insufficient memory) Failed to allocate 48000000000 bytes")
    opencv.code = cv2.Error.StsNoMem
    return [torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 40.00 GiB"), MemoryError(), opencv]


@pytest.mark.parametrize("fault", no_room(), ids=lambda fault: type(fault).__module__)
@pytest.mark.parametrize("place", ["refined", "finish_refined"])
def test_short_memory_after_the_last_step_is_met_and_told(
    folder: Path, place: str, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = DiffusersEngine(folder)
    before = short.diffuse([request()])[0]
    real, faults = getattr(diffusers_engine, place), [fault]

    def hungry(*args: Any) -> Any:
        if faults:
            raise faults.pop()
        return real(*args)

    monkeypatch.setattr(diffusers_engine, place, hungry)
    picture = short.diffuse([request()])[0]
    assert np.array_equal(picture.rgb, before.rgb)
    assert picture.notes["memory"] == "slicing" and "memory" not in before.notes
    faults += [fault] * 9
    with pytest.raises(PermanentError, match="Not enough memory to make a picture of 192×320"):
        short.diffuse([request()])


def test_text_zones_stay(engine: DiffusersEngine) -> None:
    zone = Rect(20, 20, 170, 80)
    free, held = (engine.diffuse([request(text_zones=z)])[0].rgb.astype(int) for z in ((), (zone,)))
    before = scene(192, 320).rgb.astype(int)

    def detail(rgb: np.ndarray) -> float:
        change = (rgb - before)[30:70, 30:160]
        return float(np.abs(np.diff(change, axis=1)).mean())

    assert detail(held) < 0.35
    assert detail(held) < 0.5 * detail(free)


def test_the_recipes_hash_covers_the_network(folder: Path, engine: DiffusersEngine, tmp_path: Path) -> None:
    other = save_tiny(tmp_path, OURS)
    without = DiffusersEngine(other).weights_hash
    save_refiner(network(seed=2), other)
    assert len({without, DiffusersEngine(other).weights_hash, engine.weights_hash}) == 3


def test_only_a_card_that_finishes_over_the_blockout_uses_it(tmp_path: Path) -> None:
    save_refiner(network(), save_tiny(tmp_path, PLAIN))
    assert DiffusersEngine(tmp_path).refiner is None


@pytest.mark.parametrize("damage", ["torn", "missing", "config", "sizes", "shape", "nan", "not json"])
def test_a_damaged_network_is_a_sentence(tmp_path: Path, damage: str) -> None:
    save_refiner(network(), tmp_path)
    weights, config = tmp_path / FOLDER / "model.safetensors", tmp_path / FOLDER / "config.json"
    if damage == "torn":
        weights.write_bytes(weights.read_bytes()[:200])
    elif damage == "missing":
        weights.unlink()
    elif damage == "config":
        config.write_text('{"width": 8, "depth": 3}')
    elif damage == "sizes":
        config.write_text('{"width": 1000000}')
    elif damage == "shape":
        config.write_text('{"width": 16, "deep_width": 8, "blocks": 1, "deep_blocks": 1}')
    elif damage == "nan":
        broken = network()
        broken.up.weight.data[0] = float("nan")
        save_refiner(broken, tmp_path)
    else:
        config.write_text("width: 8")
    with pytest.raises(PermanentError) as told:
        load_refiner(tmp_path, "cpu", torch.float32)
    assert FOLDER in told.value.words.en
    assert "像素网络" in told.value.words.zh


def test_a_checkpoint_without_one_has_none(tmp_path: Path) -> None:
    assert load_refiner(tmp_path, "cpu", torch.float32) is None


def test_any_size_is_refined(folder: Path) -> None:
    """Sides that are no multiple of the network's stride."""
    model = load_refiner(folder, "cpu", torch.float32)
    assert model is not None
    drawn = scene(65, 98)
    picture = refined(model, drawn, np.zeros((98, 65, 3), np.float32))
    assert picture.shape == (98, 65, 3)
    assert picture.min() >= 0 and picture.max() <= 1


def test_no_frame_is_left_along_the_sides() -> None:
    """Of a bare, even wall every pixel changes alike, which the network alone does not manage where its sight ends."""
    wall = scene(64, 96, subject=False)
    even = replace(
        wall, rgb=np.full_like(wall.rgb, 150), depth=np.full_like(wall.depth, 5), edges=np.zeros_like(wall.edges)
    )
    model, dark = network().eval(), np.zeros((96, 64, 3), np.float32)
    torch.nn.init.constant_(model.head.weight, 0.02)
    with torch.inference_mode():
        alone = model(torch.from_numpy(dense_stack(even))[None], torch.zeros(1, 3, 96, 64))[0, 0].numpy()
    framed, mended = np.ptp(alone), np.ptp(refined(model, even, dark)[..., 0])
    assert framed > 0.01
    assert mended < 0.5 * framed
