"""What happens around a denoising step: how many there are, cancelling, previews, and the picture held in zones."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

    from generation.engines.base import OnStep
    from generation.engines.latents import LatentSpace

BLENDED_SHARE = 0.6  # of the steps, counted from the first, in which text zones follow the blockout
PREVIEWS = 4  # at most so many previews in one batch
PREVIEW_SIDE = 384  # longest side of a preview, in pixels


def schedule_for(num_inference_steps: int, strength: float) -> tuple[int, float]:
    """How to ask an image-to-image pipeline for exactly `num_inference_steps` steps that are really taken.

    Such a pipeline takes int(asked * strength) of the steps asked for. Returns (steps to ask for, strength to pass);
    the strength passed differs from the one wanted by less than one step. num_inference_steps ≥ 1, 0 < strength ≤ 1.
    """
    if num_inference_steps < 1 or not 0 < strength <= 1:
        raise ValueError("At least one step and a strength above 0 and up to 1 are needed.")
    asked = max(math.ceil(num_inference_steps / strength - 1e-9), num_inference_steps)
    return asked, min((num_inference_steps + 0.5) / asked, 1.0)


@dataclass
class Zones:
    """Where the latents follow a picture: mask (B, 1, h, w) of 0 and 1, clean latents and noise (B, C, h, w)."""

    mask: torch.Tensor
    clean: torch.Tensor
    noise: torch.Tensor

    def blend(self, scheduler: Any, latents: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        """The latents with the picture, noised to `timestep`, in the zones."""
        from generation.engines.schedules import noised

        return self._laid(latents, noised(scheduler, self.clean.to(latents), self.noise.to(latents), timestep))

    def finish(self, latents: torch.Tensor) -> torch.Tensor:
        """The latents with the picture itself in the zones."""
        return self._laid(latents, self.clean.to(latents))

    def _laid(self, latents: torch.Tensor, over: torch.Tensor) -> torch.Tensor:
        mask = self.mask.to(latents)
        blended: torch.Tensor = latents * (1 - mask) + over * mask
        return blended


# step in this batch (1-based), preview or None. Raises Cancelled to stop.
OnBatchStep = Callable[[int, NDArray[np.uint8] | None], None]


@dataclass
class StepHook:
    """The `callback_on_step_end` of one batch: blends the zones, shows a preview, lets the caller cancel, keeps the result.

    size: of the pictures, (width, height). zones: followed for a share of the steps. kept: followed to the end and then laid in,
    for what must stay. last: the grid of the latest step.
    """

    space: LatentSpace
    size: tuple[int, int]
    steps: int
    on_step: OnBatchStep | None = None
    zones: Zones | None = None
    kept: Zones | None = None
    preview: Callable[[torch.Tensor], NDArray[np.uint8]] | None = None
    taken: int = 0
    last: torch.Tensor | None = None

    def __call__(self, pipe: Any, index: int, timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
        self.taken = index + 1
        before, reached = self.last, self.space.grid(values["latents"], self.size)
        self.last = self._blend(pipe.scheduler, reached)
        if self.last is not reached:
            values["latents"] = self.space.stepped(self.last)
        if self.on_step is not None:
            self.on_step(self.taken, self._preview(pipe.scheduler, before, reached))
        return values

    def _blend(self, scheduler: Any, grid: torch.Tensor) -> torch.Tensor:
        """Zones are left to the model after the share of steps above, and never held after the last step."""
        if self.taken >= self.steps:
            return grid if self.kept is None else self.kept.finish(grid)
        upcoming = scheduler.timesteps[len(scheduler.timesteps) - self.steps + self.taken]
        if self.zones is not None and self.taken <= BLENDED_SHARE * self.steps:
            grid = self.zones.blend(scheduler, grid, upcoming)
        return grid if self.kept is None else self.kept.blend(scheduler, grid, upcoming)

    def _preview(self, scheduler: Any, before: torch.Tensor | None, reached: torch.Tensor) -> NDArray[np.uint8] | None:
        every = max(1, math.ceil(self.steps / PREVIEWS))
        if self.preview is None or self.taken % every:
            return None
        return self.preview(clean_estimate(scheduler, before, reached, self.taken, self.steps)[:1])


def clean_estimate(
    scheduler: Any, before: torch.Tensor | None, reached: torch.Tensor, taken: int, steps: int
) -> torch.Tensor:
    """A guess of the noise-free latents: the scheduler's own where it keeps one (DPM-Solver++); along the straight path of
    the last step where it is a flow's Euler step; else the latents as they are."""
    kept = [m for m in getattr(scheduler, "model_outputs", None) or [] if m is not None]
    if kept and getattr(scheduler.config, "algorithm_type", "").startswith("dpmsolver++"):
        guess: torch.Tensor = kept[-1]
        return guess
    if before is None or type(scheduler).__name__ != "FlowMatchEulerDiscreteScheduler":
        return reached
    at = len(scheduler.timesteps) - steps + taken
    then, now = (float(scheduler.sigmas[i]) for i in (at - 1, at))
    return reached - (reached - before) * (now / (now - then))


def zone_mask(zones: list[list[tuple[float, float, float, float]]], height: int, width: int) -> torch.Tensor:
    """(B, 1, height, width): 1 for each cell of the latents that a box (x0, y0, x1, y1, in cells) covers by half or more."""
    import torch

    mask = torch.zeros(len(zones), 1, height, width)
    for i, boxes in enumerate(zones):
        for x0, y0, x1, y1 in boxes:
            across = _cover(x0, x1, width)
            down = _cover(y0, y1, height)
            covered = torch.from_numpy(np.outer(down, across) >= 0.5)
            mask[i, 0][covered] = 1.0
    return mask


def _cover(low: float, high: float, cells: int) -> NDArray[np.float64]:
    """How much of each cell [i, i + 1] the interval covers, 0 to 1."""
    at = np.arange(cells, dtype=np.float64)
    return np.asarray(np.clip(np.minimum(at + 1, high) - np.maximum(at, low), 0.0, 1.0))


class Counted:
    """Steps of one batch told as steps of the whole call."""

    def __init__(self, on_step: OnStep | None, before: int, total: int) -> None:
        self.on_step = on_step
        self.before = before
        self.total = total

    def batch(self, done: int) -> OnBatchStep | None:
        """The callback of a run that begins when `done` steps of this batch are behind it."""
        if self.on_step is None:
            return None
        told: OnStep = self.on_step

        def step(taken: int, preview: NDArray[np.uint8] | None) -> None:
            told(self.before + done + taken, self.total, preview)

        return step
