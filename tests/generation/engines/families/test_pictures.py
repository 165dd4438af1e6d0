"""Every family through the engine: what a picture promises, and what it keeps."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.base import PictureRequest  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.engines.families import BY_SLUG  # noqa: E402
from generation.errors import Cancelled  # noqa: E402
from generation.layout.geometry import Rect  # noqa: E402
from tests.generation.engines.families.cast import (  # noqa: E402
    SIDE,
    SLUGS,
    STEERED,
    apart,
    engine,
    folder,
    pixels,
    request,
    some_fast,
    unsteered,
)

ROUNDING = 3  # of 255: what a batch may differ from its items diffused alone


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_request_is_the_same_picture_and_another_seed_another(slug: str) -> None:
    first, again, other = (engine(slug).diffuse([request(seed=s)])[0] for s in (5, 5, 6))
    assert first.rgb.shape == (SIDE, SIDE, 3) and first.made == "diffused"
    assert first.model.startswith(f"tiny-{slug} ")
    assert np.array_equal(first.rgb, again.rgb)
    assert apart(first, other) > 2


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_the_prompt_is_read(slug: str) -> None:
    gold, ship = (unsteered(slug).diffuse([request(prompt=p)])[0] for p in ("gift box, gold", "a ship at night"))
    assert not np.array_equal(gold.rgb, ship.rgb)


@pytest.mark.parametrize("slug", some_fast(STEERED))
def test_the_control_map_steers(slug: str) -> None:
    free, held = (engine(slug).diffuse([request(controlnet_conditioning_scale=s)])[0] for s in (0.0, 1.0))
    assert apart(free, held) > 0.2


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_low_strength_stays_near_the_blockout(slug: str) -> None:
    """The autoencoder's own round trip of the blockout is the yardstick: random weights can carry no more."""
    from generation.engines.batching import job_for

    made_by = engine(slug)
    trip = made_by.sampler.round_trip([job_for(0, request(), made_by.area)])[0] * 255
    near, far = (made_by.diffuse([request(strength=s, num_inference_steps=2)])[0] for s in (0.008, 1.0))
    assert np.abs(pixels(near) - trip).mean() < 0.5 * np.abs(pixels(far) - trip).mean()


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_what_is_to_be_kept_is_kept_byte_for_byte(slug: str) -> None:
    keep = np.zeros((SIDE, SIDE), dtype=bool)
    keep[:, :64] = True
    asked = request(keep=keep)
    made = engine(slug).diffuse([asked])[0]
    assert np.array_equal(made.rgb[keep], asked.blockout.rgb[keep])
    assert np.abs(pixels(made)[:, 80:] - asked.blockout.rgb[:, 80:]).mean() > 2


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_a_text_zone_follows_the_blockout(slug: str) -> None:
    """Where its latents are held for most steps the picture comes nearer to the blockout's own round trip."""
    from generation.engines.batching import job_for

    made_by, zone = engine(slug), Rect(0, 0, SIDE, 64)
    free, held = (made_by.diffuse([request(text_zones=z, num_inference_steps=6)])[0] for z in ((), (zone,)))
    trip = made_by.sampler.round_trip([job_for(0, request(), made_by.area)])[0] * 255
    off = [np.abs(pixels(p) - trip)[:56].mean() for p in (free, held)]
    assert off[1] < off[0]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_batch_differs_from_singles_by_rounding_only(slug: str) -> None:
    asked = [request(seed=1), request(seed=2, prompt="a red ship, and a long tale of it")]
    together = engine(slug).diffuse(asked)
    for one, picture in zip(asked, together, strict=True):
        assert np.abs(pixels(engine(slug).diffuse([one])[0]) - pixels(picture)).max() <= ROUNDING


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("strength", [1.0, 0.6])
def test_steps_are_counted_and_previews_are_small(slug: str, strength: float) -> None:
    seen, shown = [], []

    def watch(step: int, steps: int, preview: np.ndarray | None) -> None:
        seen.append((step, steps))
        shown.append(preview)

    engine(slug).diffuse([request(strength=strength, num_inference_steps=4)], watch)
    assert seen == [(i, 4) for i in range(1, 5)]
    small = [p for p in shown if p is not None]
    assert small and all(p.dtype == np.uint8 and p.ndim == 3 and max(p.shape[:2]) <= 384 for p in small)


@pytest.mark.parametrize("slug", SLUGS)
def test_cancelling_stops_at_the_next_step_and_leaves_no_trace(slug: str) -> None:
    taken = []

    def stop(step: int, steps: int, preview: object) -> None:
        taken.append(step)
        if step == 2:
            raise Cancelled

    before = engine(slug).diffuse([request()])[0]
    with pytest.raises(Cancelled):
        engine(slug).diffuse([request(strength=0.7, num_inference_steps=5)], stop)
    assert taken == [1, 2]
    assert np.array_equal(engine(slug).diffuse([request()])[0].rgb, before.rgb)


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_request_leaves_open_is_the_familys(slug: str) -> None:
    open_request = PictureRequest(request().blockout, "gift box", "", 5)
    resolved = engine(slug)._resolved(open_request)
    checkpoint = engine(slug).checkpoint
    told = checkpoint.variant or BY_SLUG[slug]
    assert (resolved.num_inference_steps, resolved.guidance_scale) == (told.steps, told.guidance)
    assert resolved.strength == (1.0 if BY_SLUG[slug].control else 0.7)


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_in_bf16_everything_runs_and_the_picture_is_nearly_that_of_fp32(slug: str) -> None:
    """The number type of a GPU, on the CPU: every way through the engine, so that no step mixes types."""
    half = DiffusersEngine(folder(slug), device="cpu", dtype=torch.bfloat16)
    keep = np.eye(SIDE, dtype=bool)
    zone = Rect(0, 0, 96, 48)
    asked = [request(), request(strength=0.6), request(text_zones=(zone,)), request(keep=keep)]
    made = [half.diffuse([r], lambda *_: None)[0] for r in asked]
    assert all(p.made == "diffused" for p in made)
    assert apart(made[0], engine(slug).diffuse([asked[0]])[0]) < 2
