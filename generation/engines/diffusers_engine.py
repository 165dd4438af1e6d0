"""The one diffusion engine: checkpoints of every family in families.py, on the stock diffusers pipelines."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.engines import batching, tiles, windows
from generation.engines.accelerate import accelerate, batches_at_once, make_all, twin
from generation.engines.adapters import why_unread
from generation.engines.base import OWN_GUIDANCE, OWN_STEPS, OnStep, Picture, PictureRequest
from generation.engines.batching import Job
from generation.engines.checks import check
from generation.engines.conditioning import crop, map_of, shrink, shrunken
from generation.engines.families import Family
from generation.engines.finishing import Finished, calm_map, finish_from_blockout, finish_refined
from generation.engines.loading import DEFAULTS, Checkpoint, Options, find_checkpoint, weights_hash
from generation.engines.memory import Thrift
from generation.engines.prompts import unread_words
from generation.engines.refiner import load_refiner, refined
from generation.engines.safety import REFUSED, load_checker
from generation.engines.sampling import Decoded, Sampler, on_threads
from generation.engines.steps import Counted
from generation.engines.weights import load_pipeline
from generation.errors import PermanentError

LEAST_SHARE = 0.5625  # of a megapixel family's area (768² of 1024²): enough for a canvas no larger
UNSTEERED = 0.7  # strength where no ControlNet holds the layout and the request leaves it open


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
        options: Options = DEFAULTS,
    ) -> None:
        checkpoint = find_checkpoint(source, controlnet, offline=options.offline)
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.dtype = dtype or best_type(checkpoint.family, self.device)
        named = str(controlnet or checkpoint.source)
        self._furnish(load_pipeline(checkpoint, self.dtype, options), checkpoint, options, named)

    @classmethod
    def around(
        cls, pipe: Any, checkpoint: Checkpoint, weights: str, *, device: str, options: Options = DEFAULTS
    ) -> DiffusersEngine:
        """An engine around a pipeline that was built in memory, from no file; `weights` stands for the hash of its weights."""
        engine = cls.__new__(cls)
        engine.device = device
        engine.dtype = getattr(pipe, checkpoint.family.denoiser).dtype
        engine.__dict__["weights_hash"] = weights
        engine._furnish(pipe, checkpoint, options, checkpoint.name)
        return engine

    def _furnish(self, pipe: Any, checkpoint: Checkpoint, options: Options, named: str) -> None:
        accelerate(pipe, self.device)
        self.checkpoint = checkpoint
        self.family = checkpoint.family
        self.options = options
        card = checkpoint.card
        self.ours = card.control == "dense"
        self.control_map = None
        if checkpoint.steered:
            self.control_map = map_of(self.family, pipe.controlnet, named, self.ours)
        self.sampler = Sampler(
            pipe,
            self.name,
            control_map=self.control_map,
            start_noise=card.noise,
            threads=card.threads,
            device=self.device,
            dtype=self.dtype,
            family=self.family,
            style=Path(options.style_adapter).expanduser() if options.style_adapter else None,
        )
        laid_over = card.finish == "blockout"
        self.refiner = load_refiner(checkpoint.source, self.device, torch.float32) if laid_over else None
        self.twins: list[Sampler] = []
        self.sampler.thrift.place(compiled=options.compiled)
        self.checker = load_checker(options.safety_checker, self.device)

    @property
    def name(self) -> str:
        return self.checkpoint.name

    @cached_property
    def weights_hash(self) -> str:
        return weights_hash(self.checkpoint)

    @property
    def area(self) -> int:
        """Pixels of a picture that the model is at its best with."""
        known = self.checkpoint.card.area or self.family.area
        if known:
            return known
        pipe = self.sampler.pipe
        side = pipe.unet.config.sample_size or 64
        sides = side if isinstance(side, (list, tuple)) else (side, side)
        return int(np.prod(sides)) * int(pipe.vae_scale_factor) ** 2

    @property
    def least_area(self) -> int | None:
        """The fewest pixels that will do on a smaller canvas; None where it always wants `area`."""
        known = self.checkpoint.card.least_area
        return round(LEAST_SHARE * self.area) if known is None and self.family.area else known

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        """One picture for each request, in their order. Raises Cancelled from on_step; PermanentError, in words, on requests
        that make no sense, bad weights or short memory."""
        unread = [why_unread(self.family, self.ours, self.sampler.style) if _spares(r) else None for r in requests]
        requests = [replace(r, references=()) if why else r for r, why in zip(requests, unread, strict=True)]
        for request in requests:
            check(request, self.family)
            self._check_control(request)
        pictures: dict[int, Picture] = {}
        jobs = []
        for i, (asked, request) in enumerate(zip(requests, map(self._resolved, requests), strict=True)):
            self._check_schedule(request)
            why = self._unasked(asked) or batching.why_not(request)
            if why:
                pictures[i] = self._rendered(request, why)
            else:
                jobs.append(batching.job_for(i, request, self.area, self.least_area))
        groups = batching.batches(jobs, self._largest_batch)
        for group, made in zip(groups, self._make_all(groups, on_step), strict=True):
            pictures |= {job.index: picture for job, picture in zip(group, made, strict=True)}
        return [
            pictures[i] if why is None else replace(pictures[i], reasons=(*pictures[i].reasons, why))
            for i, why in enumerate(unread)
        ]

    @property
    def gathers(self) -> bool:
        """Is a batch of one size quicker than its pictures one by one? On processors it was measured not to be."""
        return self.device != "cpu"

    @property
    def _largest_batch(self) -> int:
        """A model on one thread gains nothing by a batch (measured: 1.04 s a picture in two, 1.01 s alone); alone its pictures
        share the cores, and none depends on its neighbours."""
        return 1 if self.device == "cpu" and self.sampler.threads is not None else batching.LARGEST_BATCH

    def _make_all(self, groups: Sequence[Sequence[Job]], on_step: OnStep | None) -> list[list[Picture]]:
        """The pictures of each batch, one after the other, or several batches at once where the model leaves cores idle."""
        total = sum(self._steps_of(group) for group in groups)
        samplers = self._samplers(groups)
        if len(samplers) > 1:
            return make_all(
                lambda group, sampler, told: self._make(group, sampler, Counted(told, 0, total)),
                groups,
                samplers,
                on_step,
                total,
            )
        done, made = 0, []
        for group in groups:
            made.append(self._make(group, self.sampler, Counted(on_step, done, total)))
            done += self._steps_of(group)
        return made

    def _samplers(self, groups: Sequence[Sequence[Job]]) -> list[Sampler]:
        """One for each batch to be made at the same time; a LoRA or a style is worn by all, so it is worn alone."""
        dressed = any(job.request.loras or job.request.references for group in groups for job in group)
        count = 1 if dressed else min(len(groups), batches_at_once(self.sampler.threads, self.device))
        while len(self.twins) < count - 1:
            self.twins.append(twin(self.sampler))
        return [self.sampler, *self.twins[: count - 1]]

    def _resolved(self, request: PictureRequest) -> PictureRequest:
        """The request with everything it leaves open filled in."""
        steps, guidance, strength = request.num_inference_steps, request.guidance_scale, request.strength
        usual = self.checkpoint.card.strength if self.checkpoint.steered else UNSTEERED
        usual = usual if self.options.strength is None else self.options.strength
        own = (OWN_STEPS, OWN_GUIDANCE) if self.ours else (self.checkpoint.steps, self.checkpoint.guidance)
        return replace(
            request,
            num_inference_steps=own[0] if steps is None else steps,
            guidance_scale=own[1] if guidance is None else guidance,
            strength=usual if strength is None else strength,
        )

    def _check_control(self, request: PictureRequest) -> None:
        if request.control is not None and (self.ours or self.control_map is None):
            why = (
                ("reads all the maps of the scene itself", "直接读取场景的全部控制图")
                if self.ours
                else ("has no ControlNet", "没有 ControlNet")
            )
            raise PermanentError(
                f"The model {self.name} {why[0]}, so a map from a photo can't steer it: choose a model with a ControlNet.",
                f"模型 {self.name} {why[1]}，无法使用照片的控制图：请选择带 ControlNet 的模型。",
            )

    def _check_schedule(self, request: PictureRequest) -> None:
        """A schedule that is stretched to end above nothing has no single step from noise."""
        stretched = self.sampler.pipe.scheduler.config.get("shift_terminal")
        if stretched and request.num_inference_steps == 1 and request.strength == 1:
            raise PermanentError(
                f"{self.family.name} takes at least 2 denoising steps: ask for more.",
                f"{self.family.name} 至少需要 2 个去噪步：请增加步数。",
            )

    def _make(self, group: Sequence[Job], sampler: Sampler, on_step: Counted) -> list[Picture]:
        begun = time.perf_counter()
        unread = [unread_words(sampler.pipe, self.family, job.request.prompt) for job in group]
        decoded = sampler.sample(group, on_step.batch(0))
        notes = dict(sampler.notes)
        seams: list[float | None] = [None] * len(group)
        if self._gone_over(group[0]):
            decoded, seams = self._go_over(group, sampler, decoded, on_step)
        laid_over = self.checkpoint.card.finish == "blockout"
        bases = sampler.round_trip(group) if laid_over else [None] * len(group)
        each = (time.perf_counter() - begun) / len(group)
        made = []
        for job, d, b, seam, rest in zip(group, decoded, bases, seams, unread, strict=True):
            told = notes | ({} if seam is None else {"tile_seam": seam}) | ({"prompt_unread": rest} if rest else {})
            finish = partial(self._finish, job, sampler.thrift, d, b, each, told)
            with on_threads(sampler.threads):
                made.append(
                    sampler.thrift.sparing(finish, 1, (job.request.blockout.width, job.request.blockout.height))
                )
        return made

    def _gone_over(self, job: Job) -> bool:
        """Is the canvas so much larger than the model's picture that a second pass over it pays?"""
        x0, y0, x1, y1 = job.region
        larger = (x1 - x0) * (y1 - y0) > tiles.WORTH * job.size[0] * job.size[1]
        return larger and self.options.refine > 0 and not self.ours

    def _tiles_of(self, job: Job) -> tuple[tuple[int, int], list[tuple[int, int, int, int]]]:
        x0, y0, x1, y1 = job.region
        size = tiles.canvas_size(x1 - x0, y1 - y0)
        return size, tiles.plan(*size, self.area)

    def _tile_steps(self, job: Job) -> int:
        return max(1, round(job.steps * self.options.refine))

    def _steps_of(self, group: Sequence[Job]) -> int:
        """Steps that a batch takes, its second pass over the canvas included."""
        if not self._gone_over(group[0]):
            return group[0].steps
        count = len(group) * len(self._tiles_of(group[0])[1])
        return group[0].steps + -(-count // batching.LARGEST_BATCH) * self._tile_steps(group[0])

    def _go_over(
        self, group: Sequence[Job], sampler: Sampler, decoded: Sequence[Decoded], on_step: Counted
    ) -> tuple[list[Decoded], list[float | None]]:
        """The pictures at full canvas size, worked over in tiles; and how visible the tiles' borders are."""
        size, boxes = self._tiles_of(group[0])
        parts = [tile for job, d in zip(group, decoded, strict=True) for tile in self._tile_jobs(job, d, size, boxes)]
        done, made = group[0].steps, []
        for i in range(0, len(parts), batching.LARGEST_BATCH):
            made += sampler.sample(parts[i : i + batching.LARGEST_BATCH], on_step.batch(done))
            done += self._tile_steps(group[0])
        whole: list[Decoded] = []
        seams: list[float | None] = []
        for i in range(len(group)):
            picture = tiles.blend(made[i * len(boxes) : (i + 1) * len(boxes)], boxes, size)
            whole.append(picture)
            seams.append(tiles.tile_seam(picture * 255, boxes))
        return whole, seams

    def _tile_jobs(
        self, job: Job, decoded: Decoded, size: tuple[int, int], boxes: Sequence[tuple[int, int, int, int]]
    ) -> list[Job]:
        """The picture's tiles, each beginning from its part of the picture enlarged; control maps are drawn at full size."""
        strength = self.options.refine
        scaled = shrunken(job.request.blockout, job.region, size)
        keep = None if job.request.keep is None else shrink(crop(job.request.keep, job.region), size) > 0.999
        control = None if job.request.control is None else shrink(crop(job.request.control, job.region), size)
        request = replace(
            job.request,
            control=None if control is None else control.astype(np.uint8),
            blockout=scaled,
            strength=strength,
            num_inference_steps=self._tile_steps(job),
            text_zones=(),
            window=None,
            keep=keep,
        )
        start = np.clip(enlarge(decoded, size), 0, 1)
        return [
            Job(i, request, box, (box[2] - box[0], box[3] - box[1]), start=crop(start, box), tile_of=size)
            for i, box in enumerate(boxes)
        ]

    def _finish(
        self,
        job: Job,
        thrift: Thrift,
        decoded: Decoded,
        base: Decoded | None,
        seconds: float,
        told: dict[str, float | str],
    ) -> Picture:
        """The model's picture at full size, in its window, judged."""
        begun = time.perf_counter()
        b, (x0, y0, x1, y1) = job.request.blockout, job.region
        notes: dict[str, float | str] = {"model_size": f"{job.size[0]}x{job.size[1]}", "strength": job.strength}
        notes |= told | thrift.notes
        kept = None
        if base is not None:
            finished = self._finished(job, decoded, base)
            window, kept = finished.rgb, finished.kept
            notes |= finished.notes
            why = self._unproven() or finished.why_not
            if why:
                return self._rendered(job.request, why, seconds + time.perf_counter() - begun, notes)
        else:
            window = np.clip(enlarge(decoded, (x1 - x0, y1 - y0)) * 255, 0, 255)
        rgb = windows.lay_in(b.rgb, window, job.region)
        if job.request.keep is not None:
            rgb = windows.keep_pixels(rgb, b.rgb, job.request.keep)
        notes |= {} if self.ours else self.checker.notes
        if self.checker.refuses(rgb):
            return self._rendered(job.request, REFUSED, seconds + time.perf_counter() - begun, notes)
        seam = windows.seam(rgb, b.rgb, job.region) if job.windowed else None
        took = seconds + time.perf_counter() - begun
        return Picture(rgb, "diffused", self._label, took, seam=seam, notes=notes, detail_kept=kept)

    def _finished(self, job: Job, decoded: Decoded, base: Decoded) -> Finished:
        """The model's light over the blockout, by the checkpoint's pixel network where it has one."""
        fast, small = crop(job.request.blockout.rgb, job.region), shrunken(job.request.blockout, job.region, job.size)
        if self.refiner is None:
            return finish_from_blockout(fast, small, decoded, base)
        calm = calm_map(job.request.text_zones, job.region, job.size)
        return finish_refined(fast, small, refined(self.refiner, small, decoded - base), calm)

    def _unasked(self, request: PictureRequest) -> Words | None:
        """Why a checkpoint whose worth isn't shown stays out of a request that doesn't ask for it."""
        asked = request.strength is not None or self.options.strength is not None or request.loras or request.references
        return None if asked else self.checkpoint.card.unused

    def _unproven(self) -> Words | None:
        gain = self.checkpoint.card.gain_db
        if gain is not None and gain <= 0:
            return Words(
                en=f"on held-out scenes this checkpoint does not come nearer to the slow tier than the blockout ({gain:+.2f} dB)",
                zh=f"在留出场景上，该检查点并不比渲染图更接近精渲（{gain:+.2f} dB）",
            )
        return None

    def _rendered(
        self, request: PictureRequest, why: Words, seconds: float = 0.0, notes: dict[str, float | str] | None = None
    ) -> Picture:
        return Picture(request.blockout.rgb, "rendered", self._label, seconds, why_rendered=why, notes=notes or {})

    @cached_property
    def _label(self) -> str:
        return f"{self.name} {self.weights_hash[:10]}"


def _spares(request: PictureRequest) -> bool:
    """Has the request reference pictures that it can do without?"""
    return bool(request.references) and not request.needs_references


def best_type(family: Family, device: str) -> torch.dtype:
    """The number type to run a family in."""
    # fp16 on a CPU is hundreds of times slower than fp32, and bf16 is slower too without special instructions.
    if not device.startswith("cuda"):
        return torch.float32
    return torch.bfloat16 if family.dtype == "bf16" else torch.float16


def enlarge(picture: Decoded, size: tuple[int, int]) -> NDArray[np.float32]:
    """To (width, height) by Lanczos where it grows: the plain door of other families."""
    import cv2

    if size[0] * size[1] <= picture.shape[0] * picture.shape[1]:
        return shrink(picture, size)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LANCZOS4), dtype=np.float32)
