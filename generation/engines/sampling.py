"""One batch through the stock pipelines: from noise or from the blockout, with the text zones held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from diffusers import StableDiffusionControlNetImg2ImgPipeline
from numpy.typing import NDArray

from generation.engines.batching import Job
from generation.engines.conditioning import ControlMap, control_image, crop, shrink
from generation.engines.steps import PREVIEW_LATENTS, OnBatchStep, StepHook, Zones, schedule_for, zone_mask
from generation.errors import PermanentError

Decoded = NDArray[np.float32]  # (h, w, 3), 0 to 1


class Sampler:
    """Warm pipelines for one model. `start_noise`: share of the usual noise that is laid over a blockout to begin with;
    `threads`: CPU threads to run on, None for torch's own."""

    def __init__(
        self,
        pipe: Any,
        name: str,
        *,
        control_map: ControlMap,
        start_noise: float,
        threads: int | None,
        device: str,
        dtype: torch.dtype,
    ) -> None:
        self.pipe = pipe
        self.image_pipe = StableDiffusionControlNetImg2ImgPipeline(**pipe.components, requires_safety_checker=False)
        self.image_pipe.set_progress_bar_config(disable=True)
        self.name = name
        self.control_map: ControlMap = control_map
        self.start_noise = start_noise
        self.threads = threads
        self.device = device
        self.dtype = dtype

    def sample(self, group: Sequence[Job], on_step: OnBatchStep | None = None) -> list[Decoded]:
        """The model's own pictures of one batch, at its size."""
        width, height = group[0].size
        hook = StepHook(group[0].steps, on_step, None, self._preview)
        with torch.inference_mode(), _on_threads(self.threads), _told(len(group), width, height):
            noise = self._noise(group)
            zones = [self._zones(job) for job in group]
            held, started = any(zones), job_strength(group[0]) < 1
            clean = self._blockout_latents(group) if held or started else noise
            if held:
                hook.zones = Zones(zone_mask(zones, noise.shape[2], noise.shape[3]), clean, noise)
            pixels = self._run(group, noise, clean, hook)
        if not np.isfinite(pixels).all():
            raise PermanentError(
                f"The model {self.name} gave numbers that are no picture (NaN): its weights are damaged, or it needs more "
                "precision than this device was set to. Restore the checkpoint.",
                f"模型 {self.name} 输出了无效数值（NaN）：权重已损坏，或当前设备精度不足。请恢复该检查点。",
            )
        return list(pixels)

    def round_trip(self, group: Sequence[Job]) -> list[Decoded]:
        """The blockouts of one batch through the autoencoder and back, at the model's size."""
        with torch.inference_mode(), _on_threads(self.threads), _told(len(group), *group[0].size):
            latents = self._blockout_latents(group) / float(self.pipe.vae.config.scaling_factor)
            pixels = self.pipe.vae.decode(latents).sample.float().clamp(-1, 1)
        return list(np.asarray(((pixels + 1) / 2).permute(0, 2, 3, 1).cpu().numpy(), dtype=np.float32))

    def _run(
        self, group: Sequence[Job], noise: torch.Tensor, clean: torch.Tensor, hook: StepHook
    ) -> NDArray[np.float32]:
        first = group[0].request
        width, height = group[0].size
        control = np.stack([control_image(j.request.blockout, self.control_map, j.region, j.size) for j in group])
        common: dict[str, Any] = {
            "prompt": [j.request.prompt for j in group],
            "negative_prompt": [j.request.negative_prompt for j in group],
            "guidance_scale": group[0].guidance,
            "controlnet_conditioning_scale": first.controlnet_conditioning_scale,
            "generator": [_generator(j) for j in group],
            "callback_on_step_end": hook,
            "output_type": "np",
        }
        maps = torch.from_numpy(control).to(self.device, self.dtype)
        strength = job_strength(group[0])
        if strength >= 1:
            common |= {"image": maps, "latents": noise, "num_inference_steps": group[0].steps}
            return np.asarray(self.pipe(width=width, height=height, **common).images, dtype=np.float32)
        asked, passed = schedule_for(group[0].steps, strength)
        latents = self._over_blockout(clean, noise, asked, passed)
        common |= {"image": self._blockout_pixels(group), "control_image": maps, "latents": latents}
        common |= {"num_inference_steps": asked, "strength": passed}
        return np.asarray(self.image_pipe(width=width, height=height, **common).images, dtype=np.float32)

    def _noise(self, group: Sequence[Job]) -> torch.Tensor:
        """One generator for each item, so that an item's noise does not depend on its batch; as loud as the card wants it."""
        width, height = group[0].size
        f = int(self.pipe.vae_scale_factor)
        shape = (1, int(self.pipe.unet.config.in_channels), height // f, width // f)
        drawn = torch.cat([torch.randn(shape, generator=_generator(j), dtype=torch.float32) for j in group])
        loudness = 1.0 if job_strength(group[0]) >= 1 else self.start_noise
        return (drawn * loudness).to(self.device, self.dtype)

    def _over_blockout(self, clean: torch.Tensor, noise: torch.Tensor, asked: int, strength: float) -> torch.Tensor:
        """The noised blockout that image-to-image begins with, as the stock pipeline makes it, from noise of our own."""
        self.image_pipe.scheduler.set_timesteps(asked, device=self.device)
        times, _ = self.image_pipe.get_timesteps(asked, strength, self.device)
        noised: torch.Tensor = self.image_pipe.scheduler.add_noise(clean, noise, times[:1].repeat(len(clean)))
        return noised

    def _blockout_pixels(self, group: Sequence[Job]) -> torch.Tensor:
        """The blockouts as (B, 3, h, w), 0 to 1."""
        small = [shrink(crop(j.request.blockout.rgb, j.region), j.size) for j in group]
        stacked = torch.from_numpy(np.stack(small)).permute(0, 3, 1, 2) / 255
        return stacked.to(self.device, self.dtype)

    def _blockout_latents(self, group: Sequence[Job]) -> torch.Tensor:
        encoded = self.pipe.vae.encode(self._blockout_pixels(group) * 2 - 1)
        latents: torch.Tensor = encoded.latents if hasattr(encoded, "latents") else encoded.latent_dist.mode()
        return latents * float(self.pipe.vae.config.scaling_factor)

    def _zones(self, job: Job) -> list[tuple[float, float, float, float]]:
        """The request's text zones in cells of the latents."""
        x0, y0, x1, y1 = job.region
        f = int(self.pipe.vae_scale_factor)
        sx, sy = job.size[0] / f / (x1 - x0), job.size[1] / f / (y1 - y0)
        return [
            ((z.x0 - x0) * sx, (z.y0 - y0) * sy, (z.x1 - x0) * sx, (z.y1 - y0) * sy)
            for z in job.request.text_zones
            if z.x1 > x0 and z.x0 < x1 and z.y1 > y0 and z.y0 < y1
        ]

    def _preview(self, latents: torch.Tensor) -> NDArray[np.uint8]:
        """A small decoded picture of (1, C, h, w) latents."""
        every = -(-max(latents.shape[2:]) // PREVIEW_LATENTS)
        small = torch.nn.functional.avg_pool2d(latents.to(self.dtype), every)
        decoded = self.pipe.vae.decode(small / self.pipe.vae.config.scaling_factor).sample[0]
        return np.asarray(((decoded.float().clamp(-1, 1) + 1) * 127.5).byte().permute(1, 2, 0).cpu().numpy())


def job_strength(job: Job) -> float:
    return 1.0 if job.request.strength is None else job.request.strength


def _generator(job: Job) -> torch.Generator:
    return torch.Generator("cpu").manual_seed(job.request.seed % 2**63)


@contextmanager
def _on_threads(count: int | None) -> Iterator[None]:
    before = torch.get_num_threads()
    if count is not None:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def _told(count: int, width: int, height: int) -> Iterator[None]:
    """Short memory as a sentence; everything else as it is."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as fault:
        raise _short_of_memory(count, width, height) from fault
    except RuntimeError as fault:
        if "allocate memory" not in str(fault):
            raise
        raise _short_of_memory(count, width, height) from fault


def _short_of_memory(count: int, width: int, height: int) -> PermanentError:
    return PermanentError(
        f"Not enough memory to diffuse {count} pictures of {width}×{height}: close other programs, use a smaller model, "
        "or ask for fewer formats at a time.",
        f"内存不足，无法生成 {count} 张 {width}×{height} 的画面：请关闭其他程序、换用更小的模型，或减少一次的尺寸数量。",
    )
