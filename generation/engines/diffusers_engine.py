"""The one diffusion engine: any Stable-Diffusion-shaped checkpoint with a ControlNet, on the stock diffusers pipelines."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from generation.engines import batching, windows
from generation.engines.base import OWN_GUIDANCE, OWN_STEPS, OnStep, Picture, PictureRequest
from generation.engines.batching import Job
from generation.engines.conditioning import crop, map_for, shrink, shrunken
from generation.engines.finishing import finish_from_blockout
from generation.engines.loading import find_checkpoint, load_pipeline, weights_hash
from generation.engines.sampling import Decoded, Sampler, job_strength
from generation.engines.steps import OnBatchStep


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
        pipe = load_pipeline(self.checkpoint, self.device, self.dtype)
        named = str(controlnet or self.checkpoint.source)
        card = self.checkpoint.card
        self.control_map = map_for(pipe.controlnet.config.conditioning_channels, named, card.control == "dense")
        self.sampler = Sampler(
            pipe,
            self.name,
            control_map=self.control_map,
            start_noise=card.noise,
            threads=card.threads,
            device=self.device,
            dtype=self.dtype,
        )

    @property
    def name(self) -> str:
        return self.checkpoint.name

    @cached_property
    def weights_hash(self) -> str:
        return weights_hash(self.checkpoint)

    @property
    def area(self) -> int:
        """Pixels of a picture that the model is at its best with."""
        pipe = self.sampler.pipe
        side = pipe.unet.config.sample_size or 64
        sides = side if isinstance(side, (list, tuple)) else (side, side)
        return self.checkpoint.card.area or int(np.prod(sides)) * int(pipe.vae_scale_factor) ** 2

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
        steps = sum(g[0].steps for g in groups)
        done = 0
        for group in groups:
            watch = _counted(on_step, done, steps)
            for job, picture in zip(group, self._make(group, watch), strict=True):
                pictures[job.index] = picture
            done += group[0].steps
        return [pictures[i] for i in range(len(requests))]

    def _resolved(self, request: PictureRequest) -> PictureRequest:
        """The request with everything it leaves open filled in."""
        steps, guidance, strength = request.num_inference_steps, request.guidance_scale, request.strength
        return replace(
            request,
            num_inference_steps=OWN_STEPS if steps is None else steps,
            guidance_scale=OWN_GUIDANCE if guidance is None else guidance,
            strength=self.checkpoint.card.strength if strength is None else strength,
        )

    def _make(self, group: Sequence[Job], on_step: OnBatchStep | None) -> list[Picture]:
        begun = time.perf_counter()
        decoded = self.sampler.sample(group, on_step)
        laid_over = self.checkpoint.card.finish == "blockout"
        bases = self.sampler.round_trip(group) if laid_over else [None] * len(group)
        each = (time.perf_counter() - begun) / len(group)
        return [self._finish(job, d, b, each) for job, d, b in zip(group, decoded, bases, strict=True)]

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


def enlarge(picture: Decoded, size: tuple[int, int]) -> NDArray[np.float32]:
    """To (width, height) by Lanczos where it grows: the plain door of other families."""
    import cv2

    if size[0] * size[1] <= picture.shape[0] * picture.shape[1]:
        return shrink(picture, size)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LANCZOS4), dtype=np.float32)


def _counted(on_step: OnStep | None, before: int, total: int) -> OnBatchStep | None:
    """Steps of one batch told as steps of the whole call."""
    if on_step is None:
        return None
    told: OnStep = on_step

    def step(taken: int, preview: NDArray[np.uint8] | None) -> None:
        told(before + taken, total, preview)

    return step
