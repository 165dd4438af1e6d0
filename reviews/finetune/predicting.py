"""What the denoiser says of noised latents, asked through the family's own stock pipeline, with gradients.

A pipeline knows how its family packs latents, scales timesteps, embeds prompts and guidance, and reads control maps. So the trainer
calls it for one step at a timestep of its own and stops it where it hands the answer to its scheduler: the answer stands in the
scheduler's own convention, whatever family it is.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch

from generation.engines.batching import Job
from reviews.finetune.objective import Question

if TYPE_CHECKING:
    from generation.engines.diffusers_engine import DiffusersEngine

ONE_PASS = 1.0  # guidance without a second pass over the negative prompt


class _Answered(Exception):
    def __init__(self, answer: torch.Tensor) -> None:
        super().__init__()
        self.answer = answer


class Predictor:
    """The denoiser of a warm engine. `answer` keeps gradients of what requires them; `latents` encodes pictures."""

    def __init__(self, engine: DiffusersEngine) -> None:
        self.engine = engine
        self.sampler = engine.sampler
        self.pipe = self.sampler.pipe
        self.space = self.sampler.space
        self.family = engine.family
        self.denoiser = getattr(self.pipe, self.family.denoiser)
        self._call = inspect.unwrap(type(self.pipe).__call__)  # without its no_grad

    @property
    def scheduler(self) -> Any:
        return self.pipe.scheduler

    @torch.no_grad()
    def latents(self, pixels: torch.Tensor) -> torch.Tensor:
        """The grid (B, C, h, w) of pictures (B, 3, H, W), 0 to 1."""
        return self.space.encode(pixels * 2 - 1).float().clone()

    def error(self, job: Job, asked: Question) -> torch.Tensor:
        """Mean squared error of the answer on one picture, weighed: a float32 scalar."""
        target = self.space.stepped(asked.target)[0].float()
        return asked.weight * (self.answer(job, asked).float() - target).square().mean()

    def answer(self, job: Job, asked: Question) -> torch.Tensor:
        """What the denoiser says of one picture's latents (1, C, h, w), in the form of the pipeline's own latents without the batch."""
        job = replace(job, request=replace(job.request, guidance_scale=self._guidance()))
        for remembered in self.sampler.remembered:
            remembered.dress = "training"  # what a drawing remembered can't be part of a gradient
        steering = getattr(self.pipe, "controlnet", None)
        with _one_step(self.scheduler, asked), self.sampler.certainly(), _unlearning(steering):
            latents = (asked.latents / self._loudness()).to(self.sampler.device, self._type)
            how = {"latents": self.space.given(latents), "num_inference_steps": 1}
            try:
                self._call(self.pipe, **self.sampler.arguments(self.pipe, [job], how))
            except _Answered as told:
                return told.answer[0]
        raise RuntimeError(f"{type(self.pipe).__name__} took no step.")

    @property
    def _type(self) -> torch.dtype:
        """Z-Image and Sana keep their latents in full precision whatever the weights are in."""
        return torch.float32 if self.family.slug in ("z-image", "sana") else self.sampler.dtype

    def _loudness(self) -> float:
        """What the pipeline multiplies latents by that are handed to it."""
        return float(self.scheduler.init_noise_sigma) if self.family.denoiser == "unet" else 1.0

    def _guidance(self) -> float:
        """A number that distilled models are told, as they are when they draw; no second pass for the others."""
        return self.engine.checkpoint.guidance if self.family.guidance_kind == "embedded" else ONE_PASS


@contextmanager
def _one_step(scheduler: Any, asked: Question) -> Iterator[None]:
    """While open, the scheduler plans the question's time alone, and its `step` hands the answer over."""
    plan = scheduler.set_timesteps
    time = asked.time if asked.time % 1 else int(asked.time)

    @functools.wraps(plan)
    def set_timesteps(*args: Any, device: Any = None, **kwargs: Any) -> None:
        scheduler.timesteps = torch.tensor([time], device=device)
        scheduler.sigmas = torch.tensor([asked.sigma, 0.0])
        scheduler.num_inference_steps = 1
        scheduler._step_index = scheduler._begin_index = None

    def step(model_output: torch.Tensor, *args: Any, **kwargs: Any) -> None:
        raise _Answered(model_output)

    scheduler.set_timesteps, scheduler.step = set_timesteps, step
    try:
        scheduler.set_timesteps()
        yield
    finally:
        del scheduler.set_timesteps, scheduler.step


@contextmanager
def _unlearning(part: torch.nn.Module | None) -> Iterator[None]:
    """While open, a ControlNet runs without gradients: it learns nothing, and some of diffusers' can't run with them."""
    if part is None:
        yield
        return
    given = part.forward
    part.forward = torch.no_grad()(given)
    try:
        yield
    finally:
        part.forward = given
