"""The engine over real, tiny pipelines: what it promises to the pipeline and to the person who waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from brand_styles.words import Words
from generation.engines.base import Picture
from generation.engines.loading import Options
from generation.errors import Cancelled
from generation.layout.geometry import Rect
from tests.generation.engines.tiny import CARD, request, save_tiny, scene

torch = pytest.importorskip("torch")

from generation.engines.conditioning import DENSE_CHANNELS  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Any:
    return save_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def engine(folder: Any) -> Any:
    return DiffusersEngine(folder, device="cpu")


def pixels(picture: Picture) -> np.ndarray:
    return picture.rgb.astype(np.int32)


def test_stock_pipelines_load_our_folder_unchanged(folder: Any) -> None:
    from diffusers import ControlNetModel, StableDiffusionControlNetImg2ImgPipeline, StableDiffusionControlNetPipeline

    controlnet = ControlNetModel.from_pretrained(folder / "controlnet")
    for cls, extra in (
        (StableDiffusionControlNetPipeline, {}),
        (
            StableDiffusionControlNetImg2ImgPipeline,
            {"control_image": torch.rand(1, DENSE_CHANNELS, 64, 96), "strength": 0.5},
        ),
    ):
        pipe = cls.from_pretrained(folder, controlnet=controlnet, safety_checker=None)
        image = torch.rand(1, 3 if extra else DENSE_CHANNELS, 64, 96)
        out = pipe("gift box", image=image, num_inference_steps=2, width=96, height=64, output_type="np", **extra)
        assert out.images.shape == (1, 64, 96, 3)


@pytest.mark.parametrize("strength", [1.0, 0.6])
def test_a_picture_has_the_canvas_size_and_is_the_same_again(engine: Any, strength: Any) -> None:
    first, again = (engine.diffuse([request(strength=strength)])[0] for _ in range(2))
    assert first.rgb.shape == (320, 192, 3) and first.rgb.dtype == np.uint8
    assert first.made == "diffused" and first.model.startswith("tiny ")
    assert np.array_equal(first.rgb, again.rgb)


def test_another_seed_is_another_picture(engine: Any) -> None:
    a, b = (engine.diffuse([request(seed=s)])[0] for s in (1, 2))
    assert np.abs(pixels(a) - pixels(b)).mean() > 1


def test_low_strength_stays_near_the_blockout(engine: Any) -> None:
    """Through random weights only the start can carry the blockout: the autoencoder's own round trip is the yardstick."""
    near, far = (engine.diffuse([request(strength=s, num_inference_steps=2)])[0] for s in (0.05, 1.0))
    with torch.inference_mode():
        from generation.engines.batching import job_for

        job = job_for(0, request(), engine.area)
        latents = engine.sampler._start_latents([job])
        trip = engine.sampler.pipe.vae.decode(latents).sample[0].permute(1, 2, 0).numpy() * 127.5 + 127.5
    small = {k: _shrunk(v.rgb, job.size) for k, v in {"near": near, "far": far}.items()}
    assert np.abs(small["near"] - trip.clip(0, 255)).mean() < 0.5 * np.abs(small["far"] - trip.clip(0, 255)).mean()


def _shrunk(rgb: Any, size: Any) -> Any:
    from generation.engines.conditioning import shrink

    return shrink(rgb, size)


@pytest.mark.parametrize("strength", [1.0, 0.8, 0.35])
def test_steps_taken_are_the_steps_asked_for_at_any_strength(engine: Any, strength: Any) -> None:
    seen: list[tuple[int, int]] = []
    engine.diffuse([request(strength=strength, num_inference_steps=5)], lambda i, n, p: seen.append((i, n)))
    assert seen == [(i, 5) for i in range(1, 6)]


def test_previews_are_small_pictures(engine: Any) -> None:
    shown = []
    engine.diffuse([request()], lambda i, n, p: shown.append(p))
    assert any(p is not None for p in shown)
    assert all(p is None or (p.dtype == np.uint8 and p.ndim == 3 and max(p.shape[:2]) <= 384) for p in shown)


def test_cancelling_stops_at_the_next_step(engine: Any) -> None:
    taken = []

    def stop(step: Any, steps: Any, preview: Any) -> None:
        taken.append(step)
        if step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        engine.diffuse([request(num_inference_steps=6)], stop)
    assert taken == [1, 2]
    assert engine.diffuse([request()])[0].made == "diffused"  # and the engine is good for the next


def test_a_batch_differs_from_singles_by_rounding_only(engine: Any) -> None:
    asked = [request(seed=s) for s in (1, 2, 3)]
    together = engine.diffuse(asked)
    for one, picture in zip(asked, together, strict=True):
        assert np.abs(pixels(engine.diffuse([one])[0]) - pixels(picture)).max() <= 3


