"""The noise schedule of one run: how to begin part of the way, whatever the family's pipeline does with its scheduler.

A pipeline that has no image-to-image class can still begin from a picture: its scheduler keeps only the last steps of those
asked for, and the latents handed in are noised to where these begin.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from generation.engines.families import Family
from generation.engines.latents import PATCH


@dataclass
class Shortened:
    """What a shortened scheduler really began with: its first timestep, None before the pipeline set any."""

    first: float | None = None


@contextmanager
def shortened(scheduler: Any, taken: int) -> Iterator[Shortened]:
    """While open, `scheduler.set_timesteps` keeps the last `taken` of the steps it is asked for."""
    whole = scheduler.set_timesteps
    seen = Shortened()

    @functools.wraps(whole)
    def set_timesteps(*args: Any, **kwargs: Any) -> None:
        whole(*args, **kwargs)
        left_out = max(len(scheduler.timesteps) - taken * int(scheduler.order), 0)
        scheduler.timesteps = scheduler.timesteps[left_out:]
        if hasattr(scheduler, "sigmas"):
            scheduler.sigmas = scheduler.sigmas[left_out:]
        seen.first = float(scheduler.timesteps[0])

    scheduler.set_timesteps = set_timesteps
    try:
        yield seen
    finally:
        del scheduler.set_timesteps


def noised(scheduler: Any, clean: torch.Tensor, noise: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
    """`clean` (B, C, h, w) with as much of `noise` as belongs to `timestep` (one number)."""
    if hasattr(scheduler, "add_noise"):
        at = timestep.reshape(1).repeat(len(clean)).to(clean.device)
        added: torch.Tensor = scheduler.add_noise(clean, noise, at)
        return added
    # flow matching: the timestep is the share of noise, in thousandths (Lipman et al. 2023, equation 22 with straight paths)
    share = float(timestep) / int(scheduler.config.num_train_timesteps)
    return clean * (1 - share) + noise * share


def begin(
    family: Family, pipe: Any, clean: torch.Tensor, noise: torch.Tensor, asked: int, taken: int, device: str
) -> tuple[torch.Tensor, float]:
    """Latents to hand to `pipe` under `shortened(…, taken)`, and the timestep at which they stand.

    What the pipeline multiplies its starting latents by is taken out beforehand.
    """
    scheduler = pipe.scheduler
    with shortened(scheduler, taken):
        scheduler.set_timesteps(**_arguments(family, pipe, asked, clean.shape), device=device)
        started = noised(scheduler, clean, noise, scheduler.timesteps[0])
        loudness = float(scheduler.init_noise_sigma) if family.denoiser == "unet" else 1.0
        return started / loudness, float(scheduler.timesteps[0])


def _arguments(family: Family, pipe: Any, asked: int, shape: torch.Size) -> dict[str, Any]:
    """What the family's pipelines hand to `set_timesteps`."""
    if family.denoiser == "unet":
        return {"num_inference_steps": asked}
    scheduler = pipe.scheduler
    arguments: dict[str, Any] = {"num_inference_steps": asked}
    if family.linear_sigmas:
        arguments["sigmas"] = np.linspace(1.0, 1 / asked, asked).tolist()
    if scheduler.config.get("use_dynamic_shifting"):
        arguments["mu"] = _shift(family, pipe, shape, asked)
    return arguments


def _shift(family: Family, pipe: Any, shape: torch.Size, asked: int) -> float:
    """How far the schedule leans to noise for a picture of this many tokens: the pipeline's own formula."""
    module = sys.modules[type(pipe).__module__]
    if family.latents == "patched":
        return float(module.compute_empirical_mu(image_seq_len=shape[2] * shape[3], num_steps=asked))
    config = pipe.scheduler.config
    return float(
        module.calculate_shift(
            (shape[2] // PATCH) * (shape[3] // PATCH),
            config.get("base_image_seq_len", 256),
            config.get("max_image_seq_len", 4096),
            config.get("base_shift", 0.5),
            config.get("max_shift", 1.16 if family.slug == "sd3" else 1.15),
        )
    )
