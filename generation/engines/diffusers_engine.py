"""The one diffusion engine: any Stable-Diffusion-shaped checkpoint with a ControlNet, on the stock diffusers pipelines."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import StableDiffusionControlNetImg2ImgPipeline
from numpy.typing import NDArray

from generation.engines import batching, windows
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.engines.batching import Job
from generation.engines.conditioning import control_image, crop, map_for, shrink, shrunken
from generation.engines.finishing import finish_from_blockout
from generation.engines.loading import find_checkpoint, load_pipeline, weights_hash
from generation.engines.steps import PREVIEW_LATENTS, OnBatchStep, StepHook, Zones, schedule_for, zone_mask
from generation.errors import PermanentError

Decoded = NDArray[np.float32]  # (h, w, 3), 0 to 1


class DiffusersEngine:
    """Warm weights of one checkpoint. See engines.base.Engine for the contract.

    Same requests in the same order, same machine and thread count: same pixels. An item diffused alone differs from the same
    item in a batch by rounding only (tests allow 3 of 255).
    """

    def __init__(
        self,
        source: str | Path,
        controlnet: str | Path | None = None,
        *,
        device: str = "",
        dtype: torch.dtype | None = None,
    ) -> None:
        self.checkpoint = find_checkpoint(source, controlnet)
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        # fp16 on a CPU is hundreds of times slower than fp32, and bf16 is slower too without special instructions.
        self.dtype = dtype or (torch.float16 if self.device.startswith("cuda") else torch.float32)
        self.pipe = load_pipeline(self.checkpoint, self.device, self.dtype)
        self.image_pipe = StableDiffusionControlNetImg2ImgPipeline(
            **self.pipe.components, requires_safety_checker=False
        )
        self.image_pipe.set_progress_bar_config(disable=True)
        named = str(controlnet or self.checkpoint.source)
        dense = self.checkpoint.card.control == "dense"
        self.control_map = map_for(self.pipe.controlnet.config.conditioning_channels, named, dense)

    @property
    def name(self) -> str:
        return self.checkpoint.name

    @cached_property
    def weights_hash(self) -> str:
        return weights_hash(self.checkpoint)

    @property
    def area(self) -> int:
        """Pixels of a picture that the model is at its best with."""
        side = self.pipe.unet.config.sample_size or 64
        sides = side if isinstance(side, (list, tuple)) else (side, side)
        return self.checkpoint.card.area or int(np.prod(sides)) * int(self.pipe.vae_scale_factor) ** 2

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        """One picture for each request, in their order. Raises Cancelled from on_step; PermanentError, in words, on bad
        weights or short memory."""
        pictures: dict[int, Picture] = {}
        jobs = []
        for i, request in enumerate(map(self._resolved, requests)):
            why = batching.why_not(request)
            if why:
                pictures[i] = self._rendered(request, why)
            else:
                jobs.append(batching.job_for(i, request, self.area, self.checkpoint.card.least_area))
        groups = batching.batches(jobs)
        steps = sum(g[0].request.num_inference_steps for g in groups)
        done = 0
        for group in groups:
            watch = _counted(on_step, done, steps)
            for job, picture in zip(group, self._make(group, watch), strict=True):
                pictures[job.index] = picture
            done += group[0].request.num_inference_steps
        return [pictures[i] for i in range(len(requests))]

    def _resolved(self, request: PictureRequest) -> PictureRequest:
        return request if request.strength is not None else replace(request, strength=self.checkpoint.card.strength)

    def _make(self, group: Sequence[Job], on_step: OnBatchStep | None) -> list[Picture]:
        begun = time.perf_counter()
        decoded = self.sample(group, on_step)
        laid_over = self.checkpoint.card.finish == "blockout"
        bases = self.round_trip(group) if laid_over else [None] * len(group)
        each = (time.perf_counter() - begun) / len(group)
        return [self._finish(job, d, b, each) for job, d, b in zip(group, decoded, bases, strict=True)]

    def sample(self, group: Sequence[Job], on_step: OnBatchStep | None = None) -> list[Decoded]:
        """The model's own pictures of one batch, at its size."""
        first = group[0].request
        width, height = group[0].size
        hook = StepHook(first.num_inference_steps, on_step, None, self._preview)
        with torch.inference_mode(), _told(len(group), width, height):
            noise = self._noise(group)
            zones = [self._zones(job) for job in group]
            if any(zones):
                mask = zone_mask(zones, noise.shape[2], noise.shape[3])
                hook.zones = Zones(mask, self._blockout_latents(group), noise)
            pixels = self._run(group, noise, hook)
        if not np.isfinite(pixels).all():
            raise PermanentError(
                f"The model {self.name} gave numbers that are no picture (NaN): its weights are damaged, or it needs more "
                "precision than this device was set to. Restore the checkpoint.",
                f"模型 {self.name} 输出了无效数值（NaN）：权重已损坏，或当前设备精度不足。请恢复该检查点。",
            )
        return list(pixels)

    def round_trip(self, group: Sequence[Job]) -> list[Decoded]:
        """The blockouts of one batch through the autoencoder and back, at the model's size."""
        with torch.inference_mode(), _told(len(group), *group[0].size):
            latents = self._blockout_latents(group) / float(self.pipe.vae.config.scaling_factor)
            pixels = self.pipe.vae.decode(latents).sample.float().clamp(-1, 1)
        return list(np.asarray(((pixels + 1) / 2).permute(0, 2, 3, 1).cpu().numpy(), dtype=np.float32))

    def _run(self, group: Sequence[Job], noise: torch.Tensor, hook: StepHook) -> NDArray[np.float32]:
        first = group[0].request
        width, height = group[0].size
        control = np.stack([control_image(j.request.blockout, self.control_map, j.region, j.size) for j in group])
        common: dict[str, Any] = {
            "prompt": [j.request.prompt for j in group],
            "negative_prompt": [j.request.negative_prompt for j in group],
            "guidance_scale": first.guidance_scale,
            "controlnet_conditioning_scale": first.controlnet_conditioning_scale,
            "generator": [_generator(j) for j in group],
            "callback_on_step_end": hook,
            "output_type": "np",
        }
        maps = torch.from_numpy(control).to(self.device, self.dtype)
        strength = job_strength(group[0])
        if strength >= 1:
            common |= {"image": maps, "latents": noise, "num_inference_steps": first.num_inference_steps}
            return np.asarray(self.pipe(width=width, height=height, **common).images, dtype=np.float32)
        asked, passed = schedule_for(first.num_inference_steps, strength)
        common |= {"image": self._blockout_pixels(group), "control_image": maps}
        common |= {"num_inference_steps": asked, "strength": passed}
        return np.asarray(self.image_pipe(width=width, height=height, **common).images, dtype=np.float32)

    def _noise(self, group: Sequence[Job]) -> torch.Tensor:
        """One generator for each item, so that an item's noise does not depend on its batch."""
        width, height = group[0].size
        f = int(self.pipe.vae_scale_factor)
        shape = (1, int(self.pipe.unet.config.in_channels), height // f, width // f)
        drawn = [torch.randn(shape, generator=_generator(j), dtype=torch.float32) for j in group]
        return torch.cat(drawn).to(self.device, self.dtype)

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

    def _finish(self, job: Job, decoded: Decoded, base: Decoded | None, seconds: float) -> Picture:
        """The model's picture at full size, in its window, judged."""
        begun = time.perf_counter()
        b, (x0, y0, x1, y1) = job.request.blockout, job.region
        notes: dict[str, float | str] = {"model_size": f"{job.size[0]}x{job.size[1]}", "strength": job_strength(job)}
        kept = None
        if base is not None:
            small = shrunken(b, job.region, job.size)
            finished = finish_from_blockout(crop(b.rgb, job.region), small, decoded, base)
            window, kept = finished.rgb, finished.kept
            notes |= finished.notes
            why = self._unproven() or finished.why_not
            if why:
                return self._rendered(job.request, why, seconds + time.perf_counter() - begun, notes)
        else:
            window = np.clip(enlarge(decoded, (x1 - x0, y1 - y0)) * 255, 0, 255)
        rgb = windows.lay_in(b.rgb, window, job.region)
        seam = windows.seam(rgb, b.rgb, job.region) if job.windowed else None
        took = seconds + time.perf_counter() - begun
        return Picture(rgb, "diffused", self._label, took, seam=seam, notes=notes, detail_kept=kept)

    def _unproven(self) -> str:
        gain = self.checkpoint.card.gain_db
        if gain is not None and gain <= 0:
            return f"on held-out scenes this checkpoint does not come nearer to the slow tier than the blockout ({gain:+.2f} dB)"
        return ""

    def _rendered(
        self, request: PictureRequest, why: str, seconds: float = 0.0, notes: dict[str, float | str] | None = None
    ) -> Picture:
        return Picture(request.blockout.rgb, "rendered", self._label, seconds, why_rendered=why, notes=notes or {})

    @cached_property
    def _label(self) -> str:
        return f"{self.name} {self.weights_hash[:10]}"


def job_strength(job: Job) -> float:
    return 1.0 if job.request.strength is None else job.request.strength


def enlarge(picture: Decoded, size: tuple[int, int]) -> NDArray[np.float32]:
    """To (width, height) by Lanczos where it grows: the plain door of other families."""
    import cv2

    if size[0] * size[1] <= picture.shape[0] * picture.shape[1]:
        return shrink(picture, size)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LANCZOS4), dtype=np.float32)


def _generator(job: Job) -> torch.Generator:
    return torch.Generator("cpu").manual_seed(job.request.seed % 2**63)


def _counted(on_step: OnStep | None, before: int, total: int) -> OnBatchStep | None:
    """Steps of one batch told as steps of the whole call."""
    if on_step is None:
        return None
    told: OnStep = on_step

    def step(taken: int, preview: NDArray[np.uint8] | None) -> None:
        told(before + taken, total, preview)

    return step


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