def test_pictures_come_in_the_order_of_the_requests(engine: Any) -> None:
    shapes = [(192, 320), (320, 192), (192, 320), (400, 90)]
    made = engine.diffuse([request(w, h, seed=i) for i, (w, h) in enumerate(shapes)])
    assert [(p.rgb.shape[1], p.rgb.shape[0]) for p in made] == shapes


def test_steps_of_several_batches_count_as_one_run(engine: Any) -> None:
    seen = []
    asked = [request(192, 320), request(320, 192)]
    engine.diffuse(asked, lambda i, n, p: seen.append((i, n)))
    assert seen == [(i, 8) for i in range(1, 9)]


def test_text_zones_follow_the_blockout(engine: Any) -> None:
    """In the zone the latents of the first steps are the blockout's: what comes out is nearer to its round trip."""
    zone = Rect(0, 0, 192, 128)
    free, held = (engine.diffuse([request(text_zones=z, num_inference_steps=8)])[0] for z in ((), (zone,)))
    assert np.abs(pixels(free)[:100] - pixels(held)[:100]).mean() > 1
    assert gradient(held.rgb[8:110]) < gradient(free.rgb[8:110])


def gradient(rgb: np.ndarray) -> float:
    grey = rgb.astype(np.float64).mean(axis=2)
    down, across = np.gradient(grey)
    return float((down**2 + across**2).mean())


def test_a_very_wide_canvas_is_diffused_in_the_subjects_window(engine: Any) -> None:
    made = engine.diffuse([request(728, 180)])[0]
    before = scene(728, 180)
    assert made.made == "diffused" and made.seam is not None and made.seam >= 1
    assert np.array_equal(made.rgb[:, :200], before.rgb[:, :200])
    assert not np.array_equal(made.rgb[:, 500:520], before.rgb[:, 500:520])


def test_a_given_window_is_the_only_part_that_changes(engine: Any) -> None:
    made = engine.diffuse([request(window=Rect(32, 64, 160, 256))])[0]
    changed = np.argwhere((made.rgb != scene(192, 320).rgb).any(axis=2))
    assert changed.min(axis=0).tolist() >= [64, 32] and (changed.max(axis=0) < [256, 160]).all()


def test_a_low_banner_is_left_to_the_renderer(engine: Any) -> None:
    made = engine.diffuse([request(728, 90)])[0]
    assert made.made == "rendered" and "120 px" in str(made.why_rendered)
    assert np.array_equal(made.rgb, scene(728, 90).rgb)


def test_a_checkpoint_whose_worth_is_not_shown_is_used_only_where_it_is_asked_for(tmp_path: Path) -> None:
    card = CARD | {"strength": 0.5, "unused": {"en": "Nobody preferred it.", "zh": "无人偏好。"}}
    folder = save_tiny(tmp_path, card)
    engine = DiffusersEngine(folder, device="cpu")
    left = engine.diffuse([request(strength=None)])[0]
    assert left.made == "rendered" and left.why_rendered == Words(en="Nobody preferred it.", zh="无人偏好。")
    assert np.array_equal(left.rgb, scene(192, 320).rgb)
    assert engine.diffuse([request(strength=0.5)])[0].made == "diffused"
    asked = DiffusersEngine(folder, device="cpu", options=Options(strength=0.25)).diffuse([request(strength=None)])[0]
    assert asked.made == "diffused" and asked.notes["strength"] == 0.25


def test_weights_hash_changes_with_the_weights(folder: Any, tmp_path: Path) -> None:
    a, b = DiffusersEngine(folder, device="cpu"), DiffusersEngine(save_tiny(tmp_path, seed=4), device="cpu")
    assert len(a.weights_hash) == 64 and a.weights_hash != b.weights_hash


def test_a_card_may_ask_for_a_start_without_noise(tmp_path: Path) -> None:
    """Then the seed decides nothing, and strength is the card's where the request leaves it open."""
    quiet = {"name": "quiet", "control": "dense", "strength": 0.2, "noise": 0.0}
    engine = DiffusersEngine(save_tiny(tmp_path, quiet), device="cpu")
    a, b = (engine.diffuse([request(seed=s)])[0] for s in (1, 2))
    assert a.notes["strength"] == 0.2
    assert np.array_equal(a.rgb, b.rgb)
    loud = engine.diffuse([request(strength=1.0)])[0]
    assert loud.notes["strength"] == 1.0 and not np.array_equal(loud.rgb, a.rgb)


def test_a_card_may_ask_for_one_thread_and_the_rest_keep_theirs(tmp_path: Path) -> None:
    engine = DiffusersEngine(save_tiny(tmp_path, {"name": "one", "control": "dense", "threads": 1}), device="cpu")
    before, seen = torch.get_num_threads(), []
    try:
        torch.set_num_threads(2)
        engine.diffuse([request()], lambda i, n, p: seen.append(torch.get_num_threads()))
        assert set(seen) == {1} and torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
