"""One trainer for every family: each stock pipeline is asked with gradients, and its LoRA is what the family's pipelines load."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from generation.engines.base import Lora  # noqa: E402
from generation.engines.batching import Job  # noqa: E402
from generation.engines.families import FAMILIES  # noqa: E402
from reviews.finetune.lora import attach  # noqa: E402
from reviews.finetune.measuring import Measurer  # noqa: E402
from reviews.finetune.objective import FAMILY_SAYS, FROM_NOISE, Way, question, says, share  # noqa: E402
from reviews.finetune.predicting import Predictor  # noqa: E402
from reviews.finetune.training import train  # noqa: E402
from tests.generation.engines.families import cast as families  # noqa: E402
from tests.generation.engines.families.cast import SLUGS, apart, engine, request, some_fast  # noqa: E402
from tests.reviews.finetune import cast  # noqa: E402

SIDE = families.SIDE


def test_every_family_of_the_engine_has_its_row() -> None:
    assert set(FAMILY_SAYS) == {family.slug for family in FAMILIES}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_denoiser_answers_in_its_schedulers_terms_and_its_adapter_alone_learns(slug: str) -> None:
    """A fresh LoRA says nothing, and the gradient reaches its weights only."""
    predictor = Predictor(engine(slug))
    assert says(predictor.scheduler) == FAMILY_SAYS[slug]
    job = Job(0, request(), (0, 0, SIDE, SIDE), (SIDE, SIDE))
    clean = predictor.latents(torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1)))
    asked = question(predictor.scheduler, clean, clean, 0.5, FROM_NOISE, 3)
    with torch.no_grad():
        bare = float(predictor.error(job, asked))
    adapter = attach(predictor, 2, 2.0, seed=1)
    try:
        error = predictor.error(job, asked)
        error.backward()  # type: ignore[no-untyped-call]
        assert float(error.detach()) == pytest.approx(bare, rel=1e-5)
        learning = {n for n, w in predictor.denoiser.named_parameters() if w.grad is not None and w.grad.abs().sum()}
        assert learning and learning <= set(adapter.named)
    finally:
        adapter.detach()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_answer_is_what_the_stock_sampler_steps_by(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's own first step from noise, seen at its scheduler, against ours at the same latents and time."""
    warm = engine(slug)
    scheduler = warm.sampler.pipe.scheduler
    seen: list[tuple[Any, Any, Any, float]] = []
    honest = scheduler.step

    def watch(model_output: Any, timestep: Any, sample: Any, *args: Any, **kwargs: Any) -> Any:
        if not seen:
            seen.append((model_output.clone(), float(timestep), sample.clone(), float(scheduler.sigmas[0])))
        return honest(model_output, timestep, sample, *args, **kwargs)

    monkeypatch.setattr(scheduler, "step", watch)
    guidance = Predictor(warm)._guidance()
    asked_for = request(guidance_scale=guidance, text_zones=())
    warm.diffuse([asked_for])
    monkeypatch.undo()
    stock, time, sample, sigma = seen[0]
    predictor = Predictor(warm)
    grid = predictor.space.grid(sample, (SIDE, SIDE)) if predictor.space.kind != "plain" else sample
    asked = question(scheduler, grid.float(), grid.float(), 0.5, FROM_NOISE, 3)
    asked = replace(asked, latents=grid.float().clone(), time=time, sigma=sigma)
    job = Job(0, asked_for, (0, 0, SIDE, SIDE), (SIDE, SIDE))
    with torch.no_grad():
        ours = predictor.answer(job, asked)
    assert torch.allclose(ours.float(), stock[0].float(), atol=2e-3 * float(stock.abs().max()))


@pytest.mark.parametrize("slug", some_fast(SLUGS))
def test_what_was_trained_is_worn_by_the_familys_engine(slug: str, tmp_path: Path) -> None:
    from generation.engines.diffusers_engine import DiffusersEngine

    config = cast.config(steps=3, lr=0.3, clip=1e9, validate_every=0, batch=1)
    measurer = Measurer(DiffusersEngine(families.folder(slug), device="cpu"), config)
    shown = replace(cast.some(), train=[_large(cast.example(1))], validation=())
    made = train(measurer, shown, tmp_path)
    file = measurer.adapter.save(tmp_path / "out", made.weights)
    worn = Lora(str(file))
    plain, dressed = (engine(slug).diffuse([request(loras=loras)])[0] for loras in ((), (worn,)))
    assert apart(plain, dressed) > 0.05


def _large(example: Any) -> Any:
    from tests.generation.engines import tiny

    scene = tiny.scene(SIDE, SIDE)
    return replace(example, target=255 - scene.rgb, blockout=scene)


def test_v_prediction_is_told_by_the_checkpoints_own_scheduler() -> None:
    from diffusers import DDPMScheduler

    scheduler = DDPMScheduler(prediction_type="v_prediction")
    assert says(scheduler) == "v_prediction"
    clean = torch.randn(1, 4, 8, 8)
    asked = question(scheduler, clean, clean, 0.3, FROM_NOISE, 5)
    a = scheduler.alphas_cumprod[int(asked.time)].sqrt()
    b = (1 - scheduler.alphas_cumprod[int(asked.time)]).sqrt()
    assert torch.allclose(a * asked.latents - b * asked.target, clean, atol=1e-4)  # x0 = a·x_t − b·v


def test_a_flow_that_follows_its_target_ends_at_the_picture() -> None:
    from diffusers import FlowMatchEulerDiscreteScheduler

    scheduler = FlowMatchEulerDiscreteScheduler()
    clean, base = torch.randn(1, 4, 8, 8), torch.randn(1, 4, 8, 8)
    for way in (FROM_NOISE, Way(0.12, 0.0), Way(0.5, 1.0)):
        asked = question(scheduler, clean, base, 0.7, way, 5)
        assert torch.allclose(asked.latents - asked.target * asked.time / 1000, clean, atol=1e-4)
    quiet = question(scheduler, clean, base, 1.0, Way(0.12, 0.0), 5)
    assert torch.allclose(
        quiet.latents, 0.88 * base, atol=1e-5
    )  # what the engine begins with where its card says no noise


def test_places_on_the_way_are_spread_and_never_nothing() -> None:
    for kind, way in (("epsilon", FROM_NOISE), ("flow", FROM_NOISE), ("flow", Way(0.12, 0.0))):
        found = [share(kind, way, seed) for seed in range(300)]  # type: ignore[arg-type]
        assert 0 < min(found) < 0.2 and 0.8 < max(found) <= 1
